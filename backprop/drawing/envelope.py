"""Words and numbers in one piece, as the race's player is sent them.

envelope.js has the inverse: `openEnvelope(data)` gives {words, body}.
"""

from __future__ import annotations

import json
from collections.abc import Mapping


def envelope(words: Mapping[str, object], body: bytes) -> bytes:
    """Four bytes (little-endian) with the length of the JSON that follows, the JSON, the body.

    The JSON is padded with spaces, so that the body begins at a multiple of eight. Raises
    ValueError for NaN or ∞ among the words: numbers that may be such belong into the body.
    """
    text = json.dumps(words, allow_nan=False).encode()
    text += b" " * (-(len(text) + 4) % 8)
    return b"".join((len(text).to_bytes(4, "little"), text, body))

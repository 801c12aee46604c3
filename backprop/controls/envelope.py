"""Bytes for a component with a few words about them; Streamlit carries bytes only alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def envelope(words: Mapping[str, Any], body: bytes) -> bytes:
    """Four bytes (little-endian) with the length of the JSON that follows, the JSON, the body.

    The JSON is padded with spaces, so that the body begins at a multiple of eight.
    """
    text = json.dumps(dict(words), allow_nan=False).encode()
    text += b" " * (-(len(text) + 4) % 8)
    return len(text).to_bytes(4, "little") + text + body

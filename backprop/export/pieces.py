"""Texts of HTML in pieces: each piece once, because drawings repeat one another far apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

FIRST = 48
"""The letter of piece 0; pieces.js knows it."""


def in_pieces(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """The pieces, and for each text in which order they make it: a letter for each."""
    pieces: dict[str, int] = {}
    orders = [
        "".join(
            chr(FIRST + pieces.setdefault(one, len(pieces)))
            for one in re.findall(r'.*?(?:[>#]| d="|$)', text, re.DOTALL)
        )
        for text in texts
    ]
    return list(pieces), orders

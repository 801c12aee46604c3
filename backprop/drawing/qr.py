"""A link as a QR code: an SVG drawn here, dark on light with its quiet zone in every theme."""

from __future__ import annotations

from html import escape
from itertools import groupby

import segno

QUIET = 4
"""Modules of empty margin that the standard (ISO/IEC 18004) asks for on every side."""

LONGEST = 1000
"""Bytes of a link: longer ones need more than 105 modules a side, too fine for a phone's camera
to read from a screen at a distance."""


def qr_svg(link: str, title: str = "QR code of this link") -> str:
    """The QR code of `link` as an SVG that fills its box; `title` names it for a screen reader.

    Raises ValueError for an empty link and for one of more than `LONGEST` bytes.
    """
    size = len(link.encode())
    if not 0 < size <= LONGEST:
        raise ValueError(
            f"A QR code needs a link of 1 to {LONGEST} bytes, got {size}. "
            "Copy the link instead, or leave out points and edits."
        )
    modules = segno.make_qr(link, error="l").matrix
    side = len(modules) + 2 * QUIET
    dark = "".join(
        f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z"
        for y, row in enumerate(modules)
        for x, width in _runs(row)
    )
    return (
        f'<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'role="img" aria-label="{escape(title)}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{dark}"/></svg>'
    )


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow each other."""
    runs, x = [], 0
    for dark, group in groupby(row):
        width = len(list(group))
        if dark:
            runs.append((x, width))
        x += width
    return runs

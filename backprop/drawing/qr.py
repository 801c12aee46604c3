"""A link as a QR code: an SVG, dark on light with its quiet zone in every theme."""

from __future__ import annotations

from html import escape

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
    drawn = segno.make_qr(link, error="l").svg_inline(
        border=QUIET, dark="black", light="white", svgclass="qr", lineclass="", omitsize=True
    )
    about = f'xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}"'
    return f'<svg {about} shape-rendering="crispEdges"{drawn.removeprefix("<svg")}'

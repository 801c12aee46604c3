"""Names that fit: in one line, or in two, or shortened in the middle, where ends tell them apart.

A drawing does not know how wide a letter is; `WIDTH` is a guess for italics with serifs, and the
player squeezes what turns out wider.
"""

from __future__ import annotations

from collections.abc import Sequence

WIDTH = 0.56
"""The width of a letter, as a share of the height of the type."""


def fitted(
    names: Sequence[str], most: float, font: float, small: float
) -> tuple[tuple[tuple[str, ...], ...], float]:
    """The lines of each name, and the room that the widest takes, which is at most `most`.

    A name too long for a line of type `font` is broken at a blank, if it has one, into two of type
    `small`; a line that is too long even so loses its middle. Sizes are heights of the type.
    """
    broken = tuple(_lines(name, most, font, small) for name in names)
    widths = [
        len(line) * WIDTH * (font if len(lines) == 1 else small)
        for lines in broken
        for line in lines
    ]
    return broken, min(most, max(widths, default=0.0))


def _lines(name: str, most: float, font: float, small: float) -> tuple[str, ...]:
    if len(name) * WIDTH * font <= most:
        return (name,)
    words = name.split()
    if len(words) < 2:
        return (shortened(name, int(most / WIDTH / font)),)
    breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    best = min(breaks, key=lambda lines: max(map(len, lines)))
    return tuple(shortened(line, int(most / WIDTH / small)) for line in best)


def shortened(text: str, letters: int) -> str:
    """The text, or its beginning and end with … between, of so many letters."""
    if len(text) <= letters:
        return text
    end = (letters - 1) // 2
    return f"{text[: letters - 1 - end]}…{text[-end:] if end else ''}"

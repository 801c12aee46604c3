"""Large work in pieces: the same numbers with a small part of the memory."""

from __future__ import annotations

from collections.abc import Iterator

MOST_NUMBERS = 400_000
"""How many numbers are worked on in one go: about what a processor's cache holds."""


def pieces(count: int, each: int) -> Iterator[slice]:
    """Slices of `count` things that take `each` numbers: as many at once as `MOST_NUMBERS` allows.

    At least one at once; a last slice is shorter.
    """
    at_once = max(1, MOST_NUMBERS // max(each, 1))
    for start in range(0, count, at_once):
        yield slice(start, min(start + at_once, count))

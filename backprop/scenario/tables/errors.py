"""The one error of data that cannot be learned from, and how it shows what it read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class DataError(ValueError):
    """Data that cannot be learned from: what is required, what is there and where, what to try.

    `cells` are the places it is about, as (line, column) from 1. Four say what would help:
    `incomplete` has the lines in which a value is missing, where nothing else is wrong; `wrong` is
    the line in which a cell is none of its column's numbers; `sample_of` is the number of rows,
    where they are too many; `meanings` has for each decimal mark the number that a cell is with it,
    where both are possible.
    """

    def __init__(
        self,
        message: str,
        cells: Sequence[tuple[int, int]] = (),
        incomplete: Sequence[int] = (),
        sample_of: int = 0,
        meanings: Mapping[str, str] | None = None,
        wrong: int | None = None,
    ) -> None:
        super().__init__(message)
        self.cells, self.incomplete = tuple(cells), tuple(incomplete)
        self.sample_of, self.meanings, self.wrong = sample_of, dict(meanings or {}), wrong


def quoted(cell: str, most: int = 20) -> str:
    """What was read, in quotation marks: on one line, its beginning only, nothing unprintable."""
    shown = printable(cell)
    return f"“{shown[:most]}…”" if len(shown) > most else f"“{shown}”"


def printable(text: str) -> str:
    """The text with � for every character that is not printable."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "�" for c in text)


def listed(items: Sequence[object], most: int = 5) -> str:
    """The first few of a list, and how many more there are."""
    said = ", ".join(map(str, items[:most]))
    return f"{said} and {len(items) - most} more" if len(items) > most else said

"""The lines of a table that are no samples: a title, the names, units, names said again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from backprop.scenario.tables.errors import DataError, listed, quoted
from backprop.scenario.tables.numbers import is_missing, looks_numeric
from backprop.scenario.tables.signs import unit_of
from backprop.scenario.tables.text import Row

_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)


def headed(rows: Sequence[Row]) -> tuple[Row | None, list[Row], list[str]]:
    """The row that names the columns, if any, the samples below, and what was decided.

    Above the first sample there may be a title and units too; the fullest line has the names.
    """
    below, heads = list(rows), list[Row]()
    while below and _is_head(below[0], below[1:], heads):
        heads.append(below.pop(0))
    if not heads:
        return None, below, []
    header = max(heads, key=_fullness)
    notes = []
    if any(map(looks_numeric, header.cells)):
        said = ", ".join(cell for cell in header.cells if cell)
        notes.append(f"Line {header.line} names the columns: {quoted(said, 60)}.")
    notes += [f"Line {row.line} is left out: it stands above the numbers, as a title or units do."
              for row in heads if row is not header]  # fmt: skip
    again = [row for row in below if row.cells == header.cells]
    if again and len(again) < len(below):
        below = [row for row in below if row not in again]
        lines = listed([row.line for row in again])
        notes.append(f"Line{'s' if len(again) > 1 else ''} {lines} left out: the names again.")
    return header, below, notes


def _is_head(row: Row, below: Sequence[Row], above: Sequence[Row]) -> bool:
    """Whether a row belongs above the samples, as those `above` it do."""
    if _fullness(row) > max(map(_fullness, above), default=0):
        return _is_header(row, below)  # the first line, or the names beneath a title
    return _stands_over_numbers(row, below)


def _fullness(row: Row) -> int:
    return sum(map(bool, row.cells))


def _is_header(first: Row, below: Sequence[Row]) -> bool:
    """Whether the first row names the columns."""
    cells = first.cells
    others = [row for row in below if row.cells != cells]
    if len(others) < len(below):
        return _stands_over_numbers(first, others)
    words = [j for j, c in enumerate(cells) if c and not is_missing(c) and not looks_numeric(c)]
    numbers = [cell for cell in cells if looks_numeric(cell)]
    columns = _columns(below, len(cells))
    said_below = [{cell.lower() for cell in column} for column in columns]
    if any(cell and cell.lower() in said for cell, said in zip(cells, said_below, strict=True)
           if not looks_numeric(cell)):  # fmt: skip
        return False
    if not numbers:
        measured = (unit_of(cells[j]) and all(map(unit_of, columns[j])) for j in words)
        return bool(words) and not (below and any(measured))
    if all(map(_YEAR.fullmatch, numbers)):
        years = not any(_YEAR.fullmatch(c) for said in said_below for c in said)
        return bool(below) and years and (bool(words) or _rise(numbers))
    if numbers == [str(n) for n in range(len(numbers))]:  # as pandas numbers columns without names
        if cells[0] == "":
            return bool(below)
        if len(numbers) == len(cells) > 2:
            return all(said and all("." in c for c in said) for said in said_below[:-1])
    mistaken = [j for j in words if any(map(looks_numeric, said_below[j]))]
    if mistaken:
        raise DataError(
            f"The first line must hold names or numbers, but line {first.line}, column "
            f"{mistaken[0] + 1} holds {quoted(cells[mistaken[0]])} beside {quoted(numbers[0])}. "
            "Write a number there; or if it is a name, let every name begin with a letter.",
            [(first.line, mistaken[0] + 1)],
        )
    return False


def _stands_over_numbers(row: Row, below: Sequence[Row]) -> bool:
    """Whether a row has no number, but most of its words stand where all others are numbers."""
    words = [j for j, cell in enumerate(row.cells) if cell and not is_missing(cell)]
    if not words or any(map(_is_number, row.cells)):
        return False
    over = 0
    for column in (_columns(below, len(row.cells))[j] for j in words):
        filled = [cell for cell in column if not is_missing(cell)]
        over += bool(filled) and all(map(_is_number, filled))
    return 2 * over > len(words)


def _is_number(cell: str) -> bool:
    return looks_numeric(cell) or unit_of(cell) != ""


def _columns(rows: Sequence[Row], width: int) -> list[set[str]]:
    """What stands in each column."""
    return [{row.cells[j] for row in rows if j < len(row.cells)} for j in range(width)]


def _rise(years: Sequence[str]) -> bool:
    return len(years) > 1 and all(int(a) < int(b) for a, b in pairwise(years))

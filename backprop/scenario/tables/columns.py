"""From rows to columns: the header, years as names, uneven rows, columns that number the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backprop.scenario.tables.column import Column
from backprop.scenario.tables.errors import DataError, quoted
from backprop.scenario.tables.headings import headed
from backprop.scenario.tables.numbers import is_missing, looks_numeric
from backprop.scenario.tables.signs import without_signs
from backprop.scenario.tables.text import Row, Sheet, usual_width

LONGEST_NAME = 60
"""Characters of a name; what is longer is cut."""

_INDEX = re.compile(r"|unnamed: ?\d+|index|idx|row|rows|row[ _]?(id|no|nr|number)|#|no\.?|nr\.?|n°")
_ID = re.compile(r"ids?|uu?id|.*[_ -]ids?|.*[a-z]Id|.*[a-z]ID")
_DATE = re.compile(
    r"(\d{4}([-/.])\d\d?\2\d\d?|\d\d?([-/.])\d\d?\3(\d{4}|\d\d))(?!\d).*|\d\d?:\d\d(:\d\d)?",
    re.ASCII,
)
_LONG = re.compile(r"\d{5,}", re.ASCII)
_FEWEST_TO_COUNT = 10
"""Rows without a header in which 1, 2, 3 … is taken for an index."""


def columns_of(sheet: Sheet) -> tuple[list[Column], list[str]]:
    """The columns of a sheet, and what was decided on the way.

    Raises DataError where there is no sample, no second column, or a row of another length.
    """
    header, rows, notes = headed(sheet.rows)
    if not rows:
        raise DataError(
            f"Your data must have at least one sample, but there is none"
            f"{' below the header' if header else ''}. "
            "Write one sample a line, its inputs and then its target, such as 1, -1, 0."
        )
    width = usual_width(rows)
    heading = sheet.heading
    if header is None and heading and heading.width == width and not any(
        map(looks_numeric, heading.cells)
    ):  # fmt: skip
        header = heading
        notes.append(f"The comment in line {header.line} names the columns.")
    names = list(header.cells) if header else []
    counts_rows = (
        len(names) == width - 1 and len(rows) > 1 and _counts([row.cells[0] for row in rows])
    )
    if counts_rows:  # as R writes it: the names of the rows have no name
        names.insert(0, "")
    if header and not counts_rows:
        width = max(width, header.width)
        rows_to_check = [header, *rows]
    else:
        rows_to_check = rows
    _check_lengths(rows_to_check, width)
    if width < 2:
        raise DataError(
            f"Every sample must have at least one input and then its target, but line "
            f"{rows[0].line} has only one column. "
            "Separate the columns by commas, semicolons, tabs or blanks."
        )
    names, renamed = _names(names[:width])
    names += [""] * (width - len(names))
    lines = tuple(row.line for row in rows)
    cells = zip(*(row.cells[:width] for row in rows), strict=True)
    columns = [Column(n, names[n - 1], tuple(c), lines) for n, c in enumerate(cells, start=1)]
    if width > 2 and not names[-1] and all(map(is_missing, columns[-1].cells)):
        columns.pop()  # every row ends with a separator
    notes += renamed
    for n, column in enumerate(columns):
        columns[n], said = without_signs(column)
        notes += said
    return columns, notes


def _check_lengths(rows: Sequence[Row], width: int) -> None:
    first = next(row for row in rows if row.width <= width <= len(row.cells))
    for row in rows:
        if row.width > width or len(row.cells) < width:
            got = max(row.width, len(row.cells) if len(row.cells) < width else 0)
            raise DataError(
                f"Every row must have the same number of cells, but line {first.line} has {width} "
                f"and line {row.line} has {got}. Fill in or take out cells there; if commas are "
                "decimal, separate the cells by semicolons.",
                [(row.line, min(got, width))],
            )


def shortened(name: str) -> str:
    """A name, or its beginning where it is too long."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _names(given: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names of the columns, each once, and what was done to them."""
    names: list[str] = []
    notes = []
    for position, whole in enumerate(given, start=1):
        name = shortened(whole)
        if name and name in names:
            again = next(f"{name} ({n})" for n in range(2, 999) if f"{name} ({n})" not in names)
            notes.append(f"Column {position} is called {quoted(again, 40)}: the header has "
                         f"{quoted(name, 40)} more than once.")  # fmt: skip
            name = again
        names.append(name)
    return names, notes


def left_out(columns: Sequence[Column]) -> dict[int, str]:
    """The columns that are no inputs by themselves, by position, and why: index, id, empty."""
    named = any(column.name for column in columns)
    found = {}
    for column in columns:
        name = column.name
        counts = _counts(column.cells)
        filled = [cell for cell in column.cells if not is_missing(cell)]
        words = filled and not any(map(looks_numeric, filled))
        if not filled:
            found[column.position] = "is empty"
        elif 2 * len(filled) < len(column.cells):
            found[column.position] = "is empty in most rows"
        elif column.position == 1 and counts and (
            _INDEX.fullmatch(name.lower()) if named
            else len(column.cells) >= _FEWEST_TO_COUNT and len(columns) > 2
        ):  # fmt: skip
            found[column.position] = "counts the rows"
        elif _ID.fullmatch(name) or _ID.fullmatch(name.lower()):
            found[column.position] = "names the rows"
        elif words and all(map(_DATE.fullmatch, filled)):
            found[column.position] = "holds dates or times"
        elif not named and column.position == 1 and _are_ids(column.cells):
            found[column.position] = "has another long number in every row, as an id"
        elif words and len(set(filled)) == len(column.cells) > 3:
            found[column.position] = "has another word in every row"
    return found


def _are_ids(cells: Sequence[str]) -> bool:
    """Whether whole numbers, most of five digits at least, are another in every row."""
    return (
        len(set(cells)) == len(cells) >= _FEWEST_TO_COUNT
        and all(cell.isascii() and cell.isdigit() for cell in cells)
        and 2 * sum(bool(_LONG.fullmatch(cell)) for cell in cells) > len(cells)
    )


def _counts(cells: Sequence[str]) -> bool:
    """Whether the cells are 0, 1, 2, … or 1, 2, 3, …, or quoted so."""
    if not cells or cells[0] not in ("0", "1"):
        return False
    return all(cell == str(n) for n, cell in enumerate(cells, start=int(cells[0])))

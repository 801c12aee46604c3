"""Samples of your own: tables and CSV files, checked cell by cell.

Whatever is refused is refused with the place, what was there, and what to write instead.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from backprop.datasets import Array, Dataset, dataset, default_names

MAX_FEATURES = 32
MAX_SAMPLES = 2000


class DataError(ValueError):
    """Data that cannot be learned from: what is required, what is there and where, what to try."""


@dataclass(frozen=True)
class _Row:
    place: str  # "line 3" of a file, "row 3" of a table
    cells: list[str]


_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity|∞)", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+", re.ASCII)


def from_table(rows: Iterable[Iterable[object]], header: Iterable[object] | None = None) -> Dataset:
    """A data set from rows of numbers: features, then the target. Empty rows are ignored."""
    placed = [_Row(f"row {n}", [_text(cell) for cell in row]) for n, row in enumerate(rows, 1)]
    heading = None if header is None else _Row("the header", [_text(cell) for cell in header])
    return _checked("table", placed, heading)


def from_csv(source: str | bytes) -> Dataset:
    """The same from a file: cells between commas, semicolons or tabs; a header is optional."""
    rows = [row for row in _lines(_decoded(source)) if any(row.cells)]
    if rows and not any(_looks_numeric(cell) for cell in rows[0].cells):
        return _checked("csv", rows[1:], rows[0])
    return _checked("csv", rows, None)


def _decoded(source: str | bytes) -> str:
    if isinstance(source, bytes):
        try:
            source = source.decode("utf-8")
        except UnicodeDecodeError as error:
            raise DataError(
                f"Your file must be text in UTF-8, but byte {error.start + 1} of it is not. "
                "Save it again as CSV with the encoding UTF-8."
            ) from None
    return source.removeprefix("\ufeff")


def _lines(text: str) -> list[_Row]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    line = 1
    try:
        separator = next((s for s in "\t;" if len(next(csv.reader([first], delimiter=s))) > 1), ",")
        rows = []
        reader = csv.reader(io.StringIO(text, newline=None), delimiter=separator)
        for cells in reader:
            rows.append(_Row(f"line {line}", [_text(cell) for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            f"Your file must hold lines of numbers, but line {line} cannot be read: {error}. "
            "Look there for a quotation mark that is never closed."
        ) from None
    return rows


def _checked(name: str, rows: list[_Row], header: _Row | None) -> Dataset:
    rows = [row for row in rows if any(row.cells)]
    if header or rows:
        _check_columns([header, *rows] if header else rows)
    if not rows:
        raise DataError(
            f"Your data must have at least one sample, but there is none"
            f"{' below the header' if header else ''}. "
            "Write one sample a line, its features and then its target, such as 1, -1, 0."
        )
    if len(rows) > MAX_SAMPLES:
        raise DataError(
            f"Your data may have at most {MAX_SAMPLES} samples, but it has {len(rows)}. "
            "Take some of them."
        )
    table = np.array([[_number(row, i) for i in range(len(row.cells))] for row in rows])
    _check_targets(rows, table[:, -1])
    return dataset(name, table[:, :-1], table[:, -1], _feature_names(header) if header else ())


def _check_columns(rows: list[_Row]) -> None:
    first = rows[0]
    width = len(first.cells)
    if width < 2:
        raise DataError(
            f"Every sample must have at least one feature and then its target, "
            f"but {first.place} has only one column. "
            "Separate the columns by commas, semicolons or tabs."
        )
    if width > MAX_FEATURES + 1:
        raise DataError(
            f"A sample may have at most {MAX_FEATURES} features and then its target, "
            f"but {first.place} has {width} columns. Leave some features out."
        )
    for row in rows:
        if len(row.cells) != width:
            raise DataError(
                f"Every sample must have the same number of columns, but {first.place} has "
                f"{width} and {row.place} has {len(row.cells)}. Fill in or take out cells there."
            )


def _number(row: _Row, column: int) -> float:
    cell = row.cells[column]
    where = f"{row.place}, column {column + 1}"
    if _NUMBER.fullmatch(cell) and np.isfinite(float(cell)):
        return float(cell)
    if cell == "":
        raise DataError(
            f"Every cell must hold a number, but {where} is empty. "
            "Fill it in, or take the sample out."
        )
    if _DECIMAL_COMMA.fullmatch(cell):
        raise DataError(
            f"A number must have a decimal point, but {where} holds {_quoted(cell)}. "
            f"Write {_quoted(cell.replace(',', '.'))}."
        )
    if _looks_numeric(cell):
        raise DataError(
            f"Every number must be finite in float64, but {where} holds {_quoted(cell)}. "
            "Write a number below 1.8e308, or take the sample out."
        )
    raise DataError(
        f"Every cell must hold a number, but {where} holds {_quoted(cell)}. "
        "Write a number there; only the first line can be a header, and then without any numbers."
    )


def _check_targets(rows: list[_Row], targets: Array) -> None:
    outside = np.flatnonzero((targets < 0) | (targets > 1))
    if outside.size == 0:
        return
    row = rows[outside[0]]
    raise DataError(
        f"Every target must lie between 0 and 1, but {row.place}, column {len(row.cells)} "
        f"holds {_quoted(row.cells[-1])}. {_advice(targets)}"
    )


def _advice(targets: Array) -> str:
    values = [repr(value).removesuffix(".0") for value in np.unique(targets).tolist()]
    low, high = values[0], values[-1]
    match len(values):
        case 1:
            return "For a label, write 0 or 1."
        case 2:
            return f"Your labels are {low} and {high}: write 0 for {low} and 1 for {high}."
        case _:
            return (
                f"Your targets go from {low} to {high}: rescale them, so that {low} becomes 0 and "
                f"{high} becomes 1. For three or more classes, write 1 for one and 0 for the rest."
            )


def _feature_names(header: _Row) -> list[str]:
    features = header.cells[:-1]
    defaults = default_names(len(features))
    given = [name or default for name, default in zip(features, defaults, strict=True)]
    for name in given:
        if given.count(name) > 1:
            raise DataError(
                f"Every column must have a name of its own, but {header.place} has "
                f"{_quoted(name)} more than once. Rename one of them."
            )
    return given


def _text(cell: object) -> str:
    """A cell as text on one line, with the minus sign that Python reads."""
    return "" if cell is None else " ".join(str(cell).split()).replace("−", "-")


def _looks_numeric(cell: str) -> bool:
    return any(form.fullmatch(cell) for form in (_NUMBER, _NOT_FINITE, _DECIMAL_COMMA))


def _quoted(cell: str) -> str:
    shown = "".join(c if c.isprintable() else "�" for c in cell)
    return f"“{shown[:20]}…”" if len(shown) > 20 else f"“{shown}”"

"""The samples a network learns from: built-in sets, and tables and CSV files of your own."""

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

MAX_FEATURES = 8
MAX_SAMPLES = 1000


class DataError(ValueError):
    """Data that cannot be learned from: what is required, what is there and where, what to try."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples and their targets; the arrays are read-only."""

    name: str
    X: Array  # (samples, features)
    y: Array  # (samples, outputs), in [0, 1]
    feature_names: tuple[str, ...]


@dataclass(frozen=True)
class Builtin:
    title: str
    make: Callable[[], Dataset]


def names() -> tuple[str, ...]:
    return tuple(DATASETS)


def load(name: str) -> Dataset:
    """The built-in set of that name."""
    if name not in DATASETS:
        nearest = difflib.get_close_matches(name, DATASETS, n=1, cutoff=0)[0]
        raise ValueError(
            f"The data set must be one of {', '.join(DATASETS)}, but got {name!r}. Try {nearest!r}."
        )
    return DATASETS[name].make()


# Built-in sets


def gate(name: str, targets: Sequence[float]) -> Dataset:
    """A logic gate of two inputs, with −1 for false and 1 for true."""
    return _dataset(name, [(-1, -1), (-1, 1), (1, -1), (1, 1)], targets)


def worked_example() -> Dataset:
    """One point with two targets: the data of a worked example that many textbooks share."""
    made = _dataset("worked_example", [(0.05, 0.10)], [0.01])
    y = np.array([[0.01, 0.99]])
    y.setflags(write=False)
    return replace(made, y=y)


def xor_wrong_label() -> Dataset:
    """XOR with two points at each corner, and one more beyond a corner whose label is wrong."""
    X = [
        (-1, -1),
        (1.6, -0.8),  # labelled 0, where its neighbours are 1
        (-1, 1),
        (1, -1),
        (1, 1),
        (-0.8, -1.1),
        (-1.2, 0.9),
        (0.9, -1.2),
        (1.1, 0.8),
    ]
    return _dataset("xor_wrong_label", X, [0, 0, 1, 1, 0, 0, 1, 1, 0])


def blobs(samples: int = 40) -> Dataset:
    """Two clouds that a straight line separates."""
    y = _alternating(samples)
    centre = np.where(y == 1, 0.9, -0.9)
    return _shaken("blobs", centre, centre, y, noise=0.35, seed=1)


def circles(samples: int = 40) -> Dataset:
    """A ring of zeros around a ring of ones."""
    y = _alternating(samples)
    angle = 2 * np.pi * _along(samples)
    radius = np.where(y == 1, 0.5, 1.3)
    return _shaken("circles", radius * np.cos(angle), radius * np.sin(angle), y, noise=0.08, seed=2)


def moons(samples: int = 40) -> Dataset:
    """Two half rings, each reaching into the other."""
    y = _alternating(samples)
    angle = np.pi * _along(samples)
    side = np.where(y == 1, -1, 1)
    x1, x2 = side * (np.cos(angle) - 0.5), side * (np.sin(angle) - 0.25)
    return _shaken("moons", x1, x2, y, noise=0.08, seed=7)


def spiral(samples: int = 40) -> Dataset:
    """Two arms wound into each other, one and a quarter turns."""
    y = _alternating(samples)
    wound = _along(samples) ** 0.7  # so that no stretch of an arm is sparser than its turns
    angle = 2.5 * np.pi * wound
    radius = np.where(y == 1, 1, -1) * (0.2 + 1.2 * wound)
    return _shaken("spiral", radius * np.cos(angle), radius * np.sin(angle), y, noise=0.03, seed=1)


DATASETS = {
    "xor": Builtin("XOR", lambda: gate("xor", [0, 1, 1, 0])),
    "and": Builtin("AND", lambda: gate("and", [0, 0, 0, 1])),
    "or": Builtin("OR", lambda: gate("or", [0, 1, 1, 1])),
    "xor_wrong_label": Builtin("XOR with one wrong label", xor_wrong_label),
    "blobs": Builtin("Two blobs", blobs),
    "circles": Builtin("Two circles", circles),
    "moons": Builtin("Two moons", moons),
    "spiral": Builtin("Two spirals", spiral),
    "worked_example": Builtin("One point, two targets", worked_example),
}


def _alternating(samples: int) -> Array:
    """Labels 0, 1, 0, 1, …"""
    return np.arange(samples, dtype=np.float64) % 2


def _along(samples: int) -> Array:
    """How far along the curve of its label each sample sits, from 0 to just below 1."""
    return np.linspace(0, 1, (samples + 1) // 2, endpoint=False).repeat(2)[:samples]


def _shaken(name: str, x1: Array, x2: Array, y: Array, *, noise: float, seed: int) -> Dataset:
    """Points with noise, rounded so that every machine has the same numbers."""
    shift = np.random.default_rng(seed).normal(scale=noise, size=(len(y), 2))
    return _dataset(name, (np.column_stack([x1, x2]) + shift).round(3), y)


def _dataset(name: str, X: ArrayLike, y: ArrayLike, features: Sequence[str] = ()) -> Dataset:
    X, y = np.array(X, dtype=np.float64), np.array(y, dtype=np.float64)[:, None]
    X.setflags(write=False)
    y.setflags(write=False)
    return Dataset(name, X, y, tuple(features) or _default_names(X.shape[1]))


def _default_names(features: int) -> tuple[str, ...]:
    return tuple("x" + "₁₂₃₄₅₆₇₈"[i] for i in range(features))


# Data of your own


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
    return _dataset(name, table[:, :-1], table[:, -1], _feature_names(header) if header else ())


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
    defaults = _default_names(len(features))
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

"""From cells to numbers, one column at a time, since a column is written in one way.

A number may have a decimal point or a decimal comma, groups of three digits (12,500 12.500 12'500
or with blanks; 1,00,000 in India), digits and a sign in any typography, an exponent, a currency
sign, or per cent behind it.
Which of the first two a column means is decided by all of its cells, never by one alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from backprop.scenario.tables.column import Column
from backprop.scenario.tables.errors import DataError, quoted

POINT, COMMA = ".", ","

_MISSING = frozenset((
    "", "na", "nan", "nat", "null", "none", "nil", "n.d.", "n/d", "k.a.", "k. a.", "missing", "\\n",
))  # fmt: skip
_AROUND = str.maketrans("", "", " ./()<>")
_GAP = re.compile(r"[-–—.?*_…]+|#[\w/]+[!?]?")
"""What people, databases, Excel, R and pandas write where there is no value."""

_EXPONENT = r"(?:e[+-]?\d+)?"
_FORMS = {
    mark: re.compile(
        rf"[+-]?(?:\d+|[1-9]\d{{0,2}}({group})\d{{3}}(?:\1\d{{3}})*)?"
        rf"(?:{re.escape(mark)}\d*)?{_EXPONENT}",
        re.ASCII | re.IGNORECASE,
    )
    for mark, group in ((POINT, r"[,' ]"), (COMMA, r"[.' ]"))
}
_INDIAN = re.compile(r"[+-]?[1-9]\d?(?:,\d\d)+,\d{3}(?:\.\d*)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:[.,]\d{3})+", re.ASCII)
"""What may be thousands, and if there is one mark also a decimal number: 12,500 and 12.500."""
_NOT_FINITE = re.compile(r"[+-]?(inf|infinity|∞)", re.IGNORECASE)
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{0,3}([$£¥฿\u20a0-\u20cf])")
_CURRENCY_BEHIND = re.compile(rf" ?{_CURRENCY.pattern}$")
_AS_TYPED = {0xFF01 + n: 0x21 + n for n in range(94)} | str.maketrans(  # of full width
    "−–﹣‐’\u00a0\u202f\u2009٫٬", "----'   .,"
)


@dataclass(frozen=True)
class Numbers:
    """A column as numbers (rows,), NaN where a value is missing, and what was decided."""

    values: NDArray[np.float64]
    notes: tuple[str, ...] = ()


def is_missing(cell: str) -> bool:
    """Whether a cell says that there is no value."""
    if cell[-1:].isdigit():  # as most do: nothing that means so ends with a digit
        return False
    said = cell.lower()
    return bool({said, said.translate(_AROUND)} & _MISSING or _GAP.fullmatch(cell))


def looks_numeric(cell: str) -> bool:
    """Whether a cell is a number in some way of writing."""
    bare = _bare(cell)
    return bool(_marks(bare) or _NOT_FINITE.fullmatch(bare))


def mark_of(cells: Iterable[str]) -> str | None:
    """The decimal mark that these cells show beyond doubt, if they agree on one."""
    found = set()
    for bare in map(_bare, cells):
        if len(marks := _marks(bare)) == 1:
            found.add(marks)
            if len(found) == 2:
                return None
    return found.pop() if found else None


def doubtful(cells: Iterable[str]) -> str:
    """The first cell with a comma that may mean two numbers, in cells that all leave it open."""
    bare = {cell: _bare(cell) for cell in cells if not is_missing(cell)}
    if any(len(_marks(text)) < 2 for text in bare.values()):
        return ""
    return next((c for c, text in bare.items() if COMMA in text and _GROUPED.fullmatch(text)), "")


def meanings_of(cell: str) -> dict[str, str]:
    """The number that a cell is with each decimal mark."""
    return {mark: spelled(float(_english(_bare(cell), mark))) for mark in (POINT, COMMA)}


def numbers_of(column: Column, usual: str | None, in_doubt: Mapping[str, str]) -> Numbers:
    """The numbers of a column.

    `usual` is the decimal mark that the other columns show; `in_doubt` has the one that is meant
    where nothing shows it, under "," for 12,500 and under "." for 12.500. Raises DataError at the
    first cell that is no number, is beyond float64, or may mean two numbers; and where cells
    differ in their currency, or only some are per cent.
    """
    there = [cell for cell in column.cells if not is_missing(cell)]
    mark = _mark_of_column(there, usual, in_doubt)
    _check_currency(column)
    values, percent, plain = np.full(len(column.cells), np.nan), "", None
    for n, (cell, line) in enumerate(zip(column.cells, column.lines, strict=True)):
        if is_missing(cell):
            continue
        values[n] = _number(column, cell, line, mark or mark_of([cell]))
        if _is_percent(cell):
            percent = cell
        elif values[n] and plain is None:
            plain = (cell, line)
    if percent and plain:
        raise DataError(
            f"A column must be per cent in every row or in none, but line {plain[1]}, "
            f"{column.label} holds {quoted(plain[0])} without %. Write it there too, or nowhere.",
            [(plain[1], column.position)],
        )
    return Numbers(values, tuple(_notes(column, values, mark, usual)))


def _check_currency(column: Column) -> None:
    before = ""
    for cell, line in zip(column.cells, column.lines, strict=True):
        sign = _CURRENCY.search(cell)
        if sign and before and sign[1] != before:
            raise DataError(
                f"A column must have one currency, but line {line}, {column.label} holds "
                f"{quoted(cell)} after {before}. Convert it, and write no currency.",
                [(line, column.position)],
            )
        before = sign[1] if sign else before


def _mark_of_column(
    cells: Sequence[str], usual: str | None, in_doubt: Mapping[str, str]
) -> str | None:
    """The decimal mark by which a whole column is read; None if each cell speaks for itself."""
    bare = [_bare(cell) for cell in cells]
    fits = [m for m in (POINT, COMMA) if all(m in _marks(cell) for cell in bare)]
    if len(fits) == 1:
        return fits[0]
    doubtful = [cell for cell in bare if _GROUPED.fullmatch(cell)]
    if fits and doubtful:
        return usual or in_doubt.get(COMMA if any(COMMA in cell for cell in doubtful) else POINT)
    return None if doubtful or not fits else POINT


def _number(column: Column, cell: str, line: int, mark: str | None) -> float:
    bare = _bare(cell)
    if mark is None and _GROUPED.fullmatch(bare):
        meanings = meanings_of(cell)
        raise DataError(
            f"A number must have one meaning, but line {line}, {column.label} holds "
            f"{quoted(cell)}, which may be {' or '.join(meanings.values())}. "
            "Write the one that is meant.",
            [(line, column.position)],
            meanings=meanings,
        )
    if (mark or POINT) not in _marks(bare):
        raise _no_number(column, cell, line)
    text = _english(bare, mark or POINT)
    if _is_percent(cell):  # a hundredth, with the digits that one would write: 7.2 % is 0.072
        digits, _, exponent = text.lower().partition("e")
        text = f"{digits}e{int(exponent or 0) - 2}"
    value = float(text)
    if np.isinf(value) or (value == 0 and re.search("[1-9]", text.lower().split("e")[0])):
        raise DataError(
            f"Every number must lie in the range of float64, 5e-324 to 1.8e308, but line {line}, "
            f"{column.label} holds {quoted(cell)}. Write another, or take the row out.",
            [(line, column.position)],
            wrong=line,
        )
    return value


def _notes(
    column: Column, values: NDArray[np.float64], mark: str | None, usual: str | None
) -> Iterator[str]:
    """What was decided about a column, each with the first cell that it was decided for."""
    said: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
        ("is per cent", lambda bare, cell: _is_percent(cell)),
        ("has a decimal comma", lambda bare, cell: "," in bare and mark != POINT),
        (
            "has a decimal point, unlike others",
            lambda bare, cell: usual == COMMA and mark == POINT and "." in bare,
        ),
        ("has groups of thousands", lambda bare, cell: _grouped(bare, mark)),
    )
    for words, holds in said:
        for cell, value in zip(column.cells, values.tolist(), strict=True):
            if not is_missing(cell) and holds(_bare(cell), cell):
                yield f"{column.title} {words}: {quoted(cell)} is {spelled(value)}."
                break


def _grouped(bare: str, mark: str | None) -> bool:
    marks = {POINT: "[,' ]", COMMA: "[.' ]", None: "[' ]"}[mark]
    return bool(re.search(rf"\d{marks}\d", bare))


@lru_cache(maxsize=1 << 16)
def _bare(cell: str) -> str:
    """A cell with plain signs, less what stands around the number."""
    text = as_typed(cell).removesuffix("%").rstrip()
    sign, rest = (text[:1], text[1:]) if text[:1] in ("+", "-") else ("", text)
    if not rest[:1].isdigit() and (found := _CURRENCY.match(rest)):
        rest = rest[found.end() :]
    return sign + (rest if rest[-1:].isdigit() else _CURRENCY_BEHIND.sub("", rest)).strip()


def as_typed(cell: str) -> str:
    """A cell with the digits and signs of a keyboard."""
    if cell.isascii():
        return cell.strip()
    text = cell.translate(_AS_TYPED).strip()
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _is_percent(cell: str) -> bool:
    return cell.endswith(("%", "％"))


@lru_cache(maxsize=1 << 16)
def _marks(bare: str) -> str:
    """The decimal marks with which the cell is a number: “.,”, “.”, “,” or none."""
    if not any(c in "0123456789" for c in bare.lower().split("e")[0]):
        return ""
    found = "".join(mark for mark, form in _FORMS.items() if form.fullmatch(bare))
    return found or (POINT if _INDIAN.fullmatch(bare) else "")


def _english(bare: str, mark: str) -> str:
    group = COMMA if mark == POINT else POINT
    return bare.replace(group, "").replace("'", "").replace(" ", "").replace(mark, ".")


def _no_number(column: Column, cell: str, line: int) -> DataError:
    where = f"line {line}, {column.label} holds {quoted(cell)}"
    if _NOT_FINITE.fullmatch(_bare(cell)):
        said = f"Every number must be finite, but {where}. Write a number below 1.8e308"
        return DataError(f"{said}, or take the row out.", [(line, column.position)], wrong=line)
    said = f"Every cell of a column of numbers must hold a number, but {where}."
    if _DATE.fullmatch(cell):
        advice = "For a date, write a number, such as the days since a start."
    else:
        advice = "Write a number there, or leave the row or the column out."
    return DataError(f"{said} {advice}", [(line, column.position)], wrong=line)


def spelled(value: float) -> str:
    """A number as the text of a label: as Python writes it, but 3 for 3.0."""
    return repr(float(value)).removesuffix(".0")

"""From bytes to rows of cells: encoding, separator, comments, Excel's `sep=` line, brackets."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from numbers import Real

from backprop.scenario.tables.arrays import rows_of_arrays
from backprop.scenario.tables.errors import DataError, printable
from backprop.scenario.tables.foreign import refuse_bytes, refuse_text
from backprop.scenario.tables.numbers import POINT, looks_numeric
from backprop.scenario.tables.signs import unit_of

LARGEST = 20_000_000
"""Characters of a table: more than ten times what 2,000 rows of 48 numbers need."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_IN_NO_NUMBER = "\t;|"
_SEPARATORS = {"\t": "tabs", ";": "semicolons", "|": "bars", ",": "commas", " ": "blanks"}
_COMMENT = re.compile(r"\s*(#(?!N/?A\b|N[VA]\b|[\w/]+[!?])|%|//)")
_SEP_LINE = re.compile(r'"?sep=(.)"?[;,\t]*', re.IGNORECASE)
_RULE = re.compile(r"(?=.*(--|==))[-+|:=\s]+")
"""A line that is drawn, as beneath the header of a Markdown table and around one of MySQL."""
_UNSEEN = " \u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""What web pages and Excel leave around a cell without a trace on the screen."""
_TRIED = 200
"""Lines by which the separator is found."""


@dataclass(frozen=True)
class Row:
    """One row of a table: the line at which it begins, counted from 1, and its cells."""

    line: int
    cells: tuple[str, ...]

    @property
    def width(self) -> int:
        """The number of cells without the empty ones at the end."""
        return next((n for n in range(len(self.cells), 0, -1) if self.cells[n - 1]), 0)


@dataclass(frozen=True)
class Sheet:
    """A text as rows of cells, without empty rows; `notes` say in words how it was taken apart.

    `heading` is the last comment before the first row, which may hold the names of the columns.
    `decimal` is the decimal mark, where a program wrote the numbers.
    """

    rows: tuple[Row, ...]
    separator: str = ","
    heading: Row | None = None
    notes: tuple[str, ...] = ()
    decimal: str | None = None


def sheet_of(source: str | bytes) -> Sheet:
    """The rows of a text or a file; raises DataError for what is no text at all."""
    text, notes = _decoded(source)
    if len(text) > LARGEST:
        raise DataError(
            f"Your table may have at most {LARGEST:,} characters, but it has {len(text):,}. "
            "Take some of its rows."
        )
    refuse_text(text)
    if (found := rows_of_arrays(text)) is not None:
        text = "\n".join(found[0])
        notes.append(found[1])
    lines: list[tuple[int, str]] = []
    comments, said, quotes = [], None, 0
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        line = line.rstrip("\n")
        whole = quotes % 2 == 0  # not within a quoted cell
        if not lines and said is None and (mark := _SEP_LINE.fullmatch(line.strip(" "))):
            said = mark[1]
        elif whole and _COMMENT.match(line):
            comments.append((number, line, bool(lines)))
        elif not (whole and _RULE.fullmatch(line)):
            lines.append((number, line))
            quotes += line.count('"')
    lines = _unended(_unframed(lines))
    separator = said or _separator([line for _, line in lines if line.strip()][:_TRIED])
    rows = tuple(row for row in _split(lines, separator) if any(row.cells))
    if said:
        notes.append(
            f"Cells are separated by {_SEPARATORS.get(said, said)}, as the first line says."
        )
    elif separator != ",":
        notes.append(f"Cells are separated by {_SEPARATORS[separator]}.")
    if comments:
        count = len(comments)
        notes.append(f"{count} comment line{'s' if count > 1 else ''} left out.")
    before = [(n, _COMMENT.sub("", line, count=1)) for n, line, late in comments if not late][-1:]
    heading = next(iter(_split(before, separator)), None)
    return Sheet(rows, separator, heading, tuple(notes), POINT if found is not None else None)


def _unframed(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The same lines without the frame of bars that a Markdown table has."""
    filled = [(number, line.strip()) for number, line in lines if line.strip()]
    if len(filled) < 2 or not all(line.startswith("|") for _, line in filled):
        return lines
    return [(number, line[1:].removesuffix("|")) for number, line in filled]


def _unended(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The same lines without a separator at the end, where every line has it."""
    filled = [(number, line.rstrip()) for number, line in lines if line.strip()]
    for mark in ";,":
        if filled and all(line.endswith(mark) for _, line in filled):
            return [(number, line[:-1]) for number, line in filled]
    return lines


def sheet_of_cells(rows: Iterable[Iterable[object]]) -> Sheet:
    """The same from rows of cells, each a text, a number or None; “line” is then the row."""
    given = [tuple(row) for row in rows]
    cells = [tuple(map(cell_text, row)) for row in given]
    width = max(map(len, cells), default=0)
    padded = [row + ("",) * (width - len(row)) for row in cells]
    decimal = POINT if any(isinstance(cell, Real) for row in given for cell in row) else None
    numbered = enumerate(padded, start=1)
    return Sheet(tuple(Row(n, row) for n, row in numbered if any(row)), "\t", decimal=decimal)


def _decoded(source: str | bytes) -> tuple[str, list[str]]:
    """The text, with “\\ud800” and its like replaced, and a note on its encoding."""
    if isinstance(source, str):
        return _without_mark(source), []
    refuse_bytes(source)
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return _strictly(source, encoding)
    even, odd = source[0::2].count(0), source[1::2].count(0)  # digits and separators have one 0
    if 5 * max(even, odd) > len(source) // 2 and min(even, odd) * 50 < max(even, odd):
        return _strictly(source, "utf-16-le" if odd > even else "utf-16-be")
    try:
        return _without_mark(source.decode("utf-8")), []
    except UnicodeDecodeError:
        text = source.decode("cp1252", errors="replace")
        if (
            sum(c in "\x00\ufffd" or (c < " " and c not in "\t\n\r\f") for c in text)
            > len(text) / 50
        ):
            raise DataError(
                "Your file must be text, but it has bytes that are none in UTF-8 or Latin-1. "
                "Save it as CSV with the encoding UTF-8."
            ) from None
        return text, ["The text is not UTF-8; it was read as Latin-1 (Windows-1252)."]


def _strictly(source: bytes, encoding: str) -> tuple[str, list[str]]:
    try:
        text = source.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise DataError(
            f"Your file begins as {encoding.upper()[:6]} does, but byte {error.start + 1} of it is "
            "not. Save it again as CSV with the encoding UTF-8."
        ) from None
    notes = [] if encoding == "utf-8" else [f"The text is {encoding.upper()[:6]}."]
    return _without_mark(text), notes


def _without_mark(text: str) -> str:
    return text.removeprefix("\ufeff").encode("utf-8", "replace").decode("utf-8")


def _separator(lines: list[str]) -> str:
    """The separator that makes rows of one width, most of whose cells are numbers.

    One that cannot stand in a number is it, if every row has it as often.
    """
    best, chosen = (0.0, 0.0), ","
    for separator in _SEPARATORS:
        try:
            rows = list(_split(list(enumerate(lines)), separator))
        except DataError:
            continue
        rows = [row for row in rows if row.width]
        usual = usual_width(rows)
        if usual < 2:
            continue
        below = rows[1:] or rows
        cells = [(*row.cells, *[""] * usual)[:usual] for row in below]
        numeric = sum(map(_numeric, zip(*cells, strict=True))) / usual
        even = sum(row.width <= usual <= len(row.cells) for row in rows) / len(rows)
        if even == 1 and separator in _IN_NO_NUMBER:
            return separator
        found = (round(even**2 * (0.1 + numeric), 6), even)
        if found > best:
            best, chosen = found, separator
    return chosen


def _numeric(cells: Sequence[str]) -> float:
    """The share of numbers in a column; with letters behind, if they are always the same."""
    units = set(filter(None, map(unit_of, cells)))
    return sum(looks_numeric(c) or (len(units) == 1 and unit_of(c) != "") for c in cells) / len(
        cells
    )


def usual_width(rows: Sequence[Row]) -> int:
    """The number of columns of most rows, without those at the end that are empty in all."""
    lengths = Counter(len(row.cells) for row in rows)
    usual = max(lengths, key=lambda length: (lengths[length], length), default=0)
    return max((row.width for row in rows if len(row.cells) == usual), default=0)


def _split(lines: list[tuple[int, str]], separator: str) -> Iterator[Row]:
    """Rows of cells; a quoted cell may go on over several lines."""
    numbers = [number for number, _ in lines]
    blanks = separator == " "
    feed = [" ".join(line.split()) if blanks else line for _, line in lines]
    at = 0
    reader = csv.reader((line + "\n" for line in feed), delimiter=separator, skipinitialspace=True)
    try:
        for cells in reader:
            if reader.line_num == len(feed) > at + 1 and "".join(feed[at:]).count('"') % 2:
                raise csv.Error("its quotation goes on to the end")
            yield Row(numbers[at], tuple(map(cell_text, cells)))
            at = reader.line_num
    except csv.Error as error:
        raise DataError(
            f"Your table must hold lines of numbers, but line {numbers[at]} cannot be read: "
            f"{error}. Look there for a quotation mark that is never closed."
        ) from None


def cell_text(cell: object) -> str:
    """A cell as text on one line without control characters; nothing for None."""
    return "" if cell is None else printable(" ".join(str(cell).split()).strip(_UNSEEN))

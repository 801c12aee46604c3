"""From bytes to rows of cells: encoding, separator, comments, Excel's `sep=` line, brackets."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backprop.scenario.tables.errors import DataError, printable
from backprop.scenario.tables.numbers import looks_numeric

LARGEST = 20_000_000
"""Characters of a table: more than ten times what 2,000 rows of 48 numbers need."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FILES = (
    (b"PK\x03\x04", "a zip file, as Excel workbooks (.xlsx) are"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
    (b"PAR1", "a Parquet file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"\x89PNG", "a picture"),
)
_SEPARATORS = {"\t": "tabs", ";": "semicolons", "|": "bars", ",": "commas", " ": "blanks"}
_COMMENT = re.compile(r"\s*#(?!N/?A\b|N[VA]\b|VALUE!|WERT!|DIV/0!|REF!|NAME\?|NUM!)")
_SEP_LINE = re.compile(r'"?sep=(.)"?[;,\t]*', re.IGNORECASE)
_NESTED = re.compile(r"\s*(\w+ *= *)?((np|numpy|torch)\.)?((array|tensor) *\()? *[\[(]\s*[\[(]")
_BRACKETS = re.compile(r"[\[(]([^\[\]()]*)[\])]")
"""Lists in a list, as Python, NumPy and JSON print them, and the innermost ones."""
_RULE = re.compile(r"\|( *:?-+:? *\|)+")
"""The line beneath the header of a Markdown table."""
_TRIED = 200
"""Lines by which the separator is found."""


@dataclass(frozen=True)
class Row:
    """One row of a table: the line at which it begins, counted from 1, and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A text as rows of cells, without empty rows; `notes` say in words how it was taken apart.

    `heading` is the last comment before the first row, which may hold the names of the columns.
    """

    rows: tuple[Row, ...]
    separator: str = ","
    heading: Row | None = None
    notes: tuple[str, ...] = ()


def sheet_of(source: str | bytes) -> Sheet:
    """The rows of a text or a file; raises DataError for what is no text at all."""
    text, notes = _decoded(source)
    if len(text) > LARGEST:
        raise DataError(
            f"Your table may have at most {LARGEST:,} characters, but it has {len(text):,}. "
            "Take some of its rows."
        )
    if _NESTED.match(text):
        text = "\n".join(" ".join(row.split()) for row in _BRACKETS.findall(text))
        notes.append("Each list in brackets is a row.")
    lines: list[tuple[int, str]] = []
    comments, said, quotes = [], None, 0
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        line = line.rstrip("\n")
        if not lines and said is None and (found := _SEP_LINE.fullmatch(line.strip(" "))):
            said = found[1]
        elif _COMMENT.match(line) and quotes % 2 == 0:  # not within a quoted cell
            comments.append((number, line, bool(lines)))
        else:
            lines.append((number, line))
            quotes += line.count('"')
    lines = _unframed(lines)
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
        notes.append(f"{count} comment line{'s' if count > 1 else ''} (#) left out.")
    before = [(n, line.replace("#", "", 1)) for n, line, late in comments if not late][-1:]
    heading = next(iter(_split(before, separator)), None)
    return Sheet(rows, separator, heading, tuple(notes))


def _unframed(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The same lines without the frame of bars that a Markdown table has."""
    filled = [(number, line.strip()) for number, line in lines if line.strip()]
    if len(filled) < 2 or not all(line.startswith("|") for _, line in filled):
        return lines
    if _RULE.fullmatch(filled[1][1]):
        del filled[1]
    return [(number, line[1:].removesuffix("|")) for number, line in filled]


def sheet_of_cells(rows: Iterable[Iterable[object]]) -> Sheet:
    """The same from rows of cells, each a text, a number or None; “line” is then the row."""
    cells = [tuple(map(cell_text, row)) for row in rows]
    width = max(map(len, cells), default=0)
    padded = [row + ("",) * (width - len(row)) for row in cells]
    return Sheet(tuple(Row(n, row) for n, row in enumerate(padded, 1) if any(row)), "\t")


def _decoded(source: str | bytes) -> tuple[str, list[str]]:
    """The text, with “\\ud800” and its like replaced, and a note on its encoding."""
    if isinstance(source, str):
        return _without_mark(source), []
    for start, what in _OTHER_FILES:
        if source.startswith(start):
            raise DataError(
                f"Your file must be text, but it is {what}. "
                "Open it where it was made and save it as CSV, or copy its cells and paste them."
            )
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return _strictly(source, encoding)
    if source[1:200:2].count(0) > len(source[1:200:2]) * 0.8:
        return _strictly(source, "utf-16-le")
    if source[0:200:2].count(0) > len(source[0:200:2]) * 0.8:
        return _strictly(source, "utf-16-be")
    try:
        return _without_mark(source.decode("utf-8")), []
    except UnicodeDecodeError:
        text = source.decode("cp1252", errors="replace")
        if (
            sum(c in "\x00\ufffd" or (c < " " and c not in "\t\n\r\f") for c in text)
            > len(text) / 50
        ):
            raise DataError(
                "Your file must be text, but most of it has no letters or digits. "
                "Save it as CSV with the encoding UTF-8."
            ) from None
        return text, ["The text is not UTF-8; it was read as Latin-1 (Windows-1252)."]


def _strictly(source: bytes, encoding: str) -> tuple[str, list[str]]:
    try:
        text = source.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise DataError(
            f"Your file says that it is {encoding.upper()}, but byte {error.start + 1} of it is "
            "not. Save it again as CSV with the encoding UTF-8."
        ) from None
    notes = [] if encoding == "utf-8" else [f"The text is {encoding.upper()[:6]}."]
    return _without_mark(text), notes


def _without_mark(text: str) -> str:
    return text.removeprefix("\ufeff").encode("utf-8", "replace").decode("utf-8")


def _separator(lines: list[str]) -> str:
    """The separator that makes rows of one width, most of whose cells are numbers."""
    best, chosen = (0.0, 0.0), ","
    for separator in _SEPARATORS:
        try:
            split = [row.cells for row in _split(list(enumerate(lines)), separator)]
        except DataError:
            continue
        widths = [_width(cells) for cells in split if any(cells)]
        usual = max(set(widths), key=widths.count, default=0)
        if usual < 2:
            continue
        below = split[1:] or split
        cells = [cell for row in below for cell in row[:usual]]
        numeric = sum(map(looks_numeric, cells)) / max(1, len(cells))
        even = sum(width <= usual for width in widths) * widths.count(usual) / len(widths) ** 2
        found = (round(even * (0.1 + numeric), 6), even)
        if found > best:
            best, chosen = found, separator
    return chosen


def _width(cells: tuple[str, ...]) -> int:
    """The number of cells without the empty ones at the end."""
    return next((n for n in range(len(cells), 0, -1) if cells[n - 1]), 0)


def _split(lines: list[tuple[int, str]], separator: str) -> Iterator[Row]:
    """Rows of cells; a quoted cell may go on over several lines."""
    numbers = [number for number, _ in lines]
    blanks = separator == " "
    feed = [" ".join(line.split()) if blanks else line for _, line in lines]
    at = 0
    reader = csv.reader((line + "\n" for line in feed), delimiter=separator, skipinitialspace=True)
    try:
        for cells in reader:
            yield Row(numbers[at], tuple(map(cell_text, cells)))
            at = reader.line_num
    except csv.Error as error:
        raise DataError(
            f"Your table must hold lines of numbers, but line {numbers[at]} cannot be read: "
            f"{error}. Look there for a quotation mark that is never closed."
        ) from None


def cell_text(cell: object) -> str:
    """A cell as text on one line without control characters; nothing for None."""
    return "" if cell is None else printable(" ".join(str(cell).split()))

"""Arrays pasted as Python, NumPy, PyTorch, JSON and MATLAB write them.

    [[1, 2, 0], [3, 4, 1]]          every innermost list is a row
    [1, 2, 0]                       also without a list around them
    [3, 4, 1]
    A = [1 2 0; 3 4 1]              as MATLAB writes it
    X = np.array([[1, 2], [3, 4]])  arrays one after the other stand side by side
    y = np.array([0, 1])

Lines are then counted as rows of the array.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from backprop.scenario.tables.errors import DataError, quoted

_BEGIN = re.compile(
    r"\s*(Parameter containing:\s*)?"
    r"(\w+ *= *)?((np|numpy|torch)\.)?((array|tensor) *\(\s*)?[\[(]"
)
_NESTED = re.compile(r"\s*[\[(]\s*[\[(]")
_FLAT = re.compile(r"[\s(]*\[[^\[(]*\][^\[(]*|\([^\[(]*\)")
_LISTS = re.compile(r"(?:\s*[\[(][^\[\]()]*[\])](?:\s*[,;])?)+\s*")
_LIST = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_BRACKET = re.compile(r"[\[\]()]")
_NUMBER = re.compile(r"(?<![\w:.])[-+]?\.?\d[\d.e+-]*")


def rows_of_arrays(text: str) -> tuple[list[str], str] | None:
    """A line of cells for each row, and what was decided; None if the text is no array."""
    if _LISTS.fullmatch(text):
        return _rows(text), "Each list in brackets is a row."
    begin = _BEGIN.match(text)
    if not begin or (not any(begin.groups()) and not _NESTED.match(text)):
        return None
    if "..." in text:
        raise DataError(
            "An array must be whole, but “...” stands in it for numbers that were not printed. "
            "Print it with numpy.set_printoptions(threshold=10**6), or save it with np.savetxt."
        )
    arrays = list(_arrays(text))
    for array in arrays:
        if found := _NUMBER.search(_LIST.sub("", array)):
            raise DataError(
                f"Every number must stand between the brackets of its row, but {quoted(found[0])} "
                "stands outside. Write such as [[1, 2], [3, 4]], or leave all brackets out."
            )
    if len(arrays) == 1:
        return _rows(arrays[0]), "Each list in brackets is a row."
    cells = [[re.split(r"\s*,\s*|\s+", row) for row in _rows(array)] for array in arrays]
    flat = all(map(_FLAT.fullmatch, arrays))
    count = len(cells[0][0]) if flat else len(cells[0])
    columns = [
        [[cell] for cell in rows[0]] if len(rows) == 1 and len(rows[0]) == count else rows
        for rows in cells
    ]
    for rows in columns:
        if len(rows) != count:
            raise DataError(
                f"Arrays that stand side by side must have the same number of rows, but the first "
                f"has {count} and another has {len(rows)}. "
                "Give each as many rows, or paste one array with the targets in its last column."
            )
    joined = (chain.from_iterable(parts) for parts in zip(*columns, strict=True))
    return [",".join(row) for row in joined], f"{len(arrays)} arrays stand side by side."


def _rows(array: str) -> list[str]:
    """The innermost lists, each on one line; MATLAB's has several rows."""
    rows = (row for found in _LIST.findall(array) for row in found.split(";"))
    return [" ".join(row.split()).strip(" ,") for row in rows if row.strip()]


def _arrays(text: str) -> Iterator[str]:
    """The outermost brackets, less those of a call such as .reshape(-1, 1)."""
    depth = start = 0
    for found in _BRACKET.finditer(text):
        if found[0] in "[(":
            start = start if depth else found.start()
            depth += 1
        elif depth:
            depth -= 1
            whole = text[start : found.end()]
            if depth == 0 and not (whole.count("(") + whole.count("[") == 1
                                   and re.search(r"\w$", text[start - 1 : start])):  # fmt: skip
                yield whole
    if depth:
        yield text[start:]

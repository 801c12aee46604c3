"""Arrays pasted as Python, NumPy, PyTorch and JSON print them: every innermost list is a row.

[[1, 2, 0], [3, 4, 1]]          rows in a list
[1, 2, 0]                       a row a line
[3, 4, 1]
X = np.array([[1, 2], [3, 4]])  arrays one after the other stand side by side
y = np.array([0, 1])
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from backprop.scenario.tables.errors import DataError

_NESTED = re.compile(r"\s*(\w+ *= *)?((np|numpy|torch)\.)?((array|tensor) *\()? *[\[(]\s*[\[(]")
_LIST = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_BRACKET = re.compile(r"[\[\]()]")


def rows_of_arrays(text: str) -> tuple[list[str], str] | None:
    """A line of cells for each row, and what was decided; None if the text is no array."""
    lines = [line.strip().rstrip(",;") for line in text.splitlines() if line.strip()]
    if lines and all(_LIST.fullmatch(line) for line in lines):
        return [_one_line(line[1:-1]) for line in lines], "Each list in brackets is a row."
    if not _NESTED.match(text):
        return None
    if "..." in text:
        raise DataError(
            "An array must be whole, but “...” stands in it for numbers that were not printed. "
            "Print it with numpy.set_printoptions(threshold=10**6), or save it with np.savetxt."
        )
    arrays = [[_one_line(row) for row in _LIST.findall(array)] for array in _arrays(text)]
    if len(arrays) == 1:
        return arrays[0], "Each list in brackets is a row."
    cells = [_cells(array) for array in arrays]
    count = len(cells[0])
    columns = [
        [[cell] for cell in array[0]] if len(array) == 1 and len(array[0]) == count else array
        for array in cells
    ]
    for array in columns[1:]:
        if len(array) != count:
            raise DataError(
                f"Arrays that stand side by side must have the same number of rows, but the first "
                f"has {count} and another has {len(array)}. "
                "Give each as many rows, or paste one array with the targets in its last column."
            )
    rows = (chain.from_iterable(parts) for parts in zip(*columns, strict=True))
    return [",".join(row) for row in rows], f"{len(arrays)} arrays stand side by side."


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
                                   and re.search(r"\w$", text[:start][-1:])):  # fmt: skip
                yield whole
    if depth:
        yield text[start:]


def _cells(rows: list[str]) -> list[list[str]]:
    return [re.split(r"\s*,\s*|\s+", row.strip(" ,")) for row in rows]


def _one_line(text: str) -> str:
    return " ".join(text.split())

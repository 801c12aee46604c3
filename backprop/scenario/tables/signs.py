"""What all cells of a column have beside their number or their mark, which so tells nothing more.

A unit: 75 kg, 82 kg, or CHF 950. A mark and its absence: x and an empty cell, or + and -.
"""

from __future__ import annotations

import re
from dataclasses import replace

from backprop.scenario.tables.column import Column
from backprop.scenario.tables.errors import quoted
from backprop.scenario.tables.numbers import is_missing, looks_numeric

EMPTY, MINUS = "(empty)", "−"
"""What an empty cell and a dash become, where they are the opposite of a mark."""

_LETTER = r"[^\W\d_]"
_MEASURED = re.compile(
    r"(?P<sign>[-+−–]?) ?(?P<before>[A-Z]{3})? ?"
    r"(?P<number>[-+−–]?[\d.,'’\u00a0\u202f ]*\d(?:[eE][-+]?\d+)?)[\u00a0\u202f ]?"
    rf"(?P<after>[°µ]?{_LETTER}{{1,5}}[²³]?(?:/{_LETTER}{{1,5}}[²³]?)?|°)?"
)
_DASHES = frozenset("-–—")
_SHORT = 3
"""Characters of a mark; a longer word that stands but once is a remark."""


def unit_of(cell: str) -> str:
    """The unit of a number that has one in letters; nothing for all else."""
    found = _MEASURED.fullmatch(cell)
    return (found["before"] or found["after"] or "") if found else ""


def without_signs(column: Column) -> tuple[Column, list[str]]:
    """The column less the unit that all of its cells have, or with its empty cells as a mark."""
    if any(map(looks_numeric, column.cells)):
        return column, []
    filled = [cell for cell in column.cells if not is_missing(cell)]
    if not filled:
        return column, []
    units = set(map(unit_of, filled))
    if len(units) == 1 and (unit := units.pop()):
        said = {cell: _number(cell) for cell in filled}
        note = (f"{column.title} has {quoted(unit)} in every row: "
                f"{quoted(filled[0])} is read as {quoted(said[filled[0]])}.")  # fmt: skip
        return replace(column, cells=tuple(said.get(cell, cell) for cell in column.cells)), [note]
    gaps = {cell for cell in column.cells if is_missing(cell)}
    if filled[0] == "+":
        gaps &= _DASHES
    one = len({cell.casefold() for cell in filled}) == 1
    if one and len(gaps) == 1 and (len(filled) > 1 or len(filled[0]) <= _SHORT):
        gap = gaps.pop()
        no = EMPTY if gap == "" else MINUS if gap in _DASHES else gap
        if no != gap:
            note = f"{column.title} holds {quoted(filled[0])} or {no}, which is taken for no."
            return replace(column, cells=tuple(no if c == gap else c for c in column.cells)), [note]
    return column, []


def _number(cell: str) -> str:
    found = _MEASURED.fullmatch(cell)
    return f"{found['sign']}{found['number']}".strip() if found else cell

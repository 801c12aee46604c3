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
    rf"(?P<before>[A-Z]{{3}})? ?(?P<number>[-+−–]?[\d.,'’ ]*\d[.,]?) ?"
    rf"(?P<after>[°µ]?{_LETTER}{{1,5}}[²³]?(/{_LETTER}{{1,5}}[²³]?)?|°)?"
)
_DASHES = frozenset("-–—")


def without_signs(column: Column) -> tuple[Column, list[str]]:
    """The column less the unit that all of its cells have, or with its empty cells as a mark."""
    filled = {cell for cell in column.cells if not is_missing(cell)}
    if any(map(looks_numeric, filled)):
        return column, []
    found = {cell: _MEASURED.fullmatch(cell) for cell in filled}
    units = {match and match.group("before", "after") for match in found.values()}
    if len(units) == 1 and (unit := units.pop()) and any(unit):
        said = {cell: match["number"].strip() for cell, match in found.items() if match}
        first = next(cell for cell in column.cells if cell in said)
        note = (f"{column.title} has {quoted(unit[1] or unit[0])} in every row: "
                f"{quoted(first)} is read as {quoted(said[first])}.")  # fmt: skip
        return replace(column, cells=tuple(said.get(cell, cell) for cell in column.cells)), [note]
    gaps = {cell for cell in column.cells if is_missing(cell)}
    if len({cell.casefold() for cell in filled}) == 1 and len(gaps) == 1:
        gap = gaps.pop()
        no = EMPTY if gap == "" else MINUS if gap in _DASHES else gap
        if no != gap:
            note = f"{column.title} holds {quoted(min(filled))} or {no}, which is taken for no."
            return replace(column, cells=tuple(no if c == gap else c for c in column.cells)), [note]
    return column, []

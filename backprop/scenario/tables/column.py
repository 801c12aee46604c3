"""One column of a table: its name, its cells, and the lines in which they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backprop.scenario.tables.errors import quoted


@dataclass(frozen=True)
class Column:
    """A column before anything is read into it; `position` counts from 1 as in the file.

    `name` is empty where the file gives none.
    """

    position: int
    name: str
    cells: tuple[str, ...]
    lines: tuple[int, ...]

    @property
    def label(self) -> str:
        """How messages call it."""
        return f"column {quoted(self.name, 40)}" if self.name else f"column {self.position}"

    @property
    def title(self) -> str:
        """The same at the beginning of a sentence."""
        return f"C{self.label[1:]}"

    def of(self, rows: Sequence[int]) -> Column:
        """The same column with some of the rows, counted from 0."""
        cells = tuple(self.cells[n] for n in rows)
        lines = tuple(self.lines[n] for n in rows)
        return replace(self, cells=cells, lines=lines)

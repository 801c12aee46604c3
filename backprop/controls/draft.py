"""What a visitor is about to take as own data: as typed, and what was chosen about it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from backprop.engine.digits import shortest
from backprop.scenario.datasets import Dataset
from backprop.scenario.tables import DataError, Look, look_at, taken
from backprop.scenario.tables.text import sheet_of

TEXT, FILE, TABLE = "Paste or type", "Load a file", "Table"
MODES = (TEXT, FILE, TABLE)
MOST_CELLS = 6000
"""Cells that the editable table and the text show; a larger table comes from its file."""

EMPTY = (("x1", "x2", "y"), ("-1", "1", "1"), ("1", "1", "0"))


@dataclass
class Draft:
    """The source in its three shapes, and the choices.

    `cells` are what the editable table was filled with, `typed` what stands in it now; `round`
    renews its widget. `beyond` says that what was to be shown there is too large.
    """

    mode: str = TEXT
    text: str = ""
    file: bytes = b""
    cells: list[list[str]] = field(default_factory=lambda: [list(row) for row in EMPTY])
    typed: list[list[str]] = field(default_factory=list)
    round: int = 0
    decimal: str | None = None
    leave_out: bool = False
    without: frozenset[int] = frozenset()
    sample: int | None = None
    scaling: str = "none"
    beyond: bool = False

    @property
    def source(self) -> str | bytes | list[list[str]]:
        """The text, the file's bytes or the cells that the table is read from."""
        if self.mode == TABLE:
            return self.typed or self.cells
        return self.text if self.mode == TEXT else self.file

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read yet."""
        return not self.source or (self.mode == TEXT and not self.text.strip())

    def forget_choices(self) -> None:
        """Drop what was chosen about the table before, because the source has changed."""
        self.decimal, self.leave_out, self.sample = None, False, None
        self.without = frozenset()

    def switch(self, mode: str) -> None:
        """Show the same table in another shape, as far as it can be taken apart."""
        before, self.mode = self.mode, mode
        if mode == TABLE:
            source = self.text if before == TEXT else self.file
            cells = cells_of(source) if source else []
            width = max(map(len, cells), default=0)
            self.beyond = len(cells) * width > MOST_CELLS
            if cells and not self.beyond:
                self.cells = [row + [""] * (width - len(row)) for row in cells]
            self.round += 1
            self.typed = []
        elif mode == TEXT and before == TABLE and not self.beyond:
            self.text = written(self.typed, "\t")
            self.round += 1

    def resize(self, columns: int) -> None:
        """More columns or fewer, at the end."""
        self.cells = [(row + [""] * columns)[:columns] for row in self.cells]
        self.typed = []
        self.round += 1

    def look(self) -> Look:
        """The table looked at; raises DataError."""
        return look_at(self.source, self.decimal)

    def take(
        self, look: Look, targets: tuple[int, ...], inputs: tuple[int, ...],
        ways: tuple[str | None, ...],
    ) -> Dataset:  # fmt: skip
        """The data set as it is chosen; raises DataError."""
        return taken(look, targets, inputs, ways, self.leave_out, self.sample, self.without)


def draft(table: Dataset | None, scaling: str) -> Draft:
    """The session's draft, begun with the present table."""
    state = st.session_state
    if "own_draft" not in state:
        state.own_draft = Draft(text=text_of(table), scaling=scaling)
    found: Draft = state.own_draft
    return found


def text_of(table: Dataset | None) -> str:
    """A table as text with all digits, names in the first line; nothing where it is too large."""
    if table is None or table.X.size + table.y.size > MOST_CELLS:
        return ""
    rows = np.column_stack([table.X, table.y]).tolist()
    names = [*table.feature_names, *table.target_names]
    return written([names, *([shortest(v) for v in row] for row in rows)], ",")


def cells_of(source: str | bytes) -> list[list[str]]:
    """The names and the rows as they are read, or as they stand where that is refused."""
    try:
        columns = look_at(source).columns
        names = [column.name for column in columns]
        rows = zip(*(column.cells for column in columns), strict=True)
        return [*([names] if any(names) else []), *map(list, rows)]
    except DataError:
        pass
    try:
        return [list(row.cells) for row in sheet_of(source).rows]
    except DataError:
        return []


def written(cells: list[list[str]], separator: str) -> str:
    """Rows of cells as text: between commas a point is decimal, between tabs it may be neither."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(cells)
    return text.getvalue()

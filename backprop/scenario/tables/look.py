"""A table looked at before anything is taken: its columns, and what each is likely to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backprop.scenario.tables.column import Column
from backprop.scenario.tables.columns import columns_of, left_out
from backprop.scenario.tables.errors import DataError, listed, quoted
from backprop.scenario.tables.numbers import COMMA, POINT, doubtful, mark_of
from backprop.scenario.tables.targets import guess, is_words
from backprop.scenario.tables.text import sheet_of, sheet_of_cells
from backprop.scenario.tables.totals import without_total

Which = str | int
"""A column by its name, or by its place: 1 is the first, −1 the last."""


Source = str | bytes | Sequence[Sequence[object]]
"""A text, a file's bytes, or rows of cells."""


@dataclass(frozen=True)
class Look:
    """A table that has been taken apart, and what its columns probably are.

    `targets` and `inputs` are the guessed positions, from 1; `why` explains the guess in words, and
    `left_out` for each other column why it is neither. `in_doubt` has the decimal mark that is
    meant where no column shows it, under "," for 12,500 and under "." for 12.500; what it lacks
    must be asked.
    """

    columns: tuple[Column, ...]
    targets: tuple[int, ...]
    inputs: tuple[int, ...]
    why: str
    left_out: tuple[tuple[int, str], ...] = ()
    in_doubt: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    marks: tuple[str | None, ...] = ()  # the decimal mark that each column shows beyond doubt

    @property
    def doubt(self) -> str:
        """A cell such as 12,500 whose decimal mark no column shows; nothing if there is none."""
        open_ = (column for column in self.columns if self.usual(column.position) is None)
        return next(filter(None, (doubtful(column.cells) for column in open_)), "")

    def usual(self, position: int) -> str | None:
        """The decimal mark that the other columns show beyond doubt, if they agree on one."""
        shown = {mark for n, mark in enumerate(self.marks, 1) if n != position} - {None}
        return shown.pop() if len(shown) == 1 else None

    def column(self, position: int) -> Column:
        """The column at that place."""
        return self.columns[position - 1]


def look_at(source: Source, decimal: str | None = None) -> Look:
    """The columns of a table, which are inputs and which the target, by their names and values."""
    if decimal not in (None, POINT, COMMA):
        raise ValueError(f"The decimal mark must be '.' or ',', got {decimal!r}.")
    sheet = sheet_of(source) if isinstance(source, str | bytes) else sheet_of_cells(source)
    columns, notes = columns_of(sheet)
    decimal = decimal or sheet.decimal or {",": POINT}.get(sheet.separator)
    habit = {COMMA: COMMA} if sheet.separator == ";" else {}
    in_doubt = {COMMA: decimal, POINT: decimal} if decimal else habit
    columns, said = without_total(columns, in_doubt)
    notes += said
    skipped = left_out(columns)
    targets, why = guess(columns, tuple(skipped))
    skipped = {p: reason for p, reason in skipped.items() if p not in targets}
    inputs = tuple(
        c.position for c in columns if c.position not in skipped and c.position not in targets
    )
    if not inputs:  # an index is a better input than none
        inputs = tuple(p for p in skipped if not is_words(columns[p - 1]))
        skipped = {p: reason for p, reason in skipped.items() if p not in inputs}
    return Look(
        tuple(columns), targets, inputs, why, tuple(skipped.items()), in_doubt,
        (*sheet.notes, *notes), tuple(mark_of(c.cells) for c in columns),
    )  # fmt: skip


def places(look: Look, which: Which | Sequence[Which]) -> tuple[int, ...]:
    """The positions of columns given by name or by number; raises DataError for an unknown one."""
    found = []
    for one in [which] if isinstance(which, str | int) else which:
        names = [column.name for column in look.columns]
        if isinstance(one, str) and one in names:
            found.append(names.index(one) + 1)
        elif isinstance(one, int) and one != 0 and abs(one) <= len(names):
            found.append(one if one > 0 else len(names) + 1 + one)
        else:
            there = listed([quoted(n) if n else p for p, n in enumerate(names, start=1)], 8)
            raise DataError(
                f"A column must be one of {there}, but got {one!r}. "
                "Give its name, or its number counted from 1."
            )
    return tuple(dict.fromkeys(found))

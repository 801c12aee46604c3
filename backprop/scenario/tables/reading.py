"""What was looked at is taken: the rows, the numbers of the inputs, the targets in [0, 1]."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from backprop.engine.describe import counted
from backprop.scenario.datasets import Dataset, dataset, default_names, default_targets
from backprop.scenario.tables.column import Column
from backprop.scenario.tables.columns import shortened
from backprop.scenario.tables.errors import DataError, listed, quoted
from backprop.scenario.tables.look import Look, Source, Which, look_at, places
from backprop.scenario.tables.numbers import is_missing, numbers_of
from backprop.scenario.tables.targets import (
    MOST_TARGETS,
    Target,
    Way,
    is_words,
    labels_of,
    mean_yes_and_no,
    read_targets,
    ways,
)

MOST_INPUTS = 32
MOST_SAMPLES = 2000
MOST_ALIKE = 3
"""Columns of which the same is said one by one; of more it is said once."""


def read_table(
    source: Source,
    target: Which | Sequence[Which] | None = None,
    *,
    inputs: Sequence[Which] | None = None,
    way: str | None = None,
    leave_out_incomplete: bool = False,
    without: Collection[int] = (),
    sample: int | None = None,
    decimal: str | None = None,
) -> Dataset:
    """A data set from a text or a file: cells between commas, semicolons, tabs, bars or blanks.

    It may also be given as rows of cells: texts, numbers, None.

    `target` names one or more columns, or counts them from 1 (−1 is the last); it is guessed where
    nothing is said. `inputs` are all others that hold numbers and do not number the rows. `way`
    says how the target becomes numbers in [0, 1], as in `targets.Way`. With
    `leave_out_incomplete`, rows in which a value is missing are left out, and the lines `without`
    in any case. `sample` is the seed of a draw of 2,000 rows where there are more. `decimal` is "."
    or "," where the table leaves that open.

    Whatever was decided stands in the result's `notes`, `mapping`, `columns_left_out` and
    `rows_left_out`. Raises DataError with the line, the column, what was read and what to do.
    """
    look = look_at(source, decimal)
    targets = look.targets if target is None else places(look, target)
    if inputs is not None:
        chosen = places(look, inputs)
    elif target is None:
        chosen = look.inputs
    else:
        skipped = {position for position, _ in look.left_out}
        chosen = tuple(c.position for c in look.columns if c.position not in {*skipped, *targets})
    ways_wanted = (way,) * len(targets)
    return taken(look, targets, chosen, ways_wanted, leave_out_incomplete, sample, without)


def target_ways(
    look: Look, target: int, leave_out_incomplete: bool = False, without: Collection[int] = ()
) -> tuple[Way, ...]:
    """How a column may be read as a target, first as it is most likely meant."""
    column = look.column(target)
    column = column.of([n for n, line in enumerate(column.lines) if line not in without])
    rows = [n for n, cell in enumerate(column.cells) if not is_missing(cell)]
    if not rows or (len(rows) < len(column.cells) and not leave_out_incomplete):
        return ()
    column = column.of(rows)
    return ways(column, None if is_words(column) else _numbers(look, column)[0])


def taken(
    look: Look,
    targets: Sequence[int],
    inputs: Sequence[int],
    ways_wanted: Sequence[str | None] = (),
    leave_out_incomplete: bool = False,
    sample: int | None = None,
    without: Collection[int] = (),
) -> Dataset:
    """The data set of these columns, by position; see `read_table`."""
    _check_columns(look, targets, inputs)
    used = [look.column(p) for p in (*inputs, *targets)]
    rows, gone = _complete(used, leave_out_incomplete, without)
    by_hand = [line for line in used[0].lines if line in without]
    lines_gone = tuple(sorted([*by_hand, *(used[0].lines[n] for n in gone)]))
    notes = [*look.notes, *_columns_gone(look, used)]
    if by_hand:
        notes.append(f"Left out by you: line{'s' if len(by_hand) > 1 else ''} {listed(by_hand)}.")
    if gone:
        notes.append(
            f"{counted(len(gone), 'row')} with a missing value left out: "
            f"line{'s' if len(gone) > 1 else ''} {listed([used[0].lines[n] for n in gone], 10)}."
        )
    if len(rows) > MOST_SAMPLES:
        notes.append(f"{MOST_SAMPLES:,} of {len(rows):,} rows, drawn with seed {sample}.")
        rows = _drawn(rows, sample)
    columns = [look.column(p).of(rows) for p in inputs]
    X: list[NDArray[np.float64]] = []
    said: list[tuple[str, str]] = []
    for column in columns:
        values, words = _input(look, column)
        X.append(values)
        said += [(column.title, note) for note in words]
    notes += _together(said)
    found: list[Target] = []
    wanted = [*ways_wanted, *[None] * (len(targets) - len(ways_wanted))]
    for position, key in zip(targets, wanted, strict=True):
        read, words = _target(look, look.column(position).of(rows), key)
        found += read
        notes += words
    if len(found) > MOST_TARGETS:
        raise DataError(
            f"A network may have at most {MOST_TARGETS} targets, but these columns make "
            f"{len(found)}. Choose fewer, or one class against the rest."
        )
    features = default_names(len(columns))
    names = [c.name or default for c, default in zip(columns, features, strict=True)]
    labels = [
        shortened(t.name) or d for t, d in zip(found, default_targets(len(found)), strict=True)
    ]
    y = np.column_stack([t.y for t in found])
    return replace(
        dataset("own", np.column_stack(X), y, names, labels),
        notes=(*notes, *_remarks(columns, X, found)),
        mapping=tuple((name, t.meaning) for name, t in zip(labels, found, strict=True)
                      if t.meaning),
        columns_left_out=tuple(c.name or str(c.position) for c in look.columns
                               if c.position not in {*targets, *inputs}),
        rows_left_out=lines_gone,
    )  # fmt: skip


def _together(said: Sequence[tuple[str, str]]) -> list[str]:
    """Notes on columns, each with its title: what is said of many is said once."""
    alike: dict[str, list[tuple[str, str]]] = {}
    for title, note in said:
        alike.setdefault(note.removeprefix(title).partition(":")[0], []).append((title, note))
    notes = []
    for words, members in alike.items():
        if len(members) <= MOST_ALIKE:
            notes += [note for _, note in members]
            continue
        titles = listed([title for title, _ in members], MOST_ALIKE)
        example = members[0][1].removeprefix(members[0][0] + words)
        several = re.sub("^ (has|is) ", lambda one: {"has": " have ", "is": " are "}[one[1]], words)
        notes.append(f"{titles}{several}{example}")
    return notes


def _columns_gone(look: Look, used: Sequence[Column]) -> list[str]:
    kept = {column.position for column in used}
    return [f"{look.column(p).title} {why}; it is left out." for p, why in look.left_out
            if p not in kept]  # fmt: skip


def _check_columns(look: Look, targets: Sequence[int], inputs: Sequence[int]) -> None:
    if not targets or not inputs:
        what = "target" if not targets else "input"
        raise DataError(
            f"A table must have at least one input and one target, but no column is chosen as "
            f"{what}. Choose one."
        )
    both = [look.column(p).label for p in targets if p in inputs]
    if both:
        raise DataError(
            f"A column must be either input or target, but {both[0]} is chosen as both. "
            "Choose one of the two."
        )
    if len(inputs) > MOST_INPUTS:
        raise DataError(
            f"A sample may have at most {MOST_INPUTS} inputs, but there are {len(inputs)}. "
            "Leave some columns out."
        )


def _complete(
    used: Sequence[Column], leave_out: bool, without: Collection[int]
) -> tuple[list[int], list[int]]:
    """The rows, from 0, that hold a value in each of these columns, and those that do not.

    The lines `without` are of neither kind.
    """
    there = [n for n, line in enumerate(used[0].lines) if line not in without]
    gone = [n for n in there if any(is_missing(column.cells[n]) for column in used)]
    rows = [n for n in there if n not in set(gone)]
    if gone and not (leave_out and rows):
        places = [(column.lines[n], column.position) for n in gone for column in used
                  if is_missing(column.cells[n])]  # fmt: skip
        n = gone[0]
        column = next(column for column in used if is_missing(column.cells[n]))
        cell = column.cells[n]
        lines = [column.lines[n] for n in gone]
        found = f"holds {quoted(cell)}" if cell else "is empty"
        also = f" ({counted(len(gone), 'row')} so: lines {listed(lines)})" if len(gone) > 1 else ""
        raise DataError(
            f"Every row must hold all its values, but line {column.lines[n]}, {column.label} "
            f"{found}{also}. "
            + ("Fill it in, or leave these rows out." if rows
               else "Not one row is complete: leave out the column in which they are missing."),
            places, lines if rows else (),
        )  # fmt: skip
    return rows, gone


def _drawn(rows: Sequence[int], seed: int | None) -> list[int]:
    if seed is None:
        raise DataError(
            f"Your data may have at most {MOST_SAMPLES:,} samples, but it has {len(rows):,}. "
            f"Take some of them, or a sample of {MOST_SAMPLES:,} drawn by a seed.",
            sample_of=len(rows),
        )
    chosen = np.random.default_rng(seed).permutation(len(rows))[:MOST_SAMPLES]
    return [rows[n] for n in sorted(chosen.tolist())]


def _numbers(look: Look, column: Column) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    read = numbers_of(column, look.usual(column.position), look.in_doubt)
    return read.values, read.notes


def _input(look: Look, column: Column) -> tuple[NDArray[np.float64], Sequence[str]]:
    """An input's numbers; two words become 0 and 1 if each occurs again, or means yes or no."""
    if not is_words(column):
        return _numbers(look, column)
    labels = labels_of(column, None)
    common = {
        label: sum(c.casefold() == label.casefold() for c in column.cells) for label in labels
    }
    if len(labels) == 2 and (min(common.values()) > 1 or mean_yes_and_no(labels)):
        (target,) = read_targets(column, None, ways(column, None)[0])
        said = ", ".join(f"{quoted(label)} is {value:g}" for label, value in target.meaning)
        return target.y, [f"{column.title} holds words: {said}."]
    if len(labels) > 2 and len(labels) < len(column.cells):
        raise DataError(
            f"Every input must be a number, but line {column.lines[0]}, {column.label} holds "
            f"{quoted(column.cells[0])}, one of {len(labels)} words. "
            "Leave the column out, choose it as the target, or write numbers.",
            [(column.lines[0], column.position)],
        )
    return _numbers(look, column)  # which names the cell that is no number


def _target(look: Look, column: Column, key: str | None) -> tuple[list[Target], Sequence[str]]:
    values, notes = (None, ()) if is_words(column) else _numbers(look, column)
    possible = ways(column, values)
    chosen = possible[0] if key is None else next((w for w in possible if w.key == key), None)
    if chosen is None and key is not None and key.startswith("one:"):
        label = key.removeprefix("one:")
        chosen = Way(key, f"{quoted(label)} is 1, all others are 0")
        if label not in labels_of(column, values):
            chosen = None
    if chosen is None:
        raise DataError(
            f"The way to read {column.label} must be one of "
            f"{listed([w.key for w in possible], 8)}, but got {key!r}. Choose one of them."
        )
    words = () if chosen.key == "numbers" else (f"Target {column.label}: {chosen.words}.",)
    return read_targets(column, values, chosen), (*notes, *words)


def _remarks(
    columns: Sequence[Column], X: Sequence[NDArray[np.float64]], found: Sequence[Target]
) -> list[str]:
    """What a table cannot teach: the same number in every row."""
    if len(X[0]) < 2:
        return []
    said = [f"{column.title} is {values[0]:g} in every row: it tells nothing apart."
            for column, values in zip(columns, X, strict=True)
            if values.min() == values.max()]  # fmt: skip
    said += [f"The target {quoted(t.name or 'y', 40)} is {t.y[0]:g} in every row: there is nothing "
             "to tell apart." for t in found if t.y.min() == t.y.max()]  # fmt: skip
    return said

"""A table of your own in the words of a link and of the scenario's file, exact to the last bit.

rows=0.5_-1_1~2_0_0     one sample after the other, its inputs and then its targets
names=width,height,y    the columns, as a line of CSV; left out where they have no names
targets=2               how many of the columns, the last ones, are targets; left out if one
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from urllib.parse import quote

import numpy as np

from backprop.engine.digits import number_of, shortest
from backprop.scenario.datasets import Dataset, dataset, default_names, default_targets
from backprop.scenario.kept import remember
from backprop.scenario.problem import Problem
from backprop.scenario.tables import MOST_INPUTS, MOST_SAMPLES, MOST_TARGETS

Row = tuple[float, ...]

WORDS = ("rows", "names", "targets")
"""The parameters of a link that make up a table."""


ROWS = f"1 to {MOST_SAMPLES} points such as 0.5_-1_1~2_0_0 ({{inputs}}, then a target from 0 to 1)"
"""What is required of rows of so many inputs."""

LONGEST_QUERY = 4000
"""Characters of a link's query: what browsers, mail and chat programs pass on unharmed."""


def write_numbers(row: Row) -> str:
    """Numbers as a link says them: 0.5_-1_1."""
    return "_".join(map(shortest, row))


def parse_numbers(text: str) -> Row:
    """The numbers of such a text; raises ValueError for anything but finite numbers."""
    return tuple(map(number_of, text.split("_")))


def own_table(rows: object, names: tuple[str, ...] = (), targets: int = 1) -> Dataset:
    """The data set of `rows` (samples, inputs and then `targets` targets).

    `names` are those of all columns, or empty. Raises ValueError with what is required.
    """
    table = np.array(rows, dtype=np.float64)
    if table.ndim != 2 or not 1 <= len(table) <= MOST_SAMPLES or not np.isfinite(table).all():
        raise ValueError(f"1 to {MOST_SAMPLES} rows of finite numbers")
    inputs = table.shape[1] - targets
    if not (1 <= inputs <= MOST_INPUTS and 1 <= targets <= MOST_TARGETS):
        raise ValueError(f"1 to {MOST_INPUTS} inputs and 1 to {MOST_TARGETS} targets")
    y = table[:, inputs:]
    if y.min() < 0 or y.max() > 1:
        raise ValueError("targets from 0 to 1")
    if names and len(names) != table.shape[1]:
        raise ValueError(f"{table.shape[1]} names")
    return dataset("own", table[:, :inputs], y, names[:inputs], names[inputs:])


def write_table(table: Dataset | None) -> dict[str, str]:
    """A table as `rows`, `names` and `targets`, each empty where it need not be said."""
    if table is None:
        return dict.fromkeys(WORDS, "")
    inputs, outputs = table.X.shape[1], table.y.shape[1]
    rows = np.column_stack([table.X, table.y]).tolist()
    names = (*table.feature_names, *table.target_names)
    plain = names == (*default_names(inputs), *default_targets(outputs))
    return {
        "rows": "~".join(map(write_numbers, rows)),
        "names": "" if plain else _line(names),
        "targets": "" if outputs == 1 else str(outputs),
    }


def parse_table(
    rows: str, names: str = "", targets: str = ""
) -> tuple[Dataset | None, list[Problem]]:
    """The data set that these parameters say, or None; and what was refused of them."""
    refused = []
    count = 1
    if targets:
        if targets.isascii() and targets.isdigit() and 1 <= int(targets[:4]) <= MOST_TARGETS:
            count = int(targets[:4])
        else:
            required = f"a whole number from 1 to {MOST_TARGETS}"
            refused.append(Problem("targets", targets, required))
    if not rows:
        return None, refused
    try:
        table = own_table([parse_numbers(part) for part in rows.split("~")], targets=count)
    except ValueError:
        required = ROWS.format(inputs=f"up to {MOST_INPUTS} inputs")
        refused.append(Problem("rows", _odd_row(rows, count), required))
        return None, refused
    if names:
        try:
            columns = np.column_stack([table.X, table.y])
            table = own_table(columns, _names(names), count)
        except ValueError:
            width = table.X.shape[1] + count
            required = f"the names of {width} columns such as width,height,y"
            refused.append(Problem("names", names, required))
    return table, refused


def _odd_row(rows: str, targets: int) -> str:
    """The first row that is no point, or has another number of columns than the first."""
    parts = rows.split("~")
    if len(parts) > MOST_SAMPLES:
        return f"{len(parts):,} rows"
    for n, part in enumerate(parts, start=1):
        try:
            own_table([parse_numbers(part)], targets=targets)
            fits = part.count("_") == parts[0].count("_")
        except ValueError:
            fits = False
        if not fits:
            return f"row {n}: {part}"
    return rows


def _line(names: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(names)
    return text.getvalue()


def _names(text: str) -> tuple[str, ...]:
    try:
        names = tuple(next(csv.reader([text], strict=True)))
    except (csv.Error, StopIteration):
        raise ValueError("a line of CSV") from None
    if not all(0 < len(name) <= 80 and name.isprintable() for name in names):
        raise ValueError("names of 1 to 80 printable characters")
    return names


def shortened(
    said: Mapping[str, str], table: Dataset | None
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The parameters `said` and those of the table, short enough for a link.

    Beyond `LONGEST_QUERY` characters a digest takes the place of the table, `edits` or `weights`,
    the longest first: `table=DIGEST`, `edits=@DIGEST`. What it stands for is kept on this server
    (`kept`). The second result names what has become a digest.
    """
    said, named = dict(said), []
    words: dict[str, str] = {}
    if table is not None:
        if table.X.size + table.y.size > LONGEST_QUERY / 2:  # two characters a number at least
            named.append("table")
        else:
            words = {name: text for name, text in write_table(table).items() if text}
    parts = {"table": words} | {n: {n: said[n]} for n in ("edits", "weights") if n in said}
    for name in sorted(parts, key=lambda name: -_length(parts[name])):
        if _length(said | words) > LONGEST_QUERY and parts[name]:
            named.append(name)
            if name == "table":
                words = {}
            else:
                said[name] = f"@{remember(said[name])}"
    if table is not None and "table" in named:
        words = {"table": remember(table)}
    return said | words, tuple(name for name in ("table", "edits", "weights") if name in named)


def _length(said: Mapping[str, str]) -> int:
    """Characters of these parameters in an address."""
    return sum(len(name) + len(quote(text, safe=":~,@")) + 2 for name, text in said.items())

"""A last row that is no sample: the sums or the means of the rows above it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from backprop.scenario.tables.column import Column
from backprop.scenario.tables.errors import DataError
from backprop.scenario.tables.numbers import is_missing, numbers_of

_FEWEST_ABOVE = 4
"""Rows above, of which fewer may come to such a sum by chance."""


def without_total(
    columns: Sequence[Column], in_doubt: Mapping[str, str]
) -> tuple[list[Column], list[str]]:
    """The columns less a last row of sums or means, and a note on it.

    It is one if every column of numbers that has a number there has its sum, or every one its
    mean, and at least two have; columns that stay the same tell nothing.
    """
    above = len(columns[0].cells) - 1
    if above < _FEWEST_ABOVE:
        return list(columns), []
    may_be, agree = ["sum", "mean"], 0
    for column in columns:
        *rest, last = _numbers(column, in_doubt) or [math.nan]
        rest = [value for value in rest if math.isfinite(value)]
        if math.isnan(last) or len(set(rest)) < 2:
            continue
        mean = math.fsum(value / len(rest) for value in rest)  # a sum may leave float64
        told = {"sum": last / len(rest), "mean": last}
        may_be = [what for what in may_be if math.isclose(mean, told[what], rel_tol=1e-6)]
        agree += 1
        if not may_be:
            break
    if not may_be or agree < 2:
        return list(columns), []
    line = columns[0].lines[-1]
    note = f"Line {line} is left out: it has the {may_be[0]}s of the rows above it."
    return [column.of(range(above)) for column in columns], [note]


def _numbers(column: Column, in_doubt: Mapping[str, str]) -> list[float]:
    """The numbers of a column, NaN for gaps; none if it has words, or no total at its end."""
    if is_missing(column.cells[-1]):
        return []
    try:
        return numbers_of(column, None, in_doubt).values.tolist()
    except DataError:
        return []

"""A last row that is no sample: the sums or the means of the rows above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

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
    for what, of in (("sum", np.sum), ("mean", np.mean)):
        agree = 0
        for column in columns:
            if is_missing(column.cells[-1]):
                continue
            try:
                values = numbers_of(column, None, in_doubt).values
            except DataError:
                continue
            rest = values[:-1][np.isfinite(values[:-1])]
            if len(rest) == 0 or rest.min() == rest.max():
                continue
            with np.errstate(over="ignore"):
                if not np.isclose(of(rest), values[-1], rtol=1e-6, atol=0):
                    break
            agree += 1
        else:
            if agree >= 2:
                line = columns[0].lines[-1]
                note = f"Line {line} is left out: it holds the {what}s of the rows above it."
                return [column.of(range(above)) for column in columns], [note]
    return list(columns), []

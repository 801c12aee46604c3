"""Inputs brought to a common size, column by column: (x − shift) / divisor.

    standard    shift is the mean of the column, divisor its standard deviation (over all samples)
    range       shift is the middle of the column, divisor half its width: from −1 to 1

A column in which every number is the same becomes 0: its divisor is 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backprop.engine.sums import summed

Array = NDArray[np.float64]

SCALINGS = {"none": "As they are", "standard": "Standardised", "range": "From −1 to 1"}
"""The choices and their titles."""

_HUGE = 2.0**1022
"""From here on a difference of two numbers of a column may leave float64."""


@dataclass(frozen=True, eq=False)
class Scaling:
    """How each column is scaled: shift and divisor (features,), made by `scaling_of`."""

    kind: str
    shift: Array
    divisor: Array

    def scaled(self, X: Array) -> Array:
        """X (samples, features) as the network sees it."""
        return (X - self.shift) / self.divisor

    def raw(self, X: Array) -> Array:
        """The X that `scaled` was given, up to two roundings."""
        return X * self.divisor + self.shift


def scaling_of(kind: str, X: Array) -> Scaling | None:
    """The scaling of that kind that fits X (samples, features); None for "none".

    Columns that reach beyond 2^1022 are only divided by their largest magnitude, since the
    differences that the formulas need would be infinite.
    """
    if kind not in SCALINGS:
        raise ValueError(f"The scaling must be one of {', '.join(SCALINGS)}, got {kind!r}.")
    if kind == "none":
        return None
    largest = np.abs(X).max(axis=0)
    size = np.ldexp(1.0, np.frexp(np.where(largest > 0, largest, 1.0))[1].clip(-1021, 1023))
    unit = X / size  # so that neither squares nor sums leave float64
    if kind == "standard":
        shift = summed(unit.T) / len(X)
        divisor = np.sqrt(summed(np.square(unit - shift).T) / len(X))
    else:
        low, high = unit.min(axis=0), unit.max(axis=0)
        shift, divisor = (low + high) / 2, (high - low) / 2
    constant = X.max(axis=0) == X.min(axis=0)
    shift, divisor = np.where(constant, X[0], shift * size), divisor * size
    huge = (largest > _HUGE) & ~constant
    shift, divisor = np.where(huge, 0.0, shift), np.where(huge, largest, divisor)
    return Scaling(kind, shift, np.where(constant | (divisor == 0), 1.0, divisor))


def rescaled(
    row: tuple[float, ...], before: Scaling | None, after: Scaling | None
) -> tuple[float, ...]:
    """A sample (inputs, then targets) from the units of one scaling in those of another.

    None is no scaling.
    """
    known = before or after
    if known is None or len(row) <= len(known.shift):
        return row
    x = np.array(row[: len(known.shift)])
    x = x if before is None else before.raw(x)
    x = x if after is None else after.scaled(x)
    return (*x.tolist(), *row[len(x) :])


def reach_of(x: Array) -> float:
    """How far from 0 an input may be moved: 3, or as fits a column of large or tiny numbers."""
    largest = float(np.abs(x).max())
    if largest == 0 or 0.01 <= largest <= 2:
        return 3.0
    return min(largest * (1.5 if largest > 2 else 3), max(largest, 1e308))

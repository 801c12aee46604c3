"""What a check of gradients found: every number three ways, which are right, the worst place.

An error is |backprop − true|. An entry is right if it is finite and its error is at most the
promise of the format. A relative error divides by the true value, but by no less than one
rounding of the largest gradient of the same layer: whatever is smaller than that has no digits
that could be right.
"""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.faults import Fault
from backprop.engine.formula import subscript
from backprop.engine.trace import Trace
from backprop.gradcheck.differences import StepCurve
from backprop.gradcheck.subset import Drawn


@dataclass(frozen=True)
class GradientPlace:
    """One gradient: layer from 1, "W" or "b", unit and source from 0 (no source for a bias)."""

    layer: int
    name: str
    unit: int
    source: int | None = None

    @property
    def symbol(self) -> str:
        """Such as ∂J/∂W₂[3, 1], with units counted from 1 as on the page."""
        at = f"{self.unit + 1}" if self.source is None else f"{self.unit + 1}, {self.source + 1}"
        return f"∂J/∂{self.name}{subscript(self.layer)}[{at}]"

    def __str__(self) -> str:
        what = f"∂J/∂{self.name}{subscript(self.layer)} of unit {self.unit + 1}"
        if self.source is None:
            return what
        return f"{what} from {'input' if self.layer == 1 else 'unit'} {self.source + 1}"


@dataclass(frozen=True)
class Comparison:
    """The gradients of one array of layer `layer`, "W" (n, n_prev) or "b" (n,), three ways.

    `backprop`, `differences` and the `promise` are float64, `exact` are Decimals of 50 digits
    (NaN where the weights themselves are not finite).
    """

    layer: int
    name: str
    backprop: Array
    differences: Array
    exact: Array
    promise: Array

    @cached_property
    def true(self) -> Array:
        """The exact values, rounded to float64."""
        return self.exact.astype(np.float64)

    @cached_property
    def error(self) -> Array:
        """|backprop − exact|, float64; NaN or ∞ where backprop is."""
        return _distance(self.backprop, self.exact)

    @cached_property
    def right(self) -> Array:
        """Where backprop is finite and within the promise."""
        return np.isfinite(self.backprop) & np.isfinite(self.error) & (self.error <= self.promise)

    @property
    def blind(self) -> Array:
        """Where the promise is no smaller than the gradient, so that being right says nothing."""
        return (self.promise >= np.abs(self.true)) & (self.true != 0)

    def place(self, at: tuple[int, ...]) -> GradientPlace:
        """Where the entry `at` of its arrays is."""
        return GradientPlace(self.layer, self.name, *map(int, at))


@dataclass(frozen=True)
class Entry:
    """One gradient three ways, with the error of backprop, also relative, and the promise."""

    place: GradientPlace
    backprop: float
    difference: float
    exact: decimal.Decimal
    error: float
    relative: float
    promise: float
    right: bool


@dataclass(frozen=True)
class Findings:
    """The gradients of one network and batch three ways.

    `step` is that of the central differences. `curve` is None where the weights are not finite,
    so that nothing can be compared. `fault` is the first non-finite value of the passes. `drawn`
    says which samples were checked, where not all were; all else is about these alone.
    """

    trace: Trace
    step: float
    comparisons: tuple[Comparison, ...]
    curve: StepCurve | None
    fault: Fault | None
    drawn: Drawn | None = None

    @property
    def format(self) -> str:
        """The name of the number format that was checked."""
        return self.trace.network.format.name

    @cached_property
    def passed(self) -> bool:
        """Whether every gradient is right, and no NaN occurred anywhere in the passes."""
        return self.nan is None and all(c.right.all() for c in self.comparisons)

    @cached_property
    def nan(self) -> str | None:
        """The first quantity of the passes, in their order, that holds a NaN; None if none does."""
        layers = list(enumerate(self.trace.layers, start=1))
        for i, layer in layers:
            for name, forward in (("h", layer.h), ("z", layer.z)):
                if np.isnan(forward.astype(np.float64)).any():
                    return f"{name} of layer {i}"
        for name, term in self.trace.output.items():
            if np.isnan(np.asarray(term, dtype=np.float64)).any():
                return f"δ of layer {len(layers)} (in its term {name})"
        for i, layer in reversed(layers):
            for name, back in (("δ", layer.delta), ("∂J/∂W", layer.dW), ("∂J/∂b", layer.db)):
                if back is not None and np.isnan(back.astype(np.float64)).any():
                    return f"{name} of layer {i}"
        return None

    @cached_property
    def relative(self) -> tuple[Array, ...]:
        """The relative error of backprop, an array for each comparison."""
        return tuple(self._relative(c) for c in self.comparisons)

    def _relative(self, comparison: Comparison) -> Array:
        u = 2.0**-self.trace.network.format.precision
        scale = np.maximum(np.abs(comparison.true), u * self.largest(comparison.layer))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(comparison.error == 0, 0.0, comparison.error / scale)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every gradient, layer by layer, W before b."""
        entries = []
        for c, relative in zip(self.comparisons, self.relative, strict=True):
            for at in np.ndindex(c.backprop.shape):
                entries.append(
                    Entry(
                        c.place(at), float(c.backprop[at]), float(c.differences[at]),
                        cast(decimal.Decimal, c.exact[at]),
                        float(c.error[at]), float(relative[at]), float(c.promise[at]),
                        bool(c.right[at]),
                    )
                )  # fmt: skip
        return tuple(entries)

    def weight(self) -> int:
        """About how many bytes it holds once everything has been asked for."""
        passes = len(self.trace.X) * sum(self.trace.network.sizes)
        return _ENTRY_BYTES * len(self.entries) + 80 * passes

    @cached_property
    def worst(self) -> Entry:
        """The gradient that is worst: not finite, else farthest off in units of its promise."""

        def badness(entry: Entry) -> tuple[bool, float]:
            if not np.isfinite(entry.error):
                return True, 0.0
            share = entry.error / entry.promise if entry.promise > 0 else entry.error
            return False, share

        return max(self.entries, key=badness)

    @cached_property
    def by_layer(self) -> dict[int, float]:
        """The largest relative error of backprop in each layer; NaN or ∞ if one is."""
        worst: dict[int, float] = {}
        for c, errors in zip(self.comparisons, self.relative, strict=True):
            worst[c.layer] = float(np.maximum(worst.get(c.layer, 0.0), errors.max()))
        return worst

    def largest(self, layer: int) -> float:
        """The largest true gradient of a layer, in size."""
        return max(float(np.abs(c.true).max()) for c in self.comparisons if c.layer == layer)


_ENTRY_BYTES = 1_600
"""What a gradient takes in `comparisons`, `entries` and the arrays beside them, measured."""

_FREE = decimal.Context(prec=60, traps=[], Emin=decimal.MIN_EMIN, Emax=decimal.MAX_EMAX)


def _distance(values: Array, exact: Array) -> Array:
    """|values − exact| without rounding either first, float64."""
    distances = np.empty(values.shape)
    with decimal.localcontext(_FREE):
        for at in np.ndindex(values.shape):
            distances[at] = float(abs(decimal.Decimal(float(values[at])) - exact[at]))
    return distances

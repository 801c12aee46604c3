"""The gradient by central differences of the cost, and how far that can be trusted.

    ∂J/∂w ≈ (J(w + s) − J(w − s)) / ((w + s) − (w − s))

Two errors pull in opposite directions, which makes a V on logarithmic scales:

    truncation   T s²      what a parabola leaves out: T = |J‴| / 6
    rounding     u J / s   each J is known to u = 2⁻ᵖ of itself, and the difference keeps that

so the best step is near (u J / 2T)^(1/3), of the order of u^(1/3) where nothing is special.

What is differenced is the averaged cost, computed by the forward pass in the network's format and
the stable form of the cost (softplus, or the half square of z − y), rounded once to that format.
w ± s are rounded to the format too, and the divisor is their true distance; a step so small that
w + s = w − s gives no answer: NaN.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from backprop.engine.arithmetic import Array, Format
from backprop.engine.costs import displayed_cost
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.forms import COSTS
from backprop.engine.network import Network
from backprop.engine.passes import Layout, Stack

Progress = Callable[[float], None]
_CHUNK = 200_000
"""How many activations of one layer are computed at once; the bits are the same for any number."""
_STABLE = {name: OutputDerivative(cost.usual) for name, cost in COSTS.items()}
"""For each cost, a derivative whose formula of the cost is the stable one."""


def central_differences(
    net: Network,
    X: Array,
    y: Array,
    step: float,
    cost: str = "bce",
    chosen: Array | None = None,
    progress: Progress | None = None,
) -> Array:
    """∂J/∂w of the `chosen` parameters (all of them by default), float64, laid out as a row.

    X (samples, n₀) and y (samples, n_L) are in the network's format; `chosen` are places in
    `net.layout`, in ascending order. `progress` is called with the share that is done.
    """
    layout = net.layout
    row = layout.join(net.weights, net.biases)
    at = np.arange(layout.numbers) if chosen is None else chosen
    wide_row = row.astype(np.float64)[at]
    costs = np.empty((2, len(at)))
    with np.errstate(over="ignore", invalid="ignore"):  # ∞ and NaN are to be seen
        moved = [net.format.round(wide_row + sign * step) for sign in (1, -1)]
        plain = Stack(layout, net.hidden, 1, layout.columns(X))
        plain.rows[0] = row
        plain.forward()
        for part, i in _parts(net, at, max(1, _CHUNK // (len(X) * max(net.sizes)))):
            rest = Layout(net.sizes[i:], layout.bias)  # the layers before it stay as they are
            before = layout.numbers - rest.numbers
            source = plain.z[i] if i == 0 else plain.z[i][0]
            shifted = Stack(rest, net.hidden, part.stop - part.start, source)
            for side in (0, 1):
                rows = shifted.rows
                rows[...] = row[before:]
                rows[np.arange(len(rows)), at[part] - before] = moved[side][part]
                h_out = shifted.forward().swapaxes(-1, -2)
                costs[side, part] = displayed_cost(_STABLE[cost], h_out, y)
            if progress is not None:
                progress(part.stop / len(at))
    up, down = (m.astype(np.float64) for m in moved)
    with np.errstate(invalid="ignore", divide="ignore"):
        slopes = (costs[0] - costs[1]) / (up - down)
    return np.where(up == down, np.nan, slopes)


def _parts(net: Network, at: Array, most: int) -> Iterator[tuple[slice, int]]:
    """Slices of `at` of at most `most` places, each within one layer, with its index from 0."""
    start = end = 0
    for i, (n_in, n_out) in enumerate(pairwise(net.sizes)):
        end += n_out * (n_in + net.layout.bias)
        stop = int(np.searchsorted(at, end))
        for first in range(start, stop, most):
            yield slice(first, min(first + most, stop)), i
        start = stop


def steps_of(fmt: Format) -> tuple[float, ...]:
    """The steps worth trying in a format: 1, 2 and 5 times powers of ten, from below u to 1."""
    lowest = math.floor(-fmt.precision * math.log10(2))
    series = [float(f"{m}e{e}") for e in range(lowest, 0) for m in (1, 2, 5)]
    return (*series, 1.0)


def usual_step(fmt: Format) -> float:
    """The step of `steps_of` nearest to u^(1/3), u = 2⁻ᵖ: the best where J and J‴ are near 1."""
    target = -fmt.precision / 3 * math.log(2)
    return min(steps_of(fmt), key=lambda step: abs(math.log(step) - target))


@dataclass(frozen=True)
class StepCurve:
    """The worst error of central differences over `steps`, a V, and what theory says of its arms.

    `errors` (one for each step) are the largest error among `entries` of the network's numbers,
    divided by the largest true gradient (`scale`); NaN where the step vanishes in the format.
    `truncation` is T and `rounding` is u J, both divided by `scale` likewise.
    """

    steps: tuple[float, ...]
    errors: Array
    truncation: float
    rounding: float
    scale: float
    entries: int

    @cached_property
    def best(self) -> float | None:
        """The step with the smallest error; None if no step gives a finite one."""
        finite = np.isfinite(self.errors)
        if not finite.any():
            return None
        return self.steps[int(np.argmin(np.where(finite, self.errors, np.inf)))]

    def error(self, step: float) -> float:
        """The error at one of the steps."""
        return float(self.errors[self.steps.index(step)])


def step_curve(
    net: Network,
    X: Array,
    y: Array,
    true: Array,
    true_cost: float,
    step: float,
    cost: str = "bce",
    entries: int | None = None,
    progress: Progress | None = None,
) -> StepCurve:
    """The V of `net` over the format's usual steps and `step`.

    `true` is the true gradient as a row (numbers,) of float64. At most `entries` of its numbers
    are differenced at every step, spread evenly, the largest one among them.
    """
    steps = tuple(sorted({*steps_of(net.format), step}))
    chosen = _spread(true, entries or len(true))
    wanted = true[chosen]
    scale = float(np.abs(wanted).max()) or 1.0
    errors = np.empty(len(steps))
    for i, tried in enumerate(steps):
        found = central_differences(net, X, y, tried, cost, chosen)
        with np.errstate(over="ignore", invalid="ignore"):  # a scale may be subnormal; ∞ is shown
            errors[i] = np.abs(found - wanted).max() / scale
        if progress is not None:
            progress((i + 1) / len(steps))
    probe = 2.0**-8
    wide = net.astype("float64")
    found = central_differences(
        wide, X.astype(np.float64), y.astype(np.float64), probe, cost, chosen
    )
    with np.errstate(over="ignore", invalid="ignore"):
        truncation = float(np.abs(found - wanted).max() / scale / probe**2)
    u = 2.0**-net.format.precision
    return StepCurve(steps, errors, truncation, u * true_cost / scale, scale, len(chosen))


def _spread(true: Array, entries: int) -> Array:
    if entries >= len(true):
        return np.arange(len(true))
    even = np.linspace(0, len(true) - 1, entries).round().astype(int)
    return np.unique([*even, int(np.argmax(np.abs(true)))])

"""Every gradient three ways: by backprop, by central differences, and with 50 digits.

The verdict compares backprop with the 50 digits alone, entry by entry, against the rounding error
that the number format can promise (`rounding`). Central differences stand beside them as the
method that needs no derivative, with their own V of errors (`differences`). Where all samples
would take too long some of them can be checked (`subset`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from backprop.engine import exact
from backprop.engine.activations import ACTIVATIONS, SIGMOID
from backprop.engine.arithmetic import Array
from backprop.engine.demands import real
from backprop.engine.derivatives import OutputDerivative, output_derivative
from backprop.engine.network import Network, batch
from backprop.engine.trace import Trace, backpropagate
from backprop.engine.training import train
from backprop.gradcheck.differences import Progress, central_differences, step_curve, usual_step
from backprop.gradcheck.findings import Comparison
from backprop.gradcheck.report import GradientReport
from backprop.gradcheck.rounding import promises
from backprop.gradcheck.subset import draw

MOST_SECONDS = 60.0
"""A check that would take longer on an ordinary machine is refused."""
PATIENCE = 5.0
"""So many seconds a visitor of the page waits; a longer check is one of fewer samples."""
_CURVE_WORK = 6_000_000
"""How many activations the V may compute; larger networks put fewer of their numbers into it."""
_SECONDS = {"product": 0.5e-6, "activation": 0.12e-6, "curve": 0.5}
"""Measured on a core that is half free: 50-digit operations, an activation of a forward pass, and
the whole V."""


def check_gradients(
    net: Network,
    X: ArrayLike,
    y: ArrayLike,
    derivative: str | OutputDerivative = "fused",
    epsilon: float = 1e-7,
    clamp: str = "denominator",
    cost: str = "bce",
    step: float | None = None,
    progress: Progress | None = None,
    patience: float | None = None,
) -> GradientReport:
    """Compare every ∂J/∂W and ∂J/∂b of `net` on X (samples, n₀) and y (samples, n_L) three ways.

    `step` is that of the central differences, by default the one usual for the network's format;
    the other arguments are those of `backpropagate`. `progress` is called with the share that is
    done. With a `patience` in seconds, as many samples are drawn as can be checked in about that
    time, where there are more; the report says which. Raises ValueError as `backpropagate` does,
    for a step that is not a positive finite number, and for a network and data so large that 50
    digits would take more than a minute.
    """
    chosen = output_derivative(derivative, epsilon, clamp, cost)
    inputs, targets = batch(net, X, y)
    usual = usual_step(net.format)
    s = usual if step is None else real("The step", step, "a positive finite number", f"{usual:g}")
    if not 0 < s < np.inf:
        raise ValueError(
            f"The step must be a positive finite number, got {step}. "
            f"Try {usual_step(net.format):g}, which is usual for {net.format.name}."
        )
    trace, drawn = backpropagate(net, inputs, targets, chosen), None
    if patience is not None and (most := samples_within(net, len(inputs), patience)) < len(inputs):
        drawn = draw(trace, most)
        inputs, targets = inputs[drawn.at], targets[drawn.at]
        trace = backpropagate(net, inputs, targets, chosen)
    refuse_if_slow(net, len(inputs))
    layout = net.layout
    if not np.isfinite(layout.join(net.weights, net.biases).astype(np.float64)).all():
        unknown = np.full(layout.numbers, np.nan)
        comparisons = _compared(trace, unknown, exact.decimals(unknown), unknown)
        return GradientReport(trace, s, comparisons, None, None, drawn)
    fault = train(net, inputs, targets, 1, derivative=chosen).first_fault
    if fault is not None and (fault.update > 0 or fault.operation == "update"):
        fault = None  # of the descent, which is none of the check's business
    done = progress or (lambda share: None)
    done(0.0)
    true = exact.trace(net, inputs, targets, chosen.cost)
    done(0.4)
    precise, bound = _row(net, true.layers), _row(net, promises(net, inputs, true, chosen.cost))
    slopes = central_differences(
        net, inputs, targets, s, chosen.cost, progress=lambda share: done(0.4 + 0.4 * share)
    )
    curve = step_curve(
        net, inputs, targets, precise.astype(np.float64), float(true.cost), s, chosen.cost,
        entries=max(4, _CURVE_WORK // (len(inputs) * sum(net.sizes) * 60)),
        progress=lambda share: done(0.8 + 0.2 * share),
    )  # fmt: skip
    comparisons = _compared(trace, slopes, precise, bound)
    return GradientReport(trace, s, comparisons, curve, fault, drawn)


def _row(net: Network, layers: Sequence[Any]) -> Array:
    """The dW and db of `layers` as a row, laid out as the network's numbers."""
    biases = None if net.biases is None else [layer.db for layer in layers]
    return net.layout.join([layer.dW for layer in layers], biases)


def _compared(
    trace: Trace, differences: Array, precise: Array, bound: Array
) -> tuple[Comparison, ...]:
    """The comparisons layer by layer, W before b; all but the trace are rows."""
    rows = (_row(trace.network, trace.layers).astype(np.float64), differences, precise, bound)
    split = [trace.network.layout.split(row[None]) for row in rows]
    comparisons = []
    for i in range(len(trace.layers)):
        comparisons.append(Comparison(i + 1, "W", *(weights[i][0] for weights, _ in split)))
        if trace.network.biases is not None:
            comparisons.append(
                Comparison(i + 1, "b", *(biases[i][0] for _, biases in split if biases))
            )
    return tuple(comparisons)


def seconds_needed(net: Network, samples: int) -> float:
    """About how long a check takes on an ordinary machine."""
    products = sum(W.size for W in net.weights)
    hidden = sum(net.sizes[1:-1])
    precise = 3 * products * _SECONDS["product"] + hidden * ACTIVATIONS[net.hidden].seconds
    precise += net.sizes[-1] * SIGMOID.seconds * 2
    activations = 2 * net.layout.numbers * sum(net.sizes[1:]) / 2
    return samples * (precise + activations * _SECONDS["activation"]) + _SECONDS["curve"]


def samples_within(net: Network, samples: int, seconds: float) -> int:
    """How many of `samples` can be checked in about that time: all, or a power of two, or 1."""
    if seconds_needed(net, samples) <= seconds:
        return samples
    one = seconds_needed(net, 1) - _SECONDS["curve"]
    fits = int(max(1.0, (seconds - _SECONDS["curve"]) / one))
    return int(min(2 ** (fits.bit_length() - 1), samples))


def refuse_if_slow(net: Network, samples: int) -> None:
    """ValueError where a check would take more than `MOST_SECONDS`, with what to reduce."""
    needed = seconds_needed(net, samples)
    if needed <= MOST_SECONDS:
        return
    fits = int((MOST_SECONDS - _SECONDS["curve"]) / (needed - _SECONDS["curve"]) * samples)
    remedy = (
        f"use at most {fits} samples"
        if fits
        else "one sample is too much already: use fewer units or layers"
    )
    raise ValueError(
        f"A check must take at most {MOST_SECONDS:g} s; {net.layout.numbers:,} weights and biases "
        f"over {samples:,} samples, in 50-digit arithmetic and by differences, would take about "
        f"{needed:,.0f} s. Reduce the samples or the network: {remedy}."
    )

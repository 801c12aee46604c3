"""The first non-finite value of a recording: where it is, which operation made it, and why.

A pass is searched in the order in which it is computed: forward (h, z of layer 1 … L), the steps
of δ_L, then ∂J/∂W and δ layer by layer back to the input, then the update. The displayed cost is
searched separately, because no update uses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from backprop import exact
from backprop.arithmetic import Array, Format, full_digits
from backprop.costs import cost_steps
from backprop.derivatives import DERIVATIVES, OutputDerivative
from backprop.formula import number
from backprop.steps import Steps, Values, run

if TYPE_CHECKING:
    from backprop.network import Trace
    from backprop.training import Recording


@dataclass(frozen=True)
class Fault:
    """A non-finite value that came out of finite ones.

    `layer` counts from 1, `unit` and `sample` from 0 (None where the value belongs to no single
    one); `operation` is the name of the step or quantity and `operands` its finite inputs.
    `equation` is the operation written with its numbers, `because` the steps that led there and
    on, `true_value` what the value of δ (or of the quantity) would be without rounding, and
    `others` what each derivative gives at the same h and y.
    """

    update: int
    layer: int
    unit: int | None
    sample: int | None
    operation: str
    operands: dict[str, float]
    value: float
    equation: str
    cause: str
    h: float | None = None
    y: float | None = None
    z: float | None = None
    true_value: float | None = None
    others: dict[str, float] = field(default_factory=dict)
    because: tuple[str, ...] = ()


def first_fault(recording: Recording) -> Fault | None:
    """The first non-finite value on the way to an update of `recording`; None if there is none."""
    k = _first_faulty_update(recording)
    return None if k is None else _find(recording, k)


def first_cost_fault(recording: Recording) -> Fault | None:
    """The first non-finite displayed cost, explained by the sample that made it."""
    bad = ~np.isfinite(recording.cost)
    if not bad.any():
        return None
    k = int(np.argmax(bad))
    derivative = recording.derivative
    steps = cost_steps(derivative)
    trace = recording.trace(k)
    values = run(steps, derivative.inputs(trace.layers[-1].h, trace.y))
    place = _first_non_finite(values["cost"])
    if place is None:  # finite terms whose sum is too large for the format
        return Fault(
            k, len(trace.layers), None, None, "cost", {}, float(recording.cost[k]),
            f"J = {written(recording.cost[k])}",
            f"the sum over the samples is beyond {trace.network.format.name}",
        )  # fmt: skip
    return _explain_steps(k, trace, steps, values, place, "cost")


def _first_faulty_update(recording: Recording) -> int | None:
    """The first update whose pass (or whose change of the weights) holds a non-finite value."""
    finite = np.isfinite(recording.parameters).all(axis=1)
    after = int(np.argmin(finite)) if not finite.all() else recording.updates + 1
    candidates = []
    if after <= recording.updates:
        candidates.append(after - 1)
    bad_outputs = ~np.isfinite(recording.h_out).all(axis=(1, 2))
    if bad_outputs.any():
        candidates.append(int(np.argmax(bad_outputs)))
    last = recording.derivative.delta(recording.h_out[-1], recording.y)
    if not np.isfinite(last).all():
        candidates.append(recording.updates)
    if _may_overflow(recording, after):
        hidden = recording.stacked(slice(0, min(candidates, default=recording.updates) + 1)).h
        bad = ~np.all([np.isfinite(h).all(axis=(1, 2)) for h in hidden], axis=0)
        if bad.any():
            candidates.append(int(np.argmax(bad)))
    return min(candidates, default=None)


def _may_overflow(recording: Recording, after: int) -> bool:
    """Whether some hidden h could leave the format and hide in a saturated z (a crude bound)."""
    largest = float(np.abs(recording.parameters[:after].astype(np.float64)).max())
    reach = float(np.abs(recording.X.astype(np.float64)).max())
    for n in recording.start.sizes[:-1]:
        h = (n * max(reach, 1.0) + 1) * largest
        if h >= recording.start.format.max:
            return True
        reach = h if recording.start.hidden == "relu" else 1.0
    return False


def _find(recording: Recording, k: int) -> Fault:
    trace = recording.trace(k)
    L = len(trace.layers)
    for i, layer in enumerate(trace.layers, start=1):
        place = _first_non_finite(layer.h)
        if place is not None:
            return _explain_h(k, trace, i, place)
        if i < L and (place := _first_non_finite(layer.z)) is not None:
            return _explain_h(k, trace, i, place)
    for place in _non_finite(trace.layers[-1].delta):
        return _explain_steps(k, trace, trace.derivative.steps, trace.output, place, "delta")
    for i in range(L, 0, -1):
        layer = trace.layers[i - 1]
        if (place := _first_non_finite(layer.delta)) is not None:
            return _explain_overflow(k, trace, i, "delta", layer.delta, place[1], place[0])
        for name, gradient in (("dW", layer.dW), ("db", layer.db)):
            if gradient is not None and (place := _first_non_finite(gradient)) is not None:
                return _explain_overflow(k, trace, i, name, gradient, place[0], None)
    return _explain_update(recording, k, trace)


def _explain_steps(
    k: int, trace: Trace, steps: Steps, values: Values, place: tuple[int, ...], goal: str
) -> Fault:
    """A fault among named steps: the first non-finite one, the zero behind it, and what follows."""
    sample, unit = place
    here = {
        name: np.broadcast_to(np.asarray(value), trace.layers[-1].h.shape)[sample, unit]
        for name, value in values.items()
    }
    at = next(n for n, step in enumerate(steps) if not np.isfinite(here[step.name]))
    step = steps[at]
    h, y = float(here["h"]), float(here["y"])
    equations = {s.name: _equation(s, here) for s in steps}
    zeros = [
        s for s in steps[:at]
        if here[s.name] == 0 and s.name not in ("error", "slope", "clipped_error")
    ]  # fmt: skip
    later = [s for s in steps[at + 1 :] if not np.isfinite(here[s.name])]
    zero = f"{zeros[0].symbol.text} = 0, so " if zeros else ""
    cause = zero + _short(step, here)
    if later:
        cause += "; then " + ", ".join(_short(s, here) for s in later)
    taken_in = {name for s in later for name in s.operands}  # such as the 0 of ∞ × 0
    finite = [s for s in steps if s.name in taken_in and np.isfinite(here[s.name])]
    used = [*zeros, step, *finite, *later]
    return Fault(
        update=k,
        layer=len(trace.layers),
        unit=unit,
        sample=sample,
        operation=step.name,
        operands={name: float(here[name]) for name in step.operands},
        value=float(here[step.name]),
        equation=equations[step.name],
        cause=cause,
        h=h,
        y=y,
        z=float(here["z"]) if "z" in here else None,
        true_value=float(
            (exact.delta if goal == "delta" else exact.cost)(h, y, trace.derivative.cost)
        ),
        others=contrast(trace, sample, unit),
        because=tuple(dict.fromkeys(equations[s.name] for s in used)),
    )


def contrast(trace: Trace, sample: int, unit: int) -> dict[str, float]:
    """δ_L of every derivative of this cost at this h and y: for the clamped one with the trace's ε
    and clamp."""
    chosen = trace.derivative
    names = DERIVATIVES if chosen.cost == "bce" else (chosen.name,)
    h, y = trace.layers[-1].h[sample, unit], trace.y[sample, unit]
    return {
        name: float(OutputDerivative(name, chosen.epsilon, chosen.clamp).delta(h, y))
        for name in names
    }


def _explain_h(k: int, trace: Trace, i: int, place: tuple[int, ...]) -> Fault:
    sample, unit = place
    value = float(trace.layers[i - 1].h[sample, unit])
    net = trace.network
    before = trace.X if i == 1 else trace.layers[i - 2].z
    operands = {
        f"W{i}[{unit}, {j}] z{i - 1}[{j}]": float(w) * float(z)
        for j, (w, z) in enumerate(zip(net.weights[i - 1][unit], before[sample], strict=True))
    }
    exact_trace = _exact(trace, sample)
    true = None if exact_trace is None else float(exact_trace.layers[i - 1].h[0][unit])
    return Fault(
        k, i, unit, sample, "h", operands, value,
        f"h = W z + b = {written(value)}",
        _beyond(f"the weighted sum of unit {unit + 1}", net.format, true), true_value=true, h=value,
    )  # fmt: skip


def _explain_overflow(
    k: int, trace: Trace, i: int, name: str, values: Array, unit: int, sample: int | None
) -> Fault:
    place = (unit,) if name == "db" else tuple(_first_non_finite(values) or ())
    value = float(values[place])
    exact_trace = _exact(trace, sample)
    true = None
    if exact_trace is not None:
        layer = exact_trace.layers[i - 1]
        source: Any = getattr(layer, name)
        true = (
            float(source[0][unit])
            if name == "delta"
            else float(source[unit] if name == "db" else source[place[0]][place[1]])
        )
    titles = {"delta": "δ", "dW": "∂J/∂W", "db": "∂J/∂b"}
    return Fault(
        k, i, unit, sample, name, {}, value, f"{titles[name]} = {written(value)}",
        _beyond(f"{titles[name]} of unit {unit + 1}", trace.network.format, true), true_value=true,
    )  # fmt: skip


def _explain_update(recording: Recording, k: int, trace: Trace) -> Fault:
    """All of the pass is finite: the product α ∂J/∂W, or W − α ∂J/∂W, left the format."""
    weights, biases = recording.layout.split(recording.parameters[k + 1])
    for i, W in enumerate(weights, start=1):
        for values, name in ((W, "W"), (None if biases is None else biases[i - 1], "b")):
            place = None if values is None else _first_non_finite(values)
            if values is None or place is None:
                continue
            layer = trace.layers[i - 1]
            gradient = layer.dW if name == "W" else layer.db
            before = recording.layout.split(recording.parameters[k])
            old = float((before[0] if name == "W" else before[1] or [])[i - 1][place])
            slope = float(np.asarray(gradient)[place])
            return Fault(
                k, i, place[0], None, "update",
                {name: old, f"d{name}": slope, "alpha": recording.learning_rate},
                float(values[place]),
                f"{name} − α ∂J/∂{name} = {written(old)} − {written(recording.learning_rate)} × "
                f"{written(slope)} = {written(values[place])}",
                _beyond(f"the step of unit {place[0] + 1}", trace.network.format, None),
                true_value=old - recording.learning_rate * slope,
            )  # fmt: skip
    raise RuntimeError("A fault was announced, but every value of its update is finite.")


def _beyond(what: str, made: Format, true: float | None) -> str:
    truth = "" if true is None else f" (true value {true:.4g})"
    return f"{what}{truth} is beyond {made.max:.5g}, the largest number of {made.name}"


def _exact(trace: Trace, sample: int | None) -> exact.ExactTrace | None:
    rows = slice(None) if sample is None else slice(sample, sample + 1)
    try:
        return exact.backpropagate(
            trace.network, trace.X[rows], trace.y[rows], trace.derivative.cost
        )
    except ValueError:
        return None


def _equation(step: Any, here: dict[str, Any]) -> str:
    return f"{step.symbol.text} = {_short(step, here)}"


def _short(step: Any, here: dict[str, Any]) -> str:
    numbers = [number(written(here[name])) for name in step.operands]
    return f"{step.write(*numbers).text} = {written(here[step.name])}"


def written(value: Any) -> str:
    """A number for a sentence: all digits that distinguish it from 0 and 1, with a true minus."""
    text = {"NaN": "NaN", "Infinity": "∞", "-Infinity": "−∞"}.get(full_digits(value))
    if text is not None:
        return text
    number_ = float(value)
    short = f"{number_:.4g}"
    if abs(number_) != 1 and abs(float(short)) == 1:
        short = full_digits(value)
    return short.replace("-", "−").replace("e+", "e")


def _non_finite(values: Array) -> Iterator[tuple[int, ...]]:
    for place in np.argwhere(~np.isfinite(values)):
        yield tuple(int(n) for n in place)


def _first_non_finite(values: Array) -> tuple[int, ...] | None:
    return next(_non_finite(values), None)

"""The first non-finite value of a recording: where it is, which operation made it, and why.

A pass is searched in the order in which it is shown: forward (h of layer 1 … L), the steps of δ_L,
then ∂J/∂W and δ layer by layer back to the input, then the update. The displayed cost is searched
separately, because no update uses it. A fault is born of finite operands; what it contaminates
afterwards is in `spread`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import Array, Format, format_of
from backprop.engine.costs import cost_steps
from backprop.engine.descent import Descent
from backprop.engine.digits import written
from backprop.engine.faults.diagnosis import Fault, Operand, by_each_derivative, of_steps, of_sum
from backprop.engine.passes import Passes, Stack
from backprop.engine.steps import run
from backprop.engine.sums import product

_MOST_VALUES = 40_000
"""How many numbers of one layer are looked at in one go, as in `racing.summary`."""

__all__ = ["Fault", "by_each_derivative", "first_cost_fault", "first_fault"]


def first_fault(recording: Descent) -> Fault | None:
    """The first non-finite value on the way to an update of `recording`; None if there is none."""
    k = _first_faulty_update(recording)
    return None if k is None else _find(recording, k)


def first_cost_fault(recording: Descent, fault: Fault | None) -> Fault | None:
    """The first non-finite displayed cost, explained at the sample that has it.

    `recording` must have such a cost. If h_L was not finite already, the cost did not make it so,
    and the answer is `fault`, the first of the passes.
    """
    k = int(np.argmax(~np.isfinite(recording.cost)))
    trace, steps = recording.trace(k), cost_steps(recording.derivative)
    h, y = trace.layers[-1].h, trace.y
    values = run(steps, recording.derivative.inputs(h, y))
    place = _first(~np.isfinite(values["cost"]) & np.isfinite(h))
    if place is None and not np.isfinite(h).all():
        return fault
    if place is not None:
        return of_steps(k, trace, values, place, "cost")
    parts = [
        ((f"cost[{s},{u}]", values["cost"][s, u]),) for s in range(len(h)) for u in range(len(h[0]))
    ]
    return of_sum(k, len(trace.layers), None, None, "cost", parts, recording.cost[k],
                  trace.network.format, len(h))  # fmt: skip


def _first_faulty_update(recording: Descent) -> int | None:
    """The first update whose pass (or whose change of the weights) holds a non-finite value."""
    last = recording.updates
    finite = np.isfinite(recording.parameters).all(axis=1)
    after = last + 1 if finite.all() else int(np.argmin(finite))
    candidates = [after - 1] if after <= last else []
    with np.errstate(over="ignore"):  # a weight kept wide may be too large for the format
        rounded = recording.parameters[:after].astype(recording.X.dtype)
    candidates += _first_true(~np.isfinite(rounded).all(axis=1))
    candidates += _first_true(~np.isfinite(recording.h_out).all(axis=(1, 2)))
    if not candidates:  # the gradients of the last pass are used by no update
        passes = recording.stacked(np.array([last]))
        gradients = [*passes.weighted, *passes.delta, *passes.dW, *(passes.db or [])]
        candidates += [last] if not all(np.isfinite(a).all() for a in gradients) else []
    suspects = _may_overflow(recording, after)
    candidates += _first_hidden_overflow(
        recording, suspects[suspects <= min(candidates, default=last)]
    )
    return min(candidates, default=None)


def _first_true(bad: Any) -> list[int]:
    return [int(np.argmax(bad))] if bad.any() else []


def _may_overflow(recording: Descent, after: int) -> Array:
    """The updates before `after` in which a hidden h could leave the format, by a bound.

    Such an h can hide in a saturated z. The bound is Σ |W| |z| + |b|, from the largest inputs of
    all samples up; the hundredth more is for what rounding may add.
    """
    layout, bounded = recording.layout, ACTIVATIONS[recording.start.hidden].bounded
    weights, biases = layout.split(recording.parameters[:after].astype(np.float64))
    reach = np.abs(recording.X.astype(np.float64)).max(axis=0)[None, :, None]
    may = np.zeros(after, dtype=bool)
    with np.errstate(over="ignore", invalid="ignore"):  # ∞ × 0 is no bound: then it may
        for i, W in enumerate(weights[:-1]):
            h = product(np.abs(W), reach)[..., 0] + (0.0 if biases is None else np.abs(biases[i]))
            h *= 1.01
            may |= ~(h < recording.start.format.max).all(axis=1)
            reach = np.ones((1, W.shape[1], 1)) if bounded else h[..., None]
    return np.flatnonzero(may)


def _first_hidden_overflow(recording: Descent, suspects: Array) -> list[int]:
    """The first of these updates with a hidden h that is not finite, if any.

    Forward alone, and a few updates at a time: a long recording of many samples has gigabytes of h.
    """
    layout, X = recording.layout, recording.X
    at_once = max(1, _MOST_VALUES // (len(X) * max(layout.sizes[1:])))
    for first in range(0, len(suspects), at_once):
        these = suspects[first : first + at_once]
        stack = Stack(layout, recording.start.hidden, len(these), layout.columns(X))
        with np.errstate(over="ignore", invalid="ignore"):
            stack.rows[...] = recording.parameters[these]
            stack.forward()
        finite = np.all([np.isfinite(h).all(axis=(1, 2)) for h in stack.h], axis=0)
        if not finite.all():
            return [int(these[np.argmin(finite)])]
    return []


def _find(recording: Descent, k: int) -> Fault:
    """The first non-finite value of update k, in the order of the module's first sentence."""
    fmt, passes = recording.start.format, recording.stacked(np.array([k]))
    L = len(passes.h)
    for i in range(1, L + 1):
        W, b, place = _non_finite_parameter(passes.weights, passes.biases, i)
        if place is not None:
            return _rounded(recording, k, i, place, (W if len(place) == 2 else b)[place])
    for i in range(1, L + 1):
        h = passes.h[i - 1][0]
        if (place := _first_non_finite(h)) is not None:
            s, u = place
            return of_sum(k, i, u, s, "h", _h_products(passes, i, s, u), h[place], fmt)
    if (place := _first_non_finite(passes.delta[-1][0])) is not None:
        trace = recording.trace(k)
        return of_steps(k, trace, trace.output, place, "delta")
    for i in range(L, 0, -1):
        fault = _of_gradients(k, i, passes, fmt)
        if fault is not None:
            return fault
    return _of_update(recording, k, passes)


def _non_finite_parameter(
    weights: Sequence[Array], biases: Sequence[Array] | None, i: int
) -> tuple[Array, Array, tuple[int, ...] | None]:
    """W and b of layer i, and the first place (two numbers: in W, one: in b) that is not finite."""
    W = weights[i - 1][0]
    b = W[:, 0] if biases is None else biases[i - 1][0]
    place = _first_non_finite(W)
    return W, b, _first_non_finite(b) if place is None else place


def _rounded(recording: Descent, k: int, i: int, place: tuple[int, ...], value: Any) -> Fault:
    weights, biases = recording.layout.split(recording.parameters[k][None])
    letter = "W" if len(place) == 2 else "b"
    kept = (weights if letter == "W" else biases or [])[i - 1][0][place]
    kind, keeps = "weight" if letter == "W" else "bias", recording.parameters.dtype.name
    return of_sum(k, i, place[0], None, "round", [((_name(letter, i, *place), kept),)], value,
                  recording.start.format, letter=letter, kind=kind, kept=keeps)  # fmt: skip


def _h_products(passes: Passes, i: int, s: int, u: int) -> list[tuple[Operand, ...]]:
    W, z = passes.weights[i - 1][0][u], passes.z[i - 1][0][s]
    products: list[tuple[Operand, ...]] = [
        ((_name("W", i, u, j), w), (_name("z", i - 1, s, j), a))
        for j, (w, a) in enumerate(zip(W, z, strict=True))
    ]
    if passes.biases is not None:
        products.append(((_name("b", i, u), passes.biases[i - 1][0][u]),))
    return products


def _of_gradients(k: int, i: int, passes: Passes, fmt: Format) -> Fault | None:
    """Overflow in δ of a hidden layer i, or in ∂J/∂W or ∂J/∂b of layer i."""
    delta, L = passes.delta[i - 1][0], len(passes.h)
    if i < L and (place := _first_non_finite(weighted := passes.weighted[i - 1][0])) is not None:
        s, u = place
        W, above = passes.weights[i][0][:, u], passes.delta[i][0][s]
        parts: list[tuple[Operand, ...]] = [
            ((_name("W", i + 1, v, u), W[v]), (_name("delta", i + 1, s, v), above[v]))
            for v in range(len(W))
        ]
        slope = passes.slopes[i - 1][0][place]
        return of_sum(k, i, u, s, "weighted", parts, weighted[place], fmt,
                      weighted=written(weighted[place]), slope=written(slope),
                      delta=written(delta[place]))  # fmt: skip
    samples, z = len(delta), passes.z[i - 1][0]
    if (place := _first_non_finite(dW := passes.dW[i - 1][0])) is not None:
        u, j = place
        parts = [((_name("delta", i, s, u), delta[s, u]), (_name("z", i - 1, s, j), z[s, j]))
                 for s in range(samples)]  # fmt: skip
        return of_sum(k, i, u, None, "dW", parts, dW[place], fmt, samples)
    if (
        passes.db is not None
        and (place := _first_non_finite(db := passes.db[i - 1][0])) is not None
    ):
        (u,) = place
        parts = [((_name("delta", i, s, u), delta[s, u]),) for s in range(samples)]
        return of_sum(k, i, u, None, "db", parts, db[place], fmt, samples)
    return None


def _of_update(recording: Descent, k: int, passes: Passes) -> Fault:
    """All of the pass is finite: α ∂J/∂W, or W − α ∂J/∂W, left the format that keeps W."""
    before, after = (recording.layout.split(recording.parameters[n][None]) for n in (k, k + 1))
    keeps = format_of(recording.parameters)
    for i in range(1, len(passes.h) + 1):
        W, b, place = _non_finite_parameter(*after, i)
        if place is None:
            continue
        letter, values = ("W", W) if len(place) == 2 else ("b", b)
        old = (before[0] if letter == "W" else before[1] or [])[i - 1][0][place]
        slope = (passes.dW if letter == "W" else passes.db or [])[i - 1][0][place]
        alpha = keeps.round(recording.learning_rate)[()]
        parts = [((_name(letter, i, *place), old),),
                 (("alpha", -alpha), (_name(f"d{letter}", i, *place), slope))]  # fmt: skip
        fault = of_sum(k, i, place[0], None, "update", parts, values[place], keeps, letter=letter)
        return replace(fault, operands=fault.operands | {"alpha": float(alpha)})
    raise RuntimeError("A fault was announced, but every value of its update is finite.")


def _name(quantity: str, layer: int, *place: int) -> str:
    return f"{quantity}_{layer}[{','.join(map(str, place))}]"


def _first_non_finite(values: Array) -> tuple[int, ...] | None:
    return _first(~np.isfinite(values))


def _first(where: Array) -> tuple[int, ...] | None:
    places = np.argwhere(where)
    return tuple(int(n) for n in places[0]) if len(places) else None

"""Networks, traces and recordings in a few lines of text, as a plain prompt prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from backprop.engine.derivatives import OutputDerivative
from backprop.engine.sums import length

if TYPE_CHECKING:
    from backprop.engine.network import Network, Trace
    from backprop.engine.training import Recording


def of_network(net: Network) -> str:
    """Such as: 2-4-4-1, hidden sigmoid, float64, 37 numbers."""
    biases = "" if net.biases is not None else ", no biases"
    sizes = "-".join(map(str, net.sizes))
    return f"{sizes}, hidden {net.hidden}{biases}, {net.format.name}, {net.layout.numbers} numbers"


def of_derivative(derivative: OutputDerivative) -> str:
    """Such as: naive, or clamped (clip, ε = 1e-07)."""
    if derivative.name != "clamped":
        return derivative.name
    return f"clamped ({derivative.clamp}, ε = {derivative.epsilon:g})"


def of_trace(trace: Trace) -> str:
    """What was computed, the costs, and a line for each layer."""
    lines = [
        f"Trace of {_samples(len(trace.X))}",
        f"  network     {of_network(trace.network)}",
        f"  derivative  {of_derivative(trace.derivative)}",
        f"  cost        {_cost(trace.cost, trace.true_cost)}",
    ]
    for i, layer in enumerate(trace.layers, start=1):
        h = layer.h.astype(np.float64)
        lines.append(
            f"  layer {i:<5} h {tuple(h.shape)} from {_g(h.min())} to {_g(h.max())}, "
            f"‖δ‖ = {_g(_norm(layer.delta))}, ‖∂J/∂W‖ = {_g(_norm(layer.dW))}"
        )
    return "\n".join(lines)


def of_trace_in_short(trace: Trace) -> str:
    """The same in one line."""
    return (
        f"<Trace: {of_network(trace.network)}; {_samples(len(trace.X))}, "
        f"{of_derivative(trace.derivative)}, cost {_g(trace.cost)}>"
    )


def of_recording(recording: Recording) -> str:
    """What was trained and how, the cost at both ends, and the first fault."""
    kept = recording.parameters.dtype.name
    master = "" if kept == recording.start.format.name else f", kept in {kept}"
    ends = [_cost(recording.cost[k], recording.true_cost[k]) for k in (0, -1)]
    return "\n".join([
        f"Recording of {_updates(recording)}",
        f"  network      {of_network(recording.start)}{master}",
        f"  data         {_samples(len(recording.X))}",
        f"  derivative   {of_derivative(recording.derivative)}",
        f"  α            {_g(recording.learning_rate)}",
        f"  cost         {ends[0]} at the start",
        *([f"               {ends[1]} after {_updates(recording)}"] if recording.updates else []),
        f"  first fault  {_fault(recording)}",
    ])  # fmt: skip


def of_recording_in_short(recording: Recording) -> str:
    """The same in one line."""
    ends = " → ".join(_g(recording.cost[k]) for k in ((0, -1) if recording.updates else (0,)))
    fault = recording.first_fault
    where = "no fault" if fault is None else f"first fault at update {fault.update}"
    return (
        f"<Recording: {of_network(recording.start)}; {of_derivative(recording.derivative)}, "
        f"α = {_g(recording.learning_rate)}, {_updates(recording)}, cost {ends}, {where}>"
    )


def _fault(recording: Recording) -> str:
    fault = recording.first_fault
    if fault is not None:
        return str(fault)
    bad = ~np.isfinite(recording.cost)
    if not bad.any():
        return "none: every number is finite"
    k = int(np.argmax(bad))
    return f"none in the passes; the displayed cost is {_g(recording.cost[k])} at update {k}"


def _cost(displayed: Any, true: Any) -> str:
    """The displayed cost, and the true one where four digits tell them apart."""
    shown, right = _g(displayed), _g(true)
    return shown if shown == right else f"{shown} (true {right})"


def _updates(recording: Recording) -> str:
    return f"{recording.updates} update{'' if recording.updates == 1 else 's'}"


def _samples(count: int) -> str:
    return f"{count} sample{'' if count == 1 else 's'}"


def _norm(values: Any) -> float:
    return float(length(values, values.ndim))


def _g(value: Any) -> str:
    number = float(value)
    return {"nan": "NaN", "inf": "∞", "-inf": "−∞"}.get(str(number)) or f"{number:.4g}"

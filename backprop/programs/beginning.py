"""What the programs that are handed out begin with: their title, the network and the data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backprop.engine.arithmetic import Array, full_digits
from backprop.engine.steps import Steps, helpers
from backprop.engine.training import Recording
from backprop.scenario.datasets import Dataset
from backprop.scenario.scaling import Scaling


@dataclass(frozen=True)
class Spelling:
    """How a library spells lists of numbers {} as an array of the recording's format, and of
    float64; and X made of raw, by its columns' shift {0} and divisor {1}."""

    array: str
    float64: str
    scaled: str


NUMPY = Spelling("np.array({}, F)", "np.array({}, np.float64)", "((raw - {0}) / {1}).astype(F)")
TORCH = Spelling(
    "torch.tensor({}, dtype=dtype)", "torch.tensor({}, dtype=torch.float64)",
    "((raw - {0}) / {1}).to(dtype)",
)  # fmt: skip
PLAIN = Spelling(
    "array({})", "{}", "array([[(x - m) / d for x, m, d in zip(row, {0}, {1})] for row in raw])"
)


def imports(steps: Steps, library: str, *own: str) -> list[str]:
    """The imports of a program: what its steps call from Python itself, then `own`."""
    exact = any("decimal." in text for text in helpers(steps, library))
    return [*(["import decimal", ""] if exact else []), *own]


def apart(*definitions: str) -> list[str]:
    """Definitions as the lines of a program, two blank ones before each."""
    return [line for text in definitions for line in ("", "", text)]


def described(recording: Recording, update: int) -> str:
    """One sentence: which network, data, derivative, format and update."""
    net, derivative = recording.start, recording.derivative
    epsilon = f", ε = {derivative.epsilon:g}" if derivative.form.has_epsilon else ""
    return (
        f"the numbers of update {update}.\n\n"
        f"A network {'-'.join(map(str, net.sizes))} (hidden layers: {net.hidden}), "
        f"{len(recording.X)} samples, {net.format.name}.\n"
        f"The derivative at the output: {derivative.form.does}{epsilon}.\n"
    )


def assignments(recording: Recording, spelled: Spelling, data: Dataset | None = None) -> list[str]:
    """X, y, W and b as assignments, all digits; X by its scaling where `data` has one."""
    array = spelled.array.format
    net = recording.start
    lines = ["# one sample a row"]
    if data is not None:
        lines += [f"# X: {', '.join(data.feature_names)}", f"# y: {', '.join(data.target_names)}"]
    if data is not None and data.scaling is not None and data.raw is not None:
        lines += _scaled(recording, spelled, data, data.scaling, data.raw)
    else:
        lines += [f"X = {array(_digits(recording.X, 4))}"]
    lines += [f"y = {array(_digits(recording.y, 4))}"]
    lines += ["# layer i: W[i] has a row for each of its units, a column for each source"]
    lines += ["W = {", *(f"    {i}: {array(_digits(W, 8))},"
                         for i, W in enumerate(net.weights, start=1)), "}"]  # fmt: skip
    if net.biases is not None:
        lines += ["b = {", *(f"    {i}: {array(_digits(b, 8))},"
                             for i, b in enumerate(net.biases, start=1)), "}"]  # fmt: skip
    return [*lines, "L = len(W)"]


def _scaled(
    recording: Recording, spelled: Spelling, data: Dataset, scaling: Scaling, raw: Array
) -> list[str]:
    """X from the numbers as they came; samples that were edited since as they are now."""
    shift, divisor, what = _KINDS[scaling.kind]
    double, array = spelled.float64.format, spelled.array.format
    lines = [
        f"raw = {double(_digits(raw, 4))}",
        f"{shift} = {double(_digits(scaling.shift, 4))}",
        f"{divisor} = {double(_digits(scaling.divisor, 4))}",
        f"X = {spelled.scaled.format(shift, divisor)}  # each column {what}",
    ]
    edited = np.flatnonzero((scaling.scaled(raw) != data.X).any(axis=1))
    lines += [f"X[{n}] = {array(_digits(recording.X[n], 4))}  # edited" for n in edited]
    return lines


_KINDS = {
    "standard": ("mean", "deviation", "with mean 0 and deviation 1"),
    "range": ("middle", "half_width", "from -1 to 1"),
}
"""What shift and divisor are called, and what becomes of a column."""


def _digits(values: Array, indent: int) -> str:
    """A vector or matrix as a Python list with all digits, a row a line."""
    if values.ndim == 1:
        return "[" + ", ".join(full_digits(v) for v in values) + "]"
    rows = [_digits(row, 0) for row in values]
    if len(rows) == 1:
        return f"[{rows[0]}]"
    pad = " " * indent
    return "[\n" + "".join(f"{pad}{row},\n" for row in rows) + " " * (indent - 4) + "]"

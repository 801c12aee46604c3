"""The numbers of one update: all arrays as .npz, and h, z, δ as a table.

Every number is exact: the formats below 64 bits fit into the float64 of the file, and the table
has all digits of a float64, as which those who open it read it: 35330 for the 35328 of a float16
would be another number.
"""

from __future__ import annotations

import csv
import io

import numpy as np

from backprop.engine.arithmetic import full_digits
from backprop.engine.trace import Trace
from backprop.engine.training import Recording

COLUMNS = ("sample", "layer", "unit", "h", "z", "delta")


def arrays(recording: Recording, update: int) -> bytes:
    """An .npz file of `update`, float64: X, y; W1, b1, h1, z1, delta1, dW1, db1 …; the costs.

    `cost` (as displayed) and `true_cost` are (updates + 1,); `format` names the number format in
    which everything was computed, `update` the update whose passes these are.
    """
    trace = recording.trace(update)
    found = {"X": trace.X, "y": trace.y, "cost": recording.cost, "true_cost": recording.true_cost}
    for i, layer in enumerate(trace.layers, start=1):
        found[f"W{i}"] = trace.network.weights[i - 1]
        if trace.network.biases is not None and layer.db is not None:
            found[f"b{i}"], found[f"db{i}"] = trace.network.biases[i - 1], layer.db
        found |= {f"h{i}": layer.h, f"z{i}": layer.z, f"delta{i}": layer.delta, f"dW{i}": layer.dW}
    numbers = {name: a.astype(np.float64) for name, a in found.items()}
    file = io.BytesIO()
    words = {
        "format": np.array(trace.network.format.name),
        "derivative": np.array(trace.derivative.variant),
        "update": np.array(update),
    }
    np.savez_compressed(file, allow_pickle=False, **numbers, **words)
    return file.getvalue()


def rows(trace: Trace) -> list[tuple[int, int, int, str, str, str]]:
    """h, z and δ of every sample, layer and unit (all counted from 1), with all digits."""
    return [
        (
            sample + 1, i, unit + 1, full_digits(float(layer.h[sample, unit])),
            full_digits(float(layer.z[sample, unit])),
            full_digits(float(layer.delta[sample, unit])),
        )
        for sample in range(len(trace.X))
        for i, layer in enumerate(trace.layers, start=1)
        for unit in range(layer.h.shape[1])
    ]  # fmt: skip


def table(trace: Trace) -> str:
    """The `rows` of a trace as CSV, with a header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows(trace))
    return text.getvalue()

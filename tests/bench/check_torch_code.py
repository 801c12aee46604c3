"""The two files that the page hands out, run beside each other: NumPy's and PyTorch's numbers.

PyTorch is too large a download for the tests of the app, so this stands with the benchmarks, which
install it anyway. It fails if a finite number differs by more than `UNITS` roundings of the largest
one of its array, or if one file has a NaN or ∞ where the other has a number.
"""

import contextlib
import io
import sys
from dataclasses import replace

import numpy as np

from backprop import race
from backprop.programs.numpy_code import numpy_code
from backprop.programs.torch_code import torch_code
from backprop.scenario.scenario import Scenario
from tests.bench.kit.figures import figure

UNITS = {0: 200, 5: 5_000}
FORMS = [
    *({"derivative": name} for name in ("naive", "fused", "split")),
    *({"derivative": "clamped", "clamp": c} for c in ("denominator", "clip", "clip_both", "floor")),
    {"cost": "quadratic"},
]


def ran(code):
    names = {}
    with np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "numbers.py", "exec"), names)
    return names


def numbers(names, of_torch):
    """h, z, delta, dW and db of every layer, as float64."""
    found = {}
    for i in range(1, names["L"] + 1):
        for name in ("h", "z", "delta"):
            found[name, i] = names[name][i].detach() if of_torch else names[name][i]
        for name in ("W", "b"):
            found["d" + name, i] = names[name][i].grad if of_torch else names["d" + name][i]
    return {
        key: (a.double().numpy() if of_torch else a.astype(np.float64)) for key, a in found.items()
    }


def compare(scenario, update, precision):
    """The largest difference in roundings of the largest number of its array, and where it is."""
    data = scenario.dataset()
    recording = race(
        scenario.network(), data.X, data.y, scenario.derivatives(),
        updates=scenario.updates, learning_rate=scenario.learning_rate,
    )[scenario.running]  # fmt: skip
    ours = numbers(ran(numpy_code(recording, update)), of_torch=False)
    theirs = numbers(ran(torch_code(recording, update)), of_torch=True)
    worst = (0.0, "")
    for key, a in ours.items():
        b = theirs[key]
        finite = np.isfinite(a)
        if not np.array_equal(finite, np.isfinite(b)):
            return np.inf, f"{key} is finite in one file only"
        reach = np.abs(a[finite]).max(initial=0.0) or 1.0
        off = np.abs(a[finite] - b[finite]).max(initial=0.0) / reach * 2.0**precision
        worst = max(worst, (float(off), f"{key[0]} of layer {key[1]}"))
    return worst


def main():
    wrong = 0
    gentle = Scenario(scale=1.0, learning_rate=1.0, updates=10, data="xor_wrong_label")
    cases = [
        (replace(gentle, format=format_name, hidden=hidden, **form), update)
        for format_name in ("float64", "float32")
        for hidden in ("sigmoid", "tanh", "relu")
        for form in FORMS
        for update in UNITS
    ]
    cases += [(Scenario(derivative="naive"), 5)]  # the NaN of the first page
    worst = {}
    for scenario, update in cases:
        precision = {"float64": 53, "float32": 24}[scenario.format]
        off, where = compare(scenario, update, precision)
        title = (scenario.format, update)
        worst[title] = max(worst.get(title, (0.0, "")), (off, where))
        if not off <= UNITS[update]:
            wrong += 1
            print("DIFFERS", scenario.query(), "update", update, off, where)
    print(f"{len(cases)} pairs of files, largest differences in roundings:")
    for (format_name, update), (off, where) in worst.items():
        figure(f"NumPy's file and PyTorch's differ, {format_name}, update {update} ({where})", off,
               "roundings", "allowed", UNITS[update])  # fmt: skip
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()

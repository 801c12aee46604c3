"""A program for a student to read and run, which gives the numbers on the screen to the last bit.

It needs NumPy alone (and ml_dtypes for bfloat16), holds the network and the data with all digits,
and descends to the update that is shown. Its sums go from left to right and its exp is its own, as
in the engine, so that it gives the same bits on every machine.
"""

from __future__ import annotations

from typing import Any

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import format_of, full_digits
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.operations import SIGMOID
from backprop.engine.steps import helpers, source
from backprop.engine.training import Recording
from backprop.programs.beginning import NUMPY, apart, assignments, described, imports
from backprop.programs.functions import functions
from backprop.scenario.datasets import Dataset

_SUMS = """def add(terms):  # from left to right, from 0 on: another order has other last digits
    total = 0
    for term in terms:
        total = total + term
    return total


def product(A, B):  # the matrix product A B
    return add(A[:, [j]] * B[j] for j in range(len(B)))"""

_WIDE = """def wide(a):  # sums are taken in float32 and rounded once, as matrix hardware does
    return a.astype(np.float32)"""


def numpy_code(recording: Recording, update: int, data: Dataset | None = None) -> str:
    """A program that prints the passes of `update` (0 … recording.updates) of a recording.

    `data` is what it was recorded from, which knows the columns' names and how they were scaled.
    """
    net, fmt, derivative = recording.start, recording.start.format, recording.derivative
    narrow = fmt.accumulator is not None
    bias = net.biases is not None
    widened = "" if fmt.dtype == float else ".astype(float)"  # 3.533e+04 may be float16's 35328
    J_shown = "float(J)" if widened else "J"
    form = derivative.form
    steps = (*form.steps, *form.display.steps)
    activation = ACTIVATIONS[net.hidden]
    lines = [*source(form.steps, "numpy"), *source(form.display.steps, "numpy")]
    body = [
        '"""Backpropagation in NumPy: ' + described(recording, update) + '"""',
        "",
        *imports(steps, "numpy", "import numpy as np", *fmt.imports),
        "",
        "np.seterr(all='ignore')  # what leaves the format is to be seen, not warned about",
        "np.set_printoptions(floatmode='unique', threshold=10**9)  # all digits, of all samples",
        f"F = {fmt.source}  # the number format of everything below",
        *apart(*functions([*lines, activation.numpy]), _SUMS, *([_WIDE] if narrow else [])),
        "", "",
    ]  # fmt: skip
    if form.has_epsilon:
        body.append(f"epsilon = F({derivative.epsilon!r})")
    body += [
        f"alpha = F({recording.learning_rate!r})",
        "",
        *assignments(recording, NUMPY, data),
    ]
    functions_used = [SIGMOID.helper("numpy"), *helpers(steps, "numpy"), activation.numpy]
    body += apart(*dict.fromkeys(functions_used))
    body += ["", "", f"def output(h, y):  # δ_L: {form.does}", f"    # {form.breaks}"]
    body += [f"    {line}" for line in dict.fromkeys(lines)]
    body += ["    return z, delta, J", "", "", *_passes(bias, narrow), "", ""]
    body += [
        f"for k in range({update}):",
        "    h, z, delta, dW, db, J = passes()",
        "    for i in W:",
        "        W[i] = W[i] - alpha * dW[i]",
        *(["        b[i] = b[i] - alpha * db[i]"] if bias else []),
        "h, z, delta, dW, db, J = passes()",
        "",
        f'print("update {update}, J =", {J_shown})',
        "for i in range(1, L + 1):",
        '    print(f"\\nlayer {i}: h, z and delta, one sample a row")',
        f"    for a in h[i], z[i], delta[i]:\n        print(a{widened})",
        '    print(f"dJ/dW{i}\\n{dW[i]' + widened + '}")',
        *(['    print(f"dJ/db{i}\\n{db[i]' + widened + '}")'] if bias else []),
    ]
    return "\n".join(body) + "\n"


def _passes(bias: bool, narrow: bool) -> list[str]:
    z, W, delta = (f"wide({a})" if narrow else a for a in ("z[i - 1]", "W[i]", "delta[i]"))
    rounded = "({}).astype(F)".format if narrow else "{}".format
    plus = (" + wide(b[i])" if narrow else " + b[i]") if bias else ""
    total = "add(wide(J).reshape(-1))" if narrow else "add(J.reshape(-1))"
    return [
        "def passes():",
        "    h, z, slope, delta, dW, db = {}, {0: X}, {}, {}, {}, {}",
        "    for i in range(1, L + 1):  # forward",
        f"        h[i] = {rounded(f'product({z}, {W}.T){plus}')}",
        "        if i < L:",
        "            z[i], slope[i] = hidden(h[i])",
        "    z[L], delta[L], J = output(h[L], y)",
        "    for i in range(L, 0, -1):  # backward",
        f"        dW[i] = {rounded(f'product({delta}.T, {z}) / len(X)')}",
        *([f"        db[i] = {rounded(f'add({delta}) / len(X)')}"] if bias else []),
        "        if i > 1:",
        f"            delta[i - 1] = {rounded(f'product({delta}, {W})')} * slope[i - 1]",
        f"    return h, z, delta, dW, db, {rounded(f'{total} / len(X)')}",
    ]


def neuron_code(derivative: OutputDerivative, h: Any, y: Any) -> str:
    """A program that leaves δ at `h` and `y`, scalars of one format, in `delta`."""
    fmt, steps = format_of(h), derivative.steps
    head = imports(steps, "numpy", "import numpy as np", *fmt.imports)
    head.append(f"F = {fmt.source}")
    lines = source(steps, "numpy")
    for function in (*functions(lines), *helpers(steps, "numpy")):
        head += ["", "", function]
    head += ["", ""]
    head.append(f"h, y = F({full_digits(h)}), F({full_digits(y)})")
    if derivative.form.has_epsilon:
        head.append(f"epsilon = F({derivative.epsilon!r})")
    return "\n".join([*head, *lines]) + "\n"

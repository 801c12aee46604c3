"""The same numbers by plain loops, for whoever wants no NumPy: Python's own library is enough.

The numbers of the format and the functions are those of `plain`; the steps of δ_L and of the cost
are the engine's. A sample at a time, a unit at a time: slow, and nothing is hidden.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import FORMATS, Format, format_of
from backprop.engine.operations import SIGMOID, spelled
from backprop.engine.steps import helpers, source
from backprop.engine.training import Recording
from backprop.programs import plain
from backprop.programs.beginning import PLAIN, apart, assignments, described, imports
from backprop.scenario.datasets import Dataset

_IMPORTS = re.findall(r"^from math .*", inspect.getsource(plain), re.MULTILINE)
_TYPES = re.compile(r" -> [^:]+(?=:)|: [A-Za-z][\w\[\] |]*(?=[,)])")


def _definition(of: object) -> str:
    """Its source without types, so that any Python of today runs it, and with no word for ruff."""
    lines = inspect.getsource(of).rstrip().replace("  # fmt: skip", "").split("\n")  # type: ignore[arg-type]
    return "\n".join(
        _TYPES.sub("", line) if line.lstrip().startswith("def ")
        else line.replace(", strict=True", "") for line in lines
    )  # fmt: skip


_DEFINED = {
    name: _definition(one)
    for name, one in vars(plain).items()
    if getattr(one, "__module__", "") == plain.__name__ and name not in ("F", "Wide")
}
"""The definitions in `plain`, by name, in the order in which one may need another."""


def plain_code(recording: Recording, update: int, data: Dataset | None = None) -> str:
    """A program that prints the passes of `update` (0 … recording.updates), with the same bits.

    `data` is what it was recorded from, which knows the columns' names and how they were scaled.
    """
    net, fmt, derivative = recording.start, recording.start.format, recording.derivative
    form, bias = derivative.form, net.biases is not None
    steps = (*form.steps, *form.display.steps)
    lines = [*source(form.steps, "plain"), *source(form.display.steps, "plain")]
    activation = spelled(ACTIVATIONS[net.hidden].numpy, "plain")
    called = [SIGMOID.helper("plain"), *helpers(steps, "plain"), activation]
    loops = "\n".join(_passes(bias))
    numbers = [_DEFINED["Number"], *_formats(fmt)]
    functions = _needed([*called, *lines, loops, "array("])
    body = [
        '"""Backpropagation in plain Python: ' + described(recording, update) + '"""',
        "",
        *imports(steps, "plain", *_IMPORTS),
        *apart(*numbers, *functions),
        "", "",
    ]  # fmt: skip
    if form.has_epsilon:
        body.append(f"epsilon = F({derivative.epsilon!r})")
    body += [f"alpha = F({recording.learning_rate!r})", ""]
    body += assignments(recording, PLAIN, data)
    body += apart(*dict.fromkeys(called))
    body += ["", "", f"def output(h, y):  # δ_L: {form.does}", f"    # {form.breaks}"]
    body += [f"    {line}" for line in dict.fromkeys(lines)]
    body += ["    return z, delta, J", "", "", loops, "", ""]
    body += [
        f"for k in range({update}):",
        "    h, z, delta, dW, db, J = passes()",
        "    for i in W:",
        "        for u in range(len(W[i])):",
        "            for j in range(len(W[i][u])):",
        "                W[i][u][j] = W[i][u][j] - alpha * dW[i][u][j]",
        *(["            b[i][u] = b[i][u] - alpha * db[i][u]"] if bias else []),
        "h, z, delta, dW, db, J = passes()",
        "",
        f'print("update {update}, J =", J)',
        "for i in range(1, L + 1):",
        '    print(f"\\nlayer {i}: h, z and delta, one sample a row")',
        '    for name, rows in ("h", h), ("z", z), ("delta", delta), ("dJ/dW", dW):',
        "        print(f\"{name}{i}\", *rows[i], sep='\\n')",
        *(["    print(f\"dJ/db{i}\", db[i], sep='\\n')"] if bias else []),
    ]
    return "\n".join(body) + "\n"


def _formats(fmt: Format) -> list[str]:
    """F and Wide, the format and the one in which its sums are taken."""
    sums = fmt if fmt.accumulator is None else format_of(fmt.accumulator)
    own = _format("F", fmt)
    if sums is fmt:
        return [own, "Wide = F  # in which sums are taken"]
    wide = _format("Wide", sums)
    if not fmt.by_way_of_float32:
        return [wide, own]
    single = "Wide" if sums is FORMATS["float32"] else "Single"
    first = [] if single == "Wide" else [_format(single, FORMATS["float32"])]
    way = f"\n\n    def __new__(cls, x):  # NumPy's {fmt.name} is reached by way of float32\n"
    return [wide, *first, f"{own}{way}        return super().__new__(cls, {single}(x))"]


def _format(name: str, fmt: Format) -> str:
    about = (fmt.precision, fmt.smallest, fmt.max)
    return f"class {name}(Number):  # {fmt.name}\n    precision, least, largest = " + ", ".join(
        map(repr, about)
    )


def _needed(texts: Iterable[str]) -> list[str]:
    """The definitions that are called in `texts`, and those that these call."""
    text, found = "\n".join(texts), set[str]()
    while True:
        more = {name for name in _DEFINED if re.search(rf"\b{name}\(", text)} - found - {"Number"}
        if not more:
            return [_DEFINED[name] for name in _DEFINED if name in found]
        found |= more
        text += "\n".join(_DEFINED[name].partition("\n")[2] for name in more)


def _passes(bias: bool) -> list[str]:
    plus = " + b[i][u]" if bias else ""
    return [
        "def passes():",
        "    N = range(len(X))  # the samples",
        "    h, z, slope, delta, dW, db = {}, {0: X}, {}, {}, {}, {}",
        "    for i in range(1, L + 1):  # forward",
        "        U = range(len(W[i]))  # the units",
        f"        h[i] = [[F(dot(W[i][u], z[i - 1][n]){plus}) for u in U] for n in N]",
        "        if i < L:",
        "            both = [[hidden(h[i][n][u]) for u in U] for n in N]",
        "            z[i] = [[both[n][u][0] for u in U] for n in N]",
        "            slope[i] = [[both[n][u][1] for u in U] for n in N]",
        "    out = [[output(h[L][n][u], y[n][u]) for u in U] for n in N]",
        "    z[L] = [[out[n][u][0] for u in U] for n in N]",
        "    delta[L] = [[out[n][u][1] for u in U] for n in N]",
        "    J = F(add(Wide(out[n][u][2]) for n in N for u in U) / len(X))",
        "    for i in range(L, 0, -1):  # backward",
        "        U, V = range(len(W[i])), range(len(W[i][0]))  # the units, and their sources",
        "        down = [[delta[i][n][u] for n in N] for u in U]  # a list for each unit",
        "        left = [[z[i - 1][n][j] for n in N] for j in V]",
        "        dW[i] = [[F(dot(down[u], left[j]) / len(X)) for j in V] for u in U]",
        *(["        db[i] = [F(add(down[u]) / len(X)) for u in U]"] if bias else []),
        "        if i > 1:",
        "            of = [[W[i][u][j] for u in U] for j in V]  # the weights from each source",
        "            delta[i - 1] = [",
        "                [F(dot(delta[i][n], of[j])) * slope[i - 1][n][j] for j in V] for n in N",
        "            ]",
        "    return h, z, delta, dW, db, J",
    ]

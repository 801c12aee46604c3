"""The few lines of NumPy that give δ of one output, to the last bit."""

from __future__ import annotations

from typing import Any

from backprop.engine.arithmetic import format_of, full_digits
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.steps import helpers, source
from backprop.programs.functions import functions
from backprop.programs.numpy_code import imports


def neuron_code(derivative: OutputDerivative, h: Any, y: Any) -> str:
    """A program that leaves δ at `h` and `y`, scalars of one format, in `delta`."""
    made, steps = format_of(h), derivative.steps
    head = imports(steps, "numpy", "import numpy as np", *made.imports)
    head.append(f"F = {made.source}")
    lines = source(steps, "numpy")
    for function in (*functions(lines), *helpers(steps, "numpy")):
        head += ["", "", function]
    head += ["", ""]
    head.append(f"h, y = F({full_digits(h)}), F({full_digits(y)})")
    if derivative.form.has_epsilon:
        head.append(f"epsilon = F({derivative.epsilon!r})")
    return "\n".join([*head, *lines]) + "\n"

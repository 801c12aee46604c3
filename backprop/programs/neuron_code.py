"""The few lines of NumPy that give δ of one output, to the last bit."""

from __future__ import annotations

from typing import Any

from backprop.engine.arithmetic import format_of, full_digits
from backprop.engine.derivatives import OutputDerivative
from backprop.programs.functions import functions
from backprop.programs.numpy_code import OUTPUT


def neuron_code(derivative: OutputDerivative, h: Any, y: Any) -> str:
    """A program that leaves δ at `h` and `y`, scalars of one format, in `delta`."""
    made = format_of(h).name
    lines = [
        line for line in OUTPUT[derivative.variant] if not line.startswith(("J =", "size, miss"))
    ]
    needs_epsilon = any("epsilon" in line for line in lines)
    head = ["import numpy as np"]
    if made == "bfloat16":
        head.append("from ml_dtypes import bfloat16  # NumPy has none: pip install ml_dtypes")
    head.append(f"F = {'bfloat16' if made == 'bfloat16' else f'np.{made}'}")
    for text in functions(lines):
        head += ["", "", text]
    head += ["", ""]
    head.append(f"h, y = F({full_digits(h)}), F({full_digits(y)})")
    if needs_epsilon:
        head.append(f"epsilon = F({derivative.epsilon!r})")
    return "\n".join([*head, *lines]) + "\n"

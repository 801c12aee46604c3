"""A computation written as named steps.

One list of steps computes a quantity, writes its equation in symbols and in numbers, writes the
lines of a program, and tells which operation a NaN came from: the four cannot disagree. The steps
run in the format of their inputs, each result rounded before the next step sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.formula import Formula
from backprop.engine.operations import Operation, Source

Values = dict[str, Array]


@dataclass(frozen=True)
class Step:
    """A named quantity: the operation that computes it, and the names of its operands.

    `symbol` writes the quantity in a formula. `variable` is its name in a program; without one its
    source is written into the lines of the steps that use it.
    """

    name: str
    symbol: Formula
    operation: Operation
    operands: tuple[str, ...]
    variable: str = ""

    @cached_property
    def compute(self) -> Callable[..., Array]:
        """The operation on arrays."""
        return self.operation.compute

    def write(self, *operands: Formula) -> Formula:
        """The operation written with its operands: symbols for the equation, or numbers."""
        return self.operation.write(*operands)


Steps = tuple[Step, ...]


def run(steps: Steps, inputs: Mapping[str, Array]) -> Values:
    """The `inputs` and the value of every step, by name.

    Division by zero, overflow and invalid operations are what the broken forms are there to show,
    so NumPy's warnings about them are silenced here.
    """
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        return evaluate(steps, inputs)


def evaluate(steps: Steps, inputs: Mapping[str, Array]) -> Values:
    """`run` without silencing warnings, for a loop that has done so (each time takes 1 µs)."""
    values = dict(inputs)
    for step in steps:
        values[step.name] = step.compute(*map(values.__getitem__, step.operands))
    return values


def source(steps: Steps, library: str) -> list[str]:
    """The steps as lines of a program from its h, y and epsilon, in "numpy", "torch" or "plain".

    A step without a variable of its own is written into those that use it.
    """
    known = {name: Source(name) for name in ("h", "y", "epsilon")}
    lines = []
    for step in steps:
        written = step.operation.source(library, [known[name] for name in step.operands])
        if step.variable:
            lines.append(f"{step.variable} = {written.text}")
            written = Source(step.variable)
        known[step.name] = written
    return lines


def helpers(steps: Steps, library: str) -> list[str]:
    """The functions that those lines call, in the order in which they are first called."""
    found = [step.operation.helper(library) for step in steps]
    return list(dict.fromkeys(text for text in found if text))

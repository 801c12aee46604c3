"""A computation written as named steps.

One list of steps computes a quantity, writes its equation in symbols and in numbers, and tells
which operation a NaN came from: the three cannot disagree. The steps run in the format of their
inputs, each result rounded before the next step sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.formula import Formula

Values = dict[str, Array]


@dataclass(frozen=True)
class Step:
    """One operation: the quantity it makes, from which operands, and how that is written.

    `symbol` writes the quantity; `write` writes the operation, given its operands as formulas
    (symbols for the equation, numbers for the equation with the numbers in).
    """

    name: str
    symbol: Formula
    operands: tuple[str, ...]
    compute: Callable[..., Array]
    write: Callable[..., Formula]


@dataclass(frozen=True)
class Term:
    """A step that has been run: what it is called, its symbol, how it is written, its value."""

    name: str
    symbol: Formula
    formula: Formula
    value: Array


Steps = tuple[Step, ...]


def run(steps: Steps, inputs: Mapping[str, Array]) -> Values:
    """The value of every step, by name, after the inputs.

    Where the arithmetic goes wrong on purpose, it must go on to be seen: NumPy's warnings about
    division by zero, overflow and invalid operations are silenced here for that reason.
    """
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        return evaluate(steps, inputs)


def evaluate(steps: Steps, inputs: Mapping[str, Array]) -> Values:
    """`run` for a loop that has silenced the warnings already: doing so takes a microsecond."""
    values = dict(inputs)
    for step in steps:
        values[step.name] = step.compute(*map(values.__getitem__, step.operands))
    return values


def terms(steps: Steps, values: Mapping[str, Array], symbols: Mapping[str, Formula]) -> list[Term]:
    """The steps in evaluation order with their formulas and values; `symbols` names the inputs."""
    known = dict(symbols) | {step.name: step.symbol for step in steps}
    return [
        Term(
            step.name,
            step.symbol,
            step.write(*[known[name] for name in step.operands]),
            values[step.name],
        )
        for step in steps
    ]

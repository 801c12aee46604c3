"""What is said of a fault: sentences with places, filled here or on the page by the same rules.

    {name}    a number as `digits.written` has it, or a text that was filled before
    {name!}   the same, in parentheses if it begins with a minus; {name?} asks for none of its own
    ⟦…⟧       left out if one of its places has nothing to fill it

At the output a fault is told by the steps that led to it and on (`StepWords`), everywhere else as
a sum of products that left its format (`SUMS`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from backprop.engine.arithmetic import Format
from backprop.engine.digits import tidy
from backprop.engine.forms.record import Form
from backprop.engine.formula import slot
from backprop.engine.operations import SUBTRACT
from backprop.engine.steps import Step, Steps

Places = Mapping[str, str | None]

SENTENCES = {
    "step": "{formula} = {value}",
    "equation": "{symbol} = {step}",
    "ofSteps": "⟦{blunt}; ⟧⟦{zero} = 0, so ⟧{step}⟦, {beyond}⟧⟦; then {later}⟧",
    "noEpsilon": "ε = {epsilon} rounds to 0 in {format}",
    "noGap": "1 − ε = 1 in {format} for ε = {epsilon}",
    "beyond": "beyond {largest}, the largest number of {format}",
    "sum": "{symbol} = {parts} = {value}",
    "average": "{symbol} = ({parts}) / {divisor} = {value}",
    "whole": "{what} (true value {true}) is {beyond}",
    "part": "{what} would fit (true value {true}), but a part of it is {beyond}",
    "ofSum": "{size}⟦, and parts of opposite signs give ∞ − ∞ = {nan}⟧⟦; then {later}⟧",
}


@dataclass(frozen=True)
class StepWords:
    """A step in words: its `symbol`, its `formula` with places for the `operands` of its operation.

    `blamed`: where it is 0, a fault after it is explained by that zero. Not so for a difference and
    for the factors of δ, whose 0 is a value like any other.
    """

    name: str
    symbol: str
    formula: str
    operation: str
    operands: tuple[str, ...]
    blamed: bool


@dataclass(frozen=True)
class SumWords:
    """A kind of sum: its `symbol` in an equation, `what` it is, and what is computed from it next.

    Places: {i} and {next} are the layer's number and the next one as subscripts, {unit} counts
    from 1, {letter} is W or b and {kind} says it in words, {kept} is the format that keeps them.
    """

    symbol: str
    what: str
    follows: str = ""


SUMS = {
    "round": SumWords("{letter}{i}", "a {kind} kept in {kept}"),
    "h": SumWords("h{i}", "the weighted sum of unit {unit}"),
    "weighted": SumWords("W{next}ᵀδ{next}", "the weighted error of unit {unit}",
                         "δ{i} = {weighted} × {slope} = {delta}"),
    "dW": SumWords("∂J/∂W{i}", "∂J/∂W of unit {unit}"),
    "db": SumWords("∂J/∂b{i}", "∂J/∂b of unit {unit}"),
    "update": SumWords("{letter}{i}", "{letter} − α ∂J/∂{letter} of unit {unit}"),
    "cost": SumWords("J", "the average cost"),
}  # fmt: skip
"""By the operation of a `Fault`."""

_OPTIONAL = re.compile("⟦([^⟧]*)⟧")
_PLACE = re.compile(r"\{(\w+)([!?]?)\}")


def fill(template: str, places: Places) -> str:
    """A sentence with its places filled; KeyError for one that is missing and not left out."""

    def optional(found: re.Match[str]) -> str:
        wanted = (name for name, _ in _PLACE.findall(found[1]))
        return found[1] if all(places.get(name) is not None for name in wanted) else ""

    def place(found: re.Match[str]) -> str:
        text = places[found[1]]
        if text is None:
            raise KeyError(found[1])
        return f"({text})" if found[2] == "!" and text.startswith("−") else text

    return _PLACE.sub(place, _OPTIONAL.sub(optional, template))


def of_format(fmt: Format) -> dict[str, str]:
    """The places that a number format fills in any sentence."""
    return {
        "format": fmt.name,
        "largest": tidy(f"{fmt.max:.5g}"),
        "precision": str(fmt.precision),
    }


def of_steps(steps: Steps, form: Form) -> tuple[StepWords, ...]:
    """The words of every step of δ_L, or of the cost, of a form."""
    return tuple(_of_step(step, form.factors or ()) for step in steps)


def _of_step(step: Step, factors: tuple[str, ...]) -> StepWords:
    formula = step.write(*map(slot, step.operands)).text
    blamed = step.operation is not SUBTRACT and step.name not in factors
    return StepWords(
        step.name, step.symbol.text, formula, step.operation.name, step.operands, blamed
    )

"""The derivative of the cost at the output, δ_L = ∂J/∂h_L, in one of its `forms`.

Each form is a list of steps in evaluation order (`OutputDerivative.steps`), run as written in the
format of h. On paper those of one cost are equal; `forms` has what each does and where it breaks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backprop.engine import sigmoid
from backprop.engine.arithmetic import Array, constant
from backprop.engine.demands import choice, real
from backprop.engine.forms import BY_NAME, COSTS, FORMS, Form
from backprop.engine.forms.costs import BCE
from backprop.engine.steps import Steps, Values, run

DERIVATIVES = tuple(name for name, form in BY_NAME.items() if form.cost is BCE and not form.soft)
"""The derivatives of binary cross-entropy that are offered for all data."""
CLAMPS = tuple(form.variant.name for form in FORMS.values() if form.variant is not None)
CLAMPED = next(form.name for form in FORMS.values() if form.variant is not None)
"""The derivative that has an ε, and variants by where it stands."""


def of_cost(cost: str, targets: Array | float | None = None, chosen: str = "") -> tuple[str, ...]:
    """The names of the derivatives of a cost that are offered for `targets`.

    Those for soft labels are among them where a target lies strictly between 0 and 1, or where one
    is the `chosen` one.
    """
    y = np.asarray(0.0 if targets is None else targets, np.float64)
    soft = bool(((y > 0) & (y < 1)).any())
    return tuple(
        name for name, form in BY_NAME.items()
        if form.cost.name == cost and (soft or not form.soft or name == chosen)
    )  # fmt: skip


EVERY = of_cost(BCE.name, 0.5)
"""All derivatives of binary cross-entropy, those for soft labels too."""


def sole(cost: str) -> str:
    """The one derivative of a cost that has no other, as the quadratic one; "" for all others."""
    names = of_cost(cost)
    return names[0] if len(names) == 1 else ""


@dataclass(frozen=True)
class OutputDerivative:
    """Which of the forms computes δ_L; `epsilon` and `clamp` matter for those with an ε only.

    The name says the cost too: "quadratic" is the derivative of the quadratic cost, all others are
    derivatives of binary cross-entropy. Raises ValueError for an unknown name or clamp, and for an
    ε outside (0, 0.5).
    """

    name: str = "fused"
    epsilon: float = 1e-7
    clamp: str = "denominator"

    def __post_init__(self) -> None:
        choice("The output derivative", self.name, BY_NAME)
        choice("The clamp", self.clamp, CLAMPS)
        if not 0 < real("ε", self.epsilon, "a number above 0 and below 0.5", "1e-7") < 0.5:
            raise ValueError(f"ε must lie above 0 and below 0.5, got {self.epsilon!r}. Try 1e-7.")

    @property
    def form(self) -> Form:
        """The record of the form that computes."""
        return FORMS[self.clamp if BY_NAME[self.name].variant is not None else self.name]

    @property
    def variant(self) -> str:
        """The key of the form: the clamp's name for the clamped ones, else the derivative's."""
        return self.form.key

    @property
    def cost(self) -> str:
        """The name of the cost whose derivative it is."""
        return self.form.cost.name

    @property
    def steps(self) -> Steps:
        """Its operations in evaluation order; the last one is δ."""
        return self.form.steps

    @property
    def plain(self) -> OutputDerivative:
        """The same with ε and clamp at their defaults where its form uses neither."""
        return self if self.form.has_epsilon else OutputDerivative(self.name)

    def inputs(self, h: Array, y: Array) -> Values:
        """What the steps start from: h, y and ε, all in the format of h."""
        return {"h": h, "y": y, "epsilon": constant(self.epsilon, h)}

    def evaluate(self, h: Array, y: Array) -> Values:
        """Every intermediate value by name, at `h` and targets `y` of one format."""
        return run(self.steps, self.inputs(h, y))

    def delta(self, h: Array, y: Array) -> Array:
        """δ_L, of the shape and format of h."""
        return self.evaluate(h, y)["delta"]


def output_derivative(
    derivative: str | OutputDerivative,
    epsilon: float = 1e-7,
    clamp: str = "denominator",
    cost: str = "bce",
) -> OutputDerivative:
    """The derivative that was asked for, by name or as an OutputDerivative already.

    For a cost that has one derivative only, as the quadratic one, it is that for every name.
    """
    choice("The cost (bce is binary cross-entropy)", cost, COSTS)
    if only := sole(cost):
        return OutputDerivative(only)
    if isinstance(derivative, OutputDerivative):
        return derivative
    return OutputDerivative(derivative, epsilon, clamp)


def true_delta(cost: str, h: Array, y: Array) -> Array:
    """δ_L of a cost (one of `COSTS`) in float64 with nothing cancelled, of the shape of h.

    The split form; times the stable slope where the cost keeps it.
    """
    wide, target = h.astype(np.float64), y.astype(np.float64)
    delta = OutputDerivative(BCE.best).delta(wide, target)
    return delta * sigmoid.sigmoid_and_slope(wide)[1] if COSTS[cost].keeps_slope else delta

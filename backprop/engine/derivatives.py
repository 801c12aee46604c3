r"""The derivative of the cost at the output, δ_L = ∂J/∂h_L: four ways to write one number.

    naive     ∂J/∂z · σ′(h)  with  ∂J/∂z = (z − y) / (z (1 − z))  and  σ′(h) = z (1 − z)
    clamped   the same, kept from dividing by zero by a small ε, in one of four ways
    fused     z − y
    split     (1 − y) σ(h) − y σ(−h)

On paper they are equal. The quadratic cost, there for comparison, has a δ_L of its own:

    quadratic (z − y) σ′(h)

Each is a list of steps in evaluation order (`OutputDerivative.steps`),
run as written in the format of h. The naive form and the clamped ones use the textbook σ.

Where they break (float64; `cliffs` computes the edges of each format):

* naive: once z rounds to 1 (h ≥ 36.7368), 0/0 = NaN where y = 1, 1/0 = ∞ and ∞ × 0 = NaN where
  y = 0; below h = −709.78, where e⁻ʰ overflows and z = 0, the same with the labels swapped.
* clamped: no NaN while ε can be seen in the format, but δ = 0 where z is saturated, also if the
  network is wrong. ε in the denominator halves δ at \|h\| = ln(1/ε). Clipping both factors keeps
  δ ≈ z − y. With 1 − ε = 1 (float32: ε ≤ 2⁻²⁵) clipping is naive again.
* fused: the absolute error stays below one rounding; z − 1 is 0 once z rounds to 1.
* split: within 2.4 units in the last place for hard labels everywhere. The same formula is used
  by scikit-learn (half-binomial loss) and LightGBM (binary objective).
* quadratic: never non-finite, and nearly 0 on paper too where σ is saturated, also if the network
  is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backprop.engine import sigmoid
from backprop.engine.arithmetic import (
    Array,
    constant,
    one,
)
from backprop.engine.demands import choice, real
from backprop.engine.formula import (
    Formula,
    call,
    exp,
    frac,
    indexed,
    minus,
    negative,
    number,
    plus,
    row,
    symbol,
    times,
    wrap,
)
from backprop.engine.steps import (
    Step,
    Steps,
    Term,
    Values,
    run,
    terms,
)

DERIVATIVES = ("naive", "clamped", "fused", "split")
CLAMPS = ("denominator", "clip", "clip_both", "floor")
QUADRATIC = "quadratic"
COSTS = ("bce", QUADRATIC)

ONE = number("1")
H = symbol("h")
Y = symbol("y")
Z = symbol("z")
Z_CLIPPED = indexed("z", "ε")
EPSILON = symbol("ε")
DJ_DZ = Formula(
    "<mfrac><mrow><mi>∂</mi><mi>J</mi></mrow>"
    "<mrow><mi>∂</mi><mi>z</mi></mrow></mfrac>", "∂J/∂z"
)  # fmt: skip
DELTA = symbol("δ")
SLOPE = call("σ′", H)
INPUTS = {"h": H, "y": Y, "epsilon": EPSILON}


def _one_minus(a: Array) -> Array:
    return np.subtract(one(a), a)


def _clip(z: Array, epsilon: Array) -> Array:
    return np.minimum(np.maximum(z, epsilon), 1 - epsilon)


def _inside(z: Array, epsilon: Array) -> Array:
    return ((z >= epsilon) & (z <= 1 - epsilon)).astype(z.dtype)


def _subtract(name: str, of: Formula, operands: tuple[str, str]) -> Step:
    return Step(name, minus(of, Y), operands, np.subtract, minus)


def complement(name: str, of: Formula, operand: str) -> Step:
    """The step 1 − `operand`, written with `of`."""
    return Step(name, minus(ONE, of), (operand,), _one_minus, lambda z: minus(ONE, z))


def _width(name: str, of: Formula, operands: tuple[str, str]) -> Step:
    return Step(name, row(of, wrap(minus(ONE, of))), operands, np.multiply, times)


TEXTBOOK = Step("z", Z, ("h",), sigmoid.textbook, lambda h: frac(ONE, plus(ONE, exp(negative(h)))))
STABLE_Z = Step("z", Z, ("h",), sigmoid.sigmoid, lambda h: call("σ", h))
CLIPPED = Step(
    "clipped", Z_CLIPPED, ("z", "epsilon"), _clip,
    lambda z, e: call("min", call("max", z, e), minus(ONE, e)),
)  # fmt: skip
ERROR = _subtract("error", Z, ("z", "y"))
_COMPLEMENT = complement("complement", Z, "z")
_WIDTH = _width("width", Z, ("z", "complement"))
_QUOTIENT = Step("dJ_dz", DJ_DZ, ("error", "width"), np.divide, frac)
_PADDED_QUOTIENT = Step("dJ_dz", DJ_DZ, ("error", "padded"), np.divide, frac)
_SLOPE = Step("slope", SLOPE, ("z", "complement"), np.multiply, times)
_DELTA = Step("delta", DELTA, ("dJ_dz", "slope"), np.multiply, times)

_CLIPPED_QUOTIENT = (
    _subtract("clipped_error", Z_CLIPPED, ("clipped", "y")),
    complement("clipped_complement", Z_CLIPPED, "clipped"),
    _width("clipped_width", Z_CLIPPED, ("clipped", "clipped_complement")),
    Step(
        "dJ_dz",
        Formula(
            DJ_DZ.mathml.replace("<mi>z</mi>", Z_CLIPPED.mathml),
            "∂J/∂zε",
        ),
        ("clipped_error", "clipped_width"), np.divide, frac,
    ),
)  # fmt: skip

_STEPS: dict[str, Steps] = {
    "naive": (TEXTBOOK, ERROR, _COMPLEMENT, _WIDTH, _QUOTIENT, _SLOPE, _DELTA),
    "denominator": (
        TEXTBOOK, ERROR, _COMPLEMENT, _WIDTH,
        Step("padded", plus(row(Z, wrap(minus(ONE, Z))), EPSILON), ("width", "epsilon"),
             np.add, plus),
        _PADDED_QUOTIENT,
        _SLOPE, _DELTA,
    ),
    "clip": (
        TEXTBOOK, CLIPPED, *_CLIPPED_QUOTIENT,
        Step("clip_slope",
             Formula(f"<mfrac><mrow><mi>∂</mi>{Z_CLIPPED.mathml}</mrow>"
                     "<mrow><mi>∂</mi><mi>z</mi></mrow></mfrac>", "∂zε/∂z"),
             ("z", "epsilon"), _inside,
             lambda z, e: row("[", e, "≤", z, "≤", minus(ONE, e), "]")),
        _COMPLEMENT, _SLOPE,
        Step("dJ_dz_through_clip", DJ_DZ, ("dJ_dz", "clip_slope"), np.multiply, times),
        Step("delta", DELTA, ("dJ_dz_through_clip", "slope"), np.multiply, times),
    ),
    "clip_both": (
        TEXTBOOK, CLIPPED, *_CLIPPED_QUOTIENT,
        Step("slope", row(Z_CLIPPED, wrap(minus(ONE, Z_CLIPPED))),
             ("clipped", "clipped_complement"), np.multiply, times),
        _DELTA,
    ),
    "floor": (
        TEXTBOOK, ERROR, _COMPLEMENT, _WIDTH,
        Step("padded", call("max", row(Z, wrap(minus(ONE, Z))), EPSILON),
             ("width", "epsilon"), np.maximum, lambda w, e: call("max", w, e)),
        _PADDED_QUOTIENT,
        _SLOPE, _DELTA,
    ),
    "fused": (
        STABLE_Z,
        Step("delta", DELTA, ("z", "y"), np.subtract, minus),
    ),
    "split": (
        STABLE_Z,
        Step("mirrored", call("σ", negative(H)), ("h",), sigmoid.complement,
             lambda h: call("σ", negative(h))),
        Step("pull_down", row(wrap(minus(ONE, Y)), call("σ", H)), ("y", "z"),
             lambda y, z: _one_minus(y) * z, lambda y, z: times(minus(ONE, y), z)),
        Step("pull_up", row(Y, call("σ", negative(H))), ("y", "mirrored"),
             np.multiply, times),
        Step("delta", DELTA, ("pull_down", "pull_up"), np.subtract, minus),
    ),
    QUADRATIC: (
        STABLE_Z,
        ERROR,
        Step("slope", SLOPE, ("h",), lambda h: sigmoid.sigmoid_and_slope(h)[1],
             lambda h: row(call("σ", h), call("σ", negative(h)))),
        Step("delta", DELTA, ("error", "slope"), np.multiply, times),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class OutputDerivative:
    """Which of the forms computes δ_L; `epsilon` and `clamp` matter for the clamped one only.

    The name says the cost too: "quadratic" is the derivative of the quadratic cost, of which there
    is one form; all others are derivatives of binary cross-entropy.
    """

    name: str = "fused"
    epsilon: float = 1e-7
    clamp: str = "denominator"

    def __post_init__(self) -> None:
        choice("The output derivative", self.name, (*DERIVATIVES, QUADRATIC))
        choice("The clamp", self.clamp, CLAMPS)
        if not 0 < real("ε", self.epsilon, "a number above 0 and below 0.5", "1e-7") < 0.5:
            raise ValueError(f"ε must lie above 0 and below 0.5, got {self.epsilon!r}. Try 1e-7.")

    @property
    def variant(self) -> str:
        """The key of the formula: the clamp's name for the clamped forms, else the derivative's."""
        return self.clamp if self.name == "clamped" else self.name

    @property
    def cost(self) -> str:
        """The cost whose derivative it is, one of `COSTS`."""
        return QUADRATIC if self.name == QUADRATIC else "bce"

    @property
    def steps(self) -> Steps:
        """Its operations in evaluation order; the last one is δ."""
        return _STEPS[self.variant]

    def inputs(self, h: Array, y: Array) -> Values:
        """What the steps start from: h, y and ε, all in the format of h."""
        return {"h": h, "y": y, "epsilon": constant(self.epsilon, h)}

    def evaluate(self, h: Array, y: Array) -> Values:
        """Every intermediate value by name, at `h` and targets `y` of one format."""
        return run(self.steps, self.inputs(h, y))

    def delta(self, h: Array, y: Array) -> Array:
        """δ_L, of the shape and format of h."""
        return self.evaluate(h, y)["delta"]

    def terms(self, h: Array, y: Array) -> list[Term]:
        """The intermediate terms in evaluation order, each with its formula and value."""
        return terms(self.steps, self.evaluate(h, y), INPUTS)


def true_delta(cost: str, h: Array, y: Array) -> Array:
    """δ_L of a cost (one of `COSTS`) in float64 with nothing cancelled, of the shape of h.

    The split form; times the stable slope for the quadratic cost.
    """
    wide, target = h.astype(np.float64), y.astype(np.float64)
    delta = OutputDerivative("split").delta(wide, target)
    return delta * sigmoid.sigmoid_and_slope(wide)[1] if cost == QUADRATIC else delta

r"""The costs, and the ways in which forms of δ_L display them.

Binary cross-entropy:

    J = −y log z − (1 − y) log(1 − z),   summed over outputs, averaged over samples

* naive: as written; log 0 = −∞ and 0 · log 0 = NaN once z rounds to 0 or 1;
* clipped: z is held in [ε, 1 − ε], so the cost stops growing at −log ε;
* floored: each logarithm is held above −100, as a well-known framework does;
* stable: \|h\| · (1 − y if h > 0 else y) + log(1 + e^−\|h\|), at most 1.9 units in the last place
  off everywhere, soft labels included. No z occurs in it.

The quadratic cost, summed and averaged in the same way, is never larger than 1/2 for one output:

    J = (z − y)² / 2
"""

from __future__ import annotations

from backprop.engine import fifty
from backprop.engine import operations as op
from backprop.engine.forms.parts import (
    CLIPPED,
    CLIPPED_COMPLEMENT,
    COMPLEMENT,
    ERROR,
    ONE,
    SLOPE,
    STABLE_Z,
    TEXTBOOK_Z,
    H,
    J,
    Y,
    Z,
)
from backprop.engine.forms.record import Cost, Display
from backprop.engine.formula import (
    absolute,
    call,
    exp,
    minus,
    negative,
    plus,
    row,
    symbol,
    times,
    wrap,
)
from backprop.engine.operations import Operation
from backprop.engine.steps import Step, Steps

_NOT_Z = minus(ONE, Z)


def _logarithms(log: Operation, of_z: str, of_complement: str) -> Steps:
    """−y log z − (1 − y) log(1 − z), from two steps that make z and 1 − z."""
    return (
        Step("log_z", call("log", Z), log, (of_z,)),
        Step("log_complement", call("log", _NOT_Z), log, (of_complement,)),
        Step("for_one", times(Y, call("log", Z)), op.MULTIPLY, ("y", "log_z")),
        Step("for_zero", row(wrap(minus(ONE, Y)), call("log", _NOT_Z)),
             op.ONE_MINUS_TIMES, ("y", "log_complement")),
        Step("cost", J, op.NEGATIVE_SUM, ("for_one", "for_zero"), "J"),
    )  # fmt: skip


AS_WRITTEN = Display(
    "naive", "Naive logarithms", (TEXTBOOK_Z, COMPLEMENT, *_logarithms(op.LOG, "z", "complement"))
)
WITH_CLIP = Display(
    "clipped", "z clipped",
    (TEXTBOOK_Z, CLIPPED, CLIPPED_COMPLEMENT,
     *_logarithms(op.LOG, "clipped", "clipped_complement")),
)  # fmt: skip
WITH_FLOOR = Display(
    "floored", "Logarithms floored",
    (TEXTBOOK_Z, COMPLEMENT, *_logarithms(op.LOG_FLOORED, "z", "complement")),
)  # fmt: skip
STABLE = Display("stable", "Stable, from h", (
    Step("size", absolute(H), op.ABSOLUTE, ("h",)),
    Step("miss", symbol("m"), op.MISS, ("h", "y"), "miss"),
    Step("linear", row(absolute(H), symbol("m")), op.UNLESS_ZERO, ("size", "miss")),
    Step("softplus", call("log", plus(ONE, exp(negative(absolute(H))))), op.SOFTPLUS, ("size",)),
    Step("cost", J, op.ADD, ("linear", "softplus"), "J"),
))  # fmt: skip
HALF_SQUARE = Display("half square", "Half the square of z − y", (
    STABLE_Z,
    ERROR,
    Step("square", row(wrap(minus(Z, Y)), "²"), op.SQUARE, ("error",)),
    Step("cost", J, op.HALF, ("square",), "J"),
))  # fmt: skip

BCE = Cost(
    name="bce",
    title="Cross-entropy",
    words="cross-entropy",
    within="cross-entropy",
    delta=minus(Z, Y),
    keeps_slope=False,
    closed="The cost brings the denominator z (1 − z), and the slope of the output cancels it. "
    "Only the output stands right behind the cost, so only there this happens.",
    silent="",
    usual="fused",
    best="split",
    exact=fifty.cross_entropy,
)
QUADRATIC = Cost(
    name="quadratic",
    title="Quadratic",
    words="quadratic cost",
    within="the quadratic cost",
    delta=row(wrap(minus(Z, Y)), SLOPE),
    keeps_slope=True,
    closed="The quadratic cost brings no denominator: the slope σ′(h) stays, and with it the slow "
    "start of a saturated neuron.",
    silent="The quadratic cost does this itself: δ has the factor σ′(h), which is (nearly) 0.",
    usual="quadratic",
    best="quadratic",
    exact=fifty.quadratic,
)
COSTS: dict[str, Cost] = {cost.name: cost for cost in (BCE, QUADRATIC)}

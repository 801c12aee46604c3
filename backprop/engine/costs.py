r"""The costs, as each output derivative's formula displays them and as they truly are.

Binary cross-entropy:

    J = −y log z − (1 − y) log(1 − z),   summed over outputs, averaged over samples

* as written (naive, and ε in the denominator, which leaves the cost alone): log 0 = −∞ and
  0 · log 0 = NaN once z rounds to 0 or 1;
* clipped (clip, clip_both): z is held in [ε, 1 − ε], so the cost stops growing at −log ε;
* floored (floor): each logarithm is held above −100, as a well-known framework does;
* stable (fused, split): \|h\| · (1 − y if h > 0 else y) + log(1 + e^−\|h\|), at most 1.9 units in
  the last place off everywhere, soft labels included. No z occurs in it.

The quadratic cost, summed and averaged in the same way, is never larger than 1/2 for one output:

    J = (z − y)² / 2
"""

from __future__ import annotations

from typing import Any

import numpy as np

from backprop.engine import elementary
from backprop.engine.arithmetic import Array
from backprop.engine.derivatives import (
    CLIPPED,
    ERROR,
    ONE,
    QUADRATIC,
    STABLE_Z,
    TEXTBOOK,
    H,
    OutputDerivative,
    Y,
    Z,
    complement,
    true_delta,
)
from backprop.engine.formula import (
    Formula,
    absolute,
    call,
    exp,
    frac,
    minus,
    negative,
    number,
    plus,
    row,
    symbol,
    times,
    words,
    wrap,
)
from backprop.engine.steps import (
    Step,
    Steps,
    run,
)
from backprop.engine.sums import mean

J = symbol("J")


def _log(name: str, of: str, written: Formula) -> Step:
    return Step(
        name,
        call("log", written, latex=r"\log"),
        (of,),
        elementary.log,
        lambda x: call("log", x, latex=r"\log"),
    )


def _floored(name: str, of: str, written: Formula) -> Step:
    return Step(
        name,
        call("log", written, latex=r"\log"),
        (of,),
        lambda x: np.maximum(elementary.log(x), -100),
        lambda x: call("max", call("log", x, latex=r"\log"), symbol("−100"), latex=r"\max"),
    )


_BOTH = (
    Step("for_one", times(Y, call("log", Z, latex=r"\log")), ("y", "log_z"), np.multiply, times),
    Step(
        "for_zero",
        row(wrap(minus(ONE, Y)), call("log", minus(ONE, Z), latex=r"\log")),
        ("y", "log_complement"),
        lambda y, x: (1 - y) * x,
        lambda y, x: times(minus(ONE, y), x),
    ),
    Step(
        "cost",
        J,
        ("for_one", "for_zero"),
        lambda a, b: -a - b,
        lambda a, b: minus(negative(a), b),
    ),
)

_AS_WRITTEN: Steps = (
    TEXTBOOK,
    complement("complement", Z, "z"),
    _log("log_z", "z", Z),
    _log("log_complement", "complement", minus(ONE, Z)),
    *_BOTH,
)
_WITH_CLIP: Steps = (
    TEXTBOOK,
    CLIPPED,
    complement("clipped_complement", Z, "clipped"),
    _log("log_z", "clipped", Z),
    _log("log_complement", "clipped_complement", minus(ONE, Z)),
    *_BOTH,
)
_WITH_FLOOR: Steps = (
    TEXTBOOK,
    complement("complement", Z, "z"),
    _floored("log_z", "z", Z),
    _floored("log_complement", "complement", minus(ONE, Z)),
    *_BOTH,
)
_STABLE: Steps = (
    Step("size", absolute(H), ("h",), np.abs, absolute),
    Step(
        "miss",
        symbol("m"),
        ("h", "y"),
        lambda h, y: np.where(h > 0, 1 - y, y),
        lambda h, y: row(
            "(", minus(ONE, y), words("if"), h, ">", number("0"), ",", words("else"), y, ")"
        ),
    ),
    Step("linear", row(absolute(H), symbol("m")), ("size", "miss"),
         lambda size, miss: np.where(miss == 0, miss, size * miss), times),
    Step(
        "softplus",
        call("log", plus(ONE, exp(negative(absolute(H)))), latex=r"\log"),
        ("size",),
        lambda size: elementary.log1p(elementary.exp(-size)),
        lambda size: call("log", plus(ONE, exp(negative(size))), latex=r"\log"),
    ),
    Step("cost", J, ("linear", "softplus"), np.add, plus),
)  # fmt: skip
_HALF_SQUARE: Steps = (
    STABLE_Z,
    ERROR,
    Step("square", row(wrap(minus(Z, Y)), "²"), ("error",), np.square, lambda e: times(e, e)),
    Step("cost", J, ("square",), lambda square: square / 2, lambda s: frac(s, number("2"))),
)

_STEPS: dict[str, Steps] = {
    "naive": _AS_WRITTEN,
    "denominator": _AS_WRITTEN,
    "clip": _WITH_CLIP,
    "clip_both": _WITH_CLIP,
    "floor": _WITH_FLOOR,
    "fused": _STABLE,
    "split": _STABLE,
    QUADRATIC: _HALF_SQUARE,
}


def cost_steps(derivative: OutputDerivative) -> Steps:
    """The operations that make the cost of one output of one sample, for this derivative."""
    return _STEPS[derivative.variant]


def averaged(cost: Array) -> Array:
    """The cost (…, samples, n_L) summed over outputs and averaged over samples: (…).

    In the 16-bit formats sum and average are taken in float32 and rounded once.
    """
    return mean(cost, 2, cost.shape[-2])


def displayed_cost(derivative: OutputDerivative, h: Array, y: Array) -> Array:
    """The cost that this derivative's formula displays, in the format of `h`.

    `h` is (…, samples, n_L) and `y` (samples, n_L); the answer has the leading shape. It may be
    ∞ or NaN, and it may be finite and wrong.
    """
    values = run(cost_steps(derivative), derivative.inputs(h, y))
    with np.errstate(over="ignore", invalid="ignore"):  # ∞ and NaN are what this form displays
        return averaged(values["cost"])


def true_cost(h: Array, y: Array, cost: str = "bce") -> Any:
    """The cost at pre-activations `h`, computed stably in float64: the leading shape of `h`.

    `cost` is one of `derivatives.COSTS`.
    """
    if cost == QUADRATIC:
        return averaged(np.square(true_delta("bce", h, y)) / 2)  # that δ is z − y, uncancelled
    inputs = {"h": h.astype(np.float64), "y": y.astype(np.float64)}
    return averaged(run(_STABLE, inputs)["cost"])

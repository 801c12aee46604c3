"""The forms that multiply ∂J/∂z by σ′(h): naive, and clamped by an ε in one of four ways.

    naive     ∂J/∂z · σ′(h)  with  ∂J/∂z = (z − y) / (z (1 − z))  and  σ′(h) = z (1 − z)
    clamped   the same, kept from dividing by zero by a small ε

They are run as written, with the textbook σ. `cliffs` computes the edges of each format.
"""

from __future__ import annotations

from dataclasses import replace

from backprop.engine import operations as op
from backprop.engine.forms.costs import AS_WRITTEN, BCE, WITH_CLIP, WITH_FLOOR
from backprop.engine.forms.parts import (
    CLIPPED,
    CLIPPED_COMPLEMENT,
    COMPLEMENT,
    DELTA,
    EPSILON,
    ERROR,
    ONE,
    SLOPE,
    TEXTBOOK_Z,
    Z_CLIPPED,
    J,
    Z,
    error,
    partial,
)
from backprop.engine.forms.record import Form, Variant
from backprop.engine.formula import Formula, call, minus, plus, row, wrap
from backprop.engine.steps import Step

W = row(Z, wrap(minus(ONE, Z)))
_WIDTH = Step("width", W, op.MULTIPLY, ("z", "complement"))
_QUOTIENT = Step("dJ_dz", partial(J, Z), op.DIVIDE, ("error", "width"), "dJ_dz")
_PADDED_QUOTIENT = replace(_QUOTIENT, operands=("error", "padded"))
_SLOPE = Step("slope", SLOPE, op.MULTIPLY, ("z", "complement"))
_DELTA = Step("delta", DELTA, op.MULTIPLY, ("dJ_dz", "slope"), "delta")
_CLIPPED_QUOTIENT = (
    CLIPPED,
    error("clipped_error", Z_CLIPPED, "clipped"),
    CLIPPED_COMPLEMENT,
    Step("clipped_width", row(Z_CLIPPED, wrap(minus(ONE, Z_CLIPPED))), op.MULTIPLY,
         ("clipped", "clipped_complement")),
    Step("dJ_dz", partial(J, Z_CLIPPED), op.DIVIDE, ("clipped_error", "clipped_width"), "dJ_dz"),
)  # fmt: skip
_INSIDE = Step("clip_slope", partial(Z_CLIPPED, Z), op.INSIDE, ("z", "epsilon"), "inside")


def _padded(symbol: Formula, operation: op.Operation) -> tuple[Step, ...]:
    return (
        TEXTBOOK_Z, ERROR, COMPLEMENT, _WIDTH,
        Step("padded", symbol, operation, ("width", "epsilon")),
        _PADDED_QUOTIENT, _SLOPE, _DELTA,
    )  # fmt: skip


NAIVE = Form(
    name="naive",
    cost=BCE,
    title="Naive",
    colour="#d55e00",
    dash="solid",
    width=5.0,
    steps=(TEXTBOOK_Z, ERROR, COMPLEMENT, _WIDTH, _QUOTIENT, _SLOPE, _DELTA),
    factors=("dJ_dz", "slope"),
    display=AS_WRITTEN,
    called="naive",
    does="naive, as written in books",
    breaks="0/0 or 1/0 × 0 = NaN once z rounds to 0 or 1, also where the network is right",
    dead="the two factors multiply to (nearly) nothing",
    of_two=", the two as they stand",
    closed=" On paper, that is: the naive form multiplies the two as they stand, and once z rounds "
    "to 0 or 1 there is nothing left to cancel.",
)
_CLAMPED = replace(
    NAIVE,
    name="clamped",
    title="ε-clamped",
    colour="#e69f00",
    dash="dash",
    width=3.4,
    of_two=", the two with an ε in them",
    closed=" With an ε in them the two no longer cancel: this δ is not quite z − y.",
)
DENOMINATOR = replace(
    _CLAMPED,
    variant=Variant("denominator", "w + ε", "w + {}", "added to w", names_w=True),
    steps=_padded(plus(W, EPSILON), op.ADD),
    called="ε added to the denominator",
    does="ε added to the denominator",
    breaks="δ is half of what it should be at |h| = ln(1/ε), and 0 once z rounds to 0 or 1",
    dead="beside ε, z (1 − z) hardly counts: the quotient is too small",
)
CLIP = replace(
    _CLAMPED,
    variant=Variant("clip", "clip once", "clip {}", "in (z − y) / w, z is kept in [ε, 1 − ε]"),
    steps=(
        TEXTBOOK_Z, *_CLIPPED_QUOTIENT, _INSIDE, COMPLEMENT, _SLOPE,
        Step("dJ_dz_through_clip", partial(J, Z), op.MULTIPLY, ("dJ_dz", "clip_slope")),
        replace(_DELTA, operands=("dJ_dz_through_clip", "slope")),
    ),
    factors=("dJ_dz_through_clip", "slope"),
    display=WITH_CLIP,
    called="z clipped in the quotient",
    does="z clipped inside the cost, differentiated through the clip",
    breaks="0 wherever z is clipped, right or wrong; naive again where 1 − ε rounds to 1",
    dead="z lies outside [ε, 1 − ε], where the clip is flat: its derivative is 0",
)  # fmt: skip
CLIP_BOTH = replace(
    _CLAMPED,
    variant=Variant("clip_both", "clip both", "clip both {}", "and in the slope z (1 − z) too"),
    steps=(
        TEXTBOOK_Z, *_CLIPPED_QUOTIENT,
        Step("slope", row(Z_CLIPPED, wrap(minus(ONE, Z_CLIPPED))), op.MULTIPLY,
             ("clipped", "clipped_complement")),
        _DELTA,
    ),
    display=WITH_CLIP,
    called="z clipped in both factors",
    does="z clipped in both factors",
    breaks="δ stays within ε of z − y; naive again where 1 − ε rounds to 1",
    dead="both factors are clipped",
)  # fmt: skip
FLOOR = replace(
    _CLAMPED,
    variant=Variant("floor", "max(w, ε)", "max(w, {})", "w is never less than ε", names_w=True),
    steps=_padded(call("max", W, EPSILON), op.MAXIMUM),
    display=WITH_FLOOR,
    called="the denominator floored at ε",
    does="the denominator floored at ε",
    breaks="δ shrinks with z (1 − z) below ε, and is 0 once z rounds to 0 or 1",
    dead="z (1 − z) is below the floor: the quotient is too small",
)

FORMS = (NAIVE, DENOMINATOR, CLIP, CLIP_BOTH, FLOOR)

"""The forms that go to δ directly, from the stable σ; and the one of the quadratic cost.

    fused              z − y
    split              (1 − y) σ(h) − y σ(−h)
    logit difference   d = h − logit(y);   −(1 − y) σ(h) expm1(−d) if d ≥ 0, else y σ(−h) expm1(d)
    quadratic          (z − y) σ′(h)

On paper the first three are equal. The absolute error of all stays below one rounding. What is lost
is relative: fused is 0 once z rounds to 1 with y = 1; fused and split cancel where σ(h) is near a
soft label. Split is within 2.4 units in the last place for hard labels; the same formula is used by
scikit-learn (half-binomial loss) and LightGBM (binary objective).
"""

from __future__ import annotations

from backprop.engine import operations as op
from backprop.engine.forms.costs import BCE, HALF_SQUARE, QUADRATIC, STABLE
from backprop.engine.forms.parts import DELTA, ERROR, MIRRORED, PULL_DOWN, PULL_UP, SLOPE, STABLE_Z
from backprop.engine.forms.record import Form
from backprop.engine.formula import symbol
from backprop.engine.steps import Step

_WITH_LOGITS = "F.binary_cross_entropy_with_logits(h[L], y, reduction='sum') / len(X)"

FUSED = Form(
    name="fused",
    cost=BCE,
    title="Fused",
    colour="#0072b2",
    dash="dot",
    width=2.6,
    steps=(STABLE_Z, Step("delta", DELTA, op.SUBTRACT, ("z", "y"), "delta")),
    factors=None,
    display=STABLE,
    called="fused",
    does="fused",
    breaks="off by less than one rounding; z − 1 is 0 once z rounds to 1",
    dead="z − y rounds to 0",
    of_two=" = z − y",
    torch=_WITH_LOGITS,
)
SPLIT = Form(
    name="split",
    cost=BCE,
    title="Split",
    colour="#009e73",
    dash="solid",
    width=1.4,
    steps=(
        STABLE_Z, MIRRORED, PULL_DOWN, PULL_UP,
        Step("delta", DELTA, op.SUBTRACT, ("pull_down", "pull_up"), "delta"),
    ),
    factors=None,
    display=STABLE,
    called="split by label",
    does="split by label, so that nothing cancels",
    breaks="right to the last digits for labels 0 and 1; soft labels cancel where σ(h) is near y",
    dead="both products round to 0",
    of_two=" = (1 − y) σ(h) − y σ(−h)",
    torch=_WITH_LOGITS,
)  # fmt: skip
LOGIT_DIFFERENCE = Form(
    name="logit_difference",
    cost=BCE,
    title="Logit diff.",
    colour="#3fa2db",
    dash="longdashdot",
    width=1.8,
    steps=(
        STABLE_Z, MIRRORED, PULL_DOWN, PULL_UP,
        Step("d", symbol("d"), op.ABOVE_LOGIT, ("h", "y"), "d"),
        Step("pull", symbol("p"), op.BY_SIGN, ("d", "pull_down", "pull_up"), "pull"),
        Step("share", symbol("s"), op.SIGNED_EXPM1, ("d",), "share"),
        Step("delta", DELTA, op.MULTIPLY, ("pull", "share"), "delta"),
    ),
    factors=None,
    display=STABLE,
    called="by the difference of logits",
    does="by the difference of logits, d = h − log(y / (1 − y))",
    breaks="right to the last digits for every label, also where σ(h) is near y",
    dead="the product rounds to 0",
    of_two=" = −(1 − y) σ(h) expm1(−d), or y σ(−h) expm1(d)",
    soft=True,
)  # fmt: skip
QUADRATIC_FORM = Form(
    name="quadratic",
    cost=QUADRATIC,
    title="Quadratic",
    colour="#757a82",
    dash="solid",
    width=2.6,
    steps=(
        STABLE_Z, ERROR,
        Step("slope", SLOPE, op.SLOPE, ("h",)),
        Step("delta", DELTA, op.MULTIPLY, ("error", "slope"), "delta"),
    ),
    factors=("error", "slope"),
    display=HALF_SQUARE,
    called="quadratic cost",
    does="of the quadratic cost",
    breaks="always finite; nearly 0 on paper too where σ is saturated, right or wrong",
    dead="σ′(h) of a saturated output is (nearly) 0, and δ has it as a factor",
    of_two=" = (z − y) σ′(h)",
    torch="F.mse_loss(torch.sigmoid(h[L]), y, reduction='sum') / (2 * len(X))",
)  # fmt: skip

FORMS = (FUSED, SPLIT, LOGIT_DIFFERENCE, QUADRATIC_FORM)

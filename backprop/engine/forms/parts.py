"""Symbols and steps that several forms have."""

from __future__ import annotations

from backprop.engine import operations as op
from backprop.engine.formula import (
    Formula,
    call,
    indexed,
    minus,
    negative,
    number,
    row,
    symbol,
    wrap,
)
from backprop.engine.steps import Step

ONE, H, Y, Z, J = number("1"), symbol("h"), symbol("y"), symbol("z"), symbol("J")
EPSILON, DELTA = symbol("ε"), symbol("δ")
Z_CLIPPED = indexed("z", "ε")
SLOPE = call("σ′", H)
INPUTS = {"h": H, "y": Y, "epsilon": EPSILON}
"""How the numbers are written that every computation starts from."""


def partial(above: Formula, below: Formula) -> Formula:
    """∂above/∂below."""
    return Formula(
        f"<mfrac><mrow><mi>∂</mi>{above.mathml}</mrow><mrow><mi>∂</mi>{below.mathml}</mrow></mfrac>",
        f"∂{above.text}/∂{below.text}",
    )


def one_minus(name: str, of: Formula, operand: str) -> Step:
    """The step 1 − `operand`, written with `of`."""
    return Step(name, minus(ONE, of), op.ONE_MINUS, (operand,))


def error(name: str, of: Formula, operand: str) -> Step:
    """The step `operand` − y, written with `of`."""
    return Step(name, minus(of, Y), op.SUBTRACT, (operand, "y"))


TEXTBOOK_Z = Step("z", Z, op.TEXTBOOK, ("h",), "z")
STABLE_Z = Step("z", Z, op.SIGMOID, ("h",), "z")
ERROR = error("error", Z, "z")
COMPLEMENT = one_minus("complement", Z, "z")
CLIPPED = Step("clipped", Z_CLIPPED, op.CLIP, ("z", "epsilon"), "zc")
CLIPPED_COMPLEMENT = one_minus("clipped_complement", Z_CLIPPED, "clipped")
MIRRORED = Step("mirrored", call("σ", negative(H)), op.MIRROR, ("h",))
PULL_DOWN = Step(
    "pull_down", row(wrap(minus(ONE, Y)), call("σ", H)), op.ONE_MINUS_TIMES, ("y", "z")
)
PULL_UP = Step("pull_up", row(Y, call("σ", negative(H))), op.MULTIPLY, ("y", "mirrored"))

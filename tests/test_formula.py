"""One formula, three spellings: MathML well-formed, LaTeX balanced, text that reads."""

from xml.etree import ElementTree

import numpy as np
import pytest

from backprop import CLAMPS, DERIVATIVES, OutputDerivative
from backprop.costs import cost_steps
from backprop.derivatives import INPUTS
from backprop.formula import (
    call,
    exp,
    frac,
    indexed,
    minus,
    negative,
    number,
    plus,
    slot,
    symbol,
    times,
    wrap,
)

A, B = symbol("a"), symbol("b")
FORMS = [OutputDerivative(name) for name in ("naive", "fused", "split", "quadratic")] + [
    OutputDerivative("clamped", 1e-7, clamp) for clamp in CLAMPS
]


@pytest.mark.parametrize("derivative", FORMS, ids=lambda d: d.variant)
def test_every_equation_is_well_formed_in_symbols_and_in_numbers(derivative):
    for steps in (derivative.steps, cost_steps(derivative)):
        names = INPUTS | {step.name: step.symbol for step in steps}
        for step in steps:
            in_symbols = step.write(*[names[name] for name in step.operands])
            in_numbers = step.write(*[number("−1.5e−08") for _ in step.operands])
            for formula in (step.symbol, in_symbols, in_numbers):
                ElementTree.fromstring(formula.document())
                assert formula.latex.count("{") == formula.latex.count("}")
                assert formula.latex.count(r"\left(") == formula.latex.count(r"\right)")
                assert formula.text.count("(") == formula.text.count(")")


@pytest.mark.parametrize(
    ("formula", "text", "latex"),
    [
        (frac(minus(A, B), times(A, minus(number("1"), A))), "(a − b) / (a × (1 − a))",
         r"\frac{a - b}{a \times \left(1 - a\right)}"),
        (minus(A, minus(A, B)), "a − (a − b)", r"a - \left(a - b\right)"),
        (times(number("−2"), A), "(−2) × a", r"\left(−2\right) \times a"),
        (plus(A, negative(B)), "a + (− b)", r"a + \left(- b\right)"),
        (exp(negative(A)), "exp(− a)", "e^{- a}"),
        (call("σ", A, latex=r"\sigma"), "σ(a)", r"\sigma\left(a\right)"),
        (indexed("h", 12), "h₁₂", "h_{12}"),
    ],
)  # fmt: skip
def test_parentheses_stand_where_the_meaning_needs_them(formula, text, latex):
    assert (formula.text, formula.latex) == (text, latex)


def test_an_atom_needs_no_parentheses():
    assert wrap(A) is A and wrap(number("3")).text == "3" and wrap(plus(A, B)).text == "(a + b)"


def test_what_is_written_is_escaped():
    root = ElementTree.fromstring(symbol("<b>&").document())
    assert root[0].text == "<b>&"
    root = ElementTree.fromstring(slot('h.1.{u}"<').document())
    assert root[0].get("data-slot") == 'h.1.{u}"<'


@pytest.mark.parametrize("name", DERIVATIVES)
def test_the_terms_of_a_derivative_carry_latex_and_values(name):
    terms = OutputDerivative(name).terms(np.array([[0.5]]), np.array([[1.0]]))
    assert terms[-1].name == "delta" and terms[-1].latex == r"\delta"
    assert all(np.isfinite(t.value).all() and t.formula for t in terms)

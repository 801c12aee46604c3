"""One formula, two spellings: MathML well-formed, text that reads."""

from xml.etree import ElementTree

import numpy as np
import pytest

from backprop import CLAMPS, DERIVATIVES, OutputDerivative
from backprop.engine.costs import cost_steps
from backprop.engine.forms import INPUTS
from backprop.engine.formula import (
    absolute,
    call,
    exp,
    first,
    frac,
    indexed,
    minus,
    negative,
    number,
    plus,
    row,
    slot,
    symbol,
    times,
    words,
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
                drawn = [mo.text for mo in ElementTree.fromstring(formula.document()).iter("mo")]
                assert drawn.count("(") == drawn.count(")")
                assert formula.text.count("(") == formula.text.count(")")


@pytest.mark.parametrize(
    ("formula", "text", "drawn"),
    [
        (frac(minus(A, B), times(A, minus(number("1"), A))), "(a − b) / (a × (1 − a))",
         "a−ba×(1−a)"),
        (minus(A, minus(A, B)), "a − (a − b)", "a−(a−b)"),
        (times(number("−2"), A), "(−2) × a", "(−2)×a"),
        (plus(A, negative(B)), "a + (− b)", "a+(−b)"),
        (exp(negative(A)), "exp(− a)", "e−a"),
        (call("σ", A), "σ(a)", "σ(a)"),
        (indexed("h", 12), "h₁₂", "h12"),
    ],
)  # fmt: skip
def test_parentheses_stand_where_the_meaning_needs_them(formula, text, drawn):
    root = ElementTree.fromstring(formula.document())
    assert (formula.text, "".join(root.itertext())) == (text, drawn)


def test_a_product_or_a_quotient_needs_none_as_a_term_of_a_sum_and_a_sum_does():
    product, quotient, summed = times(A, B), frac(A, B), plus(A, B)
    assert minus(A, product).text == "a − a × b" and negative(quotient).text == "− a / b"
    assert plus(A, row(B, wrap(summed))).text == "a + b (a + b)"
    assert minus(A, summed).text == "a − (a + b)" and negative(summed).text == "− (a + b)"
    assert minus(A, negative(B)).text == "a − (− b)"
    assert times(A, product).text == "a × (a × b)" and times(quotient, B).text == "(a / b) × b"
    assert minus(A, number("−2")).text == "a − (−2)" and minus(A, slot("b")).text == "a − {b!}"


def test_an_atom_needs_no_parentheses():
    assert wrap(A) is A and wrap(number("3")).text == "3" and wrap(plus(A, B)).text == "(a + b)"


def test_what_is_written_is_escaped():
    root = ElementTree.fromstring(symbol("<b>&").document())
    assert root[0].text == "<b>&"
    root = ElementTree.fromstring(slot('h.1.{u}"<').document())
    assert root[0].get("data-slot") == 'h.1.{u}"<'


@pytest.mark.parametrize("name", DERIVATIVES)
def test_the_steps_of_a_derivative_have_formulas_and_values(name):
    steps = OutputDerivative(name).steps
    values = OutputDerivative(name).evaluate(np.array([[0.5]]), np.array([[1.0]]))
    assert steps[-1].name == "delta" and steps[-1].symbol.text == "δ"
    symbols = INPUTS | {step.name: step.symbol for step in steps}
    for step in steps:
        assert np.isfinite(values[step.name]).all()
        assert step.write(*map(symbols.__getitem__, step.operands)).text


def test_a_number_written_as_a_difference_stands_in_parentheses_also_at_the_head_of_a_sum():
    near = number("1−5e−14")
    assert minus(number("1"), near).text == "1 − (1−5e−14)"
    assert minus(near, number("1")).text == "(1−5e−14) − 1"
    assert plus(near, number("1e−7")).text == "(1−5e−14) + 1e−7"
    assert times(number("−(1−5e−14)"), near).text == "(−(1−5e−14)) × (1−5e−14)"
    assert minus(number("−4.8e−14"), number("1")).text == "−4.8e−14 − 1"  # no difference
    assert call("max", near, number("1e−7")).text == "max(1−5e−14, 1e−7)"  # brackets are there


def test_a_slot_asks_for_parentheses_only_where_its_number_may_need_them():
    a, b = slot("a"), slot("b")
    assert (first(a).text, wrap(a).text, wrap(wrap(a)).text) == ("{a?}", "{a!}", "{a!}")
    assert minus(a, b).text == "{a?} − {b!}" and times(a, b).text == "{a!} × {b!}"
    assert negative(a).text == "− {a!}"
    assert call("σ", a).text == "σ({a})"  # σ((−1)) would have two pairs
    assert frac(a, b).text == "{a!} / {b!}"
    drawn = ElementTree.fromstring(frac(a, b).mathml)
    assert [n.get("data-slot") for n in drawn.iter("mn")] == ["a", "b"]  # the bar is enough


def pieces(formula):
    root = ElementTree.fromstring(f"<line>{formula.pieces().replace('<wbr>', '')}</line>")
    return ["".join(piece.itertext()) for part in root for piece in part]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (row(A, "=", minus(A, B), "=", number("3")), ["a", "=a", "−b", "=3"]),
        (row(A, "=", negative(times(B, minus(A, B)))), ["a", "=−b", "×(a−b)"]),
        (minus(negative(A), times(B, minus(A, B))), ["−a", "−b", "×(a−b)"]),
        (plus(plus(A, B), number("1")), ["a", "+b", "+1"]),
        (call("max", A, call("min", B, number("1"))), ["max(a,", "min(b,", "1))"]),
        (frac(plus(A, B), row(A, "=", B)), ["a+ba=b"]),
        (row(A, words("if"), B, ">", number("0")), ["a", "\u2005if\u2005b>0"]),
    ],
)
def test_a_line_breaks_before_an_operator_outside_brackets_and_words_and_after_a_comma(
    formula, expected
):
    assert pieces(formula) == expected


def test_a_plus_at_the_head_of_a_continued_sum_is_spaced_as_between_terms():
    for sign in ("+", "="):
        assert f'<mo form="infix">{sign}</mo>' in row(sign, A).pieces()
    assert "infix" not in negative(A).pieces()  # a sign


def test_what_follows_an_equals_sign_is_one_part():
    root = ElementTree.fromstring(
        f"<line>{row(A, '=', minus(A, B), '=', number('3')).pieces().replace('<wbr>', '')}</line>"
    )
    assert ["".join(part.itertext()) for part in root] == ["a", "=a−b", "=3"]


@pytest.mark.parametrize("derivative", FORMS, ids=lambda d: d.variant)
def test_pieces_lose_nothing_and_no_bracket_in_them_stretches(derivative):
    for steps in (derivative.steps, cost_steps(derivative)):
        names = INPUTS | {step.name: step.symbol for step in steps}
        for step in steps:
            formula = row(step.symbol, "=", step.write(*[names[n] for n in step.operands]))
            whole = ElementTree.fromstring(formula.document())
            assert "".join(pieces(formula)) == "".join(whole.itertext())
            brackets = [mo for mo in whole.iter("mo") if mo.text in tuple("()[]|")]
            assert all(mo.get("stretchy") == "false" for mo in brackets)


def test_the_stable_cost_explains_its_m_and_writes_a_size_with_bars():
    steps = {step.name: step for step in cost_steps(OutputDerivative("fused"))}
    miss = steps["miss"].write(number("−31.8"), number("1"))
    assert miss.text == "( 1 − 1 if −31.8 > 0 , else 1 )"
    assert steps["size"].write(A).text == absolute(A).text == "|a|"
    assert steps["linear"].symbol.text == "|h| m"

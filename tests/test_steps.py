"""Named steps: computed in order, in the format of their inputs, without touching what they get."""

import numpy as np
import pytest

from backprop import CLAMPS, FORMATS, OutputDerivative
from backprop.engine.costs import cost_steps
from backprop.engine.formula import symbol
from backprop.engine.operations import ADD, DIVIDE, MULTIPLY
from backprop.engine.steps import Step, evaluate, run

A, B, SUM = symbol("a"), symbol("b"), symbol("s")
STEPS = (
    Step("sum", SUM, ADD, ("a", "b")),
    Step("product", symbol("p"), MULTIPLY, ("sum", "a")),
)
FORMS = [OutputDerivative(name) for name in ("naive", "fused", "split", "quadratic")] + [
    OutputDerivative("clamped", 1e-7, clamp) for clamp in CLAMPS
]


def test_each_step_sees_the_inputs_and_the_steps_before_it():
    inputs = {"a": np.array([2.0]), "b": np.array([3.0])}
    values = run(STEPS, inputs)
    assert list(values) == ["a", "b", "sum", "product"] and values["product"] == 10
    assert list(inputs) == ["a", "b"]
    symbols = {"a": A, "b": B} | {step.name: step.symbol for step in STEPS}
    written = [step.write(*map(symbols.__getitem__, step.operands)).text for step in STEPS]
    assert written == ["a + b", "s × a"]


def test_run_keeps_quiet_where_the_arithmetic_is_wrong_on_purpose_and_evaluate_warns():
    divide = (Step("quotient", symbol("q"), DIVIDE, ("a", "b")),)
    inputs = {"a": np.array([0.0, 1.0]), "b": np.zeros(2)}
    values = run(divide, inputs)["quotient"]
    assert np.isnan(values[0]) and np.isinf(values[1])
    with pytest.warns(RuntimeWarning, match="encountered"):
        evaluate(divide, inputs)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("derivative", FORMS, ids=lambda d: d.variant)
def test_every_step_rounds_at_once_to_the_format_of_its_inputs(derivative, format_name):
    fmt = FORMATS[format_name]
    h, y = fmt.round([[-800.0, -3.0, 0.0, 0.1, 9.0, 800.0]]), fmt.round([[1, 0, 0.5, 1, 0, 1]])
    kept = h.copy(), y.copy()
    for steps in (derivative.steps, cost_steps(derivative)):
        for value in run(steps, derivative.inputs(h, y)).values():
            assert np.asarray(value).dtype == fmt.dtype
    assert np.array_equal(h, kept[0]) and np.array_equal(y, kept[1])


@pytest.mark.parametrize("derivative", FORMS, ids=lambda d: d.variant)
def test_names_are_unique_and_operands_are_known_before_they_are_used(derivative):
    for steps, goal in ((derivative.steps, "delta"), (cost_steps(derivative), "cost")):
        known = {"h", "y", "epsilon"}
        for step in steps:
            assert set(step.operands) <= known and step.name not in known
            known.add(step.name)
        assert steps[-1].name == goal

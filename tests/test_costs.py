"""The costs against mpmath: the stable one everywhere, the displayed ones as wrong as they are."""

import mpmath
import numpy as np
import pytest

from backprop import FORMATS, OutputDerivative
from backprop.engine.costs import averaged, cost_steps, displayed_cost, true_cost
from backprop.engine.steps import run

mp = mpmath.mp.clone()
mp.dps = 60


def true_of(h, y):
    h, y = mp.mpf(float(h)), mp.mpf(float(y))
    with mp.workdps(500):  # 1 − σ of 1000 begins at the 435th decimal
        return y * mp.log1p(mp.exp(-h)) + (1 - y) * mp.log1p(mp.exp(h))


def shown(derivative, h, y, format_name="float64", **options):
    fmt = FORMATS[format_name]
    cost = displayed_cost(OutputDerivative(derivative, **options),
                          fmt.round([[h]]), fmt.round([[y]]))  # fmt: skip
    assert cost.dtype == fmt.dtype and cost.shape == ()
    return float(cost)


@pytest.mark.parametrize("y", [0.0, 1.0, 0.5, 0.05, 0.95, 1e-12])
def test_the_stable_cost_is_within_4_ulp_everywhere_soft_labels_included(y):
    rng = np.random.default_rng(3)
    h = np.concatenate(
        [
            rng.uniform(-1000, 1000, 150),
            rng.uniform(-40, 40, 150),
            [0.0, 36.7368, -36.7368, 709.78, -709.79, -745.2, 1000.0, -1000.0],
        ]
    )
    steps = cost_steps(OutputDerivative("split"))
    got = run(steps, {"h": h, "y": np.full_like(h, y)})["cost"]
    assert np.isfinite(got).all()
    for x, value in zip(h, got, strict=True):
        true = true_of(x, y)
        ulp = mp.mpf(FORMATS["float64"].ulp(float(true)))
        assert abs(mp.mpf(float(value)) - true) / ulp <= 4, (x, value)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(
    ("h", "y", "cost"),
    [(np.inf, 1.0, 0), (-np.inf, 0.0, 0), (np.inf, 0.0, np.inf), (-np.inf, 1.0, np.inf),
     (np.inf, 0.5, np.inf), (-np.inf, 0.5, np.inf)],
)  # fmt: skip
def test_the_stable_cost_has_its_limit_at_infinity(format_name, h, y, cost):
    assert shown("fused", h, y, format_name) == shown("split", h, y, format_name) == cost
    at, target = np.array([[h]]), np.array([[y]])
    assert true_cost(at, target) == cost


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_cost_as_written_is_nan_if_right_and_infinite_if_wrong_past_the_cliff(format_name):
    h = {"float64": 36.7369, "float32": 16.6356, "float16": 7.625, "bfloat16": 5.5625}[format_name]
    for name in ("naive", "clamped"):
        assert np.isnan(shown(name, h, 1.0, format_name))
        assert shown(name, h, 0.0, format_name) == np.inf
        near = 0.9 * h
        assert shown(name, near, 0.0, format_name) == pytest.approx(float(true_of(near, 0.0)), 0.2)


@pytest.mark.parametrize(
    ("clamp", "epsilon", "cost"),
    [("clip", 1e-7, 16.118), ("clip_both", 1e-7, 16.118), ("clip", 1e-3, 6.9078),
     ("floor", 1e-12, 100.0)],
)  # fmt: skip
def test_clipped_and_floored_costs_stop_growing_where_published(clamp, epsilon, cost):
    got = shown("clamped", 200.0, 0.0, clamp=clamp, epsilon=epsilon)
    assert got == pytest.approx(cost, rel=1e-4) and float(true_of(200.0, 0.0)) == 200
    assert shown("clamped", 2.0, 0.0, clamp=clamp, epsilon=epsilon) == pytest.approx(
        float(true_of(2.0, 0.0)), rel=1e-12
    )


def test_costs_are_summed_over_outputs_and_averaged_over_samples():
    h, y = np.array([[1.0, -2.0], [0.5, 3.0], [0.0, 1.0]]), np.array([[1, 0], [0.2, 1], [1, 0.0]])
    want = sum(true_of(a, b) for a, b in zip(h.ravel(), y.ravel(), strict=True)) / 3
    for name in ("naive", "fused", "split"):
        assert float(displayed_cost(OutputDerivative(name), h, y)) == pytest.approx(float(want))
    assert float(true_cost(h, y)) == pytest.approx(float(want), rel=1e-15)
    stacked = np.stack([h, h + 1])
    assert displayed_cost(OutputDerivative("split"), stacked, y).shape == (2,)


def test_sums_of_16_bit_costs_are_taken_wide_and_rounded_once():
    ones = FORMATS["bfloat16"].round(np.ones((4096, 1)))
    assert float(averaged(ones)) == 1
    halves = FORMATS["float16"].round(np.full((3, 30000), 2.0))  # the sum is beyond float16
    assert float(averaged(halves)) == 60000


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("name", ["naive", "clamped", "fused", "split", "quadratic"])
def test_every_step_of_a_cost_keeps_the_format(format_name, name):
    fmt, derivative = FORMATS[format_name], OutputDerivative(name)
    values = run(cost_steps(derivative), derivative.inputs(fmt.round([0.5]), fmt.round([1.0])))
    assert {np.asarray(value).dtype for value in values.values()} == {fmt.dtype}


def test_the_true_cost_is_computed_in_float64_whatever_the_format():
    h, y = FORMATS["float16"].round([[9.0]]), FORMATS["float16"].round([[1.0]])
    assert float(true_cost(h, y)) == pytest.approx(float(true_of(9.0, 1.0)), rel=1e-15)

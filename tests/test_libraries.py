"""Each library's formula against a transcription for single Python floats, and against what the
libraries themselves gave when they were measured (Keras, Optax, PyTorch, scikit-learn, in float64,
on hard labels)."""

import math
from decimal import Decimal

import mpmath
import numpy as np
import pytest

from backprop.engine.truth import error_of
from backprop.microscope.libraries import LIBRARIES, outcomes

mp = mpmath.mp.clone()
mp.dps = 60
(TORCH, LOGITS, KERAS, TENSORFLOW, OPTAX, SKLEARN, PAIR, XGBOOST, AUTODIFF,
 SPELLED) = LIBRARIES  # fmt: skip


def exp(x):
    return math.exp(x) if x < 709.7 else math.inf


def log(x):
    return math.log(x) if x > 0 else -math.inf


def over(a, b):
    return a / b if b else (math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a))


def flushed(x):
    return 0.0 if abs(x) < 2.2250738585072014e-308 else x


def softplus(x):
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def transcribed(name, h, y):
    z, e = 1 / (1 + exp(-h)), math.exp(-abs(h))
    c = min(max(z, 1e-7), 1 - 1e-7)
    if name == TORCH:
        log_complement = math.log1p(-z) if z < 1 else -math.inf
        cost = (y - 1) * max(log_complement, -100) - y * max(log(z), -100)
        return (z - y) / max((1 - z) * z, np.float32(1e-12).item()) * (1 - z) * z, cost
    if name == LOGITS:
        return z - y, (1 - y) * h - (min(h, 0) - math.log1p(e))
    if name == KERAS:
        slope = ((1 - y) / (1 - c) - y / c) if c == z else 0.0
        return slope * z * (1 - z), -(y * math.log(c) + (1 - y) * math.log(1 - c))
    if name == TENSORFLOW:
        e = flushed(e)
        delta = (1 - y) - e / (1 + e) if h >= 0 else (0 - y) + e / (1 + e)
        return delta, max(h, 0) - h * y + math.log1p(e)
    if name == OPTAX:
        up, down = flushed(softplus(h)), flushed(softplus(-h))
        delta = (1 - y) * flushed(math.exp(h - up)) - y * flushed(math.exp(-h - down))
        return delta, y * down + (1 - y) * up
    if name == SKLEARN:
        delta = ((1 - y) - y * exp(-h)) / (1 + exp(-h)) if h > -37 else math.exp(h) - y
        cut = (
            math.exp(h) if h <= -37 else math.log1p(math.exp(h)) if h <= -2
            else math.log(1 + math.exp(h)) if h <= 18 else h + math.exp(-h) if h <= 33.3 else h
        )  # fmt: skip
        return delta, cut - y * h
    if name == PAIR:
        linear = (1 - y) * h
        pair = math.log1p(exp(-h)) + linear if -2 < h <= 18 else exp(-h) + linear
        return transcribed(SKLEARN, h, y)[0], transcribed(SKLEARN, h, y)[1] if h <= -2 else pair
    if name == XGBOOST:
        with np.errstate(all="ignore"):
            f = np.float32
            return f(1) / (np.exp(min(f(-h), f(88.7))) + f(1) + f(1e-16)) - f(y), None
    quotient = over(1 - y, 1 - z) - over(y, z)
    if name == SPELLED:
        grown = flushed(exp(-h))
        delta = quotient * (1 / ((1 + grown) * (1 + grown))) * grown
    else:
        assert name == AUTODIFF
        delta = quotient * (z * (1 - z))
    return delta, -y * log(z) - (1 - y) * log(1 - z)


def close(got, want):
    if math.isnan(want) or math.isinf(want):
        return str(float(got)) == str(float(want))
    return abs(float(got) - want) <= 8e-16 * max(abs(want), 1e-300)


@pytest.mark.parametrize("name", LIBRARIES)
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_each_formula_is_as_transcribed(name, y):
    places = [-800.0, -740.0, -600.0, -40.0, -37.0, -20.0, -3.0, 0.0, 0.7, 17.0, 25.0, 36.0, 40.0,
              710.0]  # fmt: skip
    for h in places:
        delta, cost = outcomes(np.array([h]), np.array([y]))[name]
        want_delta, want_cost = transcribed(name, h, y)
        slack = 2e-6 if name == XGBOOST else 1
        if slack == 1:
            assert close(delta[0], want_delta), (h, delta[0], want_delta)
        else:
            assert float(delta[0]) == pytest.approx(float(want_delta), rel=slack)
        assert (cost is None) == (want_cost is None)
        if cost is not None:
            assert close(cost[0], want_cost), (h, cost[0], want_cost)


@pytest.fixture(scope="module")
def sweep():
    rng = np.random.default_rng(0)
    h = np.concatenate([rng.uniform(-700, 700, 500), rng.uniform(-40, 40, 1500)])
    return h


def true_delta(h, y):
    true = 1 / (1 + mp.exp(-mp.mpf(h))) if y == 0 else -1 / (1 + mp.exp(mp.mpf(h)))
    return Decimal(mp.nstr(true, 60))


def worst(sweep, name):
    ulps = [
        error_of(value, true_delta(float(x), y)).ulps
        for y in (0.0, 1.0)
        for x, value in zip(sweep, outcomes(sweep, np.full_like(sweep, y))[name][0], strict=True)
    ]
    return np.array(ulps)


@pytest.mark.parametrize(("name", "low", "high"), [(TENSORFLOW, 1, 4), (SKLEARN, 1, 4),
                                                   (OPTAX, 15, 40)])  # fmt: skip
def test_the_good_ones_are_as_good_as_measured(sweep, name, low, high):
    ulps = worst(sweep, name)
    assert np.isfinite(ulps).all() and low < ulps.max() < high  # measured: 2.3, 2.4 and 32


@pytest.mark.parametrize("name", [LOGITS, TORCH, KERAS])
def test_the_others_can_lose_every_digit_but_never_become_nan(sweep, name):
    ulps = worst(sweep, name)
    assert np.isfinite(ulps).all() and ulps.max() > 1e15


def test_bceloss_is_dying_beyond_27_6_and_keras_probabilities_are_dead_beyond_16_12():
    at = np.array([16.0, 16.13, 27.0, 30.0, 37.0])
    got = outcomes(at, np.zeros(5))
    assert got[KERAS][0][0] == pytest.approx(1) and (got[KERAS][0][1:] == 0).all()
    torch = got[TORCH][0]
    assert torch[2] > 0.99 and torch[3] < 0.1 and torch[4] == 0


def test_displayed_costs_are_as_measured():
    got = outcomes(np.array([40.0, -40.0]), np.zeros(2))
    assert got[KERAS][1][0] == pytest.approx(16.118095651484676)
    assert got[TORCH][1][0] == 100
    assert np.isinf(got[AUTODIFF][1][0])
    for name in (LOGITS, SKLEARN, TENSORFLOW, OPTAX):
        assert got[name][1][0] == pytest.approx(40.0)
    assert got[LOGITS][1][1] == 0  # true: 4.2e-18
    for name in (TENSORFLOW, OPTAX, SKLEARN):
        assert got[name][1][1] == pytest.approx(4.248354255291589e-18, rel=1e-14)
    right = outcomes(np.array([40.0]), np.ones(1))
    assert right[SKLEARN][1][0] == 0 and right[LOGITS][1][0] == pytest.approx(4.2e-18, rel=0.02)


def test_autodiff_of_the_textbook_cost_is_nan_past_both_cliffs():
    past = outcomes(np.array([36.74, 36.74, -745.2]), np.array([0.0, 1.0, 1.0]))
    assert np.isnan(past[AUTODIFF][0]).all()


def test_sigma_spelled_out_breaks_elsewhere_than_sigma_as_one_operation():
    at = outcomes(np.array([40.0, -705.0, 30.0]), np.array([0.0, 1.0, 0.0]))
    assert np.isposinf(at[SPELLED][0][0]) and np.isnan(at[AUTODIFF][0][0])
    assert str(at[SPELLED][0][1]) == "-0.0" and at[AUTODIFF][0][1] == pytest.approx(-1)
    assert abs(at[SPELLED][0][2] - 1) > 1e-3 and abs(at[AUTODIFF][0][2] - 1) < 1e-12


def test_scikit_learns_loss_gradient_is_right_where_its_loss_cancels():
    h = np.array([20.0, 30.0, 40.0, 700.0])
    at = outcomes(h, np.ones(4))
    true = np.array([float(mp.log1p(mp.exp(-mp.mpf(x)))) for x in h])
    np.testing.assert_allclose(at[PAIR][1], true, rtol=2e-9)
    assert (at[SKLEARN][1][2:] == 0).all()


def test_the_floor_of_bceloss_is_a_float32_number_in_float64_too():
    h = np.array([30.0])
    z = 1 / (1 + math.exp(-30.0))
    (delta,) = outcomes(h, np.zeros(1))[TORCH][0]
    assert delta == pytest.approx(z * (1 - z) * z / 9.999999960041972e-13, rel=1e-14)


def test_a_tie_with_the_bound_of_keras_counts_half_in_float32():
    h = np.array([15.5, 15.6, 16.6, 16.7], np.float32)
    np.testing.assert_allclose(outcomes(h, 0 * h)[KERAS][0], [1, 0.5, 0.5, 0], rtol=1e-6)


def test_jax_and_tensorflow_take_subnormal_numbers_for_zero():
    low = outcomes(np.array([-88.0], np.float32), np.array([0.0], np.float32))
    assert low[LOGITS][0][0] > 0
    assert low[OPTAX][0][0] == low[TENSORFLOW][0][0] == 0 and np.isnan(low[AUTODIFF][0][0])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_outcomes_keep_the_format(dtype):
    for delta, cost in outcomes(np.array([3.0], dtype), np.array([1.0], dtype)).values():
        assert delta.dtype == dtype and (cost is None or cost.dtype == dtype)


def test_16_bit_formats_are_refused_in_words():
    with pytest.raises(ValueError, match="float32"):
        outcomes(np.array([3.0], np.float16), np.array([1.0], np.float16))

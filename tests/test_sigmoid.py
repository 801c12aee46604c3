"""σ, its mirror image and the hidden slopes against mpmath, far into the tails, in each format."""

import mpmath
import numpy as np
import pytest

from backprop import FORMATS
from backprop.engine.activations import ACTIVATIONS
from backprop.engine.sigmoid import (
    mirror,
    relu_and_slope,
    sigmoid,
    sigmoid_and_slope,
    tanh_and_slope,
    textbook,
)

mp = mpmath.mp.clone()
mp.dps = 40
ALLOWED = {"float64": 4, "float32": 4, "float16": 3, "bfloat16": 3}
REACH = {"float64": 760.0, "float32": 110.0, "float16": 20.0, "bfloat16": 100.0}


def points(format_name):
    fmt, reach = FORMATS[format_name], REACH[format_name]
    rng = np.random.default_rng(7)
    near = np.array([0.0, 1e-3, 5.5625, 7.625, 16.6355, 36.7368, 88.72, 709.78])
    near = near[near < reach]
    h = np.concatenate([rng.uniform(0, reach, 150), rng.uniform(0, reach / 15, 150), near])
    return fmt.round(np.concatenate([h, -h]))


def worst_ulps(format_name, got, true):
    fmt = FORMATS[format_name]
    assert got.dtype == fmt.dtype and np.isfinite(got).all()
    return max(
        float(abs(mp.mpf(float(value)) - want) / mp.mpf(fmt.ulp(float(want))))
        for value, want in zip(got, true, strict=True)
    )


@pytest.mark.parametrize("format_name", FORMATS)
def test_sigma_its_mirror_and_its_slope_keep_their_digits_into_the_tails(format_name):
    h = points(format_name)
    exact = [mp.mpf(float(x)) for x in h]
    z = [1 / (1 + mp.exp(-x)) for x in exact]
    mirrored = [1 / (1 + mp.exp(x)) for x in exact]
    slope = [mp.exp(-abs(x)) / (1 + mp.exp(-abs(x))) ** 2 for x in exact]
    assert worst_ulps(format_name, sigmoid(h), z) <= ALLOWED[format_name]
    assert worst_ulps(format_name, mirror(h), mirrored) <= ALLOWED[format_name]
    both = sigmoid_and_slope(h)
    assert worst_ulps(format_name, both[0], z) <= ALLOWED[format_name]
    assert worst_ulps(format_name, both[1], slope) <= ALLOWED[format_name]


@pytest.mark.parametrize("format_name", FORMATS)
def test_tanh_and_its_slope_keep_their_digits_into_the_tails(format_name):
    h = points(format_name) / FORMATS[format_name].dtype.type(2)
    exact = [mp.mpf(float(x)) for x in h]
    z, slope = tanh_and_slope(h)
    assert worst_ulps(format_name, z, [mp.tanh(x) for x in exact]) <= ALLOWED[format_name]
    assert worst_ulps(format_name, slope, [mp.sech(x) ** 2 for x in exact]) <= ALLOWED[format_name]


@pytest.mark.parametrize("format_name", FORMATS)
def test_one_minus_z_has_lost_what_the_mirror_keeps(format_name):
    fmt = FORMATS[format_name]
    h = fmt.round({"float64": 37.0, "float32": 17.0, "float16": 8.0, "bfloat16": 6.0}[format_name])
    assert 1 - sigmoid(h) == 0 and sigmoid(h) * (1 - sigmoid(h)) == 0
    assert mirror(h) > 0 and sigmoid_and_slope(h)[1] > 0


@pytest.mark.parametrize(
    ("format_name", "last", "first"),
    [("float64", -709.78, -709.79), ("float32", -88.72, -88.73), ("float16", -11.086, -11.094),
     ("bfloat16", -88.5, -89.0)],
)  # fmt: skip
def test_the_textbook_form_is_0_where_exp_overflows_and_the_stable_one_is_not(
    format_name, last, first
):
    fmt = FORMATS[format_name]
    with np.errstate(over="ignore"):
        assert textbook(fmt.round(last)) > 0 and textbook(fmt.round(first)) == 0
    assert sigmoid(fmt.round(first)) > 0


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_infinities_are_in_the_domain(format_name):
    h = FORMATS[format_name].round([np.inf, -np.inf])
    with np.errstate(all="ignore"):
        for name, (ends, slopes) in {
            "sigmoid": ([1, 0], [0, 0]), "tanh": ([1, -1], [0, 0]), "relu": ([np.inf, 0], [1, 0]),
        }.items():  # fmt: skip
            z, slope = ACTIVATIONS[name].compute(h)
            assert z.dtype == slope.dtype == h.dtype
            assert np.array_equal(z.astype(float), ends)
            assert np.array_equal(slope.astype(float), slopes)
        assert np.array_equal(mirror(h).astype(float), [0, 1])
        assert np.array_equal(textbook(h).astype(float), [1, 0])


def test_relu_is_flat_at_0_by_convention():
    z, slope = relu_and_slope(np.array([-0.0, 0.0, 5e-324, -1.0, 2.0]))
    assert np.array_equal(z, [0, 0, 5e-324, 0, 2]) and np.array_equal(slope, [0, 0, 1, 0, 1])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_nan_is_passed_on_and_not_hidden(name):
    if name == "relu":
        assert np.isnan(ACTIVATIONS[name].compute(np.array([np.nan]))[0]).all()
    else:
        assert all(np.isnan(a).all() for a in ACTIVATIONS[name].compute(np.array([np.nan])))

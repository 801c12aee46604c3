"""exp, log, log1p and tanh of our own against mpmath, at their edges, and in the programs."""

import mpmath
import numpy as np
import pytest

from backprop import FORMATS
from backprop.engine.elementary import exp, expm1, log, log1p, tanh, tanh_and_exp
from backprop.programs import functions

mp = mpmath.mp.clone()
mp.dps = 60
RNG = np.random.default_rng(20)
EDGES = np.array([5e-324, 2.3e-308, 1e-300, 2.0**-54, 2.0**-29, 1e-8, 0.3, 0.34657, 0.34658, 0.5,
                  0.7071067811865475, 0.7071067811865476, 0.999999, 1.0, 1.0000001, 1.41421356,
                  2.0, 18.7, 19.1, 22.0, 36.7368])  # fmt: skip
SMALL = 10.0 ** RNG.uniform(-320, 0, 700)
POINTS = {
    exp: np.concatenate([RNG.uniform(-745.2, 709.78, 1500), RNG.normal(0, 3, 1500), SMALL, -SMALL,
                         EDGES, -EDGES, [709.782712893384, -708.4, -744.5, -745.1332191019411]]),
    log: np.concatenate([10.0 ** RNG.uniform(-323, 308, 1500), RNG.uniform(0.5, 2, 1500), EDGES,
                         [1.7976931348623157e308]]),
    log1p: np.concatenate([RNG.uniform(0, 1, 1500), np.exp(-RNG.uniform(0, 745, 1000)), EDGES,
                           10.0 ** RNG.uniform(-5, 308, 500), RNG.uniform(-1, 0, 500), -SMALL]),
    expm1: np.concatenate([RNG.uniform(-3, 3, 2000), RNG.uniform(-60, 60, 1000), SMALL, -SMALL,
                           EDGES, -EDGES, [709.7, -1e4]]),
    tanh: np.concatenate([RNG.uniform(-1.3, 1.3, 2000), RNG.uniform(-25, 25, 1000), SMALL, EDGES,
                          -EDGES]),
}  # fmt: skip
TRUE = {exp: mp.exp, expm1: mp.expm1, log: mp.log, log1p: mp.log1p, tanh: mp.tanh}
ALLOWED = {exp: 0.9, expm1: 1.3, log: 0.9, log1p: 0.9, tanh: 1.2}
NAMES = [function.__name__ for function in POINTS]


def ulps_off(format_name, got, true):
    fmt = FORMATS[format_name]
    return max(
        float(abs(mp.mpf(float(value)) - want) / mp.mpf(fmt.ulp(float(want))))
        for value, want in zip(got, true, strict=True)
    )


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("function", POINTS, ids=NAMES)
def test_the_functions_have_the_digits_that_they_promise(function, format_name):
    fmt = FORMATS[format_name]
    x = POINTS[function]
    if format_name != "float64":
        limit = float(np.log(fmt.max)) if function in (exp, expm1) else fmt.max
        x = x[(np.abs(x) < limit) & (np.abs(x) < fmt.max)][::3]
        x = fmt.round(x)
        if function in (log, log1p):
            x = x[x.astype(float) > (0 if function is log else -1)]
    got = function(x)
    assert got.dtype == fmt.dtype and np.isfinite(got).all()
    # bfloat16 is rounded to by way of float32, which adds 2⁻¹⁶ of a unit.
    allowed = ALLOWED[function] if format_name == "float64" else 0.51
    assert ulps_off(format_name, got, [TRUE[function](mp.mpf(float(v))) for v in x]) <= allowed


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(
    ("function", "x", "want"),
    [(exp, [0.0, -0.0, np.inf, -np.inf, 800, -800], [1, 1, np.inf, 0, np.inf, 0]),
     (log, [1.0, 0.0, -0.0, np.inf, -1, -np.inf], [0, -np.inf, -np.inf, np.inf, np.nan, np.nan]),
     (log1p, [0.0, -0.0, np.inf, -1, -1.5, -np.inf],
      [0.0, -0.0, np.inf, -np.inf, np.nan, np.nan]),
     (expm1, [0.0, -0.0, np.inf, -np.inf, 800, -800], [0.0, -0.0, np.inf, -1, np.inf, -1]),
     (tanh, [0.0, -0.0, np.inf, -np.inf, 50, -50], [0.0, -0.0, 1, -1, 1, -1])],
    ids=["exp", "log", "log1p", "expm1", "tanh"],
)  # fmt: skip
def test_special_values_are_exact_and_silent(function, x, want, format_name):
    got = function(FORMATS[format_name].round([*x, np.nan]))  # warnings are errors here
    want = np.array([*want, np.nan])
    assert np.array_equal(got.astype(float), want, equal_nan=True)
    finite = ~np.isnan(want)
    assert np.array_equal(np.signbit(got.astype(float)[finite]), np.signbit(want[finite]))


def test_exp_leaves_float64_at_its_thresholds_and_not_before():
    up, down = 709.782712893384, -745.1332191019411  # e_exp.c: o_threshold and u_threshold
    assert np.isfinite(exp(np.array(up))) and np.isinf(exp(np.array(np.nextafter(up, 800))))
    assert exp(np.array(down)) == 5e-324 and exp(np.array(down - 1e-12)) == 0


def test_tanh_is_odd_and_comes_with_its_exponential():
    x = POINTS[tanh]
    assert np.array_equal(tanh(-x), -tanh(x))
    assert np.array_equal(tanh_and_exp(x)[1], exp(-2 * np.abs(x)))


@pytest.mark.parametrize("function", POINTS, ids=NAMES)
def test_a_number_has_the_same_bits_alone_as_among_many_and_in_any_shape(function):
    x = np.resize(POINTS[function], 20_000)
    many = function(x)
    assert np.array_equal(many.reshape(100, -1), function(x.reshape(100, -1)))
    assert np.array_equal(many[:40], [function(v)[()] for v in x[:40]])
    assert function(x[:0]).shape == (0,)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("function", POINTS, ids=NAMES)
def test_the_function_that_a_program_carries_has_the_same_bits(function, format_name):
    name = function.__name__
    room = {"np": np, "F": FORMATS[format_name].dtype.type}
    for text in functions.functions([f"{name}(x)"]):
        exec(text, room)
    with np.errstate(all="ignore"):
        x = FORMATS[format_name].round([*POINTS[function], 0.0, -0.0, np.inf, np.nan])
        x = x[~((x < 0) | (x > 1))] if function is log1p else x
        x = x[~(x > 0)] if function is expm1 else x
        assert np.array_equal(room[name](x), function(x), equal_nan=True)

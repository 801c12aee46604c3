"""The truth about named steps is mpmath's, and its errors are counted as the format counts."""

import math

import mpmath
import numpy as np
import pytest

from backprop.arithmetic import FORMATS
from backprop.derivatives import OutputDerivative
from backprop.truth import digits_of, error_of, precise, true_values


@pytest.mark.parametrize("h", [-1000.0, -100.5, -37.0, -0.3, 0.0, 2.0, 36.75, 710.0, 1000.0])
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("name", ["naive", "fused", "split"])
def test_true_values_are_those_of_mpmath_with_more_digits(h, y, name):
    found = true_values(OutputDerivative(name).steps, {"h": h, "y": y})
    with mpmath.workdps(1100):
        delta = 1 / (1 + mpmath.exp(-mpmath.mpf(h))) - mpmath.mpf(y)
        assert abs(mpmath.mpf(str(found["delta"])) - delta) <= mpmath.mpf(10) ** -49 * abs(delta)


def test_the_numbers_of_mpmath_itself_are_left_alone():
    true_values(OutputDerivative("split").steps, {"h": 2.0, "y": 1.0})
    assert mpmath.mpf(12).man_exp == (3, 2) and mpmath.mpf(12).exp == 2


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("true", [1.0, 1.5, 0.25, -3.0])
def test_a_neighbour_of_the_true_value_is_one_ulp_off(name, true):
    made = FORMATS[name]
    ulp = 2.0 ** (math.frexp(abs(true))[1] - made.precision)
    value = made.round(true + ulp)[()]
    assert error_of(value, precise(true)).ulps == 1
    assert error_of(value, precise(true)).relative == pytest.approx(ulp / abs(true))
    assert error_of(made.round(true)[()], precise(true)).ulps == 0


def test_nan_and_infinity_are_off_by_nan_and_infinity():
    assert math.isnan(error_of(np.float64("nan"), precise(1)).ulps)
    assert error_of(np.float64("-inf"), precise(1)).relative == math.inf
    assert error_of(np.float64(1e-300), precise(0)).relative == math.inf


def test_a_true_value_beyond_every_float_is_written_in_full():
    assert digits_of(precise(1) / precise(10) ** 999, 3) == "1.0e-999"

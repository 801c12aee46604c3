"""True values of named steps are those of mpmath; errors are counted as the format counts."""

import math
from decimal import Decimal

import mpmath
import numpy as np
import pytest

from backprop.engine.arithmetic import FORMATS
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.truth import digits_of, error_of, true_values


@pytest.mark.parametrize("h", [-1000.0, -100.5, -37.0, -0.3, 0.0, 2.0, 36.75, 710.0, 1000.0])
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("name", ["naive", "fused", "split"])
def test_true_values_are_those_of_mpmath_with_more_digits(h, y, name):
    found = true_values(OutputDerivative(name).steps, {"h": h, "y": y})
    with mpmath.workdps(1100):
        delta = 1 / (1 + mpmath.exp(-mpmath.mpf(h))) - mpmath.mpf(y)
        assert abs(mpmath.mpf(str(found["delta"])) - delta) <= mpmath.mpf(10) ** -49 * abs(delta)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("true", [1.0, 1.5, 0.25, -3.0])
def test_a_neighbour_of_the_true_value_is_one_ulp_off(name, true):
    fmt = FORMATS[name]
    ulp = 2.0 ** (math.frexp(abs(true))[1] - fmt.precision)
    value = fmt.round(true + ulp)[()]
    assert error_of(value, Decimal(true)).ulps == 1
    assert error_of(value, Decimal(true)).relative == pytest.approx(ulp / abs(true))
    assert error_of(fmt.round(true)[()], Decimal(true)).ulps == 0


def test_nan_and_infinity_are_off_by_nan_and_infinity():
    assert math.isnan(error_of(np.float64("nan"), Decimal(1)).ulps)
    assert error_of(np.float64("-inf"), Decimal(1)).relative == math.inf
    assert error_of(np.float64(1e-300), Decimal(0)).relative == math.inf


def test_a_true_value_beyond_every_float_is_written_in_full():
    assert digits_of(Decimal(1) / Decimal(10) ** 999, 3) == "1.0e-999"


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("h", [40.0, 60.0, 100.0, 300.0, 1000.0])
def test_a_true_value_next_to_one_is_not_written_as_one(h, sign):
    true = true_values(OutputDerivative("fused").steps, {"h": h, "y": 0.0})["delta"]
    true = true.copy_sign(Decimal(sign))
    near, gap = digits_of(true, 17).rsplit(" ", 1)
    assert near == ("1 -" if sign > 0 else "-1 +")
    with mpmath.workdps(600):
        exact_gap = 1 - 1 / (1 + mpmath.exp(-h))
        assert abs(mpmath.mpf(gap) - exact_gap) < 0.06 * exact_gap


def test_an_exact_value_is_written_as_it_is_and_a_long_one_with_its_digits():
    for text in ("1.0", "-1.0", "0.5", "0.0", "0.125", "-0.3"):
        assert digits_of(Decimal(text), 17) == text
    assert digits_of(Decimal("0e-999999999"), 17) == digits_of(Decimal("-0e9"), 17) == "0.0"
    assert digits_of(Decimal("-1.5e-999999999999"), 17) == "-1.5e-999999999999"
    assert digits_of(Decimal("0.30000000000000000003"), 17) == "0.3 + 3e-20"
    assert digits_of(Decimal("0.33333333333333333333"), 17) == "0.33333333333333333"
    assert digits_of(Decimal("0.99999999999999987"), 17) == "0.99999999999999987"
    inside = true_values(OutputDerivative("clamped", 1e-7, "clip").steps,
                         {"h": 2.0, "y": 1.0, "epsilon": 1e-7})["clip_slope"]  # fmt: skip
    assert digits_of(inside, 17) == "1.0"
    assert digits_of(Decimal("-inf"), 17) == "-inf"

"""Number formats against published constants; constants and sums that must not promote."""

import ml_dtypes
import numpy as np
import pytest

from backprop import FORMATS
from backprop.engine.arithmetic import constant, format_of, full_digits, one, wide
from backprop.engine.sums import product

PUBLISHED = {  # precision, largest, smallest normal, smallest: IEEE 754 and the bfloat16 paper
    "float64": (53, 1.7976931348623157e308, 2.2250738585072014e-308, 5e-324),
    "float32": (24, 3.4028234663852886e38, 1.1754943508222875e-38, 1.401298464324817e-45),
    "float16": (11, 65504.0, 6.103515625e-05, 5.960464477539063e-08),
    "bfloat16": (8, 3.3895313892515355e38, 1.1754943508222875e-38, 9.183549615799121e-41),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_its_published_limits(name):
    fmt = FORMATS[name]
    assert (fmt.precision, fmt.max, fmt.tiny, fmt.smallest) == PUBLISHED[name]


@pytest.mark.parametrize("name", FORMATS)
def test_an_ulp_is_the_step_to_the_next_number(name):
    fmt = FORMATS[name]
    rng = np.random.default_rng(0)
    for x in [1.0, 1.5, 2.0, 0.1, 300.0, fmt.tiny, fmt.tiny / 4, *rng.lognormal(0, 3, 50)]:
        number = fmt.round(x)
        up = np.nextafter(number, fmt.round(np.inf))
        assert fmt.ulp(float(number)) == float(up) - float(number)
        assert fmt.ulp(-float(number)) == fmt.ulp(float(number))
    assert fmt.ulp(0.0) == fmt.smallest and np.isfinite(fmt.ulp(np.inf))


@pytest.mark.parametrize("name", FORMATS)
def test_constants_and_ones_do_not_promote(name):
    a = FORMATS[name].round([0.5, 2.0])
    for scalar in (constant(0.3, a), one(a)):
        for result in (a * scalar, scalar - a, np.maximum(a, scalar), scalar / a):
            assert result.dtype == a.dtype
    assert float(one(a)) == 1 and float(constant(0.3, a)) == float(FORMATS[name].round(0.3))


@pytest.mark.parametrize("name", FORMATS)
def test_products_keep_the_format_and_accumulate_wide(name):
    fmt = FORMATS[name]
    ones = fmt.round(np.ones((1, 4096)))
    assert product(ones, ones.T).dtype == fmt.dtype
    assert float(product(ones, ones.T)[0, 0]) == 4096  # in bfloat16 alone the sum stops at 256
    assert wide(ones).dtype == (np.float32 if fmt.precision < 24 else fmt.dtype)


@pytest.mark.parametrize("name", FORMATS)
def test_a_product_in_a_stack_has_the_bits_of_the_product_alone(name):
    fmt = FORMATS[name]
    rng = np.random.default_rng(1)
    for n, m, samples in [(1, 3, 4), (8, 9, 250), (4, 5, 7), (16, 17, 1)]:
        a, b = fmt.round(rng.normal(size=(5, n, m))), fmt.round(rng.normal(size=(5, m, samples)))
        stacked = product(a, b)
        for k in range(5):
            assert np.array_equal(stacked[k], product(a[k : k + 1], b[k : k + 1])[0])


@pytest.mark.parametrize("name", FORMATS)
def test_full_digits_read_back_as_the_same_number(name):
    fmt = FORMATS[name]
    numbers = fmt.round(np.random.default_rng(2).lognormal(0, 3, 200))
    for x in [*numbers, *(-numbers), fmt.round(fmt.tiny)[()], fmt.round(fmt.smallest)[()]]:
        assert fmt.round(float(full_digits(x))) == x
    special = [full_digits(fmt.round(v)[()]) for v in (np.nan, np.inf, -np.inf)]
    assert special == ["NaN", "Infinity", "-Infinity"]


def test_a_format_is_known_by_name_dtype_or_array():
    half = FORMATS["bfloat16"]
    for source in ("bfloat16", np.dtype(ml_dtypes.bfloat16), half.round([1.0]), half):
        assert format_of(source) is half


@pytest.mark.parametrize("wrong", ["float8", np.dtype(int), np.ones(2, complex), None])
def test_any_other_number_type_is_refused_in_words(wrong):
    with pytest.raises(ValueError, match="must be one of float64"):
        format_of(wrong)

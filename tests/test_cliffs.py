"""Every cliff where it was measured, and really the first float past the edge."""

import mpmath
import numpy as np
import pytest

from backprop import FORMATS, OutputDerivative
from backprop.engine.cliffs import cliffs, epsilon_cliff, saturation
from backprop.engine.sigmoid import sigmoid, textbook
from backprop.microscope.bits import next_down, next_up

MEASURED = {
    "z = 1": {"float64": 36.7368, "float32": 16.6355, "float16": 7.625, "bfloat16": 5.5625},
    "e⁻ʰ = ∞": {"float64": -709.78, "float32": -88.72, "float16": -11.09, "bfloat16": -89},
    "1/z = ∞": {"float64": -709.78, "float32": -88.72, "float16": -11.09, "bfloat16": -89},
    "z subnormal": {"float64": -708.40, "float32": -87.34, "float16": -9.71, "bfloat16": -87.5},
    "z = 0": {"float64": -745.13, "float32": -103.97, "float16": -17.34, "bfloat16": -93},
}
PAST = {
    "z = 1": lambda h: sigmoid(h) == 1 and 1 - sigmoid(h) == 0,
    "e⁻ʰ = ∞": lambda h: np.isinf(np.exp(-h)) and textbook(h) == 0,
    "1/z = ∞": lambda h: np.isinf(1 / sigmoid(h)),
    "z subnormal": lambda h: (
        float(sigmoid(h)) < float(np.finfo(np.float32).tiny)
        if h.dtype.itemsize != 8 and h.dtype != np.float16
        else float(sigmoid(h)) < float(np.finfo(h.dtype).tiny)
    ),
    "z = 0": lambda h: sigmoid(h) == 0,
}


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("name", MEASURED)
def test_the_cliffs_are_where_they_were_measured(format_name, name):
    found = {cliff.name: cliff for cliff in cliffs(FORMATS[format_name])}[name]
    assert found.h.dtype == FORMATS[format_name].dtype
    assert float(found.h) == pytest.approx(MEASURED[name][format_name], abs=0.01)


@pytest.mark.parametrize("format_name", FORMATS)
def test_each_cliff_is_the_first_number_past_it(format_name):
    for cliff in cliffs(FORMATS[format_name]):
        before = next_down(cliff.h) if cliff.h > 0 else next_up(cliff.h)
        with np.errstate(over="ignore", divide="ignore"):
            assert PAST[cliff.name](np.asarray(cliff.h)), cliff
            assert not PAST[cliff.name](np.asarray(before)), cliff


@pytest.mark.parametrize("format_name", FORMATS)
def test_cliffs_are_listed_from_left_to_right(format_name):
    places = [float(cliff.h) for cliff in cliffs(FORMATS[format_name])]
    assert places == sorted(places) and len(places) == len(MEASURED)


@pytest.mark.parametrize("format_name", ["float64", "float32"])
def test_z_saturates_where_the_exponential_falls_to_half_a_step_above_one(format_name):
    predicted = FORMATS[format_name].precision * mpmath.log(2)
    assert saturation(FORMATS[format_name]) == pytest.approx(float(predicted), rel=1e-7)


@pytest.mark.parametrize("epsilon", [1e-3, 1e-7, 1e-8, 1e-12])
def test_an_epsilon_in_the_denominator_halves_delta_at_its_logarithm(epsilon):
    derivative = OutputDerivative("clamped", epsilon, "denominator")
    found = epsilon_cliff(derivative, FORMATS["float64"])
    assert float(found.h) == pytest.approx(-np.log(epsilon), abs=2 * epsilon + 1e-3)


def test_a_clip_cuts_delta_off_at_16_12_and_clipping_both_factors_never_does():
    clip = OutputDerivative("clamped", 1e-7, "clip")
    assert float(epsilon_cliff(clip, FORMATS["float64"]).h) == pytest.approx(16.12, abs=0.01)
    both = OutputDerivative("clamped", 1e-7, "clip_both")
    assert epsilon_cliff(both, FORMATS["float64"]) is None


def test_the_floor_of_a_framework_halves_delta_at_half_its_size():
    floor = OutputDerivative("clamped", 1e-12, "floor")
    assert float(epsilon_cliff(floor, FORMATS["float64"]).h) == pytest.approx(
        np.log(2e12), abs=0.01
    )  # dying from 27.6 = ln(1e12) on


@pytest.mark.parametrize(
    ("format_name", "epsilon"), [("float32", 1e-8), ("float16", 1e-4), ("bfloat16", 1e-3)]
)
def test_an_epsilon_the_format_cannot_see_bites_where_z_saturates(format_name, epsilon):
    clip = OutputDerivative("clamped", epsilon, "clip_both")
    assert float(epsilon_cliff(clip, FORMATS[format_name]).h) == saturation(FORMATS[format_name])

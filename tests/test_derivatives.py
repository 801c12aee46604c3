"""Each derivative against 50 digits, and each broken one broken exactly where we say."""

import mpmath
import numpy as np
import pytest

from backprop import FORMATS, OutputDerivative
from backprop.engine.cliffs import saturation
from backprop.engine.formula import number

mp = mpmath.mp.clone()
mp.dps = 60
CLIFF = {"float64": 36.7368, "float32": 16.6355, "float16": 7.625, "bfloat16": 5.5625}


def true_delta(h, y):
    h = mp.mpf(float(h))
    return (1 - mp.mpf(y)) / (1 + mp.exp(-h)) - mp.mpf(y) / (1 + mp.exp(h))


def delta(derivative, h, y, format_name="float64", **options):
    fmt = FORMATS[format_name]
    value = OutputDerivative(derivative, **options).delta(
        fmt.round(np.atleast_1d(h)), fmt.round(np.full(np.shape(np.atleast_1d(h)), y))
    )
    assert value.dtype == fmt.dtype
    return value


@pytest.mark.parametrize("y", [0.0, 1.0])
@pytest.mark.parametrize(("format_name", "allowed"), [("float64", 4), ("float32", 5)])
def test_split_is_right_to_the_last_digits_everywhere(format_name, allowed, y):
    fmt = FORMATS[format_name]
    rng = np.random.default_rng(0)
    cliffs = np.array([CLIFF[format_name], 0.0, 709.78, 745.13, 88.72, 103.97])
    near = (cliffs[:, None] + np.linspace(-0.01, 0.01, 21)).ravel()
    h = fmt.round(np.concatenate([rng.uniform(-1000, 1000, 600), rng.uniform(-40, 40, 600),
                                  near, -near, [0.0, 1000.0, -1000.0]]))  # fmt: skip
    got = delta("split", h, y, format_name)
    assert np.isfinite(got).all()
    for x, value in zip(h, got, strict=True):
        true = true_delta(x, y)
        error = abs(mp.mpf(float(value)) - true) / mp.mpf(fmt.ulp(float(true)))
        assert error <= allowed, (float(x), float(value))


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("y", [0.0, 1.0, 0.5])
def test_naive_is_nan_from_the_cliff_on_and_finite_below_it(format_name, y):
    fmt = FORMATS[format_name]
    cliff = fmt.round(saturation(fmt))
    below = np.nextafter(cliff, fmt.round(0.0))
    assert np.isnan(delta("naive", cliff, y, format_name)).all()
    assert np.isfinite(delta("naive", below, y, format_name)).all()
    assert np.isfinite(delta("fused", cliff, y, format_name)).all()


@pytest.mark.parametrize(
    ("h", "y", "finite"),
    [(-709.0, 1.0, True), (-710.0, 1.0, False), (-709.0, 0.0, True), (-746.0, 0.0, False)],
)
def test_naive_survives_far_longer_on_the_other_side(h, y, finite):
    assert np.isfinite(delta("naive", h, y)).all() == finite


def test_naive_loses_its_digits_long_before_the_cliff():
    error = abs(mp.mpf(float(delta("naive", 30.0, 1.0)[0])) / true_delta(30.0, 1.0) - 1)
    assert 1e-5 < error < 1e-2


@pytest.mark.parametrize("clamp", ["denominator", "clip", "floor"])
def test_clamped_forgets_a_confident_mistake(clamp):
    assert delta("clamped", 40.0, 0.0, clamp=clamp)[0] == 0
    assert float(true_delta(40.0, 0.0)) == 1


def test_clipping_both_factors_remembers_it():
    assert delta("clamped", 40.0, 0.0, clamp="clip_both")[0] == pytest.approx(1, abs=1e-6)


def test_epsilon_in_the_denominator_halves_the_error_at_its_logarithm():
    h = np.log(1e8)
    got = delta("clamped", h, 0.0, clamp="denominator", epsilon=1e-8)[0]
    assert got == pytest.approx(0.5, rel=1e-3)


@pytest.mark.parametrize(
    ("format_name", "epsilon"), [("float32", 1e-8), ("float16", 1e-4), ("bfloat16", 1e-3)]
)
def test_an_epsilon_the_format_cannot_see_is_naive_again(format_name, epsilon):
    cliff = saturation(FORMATS[format_name])
    assert np.isnan(delta("clamped", cliff, 1.0, format_name, clamp="clip", epsilon=epsilon)).all()


@pytest.mark.parametrize("name", ["naive", "clamped", "fused", "split"])
def test_all_agree_where_the_network_is_unsure(name):
    for h in (-2.0, 0.1, 3.0):
        for y in (0.0, 0.3, 1.0):
            got = delta(name, h, y, epsilon=1e-12)[0]
            assert abs(mp.mpf(float(got)) - true_delta(h, y)) < 1e-10


def test_steps_are_listed_in_evaluation_order_with_their_formulas():
    naive = OutputDerivative("naive")
    assert [step.name for step in naive.steps] == [
        "z", "error", "complement", "width", "dJ_dz", "slope", "delta",
    ]  # fmt: skip
    quotient = naive.steps[4]
    assert "<mfrac>" in quotient.write(number("1"), number("2")).mathml
    values = naive.evaluate(np.array([[40.0]]), np.array([[0.0]]))
    assert np.isinf(values["dJ_dz"]).all()


@pytest.mark.parametrize(
    "wrong", [{"name": "magic"}, {"clamp": "magic"}, {"epsilon": 0.0}, {"epsilon": float("nan")}]
)
def test_unknown_names_and_epsilons_are_refused(wrong):
    with pytest.raises(ValueError, match="must"):
        OutputDerivative(**wrong)

"""What the microscope reads, against formulas of our own in 600 digits."""

import math
from decimal import Decimal

import mpmath
import numpy as np
import pytest

from backprop import CLAMPS, DERIVATIVES, FORMATS
from backprop.engine.cliffs import saturation
from backprop.engine.truth import error_of
from backprop.microscope import COSTS, look
from backprop.microscope.bits import bits_of, next_down, next_up

mp = mpmath.mp.clone()
mp.dps = 600
PLACES = [-1000.0, -745.2, -709.9, -17.5, 0.0, 0.3, 12.5, 36.75, 1000.0]


def formulas(h, y, epsilon, clamp):
    """Every term by name, of exact numbers; the clamped ones say so by a prefix of the clamp."""
    h, y, e = mp.mpf(float(h)), mp.mpf(float(y)), mp.mpf(float(epsilon))
    z = 1 / (1 + mp.exp(-h))
    w = z * (1 - z)
    c = min(max(z, e), 1 - e)
    plain = {"z": z, "error": z - y, "complement": 1 - z, "width": w, "slope": w}
    padded = {"denominator": w + e, "floor": max(w, e)}.get(clamp)
    clipped = {
        "clipped": c, "clipped_error": c - y, "clipped_complement": 1 - c,
        "clipped_width": c * (1 - c), "dJ_dz": (c - y) / (c * (1 - c)) if e else None,
    }  # fmt: skip
    inside = 1 if e <= z <= 1 - e else 0
    by_form = {
        "naive": plain | {"dJ_dz": (z - y) / w, "delta": z - y},
        "denominator": plain | {"padded": padded} | (
            {"dJ_dz": (z - y) / padded, "delta": (z - y) / padded * w} if padded else {}),
        "clip": plain | clipped | {"clip_slope": inside},
        "clip_both": clipped | {"z": z, "slope": c * (1 - c), "delta": c - y},
        "fused": {"z": z, "delta": z - y},
        "split": {"z": z, "mirrored": 1 - z, "pull_down": (1 - y) * z, "pull_up": y * (1 - z),
                  "delta": z - y},
    }  # fmt: skip
    if 0 < y < 1:
        d = h - mp.log(y / (1 - y))
        side = (1 - y) * z if d >= 0 else y * (1 - z)
        by_form["logit_difference"] = by_form["split"] | {
            "d": d, "pull": side, "share": (z - y) / side,
        }  # fmt: skip
    by_form["floor"] = by_form["denominator"]
    if e:
        through = clipped["dJ_dz"] * inside
        by_form["clip"] |= {"dJ_dz_through_clip": through, "delta": through * w}
    return by_form


@pytest.mark.parametrize("h", PLACES)
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("clamp", CLAMPS)
def test_the_true_value_of_every_term_is_its_formula_without_rounding(h, y, clamp):
    neuron = look(FORMATS["float64"], h, y, 1e-7, clamp)
    want = formulas(h, y, 1e-7, clamp)
    for name, form in neuron.deltas.items():
        terms = want[clamp if name == "clamped" else name]
        assert {r.name for r in form.readings} <= set(terms)
        for reading in form.readings:
            true, found = terms[reading.name], mp.mpf(str(reading.true))
            assert abs(found - true) <= mp.mpf(10) ** -50 * abs(true), reading.name


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("h", PLACES)
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_the_true_results_are_delta_and_j(format_name, h, y):
    neuron = look(FORMATS[format_name], h, y, 1e-7, "floor")
    at, target = mp.mpf(float(neuron.h)), mp.mpf(float(neuron.y))
    z = 1 / (1 + mp.exp(-at))
    cost = -target * mp.log(z) - (1 - target) * mp.log(1 - z)
    for form in neuron.deltas.values():
        assert abs(mp.mpf(str(form.true)) - (z - target)) <= mp.mpf(10) ** -45 * abs(z - target)
    for form in neuron.costs.values():
        assert abs(mp.mpf(str(form.true)) - cost) <= mp.mpf(10) ** -45 * abs(cost)


def test_the_numbers_at_h_40_and_y_1():
    deltas = look(FORMATS["float64"], 40.0, 1.0, 1e-7, "denominator").deltas
    assert math.isnan(deltas["naive"].result)
    quotient = next(r for r in deltas["naive"].readings if r.name == "dJ_dz")
    assert math.isnan(quotient.value)  # 0 / 0
    assert deltas["clamped"].result == 0 and deltas["fused"].result == 0
    assert deltas["split"].result == pytest.approx(-4.248354255291589e-18, rel=1e-15)
    assert [deltas[name].verdict for name in DERIVATIVES] == [
        "NaN", "lost digits", "lost digits", "right",
    ]  # fmt: skip


def test_a_confident_mistake_is_dead_under_the_clamp_and_right_without_it():
    deltas = look(FORMATS["float64"], 40.0, 0.0, 1e-7, "denominator").deltas
    assert [deltas[name].verdict for name in DERIVATIVES] == ["NaN", "dead", "right", "right"]


@pytest.mark.parametrize("format_name", FORMATS)
def test_z_is_1_and_its_complement_0_exactly_from_the_first_float_past_the_cliff(format_name):
    fmt = FORMATS[format_name]
    at = fmt.round(saturation(fmt))[()]
    below, here = (look(fmt, float(h), 1.0, 1e-7, "clip") for h in (next_down(at), at))
    assert (here.value("z"), here.value("complement")) == (1, 0)
    assert set(bits_of(here.value("complement")).all) == {"0"}
    assert below.value("z") < 1 and below.value("complement") > 0
    assert here.mirrored > 0  # σ(−h) keeps its bits


def test_36_7368005696771_is_one_float_below_the_cliff_or_past_it_as_typed():
    fmt = FORMATS["float64"]
    neuron = look(fmt, 36.7368005696771, 1.0, 1e-7, "clip")
    assert float(neuron.h) == 36.7368005696771
    assert (neuron.value("z") == 1) == (neuron.h >= saturation(fmt))


def test_the_digits_go_at_the_subtractions_and_nowhere_else():
    neuron = look(FORMATS["float64"], 30.0, 1.0, 1e-12, "denominator")
    losing = {name: [r.name for r in form.readings if r.loses]
              for name, form in neuron.deltas.items()}  # fmt: skip
    assert losing["naive"] == ["error", "complement"]
    assert losing["fused"] == ["delta"] and losing["split"] == []
    assert neuron.deltas["naive"].digits == pytest.approx(3, abs=0.2)  # relative error 1e-3
    assert neuron.deltas["split"].digits > 15


@pytest.mark.parametrize("h", [40.0, 200.0, 800.0])
def test_the_costs_at_a_confident_mistake(h):
    costs = look(FORMATS["float64"], h, 0.0, 1e-7, "denominator").costs
    assert list(costs) == list(COSTS)
    assert np.isposinf(costs["naive"].result) and costs["naive"].verdict == "infinite"
    assert costs["clipped"].result == pytest.approx(16.118095651484676)
    assert costs["floored"].result == 100
    assert costs["stable"].result == h and costs["stable"].verdict == "right"


def test_the_naive_cost_is_nan_where_the_network_is_right():
    costs = look(FORMATS["float64"], 40.0, 1.0, 1e-7, "denominator").costs
    assert costs["naive"].verdict == "NaN"
    assert float(costs["stable"].result) == pytest.approx(4.248354255291589e-18, rel=1e-15)


@pytest.mark.parametrize("format_name", ["float64", "float32"])
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_split_and_the_stable_cost_are_right_everywhere(format_name, y):
    fmt = FORMATS[format_name]
    rng = np.random.default_rng(1)
    for h in [*PLACES, *rng.uniform(-800, 800, 40), *rng.uniform(-40, 40, 40)]:
        neuron = look(fmt, float(h), y, 1e-7, "clip")
        assert neuron.deltas["split"].verdict == "right", float(h)
        assert neuron.costs["stable"].verdict == "right", float(h)


@pytest.mark.parametrize("format_name", FORMATS)
def test_one_step_of_the_format_is_one_ulp(format_name):
    fmt = FORMATS[format_name]
    for x in (1.0, 1.5, 3.0, 1e-3, 4 * fmt.tiny, fmt.tiny / 2):
        number = fmt.round(x)[()]
        assert error_of(number, Decimal(float(number))).ulps == 0
        assert error_of(next_up(number), Decimal(float(number))).ulps == 1


def test_an_ulp_belongs_to_the_true_value_however_close_to_a_power_of_two():
    true = Decimal(1) - Decimal("1e-24")  # just below 1, where floats are twice as dense
    assert error_of(np.float64(1 + 2**-52), true).ulps == pytest.approx(2.0)


def test_errors_of_what_is_not_a_number_are_not_numbers():
    assert math.isnan(error_of(np.float64("nan"), Decimal(1)).ulps)
    assert error_of(np.float32("inf"), Decimal(1)).relative == math.inf
    assert error_of(np.float64(0), Decimal(0)).relative == 0
    assert error_of(np.float64(1e-9), Decimal(0)).relative == math.inf


@pytest.mark.parametrize("wrong", [{"h": 1001.0}, {"h": math.nan}, {"y": -0.1}, {"y": math.nan}])
def test_places_outside_are_refused_in_words(wrong):
    arguments = {"h": 1.0, "y": 1.0} | wrong
    with pytest.raises(ValueError, match="must lie"):
        look(FORMATS["float64"], arguments["h"], arguments["y"], 1e-7, "clip")

"""What the stage shows is what training computed, to the last bit."""

import re
from dataclasses import replace
from itertools import pairwise

import mpmath
import numpy as np
import pytest

from backprop import DERIVATIVES, FORMATS, Network, race, train
from backprop.drawing import palette
from backprop.drawing.palette import (
    MIDDLE,
    STEPS,
    contrast,
    decade_codes,
    palettes,
    signed_codes,
    unit_codes,
)
from backprop.stage import fault_place, layout, operations
from backprop.stage.cards import fault_card
from backprop.stage.channels import DEAD, NOT_A_NUMBER, PLUS_INFINITY, SATURATED, pack
from backprop.stage.chart import HEIGHT, chart_alone
from backprop.stage.experiment import of_recordings
from tests.spoken import spoken
from tests.truths import truths

X = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
y = np.array([0.0, 1.0, 1.0, 0.0])


def breaking():
    net = Network.random([2, 4, 4, 1], scale=3.0, seed=3102)
    return race(net, X, y, updates=40, learning_rate=30.0)


def packed_whole(recording, sample):
    return pack(recording, sample, np.arange(recording.updates + 1))


def channel(packed, name, layer):
    block = next(b for b in packed.blocks if (b.name, b.layer) == (name, layer))
    size = int(np.prod(block.shape))
    return slice(block.start, block.start + size), block.shape


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("bias", [True, False])
def test_every_channel_is_the_trace_bit_for_bit(format_name, hidden, bias):
    net = Network.random([3, 5, 2, 2], hidden, bias=bias, seed=4, dtype=format_name)
    rng = np.random.default_rng(1)
    recording = train(net, rng.normal(size=(7, 3)), rng.integers(0, 2, (7, 2)), 12, 0.5)
    packed = packed_whole(recording, 3)
    for k in (0, 5, 12):
        trace = recording.trace(k)
        for i, layer in enumerate(trace.layers, start=1):
            for name, truth in (
                ("h", layer.h[3]), ("z", layer.z[3]), ("delta", layer.delta[3]),
                ("dW", layer.dW), ("W", trace.network.weights[i - 1]), ("db", layer.db),
            ):  # fmt: skip
                if truth is None:
                    continue
                where, shape = channel(packed, name, i)
                shown = packed.values[k, where].reshape(shape)
                assert np.array_equal(shown, truth.astype(np.float64)), (name, i, k)


def test_the_weighted_error_times_the_slope_is_delta_bit_for_bit():
    packed = packed_whole(breaking()["fused"], 2)
    for i in (1, 2):
        parts = [packed.values[:, channel(packed, n, i)[0]] for n in ("weighted", "slope", "delta")]
        assert np.isfinite(parts[0]).all()
        assert np.array_equal(parts[0] * parts[1], parts[2])


def test_a_fault_is_packed_as_nan_and_not_as_zero():
    recording = breaking()["naive"]
    packed = packed_whole(recording, 2)
    where, _ = channel(packed, "delta", 3)
    states = packed.states[:, where][:, 0]
    assert (states[:5] != NOT_A_NUMBER).all() and (states[5:] == NOT_A_NUMBER).all()
    assert np.isnan(packed.values[5:, where]).all()


def test_infinity_has_a_state_of_its_own():
    packed = packed_whole(breaking()["naive"], 3)  # wrong: 1 / 0
    where, _ = channel(packed, "step.dJ_dz", 3)
    assert packed.states[5, where][0] == PLUS_INFINITY


def test_saturated_and_dead_values_are_marked():
    net = Network.random([2, 4, 1], seed=2)
    sure = replace(net, biases=(net.biases[0], net.biases[1] + 45))
    packed = packed_whole(train(sure, X, y, 20, derivative="clamped"), 3)  # y = 0 while z = 1
    z, _ = channel(packed, "z", 2)
    delta, _ = channel(packed, "delta", 2)
    saturated = packed.values[:, z][:, 0] == 1
    assert saturated.any()
    assert (packed.states[saturated, z.start] == SATURATED).all()
    assert (packed.states[saturated, delta.start] == DEAD).all()


def test_fused_is_never_dead_where_it_is_wrong():
    for sample in range(4):
        packed = packed_whole(breaking()["fused"], sample)
        where, _ = channel(packed, "delta", 3)
        assert (packed.states[:, where] != DEAD).all()


def test_the_fault_appears_at_the_operation_that_made_it():
    fault = breaking()["naive"].first_fault
    assert fault is not None
    place = fault_place(fault, 3)
    assert operations(3)[place["operation"]]["name"] == "delta"
    assert operations(3)[place["operation"]]["layer"] == 3
    assert place["update"] == 5


def test_the_fault_card_says_what_happened_in_numbers():
    card = fault_card(breaking()["naive"])
    for part in ("update 5", "layer 3", "sample 3", "0 / 0", "exactly 1", "−3.306", "Fused"):
        assert part in card, part
    assert fault_card(breaking()["fused"]) == ""


@pytest.mark.parametrize("derivative", DERIVATIVES)
def test_every_slot_of_every_equation_names_a_channel(derivative):
    about = spoken(of_recordings(breaking(), derivative, 0))
    names = {f"{b['name']}.{b['layer']}" for b in about["blocks"]}
    for key, template in about["equations"].items():
        if key.startswith("update"):
            continue
        for slot in template["html"].split('data-slot="')[1:]:
            name = slot.split('"')[0].rstrip("!?")
            assert (
                name in ("alpha", "epsilon")
                or ".".join(name.split(".{")[0].split(".")[:2]) in names
                or any(name.startswith(n + ".") for n in names)
            ), (key, name)


@pytest.mark.parametrize("sizes", [[1, 1], [2, 4, 4, 1], [8, *[16] * 6, 1], [2, 1, 16, 3]])
def test_everything_lies_inside_the_drawing_and_nothing_overlaps(sizes):
    placed = layout.columns(sizes)
    for column in placed[1:]:
        boxes = [column.cell(u, r) for u in range(len(column.ys)) for r in range(3)]
        for x, top, width, height in boxes:
            assert width > 4 and height > 4
            assert x >= 0 and x + width <= layout.WIDTH - 50
            assert top >= 14 and top + height <= layout.HEIGHT
        for n, (x0, y0, w0, h0) in enumerate(boxes):
            for x1, y1, w1, h1 in boxes[n + 1 :]:
                apart = x0 + w0 <= x1 or x1 + w1 <= x0 or y0 + h0 <= y1 or y1 + h1 <= y0
                assert apart
    for before, column in pairwise(placed):
        assert before.right < column.x - column.radius


def test_codes_tell_zero_and_one_from_their_neighbours():
    assert unit_codes(np.array([0.0, 1e-300, 1 - 2**-53, 1.0])).tolist() == [
        0, 1, STEPS - 2, STEPS - 1,
    ]  # fmt: skip
    for codes in (
        signed_codes(np.array([-1e-9, 0, 1e-9]), 40.0),
        decade_codes(np.array([-1e-30, 0, 1e-30])),
    ):
        assert codes[0] < MIDDLE and codes[1] == MIDDLE and codes[2] > MIDDLE
    assert signed_codes(np.array([-1e9, 1e9]), 40.0).tolist() == [0, STEPS - 1]


def test_numbers_are_legible_on_every_colour():
    for kinds in palettes().values():
        for pairs in kinds.values():
            assert len(pairs) == STEPS
            assert min(contrast(fill, ink) for fill, ink in pairs) >= 4.5


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_true_values_of_an_update_are_those_of_more_digits(format_name):
    net = Network.random([2, 3, 1], "tanh", seed=5, dtype=format_name)
    recording = train(net, X, y, 6, 0.5, "naive")
    said = truths(recording, 4, 1)
    trace = recording.trace(4)
    with mpmath.workdps(80):
        h = [[mpmath.fdot(map(mpmath.mpf, map(float, w)), map(mpmath.mpf, map(float, x)))
              + mpmath.mpf(float(b)) for w, b in zip(trace.network.weights[0],
              trace.network.biases[0], strict=True)] for x in trace.X[1:2]]  # fmt: skip
        for u in range(3):
            shown = mpmath.mpf(said[f"h.1.{u}"][0].replace("−", "-"))
            assert abs(shown - h[0][u]) <= abs(h[0][u]) * mpmath.mpf(10) ** -17
            off = abs(mpmath.mpf(float(trace.layers[0].h[1, u])) - h[0][u])
            ulps = off / FORMATS[format_name].ulp(float(h[0][u]))
            words = said[f"h.1.{u}"][1]
            if words == "correctly rounded":
                assert ulps <= 0.5
            else:
                assert float(words.split()[0]) == pytest.approx(float(ulps), rel=0.02)


def test_the_names_in_the_chart_stay_inside_it_and_apart():
    net = Network.random([2, 4, 4, 1], scale=3.0, seed=3102)
    for rate in (0.01, 30.0):
        recordings = race(net, X, y, updates=20, learning_rate=rate)
        for current in recordings:
            names = re.findall(
                r'class="curve-name.*? y="([\d.−-]+)"', chart_alone(recordings, current)
            )
            places = sorted(map(float, names))
            assert len(places) == 4 and places[0] >= 12 and places[-1] <= HEIGHT - 4
            assert all(b - a >= 14.9 for a, b in pairwise(places))


def test_a_true_value_next_to_one_says_how_near_it_is():
    net = Network.random([2, 1], scale=30.0, seed=2)
    recording = train(net, 6 * X, y, 1, 0.01)
    h = recording.trace(0).layers[0].h[0, 0]
    assert 44 < h < 50  # z = 1 in float64, and 18 digits of the true z would be 1 as well
    true, words = truths(recording, 0, 0)["z.1.0"]
    near, gap = true.rsplit(" ", 1)
    assert near == "1 −" and words == "correctly rounded"
    with mpmath.workdps(60):
        assert float(gap.replace("−", "-")) == pytest.approx(float(mpmath.exp(-h)), rel=0.1)


def test_nothing_true_is_said_of_a_network_that_is_nan():
    assert truths(breaking()["naive"], 6, 0) == {}
    assert truths(breaking()["naive"], 5, 2)["delta.3.0"][0].startswith("−3.306")


def test_an_infinite_value_has_the_strongest_colour_of_its_side():
    values = np.array([-np.inf, -1e308, -0.0, 1e308, np.inf])
    for kind in ("h", "weight", "signed", "delta"):
        codes = palette.coded(kind, values)
        assert codes[0] == codes[1] == 0 and codes[3] == codes[4] == 2 * palette.MIDDLE
        assert codes[2] == palette.MIDDLE

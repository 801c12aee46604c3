"""Where not all inputs have room, those that contribute most are drawn, and none is lost."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from backprop import Network, train
from backprop.stage.experiment import of_recordings
from backprop.stage.fold import contributions, drawn
from backprop.stage.layout import CELL_HEIGHT, HEIGHT, INPUT_ROWS, TOP, WIDTH, columns
from backprop.stage.names import WIDTH as LETTER
from backprop.stage.names import fitted, shortened
from backprop.stage.skeleton import skeleton
from backprop.stage.still import still

LONG = tuple(
    f"{kind} {name}"
    for kind in ("mean", "error of", "worst")
    for name in (
        "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity",
        "concave points", "symmetry", "fractal dimension",
    )
)  # fmt: skip


def recorded(features=30, samples=20, outputs=1, dtype="float64", seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(samples, features)) * rng.uniform(0.01, 3, features)
    net = Network.random([features, 4, 3, outputs], seed=seed, dtype=dtype)
    return train(net, X, rng.integers(0, 2, (samples, outputs)), 3, 0.5)


@pytest.mark.parametrize("dtype", ["float64", "float16"])
@pytest.mark.parametrize("seed", range(4))
def test_contributions_come_in_descending_order(dtype, seed):
    recording = recorded(dtype=dtype, seed=seed)
    W = recording.start.weights[0].astype(float)
    sizes = [
        sum(abs(float(x)) for x in recording.X[:, j]) * sum(abs(w) for w in W[:, j])
        for j in range(30)
    ]
    order = contributions(of_recordings({"fused": recording}, "fused", 0))
    assert sorted(order) == list(range(30))
    assert all(sizes[a] >= sizes[b] * (1 - 1e-12) for a, b in pairwise(order))


def test_equal_contributions_keep_the_order_of_the_data():
    net = Network.random([12, 2, 1], scale=0.0, seed=1)
    recording = train(net, np.ones((3, 12)), np.zeros((3, 1)), 1, 1.0)
    assert contributions(of_recordings({"fused": recording}, "fused", 0)) == tuple(range(12))


@pytest.mark.parametrize("n", [1, 2, 10, 11, 12, 13, 31, 32])
def test_those_that_come_first_are_drawn_and_a_fold_has_a_row_of_its_own(n):
    order = tuple(np.random.default_rng(n).permutation(n).tolist())
    shown = drawn(order, 11)
    assert len(shown) == (n if n <= 11 else 10)
    assert shown == tuple(sorted(order[: len(shown)]))


@pytest.mark.parametrize("features", [3, 6, 11, 12, 30, 32])
@pytest.mark.parametrize("units", [[], [4, 4], [16] * 6])
def test_rows_of_inputs_do_not_touch_and_stay_on_the_sheet(features, units):
    first, second, *_ = columns([features, *units, 1], (LONG + LONG)[:features])
    assert first.boxed
    assert all(b - a > first.cell_height for a, b in pairwise(first.ys))
    assert first.ys[0] - first.cell_height / 2 > TOP - 4
    assert first.ys[-1] + first.cell_height / 2 <= HEIGHT
    assert first.right + 10 <= second.x - second.radius, "edges need room"
    assert second.right <= WIDTH
    assert len(first.ys) == min(features, INPUT_ROWS)


@pytest.mark.parametrize("depth", range(7))
def test_names_of_inputs_cost_no_layer_its_numbers(depth):
    plain = columns([2, *[4] * depth, 1], ("x", "y"))
    named = columns([30, *[4] * depth, 1], LONG)
    assert [c.numbers for c in named[1:]] == [c.numbers for c in plain[1:]]


@pytest.mark.parametrize("features", [("x", "y"), ("height", "weight")])
def test_a_few_inputs_with_short_names_are_circles_as_ever(features):
    assert not columns([2, 4, 1], features)[0].boxed
    assert columns([2, 4, 1], ("x", "blood pressure"))[0].boxed


@pytest.mark.parametrize("most", [60, 84, 138])
@pytest.mark.parametrize("small", [12.4, 9.0])
def test_no_line_of_a_name_is_wider_than_its_room(most, small):
    lines, room = fitted(LONG, most, 14, small)
    assert room <= most
    for name, pieces in zip(LONG, lines, strict=True):
        size = 14 if len(pieces) == 1 else small
        assert max(map(len, pieces)) * LETTER * size <= most
        assert len(pieces) <= 2
        whole = " ".join(pieces)
        assert whole == name or (whole.replace("…", "") != name and "…" in whole)


def test_shortened_names_keep_the_ends_that_tell_them_apart():
    assert shortened("worst fractal dimension", 11) == "worst…nsion"
    assert shortened("as it is", 8) == "as it is"
    assert shortened("abc", 1) == "…"


def svg(recording, names):
    order = contributions(of_recordings({"fused": recording}, "fused", 0))
    return ElementTree.fromstring(skeleton(recording.start.sizes, names, order))


@pytest.mark.parametrize("features", [2, 9, 10, 32])
def test_every_input_that_is_drawn_and_each_of_its_weights_is_there_once(features):
    recording = recorded(features, outputs=2)
    names = tuple(f"f{j}" for j in range(features))
    channels = [node.get("data-channel") for node in svg(recording, names).iter()]
    shown = [j for j in range(features) if f"z.0.{j}" in channels]
    assert len(shown) == (features if features <= INPUT_ROWS else INPUT_ROWS - 1)
    for j in range(features):
        assert channels.count(f"z.0.{j}") == (j in shown)
        assert all(channels.count(f"W.1.{u}.{j}") == (j in shown) for u in range(4))


def test_edges_begin_at_the_row_of_their_input():
    recording = recorded(32)
    drawing = svg(recording, tuple(f"f{j}" for j in range(32)))
    rows = {
        node.get("data-unit"): float(node.find("rect").get("y")) + CELL_HEIGHT / 2
        for node in drawing.iter("g")
        if node.get("data-quantity") == "z" and node.get("data-layer") == "0"
    }
    edges = [
        node for node in drawing.iter("path") if (node.get("data-channel") or "").startswith("W.1.")
    ]
    assert len(edges) == 4 * len(rows) == 4 * (INPUT_ROWS - 1)
    for edge in edges:
        y = float(re.match(r"M\S+ ([\d.]+)C", edge.get("d")).group(1))
        assert y == pytest.approx(rows[edge.get("data-channel").split(".")[-1]], abs=0.06)


def test_the_fold_says_how_many_are_not_drawn():
    recording = recorded(30)
    sizes = recording.start.sizes
    order = contributions(of_recordings({"fused": recording}, "fused", 0))
    assert f">{31 - INPUT_ROWS} more inputs</text>" in skeleton(sizes, LONG, order)
    few = tuple(range(INPUT_ROWS))
    assert "more input" not in skeleton((INPUT_ROWS, 4, 1), LONG[:INPUT_ROWS], few)


def test_a_picture_that_stands_still_shows_the_largest_inputs_and_counts_the_rest():
    recording = recorded(30)
    drawn = ElementTree.fromstring(still(recording, 0, LONG, 0))
    units = {
        int(node.get("data-unit"))
        for node in drawn.iter("{http://www.w3.org/2000/svg}g")
        if "input" in node.get("class", "").split()
    }
    rows = INPUT_ROWS
    assert units == set(contributions(of_recordings({"fused": recording}, "fused", 0))[: rows - 1])
    said = [node.text for node in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert f"{31 - rows} more inputs" in said


def test_neither_the_update_nor_the_sample_changes_which_inputs_are_drawn():
    recording = recorded(30)
    orders = [contributions(of_recordings({"fused": recording}, "fused", s)) for s in (0, 7, 19)]
    assert orders == [contributions(of_recordings({"fused": recording}, "fused", 0))] * 3


def test_names_cannot_break_a_drawing_with_folds():
    names = tuple(f'<b onload="{j}">&' for j in range(32))
    drawing = svg(recorded(32), names)
    assert not drawing.findall(".//b")
    assert len(drawing.findall("g[@class='cell input']")) == INPUT_ROWS - 1

"""Built-in sets are what they are called, and obey the rules for data of your own."""

import dataclasses
from dataclasses import replace

import numpy as np
import pytest

from backprop.engine.derivatives import OutputDerivative
from backprop.engine.training import train
from backprop.scenario import datasets
from backprop.scenario.datasets import load, names
from backprop.scenario.linked import own_table
from backprop.scenario.scenario import Scenario


@pytest.mark.parametrize("name", [n for n in names() if n != "worked_example"])
def test_every_builtin_set_obeys_the_rules_for_data_of_your_own(name):
    data = load(name)
    again = own_table(np.column_stack([data.X, data.y]))
    assert data.name == name
    assert data.X.dtype == data.y.dtype == np.float64
    assert data.y.shape == (len(data.X), 1)
    np.testing.assert_array_equal(again.X, data.X)
    np.testing.assert_array_equal(again.y, data.y)
    assert again.feature_names == data.feature_names == ("x₁", "x₂")


def test_the_worked_example_has_one_point_and_two_targets():
    data = load("worked_example")
    assert data.X.tolist() == [[0.05, 0.10]]
    assert data.y.tolist() == [[0.01, 0.99]]


@pytest.mark.parametrize("name", names())
def test_a_builtin_set_is_the_same_each_time_and_has_few_digits(name):
    data = load(name)
    np.testing.assert_array_equal(data.X, load(name).X)
    np.testing.assert_array_equal(data.X, data.X.round(3))
    assert np.abs(data.X).max() < 2.5


@pytest.mark.parametrize("name", names())
def test_no_two_samples_sit_on_the_same_spot(name):
    assert len(np.unique(load(name).X, axis=0)) == len(load(name).X)


@pytest.mark.parametrize("name", names())
def test_a_data_set_cannot_be_written_into(name):
    data = load(name)
    with pytest.raises(ValueError, match="read-only"):
        data.X[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        data.y[0] = 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        data.name = "mine"


def test_data_sets_are_equal_if_their_numbers_and_names_are_and_only_then():
    data = datasets.dataset("own", [[1, 2], [3, 4]], [0, 1], ["a", "b"])
    same = dataclasses.replace(data, X=data.X.copy(), notes=("read from a file",))
    assert data == same and hash(data) == hash(same)
    for other in (
        dataclasses.replace(data, X=np.nextafter(data.X, 9)),
        dataclasses.replace(data, y=1 - data.y),
        dataclasses.replace(data, feature_names=("a", "c")),
        dataclasses.replace(data, target_names=("label",)),
        datasets.dataset("own", [[1, 2, 3, 4]], [0], "abcd"),
    ):
        assert data != other and hash(data) != hash(other)


def test_names_of_inputs_go_on_beyond_the_eighth():
    assert datasets.default_names(32)[7:12] == ("x₈", "x₉", "x₁₀", "x₁₁", "x₁₂")
    assert datasets.default_targets(1) == ("y",)
    assert datasets.default_targets(12)[9:] == ("y₁₀", "y₁₁", "y₁₂")


@pytest.mark.parametrize(
    ("name", "gate"),
    [("xor", np.not_equal), ("and", np.minimum), ("or", np.maximum)],
)
def test_gates_follow_their_truth_table(name, gate):
    data = load(name)
    true = (data.X + 1) / 2
    assert len(data.X) == 4
    np.testing.assert_array_equal(data.y[:, 0], gate(true[:, 0], true[:, 1]))


def test_xor_with_a_wrong_label_contradicts_xor_in_exactly_one_of_nine_points():
    data = load("xor_wrong_label")
    right = data.X[:, 0] * data.X[:, 1] < 0
    assert len(data.X) == 9
    np.testing.assert_array_equal(data.X, data.X.round(2))
    assert np.flatnonzero(right != data.y[:, 0]).tolist() == [1]
    corners, points = np.unique(np.sign(data.X), axis=0, return_counts=True)
    assert len(corners) == 4
    assert sorted(points) == [2, 2, 2, 3]


@pytest.mark.parametrize(
    "make", [datasets.blobs, datasets.circles, datasets.moons, datasets.spiral]
)
@pytest.mark.parametrize("samples", [2, 40, 250])
def test_drawn_sets_have_as_many_samples_as_asked_for_half_of_each_label(make, samples):
    data = make(samples)
    assert data.X.shape == (samples, 2)
    assert data.y.mean() == 0.5


def test_blobs_fall_apart_along_a_line():
    data = load("blobs")
    np.testing.assert_array_equal(data.X.sum(axis=1) > 0, data.y[:, 0] == 1)


def test_circles_fall_apart_along_a_ring():
    data = load("circles")
    np.testing.assert_array_equal(np.hypot(*data.X.T) < 0.9, data.y[:, 0] == 1)


@pytest.mark.parametrize("name", ["circles", "moons", "spiral"])
def test_no_line_separates_the_curved_sets(name):
    data = load(name)
    affine = np.column_stack([data.X, np.ones(len(data.X))])
    weights, *_ = np.linalg.lstsq(affine, data.y * 2 - 1)
    assert ((affine @ weights > 0) == (data.y == 1)).mean() < 0.95


@pytest.mark.parametrize("name", ["blobs", "circles", "moons", "spiral"])
def test_drawn_sets_can_be_learned_for_every_point_resembles_its_neighbour(name):
    data = load(name)
    distance = np.linalg.norm(data.X[:, None] - data.X, axis=-1)
    np.fill_diagonal(distance, np.inf)
    np.testing.assert_array_equal(data.y[distance.argmin(axis=1)], data.y)


@pytest.mark.parametrize(
    ("name", "updates", "network"),
    [
        ("and", 120, {}), ("or", 120, {}), ("blobs", 120, {}), ("circles", 200, {}),
        ("moons", 300, {}), ("moons", 120, {"units": (8, 8)}), ("circles", 120, {"units": (8, 8)}),
        ("spiral", 300, {"units": (8, 8), "hidden": "tanh", "scale": 1.0}),
        ("blobs", 120, {"units": ()}), ("moons", 120, {"units": (8, 8), "hidden": "tanh"}),
    ],
)  # fmt: skip
def test_a_data_set_brings_a_learning_rate_at_which_fused_learns_it(name, updates, network):
    scenario = replace(Scenario(**network).on(name), updates=updates)
    assert scenario.learning_rate == datasets.DATASETS[name].learning_rate
    data = scenario.dataset()
    recording = train(
        scenario.network(), data.X, data.y, updates, scenario.learning_rate,
        OutputDerivative("fused"),
    )  # fmt: skip
    right = (recording.h_out[-1] > 0) == (data.y > 0.5)
    assert right.mean() >= 0.97


def test_a_learning_rate_that_was_chosen_stays():
    assert replace(Scenario(), learning_rate=0.25).on("moons").learning_rate == 0.25
    assert Scenario().on("moons").on("blobs").learning_rate == 1
    assert Scenario().on("moons").on("xor") == Scenario()
    assert Scenario(data="moons").learning_rate == 30  # links keep their meaning


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(ValueError, match=r"one of xor, and, .* got 'spirals'\. Try 'spiral'\."):
        load("spirals")

"""The numbers a race is watched by, against plain computations from the traces of its updates."""

import math

import numpy as np
import pytest
from mpmath import mp

from backprop import FORMATS, Network, race, train
from backprop.engine.dead import wrong_and_dead
from backprop.racing.summary import summarise
from backprop.scenario.scenario import Scenario

X = np.random.default_rng(3).normal(size=(9, 3))
Y = np.random.default_rng(4).integers(0, 2, (9, 2))


def raced(runners, format_name="float64", updates=30):
    net = Network.random([3, 5, 4, 2], "tanh", scale=2.0, seed=8).astype(format_name)
    return race(net, X, Y, runners, updates=updates, learning_rate=5.0)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("name", ["naive", "clamped", "fused", "split"])
def test_norms_largest_h_and_lost_are_those_of_each_trace(name, format_name):
    recording = raced([name], format_name)[name]
    summary = summarise(recording)
    for k in range(recording.updates + 1):
        trace = recording.trace(k)
        norms = [np.linalg.norm(layer.delta.astype(np.float64)) for layer in trace.layers]
        np.testing.assert_allclose(summary.norms[k], norms, rtol=1e-12)
        largest = max(
            (float(h) for layer in trace.layers for h in np.abs(layer.h).ravel()),
            key=lambda h: (math.isnan(h), h),
        )
        assert summary.largest_h[k] == largest or math.isnan(largest)
        assert math.isnan(summary.largest_h[k]) == math.isnan(largest)
        lost = sum(
            not all(np.isfinite(layer.h[s]).all() and np.isfinite(layer.delta[s]).all()
                    for layer in trace.layers)
            for s in range(len(X))
        )  # fmt: skip
        assert summary.lost[k] == lost
        np.testing.assert_array_equal(summary.cost[k], trace.cost)
        np.testing.assert_array_equal(summary.true_cost[k], trace.true_cost)


def test_accuracy_is_what_one_counts_by_hand():
    net = Network([np.array([[1.0], [-1.0]])])
    inputs = [[2.0], [-3.0], [0.0], [1.0]]
    targets = [[1, 0], [0.2, 0.9], [0, 0], [0, 1]]
    # outputs are h and −h: right, right, on the fence, both outputs wrong
    summary = summarise(train(net, inputs, targets, 1, 1e-9, "split"))
    assert summary.right[0] == 2 and summary.accuracy[0] == 0.5 and summary.samples == 4


def test_a_nan_network_is_right_about_nothing():
    recording = train(Network([np.array([[45.0]])]), [[1.0]], [0.0], 3, 1.0, "naive")
    summary = summarise(recording)
    assert summary.right.tolist() == [0, 0, 0, 0] and summary.lost.tolist() == [1, 1, 1, 1]
    assert summary.dead.tolist() == [0, 0, 0, 0]


def test_norms_do_not_overflow_where_no_delta_does():
    net = Network([np.ones((2, 1)), np.array([[1e200, -1e200]])])
    recording = train(net, [[0.0]], [1.0], 1, 1e-9, "split")
    delta = recording.trace(0).layers[0].delta
    assert np.abs(delta).max() > 1e160 and np.isfinite(delta).all()
    true = mp.sqrt(sum(mp.mpf(float(d)) ** 2 for d in delta.ravel()))
    assert abs(summarise(recording).norms[0, 0] - float(true)) <= 1e-12 * float(true)


def test_many_updates_are_summarised_in_parts_without_a_seam(monkeypatch):
    recording = raced(["fused"], updates=60)["fused"]
    at_once = summarise(recording)
    monkeypatch.setattr("backprop.racing.summary._MOST_VALUES", 7 * 9 * 5)
    parts = summarise(recording)
    for name in ("norms", "largest_h", "dead", "lost", "right"):
        assert np.array_equal(getattr(at_once, name), getattr(parts, name)), name


@pytest.mark.parametrize("h", [-50.0, -3.0, 0.4, 3.0, 30.0, 50.0])
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("delta", [0.0, 1e-9, 0.5])
def test_dead_is_wrong_in_truth_and_yet_hardly_any_delta(h, y, delta):
    miss = abs(1 / (1 + mp.exp(-mp.mpf(h))) - mp.mpf(y))
    wrong, dead = wrong_and_dead(np.array([[h]]), np.array([[y]]), np.array([[delta]]))
    assert wrong.item() == (miss > 0.1)
    assert dead.item() == (miss > 0.1 and delta < 0.01 * miss)


def test_the_default_race_shows_the_silence_of_the_clamp():
    scenario = Scenario()
    data = scenario.dataset()
    runners = race(
        scenario.network(), data.X, data.y, updates=scenario.updates,
        learning_rate=scenario.learning_rate,
    )  # fmt: skip
    ends = {name: summarise(recording) for name, recording in runners.items()}
    assert ends["naive"].lost[-1] == 4
    assert ends["clamped"].dead[-1] == 2 and ends["clamped"].lost.max() == 0
    assert ends["clamped"].norms[-1, -1] < 1e-3 < 10 < ends["clamped"].true_cost[-1]
    for name in ("fused", "split"):
        assert ends[name].accuracy[-1] == 1 and ends[name].dead[-1] == 0


def test_the_norm_of_what_holds_an_infinity_is_infinite_however_large_the_others_are():
    wide = np.array([[1e300, 1.7e308], [0.0, 1.7e308]])
    net = Network([np.array([[1.0], [1.0]]), wide], hidden="relu")
    recording = train(net, [[1.0]], [[0.0, 0.0]], 1, 1.0, "fused")
    assert recording.trace(0).layers[0].delta.tolist() == [[1e300, math.inf]]
    assert summarise(recording).norms[0].tolist() == [math.inf, math.sqrt(2)]

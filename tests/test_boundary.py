"""The plane of a network's answers, against forward passes written out by hand."""

import math

import numpy as np
import pytest

from backprop import FORMATS, Network, train
from backprop.racing.boundary import axes, boundary

X = np.array([[-1.0, 0.5], [0.3, 2.0], [1.5, -0.7]])
Y = [0, 1, 0]


def by_hand(net, x1, x2):
    z = [x1, x2]
    for i, (W, b) in enumerate(zip(net.weights, net.biases, strict=True)):
        h = [
            math.fsum(float(w) * a for w, a in zip(row, z, strict=True)) + float(bias)
            for row, bias in zip(W, b, strict=True)
        ]
        last = i == len(net.weights) - 1
        z = [1 / (1 + math.exp(-v)) if last else math.tanh(v) for v in h]
    return z[0]


@pytest.mark.parametrize("k", [0, 7, 20])
def test_every_point_of_the_plane_is_a_forward_pass(k):
    recording = train(Network.random([2, 4, 3, 1], "tanh", seed=3), X, Y, 20, 0.5)
    x1, x2 = axes(X, 6)
    plane = boundary(recording, k, x1, x2)
    assert plane.shape == (6, 6)
    for row in range(6):
        for column in range(6):
            want = by_hand(recording.network(k), x1[column], x2[row])
            assert plane[row, column] == pytest.approx(want, rel=1e-12)


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_plane_is_computed_in_the_format_of_the_runner(format_name):
    recording = train(Network.random([2, 3, 1], seed=1, dtype=format_name), X, Y, 2)
    assert boundary(recording, 1, *axes(X, 5)).dtype == FORMATS[format_name].dtype


def test_a_broken_network_has_a_plane_of_nan():
    recording = train(Network([np.array([[45.0, 45.0]])]), [[1.0, 1.0]], [0.0], 2, 1.0, "naive")
    assert np.isfinite(boundary(recording, 0, *axes(recording.X, 5))).all()
    assert np.isnan(boundary(recording, 1, *axes(recording.X, 5))).all()


def test_the_axes_hold_all_samples_with_a_margin_also_a_single_one():
    x1, x2 = axes(X, 50)
    assert x1[0] < X[:, 0].min() and x1[-1] > X[:, 0].max()
    assert x2[0] < X[:, 1].min() and x2[-1] > X[:, 1].max()
    assert x1[-1] - x1[0] == pytest.approx(x2[-1] - x2[0])
    x1, _ = axes(X[:1], 3)
    assert x1[0] < x1[1] < x1[2] and x1[1] == -1.0


def test_a_network_of_three_inputs_is_refused():
    recording = train(Network.random([3, 1], seed=1), [[1.0, 2.0, 3.0]], [1], 1)
    with pytest.raises(ValueError, match="2 inputs, got 3"):
        boundary(recording, 0, np.zeros(2), np.zeros(2))

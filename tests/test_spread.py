"""How a NaN spreads, against the arrays themselves."""

import itertools

import numpy as np
import pytest

from backprop import FORMATS, Network, train
from backprop.faults.spread import QUANTITIES, spread

X = np.array([[1.0, 0.5], [-0.3, 2.0], [0.0, 0.0]])
Y = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def broken(hidden="sigmoid", bias=True):
    """A naive run whose first output is sure from the start: NaN at update 0."""
    net = Network.random([2, 3, 2, 2], hidden, bias=bias, seed=1)
    weights = [*net.weights[:2], net.weights[2] + np.array([[300.0], [0.0]])]
    net = Network(weights, net.biases, hidden)
    return train(net, np.abs(X), Y, 3, derivative="naive")


def arrays(recording, k):
    """Every array of update k by quantity and layer, from a trace, which `spread` does not use."""
    trace = recording.trace(k)
    found = {}
    for i, (W, layer) in enumerate(zip(trace.network.weights, trace.layers, strict=True), 1):
        found |= {("W", i): W, ("h", i): layer.h, ("z", i): layer.z, ("delta", i): layer.delta,
                  ("dW", i): layer.dW}  # fmt: skip
        if layer.db is not None:
            found |= {("b", i): trace.network.biases[i - 1], ("db", i): layer.db}
    return found


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_spread_is_every_operation_with_a_value_that_is_not_finite(format_name):
    net = broken().start.astype(format_name)
    recording = train(net, np.abs(X), Y, 3, derivative="naive")
    steps = spread(recording, updates=2)
    assert [s.update for s in steps] == sorted(s.update for s in steps)
    listed = {(s.update, s.quantity, s.layer): s for s in steps}
    for k in (0, 1):
        for (name, i), values in arrays(recording, k).items():
            bad = ~np.isfinite(values)
            assert ((k, name, i) in listed) == bad.any()
            if bad.any():
                assert np.array_equal(listed[k, name, i].bad, bad)
                assert listed[k, name, i].count == bad.sum()
    first = steps[0]
    assert (first.update, first.quantity, first.layer) == (0, "delta", 3)
    order = [(s.quantity, s.layer) for s in steps if s.update == 0]
    assert order == [(q, i) for i, q in itertools.product((3, 2, 1), ("delta", "dW", "db"))]
    assert {s.quantity for s in steps if s.update == 1} == set(QUANTITIES)


def test_a_run_without_a_fault_spreads_nothing():
    recording = train(Network.random([2, 2, 2], seed=3), X, Y, 3)
    assert spread(recording) == ()

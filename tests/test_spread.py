"""The life of a NaN, against the arrays themselves."""

import itertools

import numpy as np
import pytest

from backprop import (
    FORMATS,
    Network,
    train,
)
from backprop.faults.spread import (
    QUANTITIES,
    Place,
    contamination,
    spread,
)

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


def places(recording, k):
    for (name, i), values in arrays(recording, k).items():
        for index, value in np.ndenumerate(values):
            if name in ("W", "dW"):
                yield Place(k, name, i, index[0], source=index[1]), value
            elif name in ("b", "db"):
                yield Place(k, name, i, index[0]), value
            else:
                yield Place(k, name, i, index[1], sample=index[0]), value


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
def test_every_contaminated_value_names_operands_that_are_not_finite(hidden, bias):
    recording = broken(hidden, bias)
    fault = recording.first_fault
    assert fault is not None and fault.update == 0 and fault.operation == "dJ_dz"
    born = set()
    for k in (0, 1):
        for place, value in places(recording, k):
            found = contamination(recording, place)
            if np.isfinite(value):
                assert found == ()
            elif not found:
                born.add((place.update, place.quantity, place.layer))
            for source in found:
                assert not np.isfinite(source.value)
                operand = arrays(recording, source.operand.update).get(
                    (source.operand.quantity, source.operand.layer)
                )
                assert np.array_equal(operand[source.operand.index], source.value, equal_nan=True)
    assert born == {(0, "delta", 3)}


def test_the_sentences_of_the_page_come_out():
    recording = broken()
    sample = recording.first_fault.sample
    (source,) = contamination(recording, Place(0, "delta", 2, 1, sample=sample))
    assert source.operand == Place(0, "delta", 3, 0, sample=sample)
    assert source.operand.name == "delta_3[0]" and source.through.name == "W_3[0,1]"
    (update,) = contamination(recording, Place(1, "W", 3, 0, source=1))
    assert update.operand == Place(0, "dW", 3, 0, source=1) and update.through is None
    gradient = contamination(recording, Place(0, "dW", 3, 0, source=1))
    assert {s.operand.sample for s in gradient} == {
        s for s, bad in enumerate(~np.isfinite(recording.trace(0).layers[2].delta[:, 0])) if bad
    }


def test_following_it_back_always_ends_at_the_birth():
    recording = broken()
    place = Place(1, "h", 1, 0, sample=0)
    for _ in range(20):
        found = contamination(recording, place)
        if not found:
            break
        place = found[0].operand
    assert (place.update, place.quantity, place.layer) == (0, "delta", 3)


@pytest.mark.parametrize("made", FORMATS)
def test_the_spread_is_every_operation_with_a_value_that_is_not_finite(made):
    net = broken().start.astype(made)
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
    assert contamination(recording, Place(1, "W", 1, 0, source=0)) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        Place(9, "h", 1, 0, sample=0),
        Place(0, "h", 4, 0, sample=0),
        Place(0, "h", 1, 7, sample=0),
        Place(0, "h", 1, 0),
        Place(0, "b", 1, 0, sample=-1),
        Place(0, "W", 1, 0),
        Place(0, "slope", 1, 0, sample=0),
    ],
)
def test_a_place_that_is_not_there_is_refused(wrong):
    with pytest.raises(ValueError, match="place must be"):
        contamination(broken(), wrong)
    with pytest.raises(ValueError, match="no biases"):
        contamination(broken(bias=False), Place(0, "b", 1, 0))

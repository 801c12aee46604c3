"""Gradients against an independent automatic differentiation; bits; formats; refusals."""

import subprocess
import sys
from pathlib import Path

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from backprop import DERIVATIVES, FORMATS, Network, OutputDerivative, backpropagate, race, train
from backprop.engine import exact as exact_module

ROOT = Path(__file__).parent.parent
HIDDEN = {
    "sigmoid": lambda h: 1 / (1 + anp.exp(-h)),
    "tanh": anp.tanh,
    "relu": lambda h: anp.maximum(h, 0.0),
}


def autodiff(net, X, y):
    """∂J/∂W and ∂J/∂b by autograd, of a cost written without our code."""

    def cost(parameters):
        z = X
        for i, (W, b) in enumerate(parameters):
            h = anp.dot(z, W.T) + b
            z = HIDDEN[net.hidden](h)
            last = i == len(parameters) - 1
        assert last
        per_output = anp.logaddexp(0.0, h) - y * h
        return anp.sum(per_output) / len(X)

    biases = net.biases or [np.zeros(len(W)) for W in net.weights]
    return autograd.grad(cost)(list(zip(net.weights, biases, strict=True)))


@pytest.mark.parametrize("derivative", DERIVATIVES)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("hidden", sorted(HIDDEN))
def test_gradients_equal_automatic_differentiation(hidden, bias, derivative):
    rng = np.random.default_rng(5)
    net = Network.random([3, 5, 4, 2], hidden, scale=0.8, bias=bias, seed=9)
    X, y = rng.normal(size=(11, 3)), rng.uniform(0, 1, (11, 2))
    trace = backpropagate(net, X, y, derivative, epsilon=1e-15, clamp="clip_both")
    truth = autodiff(net, X, y)
    largest = max(np.abs(dW).max() for dW, _ in truth)
    for layer, (dW, db) in zip(trace.layers, truth, strict=True):
        assert np.isfinite(layer.dW).all()
        assert np.abs(layer.dW - dW).max() <= 1e-13 * largest
        assert bias is (layer.db is not None)
        if bias:
            assert np.abs(layer.db - db).max() <= 1e-13 * largest


def test_saturated_gradients_keep_their_digits_elementwise():
    rng = np.random.default_rng(2)
    net = Network.random([2, 3, 3, 1], scale=12.0, seed=4)
    X, y = rng.normal(size=(4, 2)), np.array([0, 1, 1, 0.0])
    trace = backpropagate(net, X, y, "split")
    truth = exact_module.trace(net, X, y)
    assert max(abs(h) for layer in truth.layers for row in layer.h for h in row) > 20
    for layer, true in zip(trace.layers, truth.layers, strict=True):
        want = np.array([[float(v) for v in row] for row in true.dW])
        assert np.isfinite(layer.dW).all()
        assert np.abs(layer.dW - want).max() <= 1e-10 * np.abs(want).max()
        assert (np.abs(layer.dW - want) <= 1e-10 * np.abs(want)).all()


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("derivative", DERIVATIVES)
@pytest.mark.parametrize("hidden", sorted(HIDDEN))
def test_every_number_stays_in_its_format(format_name, derivative, hidden):
    net = Network.random([2, 3, 1], hidden, seed=1, dtype=format_name)
    trace = backpropagate(net, [[0.5, -1.0], [2.0, 1.0]], [0, 1], derivative)
    dtype = FORMATS[format_name].dtype
    for layer in trace.layers:
        for array in (layer.h, layer.z, layer.slope, layer.delta, layer.dW, layer.db):
            assert array.dtype == dtype
    assert {value.dtype for value in trace.output.values()} == {dtype}
    recording = train(net, [[0.5, -1.0], [2.0, 1.0]], [0, 1], 10, derivative=derivative)
    assert recording.parameters.dtype == dtype and recording.cost.dtype == dtype


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("samples", [1, 2, 7, 250])
@pytest.mark.parametrize("sizes", [(2, 1), (2, 4, 2, 1), (5, 16, 3, 2)])
def test_what_a_recording_gives_back_is_what_training_computed(format_name, samples, sizes):
    rng = np.random.default_rng(3)
    net = Network.random(sizes, seed=2, dtype=format_name)
    X, y = rng.normal(size=(samples, sizes[0])), rng.integers(0, 2, (samples, sizes[-1]))
    together = race(net, X, y, updates=12, learning_rate=0.7)
    for name, recording in together.items():
        alone = train(net, X, y, 12, 0.7, name)
        assert np.array_equal(alone.parameters, recording.parameters)
        for k in (0, 5, 11):
            trace = recording.trace(k)
            assert np.array_equal(trace.layers[-1].h, recording.h_out[k])
            assert trace.cost == float(recording.cost[k])
            step = recording.parameters[k] - net.format.dtype.type(0.7) * np.concatenate(
                [np.column_stack([la.dW, la.db]).ravel() for la in trace.layers]
            )
            assert np.array_equal(step.astype(net.format.dtype), recording.parameters[k + 1])


def test_sums_of_16_bit_formats_are_accumulated_wide():
    net = Network([FORMATS["bfloat16"].round(np.ones((1, 4096)))])
    trace = backpropagate(net, np.ones((1, 4096)), [1.0])
    assert float(trace.layers[0].h[0, 0]) == 4096


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"X": [[1.0, 2.0, 3.0]]}, "shape"),
        ({"X": np.empty((0, 2)), "y": []}, "at least one sample"),
        ({"X": [[np.nan, 0.0]]}, "finite"),
        ({"y": [2.0]}, r"\[0, 1\]"),
        ({"y": [0.0, 1.0]}, "shape"),
        ({"derivative": "magic"}, "one of"),
        ({"cost": "magic"}, "must be"),
        ({"X": [["a", "b"]]}, "numbers"),
    ],
)
def test_bad_input_is_refused_in_words(change, said):
    arguments = {"X": [[1.0, 2.0]], "y": [1.0]} | change
    with pytest.raises(ValueError, match=said):
        backpropagate(Network.random([2, 2, 1]), **arguments)


@pytest.mark.parametrize(
    ("weights", "biases", "said"),
    [
        ([], None, "at least one"),
        ([np.ones((2, 3)), np.ones((3, 1))], None, "transposed"),
        ([np.full((1, 2), np.nan)], None, "finite"),
        ([np.ones((1, 2))], [np.ones(2)], "shape"),
        ([np.ones((1, 2), int)], None, "format"),
        ([np.ones((1, 2)), np.ones((1, 1), np.float32)], None, "one format"),
    ],
)
def test_a_network_that_does_not_fit_is_refused(weights, biases, said):
    with pytest.raises(ValueError, match=said):
        Network(weights, biases)


def test_the_first_fault_names_the_operation_and_the_repairs():
    net = Network.random([2, 3, 1], seed=0)
    sure = Network(net.weights, [net.biases[0], net.biases[1] + 45])
    fault = train(sure, [[1.0, 1.0]], [0.0], 5, derivative="naive").first_fault
    assert fault is not None
    assert (fault.update, fault.layer, fault.sample, fault.operation) == (0, 2, 0, "dJ_dz")
    assert fault.operands == {"error": 1.0, "width": 0.0} and np.isinf(fault.value)
    assert "1 / 0 = ∞" in fault.cause and "∞ × 0 = NaN" in fault.cause
    assert fault.true_value == 1 and fault.others["clamped"] == 0
    assert np.isnan(fault.others["naive"]) and fault.others["fused"] == fault.others["split"] == 1


def test_a_hidden_overflow_that_hides_in_a_saturated_z_is_found():
    net = Network(
        [FORMATS["float16"].round([[60000.0], [1.0]]), FORMATS["float16"].round([[1, 1]])]
    )
    fault = train(net, [[2.0]], [1.0], 3, derivative="fused").first_fault
    assert fault is not None and fault.operation == "h" and fault.layer == 1
    assert "float16" in fault.cause


def test_the_displayed_cost_may_fail_where_training_does_not():
    net = Network([np.array([[45.0]])])
    recording = train(net, [[1.0]], [0.0], 5, derivative="clamped")
    assert recording.first_fault is None and np.isinf(recording.cost).all()
    assert recording.first_cost_fault is not None
    assert recording.true_cost[0] == pytest.approx(45.0)


def test_the_engine_knows_neither_streamlit_nor_plotly():
    code = "import sys, backprop; print([m for m in ('streamlit', 'plotly') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_derivative_objects_are_accepted_beside_names():
    chosen = OutputDerivative("clamped", 1e-12, "floor")
    trace = backpropagate(Network.random([2, 1]), [[1.0, 2.0]], [1.0], chosen)
    assert trace.derivative is chosen


@pytest.mark.parametrize("format_name", ["float32", "float16", "bfloat16"])
def test_a_number_too_large_for_a_format_is_named_before_it_becomes_infinite(format_name):
    net = Network([np.array([[1.0, -1e300]])], [np.array([0.5])])
    with pytest.raises(ValueError, match=rf"W1 must fit the format {format_name} .* got -1e\+300"):
        net.astype(format_name)
    with pytest.raises(ValueError, match=r"b1 must fit the format float16"):
        Network([np.ones((1, 1))], [np.array([7e4])]).astype("float16")
    with pytest.raises(ValueError, match=r"W1 must fit the format float16"):
        Network.random([2, 1], scale=1e9, dtype="float16")

"""The quadratic cost: against automatic differentiation, 50 digits and published numbers."""

from dataclasses import replace

import autograd
import autograd.numpy as anp
import mpmath
import numpy as np
import pytest

from backprop import FORMATS, Network, OutputDerivative, backpropagate, race, train
from backprop.engine import exact
from backprop.engine.faults import by_each_derivative
from backprop.scenario.scenario import Scenario, from_query
from backprop.stage.channels import DEAD, pack
from backprop.stage.experiment import of_recordings
from tests.spoken import spoken

HIDDEN = {
    "sigmoid": lambda h: 1 / (1 + anp.exp(-h)),
    "tanh": anp.tanh,
    "relu": lambda h: anp.maximum(h, 0.0),
}
mp = mpmath.mp.clone()
mp.dps = 60


def autodiff(net, X, y):
    """J, ∂J/∂W and ∂J/∂b by autograd, of a quadratic cost written without our code."""

    def cost(parameters):
        z = X
        for i, (W, b) in enumerate(parameters):
            h = anp.dot(z, W.T) + b
            z = HIDDEN["sigmoid" if i == len(parameters) - 1 else net.hidden](h)
        return anp.sum((z - y) ** 2) / (2 * len(X))

    parameters = list(zip(net.weights, net.biases, strict=True))
    return cost(parameters), autograd.grad(cost)(parameters)


@pytest.mark.parametrize("hidden", sorted(HIDDEN))
@pytest.mark.parametrize("sizes", [(3, 2), (3, 5, 4, 2), (2, 6, 1)])
def test_gradients_of_the_quadratic_cost_equal_automatic_differentiation(sizes, hidden):
    rng = np.random.default_rng(7)
    net = Network.random(sizes, hidden, scale=0.9, seed=3)
    X, y = rng.normal(size=(9, sizes[0])), rng.uniform(0, 1, (9, sizes[-1]))
    trace = backpropagate(net, X, y, cost="quadratic")
    J, gradients = autodiff(net, X, y)
    assert trace.cost == pytest.approx(J, rel=1e-14)
    assert trace.true_cost == pytest.approx(J, rel=1e-14)
    largest = max(np.abs(dW).max() for dW, _ in gradients)
    assert largest > 1e-3
    for layer, (dW, db) in zip(trace.layers, gradients, strict=True):
        assert np.isfinite(layer.dW).all() and np.isfinite(layer.db).all()
        assert np.abs(layer.dW - dW).max() <= 1e-14 * largest
        assert np.abs(layer.db - db).max() <= 1e-14 * largest


def test_the_published_worked_example_comes_out_to_all_its_digits():
    W1, W2 = np.array([[0.15, 0.20], [0.25, 0.30]]), np.array([[0.40, 0.45], [0.50, 0.55]])
    biases = [np.array([0.35, 0.35]), np.array([0.60, 0.60])]
    net = Network([W1, W2], biases)
    x, y = [[0.05, 0.10]], [[0.01, 0.99]]
    trace = backpropagate(net, x, y, cost="quadratic")
    assert round(trace.cost, 9) == 0.298371109
    assert [round(float(z), 9) for z in trace.layers[0].z[0]] == [0.593269992, 0.596884378]
    assert [round(float(z), 9) for z in trace.layers[1].z[0]] == [0.751365070, 0.772928465]
    after = [W - 0.5 * layer.dW for W, layer in zip(net.weights, trace.layers, strict=True)]
    assert np.round(after[1], 9).tolist() == [
        [0.358916480, 0.408666186], [0.511301270, 0.561370121],
    ]  # fmt: skip
    assert np.round(after[0], 9).tolist() == [
        [0.149780716, 0.199561432], [0.249751144, 0.299502287],
    ]  # fmt: skip
    updated = Network(after, biases)  # the example holds the biases where they are
    assert round(backpropagate(updated, x, y, cost="quadratic").cost, 9) == 0.291027774


@pytest.mark.parametrize("y", [0.0, 1.0, 0.3])
@pytest.mark.parametrize("h", [-800.0, -40.0, -3.0, 0.0, 2.5, 36.0, 37.0, 700.0])
def test_exact_quadratic_values_are_those_of_the_definition(h, y):
    with mp.workdps(800):
        z = 1 / (1 + mp.exp(-mp.mpf(h)))
        slope, cost = z * (1 - z), (z - mp.mpf(y)) ** 2 / 2
        delta = (z - mp.mpf(y)) * slope
        assert abs(mp.mpf(str(exact.cost(h, y, "quadratic"))) - cost) <= abs(cost) * mp.mpf("1e-45")
        assert abs(mp.mpf(str(exact.delta(h, y, "quadratic"))) - delta) <= abs(delta) * mp.mpf(
            "1e-45"
        )
    shown = float(OutputDerivative("quadratic").delta(np.array([h]), np.array([y]))[0])
    assert abs(shown - float(delta)) <= 4e-16 * float(slope)


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_number_of_a_quadratic_run_stays_in_its_format_and_finite(format_name):
    net = Network.random([2, 4, 1], scale=20.0, seed=1, dtype=format_name)
    trace = backpropagate(net, [[1.0, -2.0], [2.0, 1.0]], [0, 1], cost="quadratic")
    assert {value.dtype for value in trace.output.values()} == {FORMATS[format_name].dtype}
    recording = train(net, [[1.0, -2.0], [2.0, 1.0]], [0, 1], 20, 10.0, cost="quadratic")
    assert recording.cost.dtype == FORMATS[format_name].dtype
    assert recording.first_fault is None and recording.first_cost_fault is None
    assert np.isfinite(recording.true_cost).all()


def test_the_true_cost_of_a_quadratic_run_is_the_quadratic_cost():
    X, y = np.array([[1.0], [-1.0]]), np.array([0.0, 1.0])
    recording = train(Network([np.array([[2.0]])]), X, y, 30, 1.0, cost="quadratic")
    for k in (0, 13, 30):
        truth = exact.trace(recording.network(k), X, y, "quadratic")
        assert recording.true_cost[k] == pytest.approx(float(truth.cost), rel=1e-14)
        assert recording.trace(k).layers[0].dW[0, 0] == pytest.approx(
            float(truth.layers[0].dW[0][0])
        )


def test_true_quadratic_cost_of_a_sample_that_is_right_keeps_its_digits():
    net = Network([np.array([[40.0]])])
    trace = backpropagate(net, [[1.0]], [1.0], cost="quadratic")
    assert trace.cost == 0  # z rounds to 1
    assert trace.true_cost == pytest.approx(float(mp.exp(-80) / 2), rel=1e-14)


def test_the_derivatives_of_a_race_are_one_for_the_quadratic_cost():
    net = Network.random([2, 3, 1], seed=5)
    X, y = [[1.0, 0.0], [0.0, 1.0]], [0, 1]
    together = race(net, X, y, updates=8, cost="quadratic")
    assert list(together) == ["quadratic"]
    alone = train(net, X, y, 8, derivative="naive", cost="quadratic")
    assert np.array_equal(alone.parameters, together["quadratic"].parameters)
    assert together["quadratic"].derivative == OutputDerivative("quadratic")


def test_a_saturated_wrong_neuron_starts_slowly_with_the_quadratic_cost_alone():
    net = Network([np.array([[5.0]])])
    slow = train(net, [[1.0]], [0.0], 50, 0.5, cost="quadratic")
    quick = train(net, [[1.0]], [0.0], 50, 0.5)
    at = [float(r.trace(50).layers[0].z[0, 0]) for r in (slow, quick)]
    assert at[0] > 0.9 and at[1] < 0.1


def test_a_fault_of_a_quadratic_run_is_explained_with_the_quadratic_truth():
    fmt = FORMATS["float16"]
    small = Network([fmt.round([[1.0, 1.0]]), fmt.round([[6e4]])])
    X = [[1e-3, -1e-3], [6e4, 6e4]]
    fault = train(small, X, [1.0, 1.0], 3, 1.0, cost="quadratic").first_fault
    assert fault is not None and fault.operation == "h" and fault.layer == 1
    assert fault.true_value == pytest.approx(1.2e5, rel=0.01)
    trace = backpropagate(Network([np.array([[3.0]])]), [[1.0]], [0.0], cost="quadratic")
    (value,) = by_each_derivative(trace, 0, 0).values()  # one form: nothing to compare it with
    assert value == pytest.approx(float(exact.delta(3.0, 0.0, "quadratic")), rel=1e-14)


def test_the_stage_of_a_quadratic_run_shows_its_own_truth_and_calls_it_dead():
    net = Network.random([2, 3, 1], seed=2)
    sure = replace(net, biases=(net.biases[0], net.biases[1] + 12))
    recordings = race(sure, [[1.0, 1.0], [0.0, 1.0]], [0, 1], updates=15, cost="quadratic")
    recording = recordings["quadratic"]
    packed = pack(recording, 0, np.array([0]))
    blocks = {(b.name, b.layer): b for b in packed.blocks}
    true = packed.values[0, blocks["true_delta", 2].start]
    h = float(recording.h_out[0, 0, 0])
    assert true == pytest.approx(float(exact.delta(h, 0.0, "quadratic")), rel=1e-14)
    assert packed.states[0, blocks["delta", 2].start] == DEAD
    about = spoken(of_recordings(recordings, "quadratic", 0))
    assert "quadratic cost" in about["equations"]["delta.2"]["title"]
    for slot in about["equations"]["delta.2"]["html"].split('data-slot="')[1:]:
        assert tuple(slot.split(".{")[0].rsplit(".", 1)) in {(n, str(i)) for n, i in blocks}


def test_a_link_names_the_cost_and_the_toggle_then_does_not_matter():
    scenario, problems = from_query({"cost": "quadratic", "derivative": "naive"})
    assert not problems and scenario.running == "quadratic"
    assert scenario.derivatives() == [scenario.output_derivative("split")]
    assert Scenario(derivative="naive").running == "naive" and len(Scenario().derivatives()) == 4
    assert from_query({"cost": "cubic"})[1][0].required == "one of bce, quadratic"

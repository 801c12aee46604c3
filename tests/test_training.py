"""Training goes where autograd goes; what it recorded is shown to the bit; races of any runners."""

import tracemalloc

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from backprop import CLAMPS, FORMATS, Network, OutputDerivative, continued, race, train
from backprop.engine.runners import Runner

MIXED = (
    "naive",
    "naive@float16",
    "clamped:clip:1e-7",
    "clamped:clip:1e-8",
    "clamped:floor:1e-12@float32",
    "fused@bfloat16",
    "fused@float16",
    "split",
)
X = np.random.default_rng(1).normal(size=(7, 2))
Y = np.array([0, 1, 1, 0, 1, 0, 0.5])


def start():
    return Network.random([2, 4, 3, 1], scale=2.0, seed=5)


def test_each_runner_of_a_mixed_race_gets_the_same_bits_as_alone():
    together = race(start(), X, Y, MIXED, updates=40, learning_rate=3.0)
    assert tuple(together) == MIXED
    for text, recording in together.items():
        name, _, format_name = text.partition("@")
        net = start().astype(format_name or "float64")
        parts = name.split(":")
        alone = train(
            net, X, Y, 40, 3.0, parts[0],
            **({"clamp": parts[1], "epsilon": float(parts[2])} if len(parts) == 3 else {}),
        )  # fmt: skip
        assert recording.parameters.dtype == net.format.dtype
        assert np.array_equal(recording.parameters, alone.parameters, equal_nan=True), text
        assert np.array_equal(recording.h_out, alone.h_out, equal_nan=True), text


@pytest.mark.parametrize("master", [None, "float32"])
def test_a_race_in_stretches_has_the_bits_of_a_race_at_once(master):
    at_once = race(start(), X, Y, MIXED, updates=50, learning_rate=3.0, master=master)
    stretched = race(start(), X, Y, MIXED, updates=13, learning_rate=3.0, master=master)
    for updates in (1, 20, 16):
        stretched = continued(stretched, updates)
    assert list(stretched) == list(at_once)
    for name, recording in at_once.items():
        assert stretched[name].updates == 50
        assert np.array_equal(stretched[name].parameters, recording.parameters, equal_nan=True)
        assert np.array_equal(stretched[name].h_out, recording.h_out, equal_nan=True)


def test_what_a_runner_leaves_out_is_that_of_the_call_and_the_network():
    net = start().astype("float32")
    raced = race(net, X, Y, ["clamped", "clamped:floor", "split@float16"], 5, 1.0, epsilon=1e-3)
    assert raced["clamped"].derivative == OutputDerivative("clamped", 1e-3, "denominator")
    assert raced["clamped:floor"].derivative == OutputDerivative("clamped", 1e-3, "floor")
    assert raced["clamped:floor"].start.format.name == "float32"
    assert raced["split@float16"].start.format.name == "float16"


def test_runner_objects_go_by_their_text():
    runner = Runner(OutputDerivative("clamped", 1e-8, "clip"), "float16")
    (name,) = race(start(), X, Y, [runner], 2)
    assert name == "clamped:clip:1e-8@float16"


def test_the_start_is_the_same_for_all_rounded_to_the_format_of_each():
    raced = race(start(), X, Y, MIXED, updates=2)
    exact = raced["split"].parameters[0]
    for recording in raced.values():
        row = recording.parameters[0]
        assert np.array_equal(row, exact.astype(row.dtype))


@pytest.mark.parametrize(
    ("runners", "said"),
    [
        ([], "different names"),
        (["naive", "naive"], "different names"),
        (["naive", "magic"], "one of naive"),
        (["fused@float8"], "number format"),
    ],
)
def test_a_race_without_distinct_runners_is_refused(runners, said):
    with pytest.raises(ValueError, match=said):
        race(start(), X, Y, runners)


def test_a_learning_rate_beyond_a_runners_format_is_refused():
    with pytest.raises(ValueError, match="float16 can hold"):
        race(start(), X, Y, ["fused", "fused@float16"], 2, learning_rate=1e5)


def trained_by_autograd(net, x, y, updates, rate):
    """The same descent by automatic differentiation of a cost written without our code."""

    def cost(parameters):
        z = x
        for W, b in parameters:
            h = anp.dot(z, W.T) + b
            z = anp.tanh(h)
        return anp.sum(anp.logaddexp(0.0, h) - y * h) / len(x)

    slope = autograd.grad(cost)
    parameters = list(zip(net.weights, net.biases, strict=True))
    costs = [cost(parameters)]
    for _ in range(updates):
        parameters = [
            (W - rate * dW, b - rate * db)
            for (W, b), (dW, db) in zip(parameters, slope(parameters), strict=True)
        ]
        costs.append(cost(parameters))
    return parameters, costs


@pytest.mark.parametrize("derivative", ["naive", "fused", "split"])
def test_training_goes_where_automatic_differentiation_goes(derivative):
    net = Network.random([2, 4, 3, 1], "tanh", scale=0.8, seed=5)
    recording = train(net, X, Y, 60, 0.5, derivative)
    parameters, costs = trained_by_autograd(net, X, Y[:, None], 60, 0.5)
    assert np.isfinite(recording.parameters).all()
    assert np.allclose(recording.true_cost, costs, rtol=1e-10)
    assert np.allclose(recording.cost, costs, rtol=1e-10)
    for W, (want, _) in zip(recording.network(60).weights, parameters, strict=True):
        assert np.allclose(W, want, rtol=1e-9)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("master", [None, "float64"])
def test_every_way_to_look_at_a_recording_shows_the_bits_that_training_computed(
    format_name, hidden, bias, master
):
    net = Network.random([2, 5, 3, 2], hidden, 1.5, bias, seed=7, dtype=format_name)
    y = np.column_stack([Y, 1 - Y])
    kept = FORMATS[master or format_name]
    runners = ["naive", "fused", "split", *(f"clamped:{clamp}" for clamp in CLAMPS)]
    raced = race(net, X, y, runners, updates=9, learning_rate=2.0, master=master)
    for recording in raced.values():
        assert recording.parameters.dtype == kept.dtype
        assert recording.h_out.dtype == FORMATS[format_name].dtype
        stacked, some = recording.stacked(), recording.stacked(np.array([7, 2]))
        for k in (0, 2, 7, 9):
            trace = recording.trace(k)
            assert np.array_equal(trace.layers[-1].h, recording.h_out[k], equal_nan=True)
            assert np.array_equal(trace.cost, float(recording.cost[k]), equal_nan=True)
            for i, layer in enumerate(trace.layers):
                looks = [(stacked, k)] + [(some, n) for n, at in enumerate((7, 2)) if at == k]
                for passes, n in looks:
                    for mine, theirs in ((layer.h, passes.h[i]), (layer.z, passes.z[i + 1]),
                                         (layer.delta, passes.delta[i]),
                                         (layer.dW, passes.dW[i])):  # fmt: skip
                        assert mine.dtype == FORMATS[format_name].dtype
                        assert np.array_equal(mine, theirs[n], equal_nan=True)
            if k < 9:
                slope = np.concatenate([
                    (la.dW if la.db is None else np.column_stack([la.dW, la.db])).ravel()
                    for la in trace.layers
                ])  # fmt: skip
                with np.errstate(invalid="ignore"):
                    after = recording.parameters[k] - kept.round(2.0) * slope.astype(kept.dtype)
                assert np.array_equal(after, recording.parameters[k + 1], equal_nan=True)


def test_500_updates_of_four_derivatives_fit_in_50_megabytes():
    net = Network.random([2, 4, 4, 1], seed=1)
    tracemalloc.start()
    for recording in race(net, X[:4], Y[:4], updates=500).values():
        assert len(recording.cost) == len(recording.true_cost) == 501
        assert recording.first_fault is None
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50e6

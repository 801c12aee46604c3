"""What a person types at a prompt: objects print themselves, wrong arguments are told why."""

import decimal

import numpy as np
import pytest

import backprop
from backprop import Network, OutputDerivative, backpropagate, check_gradients, race, train
from backprop.engine.runners import Runner, parse_runner
from backprop.export import site
from backprop.faults.spread import spread
from backprop.scenario.datasets import load
from backprop.scenario.scenario import Scenario

NET = Network.random([2, 3, 1], scale=2.0, seed=1)
X, Y = [[0.5, -1.0], [2.0, 1.0]], [0, 1]
GOOD = {
    Network: {"weights": NET.weights, "biases": NET.biases},
    Network.random: {"sizes": [2, 3, 1]},
    NET.astype: {"dtype": "float32"},
    OutputDerivative: {},
    Runner: {"derivative": OutputDerivative()},
    parse_runner: {"text": "fused"},
    backpropagate: {"net": NET, "X": X, "y": Y},
    check_gradients: {"net": NET, "X": X, "y": Y},
    train: {"net": NET, "X": X, "y": Y, "updates": 2},
    race: {"net": NET, "X": X, "y": Y, "updates": 2},
    backprop.continued: {"recordings": race(NET, X, Y, updates=1), "updates": 2},
    train(NET, X, Y, 3).network: {"k": 1},
    train(NET, X, Y, 3).trace: {"k": 1},
    spread: {"recording": train(NET, X, Y, 3), "updates": 2},
    load: {"name": "xor"},
}
ODD = (
    None, True, 2, -1, 0, 2.5, np.nan, np.inf, 10**400, 1j, decimal.Decimal("0.1"), "", "magic",
    b"fused", [], [[]], ["relu"], [1, "a"], [[1, 2], [3]], {"a": 1}, {1, 2}, object(), len, int,
    np.float32, np.ones(3), np.ones((2, 2, 2)), np.array("a"), np.array(None), np.ones(2, complex),
    np.array(["2020-01-01"], "datetime64[D]"),
)  # fmt: skip
ARGUMENTS = [
    (function, name)
    for function, good in GOOD.items()
    for name in {
        Network: ("weights", "biases", "hidden"),
        Network.random: ("sizes", "hidden", "scale", "bias", "seed", "dtype"),
        OutputDerivative: ("name", "epsilon", "clamp"),
        Runner: ("derivative", "format"),
        parse_runner: ("text",),
        backpropagate: ("net", "X", "y", "derivative", "epsilon", "clamp", "cost"),
        check_gradients: ("net", "X", "y", "derivative", "epsilon", "clamp", "cost", "step"),
        train: ("net", "X", "y", "updates", "learning_rate", "derivative", "epsilon", "clamp",
                "master", "cost"),
        race: ("net", "X", "y", "runners", "updates", "learning_rate", "epsilon", "clamp",
               "master", "cost"),
        spread: ("updates",),
    }.get(function, good)
]  # fmt: skip


@pytest.mark.parametrize(
    ("function", "name"), ARGUMENTS, ids=lambda part: getattr(part, "__qualname__", part)
)
def test_any_value_of_any_argument_is_taken_or_refused_with_what_was_got_and_what_to_try(
    function, name
):
    refused = 0
    for value in ODD:
        try:
            function(**GOOD[function] | {name: value})
        except ValueError as error:
            refused += 1
            said = str(error)
            assert "must" in said or "needs" in said, (value, said)
            assert "got" in said and len(said) < 500, (value, said)
            advice = said.split("got", 1)[1]
            assert ". " in advice or "; " in advice, f"Nothing to try: {value!r}: {said}"
    assert refused > len(ODD) // 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"hidden": ["relu"]}, r"one of sigmoid, tanh, relu, got \['relu'\]\. Try 'relu'\."),
        ({"hidden": "Relu"}, r"got 'Relu'\. Try 'relu'\."),
        ({"hidden": None}, "got None"),
        ({"sizes": "2-4-1"}, r"list of .* got '2-4-1'\. Try \[2, 4, 4, 1\]"),
        ({"sizes": 4}, r"list of .* got 4\. Try \[2, 4, 4, 1\]"),
        ({"sizes": [2, 0, 1]}, r"whole number of at least 1, got 0\. Try"),
        ({"scale": "3"}, r"finite number, got '3'\. Try 1\.0"),
        ({"bias": "off"}, r"True or False, got 'off'"),
        ({"seed": -1}, r"whole number of at least 0, got -1\. Try 0"),
        ({"seed": None}, r"whole number of at least 0, got None"),
        ({"dtype": "double"}, r"one of float64, .* got 'double'\. Try 'float64'"),
        ({"dtype": ["float32"]}, r"one of float64, .* got \['float32'\]"),
    ],
)
def test_a_network_says_what_it_wants(arguments, said):
    with pytest.raises(ValueError, match=said):
        Network.random(**{"sizes": [2, 4, 1]} | arguments)


@pytest.mark.parametrize("dtype", ["float32", np.float32, np.dtype("float32")])
def test_a_format_can_be_named_in_numpys_ways(dtype):
    assert Network.random([2, 1], dtype=dtype).format.name == "float32"


def test_whole_numbers_of_numpy_and_whole_floats_count_as_whole():
    net = Network.random(np.array([2.0, 3, 1]), seed=np.int64(5))
    assert net.sizes == (2, 3, 1) and net.weights[0].shape == (3, 2)
    assert train(NET, X, Y, np.uint8(3)).updates == train(NET, X, Y, 3.0).updates == 3


def test_a_lone_runner_is_said_to_need_a_list():
    with pytest.raises(ValueError, match=r'list of derivatives, got \'naive\'\. Try \["naive"'):
        race(NET, X, Y, "naive")


def test_a_recording_of_no_updates_is_the_start():
    for name, recording in race(NET, X, Y, updates=0).items():
        assert recording.updates == 0 and len(recording.cost) == 1
        start = backpropagate(NET, X, Y, name)
        assert np.array_equal(recording.trace(0).layers[0].dW, start.layers[0].dW)
        assert recording.cost[0] == start.cost and recording.first_fault is None
        assert "0 updates" in str(recording)
    (longer,) = backprop.continued({"fused": train(NET, X, Y, 0)}, 5).values()
    assert np.array_equal(longer.parameters, train(NET, X, Y, 5).parameters)


def test_no_update_can_be_broken_already():
    sure = Network([np.array([[45.0]])])
    fault = train(sure, [[1.0]], [0.0], 0, derivative="naive").first_fault
    assert fault is not None and fault.update == 0


def test_updates_count_from_the_end_too_and_none_is_invented():
    recording = train(NET, X, Y, 4)
    assert np.array_equal(recording.trace(-1).layers[0].h, recording.trace(4).layers[0].h)
    for k in (5, -6, 1.5, "last", None):
        with pytest.raises(ValueError, match=r"whole number from -5 to 4, got .*\. Try 4\."):
            recording.trace(k)


def printed(value):
    text = str(value)
    assert len(text.splitlines()) <= 12 and max(map(len, text.splitlines())) <= 160, text
    assert len(repr(value)) <= 200 and "\n" not in repr(value), repr(value)
    assert "array(" not in text + repr(value)
    return text


def test_recordings_and_traces_print_a_few_lines_that_say_what_they_are():
    scenario = Scenario()
    data = scenario.dataset()
    recordings = race(scenario.network(), data.X, data.y, updates=120, learning_rate=30.0)
    for name, recording in recordings.items():
        text = printed(recording)
        for part in ("120 updates", "2-4-4-1", "float64", "4 samples", name, "30", "first fault"):
            assert part in text
        assert f"{recording.cost[0]:.4g} " in text
        trace = printed(recording.trace(0))
        for part in ("4 samples", "2-4-4-1", name, "layer 3", f"{recording.cost[0]:.4g}"):
            assert part in trace
    broken = recordings["naive"]
    assert f"update {broken.first_fault.update}, layer 3" in str(broken)
    assert broken.first_fault.cause in str(broken) and "NaN after 120 updates" in str(broken)
    assert "none: every number is finite" in str(recordings["fused"])


def test_a_cost_that_is_infinite_is_not_said_to_be_finite():
    silent = train(Network([np.array([[45.0]])]), [[1.0]], [0.0], 5, derivative="clamped")
    assert silent.first_fault is None
    assert "none in the passes; the displayed cost is ∞ at update 0" in printed(silent)
    assert "∞ (true 45) at the start" in str(silent)


@pytest.mark.parametrize("format_name", backprop.FORMATS)
def test_every_format_prints_also_where_numbers_are_not_finite(format_name):
    net = Network.random([2, 3, 2], "relu", scale=50.0, bias=False, seed=3, dtype=format_name)
    recording = train(net, X, [[0, 1], [1, 0]], 6, 1e3, "naive", master="float64")
    for value in (net, recording, *(recording.trace(k) for k in range(7))):
        assert format_name in printed(value)


def test_what_else_is_public_prints_in_short():
    assert printed(Scenario(seed=3, units=(2,))) == "Scenario(units=(2,), seed=3)"
    assert printed(load("moons")) == "<Dataset moons: 40 samples; inputs x₁, x₂; 1 target>"
    report = check_gradients(NET, X, Y)
    assert repr(report) == f"<GradientReport: {report.verdict}>"
    assert printed(NET) == "<Network: 2-3-1, hidden sigmoid, float64, 13 numbers>"


@pytest.mark.parametrize("asked", [["--help"], ["-h"]])
def test_the_site_command_prints_its_help(capsys, asked):
    with pytest.raises(SystemExit) as ended:
        site.main(asked)
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert "usage:" in said and "folder" in said and "https://example.org/lessons" in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "required: folder"),
        (["a", "https://example.org", "b"], "unrecognized arguments: b"),
        (["--magic"], "required: folder"),
        (["a", "--magic"], "unrecognized arguments: --magic"),
    ],
)
def test_the_site_command_says_which_argument_is_wrong(capsys, asked, said):
    with pytest.raises(SystemExit) as ended:
        site.main(asked)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err

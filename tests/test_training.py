"""A race of any runners: each as if alone, also across formats, and also in stretches."""

import numpy as np
import pytest

from backprop import Network, OutputDerivative, continued, race, train
from backprop.runners import Runner

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
        name, _, made = text.partition("@")
        net = start().astype(made or "float64")
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

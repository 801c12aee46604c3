"""What is said of a runner is so."""

import numpy as np
import pytest

from backprop import Network, race, train
from backprop.racing.summary import summarise
from backprop.racing.verdicts import last_finite, verdict
from backprop.scenario import Scenario


def verdicts(runners, **changes):
    scenario = Scenario(**changes)
    data = scenario.dataset()
    raced = race(
        scenario.network(), data.X, data.y, runners, updates=scenario.updates,
        learning_rate=scenario.learning_rate,
    )  # fmt: skip
    return {name: verdict(r, summarise(r)) for name, r in raced.items()}, raced


def test_the_default_race_breaks_goes_silent_and_learns():
    said, raced = verdicts(
        ["naive", "clamped", "clamped:clip:1e-7", "clamped:clip_both:1e-7", "fused", "split"]
    )
    assert {name: v.kind for name, v in said.items()} == {
        "naive": "breaks",
        "clamped": "silent",
        "clamped:clip:1e-7": "silent",
        "clamped:clip_both:1e-7": "learns",
        "fused": "learns",
        "split": "learns",
    }
    assert "update 5, on sample 3, which the network has right" in said["naive"].words
    assert "2 samples are wrong" in said["clamped"].words and "2 of 4" in said["clamped"].short
    true = raced["clamped:clip:1e-7"].true_cost[-1]
    assert said["clamped:clip:1e-7"].lie.startswith("It shows a cost of 8.059; the true one is 15.")
    assert true == pytest.approx(15.3, abs=0.1)
    assert said["fused"].lie == said["split"].lie == ""


def test_the_last_finite_network_is_the_one_before_the_first_with_a_nan():
    (said, raced) = verdicts(["naive"])
    k = said["naive"].last_finite
    assert k == 5 == last_finite(raced["naive"])
    assert np.isfinite(raced["naive"].parameters[k]).all()
    assert not np.isfinite(raced["naive"].parameters[k + 1]).all()
    assert "shows a cost of NaN" in said["naive"].lie and "17.8" in said["naive"].lie


def test_a_wrong_sample_that_breaks_it_is_not_called_right():
    recording = train(Network([np.array([[45.0]])]), [[1.0]], [0.0], 3, 1.0, "naive")
    words = verdict(recording, summarise(recording)).words
    assert "on sample 1." in words and "right" not in words


def test_a_fault_in_the_last_backward_pass_breaks_it_too():
    recording = train(Network([np.array([[20.0]])]), [[1.0]], [1.0], 1, 1e10, "naive")
    assert np.isfinite(recording.parameters).all() and recording.first_fault is not None
    said = verdict(recording, summarise(recording))
    assert said.kind == "breaks" and said.last_finite == 1 and "update 1" in said.words


def test_slow_but_alive_is_neither_silent_nor_done():
    said, _ = verdicts(["fused"], updates=10, learning_rate=0.01)
    assert (
        said["fused"].kind == "unfinished" and "no δ at the output is dead" in said["fused"].words
    )


def test_a_start_that_is_beyond_the_format_has_no_finite_update():
    net = Network([np.array([[6e4]])]).astype("float16")
    recording = train(net, [[2.0]], [1.0], 2, 1.0, "fused")
    said = verdict(recording, summarise(recording))
    assert said.last_finite is None and said.kind == "breaks"

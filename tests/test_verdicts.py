"""Each kind of verdict on a recording of its kind, and what it advises is tried and helps."""

import re
from dataclasses import replace

import numpy as np
import pytest

from backprop import Network, race, train
from backprop.lessons import LESSONS
from backprop.racing.sentences import SENTENCES, smaller
from backprop.racing.verdicts import last_finite, verdict
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario


def fused(**changes):
    return replace(Scenario(), **changes).recordings()["fused"]


def rescaled(recording, alpha=None, X=None, net=None, updates=None):
    """The same training with another learning rate, other inputs or another start."""
    return train(
        net or recording.start, recording.X if X is None else X, recording.y,
        updates or recording.updates, alpha or recording.learning_rate, recording.derivative,
    )  # fmt: skip


def late(recording):
    """The mean cost of the last quarter of the updates."""
    return recording.true_cost[-recording.updates // 4 :].mean()


def standardised(X):
    return (X - X.mean(axis=0)) / X.std(axis=0)


def test_the_default_race_breaks_goes_silent_and_learns():
    scenario = Scenario()
    data = scenario.dataset()
    raced = race(
        scenario.network(), data.X, data.y,
        ["naive", "clamped", "clamped:clip:1e-7", "clamped:clip_both:1e-7", "fused", "split"],
        updates=scenario.updates, learning_rate=scenario.learning_rate,
    )  # fmt: skip
    said = {name: verdict(recording) for name, recording in raced.items()}
    assert {name: v.kind for name, v in said.items()} == {
        "naive": "breaks",
        "clamped": "silent",
        "clamped:clip:1e-7": "silent",
        "clamped:clip_both:1e-7": "learned",
        "fused": "learned",
        "split": "learned",
    }
    naive = said["naive"]
    assert "update 5, on sample 3, which the network has right" in naive.words
    assert "all 37 weights and biases are NaN or ∞" in naive.words
    k = naive.last_finite
    assert k == 5 == last_finite(raced["naive"])
    assert np.isfinite(raced["naive"].parameters[k]).all()
    assert not np.isfinite(raced["naive"].parameters[k + 1]).all()
    assert naive.lie.startswith("At update 5 it shows a cost of NaN; the true one is 17.8")
    clip = said["clamped:clip:1e-7"]
    assert "2 of 4 samples are off their target" in clip.words and "2 of 4" in clip.short
    assert clip.lie.startswith("It shows a cost of 8.059; the true one is 15.3")
    assert said["fused"].lie == said["split"].lie == ""
    assert said["fused"].text == "Learned: every sample is right."


OF_A_KIND = {
    "swings": {"units": (3,), "hidden": "tanh", "scale": 0.5, "seed": 98, "data": "circles"},
    "grows": {"seed": 75, "data": "or"},
    "deaf": {"units": (5, 1), "hidden": "tanh", "scale": 1.0, "seed": 66, "data": "circles",
             "learning_rate": 10.0},
    "learning": {"units": (1, 2), "hidden": "tanh", "scale": 1.0, "seed": 13, "data": "blobs",
                 "learning_rate": 0.1},
    "base rate": {"units": (2, 2), "hidden": "relu", "scale": 0.5, "seed": 19,
                  "learning_rate": 1.0},
    "stalls": {"units": (2,), "hidden": "tanh", "scale": 0.5, "seed": 52, "data": "spiral",
               "learning_rate": 1.0},
}  # fmt: skip


@pytest.mark.parametrize("kind", OF_A_KIND)
def test_a_recording_of_each_kind_is_called_so(kind):
    said = verdict(fused(**OF_A_KIND[kind]))
    assert said.kind == kind and said.lie == ""


def test_every_kind_has_its_recording():
    assert {*OF_A_KIND, "breaks", "silent", "learned"} == set(SENTENCES)


@pytest.mark.parametrize("kind", ["swings", "grows", "deaf"])
def test_the_smaller_learning_rate_that_it_advises_learns(kind):
    recording = fused(**OF_A_KIND[kind])
    alpha = float(re.search(r"is too large: try ([\d.e-]+)\.", verdict(recording).words).group(1))
    assert alpha == smaller(recording.learning_rate) < recording.learning_rate
    better = verdict(rescaled(recording, alpha, updates=240))
    assert better.kind == "learned", better.text


def test_the_smaller_learning_rate_helps_nearly_always():
    rng, tried, helped = np.random.default_rng(3), 0, 0
    while tried < 16:
        recording = fused(
            units=tuple(int(n) for n in rng.integers(1, 6, rng.integers(0, 3))),
            hidden=str(rng.choice(["sigmoid", "tanh", "relu"])), seed=int(rng.integers(1000)),
            data=str(rng.choice(["xor", "or", "blobs", "circles", "moons"])),
            scale=float(rng.choice([0.5, 1, 3])), learning_rate=float(rng.choice([3, 10, 30])),
        )  # fmt: skip
        if found := re.search(r"is too large: try ([\d.e-]+)\.", verdict(recording).words):
            tried += 1
            helped += late(rescaled(recording, float(found.group(1)))) < 0.95 * late(recording)
    assert helped >= 15


@pytest.mark.parametrize(
    ("alpha", "tenth"), [(30, 3), (1, 0.1), (100, 10), (0.5, 0.05), (9, 0.5), (1e-6, 1e-7)]
)
def test_a_tenth_is_a_round_number(alpha, tenth):
    assert smaller(alpha) == tenth


def test_a_network_of_dead_relus_says_so_and_from_when():
    dying = fused(units=(4, 3), hidden="relu", scale=1.0, seed=49, data="blobs", learning_rate=10.0)
    said = verdict(dying)
    assert said.kind == "deaf" and "every h there is 0 or below" in said.words
    layers = dying.trace(dying.updates).layers
    assert not layers[1].slope.any() and not layers[0].dW.any() and layers[2].db.any()
    assert "α = 10 is too large: try 1." in said.words
    assert verdict(rescaled(dying, 1.0)).kind == "learned"
    net = Network([-np.ones((3, 2)), np.ones((1, 3))], hidden="relu")
    born = train(net, [[1.0, 2.0], [2.0, 1.0]], [0.0, 1.0], 20, 0.1)
    assert "It is so from the start: try another seed." in verdict(born).words


@pytest.mark.parametrize("hidden", ["sigmoid", "tanh"])
def test_inputs_that_are_far_too_large_are_named_and_scaling_them_helps(hidden):
    start = Scenario(units=(4,), hidden=hidden, scale=1.0, seed=3, data="moons").network()
    data = Scenario(data="moons").dataset()
    raw = train(start, data.X * 400 + 1000, data.y, 400, 3.0)
    words = verdict(raw).words
    assert verdict(raw).kind != "learned" and words.endswith(": scale the inputs.")
    assert "most units of layer 1 are saturated from the start" in words
    assert "smaller weight scale" not in words and "try 0.3" not in words
    scaled = verdict(rescaled(raw, X=standardised(raw.X), updates=2000))
    assert scaled.kind in ("learned", "learning") and "scale the inputs" not in scaled.words
    assert late(rescaled(raw, X=standardised(raw.X))) < 0.6 * late(raw)


def test_weights_that_are_far_too_large_are_told_from_inputs_that_are():
    recording = fused(units=(2, 2), hidden="tanh", seed=17, data="and", scale=20.0)
    assert "start: try a smaller weight scale." in verdict(recording).words
    assert "scale the inputs" not in verdict(recording).words


def test_the_lessons_have_the_verdicts_that_they_teach():
    kinds = {
        name: {form: verdict(r).kind for form, r in recordings(LESSONS[name].scenario).items()}
        for name in ("hidden-saturation", "deep-sigmoids", "usual-repair", "swapped-labels")
    }
    assert set(kinds["hidden-saturation"].values()) == {"deaf"}
    assert set(kinds["deep-sigmoids"].values()) == {"base rate"}
    assert kinds["usual-repair"]["clamped"] == "silent"
    assert kinds["usual-repair"]["naive"] == "breaks"
    assert kinds["swapped-labels"]["naive"] == "learned"
    deaf = verdict(recordings(LESSONS["hidden-saturation"].scenario)["split"]).words
    assert "Inputs are as large as 500" in deaf and deaf.endswith("scale the inputs.")


def test_a_wrong_sample_that_breaks_it_is_not_called_right():
    recording = train(Network([np.array([[45.0]])]), [[1.0]], [0.0], 3, 1.0, "naive")
    assert "on sample 1." in verdict(recording).words and "right" not in verdict(recording).words


def test_a_fault_in_the_last_backward_pass_breaks_it_too():
    recording = train(Network([np.array([[20.0]])]), [[1.0]], [1.0], 1, 1e10, "naive")
    assert np.isfinite(recording.parameters).all() and recording.first_fault is not None
    said = verdict(recording)
    assert said.kind == "breaks" and said.last_finite == 1 and "update 1" in said.words
    assert "In the last update the only sample has a δ" in said.words


def test_a_start_that_is_beyond_the_format_has_no_finite_update():
    net = Network([np.array([[6e4]])]).astype("float16")
    said = verdict(train(net, [[2.0]], [1.0], 2, 1.0, "fused"))
    assert said.last_finite is None and said.kind == "breaks"


def test_a_value_that_leaves_the_format_without_harm_is_told_and_not_called_a_break():
    net = Network([np.full((2, 1), 6e4), np.array([[1.0, -0.9]])]).astype("float16")
    recording = train(net, [[2.0]], [1.0], 20, 1.0, "fused")
    assert recording.first_fault is not None
    said = verdict(recording)
    assert said.kind == "learned"
    assert said.words.endswith(
        "At update 0 a value left float16 first; at the end the only sample has an h that is not "
        "finite, and every weight and bias is finite."
    )


@pytest.mark.parametrize(
    ("X", "y", "words"),
    [
        ([[1.0], [-1.0], [2.0]], [1.0, 0.0, 1.0], "Learned: every sample is right."),
        ([[1.0]], [1.0], "Learned: its one sample is right."),
        ([[1.0], [2.0]], [1.0, 1.0], "Learned: every sample is right. All samples have the same "
                                     "target, so one answer for all is enough."),
        ([[1.0], [-1.0]], [0.9, 0.2], "Learned: every sample is within 0.1 of its target."),
        ([[1.0], [-1.0]], [0.5, 0.2], "Learned: every sample is within 0.1 of its target."),
        ([[1.0], [-1.0]], [[1.0, 0.3], [0.0, 0.6]],
         "Learned: every sample is within 0.1 of its targets."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("cost", ["bce", "quadratic"])
def test_learned_is_true_of_one_sample_one_class_soft_labels_and_several_targets(X, y, words, cost):
    net = Network.random([1, 3, np.ndim(y) and np.atleast_2d(np.array(y).T).shape[0]], seed=1)
    assert verdict(train(net, X, y, 1500, 1.0, "fused", cost=cost)).text == words


def test_a_soft_target_on_the_right_side_is_not_met_before_it_is_near():
    recording = train(Network([np.array([[0.1]])]), [[1.0]], [0.9], 3, 0.01)
    said = verdict(recording)
    assert said.kind != "learned"
    assert "At the end not even the only sample is within 0.1 of the target." in said.words


def test_the_quadratic_cost_is_told_to_be_the_reason_of_its_own_silence():
    said = verdict(recordings(LESSONS["quadratic-cost"].scenario)["quadratic"])
    assert said.kind == "silent" and "The quadratic cost does this itself" in said.words
    assert "Every value is finite" not in said.words

"""Lessons on one sample: wrong but without effect; right, yet NaN; one that ruins all others."""

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.cliffs import saturation
from backprop.engine.training import Recording
from backprop.lessons.lesson import Claim, Lesson, LessonStep, Question, place
from backprop.scenario.scenario import Scenario

CLAMPED, FUSED = ("derivative", "clamped"), ("derivative", "fused")

_CONFIDENT = (
    ("W1.0.0", 4.4), ("W1.0.1", -5.2), ("W1.1.0", 4.5), ("W1.1.1", -3.6), ("W1.2.0", -2.2),
    ("W1.2.1", -2.7), ("W2.0.0", 70.1), ("W2.0.1", -64.7), ("W2.0.2", -17.0),
    ("b1.0", -5.4), ("b1.1", 3.5), ("b1.2", -3.4), ("b2.0", 32.8),
)  # fmt: skip
"""Trained on the same points with every label right, the output made steeper, and rounded."""


def wrong(recording: Recording, k: int) -> list[int]:
    """The samples (from 0) on the wrong side of 1/2 at update k."""
    return np.flatnonzero((recording.h_out[k, :, 0] > 0) != (recording.y[:, 0] > 0.5)).tolist()


def broken(recording: Recording, k: int) -> list[int]:
    """The samples (from 0) whose δ_L is not finite at update k."""
    return np.flatnonzero(~np.isfinite(recording.trace(k).layers[-1].delta[:, 0])).tolist()


def gradients(recording: Recording, k: int) -> list[Array]:
    """∂J/∂W and ∂J/∂b of every layer at update k."""
    layers = recording.trace(k).layers
    return [layer.dW for layer in layers] + [layer.db for layer in layers if layer.db is not None]


WRONG_LABEL = Lesson(
    id="wrong-label",
    title="The wrong label",
    sentence="A confident network meets one label that contradicts it. Is it learned?",
    minutes=5,
    scenario=Scenario(
        units=(3,), data="xor_wrong_label", weights=_CONFIDENT, learning_rate=0.5, sample=2,
        derivative="clamped",
    ),
    steps=(
        LessonStep("A network that has learned XOR well, and one mistake in its data: sample 2 of "
                   "9 carries the wrong label, 0 where its neighbours have 1.", 0, "start"),
        LessonStep("Forward: h at the output is 37.84. That is beyond 36.74, so in float64 z is "
                   "exactly 1. The network is sure, and the label says 0.", 0, "z.2", "z.2.0"),
        LessonStep("ε-clamped: the slope z (1 − z) is 0, and 0 times anything is 0. δ = 0 on the "
                   "one sample that is wrong. It is dead. The true cost is 4.2.", 0, "delta.2",
                   "delta.2.0"),
        LessonStep("120 updates later the cost on display is ∞ as before, and the true cost still "
                   "4.2. No NaN, no learning.", 120, "delta.2", part="cost"),
        LessonStep("Naive, from the same start: (1 − 0) / 0 = ∞, and ∞ × 0 = NaN at update 0.", 0,
                   "delta.2", part="fault", changes=(("derivative", "naive"),)),
        LessonStep("Fused: δ = z − y = 1. Every layer gets a gradient from it.", 0, "dW.1",
                   "delta.2.0", changes=(FUSED,)),
        LessonStep("After 120 updates with Fused the cost is below 0.001.", 120, "cost.2",
                   part="chart", changes=(FUSED,)),
    ),
    question=Question(
        "120 updates with the ε-clamped derivative: what becomes of the wrong label?",
        ("The network learns it, slowly", "Nothing: the cost does not move",
         "The cost turns to NaN"),
        right=1, after=1,
        reveal="δ is 0 for the only sample that is wrong, and nearly 0 for all that are right. "
               "The cost stays at 4.2 for good. The clamp has prevented the NaN and the learning.",
    ),
    notes=(
        "Ask first whether the label should be learned at all. The point is not that wrong labels "
        "are good, but that the program decides, silently, which samples count.",
        "At step 3 read the equation aloud: its last factor, σ′(h), is exactly 0.",
    ),
    claims=(
        Claim("At the start only sample 2 of 9 is wrong.", lambda of: wrong(of("fused"), 0) == [1]),
        Claim("Its h is 37.84, beyond 36.74, and z is exactly 1.",
              lambda of: round(float(of("naive").h_out[0, 1, 0]), 2) == 37.84
              and of("naive").trace(0).layers[-1].z[1, 0] == 1
              and round(saturation(of("naive").start.format), 2) == 36.74),
        Claim("ε-clamped: δ of sample 2 is exactly 0 at every update to 120.",
              lambda of: not of("clamped").stacked().delta[-1][:, 1].any()),
        Claim("ε-clamped: the true cost is 4.2 at the start and moves by less than 0.001 in 120 "
              "updates.",
              lambda of: round(float(of("clamped").true_cost[0]), 1) == 4.2
              and float(np.ptp(of("clamped").true_cost)) < 0.001),
        Claim("ε-clamped: the displayed cost is ∞ at every update.",
              lambda of: np.isposinf(of("clamped").cost).all()),
        Claim("Naive: NaN at update 0 in sample 2, because 1 / 0 = ∞ and ∞ × 0 = NaN.",
              lambda of: place(of.fault("naive")) == (0, 2, 1)
              and "1 / 0 = ∞" in of.fault("naive").cause
              and "∞ × 0 = NaN" in of.fault("naive").cause),
        Claim("Fused: δ = 1 at the start, and the true cost is below 0.001 after 120 updates.",
              lambda of: of("fused").trace(0).layers[-1].delta[1, 0] == 1
              and of("fused").true_cost[120] < 0.001),
    ),
)  # fmt: skip

RIGHT_AND_NAN = Lesson(
    id="right-and-sure",
    title="Right, and sure",
    sentence="The network answers correctly and with certainty. What is δ by the textbook?",
    minutes=4,
    scenario=Scenario(derivative="naive", sample=3),
    steps=(
        LessonStep("XOR, a network 2-4-4-1, and the formula of the textbook: (z − y) / (z (1 − z)) "
                   "times z (1 − z). At update 0 every number is an ordinary one.", 0, "delta.3",
                   "delta.3.0"),
        LessonStep("Update 4: the network is wrong about sample 3. The target is 1, and z is "
                   "2.8e-9. δ is −1, as large as it can be.", 4, "delta.3", "z.3.0"),
        LessonStep("Update 5, forward: h = 40.25. The network is right, and sure: z is exactly 1.",
                   5, "z.3", "z.3.0"),
        LessonStep("δ: z − y is 0, and z (1 − z) is 0. 0 / 0 = NaN. The true δ is −3.31e-18: "
                   "nothing. At this h Fused gives 0.", 5, "delta.3", "delta.3.0", "fault"),
        LessonStep("Fused from the same start goes on: after 120 updates its cost is below 0.001.",
                   120, "cost.3", part="chart", changes=(FUSED,)),
    ),
    question=Question(
        "At update 5 the network gives z = 1 for sample 3, whose target is 1. What is δ?",
        ("0: there is nothing to correct", "A tiny negative number", "NaN"),
        right=2, after=2,
        reveal="0 / 0 is NaN, although the answer is right: success is enough to break the naive "
               "form. Its two factors should cancel, but the first is NaN, and the second 0.",
    ),
    notes=(
        "Most people expect NaN to follow from something being wrong. Let them say so first.",
        "Press N to jump to the NaN, then ← to walk back through the operations before it.",
    ),
    claims=(
        Claim("Naive: NaN at update 5 of layer 3 in sample 3, whose target is 1.",
              lambda of: place(of.fault("naive")) == (5, 3, 2) and of.fault("naive").y == 1),
        Claim("It is 0 / 0.", lambda of: "0 / 0 = NaN" in of.fault("naive").cause),
        Claim("There h = 40.25 and z is exactly 1.",
              lambda of: round(of.fault("naive").h or 0, 2) == 40.25
              and of.fault("naive").z == 1),
        Claim("The true δ there is −3.31e-18.",
              lambda of: f"{of.fault('naive').true_value:.3g}" == "-3.31e-18"),
        Claim("Up to update 4 every value is finite; there z of sample 3 is 2.8e-9, and δ is −1 to "
              "8 digits.",
              lambda of: all(np.isfinite(d).all() for d in of("naive").stacked(slice(5)).delta)
              and f"{of('naive').trace(4).layers[-1].z[2, 0]:.1e}" == "2.8e-09"
              and round(float(of("naive").trace(4).layers[-1].delta[2, 0]), 8) == -1),
        Claim("Fused gives 0 at that h, and its cost is below 0.001 after 120 updates.",
              lambda of: of.fault("naive").others["fused"] == 0
              and of("fused").true_cost[120] < 0.001),
    ),
)  # fmt: skip

ONE_IS_ENOUGH = Lesson(
    id="average",
    title="The average over samples",
    sentence="Some samples have lost their δ, the others are fine. What becomes of the weights?",
    minutes=4,
    scenario=Scenario(derivative="naive", sample=1),
    steps=(
        LessonStep("The same network as in “Right, and sure”, but you look at sample 1, which "
                   "is fine. At update 5 its z is finite.", 5, "z.3", "z.3.0"),
        LessonStep("Its δ is finite too. But ∂J/∂W is the average over all 4 samples, and 2 of the "
                   "4 have δ = NaN. NaN plus anything is NaN.", 5, "dW.3", "W.3.0.0"),
        LessonStep("Backwards through the layers: every weight's gradient is NaN, because each one "
                   "is an average over samples.", 5, "dW.1", "W.1.0.0"),
        LessonStep("After the update not one of the 37 weights and biases is a number, and at "
                   "update 6 every h of every sample is NaN.", 6, "z.3", "h.3.0", "fault"),
    ),
    question=Question(
        "2 of 4 samples have δ = NaN at update 5. How many of the 37 weights and biases survive "
        "the update?",
        ("All but those of the output layer", "About half of them", "None"),
        right=2, after=1,
        reveal="Every gradient is an average over all samples, and one NaN makes an average NaN. "
               "At update 6 nothing is left that is a number.",
    ),
    notes=(
        "Switch between samples 1 and 3 on the Live page to see a finite δ and a NaN.",
        "For the same reason one bad row in a batch of thousands ends a training run.",
    ),
    claims=(
        Claim("At update 5 2 of 4 samples have a δ that is NaN, sample 1 has not.",
              lambda of: broken(of("naive"), 5) == [2, 3]),
        Claim("At update 5 every gradient of every layer is NaN.",
              lambda of: all(np.isnan(dW).all() for dW in gradients(of("naive"), 5))),
        Claim("At update 5 all 37 parameters are finite, at update 6 none is.",
              lambda of: of("naive").parameters.shape[1] == 37
              and bool(np.isfinite(of("naive").parameters[5]).all())
              and bool(np.isnan(of("naive").parameters[6]).all())),
        Claim("At update 6 every h is NaN, of layers 1, 2 and 3.",
              lambda of: all(np.isnan(layer.h).all() for layer in of("naive").trace(6).layers)),
    ),
)  # fmt: skip

SWAPPED = Lesson(
    id="swapped-labels",
    title="Swap the classes",
    sentence="As sure and as wrong, but on the other side of zero: what does the naive form do?",
    minutes=4,
    scenario=Scenario(
        units=(4,), scale=1.0, output_bias=-45.0, learning_rate=1.0, sample=2, derivative="naive"
    ),
    steps=(
        LessonStep("An output bias of −45 makes this network sure of 0, for every sample. Sample 2 "
                   "should be 1.", 0, "start"),
        LessonStep("h = −44.6, and z = 4.3e-20: a tiny number, but a number. Floats are dense near "
                   "0 and sparse near 1.", 0, "z.2", "z.2.0"),
        LessonStep("So (z − y) / (z (1 − z)) is huge but finite, and δ comes out as −1. The cost "
                   "is 22.", 0, "delta.2", "delta.2.0"),
        LessonStep("The naive network learns: after 120 updates its cost is below 0.01.", 120,
                   "cost.2", part="chart"),
        LessonStep("Now the bias is +45, the same distance on the other side. NaN at update 0.", 0,
                   "delta.2", "delta.2.0", "fault", aside="output bias +45",
                   changes=(("output_bias", 45.0), ("sample", 1))),
    ),
    question=Question(
        "The network is confidently wrong by 45, on the side of 0. What does the naive form do?",
        ("NaN at update 0", "It learns", "It stays where it is"),
        right=1, after=1,
        reveal="Near 0 float64 goes down to 5e-324, near 1 it ends at 1.1e-16 from 1. On this side "
               "1 − z loses nothing, so the naive form survives. Whether the bug shows depends on "
               "which class you call 1.",
    ),
    notes=(
        "Good after “The usual repair”: the ε-clamped derivative stays dead on both sides.",
        "A test suite that only tries one side passes.",
    ),
    claims=(
        Claim("Sample 2 has h = −44.6 and z = 4.3e-20 at the start.",
              lambda of: round(float(of("naive").h_out[0, 1, 0]), 1) == -44.6
              and f"{of('naive').trace(0).layers[-1].z[1, 0]:.1e}" == "4.3e-20"),
        Claim("Its naive δ is −1.",
              lambda of: abs(of("naive").trace(0).layers[-1].delta[1, 0] + 1) < 1e-12),
        Claim("With a bias of −45 naive is finite for 120 updates; the cost goes from 22 to below "
              "0.01.",
              lambda of: of("naive").first_fault is None
              and round(float(of("naive").true_cost[0])) == 22
              and of("naive").true_cost[120] < 0.01),
        Claim("With a bias of 45 naive is NaN at update 0.",
              lambda of: of.fault("naive", output_bias=45.0).update == 0),
        Claim("The smallest float64 above 0 is 5e-324; the largest below 1 is 1.1e-16 away.",
              lambda of: of("naive").start.format.smallest == 5e-324
              and f"{1 - np.nextafter(1.0, 0.0):.1e}" == "1.1e-16"),
    ),
)  # fmt: skip

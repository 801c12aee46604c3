"""Lessons on what no output derivative can repair: hidden layers saturated, too many, or equal."""

import numpy as np

from backprop.engine.training import Recording
from backprop.lessons.lesson import Claim, Lesson, LessonStep, Question
from backprop.scenario.datasets import Dataset
from backprop.scenario.linked import own_table
from backprop.scenario.scenario import Scenario


def corners(reach: float) -> Dataset:
    """XOR on the corners of a square: inputs ±reach."""
    return own_table([(a * reach, b * reach, float(a != b)) for a in (-1, 1) for b in (-1, 1)])


def largest_delta(recording: Recording, layer: int) -> float:
    """The largest |δ| of a layer at update 0, over units and samples."""
    return float(np.abs(recording.trace(0).layers[layer - 1].delta).max())


HIDDEN_SATURATION = Lesson(
    id="hidden-saturation",
    title="A saturated hidden layer",
    sentence="Inputs 500 times too large. Which output derivative helps?",
    minutes=5,
    scenario=Scenario(
        units=(4,), scale=1.0, data="own", table=corners(500.0), learning_rate=3.0, sample=1
    ),
    steps=(
        LessonStep("XOR again, but somebody did not scale the inputs: ±500, not ±1.", 0, "start"),
        LessonStep("The hidden h run into the hundreds, and each z is as good as 0 or 1.", 0, "z.1",
                   "z.1.0"),
        LessonStep("δ at the output is an ordinary number in all four forms.", 0, "delta.2",
                   "delta.2.0"),
        LessonStep("One layer further back the slope σ′(h) is nearly 0: no δ of layer 1 is larger "
                   "than 1e-24.", 0, "delta.1", "delta.1.0"),
        LessonStep("After 120 updates W₁ has not moved by one bit, and the true cost of all four "
                   "forms is 0.693: guessing.", 120, "cost.2", part="chart"),
        LessonStep("The repair is outside the network: with inputs ±1 the same network and the "
                   "same seed get below 0.1.", 120, "cost.2", part="chart", aside="inputs ±1",
                   changes=(("table", corners(1.0)),)),
    ),
    question=Question(
        "The hidden layer is saturated. Which output derivative rescues the training?",
        ("Fused", "Split: it loses no digit", "None of the four"),
        right=2, after=2,
        reveal="All four end at 0.693, the cost of guessing. Each of them gives a good δ at the "
               "output, and σ′(h) of the hidden layer multiplies it by nearly nothing.",
    ),
    notes=(
        "The control experiment of the lecture: the toggle repairs the output and nothing else.",
        "0.693 is log 2, the cost of answering 1/2 to everything.",
    ),
    claims=(
        Claim("Every hidden |h| is larger than 50, some are larger than 200.",
              lambda of: np.abs(of("fused").trace(0).layers[0].h).min() > 50
              and np.abs(of("fused").trace(0).layers[0].h).max() > 200),
        Claim("The slope of every hidden unit is below 1e-22.",
              lambda of: of("fused").trace(0).layers[0].slope.max() < 1e-22),
        Claim("|δ| reaches 0.86 at layer 2 and stays below 1e-24 at layer 1.",
              lambda of: round(largest_delta(of("fused"), 2), 2) == 0.86
              and largest_delta(of("fused"), 1) < 1e-24),
        Claim("After 120 updates W₁ has the same bits as at the start.",
              lambda of: np.array_equal(of("fused").network(120).weights[0],
                                        of("fused").start.weights[0])),
        Claim("All four forms end at a true cost of 0.693 (log 2).",
              lambda of: all(round(float(of(name).true_cost[120]), 3) == 0.693
                             for name in ("naive", "clamped", "fused", "split"))),
        Claim("With inputs ±1 all is as before, and the cost falls below 0.1.",
              lambda of: of("fused", table=corners(1.0)).true_cost[120] < 0.1),
    ),
)  # fmt: skip

VANISHING = Lesson(
    id="deep-sigmoids",
    title="Six layers of sigmoids",
    sentence="An error at the output travels back: how much of it arrives at the first layer?",
    minutes=4,
    scenario=Scenario(units=(3,) * 6, scale=1.0, seed=24, learning_rate=1.0, updates=100, sample=4),
    steps=(
        LessonStep("A deep network, 2-3-3-3-3-3-3-1, with weights of an ordinary size.", 0, "z.7"),
        LessonStep("At the output |δ| reaches 0.52. Now it travels back, layer by layer.", 0,
                   "delta.7", "delta.7.0"),
        LessonStep("Each layer multiplies by σ′(h), which is 1/4 at most. Watch the numbers "
                   "shrink.", 0, "delta.4", "delta.4.0"),
        LessonStep("At layer 1 |δ| is at most 0.00029.", 0, "delta.1", "delta.1.0"),
        LessonStep("100 updates later the cost is 0.693: guessing. No NaN, and the same with every "
                   "form.", 100, "cost.7", part="chart"),
        LessonStep("The same network with tanh, whose slope is larger: |δ| reaches 0.1 at layer 1, "
                   "in sample 2.", 0, "delta.1", "delta.1.0", aside="tanh, sample 2",
                   changes=(("hidden", "tanh"), ("sample", 2))),
        LessonStep("And it learns: after 100 updates its cost is below 0.1.", 100, "cost.7",
                   part="chart", aside="tanh, sample 2",
                   changes=(("hidden", "tanh"), ("sample", 2))),
    ),
    question=Question(
        "|δ| reaches 0.52 at layer 7. How large is it at layer 1?",
        ("About 0.1", "About 0.01", "About 0.00029"),
        right=2, after=1,
        reveal="Six times it was multiplied by a slope of 1/4 at most. The first layers "
               "hardly learn, and what they pass on is nearly the same for every sample.",
    ),
    notes=(
        "About 1800 times less, and no fault of floating point: the exact gradient is as small.",
        "Point at the four samples: h at the output is nearly the same for all of them.",
    ),
    claims=(
        Claim("|δ| reaches 0.52 at layer 7 and 0.00029 at layer 1, both in sample 4: about 1800 "
              "times less.",
              lambda of: round(largest_delta(of("fused"), 7), 2) == 0.52
              and round(largest_delta(of("fused"), 1), 5) == 0.00029
              and round(largest_delta(of("fused"), 7) / largest_delta(of("fused"), 1), -2) == 1800
              and all(np.abs(of("fused").trace(0).layers[i].delta).max(axis=1).argmax() == 3
                      for i in (0, 6))),
        Claim("It shrinks at every one of the six steps.",
              lambda of: all(largest_delta(of("fused"), i) < largest_delta(of("fused"), i + 1)
                             for i in range(1, 7))),
        Claim("No slope of a hidden unit is above 1/4.",
              lambda of: all(layer.slope.max() <= 0.25
                             for layer in of("fused").trace(0).layers[:6])),
        Claim("After 100 updates the cost is 0.693 with every form.",
              lambda of: all(round(float(of(name).true_cost[100]), 3) == 0.693
                             for name in ("naive", "clamped", "fused", "split"))),
        Claim("With tanh |δ| reaches 0.1 at layer 1 and the cost gets below 0.1.",
              lambda of: round(largest_delta(of("fused", hidden="tanh"), 1), 2) == 0.1
              and of("fused", hidden="tanh").true_cost[100] < 0.1),
    ),
)  # fmt: skip

ZERO = Lesson(
    id="zero-initialisation",
    title="All weights zero",
    sentence="Start every weight at zero: what do four hidden units learn?",
    minutes=4,
    scenario=Scenario(
        units=(4,), scale=0.0, seed=1, data="xor_wrong_label", learning_rate=10.0, sample=2
    ),
    steps=(
        LessonStep("All weights and biases are 0. Every hidden unit says z = 0.5, whatever the "
                   "input.", 0, "z.1", "z.1.0"),
        LessonStep("Backwards: δ of layer 1 is W₂ᵀ δ₂ ⊙ σ′(h), and W₂ is 0. So δ of layer 1 is 0 "
                   "in the first update: W₁ stays.", 0, "delta.1", "delta.1.0"),
        LessonStep("Update 2: now W₁ moves, but look at the four units: the same h, the same z, "
                   "the same δ.", 2, "delta.1", "delta.1.1"),
        LessonStep("120 updates later they are still equal. The network is a 2-1-1, and its cost "
                   "is 0.44.", 120, "cost.2", "h.1.0"),
        LessonStep("Random weights of scale 1, all else as before: below 0.05 after 120 updates.",
                   120, "cost.2", part="chart", aside="weight scale 1", changes=(("scale", 1.0),)),
    ),
    question=Question(
        "All weights start at 0. What do the four hidden units learn?",
        ("Nothing, they stay at 0", "Four different things, only more slowly",
         "All four the same thing"),
        right=2, after=1,
        reveal="Equal weights get equal gradients, so equal they stay. Four equal units do "
               "no more than one, and XOR needs two.",
    ),
    notes=(
        "All four forms do the same here: nothing is wrong with the arithmetic.",
        "Change one single weight on the Live page, and the symmetry is gone.",
    ),
    claims=(
        Claim("At update 0 every hidden z is 0.5 and every δ of layer 1 is 0; W₁ is 0 at update 1.",
              lambda of: (of("fused").trace(0).layers[0].z == 0.5).all()
              and not of("fused").trace(0).layers[0].delta.any()
              and not of("fused").network(1).weights[0].any()),
        Claim("At update 2 W₁ has moved.", lambda of: of("fused").network(2).weights[0].any()),
        Claim("At every update to 120 the 4 units of layer 1 agree in h, z and δ.",
              lambda of: all(
                  float(np.ptp(a, axis=-1).max()) < 1e-6
                  for a in (lambda p: (p.h[0], p.z[1], p.delta[0]))(of("fused").stacked()))),
        Claim("The cost ends at 0.44 after 120 updates; with scale 1 it is below 0.05.",
              lambda of: round(float(of("fused").true_cost[120]), 2) == 0.44
              and of("fused", scale=1.0).true_cost[120] < 0.05),
    ),
)  # fmt: skip

"""Lessons with the quadratic cost: its slow start, and a worked example with published numbers."""

from backprop.lessons.lesson import Claim, Lesson, LessonStep, Question, Runs
from backprop.scenario.scenario import Scenario

BCE = ("cost", "bce")

SLOW_START = Lesson(
    id="quadratic-cost",
    title="Very sure, and very wrong",
    sentence="One neuron and two costs: with which of them does it learn sooner?",
    minutes=5,
    scenario=Scenario(
        units=(), scale=1.0, seed=1, data="and", output_bias=8.0, learning_rate=1.0, sample=1,
        cost="quadratic",
    ),
    steps=(
        LessonStep("A single neuron is to learn AND. Its bias makes it say 1 to everything, also "
                   "to sample 1, which should be 0.", 0, "z.1", "z.1.0"),
        LessonStep("The quadratic cost: δ = (z − y) σ′(h). The error z − y is nearly 1, but the "
                   "slope is 0.00077. The cost is 0.3747.", 0, "delta.1", "delta.1.0"),
        LessonStep("After 120 updates the cost is 0.3746.", 120, "cost.1", part="cost"),
        LessonStep("Cross-entropy from the same start: δ = z − y. The slope has cancelled. The "
                   "cost is 5.96.", 0, "delta.1", "delta.1.0", aside="cross-entropy",
                   changes=(BCE,)),
        LessonStep("And it learns: after the same 120 updates the cost is below 0.03.", 120,
                   "cost.1", part="chart", aside="cross-entropy", changes=(BCE,)),
    ),
    question=Question(
        "The neuron is almost completely wrong. How fast does the quadratic cost bring it back?",
        ("Fast: a large error, a large step", "Slowly at first: hardly any step at all",
         "It ends in NaN"),
        right=1, after=1,
        reveal="The worse the neuron, the smaller σ′(h), and the smaller the step. With "
               "cross-entropy the slope cancels against the cost’s own derivative, and δ = z − y.",
    ),
    notes=(
        "No rounding is involved: on paper the quadratic δ is as small.",
        "The numbers of the two costs cannot be compared with each other, only where they go.",
    ),
    claims=(
        Claim("At the start it says 1 to all 4 samples.",
              lambda of: (of("quadratic").h_out[0] > 0).all()),
        Claim("For sample 1 z − y is above 0.99 and the slope is 0.00077.",
              lambda of: of("quadratic").trace(0).layers[0].z[0, 0] > 0.99
              and round(float(of("quadratic").trace(0).layers[0].slope[0, 0]), 5) == 0.00077),
        Claim("Quadratic: the cost goes from 0.3747 to 0.3746 in 120 updates.",
              lambda of: [round(float(of("quadratic").true_cost[k]), 4) for k in (0, 120)]
              == [0.3747, 0.3746]),
        Claim("Cross-entropy: from 5.96 to below 0.03 in 120 updates.",
              lambda of: round(float(of("fused", cost="bce").true_cost[0]), 2) == 5.96
              and of("fused", cost="bce").true_cost[120] < 0.03),
    ),
)  # fmt: skip

_WEIGHTS = (
    ("W1.0.0", 0.15), ("W1.0.1", 0.20), ("W1.1.0", 0.25), ("W1.1.1", 0.30),
    ("W2.0.0", 0.40), ("W2.0.1", 0.45), ("W2.1.0", 0.50), ("W2.1.1", 0.55),
    ("b1.0", 0.35), ("b1.1", 0.35), ("b2.0", 0.60), ("b2.1", 0.60),
)  # fmt: skip


def _first_pass(of: Runs) -> tuple[float, ...]:
    trace = of("quadratic").trace(0)
    first, second = trace.layers
    return (
        *(round(float(n), 9) for n in (first.h[0, 0], first.z[0, 0], *second.z[0])),
        round(float(second.delta[0, 0]), 9),
        round(float(second.dW[0, 0]), 9),
    )


WORKED_EXAMPLE = Lesson(
    id="worked-example",
    title="The worked example, checked",
    sentence="The 2-2-2 network of so many textbooks: what does its first update do to a weight?",
    minutes=6,
    scenario=Scenario(
        units=(2,), data="worked_example", weights=_WEIGHTS, learning_rate=0.5, sample=1,
        cost="quadratic", updates=120,
    ),
    steps=(
        LessonStep("Inputs 0.05 and 0.10, targets 0.01 and 0.99. Every weight is given. The first "
                   "hidden unit: h = 0.3775.", 0, "h.1", "h.1.0"),
        LessonStep("σ(0.3775) gives z = 0.593269992.", 0, "z.1", "z.1.0"),
        LessonStep("The outputs are 0.751365070 and 0.772928465, and the total error is "
                   "0.298371109.", 0, "cost.2", part="cost"),
        LessonStep("Backwards: δ of the first output is 0.138498562, and times z it is the "
                   "gradient of its first weight: 0.082167041.", 0, "dW.2", "W.2.0.0"),
        LessonStep("With α = 0.5 that weight is 0.35891648 after the update.", 1, "start",
                   "W.2.0.0"),
        LessonStep("And the very first weight has gone from 0.15 to 0.149780716.", 1, "start",
                   "W.1.0.0"),
        LessonStep("After 120 updates the error is below 0.03.", 120, "cost.2", part="cost"),
    ),
    question=Question(
        "The gradient of the weight 0.40 is 0.082167041, and α = 0.5. What is it after one update?",
        ("0.44108352", "0.35891648", "0.31783296"),
        right=1, after=3,
        reveal="0.40 − 0.5 × 0.082167041 = 0.35891648: against the gradient, by half of it.",
    ),
    notes=(
        "The published example holds the biases fixed; here they learn too. The first update of "
        "the weights is the same, the numbers after it are not.",
        "Let the class compute h of the second hidden unit by hand: 0.3925.",
    ),
    claims=(
        Claim("First pass: h = 0.3775, z = 0.593269992, outputs 0.751365070 and 0.772928465, "
              "δ = 0.138498562, gradient 0.082167041.",
              lambda of: _first_pass(of) == (
                  0.3775, 0.593269992, 0.75136507, 0.772928465, 0.138498562, 0.082167041)),
        Claim("The total error is 0.298371109 at the start, below 0.03 after 120 updates.",
              lambda of: round(float(of("quadratic").true_cost[0]), 9) == 0.298371109
              and of("quadratic").true_cost[120] < 0.03),
        Claim("After one update 0.40 is 0.35891648 and 0.15 is 0.149780716.",
              lambda of: round(float(of("quadratic").network(1).weights[1][0, 0]), 8) == 0.35891648
              and round(float(of("quadratic").network(1).weights[0][0, 0]), 9) == 0.149780716),
        Claim("h of the second hidden unit is 0.3925.",
              lambda of: round(float(of("quadratic").trace(0).layers[0].h[0, 1]), 9) == 0.3925),
        Claim("A step with the wrong sign gives 0.44108352, a step with α = 1 gives 0.31783296.",
              lambda of: round(0.4 + 0.5 * 0.082167041, 8) == 0.44108352
              and round(0.4 - 0.082167041, 8) == 0.31783296),
    ),
)  # fmt: skip

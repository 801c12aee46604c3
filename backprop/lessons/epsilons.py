"""Lessons on the usual repair: an ε that silences, one that cannot be seen, half precision."""

import numpy as np

from backprop.engine.cliffs import saturation
from backprop.lessons.lesson import Claim, Lesson, LessonStep, Question, place
from backprop.scenario.scenario import Scenario

SILENT_EPSILON = Lesson(
    id="usual-repair",
    title="The usual repair",
    sentence="An ε against the NaN. What does it do to the gradient of a sample that is wrong?",
    minutes=5,
    scenario=Scenario(
        units=(4,), scale=1.0, output_bias=45.0, learning_rate=1.0, sample=1, clamp="clip",
        derivative="clamped",
    ),
    steps=(
        LessonStep("An output bias of 45 makes this network sure of 1, for every sample. Two of "
                   "the four should be 0. Sample 1 is one of them.", 0, "start"),
        LessonStep("The naive form ends at once: 1 / 0 = ∞, ∞ × 0 = NaN at update 0.", 0, "delta.2",
                   "delta.2.0", "fault", changes=(("derivative", "naive"),)),
        LessonStep("The usual repair: clip z to [ε, 1 − ε] inside the cost, ε = 1e-7. No NaN now. "
                   "The cost on display is 8.06.", 0, "cost.2", part="cost"),
        LessonStep("And δ? Outside the clip the derivative is 0. δ = 0, though z = 1 and y = 0.", 0,
                   "delta.2", "delta.2.0"),
        LessonStep("After 120 updates the cost on display is 8.06. It was never true: the true "
                   "cost is 22.7, at the start and now.", 120, "delta.2", part="cost"),
        LessonStep("Fused, from the same start: δ = 1.", 0, "delta.2", "delta.2.0",
                   changes=(("derivative", "fused"),)),
        LessonStep("After 120 updates with Fused the cost is below 0.02.", 120, "cost.2",
                   part="chart", changes=(("derivative", "fused"),)),
    ),
    question=Question(
        "With ε = 1e-7 the NaN is gone. How does training go on?",
        ("As it should: the cost falls", "It falls, only more slowly", "It stands still"),
        right=2, after=2,
        reveal="δ is exactly 0 for every sample, right or wrong. Training stands still, at a cost "
               "that is not even the true one: 8.06 on display, 22.7 in truth.",
    ),
    notes=(
        "The lesson of the lecture: no NaN is not the same as no fault.",
        "8.06 is half of −log ε, because half of the samples are wrong.",
    ),
    claims=(
        Claim("Naive: NaN at update 0; 1 / 0 = ∞, then ∞ × 0 = NaN.",
              lambda of: (f := of.fault("naive")).update == 0
              and "1 / 0 = ∞" in f.cause and "∞ × 0 = NaN" in f.cause),
        Claim("ε-clamped (1e-7): the displayed cost is 8.06 at the start and after 120 updates, "
              "half of −log ε.",
              lambda of: f"{of('clamped').cost[0]:.2f}" == f"{of('clamped').cost[120]:.2f}"
              == f"{-np.log(1e-7) / 2:.2f}" == "8.06"),
        Claim("ε-clamped: the true cost is 22.7 all the time.",
              lambda of: f"{of('clamped').true_cost[0]:.1f}" == "22.7"
              and float(np.ptp(of("clamped").true_cost)) == 0),
        Claim("ε-clamped: δ is exactly 0 for all 4 samples at every update.",
              lambda of: not of("clamped").stacked().delta[-1].any()),
        Claim("Sample 1 has z = 1 and y = 0.",
              lambda of: of("clamped").trace(0).layers[-1].z[0, 0] == 1
              and of("clamped").y[0, 0] == 0),
        Claim("Fused: δ = 1 at the start, the cost below 0.02 after 120 updates.",
              lambda of: of("fused").trace(0).layers[-1].delta[0, 0] == 1
              and of("fused").true_cost[120] < 0.02),
    ),
)  # fmt: skip

EPSILON_TOO_SMALL = Lesson(
    id="smaller-epsilon",
    title="A smaller ε",
    sentence="The best of the clamps in float32, with ε = 1e-8. Is a smaller ε more exact?",
    minutes=4,
    scenario=Scenario(
        units=(4,), seed=8, format="float32", clamp="clip_both", epsilon=1e-8, sample=2,
        derivative="clamped",
    ),
    steps=(
        LessonStep("The best of the clamps: z is clipped to [ε, 1 − ε] wherever it occurs. The "
                   "network computes in float32, and ε = 1e-8.", 0, "delta.2", "delta.2.0"),
        LessonStep("Update 12: h is 19.2, beyond 16.64, where float32 rounds z to 1. The clip "
                   "should catch it.", 12, "z.2", "z.2.0"),
        LessonStep("1 − 1e-8 in float32 is 1. The clip does nothing, and 0 / 0 = NaN as if there "
                   "were none.", 12, "delta.2", "delta.2.0", "fault"),
        LessonStep("With ε = 1e-7 the very same run learns: after 120 updates the cost is below "
                   "0.01.", 120, "cost.2", part="chart", aside="ε = 1e-7",
                   changes=(("epsilon", 1e-7),)),
    ),
    question=Question(
        "z is exactly 1, and is clipped to 1 − ε with ε = 1e-8. What is δ?",
        ("About −1e-8", "0", "NaN"),
        right=2, after=1,
        reveal="float32 has no number between 1 − 6e-8 and 1, so 1 − 1e-8 is 1 again. The ε is in "
               "the code, but not in the arithmetic.",
    ),
    notes=(
        "Half a unit in the last place below 1 is 3e-8 in float32: any smaller ε vanishes.",
        "In float16 the same happens at 1e-4, and 1e-8 is 0 outright.",
    ),
    claims=(
        Claim("In float32 1 − 1e-8 = 1, and 1 − 1e-7 is not.",
              lambda of: np.float32(1) - np.float32(1e-8) == 1
              and np.float32(1) - np.float32(1e-7) < 1),
        Claim("The largest float32 below 1 is 6e-8 away, half of that is 3e-8.",
              lambda of: f"{1 - float(np.nextafter(np.float32(1), np.float32(0))):.0e}" == "6e-08"),
        Claim("ε = 1e-8: NaN at update 12 in sample 2, because 0 / 0.",
              lambda of: place(of.fault("clamped")) == (12, 2, 1)
              and "0 / 0 = NaN" in of.fault("clamped").cause),
        Claim("There h is 19.2, and z is exactly 1; float32 rounds z to 1 from 16.64.",
              lambda of: round(of.fault("clamped").h or 0, 1) == 19.2
              and of.fault("clamped").z == 1
              and round(saturation(of("clamped").start.format), 2) == 16.64),
        Claim("ε = 1e-7: no NaN in 120 updates, and the cost is below 0.01 in the end.",
              lambda of: of("clamped", epsilon=1e-7).first_fault is None
              and of("clamped", epsilon=1e-7).true_cost[120] < 0.01),
        Claim("In float16 1 − 1e-4 = 1, and 1e-8 is 0.",
              lambda of: np.float16(1) - np.float16(1e-4) == 1 and np.float16(1e-8) == 0),
    ),
)  # fmt: skip

FLOAT16 = Lesson(
    id="float16",
    title="Half precision",
    sentence="An ordinary network and an ordinary learning rate: how far do they get in float16?",
    minutes=4,
    scenario=Scenario(
        units=(4,), scale=2.0, seed=37, learning_rate=10.0, format="float16", epsilon=1e-8,
        sample=2, derivative="naive",
    ),
    steps=(
        LessonStep("Nothing special: XOR, 4 hidden units, α = 10. Only the numbers are short: "
                   "float16 has 11 significant bits.", 0, "delta.2", "delta.2.0"),
        LessonStep("In float16 z rounds to 1 from h = 7.625 on. Watch h of the output.", 8, "z.2",
                   "z.2.0"),
        LessonStep("Update 9: h = 7.72 for sample 2, which should be 1. It is right, and 0 / 0 = "
                   "NaN.", 9, "delta.2", "delta.2.0", "fault"),
        LessonStep("ε-clamped with ε = 1e-8: in float16 that ε is 0. The same NaN at update 9.", 9,
                   "delta.2", "delta.2.0", "fault", changes=(("derivative", "clamped"),)),
        LessonStep("Naive in float64: no NaN in 120 updates. The formula is the same; z only "
                   "rounds to 1 later, at 36.7.", 120, "cost.2", part="chart", aside="float64",
                   changes=(("format", "float64"),)),
        LessonStep("Fused in float16: 120 updates, cost below 0.01.", 120, "cost.2", part="chart",
                   changes=(("derivative", "fused"),)),
    ),
    question=Question(
        "float64 has room up to h = 36.7. How far does the naive form get in float16?",
        ("Past 120 updates", "About 50 updates", "Not 10 updates"),
        right=2, after=1,
        reveal="NaN at update 9. With 11 bits z is 1 from h = 7.625 on: that is no extreme value, "
               "it is an ordinary good answer.",
    ),
    notes=(
        "Half precision is what large networks train in. The repair is a formula, not more bits.",
        "Switch to ε-clamped before step 4 and let them guess again.",
    ),
    claims=(
        Claim("float16 has 11 significant bits, and σ(h) rounds to 1 from h = 7.625.",
              lambda of: of("naive").start.format.precision == 11
              and saturation(of("naive").start.format) == 7.625),
        Claim("float64 has room up to h = 36.7.",
              lambda of: round(saturation(of("naive", format="float64").start.format), 1) == 36.7),
        Claim("Naive: NaN at update 9 (so before 10) in sample 2, whose target is 1, by 0 / 0.",
              lambda of: place(of.fault("naive")) == (9, 2, 1)
              and of.fault("naive").y == 1 and "0 / 0 = NaN" in of.fault("naive").cause),
        Claim("There h = 7.72.", lambda of: round(of.fault("naive").h or 0, 2) == 7.72),
        Claim("ε = 1e-8 is 0 in float16, and the ε-clamped run has the same NaN at update 9.",
              lambda of: np.float16(1e-8) == 0 and of.fault("clamped").update == 9),
        Claim("Naive in float64: finite for 120 updates.",
              lambda of: of("naive", format="float64").first_fault is None),
        Claim("Fused in float16: cost below 0.01 after 120 updates.",
              lambda of: of("fused").true_cost[120] < 0.01),
    ),
)  # fmt: skip

"""Each lesson shows what it claims, and each number in its texts is claimed or set."""

import re
from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
import pytest

from backprop.export.gallery import card, picture
from backprop.lessons import LESSONS, Runs
from backprop.scenario.fields import FIELDS
from backprop.scenario.linked import WORDS
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario, from_query
from backprop.stage import operations
from tests.claims import Shown, unshown

ALL = list(LESSONS.values())
CLAIMS = [(lesson, claim) for lesson in ALL for claim in lesson.claims]
NUMBER = re.compile(r"(?<![\w.])[−-]?\d+(?:\.\d+)?(?:e[−-]?\d+)?(?![\w])")


def scenarios(lesson):
    """The lesson's scenario and those of its steps, as far as they differ in the recording."""
    return {s.training(): s for s in (lesson.scenario, *map(lesson.at, lesson.steps))}.values()


def nudged(scenario, relative, seed):
    """The scenario with every initial weight moved a little, as another machine's exp would."""
    net, rng = scenario.network(), np.random.default_rng(seed)
    names = {f"W{i}.{u}.{v}": w for i, W in enumerate(net.weights, 1) for (u, v), w in
             np.ndenumerate(W)} | {f"b{i}.{u}": b for i, bs in enumerate(net.biases, 1)
                                   for u, b in enumerate(bs)}  # fmt: skip
    moved = {n: float(w) * (1 + relative * rng.normal()) for n, w in names.items()}
    return replace(scenario, weights=tuple(sorted(moved.items())), output_bias=0.0)


@pytest.mark.parametrize(
    ("lesson", "claim"), CLAIMS, ids=[f"{c[0].id}: {c[1].says}" for c in CLAIMS]
)
def test_the_claim_holds_on_its_recording(lesson, claim):
    assert claim.holds(Runs(lesson.scenario))


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.id)
def test_the_outcome_does_not_hang_on_the_last_digits_of_the_weights(lesson):
    for scenario in scenarios(lesson):
        base = recordings(scenario)
        relative = {"float64": 1e-12, "float32": 1e-7, "float16": 1e-3}[scenario.format]
        for seed in range(3):
            for name, recording in nudged(scenario, relative, seed).recordings().items():
                before, after = base[name].first_fault, recording.first_fault
                assert (before is None) == (after is None), (scenario, name)
                if before is not None and after is not None:
                    assert (before.update, before.sample) == (after.update, after.sample)
                else:
                    end = recording.true_cost[-1]
                    assert end == pytest.approx(base[name].true_cost[-1], rel=0.2, abs=1e-3)


def test_there_are_at_least_ten_lessons_with_addresses_that_links_can_carry():
    assert len(LESSONS) >= 10
    assert all(re.fullmatch(r"[a-z0-9-]{3,40}", name) for name in LESSONS)
    assert len({lesson.title for lesson in ALL}) == len(ALL)


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.id)
def test_a_lesson_is_whole(lesson):
    L = len(lesson.scenario.units) + 1
    known = {"start", *(f"{o['name']}.{o['layer']}" if o["layer"] else o["name"]
                        for o in operations(L))}  # fmt: skip
    assert 4 <= len(lesson.steps) <= 7
    assert 2 <= lesson.minutes <= 10
    for step in lesson.steps:
        assert step.operation in known, step
        assert step.part in ("", "fault", "chart", "cost")
        assert 0 <= step.update <= lesson.at(step).updates
        changed = {name for name, _ in step.changes}
        assert changed <= {f.name for f in fields(Scenario)}
        assert bool(step.aside) == bool(changed - {"derivative"}), step
    question = lesson.question
    assert len(question.answers) == len(set(question.answers)) == 3
    assert 0 <= question.right < 3
    assert 0 <= question.after < len(lesson.steps) - 1
    assert lesson.notes and lesson.claims


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.id)
def test_every_step_is_a_link_that_opens_just_that(lesson):
    for step in lesson.steps:
        scenario = lesson.at(step)
        query = scenario.query()
        assert from_query(query) == (scenario, [])
        assert all(name in FIELDS or name in WORDS for name in query)


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.id)
def test_nothing_before_the_question_shows_its_answer(lesson):
    """Up to the question the playhead only goes forward, and the answer lies behind it."""
    before = lesson.steps[: lesson.question.after + 1]
    order = ["start", *(f"{o['name']}.{o['layer']}" for o in
                        operations(len(lesson.scenario.units) + 1))]  # fmt: skip
    places = [(s.update, order.index(s.operation)) for s in before if not s.changes]
    assert all(a <= b for a, b in pairwise(places))
    after = lesson.steps[lesson.question.after + 1]
    place = (after.update, order.index(after.operation))
    assert place > places[-1] or after.changes


ENDINGS = {
    "right-and-sure": r"NaN|0 / 0",
    "average": r"None|not one|nothing is left",
    "usual-repair": r"stands? still|δ = 0|silent|dead",
    "wrong-label": r"4\.2|δ = 0|dead|not move|silent|no learning",
    "smaller-epsilon": r"NaN|0 / 0|does nothing|vanish",
    "float16": r"NaN|0 / 0|\bnine?\b|ten\b|[Uu]pdate 9",
    "swapped-labels": r"learns|below|finite|survive",
    "hidden-saturation": r"guess|0\.693|[Nn]one of|1e-24",
    "deep-sigmoids": r"0\.00029|1800|vanish|guess",
    "zero-initialisation": r"same thing|equal|work of one|symmetr",
    "quadratic-cost": r"0\.3746|[Ss]low|hardly",
    "worked-example": r"0\.3589",
}
"""What would give the answer away, by lesson."""


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.id)
def test_nothing_that_one_reads_before_the_question_gives_its_answer_away(lesson):
    ending, question = re.compile(ENDINGS[lesson.id]), lesson.question
    shown = re.sub(r"<style>.*?</style>|<[^>]+>", " ", card(lesson, "x.html"), flags=re.S)
    steps = [step.text for step in lesson.steps]
    before = [lesson.id.replace("-", " "), lesson.title, lesson.sentence, shown,
              question.text, *steps[: question.after + 1]]  # fmt: skip
    assert not [text for text in before if ending.search(text)]
    told = " ".join([question.answers[question.right], question.reveal, *steps])
    assert ending.search(told), "the pattern is one of what the lesson tells in the end"


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.id)
def test_a_card_shows_the_network_where_the_question_is_asked_and_nothing_later(lesson):
    step = lesson.steps[lesson.question.after]
    order = ["start", *(f"{o['name']}.{o['layer']}" for o in
                        operations(len(lesson.scenario.units) + 1))]  # fmt: skip
    deltas = re.findall(
        r'data-quantity="delta".*?<text class="number"[^>]*>([^<]+)', picture(lesson)
    )
    known = [text != "–" for text in deltas]
    L = len(lesson.scenario.units) + 1
    units = (*lesson.scenario.units, lesson.scenario.dataset().y.shape[1])
    reached = order.index(step.operation)
    assert known == [
        order.index(f"delta.{i}") <= reached for i in range(1, L + 1) for _ in range(units[i - 1])
    ]


def written_numbers(text):
    return {n.replace("−", "-") for n in NUMBER.findall(text)}


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.id)
def test_every_number_in_the_texts_is_claimed_or_set(lesson):
    claimed = set().union(*(written_numbers(claim.says) for claim in lesson.claims))
    settings = set().union(*(
        written_numbers(" ".join(s.query().values()).replace("_", " ").replace("~", " ")
                        .replace(":", " ").replace("-", " -"))
        | {f"{v:g}" for v in (s.learning_rate, s.epsilon, s.output_bias, s.scale, s.updates)}
        for s in map(lesson.at, lesson.steps)
    ))  # fmt: skip
    data = lesson.scenario.dataset()
    settings |= {f"{abs(v):g}" for v in (*data.X.flat, *data.y.flat)} | {"0.10"}
    settings |= {f"{value:.2f}" for _, value in lesson.scenario.weights}
    counting = {str(n) for n in range(len(lesson.scenario.units) + 2)} | {"0", "1", "2", "-1"}
    question = lesson.question
    said = [step.text for step in lesson.steps]
    said += [question.text, question.reveal, question.answers[question.right], *lesson.notes]
    for text in (*said, lesson.sentence):
        unknown = written_numbers(text) - claimed - settings - counting
        assert not unknown, (text, unknown)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("|δ| is 0.1 at layer 1", ["0.1 in “|δ| is 0.1 at layer 1”"]),  # not computed there
     ("|δ| reaches 0.52 at layer 2. The cost is 0.69.", []),
     ("|δ| reaches 0.4 at layer 2, and the cost is 0.7", ["0.4 in “|δ| reaches 0.4 at layer 2”"]),
     ("no δ of layer 2 is larger than 0.4", ["0.4 in “no δ of layer 2 is larger than 0.4”"]),
     ("In the end the cost is below 0.5", ["0.5 in “In the end the cost is below 0.5”"]),
     ("h is 19.2, beyond 16.64", []), ("Update 3: z is 1", ["3 in “Update 3”"]),
     ("z is 0.52", ["0.52 in “z is 0.52”"]), ("α = 30 and 4 samples", []),
     ("37 weights", ["37 in “37 weights”"])],
)  # fmt: skip
def test_a_text_that_says_what_is_not_shown_would_be_found(text, wrong):
    shown = Shown(
        values={("delta", 2): [0.5213, -0.1], ("J", 0): [0.6931], ("h", 2): [19.2, -3.0],
                ("z", 2): [1.0]},
        words=[], update=12, updates=120, sample=3, layers=2, settings={30.0, 4.0},
    )  # fmt: skip
    assert unshown(text, shown) == wrong

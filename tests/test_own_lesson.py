"""A lesson of one's own: made of moments, changed a piece at a time, kept in a file, read again."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop.export.booklet import of_lesson
from backprop.export.handout import handout
from backprop.lessons import LESSONS
from backprop.lessons.file import from_json, to_json
from backprop.lessons.own import (
    MOST_STEPS,
    asking,
    missing,
    moved,
    retold,
    titled,
    with_moment,
    without,
)
from backprop.scenario.linked import own_table
from backprop.scenario.scenario import Scenario

MOMENTS = (
    Scenario(derivative="naive", update=4, operation="delta.3", selection="z.3.0"),
    Scenario(derivative="naive", update=5, operation="delta.3"),
    Scenario(derivative="clamped", format="float16", update=2),
    Scenario(units=(2,), data="own", table=own_table([(0.1, 0.2, 1), (1 / 3, -2, 0)]), sample=2,
             weights=(("W1.0.0", 0.1),), edits=((0, (0.5, 0.25, 1.0)),)),
    Scenario(units=(), data="and", cost="quadratic", update=3, operation="cost.1"),
)  # fmt: skip


def lesson_of(moments=MOMENTS, **question):
    lesson = None
    for n, scenario in enumerate(moments):
        lesson = with_moment(lesson, scenario, f"Step {n}")
    return asking(lesson, **question) if question else lesson


ASKED = {"text": "What?", "answers": ("this", "that"), "right": 1, "reveal": "That.", "after": 1}


def test_every_step_shows_the_moment_that_it_was_made_of():
    lesson = lesson_of()
    for scenario, step in zip(MOMENTS, lesson.steps, strict=True):
        shown = lesson.at(step)
        assert shown.training() == scenario.training()
        assert (shown.derivative, shown.sample) == (scenario.derivative, scenario.sample)
        assert shown.update == scenario.update
    told = [step.operation for step in lesson.steps]
    assert told == ["delta.3", "delta.3", "update", "dW.1", "cost.1"]
    assert [step.aside for step in lesson.steps[:3]] == ["", "", "format float16"]


@pytest.mark.parametrize(("operation", "told"), [("", "dW.1"), ("start", "start")])
def test_a_moment_before_anything_was_pressed_shows_the_whole_first_pass(operation, told):
    (step,) = with_moment(None, Scenario(operation=operation), "All of it.").steps
    assert (step.update, step.operation) == (0, told)


def test_a_lesson_of_ones_own_is_the_same_booklet_as_a_prepared_one():
    lesson = lesson_of(**ASKED)
    about = of_lesson(lesson).about["lesson"]
    assert [step["text"] for step in about["steps"]] == [step.text for step in lesson.steps]
    assert (about["after"], about["answers"], about["right"]) == (1, ["this", "that"], 1)
    quiet = of_lesson(lesson_of()).about["lesson"]
    assert (quiet["after"], quiet["answers"]) == (-1, [])
    assert "Task" not in handout(lesson_of())


@pytest.mark.parametrize("question", [{}, ASKED, {"text": "", "answers": ()}])
def test_a_file_gives_the_same_lesson_back(question):
    lesson = replace(lesson_of(**question), notes=("Speak slowly.",), sentence="Why?", minutes=7)
    assert from_json(to_json(lesson)) == lesson


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: lesson.id)
def test_a_prepared_lesson_can_be_kept_in_a_file_too(lesson):
    read = from_json(to_json(lesson))
    assert [read.at(step) for step in read.steps] == [lesson.at(step) for step in lesson.steps]
    assert [(s.text, s.aside, s.part) for s in read.steps] == [
        (s.text, s.aside, s.part) for s in lesson.steps]  # fmt: skip
    assert (read.title, read.question, read.notes) == (lesson.title, lesson.question, lesson.notes)


def test_the_file_is_small():
    assert len(to_json(lesson_of(**ASKED))) < 4000


@given(st.lists(st.tuples(st.sampled_from(["move", "drop"]), st.integers(0, 4),
                          st.sampled_from([-1, 1])), max_size=12))  # fmt: skip
def test_the_question_stays_with_its_step_while_steps_are_moved_and_taken_out(edits):
    lesson = lesson_of(**ASKED)
    asked = lesson.steps[1]
    for kind, n, by in edits:
        if n >= len(lesson.steps):
            continue
        before = lesson
        lesson = moved(lesson, n, by) if kind == "move" else without(lesson, n)
        kept = set(lesson.steps)
        assert kept <= set(before.steps)
        assert 0 <= lesson.question.after <= max(0, len(lesson.steps) - 1)
        if asked in kept and kind == "move":
            same = before.steps[before.question.after]
            assert lesson.steps[lesson.question.after] == same


def test_what_is_missing_is_said():
    assert missing(lesson_of(**ASKED)) == []
    assert missing(titled(without(lesson_of(MOMENTS[:1]), 0), " ")) == [
        "It has no title.", "It has no step: add one on the Live page."]  # fmt: skip
    poor = lesson_of(text=" ", answers=("a", "a"))
    assert missing(poor) == ["The question has no words.", "Two answers are the same."]
    many = tuple("abcdefghij")
    assert missing(asking(poor, text="?", answers=many)) == [
        "A question has 9 answers at most, one a key."]  # fmt: skip
    assert missing(asking(poor, text="?", answers=("a",))) == ["A question has 2 answers at least."]


def test_a_full_lesson_takes_no_more_and_says_so():
    lesson = lesson_of(MOMENTS[:1] * MOST_STEPS)
    with pytest.raises(ValueError, match=f"at most {MOST_STEPS} steps"):
        with_moment(lesson, MOMENTS[0], "one more")


def test_a_moment_of_which_nothing_can_be_computed_is_not_taken():
    with pytest.raises(ValueError, match="learning rate must"):
        with_moment(lesson_of(), Scenario(format="float16", learning_rate=1e6), "one more")


def test_a_title_makes_an_address():
    assert titled(lesson_of(), "Über NaN & <b>ε</b>: why?").id == "uber-nan-b-b-why"
    assert titled(lesson_of(), "日本").id == "my-lesson"
    assert retold(lesson_of(), 0, text="new").steps[0].text == "new"


def changed(**changes):
    told = json.loads(to_json(lesson_of(**ASKED)))
    for path, value in changes.items():
        *way, last = path.split("__")
        place = told
        for name in way:
            place = place[int(name) if name.isdigit() else name]
        place[last] = value
    return json.dumps(told)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "must be a lesson as this app saves it, got no JSON"),
        ("[" * 100_000, "got no JSON"),
        ('{"scenario": {}}', "with “backprop-lesson”"),
        (changed(**{"backprop-lesson": 2}), "is of version 2, and this app reads version 1"),
        (changed(title=7), "The title must be a text of at most 80 characters"),
        (changed(title="x" * 81), "The title must be a text of at most 80 characters"),
        (changed(sentence="\ud800"), "The sentence must be a text of whole characters"),
        (changed(extra=1), "The lesson must be an object with backprop-lesson, title"),
        (changed(steps={}), "The steps must be a list of at most 24"),
        (changed(steps__1__update=-1), "Step 2: the update must be a whole number from 0 to 2000"),
        (changed(steps__1__update=True), "Step 2: the update must be a whole number"),
        (changed(steps__1__update=121), "Step 2: update:"),
        (changed(steps__0__operation="fly"), "Step 1: operation: an operation such as start"),
        (changed(steps__0__operation="delta.7"), "Step 1: operation:"),
        (changed(steps__0__part="logo"), "Step 1: the part must be one of fault, chart, cost"),
        (changed(steps__0__scenario={"units": "99"}), "Step 1: units:"),
        (changed(steps__0__scenario={"table": "x"}), "Step 1: “table” is nothing that a lesson's"),
        (changed(scenario={"seed": 7}), "The scenario: an object of texts is required"),
        (changed(scenario={"seed": "x"}), "The scenario: seed:"),
        (changed(scenario={"format": "float16", "learning_rate": "1e6"}),
         "The scenario: The learning rate must be"),
        (changed(steps__1__scenario={"format": "float16", "edits": "2:1e6_0_1"}), "Step 2: "),
        (changed(question__right=2), "The right answer (from 0) must be a whole number"),
        (changed(question__answers=["a"] * 41), "The answers must be a list of at most 40"),
        (changed(question__after=5), "The step that asks (from 0) must be a whole number"),
        (changed(notes=[None]), "Note 1 must be a text"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_in_words(text, message):
    with pytest.raises(ValueError) as refusal:
        from_json(text)
    assert message in str(refusal.value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["backprop-lesson", "title", "steps", "scenario", "question"]),
                inner,
            )
        ),
    )
)
def test_whatever_is_in_a_file_it_is_a_lesson_or_a_refusal(told):  # fmt: skip
    told = {**told, "backprop-lesson": 1} if isinstance(told, dict) else told
    with pytest.raises(ValueError):
        from_json(json.dumps(told))

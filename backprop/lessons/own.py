"""A lesson of the reader's own: the same record, made of moments, and changed a piece at a time.

Each function gives a new lesson, so nothing is lost and every change can be taken back. A draft may
lack what a lesson needs; `missing` says what.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace
from typing import Any

from backprop.lessons.lesson import Lesson, LessonStep, Question
from backprop.scenario.fields import FIELDS
from backprop.scenario.scenario import Scenario

MOST_STEPS, MOST_ANSWERS, MOST_MINUTES = 24, 9, 600
MOST_LINES = 40
"""Answers, and notes, that a draft may hold."""
LONGEST = {"title": 80, "sentence": 200, "text": 1000, "aside": 60, "answer": 200, "note": 1000}
"""Characters of each kind of text; a question and a reveal are of the kind "text", as a step is."""

PARTS = ("", "fault", "chart", "cost")
"""What a step can point at."""


def moment(scenario: Scenario) -> Scenario:
    """A scenario less what a lesson does not keep of it: the other pages, and the playhead."""
    return replace(scenario.training(), derivative=scenario.derivative, sample=scenario.sample)


def with_moment(lesson: Lesson | None, scenario: Scenario, text: str, part: str = "") -> Lesson:
    """The lesson with what `scenario` shows as one more step; the first one begins a lesson.

    Raises ValueError when it is full, or where the scenario computes nothing that can be shown.
    """
    scenario.require_computable()
    if lesson is None:
        lesson = Lesson(
            id="my-lesson", title="My lesson", sentence="", minutes=5, scenario=moment(scenario),
            steps=(), question=None, notes=(), claims=(),
        )  # fmt: skip
    if len(lesson.steps) >= MOST_STEPS:
        raise ValueError(f"A lesson has at most {MOST_STEPS} steps. Begin another one.")
    return replace(lesson, steps=(*lesson.steps, step_at(lesson, scenario, text, part)))


def step_at(
    lesson: Lesson, scenario: Scenario, text: str, part: str = "", aside: str | None = None
) -> LessonStep:
    """What `scenario` shows as a step of the lesson; without an `aside` the difference in words."""
    here = moment(scenario)
    changes = tuple(
        (field.name, getattr(here, field.name))
        for field in fields(Scenario)
        if getattr(here, field.name) != getattr(lesson.scenario, field.name)
    )
    return LessonStep(
        text, scenario.update, scenario.shown_operation, scenario.selection, part, changes,
        _difference(changes) if aside is None else aside,
    )  # fmt: skip


def _difference(changes: tuple[tuple[str, Any], ...]) -> str:
    """What differs beside the derivative, in a few words."""
    said = []
    for name, value in changes:
        if name in ("derivative", "table"):
            continue
        written, called = FIELDS[name].write(value), name.replace("_", " ")
        said.append(f"{called} {written}" if 0 < len(written) <= 16 else f"other {called}")
    return ", ".join(said)[: LONGEST["aside"]]


def moved(lesson: Lesson, n: int, by: int) -> Lesson:
    """Step n (from 0) before or after its neighbours; the question stays with the step it had."""
    to = max(0, min(n + by, len(lesson.steps) - 1))
    order = list(range(len(lesson.steps)))
    order.insert(to, order.pop(n))
    changed = replace(lesson, steps=tuple(lesson.steps[k] for k in order))
    if lesson.question is None:
        return changed
    return asking(changed, after=order.index(lesson.question.after))


def without(lesson: Lesson, n: int) -> Lesson:
    """The lesson without step n; its question is then asked after the step before."""
    changed = replace(lesson, steps=lesson.steps[:n] + lesson.steps[n + 1 :])
    if lesson.question is None:
        return changed
    after = lesson.question.after
    return asking(changed, after=max(0, after - (n <= after)))


def retold(lesson: Lesson, n: int, **changes: Any) -> Lesson:
    """The lesson with another text, aside or part at step n."""
    step = replace(lesson.steps[n], **changes)
    return replace(lesson, steps=(*lesson.steps[:n], step, *lesson.steps[n + 1 :]))


def asking(lesson: Lesson, **changes: Any) -> Lesson:
    """The lesson with another question, or with one if it had none; the right answer stays one."""
    question = replace(lesson.question or Question("", (), 0, ""), **changes)
    right = max(0, min(question.right, len(question.answers) - 1))
    return replace(lesson, question=replace(question, right=right))


def titled(lesson: Lesson, title: str) -> Lesson:
    """The lesson with another title, and an address made of it."""
    bare = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:36].strip("-")
    return replace(lesson, title=title, id=plain if len(plain) >= 3 else "my-lesson")


def missing(lesson: Lesson) -> list[str]:
    """What the lesson needs before it can be shown, a sentence each; empty if nothing."""
    said = []
    if not lesson.title.strip():
        said.append("It has no title.")
    if not lesson.steps:
        said.append("It has no step: add one on the Live page.")
    question = lesson.question
    if question is not None:
        if not question.text.strip():
            said.append("The question has no words.")
        if len(question.answers) < 2:
            said.append("A question has 2 answers at least.")
        if len(question.answers) > MOST_ANSWERS:
            said.append(f"A question has {MOST_ANSWERS} answers at most, one a key.")
        if len(set(question.answers)) < len(question.answers):
            said.append("Two answers are the same.")
    return said

"""A lesson as a file of JSON, out and in: small, with a version, and read as strictly as a link.

A scenario lies in it as the words of a link, of the lesson those that are not the default, of a
step those that differ from the lesson's. A draft that lacks something can be kept too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from backprop.lessons.lesson import Lesson, LessonStep, Question
from backprop.lessons.own import (
    LONGEST,
    MOST_LINES,
    MOST_MINUTES,
    MOST_STEPS,
    PARTS,
    moment,
    step_at,
    titled,
)
from backprop.scenario.fields import FIELDS, PLAYHEAD
from backprop.scenario.linked import WORDS
from backprop.scenario.scenario import Scenario, from_query

VERSION = 1
_MARK = "backprop-lesson"
_LARGEST = 10_000_000
"""Characters; an own table of 2,000 samples of 48 numbers needs a quarter."""
_PLAIN = Scenario().words()


def to_json(lesson: Lesson) -> str:
    """The whole lesson, own data in it with all digits."""
    words = _differing(lesson.scenario.words(), _PLAIN)
    base = _PLAIN | words
    question = lesson.question
    told = {
        _MARK: VERSION,
        "title": lesson.title,
        "sentence": lesson.sentence,
        "minutes": lesson.minutes,
        "scenario": words,
        "steps": [
            {
                "text": step.text, "update": step.update, "operation": step.operation,
                "selection": step.selection, "part": step.part, "aside": step.aside,
                "scenario": _differing(moment(lesson.at(step)).words(), base),
            }
            for step in lesson.steps
        ],
        "question": None if question is None else {
            "after": question.after, "text": question.text, "answers": list(question.answers),
            "right": question.right, "reveal": question.reveal,
        },
        "notes": list(lesson.notes),
    }  # fmt: skip
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _differing(words: Mapping[str, str], base: Mapping[str, str]) -> dict[str, str]:
    return {
        name: word
        for name, word in words.items()
        if word != base[name] and name not in (*PLAYHEAD, "lesson", "projector")
    }


def from_json(text: str) -> Lesson:
    """The lesson of a file. Raises ValueError, which says where it is none, and why."""
    if len(text) > _LARGEST:
        raise ValueError(f"A lesson has at most {_LARGEST:,} characters, got {len(text):,}.")
    try:
        told = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise ValueError("The file must be a lesson as this app saves it, got no JSON.") from None
    if not isinstance(told, dict) or _MARK not in told:
        raise ValueError(f"The file must be a lesson as this app saves it, with “{_MARK}”.")
    if told[_MARK] != VERSION:
        raise ValueError(
            f"The file is of version {told[_MARK]!r:.20}, and this app reads version {VERSION}. "
            "Open it where it was made."
        )
    return _lesson(told)


def _lesson(told: dict[str, Any]) -> Lesson:
    names = (_MARK, "title", "sentence", "minutes", "scenario", "steps", "question", "notes")
    _only(told, names, "The lesson")
    words = _words(told["scenario"], "The scenario")
    lesson = titled(
        Lesson(
            id="", title="", sentence=_text(told["sentence"], "sentence", "The sentence"),
            minutes=_whole(told["minutes"], 1, MOST_MINUTES, "The minutes"),
            scenario=moment(_scenario(words, "The scenario")), steps=(), question=None,
            notes=tuple(_text(note, "note", f"Note {n}")
                        for n, note in _listed(told["notes"], MOST_LINES, "The notes")),
            claims=(),
        ),
        _text(told["title"], "title", "The title"),
    )  # fmt: skip
    steps = tuple(
        _step(lesson, words, step, f"Step {n}")
        for n, step in _listed(told["steps"], MOST_STEPS, "The steps")
    )
    question = None if told["question"] is None else _question(told["question"], len(steps))
    return Lesson(
        lesson.id, lesson.title, lesson.sentence, lesson.minutes, lesson.scenario, steps, question,
        lesson.notes, (),
    )  # fmt: skip


def _step(lesson: Lesson, words: dict[str, str], told: Any, where: str) -> LessonStep:
    names = ("text", "update", "operation", "selection", "part", "aside", "scenario")
    _only(told, names, where)
    if told["part"] not in PARTS:
        raise ValueError(f"{where}: the part must be one of {', '.join(PARTS[1:])} or empty.")
    place = {
        "update": str(_whole(told["update"], 0, 2000, f"{where}: the update")),
        "operation": _text(told["operation"], "aside", f"{where}: the operation"),
        "selection": _text(told["selection"], "aside", f"{where}: the selection"),
    }
    scenario = _scenario(words | _words(told["scenario"], where) | place, where)
    aside = _text(told["aside"], "aside", f"{where}: the aside")
    return step_at(lesson, scenario, _text(told["text"], "text", where), told["part"], aside)


def _question(told: Any, steps: int) -> Question:
    _only(told, ("after", "text", "answers", "right", "reveal"), "The question")
    answers = tuple(
        _text(answer, "answer", f"Answer {n}")
        for n, answer in _listed(told["answers"], MOST_LINES, "The answers")
    )
    return Question(
        _text(told["text"], "text", "The question"), answers,
        _whole(told["right"], 0, max(0, len(answers) - 1), "The right answer (from 0)"),
        _text(told["reveal"], "text", "The reveal"),
        _whole(told["after"], 0, max(0, steps - 1), "The step that asks (from 0)"),
    )  # fmt: skip


def _scenario(words: dict[str, str], where: str) -> Scenario:
    scenario, problems = from_query(words)
    if problems:
        raise ValueError(f"{where}: {problems[0]}")
    try:
        scenario.require_computable()
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None
    return scenario


def _words(told: Any, where: str) -> dict[str, str]:
    known = (FIELDS.keys() | set(WORDS)) - {*PLAYHEAD, "table", "lesson", "projector"}
    if not isinstance(told, dict) or not all(isinstance(word, str) for word in told.values()):
        raise ValueError(f"{where}: an object of texts is required for the scenario.")
    strange = [name for name in told if name not in known]
    if strange:
        raise ValueError(f"{where}: “{strange[0]:.40}” is nothing that a lesson's scenario says.")
    return told


def _only(told: Any, names: tuple[str, ...], where: str) -> None:
    if not isinstance(told, dict) or told.keys() != set(names):
        raise ValueError(f"{where} must be an object with {', '.join(names)} and nothing else.")


def _listed(told: Any, most: int, where: str) -> Any:
    if not isinstance(told, list) or len(told) > most:
        raise ValueError(f"{where} must be a list of at most {most}.")
    return enumerate(told, start=1)


def _text(told: Any, kind: str, where: str) -> str:
    most = LONGEST[kind]
    if not isinstance(told, str) or len(told) > most:
        raise ValueError(f"{where} must be a text of at most {most} characters.")
    if any("\ud800" <= letter <= "\udfff" for letter in told):
        raise ValueError(f"{where} must be a text of whole characters.")
    return told


def _whole(told: Any, least: int, most: int, where: str) -> int:
    if type(told) is not int or not least <= told <= most:
        raise ValueError(f"{where} must be a whole number from {least} to {most}.")
    return told

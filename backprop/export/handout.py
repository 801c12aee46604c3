"""A lesson on paper: each step with its picture, numbers and equation; the question as a task.

What follows the question begins on a page of its own, and the answer stands at the end. The HTML
lies unseen in the lesson's booklet, and printing that prints it; `handout.css` says how.
"""

from __future__ import annotations

import re
from html import escape

from backprop.drawing.palette import DERIVATIVE_COLOURS, DERIVATIVE_TITLES
from backprop.lessons import Lesson, LessonStep, Question
from backprop.scenario.recordings import recordings
from backprop.stage.cards import fault_card
from backprop.stage.chart import chart_alone
from backprop.stage.describe import described
from backprop.stage.experiment import experiment
from backprop.stage.filled import filled
from backprop.stage.still import still


def handout(lesson: Lesson) -> str:
    """The hand-out of a lesson as HTML; a stranger's text in it is text."""
    steps = [_step(lesson, n) for n in range(len(lesson.steps))]
    asked = lesson.asked()
    task, answer = ("", "") if lesson.question is None else _task(lesson.question)
    rest = f'<div class="over">{"".join(steps[asked:])}</div>' if steps[asked:] else ""
    return (
        f"<header><h1>{escape(lesson.title)}</h1><p>{escape(lesson.sentence)}</p>"
        f'<p class="given">{escape(described(experiment(lesson.scenario)))}</p></header>'
        f"{''.join(steps[:asked])}{task}{rest}{answer}"
    )


def _task(question: Question) -> tuple[str, str]:
    """The question to be answered on paper, and its answer."""
    boxes = "".join(f"<li>{escape(answer)}</li>" for answer in question.answers)
    return (
        f'<section class="task"><h2>Task</h2><p>{escape(question.text)}</p><ol>{boxes}</ol>'
        "<p>Because</p><hr><hr></section>",
        f'<section class="answer"><h2>Answer to the task</h2><p>{question.right + 1}. '
        f"<b>{escape(question.answers[question.right])}</b></p><p>{escape(question.reveal)}</p>"
        "</section>",
    )


def _step(lesson: Lesson, n: int) -> str:
    step = lesson.steps[n]
    scenario = lesson.at(step)
    races, name = recordings(scenario), scenario.running
    recording, sample = races[name], scenario.sample - 1
    operation = scenario.shown_operation
    said = filled(recording, sample, scenario.update, operation, scenario.selection)
    picture = still(
        recording, sample, scenario.dataset().feature_names, scenario.update, operation,
        f"{lesson.id}-{n}", f"{lesson.title}, step {n + 1}: {said.position}",
    )  # fmt: skip
    true = f" <span>true cost {said.true_cost}</span>" if said.true_cost else ""
    return (
        f'<section class="moment"><h2>{n + 1}</h2><p class="said">{escape(step.text)}</p>'
        f'<p class="where"><i style="background:{DERIVATIVE_COLOURS[name]}"></i>'
        f"{DERIVATIVE_TITLES[name]}{_aside(step)} · sample {scenario.sample} · {said.position} · "
        f"cost J <b>{said.cost}</b>{true}</p><figure>{_on_paper(picture)}</figure>"
        f'<div class="beneath"><div><h3>{escape(said.title)}</h3>'
        f'<div class="equation">{said.equation}</div></div>'
        f"{_chart(step, chart_alone(races, name))}</div>"
        f"{_fault(step, fault_card(recording) if said.faulty else '')}</section>"
    )


_UNMARKED = re.compile(
    r'(data-state="(?:plain|unknown)"><rect class="fill"[^>]*>)'
    r'<rect class="mark"[^>]*><path class="corner"[^>]*>'
)
"""Cells in which nothing is special have marks that nobody sees."""


def _on_paper(picture: str) -> str:
    """A picture in its light colours alone, without what only a script would read of it."""
    light = re.sub(r"light-dark\(([^,()]+), ?[^()]+\)", r"\1", picture)
    light = re.sub(r"(opacity|stroke-width):(\d\.\d)\d+", r"\1:\2", light)
    light = _UNMARKED.sub(r"\1", light)
    return re.sub(r' (?:data-(?!state)[\w-]+|(?:stroke|fill)(?=="#\w+" style))="[^"]*"', "", light)


def _aside(step: LessonStep) -> str:
    return f" · {escape(step.aside)}" if step.aside else ""


def _chart(step: LessonStep, drawn: str) -> str:
    """The chart where the step points at it."""
    if step.part != "chart":
        return ""
    return f"<div><h3>True cost, all derivatives from the same start</h3>{drawn}</div>"


def _fault(step: LessonStep, card: str) -> str:
    return f'<div class="card fault faulty">{card}</div>' if card and step.part == "fault" else ""

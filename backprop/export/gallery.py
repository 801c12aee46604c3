"""The lessons as cards: a picture from each one's own recording, and a sentence.

The same cards are a page of the app and the index of the site. They show a lesson as far as its
question, so that nobody knows the answer before it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from pathlib import Path

from backprop.drawing.qr import qr_svg
from backprop.lessons import Lesson
from backprop.scenario.recordings import recordings
from backprop.stage.still import still

HERE = Path(__file__).parent
STYLE = (HERE / "gallery.css").read_text("utf-8")


def gallery(
    lessons: Iterable[Lesson], link: Callable[[str], str], coded: Callable[[str], str] | None = None
) -> str:
    """The HTML of a search field and a card for each lesson.

    `link` gives the address of a lesson's id, `coded` the whole address that its QR code says;
    without it there are no codes.
    """
    cards = "".join(
        card(lesson, link(lesson.id), coded(lesson.id) if coded else "") for lesson in lessons
    )
    return (
        '<div class="gallery"><div class="gallery-top">'
        '<input type="search" placeholder="Search the lessons" aria-label="Search the lessons" '
        'data-gallery="search"><kbd title="goes to the search field">/</kbd>'
        '<span role="status" data-gallery="count"></span></div>'
        f'<ul class="gallery-cards">{cards}</ul></div>'
    )


def card(lesson: Lesson, link: str, coded: str = "") -> str:
    """A lesson as a list item that leads to `link`, and `coded` as a QR code ("" for none)."""
    code = ""
    if coded:
        code = (
            f'<details class="gallery-code"><summary>QR code</summary>'
            f"{qr_svg(coded, f'QR code of the lesson {lesson.title}')}</details>"
        )
    asked = lesson.steps[: lesson.asked()]
    words = " ".join((lesson.title, lesson.sentence, *(step.text for step in asked)))
    return (
        f'<li data-words="{escape(words.lower())}">'
        f'<a class="gallery-card" href="{escape(link)}" data-lesson-id="{lesson.id}">'
        f'<span class="gallery-picture">{picture(lesson)}</span>'
        f"<strong>{escape(lesson.title)}</strong>"
        f'<span class="gallery-sentence">{escape(lesson.sentence)}</span></a>'
        f'<div class="gallery-foot"><span>{len(lesson.steps)} steps, {lesson.minutes} min</span>'
        f"{code}</div></li>"
    )


@lru_cache(maxsize=64)
def picture(lesson: Lesson) -> str:
    """The lesson's network at the step that asks its question, as a static SVG."""
    step = lesson.steps[lesson.asked() - 1]
    scenario = lesson.at(step)
    return still(
        recordings(scenario)[scenario.running], scenario.sample - 1,
        scenario.dataset().feature_names, step.update,
        step.operation,
        lesson.id, f"{lesson.title}: the network at update {step.update}",
    )  # fmt: skip

"""The editor of the reader's own lesson: its words, its steps, its question, its notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from backprop.controls.contents import file_of
from backprop.controls.own_lesson import PARTS, can_undo, in_words, own, put, undo_own
from backprop.controls.plain import plain, refuse, warn
from backprop.controls.session import list_of, marked, tied
from backprop.lessons import Lesson, Question
from backprop.lessons.file import from_json
from backprop.lessons.own import (
    LONGEST,
    MOST_LINES,
    MOST_MINUTES,
    asking,
    missing,
    moved,
    retold,
    titled,
    without,
)


def editor() -> None:
    """All of the lesson, to be changed; how to begin one where there is none."""
    lesson = own()
    refused = st.session_state.get("own_refused")
    if refused:
        warn("The lesson that this browser keeps cannot be read.", [refused])
    if lesson is None:
        st.info("Go to the Live page, stop where there is something to see, and press “Add to "
                "lesson”. Each such moment is a step.")  # fmt: skip
        if can_undo():
            st.button("Undo", on_click=undo_own)
        _open_file()
        return
    lacks = missing(lesson)
    if lacks:
        warn("Before it can be played:", lacks)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _titles(lesson)
        for n in range(len(lesson.steps)):
            _step(lesson, n)
    with right:
        _question(lesson)
        _lines("Speaker’s notes, one a line", "notes", lesson.notes, "note",
               lambda notes: _change(notes=notes))  # fmt: skip
        with st.container(horizontal=True):
            st.button("Undo", on_click=undo_own, disabled=not can_undo())
            st.button("Begin another", on_click=put, args=(None,), help="Undo brings this one back")
        _open_file()


def _now() -> Lesson:
    """The lesson as it is when a widget speaks. Raises LookupError if there is none any more."""
    lesson = own()
    if lesson is None:
        raise LookupError("There is no lesson.")
    return lesson


def _change(**changes: Any) -> None:
    put(replace(_now(), **changes))


def _titles(lesson: Lesson) -> None:
    left, right = st.columns([5, 1])
    with left:
        _line("Title", "title", lesson.title, lambda text: put(titled(_now(), text)))
    right.number_input(
        "Minutes", 1, MOST_MINUTES,
        **tied("own.minutes", lesson.minutes, lambda n: _change(minutes=_whole(n))),
    )  # fmt: skip
    _line("One sentence, without the ending", "sentence", lesson.sentence,
          lambda text: _change(sentence=text))  # fmt: skip


def _whole(n: int) -> int:
    return max(1, min(int(n), MOST_MINUTES))


def _line(label: str, kind: str, value: str, take: Callable[[str], None]) -> None:
    most = LONGEST[kind]
    st.text_input(
        label, max_chars=most, **tied(f"own.{kind}", value, lambda text: take(str(text)[:most]))
    )


def _text(label: str, name: str, value: str, take: Callable[[str], None]) -> None:
    most = LONGEST["text"]
    st.text_area(
        label, max_chars=most, height=90,
        **tied(f"own.{name}", value, lambda text: take(str(text)[:most])),
    )  # fmt: skip


def _lines(
    label: str, name: str, value: tuple[str, ...], kind: str,
    take: Callable[[tuple[str, ...]], None],
) -> None:  # fmt: skip
    """A text of several lines, each an answer or a note."""

    def heard(text: object) -> None:
        lines = [line.strip()[: LONGEST[kind]] for line in str(text).splitlines()]
        take(tuple(line for line in lines if line)[:MOST_LINES])

    st.text_area(label, height=130, **tied(f"own.{name}", "\n".join(value), heard))


def _step(lesson: Lesson, n: int) -> None:
    step, scenario = lesson.steps[n], lesson.at(lesson.steps[n])
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
            st.markdown(f"**{n + 1}** {plain(in_words(scenario))}", width="stretch")
            last = len(lesson.steps) - 1
            for name, changed, off in (
                ("Up", moved(lesson, n, -1), n == 0),
                ("Down", moved(lesson, n, 1), n == last),
                ("Delete", without(lesson, n), False),
            ):
                st.button(
                    name, key=f"own_{name}_{n}", on_click=put, args=(changed,), disabled=off,
                    type="tertiary",
                )  # fmt: skip
            st.page_link(file_of("live"), label="Live", query_params=marked(scenario))
        _text(f"Step {n + 1} says", f"text.{n}", step.text,
              lambda text: put(retold(_now(), n, text=text)))  # fmt: skip
        left, right = st.columns([1, 2])
        left.selectbox(
            "Points at",
            **list_of(
                list(PARTS),
                tied(f"own.part.{n}", step.part, lambda part: _point(n, part)),
                PARTS.__getitem__,
            ),
        )  # fmt: skip
        most = LONGEST["aside"]
        right.text_input(
            "What differs, said above the stage", max_chars=most,
            **tied(f"own.aside.{n}", step.aside,
                   lambda text: put(retold(_now(), n, aside=str(text)[:most]))),
        )  # fmt: skip


def _point(n: int, part: str) -> None:
    if part not in PARTS:
        raise ValueError(f"A part of the stage is required, got {part!r}.")
    put(retold(_now(), n, part=part))


def _question(lesson: Lesson) -> None:
    question = lesson.question
    st.toggle("Ask for a prediction", **tied("own.asks", question is not None, _ask))
    if question is None:
        return
    steps = max(1, len(lesson.steps))
    st.selectbox(
        "Asked after step",
        **list_of(
            list(range(steps)),
            tied("own.after", min(question.after, steps - 1), _ask_after, steps),
            lambda n: str(n + 1),
        ),
    )  # fmt: skip
    _text("The question", "question", question.text,
          lambda text: put(asking(_now(), text=text)))  # fmt: skip
    _lines("Its answers, one a line", "answers", question.answers, "answer",
           lambda answers: put(asking(_now(), answers=answers)))  # fmt: skip
    if question.answers:
        st.radio(
            "What happens",
            **list_of(
                list(range(len(question.answers))),
                tied("own.right", question.right, _right, len(question.answers)),
                lambda k: plain(question.answers[k]) if k < len(question.answers) else "",
            ),
        )  # fmt: skip
    _text("Why, said once it is answered", "reveal", question.reveal,
          lambda text: put(asking(_now(), reveal=text)))  # fmt: skip


def _ask(asks: bool) -> None:
    if asks == (_now().question is not None):
        return
    _change(question=Question("", (), 0, "", max(0, len(_now().steps) - 2)) if asks else None)


def _ask_after(after: int) -> None:
    if not 0 <= after < max(1, len(_now().steps)):
        raise ValueError("A step of the lesson is required.")
    put(asking(_now(), after=after))


def _right(right: int) -> None:
    question = _now().question
    if question is None or not 0 <= right < len(question.answers):
        raise ValueError("An answer of the question is required.")
    put(asking(_now(), right=right))


def _open_file() -> None:
    uploaded = st.file_uploader("Open a lesson that was saved here", type=["json"], key="own_file")
    if uploaded is None:
        return
    try:
        lesson = from_json(uploaded.getvalue().decode("utf-8", errors="replace"))
    except ValueError as error:
        refuse(error)
        return
    st.button(f"Open “{plain(lesson.title)}”", type="primary", on_click=put, args=(lesson,))

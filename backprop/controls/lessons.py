"""The lessons: the gallery, a lesson that has been opened, and one of the reader's own."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from backprop.controls.component import component
from backprop.controls.lesson_editor import editor
from backprop.controls.own_lesson import keep_own_lesson, own
from backprop.controls.plain import plain
from backprop.controls.session import change, current, said
from backprop.controls.take_away import link_of, live_address, projector_switch, qr_code
from backprop.export import gallery, page
from backprop.export.booklet import Told, of_lesson
from backprop.lessons import LESSONS, RENAMED, Lesson
from backprop.lessons.file import to_json
from backprop.lessons.own import missing
from backprop.scenario.recordings import KEPT
from backprop.scenario.scenario import Scenario

OWN = "own"
"""The name of the reader's own lesson in an address; it is in this browser only."""

_mount_gallery = component(
    "gallery", Path(__file__).with_name("gallery.js"), '<div class="gallery-root"></div>',
    gallery.STYLE,
)  # fmt: skip
_mount_booklet = component("booklet", page.HOSTED, '<div class="booklet"></div>', page.STYLE)


def lesson_tools() -> None:
    """For the row above a lesson: back to the gallery, its link, its page as a file."""
    name = _wanted()
    lesson = own() if name == OWN else LESSONS.get(name)
    if name == OWN or lesson is not None:
        st.button("All lessons", icon=":material/arrow_back:", on_click=_open, args=("",))
    if lesson is None:
        return
    if name == OWN:
        st.download_button(
            "Save", lambda: to_json(lesson), f"{lesson.id}.json", "application/json",
            on_click="ignore", help="The lesson as a file, to be opened here again",
        )  # fmt: skip
        if missing(lesson):
            return
        playing = st.session_state.get("own_playing", False)
        st.button("Edit" if playing else "Play", on_click=_play, args=(not playing,))
    else:
        with st.popover("Link and QR code"):
            qr_code(link_of(Scenario(lesson=lesson.id)))
    live = live_address()
    st.download_button(
        "Save as a page", lambda: page.page(of_lesson(lesson, live=live)), f"{lesson.id}.html",
        "text/html", on_click="ignore", help="One file that plays anywhere: no server, no network",
    )  # fmt: skip
    projector_switch()


def _wanted() -> str:
    """The id of the lesson that the link names, as it is now."""
    return RENAMED.get(current().lesson, current().lesson)


def lessons() -> None:
    """The lesson that the link names, or the gallery."""
    keep_own_lesson()
    wanted = _wanted()
    if wanted == OWN:
        lesson = own()
        if lesson and st.session_state.get("own_playing") and not missing(lesson):
            _mount_booklet(key="booklet.own", data=_booklet(lesson, current().projector))
        else:
            editor()
        return
    if wanted in LESSONS:
        data = _booklet(LESSONS[wanted], current().projector)
        _mount_booklet(key=f"booklet.{wanted}", data=data)
        return
    if wanted:
        st.warning(f"There is no lesson named “{plain(wanted)}”. Choose one of these.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.html("<h2>Lessons</h2><p>Each one asks you what will happen, and then shows it.</p>")
        st.button("Your own lesson", on_click=_open, args=(OWN,))
    _mount_gallery(
        key="gallery", data=_cards(link_of(Scenario())), on_opened_change=_open_from_gallery
    )


@st.cache_data(max_entries=4, show_spinner=False)
def _cards(base: str) -> str:
    coded = f"{base}?lesson={{}}".format
    return gallery.gallery(LESSONS.values(), "?lesson={}".format, coded)


def _booklet(lesson: Lesson, projector: bool) -> Told:
    def make() -> Told:
        return of_lesson(lesson, projector, live="./").told()

    return KEPT.get(("booklet", lesson, projector), make, lambda told: 2 * len(json.dumps(told)))


def _open_from_gallery() -> None:
    _open(said(str, "gallery", "opened") or "")


def _open(name: str) -> None:
    change(lesson=name if name in (*LESSONS, OWN) else "")
    st.session_state.own_playing = False


def _play(playing: bool) -> None:
    st.session_state.own_playing = playing

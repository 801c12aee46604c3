"""The lessons: the gallery, and a lesson that has been opened."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from backprop.controls.contents import file_of
from backprop.controls.plain import plain
from backprop.controls.session import change, current, marked, said
from backprop.controls.take_away import link_of, projector_switch, qr_code
from backprop.drawing.scripts import bundle
from backprop.export import gallery, page
from backprop.export.booklet import of_lesson
from backprop.lessons import LESSONS
from backprop.scenario.recordings import KEPT
from backprop.scenario.scenario import Scenario
from backprop.stage import View

_mount_gallery = st.components.v2.component(
    "backprop_gallery", html='<div class="gallery-root"></div>', css=gallery.STYLE,
    js=bundle(Path(__file__).with_name("gallery.js")),
)  # fmt: skip
_mount_booklet = st.components.v2.component(
    "backprop_booklet", html='<div class="booklet"></div>', css=page.STYLE, js=page.HOSTED_SCRIPT
)


def lesson_tools() -> None:
    """For the row above a lesson: back to the gallery, its link, its page as a file."""
    lesson = LESSONS.get(current().lesson)
    if lesson is None:
        return
    st.button("All lessons", icon=":material/arrow_back:", on_click=_open, args=("",))
    with st.popover("Link and QR code"):
        qr_code(link_of(Scenario(lesson=lesson.id)))
    st.download_button(
        "Save as a page", lambda: page.page(of_lesson(lesson)), f"{lesson.id}.html", "text/html",
        on_click="ignore", help="One file that plays anywhere: no server, no network",
    )  # fmt: skip
    st.page_link(file_of("live"), label="Try it live", query_params=marked(lesson.scenario))
    projector_switch()


def lessons() -> None:
    """The lesson that the link names, or the gallery."""
    wanted = current().lesson
    if wanted in LESSONS:
        data = _booklet(wanted, current().projector)
        _mount_booklet(key=f"booklet.{wanted}", data=data, on_project_change=_project)
        return
    if wanted:
        st.warning(f"There is no lesson named “{plain(wanted)}”. Choose one of these.")
    st.html("<h2>Lessons</h2><p>Each one asks you what will happen, and then shows it.</p>")
    _mount_gallery(
        key="gallery", data=_cards(link_of(Scenario())), on_opened_change=_open_from_gallery
    )


@st.cache_data(max_entries=4, show_spinner=False)
def _cards(base: str) -> str:
    coded = f"{base}?lesson={{}}".format
    return gallery.gallery(LESSONS.values(), "?lesson={}".format, coded)


def _project() -> None:
    change(projector=not current().projector)


def _booklet(name: str, projector: bool) -> dict[str, object]:
    def make() -> dict[str, object]:
        return of_lesson(LESSONS[name], View(projector=projector)).told()

    return KEPT.get(("booklet", name, projector), make, lambda told: 2 * len(json.dumps(told)))


def _open_from_gallery() -> None:
    _open(said(str, "gallery", "opened") or "")


def _open(name: str) -> None:
    change(lesson=name if name in LESSONS else "")

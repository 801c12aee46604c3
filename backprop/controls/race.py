"""The Race page: a race run a stretch at a time, its charts, boundaries and table."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from backprop.controls.component import component
from backprop.controls.contents import file_of
from backprop.controls.frame import finish
from backprop.controls.reading import heard
from backprop.controls.session import change, open_scenario, said
from backprop.controls.together import part
from backprop.drawing.envelope import envelope
from backprop.engine.derivatives import sole
from backprop.engine.runners import Runner
from backprop.engine.training import Recording
from backprop.figures.race import PAGE_STYLE, SCRIPT, STYLE, Entrant, planes, scene, table
from backprop.racing.summary import Summary, summarise
from backprop.racing.verdicts import Verdict, verdict
from backprop.scenario.recordings import KEPT, Course
from backprop.scenario.scenario import Scenario, within
from backprop.stage.protocol import RaceAt, RaceOpen

FIRST_STRETCH = 25
STRETCH_SECONDS = 0.25
SENTENCES = 4_000
"""Bytes for a verdict in words."""

_mount_race = component("race", SCRIPT, '<div class="race-root"></div>', STYLE)


def race_view(scenario: Scenario) -> None:
    """Run the race of the scenario and show it: charts, boundaries, table."""
    entrants = _entrants(scenario, _raced(scenario))
    st.html(f"<style>{PAGE_STYLE}</style>")
    last = entrants[0].recording.updates
    _charts_and_planes(scenario, last, min(scenario.update, last) or last)
    st.markdown(table(entrants), unsafe_allow_html=True)


# ---- running it -------------------------------------------------------------------------------


def _raced(scenario: Scenario) -> dict[str, Recording]:
    """The race of the scenario, by the texts of its runners; shorter if the user stopped it.

    A long one shows how far it is, with a button that stops it.
    """
    asked = (scenario.track(), scenario.runners())
    course = _course(scenario)
    place, bar = st.empty(), None
    began = time.monotonic()
    stretch = FIRST_STRETCH
    while (so_far := course.updates) < scenario.updates:
        how_far = f"Update {so_far:,} of {scenario.updates:,}"
        if so_far and st.session_state.get("race.stopped") == asked:
            with place.container(horizontal=True, vertical_alignment="center"):
                st.info(f"Stopped. {how_far}.", width="stretch")
                st.button("Go on", on_click=_stop, args=(None,))
            return _by_text(scenario, course)
        if bar is not None:
            bar.progress(so_far / scenario.updates, how_far)
        elif time.monotonic() - began > 2 * STRETCH_SECONDS:
            with place.container(horizontal=True, vertical_alignment="center"):
                bar = st.progress(so_far / scenario.updates, how_far)
                st.button("Stop", on_click=_stop, args=(asked,))
        since = time.monotonic()
        course.run(stretch)
        taken = max(time.monotonic() - since, 1e-3)
        stretch = max(1, round((course.updates - so_far) * STRETCH_SECONDS / taken))
    place.empty()
    return _by_text(scenario, course)


def _course(scenario: Scenario) -> Course:
    return Course(scenario, [(runner.derivative, runner.format) for runner in scenario.runners()])


def _as_long(scenario: Scenario, updates: int) -> dict[str, Recording]:
    """The race up to `updates` once more: as it is kept, else run again."""
    course = _course(scenario)
    while course.updates < updates:
        course.run(updates - course.updates)
    return _by_text(scenario, course, updates)


def _by_text(
    scenario: Scenario, course: Course, updates: int | None = None
) -> dict[str, Recording]:
    of = course.recordings(updates)
    return {runner.text: of[runner.derivative, runner.format] for runner in scenario.runners()}


def _stop(asked: tuple[Scenario, tuple[Runner, ...]] | None) -> None:
    st.session_state["race.stopped"] = asked


# ---- showing it -------------------------------------------------------------------------------


def _entrants(scenario: Scenario, recordings: dict[str, Recording]) -> list[Entrant]:
    entrants, track = [], scenario.track()
    for runner in scenario.runners():
        recording = recordings[runner.text]
        summary, became = _told(track, runner, recording)
        query = urlencode(_on_live(scenario, runner).query(), safe=":~,")
        entrants.append(Entrant(runner, recording, summary, became, query))
    return entrants


def _told(track: Scenario, runner: Runner, recording: Recording) -> tuple[Summary, Verdict]:
    return KEPT.get(
        ("told", track, runner, recording.updates),
        lambda: (summarise(recording), verdict(recording)),
        lambda told: told[0].weight() + SENTENCES,
    )


def _scene(scenario: Scenario, entrants: list[Entrant]) -> bytes:
    key = ("race", scenario, entrants[0].recording.updates)
    return KEPT.get(key, lambda: scene(entrants).pack(), len)


def _on_live(scenario: Scenario, runner: Runner, update: int = 0) -> Scenario:
    """The Live page's scenario that computes what this runner does, seen at an update."""
    derivative = runner.derivative
    changes: dict[str, Any] = {"format": runner.format, "cost": derivative.cost, "update": update}
    if not sole(derivative.cost):
        changes["derivative"] = derivative.name
    if derivative.form.has_epsilon:
        changes |= {"clamp": derivative.clamp, "epsilon": derivative.epsilon}
    return replace(scenario, operation="", selection="", **changes)


@part()
def _charts_and_planes(scenario: Scenario, last: int, begins: int) -> None:
    """The charts up to update `last`, and the boundaries at their playhead, which alone follow it.

    The playhead `begins` where a link or the other pages have it; but not at their start, because
    the verdicts are about the end. What is passed here is held as long as the session, so it is
    the scenario, and no recording.
    """
    entrants, visit = _entrants(scenario, _as_long(scenario, last)), st.session_state.visit
    still = replace(scenario, update=0, operation="", selection="")
    shown = _mount_race(
        key="race", data=envelope({"visit": visit, "at": begins}, _scene(still, entrants)),
        on_at_change=_follow, on_open_change=lambda: None,
    )  # fmt: skip
    opened = _asked_for(heard(RaceOpen, shown.open), scenario)
    if opened is not None:
        open_scenario(opened)
        st.switch_page(file_of("live"), query_params=opened.query())
    moved = _playhead(heard(RaceAt, shown.at))
    k = begins if moved is None else moved
    st.markdown(planes(entrants, min(k, last)), unsafe_allow_html=True)
    finish()


def _asked_for(question: RaceOpen | None, scenario: Scenario) -> Scenario | None:
    """What a click on a curve opens on the Live page; None for a place that the race has not."""
    runners = scenario.runners()
    if question is None or question.runner >= len(runners) or question.update > scenario.updates:
        return None
    return within(_on_live(scenario, runners[question.runner], question.update))


def _playhead(moved: RaceAt | None) -> int | None:
    """Where the browser says that this visit's playhead is; None if it has not moved."""
    return moved.at if moved is not None and moved.visit == st.session_state.visit else None


def _follow() -> None:
    """The playhead of this page is that of all pages."""
    at = _playhead(said(RaceAt, "race", "at"))
    if at is not None:
        change(update=at)

"""A booklet: a few scenes for one stage, the toggle between them, and perhaps a lesson's steps.

The same booklet is a page of the app, a file that stands alone, and a cell of a notebook.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NotRequired, TypedDict
from urllib.parse import urlencode

from backprop.drawing.palette import DERIVATIVE_COLOURS, DERIVATIVE_TITLES
from backprop.engine.training import Recording
from backprop.export.handout import handout
from backprop.lessons import Lesson, Question
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario
from backprop.stage import WHOLE, Scene, View, recorded, scene
from backprop.stage.describe import described
from backprop.stage.experiment import experiment
from backprop.stage.protocol import Playhead


class Button(TypedDict):
    """A choice of the toggle; its scene is that of its own number, or `scene`."""

    title: str
    colour: str
    scene: NotRequired[int]


class BookStep(Playhead):
    """A step of a lesson: where it leads, and the part of the stage that it points to ("": none).

    `aside` is what to call a scene that the toggle has not; `query` opens it on the Live page.
    """

    text: str
    scene: int
    part: str
    aside: str
    query: str


class BookLesson(TypedDict):
    """A lesson, which asks `question` at step `after`, and whose answer `right` is right.

    Where nothing is asked there are no answers, and `after` is −1.
    """

    id: str
    steps: list[BookStep]
    after: int
    question: str
    answers: list[str]
    right: int
    reveal: str
    notes: list[str]


class BookAbout(TypedDict):
    """Titles, the toggle and the scene that is shown first; where to, or the lesson's steps.

    `handout` is what is printed, as HTML in pieces and their order; `live` the address of the Live
    page.
    """

    title: str
    subtitle: str
    toggle: list[Button]
    shown: int
    place: NotRequired[Playhead]
    lesson: NotRequired[BookLesson]
    handout: NotRequired[tuple[list[str], list[int]]]
    live: NotRequired[str]


@dataclass(frozen=True)
class Booklet:
    """What is said about `scenes`, and they themselves."""

    about: BookAbout
    scenes: tuple[Scene, ...]

    def told(self) -> dict[str, object]:
        """The booklet as its script takes it: what all scenes share is there once, as `shared`.

        So are the entries that the dictionaries of a scene share, such as single equations.
        """
        shared, own = _divided(list(self.scenes))
        for name, values in ((name, [one.pop(name, None) for one in own]) for name in _DIVISIBLE):
            if name not in shared:
                shared[name], parts = _divided(values)
                for one, part in zip(own, parts, strict=True):
                    one[name] = part
        return {"about": self.about, "shared": shared, "scenes": own}


_DIVISIBLE = ("experiment", "equations", "notes")


def _divided(ones: Sequence[Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The entries that all dictionaries have alike, and of each those that remain."""
    first, *others = ones
    shared = {
        name: value for name, value in first.items()
        if all(name in one and one[name] == value for one in others)
    }  # fmt: skip
    return shared, [{name: one[name] for name in one if name not in shared} for one in ones]


def of_recordings(
    recordings: Mapping[str, Recording],
    current: str,
    sample: int = 0,
    features: Sequence[str] = (),
    title: str = "Backprop, live",
) -> Booklet:
    """The race `recordings` with a toggle between them, `current` first; `sample` from 0.

    Raises ValueError for names that are no derivatives, a name that is no recording and a sample
    that does not exist.
    """
    unknown = [name for name in recordings if name not in DERIVATIVE_TITLES]
    if unknown:
        raise ValueError(
            f"Recordings must be named by their derivatives ({', '.join(DERIVATIVE_TITLES)}), as "
            f"backprop.race names them, got {unknown[0]!r}."
        )
    if current not in recordings:
        raise ValueError(f"The recording must be one of {', '.join(recordings)}, got {current!r}.")
    first = recordings[current]
    if not 0 <= sample < len(first.X):
        raise ValueError(f"The sample must be from 0 to {len(first.X) - 1}, got {sample}.")
    names = list(features) or [f"x{j + 1}" for j in range(first.X.shape[1])]
    scenes = tuple(recorded(recordings, name, sample, names) for name in recordings)
    about: BookAbout = {
        "title": title,
        "subtitle": described(scenes[0]["experiment"]),
        "toggle": [_button(name) for name in recordings],
        "shown": list(recordings).index(current),
    }
    return Booklet(about, scenes)


def of_scenario(scenario: Scenario) -> Booklet:
    """A scenario as it is shown on the Live page, its playhead and selection included."""
    page = of_recordings(
        recordings(scenario), scenario.running, scenario.sample - 1,
        scenario.dataset().feature_names,
    )  # fmt: skip
    return replace(page, about={**page.about, "place": _place(scenario)})


def of_lesson(lesson: Lesson, view: View = WHOLE, live: str = "") -> Booklet:
    """A lesson: every scene that one of its steps needs, the toggle, steps and question.

    `view` says how its scenes are looked at, such as by a projector; `live` is the address of the
    Live page, where there is one, for a link from each step.
    """
    scenes: dict[Scenario, int] = {}
    packed: list[Scene] = []

    def number(scenario: Scenario) -> int:
        key = replace(scenario.training(), derivative=scenario.running, sample=scenario.sample)
        if key not in scenes:
            scenes[key] = len(packed)
            names = scenario.dataset().feature_names
            packed.append(scene(experiment(scenario), names, view))
        return scenes[key]

    toggle: list[Button] = [
        {**_button(one.name), "scene": number(replace(lesson.scenario, derivative=one.name))}
        for one in lesson.scenario.derivatives()
    ]
    steps: list[BookStep] = [
        {**_place(scenario), "text": step.text, "scene": number(scenario), "part": step.part,
         "aside": step.aside, "query": urlencode(scenario.query()) if live else ""}
        for step, scenario in ((step, lesson.at(step)) for step in lesson.steps)
    ]  # fmt: skip
    question = lesson.question or Question("", (), 0, "", after=-1)
    about: BookAbout = {
        "title": lesson.title,
        "subtitle": lesson.sentence,
        "toggle": toggle,
        "shown": steps[0]["scene"],
        "lesson": {
            "id": lesson.id,
            "steps": steps,
            "after": question.after,
            "question": question.text,
            "answers": list(question.answers),
            "right": question.right,
            "reveal": question.reveal,
            "notes": list(lesson.notes),
        },
        "handout": _in_pieces(handout(lesson)),
    }
    if live:
        about["live"] = live
    return Booklet(about, tuple(packed))


def _in_pieces(html: str) -> tuple[list[str], list[int]]:
    """Each piece of a text once, and in which order they make it: pictures repeat one another."""
    pieces: dict[str, int] = {}
    order = [pieces.setdefault(one, len(pieces)) for one in re.findall(r"[^>#]*(?:[>#]|$)", html)]
    return list(pieces), order


def _button(name: str) -> Button:
    return {"title": DERIVATIVE_TITLES[name], "colour": DERIVATIVE_COLOURS[name]}


def _place(scenario: Scenario) -> Playhead:
    return {
        "update": scenario.update,
        "operation": scenario.operation or ("update" if scenario.update else "start"),
        "selection": scenario.selection,
    }

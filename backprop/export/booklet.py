"""A booklet: a few scenes for one stage, the toggle between them, and perhaps a lesson's steps.

The same booklet is a page of the app, a file that stands alone, and a cell of a notebook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NotRequired, TypedDict
from urllib.parse import urlencode

from backprop.drawing.envelope import envelope
from backprop.drawing.palette import DERIVATIVE_COLOURS, DERIVATIVE_TITLES
from backprop.engine.training import Recording
from backprop.export.handout import handout
from backprop.lessons import Lesson, Question
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario
from backprop.stage import WHOLE, View, scene
from backprop.stage.describe import described
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

    `handout` is the number of the part that is printed, `live` the address of the Live page.
    """

    title: str
    subtitle: str
    toggle: list[Button]
    shown: int
    place: NotRequired[Playhead]
    lesson: NotRequired[BookLesson]
    handout: NotRequired[int]
    live: NotRequired[str]


@dataclass(frozen=True)
class Booklet:
    """What is said about packed `scenes`, and they themselves; a lesson's hand-out as HTML.

    Where there is one, it is the part after the last scene, whose number is about["handout"].
    """

    about: BookAbout
    scenes: tuple[bytes, ...]
    handout: str = ""

    def parts(self) -> tuple[bytes, ...]:
        """The scenes, and the hand-out if there is one, as bytes."""
        return (*self.scenes, self.handout.encode()) if self.handout else self.scenes

    def pack(self) -> bytes:
        """The booklet as one envelope; the words get "lengths", the bytes of each part."""
        lengths = [len(packed) for packed in self.parts()]
        return envelope({**self.about, "lengths": lengths}, *self.parts())


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
    scenes = tuple(scene(recordings, name, sample, names).pack() for name in recordings)
    about: BookAbout = {
        "title": title,
        "subtitle": described(first),
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
    packed: list[bytes] = []

    def number(scenario: Scenario) -> int:
        key = replace(scenario.training(), derivative=scenario.running, sample=scenario.sample)
        if key not in scenes:
            scenes[key] = len(packed)
            names = scenario.dataset().feature_names
            races = recordings(scenario)
            packed.append(scene(races, scenario.running, scenario.sample - 1, names, view).pack())
        return scenes[key]

    names = recordings(lesson.scenario)
    toggle: list[Button] = [
        {**_button(name), "scene": number(replace(lesson.scenario, derivative=name))}
        for name in names
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
        "handout": len(packed),
    }
    if live:
        about["live"] = live
    return Booklet(about, tuple(packed), handout(lesson))


def _button(name: str) -> Button:
    return {"title": DERIVATIVE_TITLES[name], "colour": DERIVATIVE_COLOURS[name]}


def _place(scenario: Scenario) -> Playhead:
    return {
        "update": scenario.update,
        "operation": scenario.operation or ("update" if scenario.update else "start"),
        "selection": scenario.selection,
    }

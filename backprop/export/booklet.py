"""A booklet: what one stage shows, in the words of a link, and perhaps a lesson's steps.

The same booklet is a page of the app, a file that stands alone, and a cell of a notebook. Its
reader can change what it shows: `library` has what the page makes other scenes of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NotRequired, TypedDict

from backprop.drawing.palette import DERIVATIVE_TITLES
from backprop.engine.passes import Layout
from backprop.engine.training import Recording
from backprop.export.handout import handout
from backprop.export.library import Data, Library, data_of, draws_of, library
from backprop.export.pieces import in_pieces
from backprop.lessons import Lesson, Question
from backprop.scenario.datasets import default_names
from backprop.scenario.fields import FIELDS, OWN, PLAYHEAD
from backprop.scenario.offers import HASH
from backprop.scenario.scaling import reach_of
from backprop.scenario.scenario import Scenario
from backprop.stage.experiment import of_recordings as experiment_of_recordings
from backprop.stage.library import Shape
from backprop.stage.protocol import Playhead

_MADE_OF = ("units", "hidden", "bias", "seed", "cost")
"""Fields of which a scene is made beside those that its reader can change."""


class Given(TypedDict):
    """A scene as the page comes with it, in the words of a link; `data` names its samples.

    A later scene of a booklet says only those words in which it differs from the first. `runners`
    are the derivatives that take part; all that suit the targets if it has none. `query` is what
    the app is asked for it, less the playhead.
    """

    words: dict[str, str]
    data: str
    runners: NotRequired[list[str]]
    query: NotRequired[dict[str, str]]


class BookStep(Playhead):
    """A step of a lesson: where it leads, and the part of the stage that it points to ("": none).

    `aside` is what to call a scene that differs from the lesson's in more than the derivative.
    """

    text: str
    scene: int
    part: str
    aside: str


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
    """Titles; a lesson's steps; `live`, the address of the Live page where it is known.

    Without a `subtitle` the line beneath the title describes what is shown. `projector` says that
    it is looked at from afar. `handout` is what is printed, as HTML in pieces and their order, a
    letter for each.
    """

    title: str
    subtitle: str
    projector: bool
    lesson: NotRequired[BookLesson]
    handout: NotRequired[tuple[list[str], str]]
    live: NotRequired[str]


class Told(TypedDict):
    """A booklet as its script takes it; `home` is a link to an index beside it, if any."""

    about: BookAbout
    library: Library
    scenes: list[Given]
    home: NotRequired[str]


@dataclass(frozen=True)
class Booklet:
    """Scenes, what is said about them, and the library from which a reader can make others."""

    about: BookAbout
    library: Library
    scenes: tuple[Given, ...]

    def told(self) -> Told:
        """The booklet as its script takes it."""
        return {"about": self.about, "library": self.library, "scenes": list(self.scenes)}


def of_recordings(
    recordings: Mapping[str, Recording],
    current: str,
    sample: int = 0,
    features: Sequence[str] = (),
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
    recorded = experiment_of_recordings(recordings, current, sample)
    clamps = [one.derivative for one in recordings.values() if one.derivative.form.variant]
    arithmetic = clamps[0] if clamps else first.derivative
    scenario = Scenario(
        units=tuple(recorded["sizes"][1:-1]), hidden=recorded["hidden"], bias=recorded["bias"],
        scale=1.0, data=OWN, sample=sample + 1, cost=first.derivative.cost, derivative=current,
        clamp=arithmetic.clamp, epsilon=arithmetic.epsilon, format=recorded["format"],
        learning_rate=recorded["alpha"], updates=recorded["updates"],
    )  # fmt: skip
    data: Data = {
        "X": recorded["X"],
        "y": recorded["y"],
        "features": list(features or default_names(first.X.shape[1])),
        "reach": [reach_of(column) for column in first.X.astype("float64").T],
    }
    given: Given = {"words": words_of(scenario), "data": OWN, "runners": list(recordings)}
    shape = tuple(recorded["sizes"]), recorded["hidden"], recorded["bias"]
    about: BookAbout = {"title": "Backprop, live", "subtitle": "", "projector": False}
    draws = {str(scenario.seed): recorded["draws"]}
    return Booklet(about, library([shape], [scenario.cost], {OWN: data}, draws), (given,))


def of_scenario(scenario: Scenario, live: str = "") -> Booklet:
    """A scenario as it is shown on the Live page, its playhead and selection included.

    `live` is the address of the Live page, where there is one to lead to.
    """
    about: BookAbout = {"title": "Backprop, live", "subtitle": "", "projector": False}
    return _of_scenarios(about, [scenario], live)


def of_lesson(lesson: Lesson, projector: bool = False, live: str = "") -> Booklet:
    """A lesson: every scene that one of its steps needs, steps and question.

    `projector` says that it is looked at from afar; `live` is the address of the Live page, where
    there is one to lead to.
    """
    scenes: dict[Scenario, int] = {}
    for step in lesson.steps:
        scenes.setdefault(_seen(lesson.at(step)), len(scenes))
    steps: list[BookStep] = [
        {**_place(scenario), "text": step.text, "scene": scenes[_seen(scenario)],
         "part": step.part, "aside": step.aside}
        for step, scenario in ((step, lesson.at(step)) for step in lesson.steps)
    ]  # fmt: skip
    question = lesson.question or Question("", (), 0, "", after=-1)
    pieces, (order,) = in_pieces([handout(lesson)])
    about: BookAbout = {
        "title": lesson.title,
        "subtitle": lesson.sentence,
        "projector": projector,
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
        "handout": (pieces, order),
    }
    return _of_scenarios(about, list(scenes), live)


def _seen(scenario: Scenario) -> Scenario:
    """What the scenes of steps that differ in their playhead have in common."""
    return replace(scenario.training(), derivative=scenario.running, sample=scenario.sample)


def _of_scenarios(about: BookAbout, scenarios: Sequence[Scenario], live: str) -> Booklet:
    shapes: list[Shape] = []
    data: dict[str, Data] = {}
    draws: dict[str, list[float]] = {}
    given: list[Given] = []
    for scenario in scenarios:
        samples, words = data_of(scenario), words_of(scenario)
        name = next((key for key, known in data.items() if known == samples), str(len(data)))
        data[name] = samples
        sizes = (len(samples["features"]), *scenario.units, len(samples["y"][0]))
        shapes.append((sizes, scenario.hidden, scenario.bias))
        count = Layout(sizes, scenario.bias).numbers
        if count > len(draws.get(words["seed"], ())):
            draws[words["seed"]] = draws_of(scenario.seed, count)
        if given:
            first = given[0]["words"]
            words = {key: word for key, word in words.items() if word != first[key]}
        given.append({"words": words, "data": name})
        if live:
            query = scenario.query()
            given[-1]["query"] = {key: query[key] for key in query if key not in PLAYHEAD}
    if live:
        about = {**about, "live": live}
    costs = [scenario.cost for scenario in scenarios]
    return Booklet(about, library(shapes, costs, data, draws), tuple(given))


def words_of(scenario: Scenario) -> dict[str, str]:
    """The fields that decide a scene, as a link writes them."""
    placed = replace(scenario, derivative=scenario.running, **_place(scenario))
    return {name: FIELDS[name].write(getattr(placed, name)) for name in (*HASH, *_MADE_OF)}


def _place(scenario: Scenario) -> Playhead:
    return {
        "update": scenario.update,
        "operation": scenario.operation or ("update" if scenario.update else "start"),
        "selection": scenario.selection,
    }

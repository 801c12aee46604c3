"""What a lesson is: a scenario, a few steps through it, a question, and claims that are tested."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from backprop.engine.faults import Fault
from backprop.engine.training import Recording
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario


@dataclass(frozen=True)
class LessonStep:
    """One step: what is said, where the playhead stands, and which part is outlined.

    `operation` is as in `Scenario.operation`; `selection` names a place whose equation is shown;
    `part` is a part of the page that is outlined: "fault", "chart", "cost" or "". `changes` are
    the fields in which this step's scenario differs from the lesson's; where more than the
    derivative differs, `aside` says what, in a few words.
    """

    text: str
    update: int = 0
    operation: str = "start"
    selection: str = ""
    part: str = ""
    changes: tuple[tuple[str, Any], ...] = ()
    aside: str = ""


@dataclass(frozen=True)
class Question:
    """A prediction, asked after the step `after` (from 0); until it is made nothing goes on.

    `answers[right]` is what happens. `reveal` says in words what was seen and why.
    """

    text: str
    answers: tuple[str, ...]
    right: int
    reveal: str
    after: int = 0


class Runs:
    """The recordings a claim is about: `runs("naive")`, or `runs("fused", format="float64")`."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __call__(self, name: str, **changes: Any) -> Recording:
        return recordings(replace(self.scenario, **changes))[name]

    def fault(self, name: str, **changes: Any) -> Fault:
        """The first fault of such a recording; raises ValueError if there is none."""
        fault = self(name, **changes).first_fault
        if fault is None:
            raise ValueError(f"A claim speaks of a fault of {name}, but every value is finite.")
        return fault


def place(fault: Fault) -> tuple[int, int, int | None]:
    """The update, layer (from 1) and sample (from 0) of a fault."""
    return fault.update, fault.layer, fault.sample


@dataclass(frozen=True)
class Claim:
    """A sentence, and a function of the lesson's `Runs` that says whether it holds."""

    says: str
    holds: Callable[[Runs], Any]


@dataclass(frozen=True)
class Lesson:
    """A lesson: `id` is its address, `minutes` how long it takes in front of a class.

    Every prepared one has a question and claims; one of the reader's own may have neither.
    """

    id: str
    title: str
    sentence: str
    minutes: int
    scenario: Scenario
    steps: tuple[LessonStep, ...]
    question: Question | None
    notes: tuple[str, ...]
    claims: tuple[Claim, ...]

    def asked(self) -> int:
        """How many steps are open before the question is answered; all where none is asked."""
        return len(self.steps) if self.question is None else self.question.after + 1

    def at(self, step: LessonStep) -> Scenario:
        """The scenario of a step, the playhead where the step wants it."""
        changes: Mapping[str, Any] = dict(step.changes)
        return replace(
            self.scenario, **changes,
            update=step.update, operation=step.operation, selection=step.selection,
        )  # fmt: skip

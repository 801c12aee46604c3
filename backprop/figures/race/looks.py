"""How runners are told apart: a colour for each derivative; dashes, marker, label for variants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backprop.drawing.palette import DERIVATIVE_COLOURS, DERIVATIVE_TITLES
from backprop.engine.runners import Runner
from backprop.engine.training import Recording
from backprop.racing.summary import Summary
from backprop.racing.verdicts import Verdict

DASHES = ("", "9 4", "2.5 3", "9 3 2.5 3", "14 4", "5 3", "14 3 2.5 3", "9 3 2.5 3 2.5 3")
MARKERS = {
    "": "",
    "circle": "m-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0",
    "square": "m-3-3h6v6h-6z",
    "triangle": "m0-4l4 7h-8z",
    "diamond": "m0-4.4l4.4 4.4l-4.4 4.4l-4.4-4.4z",
    "bar": "m-1.2-4.6h2.4v9.2h-2.4z",
    "plate": "m-4.6-1.2h9.2v2.4h-9.2z",
    "flag": "m-4-4h8l-8 8z",
}
"""Shapes around the pen's place, about 7 units wide."""


@dataclass(frozen=True)
class Entrant:
    """A runner with all that the page says of it; `query` is its link to the Live page."""

    runner: Runner
    recording: Recording
    summary: Summary
    verdict: Verdict
    query: str


@dataclass(frozen=True)
class Look:
    """How a runner is told from others: its colour, and for variants dashes and a marker."""

    colour: str
    dash: str
    marker: str
    label: str


def label(runner: Runner) -> str:
    """The runner in a few words, such as “ε-clamped, clip 1e-7, float16”."""
    words = [DERIVATIVE_TITLES[runner.derivative.name]]
    variant = runner.derivative.form.variant
    if variant is not None:
        words.append(variant.within.format(runner.epsilon_text))
    if runner.format != Runner.format:
        words.append(runner.format)
    return ", ".join(words)


def looks(runners: Sequence[Runner]) -> list[Look]:
    """A look for each runner; variants of one derivative share its colour alone."""
    given: list[Look] = []
    seen: dict[str, int] = {}
    for runner in runners:
        name = runner.derivative.name
        variant = seen[name] = seen.get(name, -1) + 1
        given.append(
            Look(DERIVATIVE_COLOURS[name], DASHES[variant], list(MARKERS)[variant], label(runner))
        )
    return given


def swatch(look: Look) -> str:
    """A short piece of the runner's curve."""
    marker = f'<path class="marker" d="M15 6{MARKERS[look.marker]}"/>' if look.marker else ""
    return (
        f'<svg class="swatch" viewBox="0 0 30 12" style="color:{look.colour}" aria-hidden="true">'
        f'<path class="curve" d="M1 6H29" stroke-width="3" stroke-dasharray="{look.dash}"/>'
        f"{marker}</svg>"
    )

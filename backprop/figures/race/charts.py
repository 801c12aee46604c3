"""The charts of a race and the numbers under its playhead, packed for the player.

The player moves the playhead and writes the read-outs, from `RaceScene.values`: a block of float64
for each runner, (updates + 1, channels), with the channels in the order of `CHANNELS` and then
‖δᵢ‖.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, TypedDict

import numpy as np

from backprop.drawing.envelope import envelope
from backprop.engine.formula import subscript
from backprop.figures.race.curves import Chart, Curve, draw
from backprop.figures.race.looks import Entrant, looks, swatch
from backprop.racing.summary import Summary

CHANNELS = ("true_cost", "cost", "right", "dead", "lost", "largest_h")
TITLES = ("true cost", "displayed", "right", "dead", "not finite", "max |h|")


class Row(TypedDict):
    """A runner: its name and swatch as HTML, its link to Live, its end and first fault."""

    label: str
    swatch: str
    query: str
    kind: str
    verdict: str
    fault: int | None


class About(TypedDict):
    """What the player is told beside the numbers: charts as SVG, rows, and names of channels."""

    charts: str
    rows: list[Row]
    channels: int
    names: list[str]
    last: int
    samples: int


@dataclass(frozen=True)
class RaceScene:
    """What the player needs; `values` are float64."""

    about: About
    values: bytes

    def pack(self) -> bytes:
        """The scene as one envelope."""
        return envelope(self.about, self.values)


def scene(entrants: Sequence[Entrant]) -> RaceScene:
    """The charts and read-outs of a race."""
    styles = looks([entrant.runner for entrant in entrants])
    faults = [e.recording.first_fault for e in entrants]
    at = [None if fault is None else fault.update for fault in faults]
    L = entrants[0].summary.norms.shape[1]
    values = np.stack([_channels(entrant.summary) for entrant in entrants])
    about: About = {
        "charts": "".join(draw(chart, styles, at) for chart in charts(entrants)),
        "rows": [
            {"label": escape(look.label), "swatch": swatch(look), "query": entrant.query,
             "kind": entrant.verdict.kind, "verdict": entrant.verdict.short,
             "fault": fault}
            for entrant, look, fault in zip(entrants, styles, at, strict=True)
        ],
        "channels": len(CHANNELS) + L,
        "names": [*TITLES, *(f"‖δ{subscript(i)}‖" for i in range(1, L + 1))],
        "last": entrants[0].recording.updates,
        "samples": entrants[0].summary.samples,
    }  # fmt: skip
    return RaceScene(about, values.tobytes())


def charts(entrants: Sequence[Entrant]) -> list[Chart]:
    """Cost, dead and lost samples, accuracy, max |h|, and ‖δᵢ‖ from the output to the input."""
    both = list(enumerate(entrant.summary for entrant in entrants))
    L = both[0][1].norms.shape[1]
    cost = [Curve(r, 1, s.cost, dashed=True) for r, s in both]
    lost = [Curve(r, 4, s.lost / s.samples, dashed=True) for r, s in both]
    return [
        Chart("Cost: true (solid), displayed (dashed)",
              [*(Curve(r, 0, s.true_cost) for r, s in both), *cost], columns=2),
        Chart("Dead (solid), not finite (dashed)",
              [*(Curve(r, 3, s.dead / s.samples) for r, s in both), *lost], share=True),
        Chart("Accuracy", [Curve(r, 2, s.accuracy) for r, s in both], share=True),
        *(
            Chart(f"‖δ{subscript(i)}‖, {_place(i, L)}",
                  [Curve(r, len(CHANNELS) + i - 1, s.norms[:, i - 1]) for r, s in both])
            for i in range(L, 0, -1)
        ),
        Chart("Largest |h|", [Curve(r, 5, s.largest_h) for r, s in both]),
    ]  # fmt: skip


def _place(i: int, L: int) -> str:
    return "output" if i == L else f"layer {i}"


def _channels(summary: Summary) -> np.ndarray[Any, Any]:
    columns = [getattr(summary, name) for name in CHANNELS]
    return np.column_stack([*columns, summary.norms]).astype(np.float64)

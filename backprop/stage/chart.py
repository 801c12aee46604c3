"""The cost over updates, all derivatives from the same start: as data, and as an SVG.

The player draws the chart in the size that it has there; `chart_alone` is a picture of one size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

import numpy as np

from backprop.drawing.chart import Plot, cross, kept
from backprop.drawing.palette import DERIVATIVE_COLOURS, DERIVATIVE_TITLES, resolved
from backprop.engine.digits import written
from backprop.engine.training import Recording


class Curve(TypedDict):
    """The cost of one derivative over updates, as those points (update, cost) that are drawn.

    `strong`: it is the shown one. `fault` is the update of the first fault, None without one.
    """

    name: str
    title: str
    colour: str
    strong: bool
    fault: int | None
    points: list[tuple[int, float]]


class Chart(TypedDict):
    """The curves over updates 0 … `last`, on an axis from 10^`low` to 10^`high`, and in words."""

    last: int
    low: float
    high: float
    curves: list[Curve]
    summary: str


WIDTH, HEIGHT = 520.0, 168.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 104.0, 10.0, 24.0
POINTS = 300
"""About so many stretches of updates are told apart."""


def chart(recordings: Mapping[str, Recording], current: str) -> Chart:
    """The true cost of every recording as curves on a logarithmic axis, that of `current` last."""
    costs = np.concatenate([np.asarray(r.true_cost, np.float64) for r in recordings.values()])
    shown = costs[np.isfinite(costs) & (costs > 0)]
    decades = np.log10(shown if shown.size else [1.0])
    low = max(math.floor(decades.min() * 2) / 2, -18.0)
    high = max(math.ceil(decades.max() * 2) / 2, low + 0.5)
    names = sorted(recordings, key=lambda name: name == current)
    return {
        "last": next(iter(recordings.values())).updates,
        "low": low,
        "high": high,
        "curves": [_curve(name, recordings[name], name == current) for name in names],
        "summary": _summary(recordings),
    }


def _curve(name: str, recording: Recording, strong: bool) -> Curve:
    cost = np.asarray(recording.true_cost, np.float64)
    shown = np.isfinite(cost)
    end = len(cost) if shown.all() else int(np.argmin(shown))
    fault = recording.first_fault
    ks = kept(cost[:end], POINTS).tolist() if end else []
    return {
        "name": name,
        "title": DERIVATIVE_TITLES[name],
        "colour": DERIVATIVE_COLOURS[name],
        "strong": strong,
        "fault": None if fault is None else fault.update,
        "points": [(k, float(cost[k])) for k in ks],
    }


def chart_alone(recordings: Mapping[str, Recording], current: str) -> str:
    """The chart as a picture of its own, on light paper, faults marked."""
    told = chart(recordings, current)
    plot = Plot(
        LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM, told["last"], told["low"], told["high"]
    )  # fmt: skip
    parts = [
        f'<svg class="chart alone" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" '
        f'aria-label="{told["summary"]}" xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}" '
        f'height="{HEIGHT:g}"><style>{_STYLE}</style>{plot.grid(HEIGHT - 6)}'
        f'<path class="axis" d="M{LEFT:g} {TOP:g}V{plot.bottom:g}H{plot.right:g}"/>'
        f'<text class="tick middle" x="{(LEFT + plot.right) / 2}" y="{HEIGHT - 6}">update</text>'
    ]
    ends: list[tuple[float, Curve]] = []
    for curve in told["curves"]:
        points = curve["points"]
        end = plot.y(points[-1][1]) if points else TOP
        if points:
            ks, costs = zip(*points, strict=True)
            parts.append(
                f'<path class="curve{" strong" * curve["strong"]}" data-curve="{curve["name"]}" '
                f'style="stroke:{curve["colour"]}" '
                f'd="{plot.line(ks, dict(zip(ks, costs, strict=True)))}"/>'
            )
        if curve["fault"] is not None:
            k = min(curve["fault"], points[-1][0] if points else 0)
            end = plot.y(dict(points)[k]) if k in dict(points) else end
            parts.append(
                f'<path class="fault-mark" data-fault="{curve["name"]}" '
                f'd="{cross(plot.x(k), end)}"/>'
            )
        if points or curve["fault"] is not None:
            ends.append((end, curve))
    parts.extend(_labels(ends))
    parts.append("</svg>")
    return "".join(parts)


_STYLE = resolved(Path(__file__).with_name("alone.css").read_text("utf-8"), on_paper=True)


def _labels(ends: list[tuple[float, Curve]]) -> list[str]:
    """A name beside the end of each curve, pushed apart where they would overlap."""
    gap = 15.0
    placed: list[tuple[float, Curve]] = []
    at = TOP - gap
    for wanted, curve in sorted(ends, key=lambda end: end[0]):
        at = max(wanted, at + gap)
        placed.append((at, curve))
    labels = []
    lowest = HEIGHT - BOTTOM
    for at, curve in reversed(placed):  # those that went beyond the floor push the others up
        place = min(at, lowest)
        lowest = place - gap
        mark = "✕ " if curve["fault"] is not None else ""
        labels.append(
            f'<text class="curve-name{" strong" * curve["strong"]}" x="{WIDTH - RIGHT + 6}" '
            f'y="{place + 4:.1f}" style="fill:{curve["colour"]}">{mark}{curve["title"]}</text>'
        )
    return labels


def _summary(recordings: Mapping[str, Recording]) -> str:
    said = []
    for name, recording in recordings.items():
        fault = recording.first_fault
        end = (
            f"not a number from update {fault.update} on"
            if fault is not None
            else f"{written(recording.true_cost[-1], 3)} at the end"
        )
        said.append(f"{DERIVATIVE_TITLES[name]}: {end}")
    return "True cost over updates. " + "; ".join(said) + "."

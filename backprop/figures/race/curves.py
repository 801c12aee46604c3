"""A small chart of several curves over updates as an SVG, made so that a playhead can move in it.

What is not finite leaves the curve for a rail above the plot; zeros, and what is more than 16
decades below the largest, lie on a rail under it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from backprop.drawing.chart import Plot, cross, decade_text, kept
from backprop.engine.arithmetic import Array
from backprop.figures.race.looks import MARKERS, Look

WIDTH, HEIGHT, GAP = 240.0, 150.0, 10.0
LEFT, RIGHT, TOP, BOTTOM, RAIL = 40.0, 8.0, 22.0, 17.0, 13.0
MOST_DECADES = 16


@dataclass(frozen=True)
class Curve:
    """Values (updates + 1,) of one runner, and the number of their channel for a read-out."""

    runner: int
    channel: int
    values: Array
    dashed: bool = False


@dataclass(frozen=True)
class Chart:
    """Curves under one title; `share` for values from 0 to 1, else the axis is logarithmic."""

    title: str
    curves: Sequence[Curve]
    share: bool = False
    columns: int = 1


@dataclass(frozen=True)
class _Scale(Plot):
    """A plot with a rail above for what is not finite and one below, each where it is needed."""

    share: bool
    bad: bool
    below: str
    """What lies on the rail below: 0, all under the lowest decade, or nothing."""

    def y(self, value: float) -> float:
        if self.share:
            return self.bottom - (self.bottom - self.top) * value
        return self.bottom + RAIL * 0.75 if value < 10.0**self.low else super().y(value)

    def ticks(self) -> list[tuple[float, str]]:
        if self.share:
            return [(self.y(share), f"{share:.0%}") for share in (0.0, 0.5, 1.0)]
        rail = [(self.y(0.0), self.below)] if self.below else []
        return super().ticks() + rail


def _scale(chart: Chart) -> _Scale:
    values = np.concatenate([curve.values for curve in chart.curves])
    finite = values[np.isfinite(values)]
    positive = finite[finite > 0]
    high = math.ceil(math.log10(positive.max())) if positive.size else 0
    low = math.floor(math.log10(positive.min())) if positive.size else -1
    high, low = max(high, low + 1), max(low, high - MOST_DECADES)
    below = ""
    if not chart.share and (finite < 10.0**low).any():
        below = f"&lt;{decade_text(low)}" if (positive < 10.0**low).any() else "0"
    bad = finite.size < values.size
    return _Scale(
        left=LEFT, right=WIDTH * chart.columns + GAP * (chart.columns - 1) - RIGHT,
        top=TOP + (RAIL if bad else 0), bottom=HEIGHT - BOTTOM - (RAIL if below else 0),
        last=max(len(chart.curves[0].values) - 1, 1), low=low, high=high,
        share=chart.share, bad=bad, below=below,
    )  # fmt: skip


def draw(chart: Chart, looks: Sequence[Look], faults: Sequence[int | None]) -> str:
    """The chart as an SVG. `faults` are the updates of the first faults, None for no fault."""
    scale = _scale(chart)
    parts = [
        f'<svg class="chart{" wide" if chart.columns > 1 else ""}" role="img" '
        f'viewBox="0 0 {scale.right + RIGHT:g} {HEIGHT:g}" '
        f'style="grid-column:span {chart.columns}" aria-label="{_heard(chart, looks)}" '
        f'data-x0="{scale.x(0):.2f}" data-x1="{scale.x(scale.last):.2f}">'
        f'<text class="title" x="2" y="14">{chart.title}</text>{scale.grid(HEIGHT - 3)}'
    ]
    if scale.bad:
        parts.append(
            f'<rect class="rail" x="{LEFT:g}" y="{TOP:g}" height="{RAIL:g}" '
            f'width="{scale.right - LEFT:g}"/>'
            f'<text class="tick end bad" x="{LEFT - 4:g}" y="{TOP + 8:g}">NaN ∞</text>'
        )
    count = len(looks)
    for curve in reversed(chart.curves):  # the first runner on top and thinnest: all can be seen
        look, fault = looks[curve.runner], faults[curve.runner]
        path = _path(curve, scale, [] if fault is None else [fault, fault + 1])
        width = 1.7 + 4.0 * curve.runner / max(count - 1, 1)
        dash = "3 3.4" if curve.dashed else ("" if chart.columns > 1 else look.dash)
        parts.append(
            f'<g data-runner="{curve.runner}" data-channel="{curve.channel}" '
            f'style="color:{look.colour}">'
            f'<path class="curve" d="{path}" stroke-width="{width:.1f}" '
            f'stroke-dasharray="{dash}"/>{_markers(curve, scale, look, count)}'
            f'<path class="catch" d="{path}"/></g>'
        )
    parts += [_fault_mark(curve, scale, faults[curve.runner]) for curve in chart.curves]
    parts.append(
        f'<path class="axis" d="M{LEFT:g} {TOP:g}V{HEIGHT - BOTTOM:g}H{scale.right:g}"/>'
        f'<path class="playhead" d="M0 {TOP:g}V{HEIGHT - BOTTOM:g}"/></svg>'
    )
    return "".join(parts)


def _path(curve: Curve, scale: _Scale, always: Sequence[int]) -> str:
    """The curve, broken where it goes to the rail of what is not finite and comes back."""
    finite = np.isfinite(curve.values)
    edges = [0, *(np.flatnonzero(np.diff(finite)) + 1).tolist(), len(finite)]
    rail = TOP + RAIL * (0.2 + 0.6 * (curve.runner % 8) / 8)
    pieces = []
    for start, end in pairwise(edges):
        if finite[start]:
            part = curve.values[start:end]
            ks = kept(part, 150, [k - start for k in always])
            pieces.append(scale.line((ks + start).tolist(), curve.values))
        else:
            pieces.append(f"M{scale.x(start):.1f} {rail:.1f}L{scale.x(end - 1):.1f} {rail:.1f}")
    return "".join(pieces)


def _markers(curve: Curve, scale: _Scale, look: Look, count: int) -> str:
    if not look.marker:
        return ""
    places = [round(scale.last * (0.1 + 0.22 * n + 0.2 * curve.runner / count)) for n in range(4)]
    shapes = [
        f"M{scale.x(k):.1f} {scale.y(float(curve.values[k])):.1f}{MARKERS[look.marker]}"
        for k in places
        if k < len(curve.values) and np.isfinite(curve.values[k])
    ]
    return f'<path class="marker" d="{"".join(shapes)}"/>'


def _fault_mark(curve: Curve, scale: _Scale, fault: int | None) -> str:
    """✕ where the first fault is, at the last finite value before it."""
    if fault is None or curve.dashed:
        return ""
    before = np.flatnonzero(np.isfinite(curve.values[: fault + 1]))
    if not before.size:
        return ""
    k = int(before[-1])
    return f'<path class="fault" d="{cross(scale.x(k), scale.y(float(curve.values[k])))}"/>'


def _heard(chart: Chart, looks: Sequence[Look]) -> str:
    """The ends of the curves in words."""
    ends = ", ".join(
        f"{looks[curve.runner].label} {_said(float(curve.values[-1]))}"
        for curve in chart.curves
        if not curve.dashed
    )
    return f"{chart.title}, at the end: {ends}"


def _said(value: float) -> str:
    return f"{value:.3g}" if math.isfinite(value) else "not finite"

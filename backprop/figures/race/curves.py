"""A small chart of several curves over updates, made so that a playhead can move in it.

The plot is an SVG that grows with its place; the words around it are HTML, so that their size is
the page's, near and far. What is not finite leaves the curve for a rail above the plot; zeros, and
what is more than 16 decades below the largest, lie on a rail under it.
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

WIDTH, WIDER, HEIGHT = 190.0, 430.0, 116.0
"""Of a plot, and of one that has the room of two and of what stands between them."""
RAIL, AWAY = 13.0, 8.0
"""How high a rail is, and how far from the curves: their words stand one above the other."""
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
        return HEIGHT - RAIL * 0.4 if value < 10.0**self.low else super().y(value)

    def ticks(self) -> list[tuple[float, str]]:
        if self.share:
            return [(self.y(share), f"{share:.0%}") for share in (0.0, 0.5, 1.0)]
        return super().ticks()


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
        left=0, right=WIDTH if chart.columns == 1 else WIDER,
        top=RAIL + AWAY if bad else 0, bottom=HEIGHT - (RAIL + AWAY if below else 0),
        last=max(len(chart.curves[0].values) - 1, 1), low=low, high=high,
        share=chart.share, bad=bad, below=below,
    )  # fmt: skip


def draw(chart: Chart, looks: Sequence[Look], faults: Sequence[int | None]) -> str:
    """The chart as HTML. `faults` are the updates of the first faults, None for no fault."""
    scale = _scale(chart)
    wide = " wide" if chart.columns > 1 else ""
    grid = "".join(f'<path class="grid" d="M0 {y:.1f}H{scale.right:g}"/>' for y, _ in scale.ticks())
    parts = [
        f'<figure class="framed{wide}"><figcaption aria-hidden="true">{chart.title}</figcaption>'
        f'<div class="plotted"><div aria-hidden="true">{_words(scale)}</div>'
        f'<svg class="chart" role="img" viewBox="0 0 {scale.right:g} {HEIGHT:g}" '
        'preserveAspectRatio="none" '
        f'aria-label="{_heard(chart, looks)}" '
        f'data-x0="{scale.x(0):.2f}" data-x1="{scale.x(scale.last):.2f}">{grid}'
    ]
    if scale.bad:
        parts.append(f'<rect class="rail" width="{scale.right:g}" height="{RAIL:g}"/>')
    count = len(looks)
    for curve in reversed(chart.curves):  # the first runner on top and thinnest: all can be seen
        look, fault = looks[curve.runner], faults[curve.runner]
        path = _path(curve, scale, [] if fault is None else [fault, fault + 1])
        width = 1.7 + 4.0 * curve.runner / max(count - 1, 1)
        dash = "3 3.4" if curve.dashed else ("" if wide else look.dash)
        parts.append(
            f'<g data-runner="{curve.runner}" data-channel="{curve.channel}" '
            f'style="color:{look.colour}">'
            f'<path class="curve" d="{path}" stroke-width="{width:.1f}" '
            f'stroke-dasharray="{dash}"/>{_markers(curve, scale, look, count)}'
            f'<path class="catch" d="{path}"/></g>'
        )
    parts += [_fault_mark(curve, scale, faults[curve.runner]) for curve in chart.curves]
    parts.append(
        f'<path class="axis" d="M0 0V{HEIGHT:g}H{scale.right:g}"/>'
        f'<path class="playhead" d="M0 0V{HEIGHT:g}"/></svg></div></figure>'
    )
    return "".join(parts)


def _words(scale: _Scale) -> str:
    """What stands beside the plot, at its height, and the first and last update beneath it."""
    words = [(y, text, "") for y, text in scale.ticks()]
    words += [(RAIL / 2, "NaN ∞", " bad")] if scale.bad else []
    words += [(scale.y(0.0), scale.below, "")] if scale.below else []
    return (
        "".join(
            f'<span class="tick{look}" style="top:{100 * y / HEIGHT:.1f}%">{text}</span>'
            for y, text, look in words
        )
        + f'<span class="first">0</span><span class="last">{scale.last}</span>'
    )


def _path(curve: Curve, scale: _Scale, always: Sequence[int]) -> str:
    """The curve, broken where it goes to the rail of what is not finite and comes back."""
    finite = np.isfinite(curve.values)
    edges = [0, *(np.flatnonzero(np.diff(finite)) + 1).tolist(), len(finite)]
    rail = RAIL * (0.2 + 0.6 * (curve.runner % 8) / 8)
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

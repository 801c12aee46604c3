"""The cost over updates, all derivatives from the same start, as an SVG with a movable playhead."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from backprop.drawing.chart import Plot, cross, kept
from backprop.drawing.palette import COLOURS, DERIVATIVE_COLOURS, DERIVATIVE_TITLES
from backprop.engine.digits import written
from backprop.engine.training import Recording

WIDTH, HEIGHT = 520.0, 168.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 104.0, 10.0, 24.0


def chart(recordings: Mapping[str, Recording], current: str) -> str:
    """The true cost of every recording on a logarithmic axis, `current` strong, faults marked."""
    curves = {name: np.asarray(r.true_cost, np.float64) for name, r in recordings.items()}
    costs = np.concatenate(list(curves.values()))
    shown = costs[np.isfinite(costs) & (costs > 0)]
    decades = np.log10(shown if shown.size else [1.0])
    low = max(math.floor(decades.min() * 2) / 2, -18.0)
    high = max(math.ceil(decades.max() * 2) / 2, low + 0.5)
    updates = next(iter(recordings.values())).updates
    plot = Plot(LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM, updates, low, high)
    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" '
        f'aria-label="{_summary(recordings)}" data-x0="{plot.left:.2f}" '
        f'data-x1="{plot.x(updates):.2f}">{plot.grid(HEIGHT - 6)}'
        f'<path class="axis" d="M{LEFT:g} {TOP:g}V{plot.bottom:g}H{plot.right:g}"/>'
        f'<text class="tick middle" x="{(LEFT + plot.right) / 2}" y="{HEIGHT - 6}">update</text>'
        f'<path class="playhead" d="M{LEFT:g} {TOP:g}V{plot.bottom:g}"/>'
    ]
    ends: list[tuple[float, str]] = []
    for name in sorted(curves, key=lambda n: n == current):
        cost = curves[name]
        shown = np.isfinite(cost)
        last = int(np.argmin(shown)) - 1 if not shown.all() else updates
        strong = " strong" if name == current else ""
        colour = DERIVATIVE_COLOURS[name]
        if last >= 0:
            parts.append(
                f'<path class="curve{strong}" data-curve="{name}" style="stroke:{colour}" '
                f'd="{plot.line(kept(cost[: last + 1], 300).tolist(), cost)}"/>'
            )
        fault = recordings[name].first_fault
        if fault is not None:
            k = max(min(fault.update, last), 0)
            top = plot.y(float(cost[k])) if last >= 0 else TOP
            parts.append(
                f'<path class="fault-mark" data-fault="{name}" d="{cross(plot.x(k), top)}"/>'
            )
            ends.append((top, name))
        elif last >= 0:
            ends.append((plot.y(float(cost[last])), name))
    parts.extend(_labels(ends, current, {n: recordings[n].first_fault for n in recordings}))
    parts.append("</svg>")
    return "".join(parts)


_ALONE = f"""<style>
text {{ font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: {COLOURS["quiet"][0]}; }}
.grid {{ stroke: {COLOURS["line"][0]}; }} .axis {{ fill: none; stroke: {COLOURS["quiet"][0]}; }}
.end {{ text-anchor: end; }} .middle {{ text-anchor: middle; }} .playhead {{ display: none; }}
.curve {{ fill: none; stroke-width: 1.6; opacity: 0.55; stroke-linejoin: round; }}
.curve.strong {{ stroke-width: 3; opacity: 1; }}
.curve-name {{ font-weight: 600; }}
.fault-mark {{ fill: none; stroke: {COLOURS["fault"][0]}; stroke-width: 2.6; }}
</style>"""


def chart_alone(recordings: Mapping[str, Recording], current: str) -> str:
    """The same chart as a picture of its own, on light paper."""
    start, rest = chart(recordings, current).split(">", 1)
    size = f'xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}" height="{HEIGHT:g}"'
    return f"{start} {size}>{_ALONE}{rest}"


def _labels(ends: list[tuple[float, str]], current: str, faults: Mapping[str, object]) -> list[str]:
    """A name beside the end of each curve, pushed apart where they would overlap."""
    gap = 15.0
    placed: list[tuple[float, str]] = []
    at = TOP - gap
    for wanted, name in sorted(ends):
        at = max(wanted, at + gap)
        placed.append((at, name))
    labels = []
    lowest = HEIGHT - BOTTOM
    for at, name in reversed(placed):  # those that went beyond the floor push the others up
        place = min(at, lowest)
        lowest = place - gap
        mark = "✕ " if faults[name] is not None else ""
        strong = " strong" if name == current else ""
        labels.append(
            f'<text class="curve-name{strong}" x="{WIDTH - RIGHT + 6}" '
            f'y="{place + 4:.1f}" style="fill:{DERIVATIVE_COLOURS[name]}">'
            f"{mark}{DERIVATIVE_TITLES[name]}</text>"
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

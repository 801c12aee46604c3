"""The cost over updates, all derivatives from the same start, as an SVG with a movable playhead."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from backprop.drawing.palette import COLOURS, DERIVATIVE_COLOURS, DERIVATIVE_TITLES
from backprop.engine.faults import rough
from backprop.engine.training import Recording

WIDTH, HEIGHT = 520.0, 168.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 104.0, 10.0, 24.0


def chart(recordings: Mapping[str, Recording], current: str) -> str:
    """The true cost of every recording on a logarithmic axis, `current` strong, faults marked."""
    curves = {name: np.asarray(r.true_cost, np.float64) for name, r in recordings.items()}
    finite = np.concatenate([c[np.isfinite(c) & (c > 0)] for c in curves.values()] or [np.ones(1)])
    if not finite.size:
        finite = np.ones(1)
    low = max(math.floor(math.log10(finite.min()) * 2) / 2, -18.0)
    high = max(math.ceil(math.log10(finite.max()) * 2) / 2, low + 0.5)
    updates = next(iter(recordings.values())).updates
    plot_width, plot_height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(k: float) -> float:
        return LEFT + plot_width * k / updates

    def y(cost: float) -> float:
        place = (math.log10(max(cost, 10**low)) - low) / (high - low)
        return TOP + plot_height * (1 - min(place, 1.0))

    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" '
        f'aria-label="{_summary(recordings)}" data-x0="{x(0):.2f}" data-x1="{x(updates):.2f}">'
    ]
    step = max(1, math.ceil((high - low) / 4))
    for decade in range(math.ceil(low), math.floor(high) + 1, step):
        parts.append(
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(10**decade):.1f}" '
            f'y2="{y(10**decade):.1f}"/><text class="tick end" x="{LEFT - 5}" '
            f'y="{y(10**decade) + 4.5:.1f}">{_decade(decade)}</text>'
        )
    parts.append(
        f'<path class="axis" d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>'
        f'<text class="tick" x="{LEFT}" y="{HEIGHT - 6}">0</text>'
        f'<text class="tick end" x="{WIDTH - RIGHT}" y="{HEIGHT - 6}">{updates}</text>'
        f'<text class="tick middle" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 6}">update</text>'
        f'<line class="playhead" x1="{LEFT}" x2="{LEFT}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
    )
    ends: list[tuple[float, str]] = []
    for name in sorted(curves, key=lambda n: n == current):
        cost = curves[name]
        shown = np.isfinite(cost)
        last = int(np.argmin(shown)) - 1 if not shown.all() else updates
        strong = " strong" if name == current else ""
        colour = DERIVATIVE_COLOURS[name]
        if last >= 0:
            every = max(1, updates // 600)
            ks = sorted({*range(0, last + 1, every), last})
            points = " ".join(f"{x(k):.1f},{y(float(cost[k])):.1f}" for k in ks)
            parts.append(
                f'<polyline class="curve{strong}" data-curve="{name}" style="stroke:{colour}" '
                f'points="{points}"/>'
            )
        fault = recordings[name].first_fault
        if fault is not None:
            k = max(min(fault.update, last), 0)
            top = y(float(cost[k])) if last >= 0 else TOP
            parts.append(
                f'<path class="fault-mark" data-fault="{name}" '
                f'd="M{x(k) - 4:.1f} {top - 4:.1f}l8 8m0 -8l-8 8"/>'
            )
            ends.append((top, name))
        elif last >= 0:
            ends.append((y(float(cost[last])), name))
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
    made = []
    lowest = HEIGHT - BOTTOM
    for at, name in reversed(placed):  # those that went beyond the floor push the others up
        place = min(at, lowest)
        lowest = place - gap
        mark = "✕ " if faults[name] is not None else ""
        strong = " strong" if name == current else ""
        made.append(
            f'<text class="curve-name{strong}" x="{WIDTH - RIGHT + 6}" '
            f'y="{place + 4:.1f}" style="fill:{DERIVATIVE_COLOURS[name]}">'
            f"{mark}{DERIVATIVE_TITLES[name]}</text>"
        )
    return made


def _decade(n: int) -> str:
    if -3 <= n <= 3:
        return f"{10.0**n:g}"
    return "10" + str(n).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _summary(recordings: Mapping[str, Recording]) -> str:
    said = []
    for name, recording in recordings.items():
        fault = recording.first_fault
        end = (
            f"not a number from update {fault.update} on"
            if fault is not None
            else f"{rough(recording.true_cost[-1])} at the end"
        )
        said.append(f"{DERIVATIVE_TITLES[name]}: {end}")
    return "True cost over updates. " + "; ".join(said) + "."

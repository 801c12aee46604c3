"""What charts over updates share: a logarithmic axis in decades, curves, and ✕ for a first fault.

Of many updates only so many points are drawn as can be seen, but always the extremes, and the
updates that one must not miss.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.digits import tidy


@dataclass(frozen=True)
class Plot:
    """Where updates 0 … `last` and values lie; the axis goes from 10^`low` to 10^`high`."""

    left: float
    right: float
    top: float
    bottom: float
    last: int
    low: float
    high: float

    def x(self, k: float) -> float:
        """The x of update k."""
        return self.left + (self.right - self.left) * k / max(self.last, 1)

    def y(self, value: float) -> float:
        """The y of a value; that of the edge where the value is beyond it."""
        decades = math.log10(value) if value > 0 else -math.inf
        place = (decades - self.low) / (self.high - self.low)
        return self.bottom - (self.bottom - self.top) * min(max(place, 0.0), 1.0)

    def ticks(self) -> list[tuple[float, str]]:
        """The decades to be named, at most five, each with its place."""
        every = -math.ceil((self.high - self.low) / 4)
        decades = range(math.floor(self.high), math.ceil(self.low) - 1, every)
        return [(self.y(10.0**decade), decade_text(decade)) for decade in decades]

    def grid(self, foot: float) -> str:
        """A line and a text for each tick, and the first and the last update, written at `foot`."""
        lines = "".join(
            f'<path class="grid" d="M{self.left:g} {y:.1f}H{self.right:g}"/>'
            f'<text class="tick end" x="{self.left - 4:g}" y="{y + 4:.1f}">{text}</text>'
            for y, text in self.ticks()
        )
        return (
            f'{lines}<text class="tick" x="{self.left:g}" y="{foot:g}">0</text>'
            f'<text class="tick end" x="{self.right:g}" y="{foot:g}">{self.last}</text>'
        )

    def line(self, ks: Iterable[int], values: Sequence[float] | Mapping[int, float] | Array) -> str:
        """The path through the values at the updates `ks`: from point to point, in tenths."""
        points = [(round(10 * self.x(k)), round(10 * self.y(float(values[k])))) for k in ks]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
        way = " ".join(f"{dx / 10:g} {dy / 10:g}" for dx, dy in steps)
        return f"M{points[0][0] / 10:g} {points[0][1] / 10:g}" + (f"l{way}" if steps else "h0")


def decade_text(decade: int) -> str:
    """0.001 to 1000 as such, else 1e−4."""
    return f"{10.0**decade:g}" if -3 <= decade <= 3 else tidy(f"1e{decade}")


def cross(x: float, y: float) -> str:
    """The path of an ✕."""
    return f"M{x - 4:.1f} {y - 4:.1f}l8 8m0-8l-8 8"


def kept(values: Array, points: int, always: Sequence[int] = ()) -> Array:
    """The updates to draw of finite `values`: the ends, `always`, and the extremes of each stretch.

    There are about `points` stretches of equal length.
    """
    stretch = max(1, len(values) // points)
    found = {0, len(values) - 1, *(k for k in always if 0 <= k < len(values))}
    for start in range(0, len(values), stretch):
        part = values[start : start + stretch]
        found |= {start + int(np.argmin(part)), start + int(np.argmax(part))}
    return np.array(sorted(found))

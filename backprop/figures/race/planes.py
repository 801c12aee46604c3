"""Decision boundaries side by side as HTML: z of the first output on the plane of two inputs.

A plane is z as an alpha channel over the page, so that one picture serves light and dark; the
line is where z = 1/2; samples are dots, those that are dead wear a dotted square. Many samples are
smaller dots, a path for each label, so that thousands of them are as quick as forty.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from html import escape

import numpy as np
from PIL import Image

from backprop.engine.arithmetic import Array
from backprop.engine.dead import wrong_and_dead
from backprop.engine.training import Recording
from backprop.figures.race.looks import Entrant, looks, swatch
from backprop.figures.race.table import live
from backprop.racing.boundary import axes, boundary

POINTS = 56
SIZE = 120.0
MOST_DOTS = 150
"""More samples than this are drawn smaller, and as paths."""
RADIUS, LEAST_RADIUS = 3.6, 1.3
DEAD = "".join(
    f'<rect class="{name}" x="{{x:.1f}}" y="{{y:.1f}}" width="14" height="14"/>'
    for name in ("dead ground", "dead")
)
KEY = (
    '<p class="plane-key"><svg class="key" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" '
    'class="one"/></svg> y = 1 <svg class="key" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" '
    'class="zero"/></svg> y = 0 <svg class="key" viewBox="0 0 18 18"><rect class="dead ground" '
    'x="2" y="2" width="14" height="14"/><rect class="dead" x="2" y="2" width="14" height="14"/>'
    "</svg> dead: wrong, and its δ is (nearly) 0. The line is z = 1/2.</p>"
)


def planes(entrants: Sequence[Entrant], k: int) -> str:
    """A card for each runner: its plane after k updates, and how many samples are right or dead.

    Where there are not two inputs and one output, why there is none.
    """
    inputs, *_, outputs = entrants[0].recording.start.sizes
    if inputs != 2:
        had = "one" if inputs == 1 else f"{inputs}"
        why = f"a plane has room for two inputs, and these samples have {had}"
    elif outputs != 1:
        why = f"a boundary is where one output is undecided, and this network has {outputs}"
    else:
        return _cards(entrants, k)
    return f'<p class="plane-key">No decision boundaries here: {why}.</p>'


def _cards(entrants: Sequence[Entrant], k: int) -> str:
    looked = zip(entrants, looks([entrant.runner for entrant in entrants]), strict=True)
    cards = "".join(
        f'<figure class="plane">{_sheet(entrant.recording, k)}'
        f'<figcaption>{swatch(look)}<a target="_self" '
        f'href="{escape(live(entrant.query, k))}">{escape(look.label)}</a>'
        f"<span>update {k}</span>{_state(entrant, k)}</figcaption></figure>"
        for entrant, look in looked
    )
    return f'<div class="planes">{cards}</div>{KEY}'


def _state(entrant: Entrant, k: int) -> str:
    summary = entrant.summary
    if summary.lost[k] == summary.samples:
        return '<b class="bad">not finite</b>'
    words = f"<span>{summary.right[k]} of {summary.samples} right</span>"
    return words + (f"<b>{summary.dead[k]} dead</b>" if summary.dead[k] else "")


def _sheet(recording: Recording, k: int) -> str:
    x1, x2 = axes(recording.X, POINTS)
    z = boundary(recording, k, x1, x2).astype(np.float64)
    h, y = recording.h_out[k], recording.y
    _, dead = wrong_and_dead(h, y, recording.derivative.delta(h, y))
    places = _pixels(recording.X.astype(np.float64), x1, x2)
    dots = _dots(places, y[:, 0] > 0.5, np.any(dead, axis=1))
    if np.isfinite(z).all():
        ground = f'<div class="ground" style="mask-image:url({_mask(z)})"></div>'
        line = f'<path class="half" d="{_half(z)}"/>'
    else:
        ground = '<div class="ground bad"></div>'
        line = f'<text class="bad" x="{SIZE / 2}" y="{SIZE / 2 + 8}">NaN</text>'
    return (
        f'<div class="sheet">{ground}<svg viewBox="0 0 {SIZE:g} {SIZE:g}" aria-hidden="true">'
        f"{line}{dots}</svg></div>"
    )


def _pixels(X: Array, x1: Array, x2: Array) -> Array:
    across = (X[:, 0] - x1[0]) / (x1[-1] - x1[0])
    up = (X[:, 1] - x2[0]) / (x2[-1] - x2[0])
    return np.column_stack([across * SIZE, (1 - up) * SIZE])


def _dots(places: Array, one: Array, dead: Array) -> str:
    if len(places) > MOST_DOTS:
        return _many(places, one, dead)
    return "".join(
        _dot(float(x), float(y), bool(label), bool(lost))
        for (x, y), label, lost in zip(places, one, dead, strict=True)
    )


def _dot(x: float, y: float, one: bool, dead: bool) -> str:
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}" class="{"one" if one else "zero"}"/>'
    return dot + (DEAD.format(x=x - 7, y=y - 7) if dead else "")


def _many(places: Array, one: Array, dead: Array) -> str:
    """The dots of each label as strokes without length, whose round caps are the dots."""
    size = 2 * max(LEAST_RADIUS, RADIUS * (MOST_DOTS / len(places)) ** 0.5)
    parts = []
    for label, these in (("zero", ~one), ("one", one)):
        d = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in places[these].tolist())
        parts += [
            f'<path class="dots {label} {part}" stroke-width="{width:.2f}" d="{d}"/>'
            for part, width in (("edge", size + 0.9), ("dot", size - 0.4))
        ]
    d = "".join(f"M{x - size:.1f} {y - size:.1f}" + _SQUARE.format(2 * size)
                for x, y in places[dead].tolist())  # fmt: skip
    return "".join(parts) + (f'<path class="squares" d="{d}"/>' if d else "")


_SQUARE = "h{0:.1f}v{0:.1f}h-{0:.1f}z"


def _mask(z: Array) -> str:
    """z (x₂, x₁) as the alpha channel of a PNG, x₂ upwards, in a data address."""
    alpha = np.rint(z[::-1] * 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(np.stack([np.zeros_like(alpha), alpha], axis=-1), "LA").save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def _half(z: Array) -> str:
    """The line z = 1/2 as a path: in each cell of the grid, straight between crossed edges."""
    above = z - 0.5
    step = SIZE / (len(z) - 1)
    parts = []
    crossed = _crossed(above)
    for row, column in np.argwhere(crossed):
        corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
        ends = []
        for (r0, c0), (r1, c1) in zip(corners, corners[1:] + corners[:1], strict=True):
            a, b = above[r0, c0], above[r1, c1]
            if (a > 0) != (b > 0):
                t = a / (a - b)
                x, y = c0 + t * (c1 - c0), r0 + t * (r1 - r0)
                ends.append(f"{x * step:.1f} {SIZE - y * step:.1f}")
        parts += [f"M{a}L{b}" for a, b in zip(ends[::2], ends[1::2], strict=True)]
    return "".join(parts)


def _crossed(above: Array) -> Array:
    """The cells of a grid whose corners are not all on one side of 0."""
    side = above > 0
    corners = np.stack([side[:-1, :-1], side[:-1, 1:], side[1:, :-1], side[1:, 1:]])
    return np.any(corners, axis=0) & ~np.all(corners, axis=0)

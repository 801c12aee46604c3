"""The drawing without its numbers: every neuron, cell and edge as SVG, each with its channel.

The player fills it for each update; filled once, the same drawing is a static picture.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from itertools import pairwise

from backprop.stage.layout import SCREEN, Column, Sheet, columns

QUANTITIES = (("h", "h"), ("z", "z"), ("delta", "δ"))
_DEFS = """
<defs>
  <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse"
    patternTransform="rotate(45)">
    <rect class="hatch-ground" width="7" height="7"/>
    <rect class="hatch-line" width="2.6" height="7"/>
  </pattern>
  <pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">
    <rect class="dots-ground" width="5" height="5"/>
    <circle class="dots-dot" cx="2.5" cy="2.5" r="1.1"/>
  </pattern>
</defs>"""


@lru_cache(maxsize=64)
def skeleton(sizes: tuple[int, ...], features: tuple[str, ...], sheet: Sheet = SCREEN) -> str:
    """The SVG of a network of these sizes; `features` names the inputs."""
    made = columns(sizes, sheet)
    parts = [
        f'<svg class="drawing" viewBox="0 0 {sheet.width:g} {sheet.height:g}" role="group" '
        f'aria-label="The network: {" – ".join(map(str, sizes))} units">',
        _DEFS,
        *(_heading(column, len(made) - 1) for column in made),
    ]
    for before, column in pairwise(made):
        parts.append(_edges(before, column))
    parts.append(_inputs(made[0], features))
    parts.extend(_neuron(column, u) for column in made[1:] for u in range(len(column.ys)))
    parts.extend(_target(made[-1], u, sheet) for u in range(len(made[-1].ys)))
    parts.append("</svg>")
    return "".join(parts)


def _heading(column: Column, last: int) -> str:
    i = column.layer
    text = "input z₀" if i == 0 else f"output L = {last}" if i == last else f"layer {i}"
    middle = column.x if i == 0 else (column.x - column.radius + column.right) / 2
    return f'<text class="heading" x="{middle:.1f}" y="16" data-heading="{i}">{text}</text>'


def _edges(before: Column, column: Column) -> str:
    x0, x1 = before.right, column.x - column.radius
    bend = (x1 - x0) * 0.5
    paths = [
        f'<path class="edge" id="W.{column.layer}.{u}.{v}" '
        f'data-channel="W.{column.layer}.{u}.{v}" data-state="" '
        f'd="M{x0:.1f} {y0:.1f}C{x0 + bend:.1f} {y0:.1f} {x1 - bend:.1f} {y1:.1f} '
        f'{x1:.1f} {y1:.1f}"/>'
        for u, y1 in enumerate(column.ys)
        for v, y0 in enumerate(before.ys)
    ]
    return f'<g class="edges" data-edges="{column.layer}">{"".join(paths)}</g>'


def _inputs(column: Column, features: tuple[str, ...]) -> str:
    parts = []
    for j, (y, name) in enumerate(zip(column.ys, features, strict=True)):
        title = escape(name if len(name) <= 6 else name[:5] + "…")
        parts.append(
            f'<g class="cell input" data-channel="z.0.{j}" tabindex="-1" role="slider" '
            f'aria-label="{escape(name)} on the stage" data-layer="0" data-unit="{j}" '
            f'data-quantity="z" data-value="">'
            f'<circle class="fill" cx="{column.x}" cy="{y:.1f}" r="{column.radius:.1f}"/>'
            f'<text class="name" x="{column.x - column.radius - 6:.1f}" y="{y + 4:.1f}">'
            f"{title}</text>"
            f'<text class="number middle{"" if column.numbers else " small"}" '
            f'data-room="{2 * column.radius - 7:.0f}" x="{column.x}" '
            f'y="{y + 4:.1f}">–</text></g>'
        )
    return "".join(parts)


def _neuron(column: Column, u: int) -> str:
    i, y = column.layer, column.ys[u]
    parts = [
        f'<g class="neuron" data-neuron="{i}.{u}">'
        f'<circle class="body" data-channel="z.{i}.{u}" cx="{column.x:.1f}" cy="{y:.1f}" '
        f'r="{column.radius:.1f}"/>'
    ]
    size = column.font
    for row, (quantity, letter) in enumerate(QUANTITIES):
        cx, cy, width, height = column.cell(u, row)
        box = f'x="{cx:.1f}" y="{cy:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2.5"'
        parts.append(
            f'<g class="cell" data-channel="{quantity}.{i}.{u}" tabindex="-1" role="button" '
            f'aria-label="{letter}, layer {i}, unit {u + 1}" data-layer="{i}" '
            f'data-unit="{u}" data-quantity="{quantity}" data-value="">'
            f'<rect class="fill" {box}/><rect class="mark" {box}/>'
            f'<path class="corner" d="M{cx + width:.1f} {cy:.1f}v{height * 0.42:.1f}'
            f'l-{height * 0.42:.1f} -{height * 0.42:.1f}z"/>'
        )
        if column.numbers:
            base = cy + height / 2 + size * 0.36
            parts.append(
                f'<text class="letter" x="{cx + 5:.1f}" y="{base:.1f}" '
                f'style="font-size:{size:.1f}px">{letter}</text>'
                f'<text class="number" x="{cx + width - 4:.1f}" y="{base:.1f}" '
                f'style="font-size:{size:.1f}px">–</text>'
            )
        parts.append("</g>")
    parts.append("</g>")
    return "".join(parts)


def _target(column: Column, u: int, sheet: Sheet) -> str:
    y, x, i = column.ys[u], sheet.width - 52, column.layer
    size = min(19.0, column.radius)
    return (
        f'<g class="target" data-select="y.{i}.{u}" tabindex="-1" role="button" '
        f'aria-label="target y{f", output {u + 1}" if len(column.ys) > 1 else ""}">'
        f'<line x1="{column.right:.1f}" x2="{x:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<rect x="{x:.1f}" y="{y - size:.1f}" width="38" height="{2 * size:.1f}" rx="5"/>'
        + (f'<text class="heading" x="{x + 19:.1f}" y="{y - 25:.1f}">y</text>' if u == 0 else "")
        + f'<text class="number middle" data-room="33" x="{x + 19:.1f}" y="{y + 5:.1f}" '
        f'data-text="y.{i}.{u}">–</text></g>'
    )

"""A picture of the network without its numbers: every neuron, cell and edge as SVG, by channel.

`still` fills it; the player draws its own, for the room that it has.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from backprop.stage.fold import drawn
from backprop.stage.inputs import curve, inputs, more
from backprop.stage.layout import FONT, HEIGHT, INPUT_ROWS, WIDTH, Column, columns
from backprop.stage.protocol import channel

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


@lru_cache(maxsize=32)
def skeleton(sizes: tuple[int, ...], features: tuple[str, ...], order: tuple[int, ...]) -> str:
    """The SVG of a network of these sizes; `features` names the inputs.

    `order` are the inputs from 0, first those to be drawn where there is no room for all; how many
    are not drawn is written in their place.
    """
    placed = columns(sizes, features)
    shown = drawn(order, INPUT_ROWS)
    parts = [
        f'<svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}">',
        _DEFS,
        *(_heading(column, len(placed) - 1) for column in placed),
        _edges(placed[0], placed[1], shown),
        inputs(placed[0], shown),
    ]
    if len(shown) < sizes[0]:
        parts.append(more(placed[0], placed[1], sizes[0] - len(shown)))
    for before, column in pairwise(placed[1:]):
        parts.append(_edges(before, column, tuple(range(len(before.ys)))))
    parts.extend(_neuron(column, u) for column in placed[1:] for u in range(len(column.ys)))
    parts.extend(_target(placed[-1], u) for u in range(len(placed[-1].ys)))
    parts.append("</svg>")
    return "".join(parts)


def _heading(column: Column, last: int) -> str:
    i = column.layer
    text = "input z₀" if i == 0 else f"output L = {last}" if i == last else f"layer {i}"
    middle = column.x if i == 0 else (column.x - column.radius + column.right) / 2
    return f'<text class="heading" x="{middle:.1f}" y="16">{text}</text>'


def _edges(before: Column, column: Column, sources: tuple[int, ...]) -> str:
    """The edges from `sources`, which are drawn at the first places of the layer before."""
    paths = [
        f'<path class="edge" data-channel="{channel("W", column.layer, u, v)}" '
        f'd="{curve(before, column, y0, y1)}"/>'
        for u, y1 in enumerate(column.ys)
        for v, y0 in zip(sources, before.ys, strict=False)  # the last place may be the fold's
    ]
    return f"<g>{''.join(paths)}</g>"


def _neuron(column: Column, u: int) -> str:
    i, y = column.layer, column.ys[u]
    parts = [
        f'<g class="neuron">'
        f'<circle class="body" data-channel="{channel("z", i, u)}" '
        f'cx="{column.x:.1f}" cy="{y:.1f}" r="{column.radius:.1f}"/>'
    ]
    size = column.font
    for row, (quantity, letter) in enumerate(QUANTITIES):
        cx, cy, width, height = column.cell(u, row)
        box = f'width="{width:.1f}" height="{height:.1f}" rx="2.5"'
        parts.append(
            f'<g class="cell" data-channel="{channel(quantity, i, u)}" data-layer="{i}" '
            f'data-unit="{u}" data-quantity="{quantity}" transform="translate({cx:.1f} {cy:.1f})">'
            f'<rect class="fill" {box}/><rect class="mark" {box}/>'
            f'<path class="corner" d="M{width:.1f} 0v{height * 0.42:.1f}'
            f'l-{height * 0.42:.1f} -{height * 0.42:.1f}z"/>'
        )
        if column.numbers:
            base = height / 2 + size * 0.36
            parts.append(
                f'<text class="letter" x="5" y="{base:.1f}" '
                f'style="font-size:{size:.1f}px">{letter}</text>'
                f'<text class="number" x="{width - 4:.1f}" y="{base:.1f}" '
                f'style="font-size:{size:.1f}px">–</text>'
            )
        parts.append("</g>")
    parts.append("</g>")
    return "".join(parts)


def _target(column: Column, u: int) -> str:
    y, x, target = column.ys[u], WIDTH - 52, channel("y", column.layer, u)
    size = min(19.0, max(column.radius, (HEIGHT - 32) / len(column.ys) / 2 - 1.5))
    type_ = f' style="font-size:{1.7 * size:.1f}px"' if 1.7 * size < FONT else ""
    above = f'<text class="heading" x="{x + 19:.1f}" y="{y - size - 6:.1f}">y</text>' * (u == 0)
    return (
        '<g class="target">'
        f'<line x1="{column.right:.1f}" x2="{x:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<rect x="{x:.1f}" y="{y - size:.1f}" width="38" height="{2 * size:.1f}" rx="5"/>'
        f'{above}<text class="number middle" x="{x + 19:.1f}" '
        f'y="{y + min(5.0, 0.6 * size):.1f}"{type_} data-text="{target}">–</text></g>'
    )

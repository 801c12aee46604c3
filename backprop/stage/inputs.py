"""The inputs as SVG, circles or boxes with names, and the place of those that are not drawn."""

from __future__ import annotations

from html import escape

from backprop.stage.layout import SMALL_NAME, Column
from backprop.stage.protocol import channel


def curve(before: Column, column: Column, y0: float, y1: float) -> str:
    """An edge's path, from a place at height y0 of a layer to one at y1 of the next."""
    x0, x1 = before.right, column.x - column.radius
    bend = (x1 - x0) * 0.5
    ends = f"{x1 - bend:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
    return f"M{x0:.1f} {y0:.1f}C{x0 + bend:.1f} {y0:.1f} {ends}"


def more(column: Column, after: Column, folded: int) -> str:
    """The place of the inputs that are not drawn: their number, and lines to every unit."""
    y, height = column.ys[-1], column.cell_height
    text = f"{folded} more input{'s' if folded > 1 else ''}"
    lines = "".join(
        f'<path class="more" d="{curve(column, after, y, unit)}"/>' for unit in after.ys
    )
    return (
        f'{lines}<g class="cell fold" data-layer="0" data-unit="" data-quantity="more">'
        f'<rect class="fill" x="6" y="{y - height / 2:.1f}" width="{column.right - 6:.1f}" '
        f'height="{height:.1f}" rx="{height / 2:.1f}"/>'
        f'<text class="fold-text" x="{(6 + column.right) / 2:.1f}" y="{y + column.font * 0.36:.1f}"'
        f' style="font-size:{column.font:.1f}px">{text}</text></g>'
    )


def inputs(column: Column, shown: tuple[int, ...]) -> str:
    """The inputs `shown`, counted from 0, one in each row from the top."""
    return "".join(
        f'<g class="cell input" data-channel="{channel("z", 0, j)}" data-layer="0" '
        f'data-unit="{j}" data-quantity="z">'
        + (_boxed if column.boxed else _circled)(column, y, column.names[j])
        + "</g>"
        for j, y in zip(shown, column.ys, strict=False)
    )


def _circled(column: Column, y: float, name: tuple[str, ...]) -> str:
    return (
        f'<circle class="fill" cx="{column.x}" cy="{y:.1f}" r="{column.radius:.1f}"/>'
        f'<text class="name" x="{column.x - column.radius - 6:.1f}" y="{y + 4:.1f}">'
        f"{escape(name[0])}</text>"
        f'<text class="number middle{"" if column.numbers else " small"}" '
        f'x="{column.x}" y="{y + 4:.1f}">–</text>'
    )


def _boxed(column: Column, y: float, name: tuple[str, ...]) -> str:
    height, left = column.cell_height, column.cell_x
    box = (
        f'x="{left:.1f}" y="{y - height / 2:.1f}" width="{column.cell_width:.1f}" '
        f'height="{height:.1f}" rx="{height / 2:.1f}"'
    )
    size = column.font / 0.9 if len(name) == 1 else SMALL_NAME
    lines = "".join(
        f'<text class="name" style="font-size:{size:.1f}px" '
        f'x="{left - 6:.1f}" '
        f'y="{y + size * (0.32 + (at - (len(name) - 1) / 2) * 0.98):.1f}">{escape(line)}</text>'
        for at, line in enumerate(name)
    )
    return (
        f'<rect class="fill" {box}/><rect class="mark" {box}/>{lines}'
        f'<text class="number middle" style="font-size:{column.font:.1f}px" '
        f'x="{column.x:.1f}" y="{y + column.font * 0.36:.1f}">–</text>'
    )

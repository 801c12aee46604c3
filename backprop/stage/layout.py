"""Where everything of the stage lies, in units of the drawing.

A column of neurons for each layer; each neuron a circle with its h, z and δ in cells beside it.
Where there is no room for numbers the cells give way to three small chips.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

RIGHT = 76.0
LEFT = 62.0
TOP = 28.0


@dataclass(frozen=True)
class Sheet:
    """The drawing's size, and its type: the largest, and the least below which numbers give way."""

    width: float = 1000.0
    height: float = 360.0
    font: float = 14.0
    least_font: float = 9.4
    cell: tuple[float, float] = (94.0, 22.0)
    fill: float = 0.78
    """Height of the type in a cell's height."""


SCREEN = Sheet()
PROJECTOR = Sheet(1240.0, 350.0, 20.6, 20.3, (142.0, 24.4), 0.86)
"""As many units as pixels on a screen 1280 pixels wide, so that type of 20 is 20 pixels there."""


@dataclass(frozen=True)
class Column:
    """One layer: the circles' centre x and radius, the unit centres y, and the cells' box."""

    layer: int
    x: float
    ys: tuple[float, ...]
    radius: float
    cell_x: float
    cell_width: float
    cell_height: float
    font: float
    numbers: bool

    @property
    def right(self) -> float:
        """Where the edges to the next layer begin."""
        return self.x + self.radius if self.layer == 0 else self.cell_x + self.cell_width

    def cell(self, unit: int, row: int) -> tuple[float, float, float, float]:
        """x, y, width and height of the cell of h (row 0), z (1) or δ (2)."""
        y = self.ys[unit]
        if self.numbers:
            top = y + (row - 1.5) * (self.cell_height + 1.2)
            return self.cell_x, top, self.cell_width, self.cell_height
        width = self.cell_width / 3
        return self.cell_x + row * width, y - self.cell_height / 2, width - 1.5, self.cell_height


def columns(sizes: Sequence[int], sheet: Sheet = SCREEN) -> list[Column]:
    """The columns of a network of these sizes, inputs first."""
    L = len(sizes) - 1
    usable = sheet.height - TOP - 4
    pitch = (sheet.width - RIGHT - LEFT - 52) / L
    made = []
    for i, n in enumerate(sizes):
        row = min(usable / n, 84.0)
        ys = tuple(TOP + usable / 2 + (u - (n - 1) / 2) * row for u in range(n))
        radius = min(24.0 if L < 5 else 15.0, max(7.0, usable / n * 0.27))
        if i == 0:
            radius = min(radius, 20.0 * sheet.font / 14)
            made.append(Column(0, LEFT, ys, radius, 0, 0, 0, radius * 0.66, radius >= 15))
            continue
        width = min(sheet.cell[0], pitch - 2 * radius - (40 if L < 4 else 22))
        right = LEFT + 26 + pitch * i
        height = min(sheet.cell[1], (row - 5) / 3 - 1.2)
        font = min(sheet.font, height * sheet.fill, width / 6.6)
        numbers = font >= sheet.least_font
        if not numbers:
            width = min(width, 66.0)
            height = min(16.0, row - 5)
        cell_x = right - width
        x = cell_x - radius - 6
        made.append(Column(i, x, ys, radius, cell_x, width, height, font, numbers))
    return made

"""Where everything of a still lies, in units of its drawing. The player has a layout of its own.

A column of neurons for each layer; each neuron a circle with its h, z and δ in cells beside it.
Where there is no room for numbers the cells give way to three small chips. A few inputs are
circles too; more of them, or such with long names, are boxes behind their names; and where there
are more than rows, the last row stands for those that are not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backprop.stage.names import fitted

WIDTH, HEIGHT = 1000.0, 304.0
RIGHT, LEFT, TOP = 76.0, 62.0, 28.0
USABLE = HEIGHT - TOP - 4
FONT, LEAST_FONT = 14.0, 9.4
"""The largest type of numbers, and the least below which they give way to chips."""
CELL_WIDTH, CELL_HEIGHT = 94.0, 22.0
FILL = 0.78
"""Height of the type in a cell's height."""
MOST_CIRCLES = 5
"""So many inputs have room for circles that hold a number."""
LONG_NAME = 6
"""A name of more letters has no room beside a circle."""
INPUT_ROWS = int(USABLE / 29.0)
"""How many rows of inputs there is room for."""
BOX = 58.0
"""The width of an input's box: seven digits."""
SHALLOW_NAMES, DEEP_NAMES = 138.0, 84.0
"""The most room for names of inputs, in shallow networks and in those of seven layers."""
SMALL_NAME = 12.4
"""The type of names in two lines."""


@dataclass(frozen=True)
class Column:
    """One layer: its circles have their centres at x and `ys`, its cells begin at `cell_x`.

    A cell has h, z or δ in type of the size `font`; without `numbers` it is a chip. Of inputs
    `cell_width` is that of their boxes, 0 where they are circles; `names` has the lines of each
    name, and `ys` one place for each row.
    """

    layer: int
    x: float
    ys: tuple[float, ...]
    radius: float
    cell_x: float
    cell_width: float
    cell_height: float
    font: float
    numbers: bool
    names: tuple[tuple[str, ...], ...] = ()

    @property
    def boxed(self) -> bool:
        """Whether these are inputs in boxes."""
        return self.layer == 0 and self.cell_width > 0

    @property
    def right(self) -> float:
        """The x at which the edges to the next layer begin."""
        circle = self.layer == 0 and not self.boxed
        return self.x + self.radius if circle else self.cell_x + self.cell_width

    def cell(self, unit: int, row: int) -> tuple[float, float, float, float]:
        """x, y, width and height of the cell of h (row 0), z (1) or δ (2)."""
        y = self.ys[unit]
        if self.numbers:
            top = y + (row - 1.5) * (self.cell_height + 1.2)
            return self.cell_x, top, self.cell_width, self.cell_height
        width = self.cell_width / 3
        return self.cell_x + row * width, y - self.cell_height / 2, width - 1.5, self.cell_height


def columns(sizes: Sequence[int], features: Sequence[str] = ()) -> list[Column]:
    """The columns of a network of these sizes, inputs first; `features` names the inputs."""
    L = len(sizes) - 1
    first = _inputs(sizes[0], L, features)
    left = first.right - 20 if first.boxed else LEFT
    pitch = (WIDTH - RIGHT - left - 52) / L
    placed = [first]
    for i, n in list(enumerate(sizes))[1:]:
        row = min(USABLE / n, 84.0)
        ys = _rows(n, row)
        radius = min(24.0 if L < 5 else 15.0, max(7.0, USABLE / n * 0.27))
        gap = 40 if L < 4 else 22
        if first.boxed and L > 4:  # the room of names is taken from circles and edges, not numbers
            radius, gap = min(radius, 11.0), 18
        width = min(CELL_WIDTH, pitch - 2 * radius - gap)
        right = left + 26 + pitch * i
        height = min(CELL_HEIGHT, (row - 5) / 3 - 1.2)
        font = min(FONT, height * FILL, width / 6.6)
        numbers = font >= LEAST_FONT
        if not numbers:
            width = min(width, 66.0)
            height = min(16.0, row - 5)
        cell_x = right - width
        x = cell_x - radius - 6
        placed.append(Column(i, x, ys, radius, cell_x, width, height, font, numbers))
    return placed


def _rows(n: int, row: float) -> tuple[float, ...]:
    """The centres of n rows of that height, about the middle of the drawing."""
    return tuple(TOP + USABLE / 2 + (u - (n - 1) / 2) * row for u in range(n))


def _inputs(n: int, L: int, features: Sequence[str]) -> Column:
    if n <= MOST_CIRCLES and all(len(name) <= LONG_NAME for name in features):
        radius = min(24.0 if L < 5 else 15.0, max(7.0, USABLE / n * 0.27), 20.0)
        ys = _rows(n, min(USABLE / n, 84.0))
        return Column(
            0, LEFT, ys, radius, 0, 0, 0, radius * 0.66, radius >= 15,
            tuple((name,) for name in features),
        )  # fmt: skip
    rows = min(n, INPUT_ROWS)
    ys = _rows(rows, min(USABLE / rows, 44.0))
    most = SHALLOW_NAMES - (SHALLOW_NAMES - DEEP_NAMES) * min(max(L - 3, 0) / 4, 1.0)
    names, room = fitted(features, most, FONT, SMALL_NAME)
    if n > rows:  # room for "24 more inputs" in the last row
        room = max(room, FONT * 7.4 - BOX)
    return Column(
        0, room + 14 + BOX / 2, ys, BOX / 2, room + 14, BOX,
        CELL_HEIGHT, FONT * 0.9, True, names,
    )  # fmt: skip

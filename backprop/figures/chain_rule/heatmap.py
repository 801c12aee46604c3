"""A matrix as an HTML table: every number in its cell, coloured as on the stage.

Each cell carries its colours for light and dark, all digits on hover and as `data-value`, and its
number; NaN and ∞ have a hatch. A zero that only says "no connection" is a faint 0 without colour.
"""

from __future__ import annotations

from functools import cache
from html import escape

import numpy as np

from backprop.drawing import palette
from backprop.engine.arithmetic import Array, full_digits
from backprop.engine.digits import short

WIDEST_WITH_ALL_DIGITS = 5
WIDEST_WITH_NUMBERS = 10
MOST_CELLS = 512

_CODES = {
    "unit": ("unit", palette.unit_codes),
    "signed": ("signed", lambda v: palette.signed_codes(v, 3.0)),
    "weights": ("signed", lambda v: palette.signed_codes(v, 20.0)),
    "error": ("signed", palette.decade_codes),
}


def heatmap(name: str, values: Array, kind: str, connected: Array | None = None) -> str:
    """A table of `values` (rows, columns) called `name`.

    `kind` is how it is coloured: "unit" from 0 to 1, "signed", "weights", or "error" by decades.
    `connected` (of the same shape) tells which numbers are more than an absent connection. With
    more than `WIDEST_WITH_NUMBERS` columns the cells are small and their numbers on hover; with
    more than `MOST_CELLS` cells the matrix is told by its shape alone.
    """
    rows, columns = values.shape
    shape = f"{rows} × {columns}"
    label = escape(f"{name}, {shape}")
    if values.size > MOST_CELLS:
        return f'<div class="unseen-matrix" data-matrix="{escape(name)}">{shape} numbers</div>'
    palette_name, codes_of = _CODES[kind]
    wide = values.astype(np.float64)
    codes = codes_of(wide)
    small = columns > WIDEST_WITH_NUMBERS and rows > 1
    tight = columns > WIDEST_WITH_ALL_DIGITS
    body = []
    for r in range(rows):
        cells = []
        for c in range(columns):
            absent = connected is not None and not connected[r, c]
            code = None if absent else int(codes[r, c])
            text = "" if small else short(values[r, c], 2 if tight else 3)
            cells.append(_cell(values[r, c], palette_name, code, text))
        body.append(f"<tr>{''.join(cells)}</tr>")
    look = "matrix small" if small else "matrix tight" if tight else "matrix"
    return (
        f'<div class="scroll"><table class="{look}" data-matrix="{escape(name)}" '
        f'aria-label="{label}">{"".join(body)}</table></div>'
    )


def vector(name: str, values: Array, kind: str, most: int = 16) -> str:
    """One row of at most `most` numbers, and how many more there are."""
    shown = heatmap(name, values[None, :most], kind)
    more = len(values) - most
    return shown if more <= 0 else f'{shown}<span class="more">and {more} more</span>'


def _cell(value: object, palette_name: str, code: int | None, text: str) -> str:
    number = float(value)  # type: ignore[arg-type]
    digits = full_digits(value)
    if not np.isfinite(number):
        state = "bad"
        style = ""
    elif code is None:
        state, style = "absent", ""
    else:
        state, style = "", f' style="{_colours(palette_name, code)}"'
    return (
        f'<td class="{state}"{style} data-value="{digits}" title="{digits}">'
        f"<span>{text}</span></td>"
    )


@cache
def _colours(palette_name: str, code: int) -> str:
    (light, ink), (dark, dark_ink) = (
        palette.palettes()[t][palette_name][code] for t in ("light", "dark")
    )
    return f"background:light-dark({light},{dark});color:light-dark({ink},{dark_ink})"

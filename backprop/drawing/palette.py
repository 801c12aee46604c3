"""One table of colours: the pages', signed numbers', activations' and derivatives', light and dark.

Signed quantities run from blue (−) over paper to orange (+), activations from paper (0) to indigo
(1). Magenta belongs to non-finite values alone. A value becomes a code 0 … 254 here, and by the
same edges in the page's own engine; the player looks the code up and knows nothing of scales. Style
sheets know the colours as custom properties, `var(--fault)`; `TOKENS` is the rule that gives them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.elementary import exp, log
from backprop.engine.forms import BY_NAME

STEPS = 255
MIDDLE = 127

DERIVATIVE_COLOURS = {name: form.colour for name, form in BY_NAME.items()}
DERIVATIVE_TITLES = {name: form.title for name, form in BY_NAME.items()}

COLOURS = {
    "ink": ("#1c2127", "#e8eaed"),
    "paper": ("#ffffff", "#14171c"),
    "quiet": ("#5b6573", "#a3adba"),  # text that stands back
    "line": ("#dfe3e8", "#343b45"),
    "edge": ("#00000022", "#ffffff2a"),  # around a small patch of colour
    "shade": ("#00000033", "#00000033"),
    "accent": ("#0072b2", "#56b4e9"),
    "on-accent": ("#ffffff", "#0c1a24"),
    "soft": ("#e8f1f7", "#1c2f3d"),
    "good": ("#00734f", "#3cc795"),
    "marked": ("#ffe3b8", "#5a3c10"),
    "fault": ("#c2006b", "#ff5cb0"),
    "fault-soft": ("#fdeaf3", "#3a1429"),
    "fault-ground": ("#c2006b", "#a3125f"),  # of the hatch, below white text
    "fault-line": ("#d13a86", "#c93f87"),
    # the same on light and dark paper
    "white": ("#ffffff", "#ffffff"),
    "black": ("#1c2127", "#1c2127"),
    "button": ("#0072b2", "#0072b2"),  # below white text
    "saturated": ("#f2b01e", "#f2b01e"),
    "sign": ("#6b7280", "#6b7280"),
    "exponent": ("#9a660d", "#9a660d"),
    "fraction": ("#3f5fae", "#3f5fae"),
}
"""Each colour by its name, on light and on dark paper; text has a contrast of 4.5 and more."""

FONTS = {
    "numbers": 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, '
    "monospace",
    "letters": '"STIX Two Math", "STIX Two Text", "Cambria Math", "Latin Modern Math", '
    '"DejaVu Serif", Georgia, serif',
}
"""Families of digits and of the letters of formulas; words have the page's own."""

FAULT = "#d6007a"
"""Magenta where one colour must do on light and dark paper, as in Plotly's charts."""
COUNTED, MEASURED, THEORY = "#94765a", "#6d72b8", "#8a929c"
"""Curves of no derivative: multiplications, a measured error, what theory says of it."""

STOPS = {
    "light": {
        "signed": ("#2f6fb0", "#8db4d8", "#f6f5f1", "#e9b48c", "#d9762b"),
        "unit": ("#f8f8f5", "#c3c5d6", "#7d82a8", "#2f3566"),
    },
    "dark": {
        "signed": ("#5fa3e6", "#3d668f", "#262b33", "#8f6240", "#f0954c"),
        "unit": ("#1d2127", "#41466a", "#7a80bd", "#c3c8ff"),
    },
}
_INK = ("#000000", "#ffffff")
"""One of the two has a contrast of at least 4.5 with every colour."""


def resolved(style: str, on_paper: bool = False) -> str:
    """CSS with the colours of `COLOURS` in place of their names, for where no token reaches.

    Both themes are in it, or with `on_paper` the light one alone.
    """

    def colour(found: re.Match[str]) -> str:
        light, dark = COLOURS[found[1]]
        return _css(light, light if on_paper else dark)

    return re.sub(r"var\(--([\w-]+)\)", colour, style)


def _css(light: str, dark: str) -> str:
    return light if light == dark else f"light-dark({light}, {dark})"


def _tokens() -> str:
    ends = {
        f"{kind}-{n}": both
        for kind, light in STOPS["light"].items()
        for n, both in enumerate(zip(light, STOPS["dark"][kind], strict=True))
    }
    fonts = "".join(f"--{name}: {families}; " for name, families in FONTS.items())
    rules = "".join(f"--{name}: {_css(*both)}; " for name, both in (COLOURS | ends).items())
    return f":root {{ {rules}{fonts}}}\n"


TOKENS = _tokens()
"""The CSS rule that gives style sheets colours and fonts by name, and the stops of the two scales:
--signed-0 (−) to --signed-4 (+), --unit-0 (0) to --unit-3 (1). What they are is decided by
`color-scheme` where they are used."""


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _ramp(stops: Sequence[str]) -> list[str]:
    """The fills of all codes, evenly from stop to stop, in whole numbers: a half is rounded up."""
    last, fills = STEPS - 1, []
    for code in range(STEPS):
        n, part = divmod(code * (len(stops) - 1), last)
        pairs = zip(_rgb(stops[n]), _rgb(stops[min(n + 1, len(stops) - 1)]), strict=True)
        mixed = ((2 * (a * (last - part) + b * part) + last) // (2 * last) for a, b in pairs)
        fills.append("#" + "".join(f"{channel:02x}" for channel in mixed))
    return fills


def _luminance(colour: str) -> float:
    rgb = np.array(_rgb(colour), np.float64)
    linear = np.where(rgb <= 10.3, rgb / 3294.6, ((rgb / 255 + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(a: str, b: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _ink(fill: str) -> str:
    return max(_INK, key=lambda ink: contrast(ink, fill))


@cache
def palettes() -> dict[str, dict[str, list[list[str]]]]:
    """For each theme and kind of value ("signed", "unit"), (fill, ink) of every code."""
    codes: dict[str, dict[str, list[list[str]]]] = {}
    for theme, kinds in STOPS.items():
        codes[theme] = {}
        for kind, stops in kinds.items():
            codes[theme][kind] = [[fill, _ink(fill)] for fill in _ramp(stops)]
    return codes


REACHES = {"weight": 20.0, "signed": 3.0, "h": 40.0}
"""Where the asinh scale of a kind of signed values is full."""
DECADES = 8.0
LEAST_SHARE = 0.06
"""The scale of δ is logarithmic, of so many decades up to 1; whatever is below has this share."""


def _halfway() -> Array:
    """The shares of a scale at which a code goes over into the next: of 2 from 1, 3 from 2, …"""
    return (np.arange(2, MIDDLE + 1) - 0.5) / MIDDLE


@cache
def signed_edges(reach: float) -> Array:
    """The sizes from which on a signed value is coded 2, 3, … `MIDDLE` codes away from the middle.

    They are sinh(share × asinh(reach)), of + − × ÷ √ and our own exp, so the same in the page.
    """
    full = log(np.array(reach + np.sqrt(reach * reach + 1)))
    powers = exp(_halfway() * full)
    return (powers - 1 / powers) / 2


@cache
def decade_edges() -> Array:
    """The same on a logarithmic scale, 10^(`DECADES` (share − 1)); 0 up to the `LEAST_SHARE`."""
    shares = _halfway()
    edges = exp((shares - 1) * (DECADES * log(np.array(10.0))))
    return np.where(shares <= LEAST_SHARE, 0.0, edges)


def signed_codes(values: Array, reach: float) -> Array:
    """Codes of signed values on an asinh scale that is full at ±`reach`; 127 only for zero."""
    return _around_zero(values, signed_edges(reach))


def decade_codes(values: Array) -> Array:
    """Codes of signed values on the logarithmic scale of δ; 127 only for zero."""
    return _around_zero(values, decade_edges())


def unit_codes(values: Array) -> Array:
    """Codes of values in [0, 1]; the ends only for exactly 0 and 1."""
    inner = np.clip(np.clip(np.nan_to_num(values), 0, 1) * (STEPS - 1), 1, STEPS - 2)
    codes = np.where(values == 0, 0, np.where(values == 1, STEPS - 1, np.rint(inner)))
    return codes.astype(np.uint8)


def _around_zero(values: Array, edges: Array) -> Array:
    """127 for 0 and NaN; ∞ too has a side and a strongest colour."""
    known = np.nan_to_num(values.astype(np.float64, copy=False))
    distance = 1 + np.searchsorted(edges, np.abs(known), side="right")
    return (MIDDLE + np.sign(known) * distance).astype(np.uint8)


def coded(kind: str, values: Array) -> Array:
    """The codes of values of a kind: "unit", "delta", "weight", "signed" or "h"."""
    if kind == "unit":
        return unit_codes(values)
    if kind == "delta":
        return decade_codes(values)
    return signed_codes(values, REACHES[kind])

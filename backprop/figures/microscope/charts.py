"""The two charts of the microscope: δ against h, and its error against h, for all forms.

Both have the scale of `sweep.place_of` as their abscissa, so that they lie over each other and
under the slider. What is not a number has no height: it runs along the top as a line of crosses,
with the form's name above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from backprop.drawing.palette import DERIVATIVE_TITLES, FAULT
from backprop.engine.arithmetic import Array, Format
from backprop.engine.cliffs import Cliff
from backprop.engine.digits import tidy
from backprop.engine.forms import BY_NAME
from backprop.figures.plotted import sized
from backprop.microscope.sweep import Sweep, place_of

TICKS = (-1000, -100, -10, 0, 10, 100, 1000)
HEIGHT = 300
LANE, BESIDE = 0.125, 0.05
"""Shares of a chart's height: a line of crosses with its name above, and from there to a curve."""


def delta_figure(seen: Sweep, edges: Sequence[Cliff], far: bool = False) -> go.Figure:
    """δ against h; `far` is for a projector."""
    top = 1.0 if seen.true.max() > 0.02 else 0.0
    bottom = -1.0 if seen.true.min() < -0.02 else 0.0
    lanes, reach = _lanes(seen, bottom - 0.1, top)
    figure = _figure(edges, reach)
    x = place_of(seen.h)
    for name, delta in seen.deltas.items():
        figure.add_trace(_curve(name, x, _finite(delta), seen.h, delta, "δ = %{customdata[1]}"))
    _add_lanes(figure, x, seen, lanes)
    figure.update_yaxes(tickvals=[v for v in (-1, -0.5, 0, 0.5, 1) if bottom <= v <= top])
    return _sized(figure, far)


def error_figure(seen: Sweep, edges: Sequence[Cliff], fmt: Format, far: bool = False) -> go.Figure:
    """The relative error of δ against h on a logarithmic axis, from the last digit to all lost.

    An error of 0 lies on the lower edge, one far above 1 on the line "more".
    """
    low = float(np.log10(2.0**-fmt.precision)) * 1.06
    high = -low * 0.13
    span = high - low
    lanes, reach = _lanes(seen, low - 0.02 * span, high)
    figure = _figure(edges, reach)
    x = place_of(seen.h)
    for name, error in seen.errors.items():
        with np.errstate(divide="ignore", invalid="ignore"):
            height = np.clip(np.log10(error), low, high)
        height[~np.isfinite(seen.deltas[name])] = np.nan
        figure.add_trace(_curve(name, x, height, seen.h, error, "relative error %{customdata[1]}"))
    _add_lanes(figure, x, seen, lanes)
    step = 1 if span < 8 else 4
    powers = [k for k in range(0, int(low) - 1, -step) if k >= low]
    figure.update_yaxes(
        tickvals=[high, *powers],
        ticktext=["more", "all lost", *[f"10<sup>−{-k}</sup>" for k in powers[1:]]],
    )
    return _sized(figure, far)


def _figure(edges: Sequence[Cliff], reach: list[float]) -> go.Figure:
    figure = go.Figure()
    for cliff in edges:
        figure.add_vline(float(place_of(float(cliff.h))), line={"width": 1, "dash": "dot"},
                         opacity=0.65)  # fmt: skip
    figure.update_xaxes(
        range=[float(place_of(-1000)), float(place_of(1000))],
        tickvals=[float(place_of(h)) for h in TICKS],
        ticktext=[tidy(str(h)) for h in TICKS], zeroline=False,
        title={"text": "h", "standoff": 4},
    )  # fmt: skip
    figure.update_yaxes(range=reach, zeroline=False)
    return figure


def _sized(figure: go.Figure, far: bool) -> go.Figure:
    """With room at the left for the longest of both charts: they lie over each other."""
    return sized(
        figure, far, HEIGHT,
        margin={"l": 108 if far else 64, "r": 44 if far else 24, "t": 34, "b": 34},
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom"},
        showlegend=True,
    )  # fmt: skip


def _finite(values: Array) -> Array:
    return np.where(np.isfinite(values), values, np.nan)


def _curve(name: str, x: Array, y: Array, h: Array, shown: Array, said: str) -> Any:
    form = BY_NAME[name]
    return go.Scatter(
        x=x, y=y, mode="lines", name=form.title,
        line={"color": form.colour, "width": form.width, "dash": form.dash},
        customdata=np.stack([h, shown], axis=1),
        hovertemplate=f"{form.title}: {said}<br>h = %{{customdata[0]}}<extra></extra>",
    )  # fmt: skip


def _lanes(seen: Sweep, low: float, high: float) -> tuple[dict[str, float], list[float]]:
    """A line of its own for each form that is not finite everywhere, and how far the axis reaches.

    The lines lie above `high`, each under its name.
    """
    broken = [name for name, delta in seen.deltas.items() if not np.isfinite(delta).all()]
    reach = (high - low) / (1 - BESIDE - LANE * len(broken))
    heights = {name: high + reach * (BESIDE + LANE * k) for k, name in enumerate(broken)}
    return heights, [low, low + reach]


def _add_lanes(figure: go.Figure, x: Array, seen: Sweep, lanes: dict[str, float]) -> None:
    for name, height in lanes.items():
        bad = ~np.isfinite(seen.deltas[name])
        words = np.where(np.isnan(seen.deltas[name][bad]), "NaN", "∞")
        figure.add_trace(
            go.Scatter(
                x=x[bad], y=np.full(int(bad.sum()), height), mode="markers", showlegend=False,
                marker={"symbol": "x-thin", "size": 7, "line": {"width": 1.6, "color": FAULT}},
                text=words, customdata=seen.h[bad],
                hovertemplate=f"{DERIVATIVE_TITLES[name]}: %{{text}}<br>"
                "h = %{customdata}<extra></extra>",
            )
        )  # fmt: skip
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=height, yanchor="bottom", yshift=4, borderpad=0,
            showarrow=False, text=f"{DERIVATIVE_TITLES[name]}: NaN or ∞", font={"color": FAULT},
            bgcolor="white",  # the lines of the cliffs end at it; a page has its own paper there
        )  # fmt: skip

"""Two Plotly charts: multiplications over depth, and the slow start of a saturated neuron."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from backprop.chain import from_scratch, reusing
from backprop.drawing.palette import COUNTED, DERIVATIVE_COLOURS
from backprop.engine.forms import COSTS
from backprop.engine.sigmoid import sigmoid
from backprop.engine.training import Recording
from backprop.figures.plotted import sized

DEEPEST = 12
HEIGHT = 290


def effort(sizes: tuple[int, ...], far: bool = False) -> go.Figure:
    """Multiplications for all gradients of one sample: networks as wide as this one, 1 … deep.

    `far` is for a projector.
    """
    width = max(sizes[1:-1], default=4)
    depths = list(range(1, DEEPEST + 1))
    nets = [(sizes[0], *[width] * (L - 1), sizes[-1]) for L in depths]
    L = len(sizes) - 1
    figure = go.Figure()
    for name, count, dash in (
        ("each chain from scratch", from_scratch, "dash"),
        ("reusing δ", reusing, "solid"),
    ):
        figure.add_scatter(
            x=depths, y=[count(net) for net in nets], name=name, mode="lines",
            line={"color": COUNTED, "dash": dash, "width": 2.5},
            hovertemplate="%{y:,} with %{x} layers<extra>" + name + "</extra>",
        )  # fmt: skip
        figure.add_scatter(
            x=[L], y=[count(sizes)], mode="markers", marker={"color": COUNTED, "size": 9},
            showlegend=False, hovertemplate="this network: %{y:,}<extra>" + name + "</extra>",
        )  # fmt: skip
        figure.add_annotation(
            x=DEEPEST, y=count(nets[-1]), text=name, showarrow=False, xanchor="right",
            yanchor="bottom", yshift=4, font={"color": COUNTED},
        )  # fmt: skip
    figure.update_xaxes(title="layers L")
    figure.update_yaxes(title="multiplications", rangemode="tozero")
    return sized(figure, far, HEIGHT, showlegend=False)


def slow_start(recordings: Mapping[str, Recording], far: bool = False) -> go.Figure:
    """The output z of one neuron over updates, with either cost, from the same start."""
    figure = go.Figure()
    colours = {name: DERIVATIVE_COLOURS[COSTS[name].usual] for name in recordings}
    titles = {name: COSTS[name].words for name in recordings}
    for name, recording in recordings.items():
        z = sigmoid(recording.h_out[:, 0, 0])
        half = int(np.argmin(np.abs(z - 0.5)))
        figure.add_scatter(
            x=np.arange(len(z)), y=z, name=titles[name], mode="lines",
            line={"color": colours[name], "width": 2.5},
            hovertemplate="z = %{y:.4f} after %{x} updates<extra>" + titles[name] + "</extra>",
        )  # fmt: skip
        figure.add_annotation(
            x=half, y=0.5, text=titles[name], showarrow=False, xanchor="left", xshift=8,
            font={"color": colours[name]},
        )  # fmt: skip
    figure.update_xaxes(title="updates")
    figure.update_yaxes(title="z (target 0)", range=[-0.03, 1.05])
    return sized(figure, far, HEIGHT, showlegend=False)

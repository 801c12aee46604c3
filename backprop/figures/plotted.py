"""What all Plotly charts share: how high they are, their margins, and their type, near and far.

From afar everything written in a chart has the least type that is read from the last row of a
window 800 high; in a higher one the page's style sheet enlarges it with all other text.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

NEAR, FAR = 13, 18
"""Type in pixels."""
GROWTH = 1.45
"""How much higher a chart is from afar."""


def sized(figure: go.Figure, far: bool, height: int, **layout: Any) -> go.Figure:
    """`figure` with its type and, from near, its `height`; `layout` is what it has of its own."""
    font = {"size": FAR if far else NEAR}
    axis = {"tickfont": font, "title": {"font": font}}
    figure.update_layout(
        height=round(height * GROWTH) if far else height,
        margin={"l": 8, "r": 40 if far else 8, "t": 8, "b": 8},
        hovermode="closest", font=font, legend={"font": font}, hoverlabel={"font": font},
        xaxis=axis, yaxis=axis,
    )  # fmt: skip
    figure.update_annotations(font=font)
    figure.update_layout(**layout)
    return figure

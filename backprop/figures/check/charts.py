"""The Check page's drawings: the verdict, relative errors as a heatmap, and the V of the steps."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go

from backprop.drawing.palette import COLOURS, MEASURED, STEPS, THEORY, palettes
from backprop.engine.arithmetic import Array
from backprop.engine.digits import shortest
from backprop.figures.plotted import sized
from backprop.gradcheck import words as gradwords
from backprop.gradcheck.findings import Comparison
from backprop.gradcheck.report import GradientReport

DIFFERENCED = (
    "A long step leaves out the curve of the cost, an error that grows with s². A short one loses "
    "digits where two nearly equal costs are subtracted, an error that grows with 1/s."
)
STYLE = Path(__file__).with_name("charts.css").read_text("utf-8")


def verdict(report: GradientReport, cause: str | None = None) -> str:
    """The verdict as HTML, big and plain, with the worst disagreement under it.

    `cause` is what made the weights NaN, where they are.
    """
    kind = "pass" if report.passed else "fail"
    if report.curve is None or not all(np.isfinite(c.backprop).all() for c in report.comparisons):
        kind = "nan"
    first, _, rest = report.verdict.partition(": ")
    sign = "✓" if report.passed else "✗"
    after = [some] if (some := gradwords.drawn(report)) else []
    after += [cause] if cause else []
    if report.curve is not None:
        after += [f"Worst: {gradwords.worst(report)}"]
        after += [note] if (note := gradwords.note(report)) else []
    lines = "".join(f"<p>{escape(line)}</p>" for line in after)
    return (
        f'<div class="check-verdict check-{kind}" role="status" data-verdict="{first.lower()}">'
        f'<p class="check-big"><span aria-hidden="true">{sign}</span> {escape(first)}: '
        f"{escape(rest)}</p>{lines}</div>"
    )


def words(*sentences: str) -> str:
    """Sentences as a paragraph of HTML."""
    return f'<p class="check-words">{escape(" ".join(sentences))}</p>'


def heading(text: str) -> str:
    """A heading inside the page as HTML."""
    return f'<h2 class="check-heading">{escape(text)}</h2>'


def heatmap(report: GradientReport) -> str:
    """The relative error of every gradient, a table of coloured cells for each layer, as HTML."""
    lowest = float(np.log10(2.0**-report.trace.network.format.precision))
    layers: dict[int, list[tuple[Comparison, Array]]] = {}
    for comparison, errors in zip(report.comparisons, report.relative, strict=True):
        layers.setdefault(comparison.layer, []).append((comparison, errors))
    tight = max(report.trace.network.sizes) > 8
    maps = "".join(_map(report, layer, parts, lowest, tight) for layer, parts in layers.items())
    return f'{_ramp_style(lowest)}<div class="check-maps">{maps}</div>{_key(lowest)}'


def _levels(lowest: float) -> range:
    return range(int(np.floor(lowest)), 1)


def _ramp_style(lowest: float) -> str:
    """A class for every decade, from the format's own rounding (paper) to 1 (dark)."""
    light, dark = (palettes()[theme]["unit"] for theme in ("light", "dark"))
    rules = []
    for level in _levels(lowest):
        code = round((STEPS - 1) * (1 - level / lowest)) if level > lowest else 0
        (fill, ink), (fill_dark, ink_dark) = light[code], dark[code]
        rules.append(
            f".check-e{-level} {{ background-color: light-dark({fill}, {fill_dark}); "
            f"color: light-dark({ink}, {ink_dark}); }}"
        )
    return f"<style>{' '.join(rules)}</style>"


def _map(
    report: GradientReport,
    layer: int,
    parts: list[tuple[Comparison, Array]],
    lowest: float,
    tight: bool,
) -> str:
    (W, errors), *rest = parts
    units, sources = errors.shape
    worst = gradwords.brief(report.by_layer[layer])
    rows = []
    for i in range(units):
        cells = [_cell(W, errors, (i, j), lowest, tight) for j in range(sources)]
        cells += [_cell(b, found, (i,), lowest, tight) for b, found in rest]
        number = "" if tight else f'<th scope="row">{i + 1}</th>'
        rows.append(f"<tr>{number}{''.join(cells)}</tr>")
    names = [str(j + 1) for j in range(sources)] + ["b"] * len(rest)
    columns = "".join(f'<th scope="col">{name}</th>' for name in names)
    head = "" if tight else f"<thead><tr><td></td>{columns}</tr></thead>"
    most = "the same" if worst == "0" else worst if worst == "NaN" else f"at most {worst}"
    return (
        f'<div><p class="check-name">Layer {layer}: {most}</p>'
        f'<table class="check-map{" check-tight" if tight else ""}" '
        f'aria-label="Relative errors of layer {layer}">{head}<tbody>{"".join(rows)}</tbody>'
        "</table></div>"
    )


def _cell(
    comparison: Comparison, errors: Array, at: tuple[int, ...], lowest: float, tight: bool
) -> str:
    error = float(errors[at])
    classes = []
    if not np.isfinite(error):
        classes.append("check-hatch")
        said = gradwords.brief(float(comparison.backprop[at]))
    elif error == 0:
        classes.append(f"check-e{-_levels(lowest)[0]}")
        said = "="
    else:
        level = int(np.clip(np.floor(np.log10(error)), _levels(lowest)[0], 0))
        classes.append(f"check-e{-level}")
        said = f"e−{-level}" if level else "e0"
    if not comparison.right[at]:
        classes.append("check-wrong")
    if len(at) == 1:
        classes.append("check-bias")
    title = f"{comparison.place(at)}: relative error {gradwords.brief(error)}"
    shown = "" if tight else escape(said)
    return f'<td class="{" ".join(classes)}" title="{escape(title)}">{shown}</td>'


def _key(lowest: float) -> str:
    least = f"e−{-_levels(lowest)[0]}"
    stops = ", ".join(
        f"light-dark({light[0]}, {dark[0]})"
        for light, dark in zip(
            palettes()["light"]["unit"][::63], palettes()["dark"]["unit"][::63], strict=True
        )
    )
    return (
        '<p class="check-key">'
        f'<i class="check-ramp" style="background: linear-gradient(90deg, {stops})"></i>'
        f"relative error, from {least} (one rounding) to e0 (no digit right); = the same number"
        '<i class="check-wrong"></i>more than rounding may do'
        '<i class="check-hatch"></i>NaN or ∞<br>'
        "A row is a unit, a column what it takes in, b its bias.</p>"
    )


def v_curve(report: GradientReport, far: bool = False) -> go.Figure:
    """The error of central differences against the step, with its two theories, log on log.

    `far` is for a projector.
    """
    curve = report.curve
    if curve is None:
        raise ValueError("There is no curve without finite weights; look at the verdict first.")
    steps = np.array(curve.steps)
    figure = go.Figure()
    floor = float(np.nanmin(np.append(curve.errors[curve.errors > 0], 1.0)))
    theories = (
        ("∼ s²", "dash", curve.truncation * steps**2),
        ("∼ u / s", "dot", curve.rounding / steps),
    )
    for name, dash, theory in theories:
        shown = (theory > floor / 30) & (theory < 30)
        figure.add_scatter(
            x=steps[shown], y=theory[shown], mode="lines", name=name,
            line={"color": THEORY, "dash": dash, "width": 1.5},
            hoverinfo="skip",
        )  # fmt: skip
    figure.add_scatter(
        x=steps, y=np.where(curve.errors > 0, curve.errors, np.nan), mode="lines+markers",
        name="measured", line={"color": MEASURED, "width": 2}, marker={"size": 5},
        hovertemplate="h = %{x:.0e}<br>off by %{y:.1e}<extra></extra>",
    )  # fmt: skip
    here = curve.error(report.step)
    figure.add_vline(x=report.step, line={"color": MEASURED, "width": 1.5, "dash": "dot"})
    marks: list[tuple[float, float, str, str]] = []
    if np.isfinite(here) and here > 0:
        marks.append((report.step, here, "circle", f"this step: {shortest(report.step)}"))
    if curve.best is not None and curve.error(curve.best) > 0:
        marks.append((curve.best, curve.error(curve.best), "star", f"best: {shortest(curve.best)}"))
    for x, y, symbol, name in marks:
        figure.add_scatter(
            x=[x], y=[y], mode="markers", name=name,
            marker={"symbol": symbol, "size": 13, "color": MEASURED,
                    "line": {"width": 1.5, "color": COLOURS["white"][0]}},
            hovertemplate=f"{name}<br>off by %{{y:.1e}}<extra></extra>",
        )  # fmt: skip
    gone = steps[np.isnan(curve.errors)]
    if gone.size:
        figure.add_vrect(
            x0=gone.min() / 2, x1=gone.max() * 1.4, fillcolor=THEORY, opacity=0.15, line_width=0
        )
        figure.add_annotation(
            x=float(np.log10(gone.min() / 2)), y=1, xref="x", yref="paper", xanchor="left",
            yanchor="top", text="s vanishes", showarrow=False,
        )  # fmt: skip
    return sized(
        figure, far, 340,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        xaxis=_axis("step s", steps), yaxis=_axis("error / largest gradient", curve.errors),
    )  # fmt: skip


def _axis(title: str, values: Array) -> dict[str, Any]:
    shown = values[np.isfinite(values) & (values > 0)]  # none, where every error is 0 or unknown
    decades = np.ptp(np.log10(shown)) if shown.size else 0
    return {
        "type": "log", "title": {"text": title}, "exponentformat": "power",
        "dtick": 4 if decades > 9 else 2 if decades > 5 else 1, "tickangle": 0,
    }  # fmt: skip

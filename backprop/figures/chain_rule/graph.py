"""The network as a computation graph: values above, gradients below, and the way of the chain.

    x → h₁ → z₁ → … → h_L → z_L → J,   Wᵢ enters at hᵢ

Gradients that the chain has not reached at this step are not there yet and say so (–).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import numpy as np

from backprop.chain import Chain
from backprop.engine.arithmetic import Array, full_digits
from backprop.engine.costs import displayed_cost
from backprop.engine.digits import short
from backprop.engine.formula import indexed
from backprop.engine.trace import Trace

SHOWN = 4
LINE = 16.0
GAP = 84.0


@dataclass(frozen=True)
class _Node:
    """A quantity of the graph: its name, its numbers, its gradient's name and numbers (or None)."""

    name: str
    values: Array
    gradient_name: str
    gradient: Array | None
    reached: bool


def graph(trace: Trace, chain: Chain, step: int) -> str:
    """The graph as SVG, `step` factors of the chain multiplied."""
    known = {
        p.symbol.text: p.value[0] for p in chain.products[: min(step, len(chain.products) - 1)]
    }
    nodes = list(_nodes(trace, chain, known))
    most = max(trace.network.sizes)
    lines = min(most, SHOWN) + (most > SHOWN)
    width, bottom = 60.0 + GAP * (len(nodes) - 1) + 60.0, 76.0 + LINE * lines
    parts = [
        f'<svg class="graph" viewBox="0 {-34 - LINE * lines:g} {width:g} '
        f'{bottom + 60 + LINE * lines:g}" role="img" '
        f'style="--wide:{width / 13:.2f}" '
        f'aria-label="{_summary(nodes)}">'
    ]
    L = len(trace.layers)
    for n in range(len(nodes) - 1):
        used = nodes[n].reached and nodes[n + 1].reached
        parts.append(_edge(_x(n), _x(n + 1), used))
    for i in range(1, L + 1):
        parts.append(_weights(i, trace, bottom, i == chain.layer, step == len(chain.factors)))
    parts.extend(_draw(node, _x(n)) for n, node in enumerate(nodes))
    return f'<div class="scroll">{"".join(parts)}</svg></div>'


def _nodes(trace: Trace, chain: Chain, known: dict[str, Array]) -> Iterator[_Node]:
    s = chain.sample
    yield _Node("x", trace.X[s], "", None, False)
    for i, layer in enumerate(trace.layers, start=1):
        delta, error = indexed("δ", i).text, f"∂J/∂{indexed('z', i).text}"
        yield _Node(indexed("h", i).text, layer.h[s], delta, known.get(delta), delta in known)
        yield _Node(indexed("z", i).text, layer.z[s], error, known.get(error), error in known)
    rows = slice(s, s + 1)
    cost = displayed_cost(trace.derivative, trace.layers[-1].h[rows], trace.y[rows])
    yield _Node("J", cost[None], "", None, True)


def _x(n: int) -> float:
    return 50.0 + GAP * n


def _draw(node: _Node, x: float) -> str:
    mark = " reached" if node.reached else ""
    parts = [
        f'<g class="node{mark}" data-node="{node.name}">'
        f'<circle cx="{x:g}" cy="0" r="17"/>'
        f'<text class="name" x="{x:g}" y="5">{node.name}</text>'
    ]
    lines = min(len(node.values), SHOWN) + (len(node.values) > SHOWN)
    top = -26 - LINE * (lines - 1)
    parts.append(_column(node.values, x, top, "value"))
    if node.gradient_name:
        below = 38.0
        parts.append(
            f'<text class="gradient-name" x="{x:g}" y="{below:g}">{node.gradient_name}</text>'
        )
        if node.gradient is None:
            parts.append(f'<text class="gradient" x="{x:g}" y="{below + LINE + 2:g}">–</text>')
        else:
            parts.append(_column(node.gradient, x, below + LINE + 2, "gradient"))
    return "".join(parts) + "</g>"


def _column(values: Array, x: float, top: float, look: str) -> str:
    lines = []
    for u, value in enumerate(values[:SHOWN]):
        bad = "" if np.isfinite(float(value)) else " bad"
        digits = full_digits(value)
        lines.append(
            f'<text class="{look}{bad}" x="{x:g}" y="{top + LINE * u:g}" data-value="{digits}">'
            f"{short(value)}<title>{digits}</title></text>"
        )
    if len(values) > SHOWN:
        more = f"… {len(values) - SHOWN} more"
        lines.append(f'<text class="{look}" x="{x:g}" y="{top + LINE * SHOWN:g}">{more}</text>')
    return "".join(lines)


def _edge(start: float, end: float, used: bool) -> str:
    """Forward as an arrow to the right; where the chain has gone, a strong one back as well."""
    forward = f"M{start + 17:g} -4H{end - 20:g}l-5 -4m5 4l-5 4"
    arrows = f'<path class="forward" d="{forward}"/>'
    if used:
        back = f"M{end - 17:g} 5H{start + 20:g}l6 -5m-6 5l6 5"
        arrows += f'<path class="back" d="{back}"/>'
    return arrows


def _weights(i: int, trace: Trace, y: float, chosen: bool, reached: bool) -> str:
    """Wᵢ at the height y below the way from zᵢ₋₁ to hᵢ; the chosen one is where the chain ends."""
    x = (_x(2 * i - 2) + _x(2 * i - 1)) / 2
    rows, columns = trace.network.weights[i - 1].shape
    end = _x(2 * i - 1)
    mark = " chosen" if chosen else ""
    mark += " reached" if chosen and reached else ""
    name = indexed("W", i).text
    way = f"M{x:g} {y - 17:g}V34Q{x:g} 16 {end - 15:g} 10"
    return (
        f'<g class="weights{mark}"><path d="{way}"/><circle cx="{x:g}" cy="{y:g}" r="17"/>'
        f'<text class="name" x="{x:g}" y="{y + 5:g}">{name}</text>'
        f'<text class="shape" x="{x + 22:g}" y="{y + 5:g}">{rows} × {columns}</text></g>'
    )


def _summary(nodes: list[_Node]) -> str:
    reached = [n.gradient_name for n in nodes if n.gradient is not None]
    said = ", ".join(reversed(reached)) or "no gradient yet"
    return escape(
        f"Computation graph from x to J with {len(nodes)} quantities. Computed so far: {said}."
    )

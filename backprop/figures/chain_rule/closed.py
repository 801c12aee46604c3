"""Why δ = z − y holds for the last layer alone, and ∂J/∂W of a batch as one product.

∂J/∂z_L · ∂z_L/∂h_L = (z − y) / (z (1 − z)) × z (1 − z) = z − y
(∂J/∂W_L)ᵀ = z_{L−1}ᵀ (z_L − y) / samples,   which is Xᵀ (z − y) / samples without hidden layers
"""

from __future__ import annotations

import numpy as np

from backprop.chain import chain, first_factors
from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import Array
from backprop.engine.digits import short
from backprop.engine.forms.parts import J, Y, Z, partial
from backprop.engine.formula import Formula, frac, indexed, minus, number, row, times, wrap
from backprop.engine.trace import Trace
from backprop.figures.chain_rule.heatmap import heatmap, vector

ROWS = 6


def collapse(trace: Trace, sample: int) -> str:
    """The first two factors at every output, with numbers, and the closed form of their product."""
    L = len(trace.layers)
    first, slope, _ = first_factors(trace)
    lines = []
    for u in range(min(len(first[sample]), 4)):
        product = times(_n(first[sample, u]), _n(slope[sample, u]))
        delta = trace.layers[-1].delta[sample, u]
        lines.append(f"<p>{row(product, '=', _n(delta)).document()}</p>")
    pair = row(
        partial(J, indexed("z", L)), "·", partial(indexed("z", L), indexed("h", L)), "=",
    )  # fmt: skip
    form = trace.derivative.form
    if form.cost.keeps_slope:
        head = row(pair, form.cost.delta)
    else:
        width = row(Z, wrap(minus(number("1"), Z)))
        head = row(pair, frac(minus(Z, Y), width), "×", width, "=", form.cost.delta)
    words = form.cost.closed + form.closed
    return f"<p>{head.document()}</p>{''.join(lines)}<p>{words}</p>"


def before_output(trace: Trace, sample: int) -> str:
    """What would lead from ∂J/∂W_L to ∂J/∂W_{L−1}, that it is zero, and what does lead there."""
    L = len(trace.layers)
    if L == 1:
        return "<p>This network has no layer before the output: add a hidden layer to see one.</p>"
    last, before = indexed("W", L), indexed("W", L - 1)
    many = trace.network.weights[-1].size, trace.network.weights[-2].size
    term = partial(last, before)
    wanted = row(partial(J, last), "·", term)
    slopes = trace.layers[-2].slope[sample]
    share = chain(trace, L - 1, sample).products[-1].value
    largest = _largest(share)
    return (
        f"<p>To go from {partial(J, last).document()} to {partial(J, before).document()} you would "
        f"need {term.document()}. But {last.document()} is not computed from "
        f"{before.document()}: all {many[0]} × {many[1]} numbers of that term are 0, and it stands "
        "in no row above.</p>"
        f"<p>With it you would get {row(wanted, '=', number('0')).document()}; the largest number "
        f"of this sample’s {partial(J, before).document()} is "
        f"<b class='number'>{short(largest)}</b>.</p>"
        f"<p>What does lead there is {indexed('δ', L).document()}, then the weights, then the "
        f"slope of layer {L - 1}, which nothing cancels:</p>"
        f"{vector(f'slope of layer {L - 1}', slopes, 'unit', 8)}"
    )


def _largest(values: Array) -> float:
    flat = values.astype(np.float64).ravel()
    if not np.isfinite(flat).all():
        return float(flat[~np.isfinite(flat)][0])
    return float(flat[np.argmax(np.abs(flat))])


def batch_product(trace: Trace) -> str:
    """(∂J/∂W_L)ᵀ of a trace with the fused derivative: z_{L−1}ᵀ, z_L − y, and their product."""
    L, samples = len(trace.layers), len(trace.X)
    source = trace.X if L == 1 else trace.layers[-2].z
    name = "X" if L == 1 else indexed("z", L - 1).text
    kind = ACTIVATIONS[trace.network.hidden].kind if L > 1 else "signed"
    shown = min(samples, ROWS)
    more = "" if samples == shown else f'<span class="more">… {samples - shown} more samples</span>'
    error, dW = trace.layers[-1].delta, trace.layers[-1].dW
    dJ_dW = partial(J, indexed("W", L)).text
    return (
        '<div class="line">'
        f"{_operand(f'{name}ᵀ', source.shape[::-1], heatmap(f'{name}ᵀ', source[:shown].T, kind))}"
        f'{more}<span class="sign">·</span>'
        f"{_operand('(z − y)', error.shape, heatmap('z − y', error[:shown], 'error') + more)}"
        f'<span class="sign">/ {samples} =</span>'
        f"{_operand(f'({dJ_dW})ᵀ', dW.shape[::-1], heatmap('dW', dW.T, 'error'))}"
        "</div>"
    )


def _operand(name: str, shape: tuple[int, ...], body: str) -> str:
    size = " × ".join(map(str, shape))
    return f'<div class="operand"><div class="head">{name}<span>{size}</span></div>{body}</div>'


def _n(value: object) -> Formula:
    return number(short(value))

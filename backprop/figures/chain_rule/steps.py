"""The chain as a row of matrices, and the product that runs through it from the left."""

from __future__ import annotations

from html import escape

import numpy as np

from backprop.chain import Chain, Factor
from backprop.engine.arithmetic import Array, format_of
from backprop.engine.formula import Formula, indexed
from backprop.engine.trace import Trace
from backprop.figures.chain_rule.heatmap import WIDEST_WITH_NUMBERS, heatmap, vector

_KINDS = {"cost": "error", "slope": "unit", "weights": "weights", "inputs": "signed"}


def factor_row(chain: Chain, step: int) -> str:
    """Every factor of the chain as a card; the first `step` of them are multiplied already."""
    cards = []
    for k, factor in enumerate(chain.factors):
        state = "done" if k < step - 1 else "now" if k == step - 1 else "ahead"
        cards.append(_card(factor, state, k))
    named = 'role="group" aria-label="The factors of the chain"'
    return f'<div class="factors" {named}>{"".join(cards)}</div>'


def _card(factor: Factor, state: str, k: int) -> str:
    rows, columns = factor.matrix.shape
    sign = '<span class="sign">·</span>' if k else ""
    return (
        f'{sign}<div class="factor {state}" data-factor="{k}"><div class="head">'
        f"{factor.symbol.document()}<span>{rows} × {columns}</span></div>"
        f"{_matrix(factor)}<p>{escape(factor.meaning)}</p></div>"
    )


def _matrix(factor: Factor) -> str:
    values, name = factor.matrix, factor.symbol.text
    connected: Array | None = None
    if factor.kind == "slope":
        connected = np.eye(len(values), dtype=bool)
    elif factor.kind == "inputs":
        n = len(values)
        connected = np.kron(np.eye(n), np.ones((1, values.shape[1] // n))).astype(bool)
        if values.shape[1] > WIDEST_WITH_NUMBERS:
            block = vector(f"{name} block", values[0, : values.shape[1] // n], "signed")
            pattern = heatmap(name, values, "signed", connected)
            return f"{block}<p>{n} times down the diagonal:</p>{pattern}"
    return heatmap(name, values, _KINDS[factor.kind], connected)


def running_product(chain: Chain, trace: Trace, step: int) -> str:
    """The multiplication of this step with its numbers: what was × the factor = what is."""
    product, factor = chain.products[step - 1], chain.factors[step - 1]
    after = _product(product.symbol, product.value, "after")
    if step == 1:
        body = f'<span class="sign">start with</span>{after}'
    else:
        before = chain.products[step - 2]
        body = (
            f"{_product(before.symbol, before.value, 'before')}<span class='sign'>·</span>"
            f'<div class="operand"><div class="head">{factor.symbol.document()}</div>'
            f"{_matrix(factor)}</div><span class='sign'>=</span>{after}"
        )
    said = _said(chain, trace, step)
    return f'<div class="product" data-step="{step}"><div class="line">{body}</div>{said}</div>'


def _product(symbol: Formula, value: Array, role: str) -> str:
    rows, columns = value.shape
    return (
        f'<div class="operand {role}"><div class="head">{symbol.document()}'
        f"<span>{rows} × {columns}</span></div>{heatmap(symbol.text, value, 'error')}</div>"
    )


def _said(chain: Chain, trace: Trace, step: int) -> str:
    """What this product is, and whether it is what the engine has."""
    product = chain.products[step - 1]
    sentences = []
    if product.delta is not None:
        engine = trace.layers[product.delta - 1].delta[chain.sample]
        sentences.append(_agreement(product.symbol.text, product.value[0], engine))
    if step == 2:
        sentences.append(_collapse(chain))
    if chain.factors[step - 1].kind == "weights":
        k = chain.factors[step - 1].layer - 1
        sentences.append(
            f"<p>How the cost changes with each z of layer {k}. Times the slope, the next factor, "
            f"it is {indexed('δ', k).document()}.</p>"
        )
    if step == len(chain.factors):
        sentences.append(
            f"<p>This is one sample’s share of {escape(product.symbol.text)}. Training takes the "
            f"average of all {len(trace.X)} shares.</p>"
        )
    elif product.delta is not None and product.delta > 1:
        sentences.append(
            f"<p>Every layer before layer {product.delta} needs it: keep it, and go on from here."
            "</p>"
        )
    return "".join(sentences)


def _agreement(name: str, value: Array, engine: Array) -> str:
    same = np.array_equal(value, engine, equal_nan=True)
    if same:
        finite = np.isfinite(value).all()
        verdict = "equal to the last digit" if finite else "not finite in the same places"
    else:
        verdict = f"up to {_ulps(value, engine):g} units in the last place apart"
    return (
        f'<p class="agreement" data-same="{str(same).lower()}"><b>{name}</b> of the engine: '
        f"<b>{verdict}</b>.</p>"
    )


def _collapse(chain: Chain) -> str:
    if not chain.collapsed:
        return "<p>The two factors are multiplied as they stand.</p>"
    name = chain.products[1].symbol.text
    direct, two = chain.products[1].value[0], chain.multiplied
    if np.array_equal(direct, two, equal_nan=True):
        compared = "the same to the last digit"
    elif not np.isfinite(two).all():
        compared = "not finite, although the closed form is"
    else:
        compared = f"within {_ulps(two, direct):g} units in the last place"
    return (
        f"<p>On paper the two factors collapse, so {name} is computed directly, as z − y. "
        f"Multiplying them gives {compared}.</p>"
    )


def _ulps(a: Array, b: Array) -> float:
    """How far a is from b, in units in the last place of b: the worst of all elements."""
    fmt = format_of(b)
    return max(
        abs(float(x) - float(t)) / fmt.ulp(float(t))
        for x, t in zip(a.ravel(), b.ravel(), strict=True)
    )

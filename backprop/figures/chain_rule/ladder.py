"""The answer in a picture: the chains of all layers, one below the other, factor below factor.

Row by row from the last layer to the first: what the row above has computed already is one block
(δ, reused), then come the factors that are new, then the last factor, which no other row has.
"""

from __future__ import annotations

from backprop.chain import multiplications
from backprop.engine.forms import BY_NAME
from backprop.engine.forms.parts import J, partial
from backprop.engine.formula import Formula, indexed, symbol


def answer(sizes: tuple[int, ...], layer: int, derivative: str) -> str:
    """The sentence that answers the question, and the picture that proves it.

    `derivative` is the name of the one that computes: it says how δ_L comes about.
    """
    last, before, delta = indexed("W", "L"), indexed("W", "L−1"), symbol("δ")
    if len(sizes) == 2:
        words = "There is one layer only: one chain, and nothing to reuse. Add a hidden layer."
    else:
        words = (
            "What the rows share is δ. The last factor of a row (dashed) is in no other row: "
            "a finished gradient leads to no other gradient."
        )
    return (
        f'<p class="answer">You don’t go from {partial(J, last).document()} to '
        f"{partial(J, before).document()}. You reuse {delta.document()}.</p>"
        f"{ladder(sizes, layer, derivative)}<p class='wide'>{words}</p>"
    )


def ladder(sizes: tuple[int, ...], layer: int, derivative: str) -> str:
    """The chains of every layer of a network n₀ … n_L, that of `layer` marked."""
    L = len(sizes) - 1
    rows = "".join(_row(sizes, i, layer, derivative) for i in range(L, 0, -1))
    return (
        f'<div class="ladder" style="--pairs:{L}" role="group" '
        f'aria-label="The chain of every layer, factor under factor">{rows}</div>'
    )


def _row(sizes: tuple[int, ...], i: int, chosen: int, derivative: str) -> str:
    L = len(sizes) - 1
    groups = [_group(k, i, L, derivative) for k in range(L, i - 1, -1)]
    tail = (
        f'<div class="group tail">{_chip(partial(indexed("h", i), indexed("W", i)))}'
        '<span class="note">only in this row</span></div>'
    )
    mark = " chosen" if i == chosen else ""
    new = multiplications(sizes, i)
    if i < L:
        new -= multiplications(sizes, i + 1) - sizes[i + 1] * sizes[i]
    whole = multiplications(sizes, i)
    effort = f"{new} instead of {whole}" if i < L else f"{new} multiplications"
    return (
        f'<div class="row{mark}" data-row="{i}">'
        f'<div class="left">{partial(J, indexed("W", i)).document()}<span>=</span></div>'
        f'{"".join(groups)}{tail}<div class="effort">{effort}</div></div>'
    )


def _group(k: int, i: int, L: int, derivative: str) -> str:
    """The two factors that lead to δₖ, in the row of layer i: reused if k > i, else new."""
    above, below = (J, indexed("z", L)) if k == L else (indexed("h", k + 1), indexed("z", k))
    pair = _chip(partial(above, below)) + _chip(partial(indexed("z", k), indexed("h", k)))
    delta = indexed("δ", k).text
    if k > i:
        return f'<div class="group reused">{pair}<span class="note">{delta} reused</span></div>'
    note = f"new: {delta}{BY_NAME[derivative].of_two if k == L else ''}"
    return f'<div class="group new">{pair}<span class="note">{note}</span></div>'


def _chip(formula: Formula) -> str:
    return f'<span class="chip">{formula.document()}</span>'

"""The two factors that make a NaN, once more: in other orders and with more digits, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from backprop.chain.rescue import Attempt
from backprop.engine.digits import short

_VERDICTS = {"lost": "lost", "wrong": "finite, but wrong", "saved": "saved"}


def orders(found: Sequence[Attempt], closed: float, true: float) -> str:
    """A row for each attempt; then the closed form z − y in the format, and the true value."""
    rows = [
        _row(a.words, a.digits, a.equation, _VERDICTS[a.verdict], a.verdict == "lost")
        for a in found
    ]
    rows.append(
        _row("not multiplied at all: z − y", found[0].digits, short(closed), "saved", False)
    )
    return (
        '<div class="scroll"><table class="orders"><thead><tr><th>The two factors</th>'
        "<th>computed in</th><th>(∂J/∂z) × (∂z/∂h)</th><th></th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody><tfoot><tr><td>the true product</td><td></td>"
        f"<td class='number'>{escape(short(true, 6))}</td><td></td></tr></tfoot></table></div>"
    )


def _row(words: str, digits: str, equation: str, verdict: str, bad: bool) -> str:
    mark = ' class="bad"' if bad else ""
    return (
        f"<tr{mark}><td>{escape(words)}</td><td>{escape(digits)}</td>"
        f'<td class="number">{escape(equation)}</td><td><b>{verdict}</b></td></tr>'
    )

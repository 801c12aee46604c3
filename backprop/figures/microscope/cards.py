"""One card a form: verdict, result beside the true value, then every term in evaluation order."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from math import isfinite

from backprop.engine.arithmetic import Format
from backprop.engine.digits import in_full
from backprop.engine.formula import Formula, row
from backprop.figures.microscope.writing import cells, exact, number, size, strip
from backprop.microscope import Neuron, Reading, Seen

ROWS = (
    ("h", "h", "the pre-activation"),
    ("z", "z = σ(h)", "textbook: 1 / (1 + e⁻ʰ)"),
    ("complement", "1 − z", "by subtraction"),
    ("mirrored", "σ(−h)", "the same number, without the subtraction"),
    ("width", "z (1 − z)", "what the naive form divides by"),
)


def bits_table(neuron: Neuron) -> str:
    """The bits, drawn large, of the numbers that decide: h, z, 1 − z, σ(−h), z (1 − z)."""
    rows = []
    for name, title, meaning in ROWS:
        value = getattr(neuron, name) if name in ("h", "mirrored") else neuron.value(name)
        text = in_full(value)
        exactly = "exactly " if name != "h" and float(value) in (0.0, 1.0) else ""
        rows.append(
            f'<div class="bits-row" data-row="{name}"><span class="bits-name" '
            f'title="{meaning}">{title}</span>'
            f'<span class="bits-value" data-value="{text}">{exactly}{text}</span>'
            f"{cells(value)}</div>"
        )
    return f'<div class="bits" role="group" tabindex="0" aria-label="Bits">{"".join(rows)}</div>'


def delta_cards(neuron: Neuron, fmt: Format) -> str:
    """The forms of δ side by side."""
    return _cards(
        [_card(seen, "δ", seen.form.title, fmt) for seen in neuron.deltas.values()],
        "delta",
    )


def cost_cards(neuron: Neuron, fmt: Format) -> str:
    """The forms of the cost side by side."""
    return _cards(
        [_card(seen, "J", seen.form.display.title, fmt) for seen in neuron.costs.values()],
        "cost",
    )


def _cards(cards: list[str], kind: str) -> str:
    columns = f"--columns:{len(cards)}"
    return f'<div class="forms" data-forms="{kind}" style="{columns}">{"".join(cards)}</div>'


def _card(seen: Seen, letter: str, title: str, fmt: Format) -> str:
    terms = "".join(_term(reading, seen.of) for reading in seen.readings)
    result = number(seen.result, seen.error, seen.of)
    where = escape(f"{seen.form.does}: {seen.form.breaks}") if letter == "δ" else ""
    return (
        f'<section class="form" data-form="{seen.name}" data-verdict="{seen.verdict}" '
        f'style="--form:{seen.form.colour}"><header><b title="{where}">{title}</b>'
        f"{verdict_chip(seen)}</header>"
        f'<p class="result" data-result="{in_full(seen.result)}"><span class="letter">{letter} = '
        f'</span><span class="fit" style="--n:{len(in_full(seen.result))}">{result}</span></p>'
        f'<p class="against">{_against(seen, letter, fmt)}</p>'
        f'<ol tabindex="0" aria-label="{title}, step by step">{terms}</ol></section>'
    )


def verdict_chip(form: Seen) -> str:
    """The verdict in words, with a colour and a shape that say the same."""
    if form.verdict == "lost digits":
        left = int(form.digits)
        words = f"lost digits: {left} of {round(form.of)} left"
    else:
        words = {"right": "✓ right", "dead": "dead: wrong, and silent", "infinite": "infinite",
                 "NaN": "NaN: not a number"}[form.verdict]  # fmt: skip
    kind = form.verdict.replace(" ", "-").lower()
    return f'<span class="verdict {kind}">{words}</span>'


def _against(form: Seen, letter: str, fmt: Format) -> str:
    true = (
        f'true {letter} <span class="true" title="{exact(form.true, 50)}">{exact(form.true)}</span>'
    )
    if form.verdict in ("NaN", "infinite"):
        return true
    off = f"off by {size(form.error.ulps)} ulp, relative {size(form.error.relative)}"
    if form.verdict == "right" and float(form.result) == 0 and form.true != 0:
        off += f": {fmt.name} has nothing between 0 and {in_full(fmt.round(fmt.smallest)[()])}"
    return f"{true}<br>{off}"


def _term(reading: Reading, most: float) -> str:
    true = escape(
        f"without rounding: {exact(reading.true)}; off by {size(reading.error.ulps)} ulp",
        quote=True,
    )
    lost = "digits lost here" if isfinite(float(reading.value)) else "breaks here"
    mark = f'<span class="here">{lost}</span>' if reading.loses else ""
    return (
        f'<li data-term="{reading.name}" data-value="{in_full(reading.value)}" title="{true}">'
        f'<span class="how"><span>{_written(reading.symbol, reading.written)}</span>{mark}</span>'
        f'<span class="what">{number(reading.value, reading.error, most)}</span>'
        f"{strip(reading.value)}</li>"
    )


@lru_cache(maxsize=256)
def _written(symbol: Formula, written: Formula) -> str:
    """The equation of a term, in pieces between which its line may break."""
    alike = _letters(symbol.text) == _letters(written.text)
    return (written if alike else row(symbol, "=", written)).pieces()


def _letters(text: str) -> str:
    return text.replace(" ", "").replace("×", "")

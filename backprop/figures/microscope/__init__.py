"""The microscope's block: one output neuron drawn as HTML and SVG, painted anew for every h.

Python draws everything; the player (player.js) sends what was dragged, pressed or typed, one
request at a time, and paints the answer. It knows no arithmetic.

    writing     digits, lost digits, bits         cards         the forms of δ and J, term by term
    tables      libraries, lines of NumPy         charts        δ and its error against h
    player.js   the player                        readings.js   beneath the charts
    morph.js    new HTML over old                 shell.js      what the player fills
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from backprop.engine.arithmetic import Format
from backprop.engine.cliffs import Cliff, cliffs, epsilon_cliff
from backprop.engine.derivatives import CLAMPED, OutputDerivative
from backprop.engine.digits import in_full, tidy
from backprop.figures.microscope.cards import bits_table, cost_cards, delta_cards
from backprop.figures.microscope.tables import code_panel, libraries_table
from backprop.microscope import Neuron
from backprop.microscope.bits import next_down, next_up
from backprop.microscope.sweep import place_of

HERE = Path(__file__).parent
SCRIPT, READINGS_SCRIPT = (HERE / name for name in ("player.js", "readings.js"))
STYLE = (HERE / "style.css").read_text("utf-8")

SCALE = (-1000, -300, -100, -30, -10, -3, 0, 3, 10, 30, 100, 300, 1000)

__all__ = ["READINGS_SCRIPT", "SCRIPT", "STYLE", "edges", "marks", "readings", "upper"]


def edges(fmt: Format, epsilon: float, clamp: str) -> list[Cliff]:
    """The cliffs worth a button: those of σ in this format, where two coincide as one, and the
    h at which this ε bites.
    """
    found: list[Cliff] = []
    for cliff in cliffs(fmt):
        if found and cliff.h == found[-1].h:
            before = found.pop()
            both = f"{before.name}, {cliff.name}"
            cliff = Cliff(both, f"{before.words}; {cliff.words}", cliff.h)
        found.append(cliff)
    bite = epsilon_cliff(OutputDerivative(CLAMPED, epsilon, clamp), fmt)
    return [*found, *([] if bite is None else [bite])]


def marks(fmt: Format, epsilon: float, clamp: str) -> dict[str, str]:
    """The buttons of the cliffs, and their ticks over the slider, as HTML."""
    buttons, ticks = [], [_label(h) for h in SCALE]
    for cliff in edges(fmt, epsilon, clamp):
        outwards, inwards = (next_up, next_down) if cliff.h > 0 else (next_down, next_up)
        places = {"before": inwards(cliff.h), "at": cliff.h, "beyond": outwards(cliff.h)}
        titles = {
            "before": f"The last {fmt.name} number before it: {in_full(places['before'])}",
            "at": f"{cliff.words}: h = {in_full(cliff.h)}",
            "beyond": f"One number further: {in_full(places['beyond'])}",
        }
        labels = {"before": "‹", "at": f"{cliff.name} <small>{_short(float(cliff.h))}</small>",
                  "beyond": "›"}  # fmt: skip
        inner = "".join(
            f'<button type="button" data-go="{float(places[where])!r}" data-where="{where}" '
            f'title="{escape(titles[where])}" aria-label="{escape(titles[where])}">'
            f"{labels[where]}</button>"
            for where in ("before", "at", "beyond")
        )
        buttons.append(f'<span class="cliff" role="group" data-cliff="{cliff.name}">{inner}</span>')
        ticks.append(
            f'<i class="tick" style="--at:{float(place_of(float(cliff.h))):.4f}" '
            f'title="{escape(cliff.name)}"></i>'
        )
    return {"buttons": "".join(buttons), "ticks": "".join(ticks)}


def _label(h: int) -> str:
    kind = " edge-left" if h == SCALE[0] else " edge-right" if h == SCALE[-1] else ""
    minor = " minor" if "3" in str(h) else ""
    text = tidy(str(h))
    return f'<b class="label{kind}{minor}" style="--at:{float(place_of(h)):.4f}">{text}</b>'


def _short(h: float) -> str:
    return tidy(f"{h:.6g}")


def upper(neuron: Neuron, fmt: Format) -> str:
    """What must be seen while h is dragged: the bits, and the forms of δ."""
    return bits_table(neuron) + delta_cards(neuron, fmt)


def readings(neuron: Neuron, fmt: Format, epsilon: float, clamp: str) -> str:
    """What stands beneath the charts: the cost, the libraries, the code."""
    return (
        f'<section class="panel"><h3>The cost J at this h</h3>{cost_cards(neuron, fmt)}</section>'
        f'<div class="pair">{libraries_table(neuron, fmt)}{code_panel(neuron, epsilon, clamp)}'
        "</div>"
    )

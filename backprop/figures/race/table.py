"""How a race ended, as a table, and the links from there to the Live page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from backprop.engine.digits import written
from backprop.engine.training import Recording
from backprop.figures.race.looks import Entrant, Look, looks, swatch

FINITE = "Weights, outputs last finite"
COLUMNS = ("First fault, and its cause", FINITE, "True cost", "Accuracy", "Verdict")
"""What the table says of each runner; on a narrow screen the name stands before each value."""
MEANT = {
    FINITE: "The last update at which all weights, biases and h of the outputs are finite; "
    "a hidden h may have left the format before"
}
"""What a column means, for who points at its name."""


def live(query: str, k: int) -> str:
    """The address of the Live page, seen from another page, with the playhead at update k."""
    return f"./?{query}{'&' if query else ''}update={k}"


def table(entrants: Sequence[Entrant]) -> str:
    """How the race ended, as HTML; each runner links to the Live page, at its first fault."""
    looked = zip(entrants, looks([entrant.runner for entrant in entrants]), strict=True)
    columns = "".join(_head(name) for name in ("Runner", *COLUMNS))
    rows = "".join(_row(entrant, look) for entrant, look in looked)
    return (
        f'<table class="verdicts"><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>'
        f"{_where_epsilon_stands(entrants)}"
    )


def _head(name: str) -> str:
    meant = f' title="{MEANT[name]}"' if name in MEANT else ""
    return f'<th scope="col"{meant}>{name}</th>'


def _where_epsilon_stands(entrants: Sequence[Entrant]) -> str:
    """What w is, where the name of a runner has it."""
    variants = [entrant.runner.derivative.form.variant for entrant in entrants]
    if not any(variant is not None and variant.names_w for variant in variants):
        return ""
    return '<p class="of-verdicts">w is z (1 − z), the denominator of ∂J/∂z = (z − y) / w.</p>'


def _row(entrant: Entrant, look: Look) -> str:
    recording, summary, verdict = entrant.recording, entrant.summary, entrant.verdict
    fault = recording.first_fault
    k = recording.updates if fault is None else fault.update
    last = "none" if verdict.last_finite is None else f"update {verdict.last_finite}"
    accuracy = f"{summary.right[-1]} of {summary.samples}"
    cost = _cost(float(summary.true_cost[-1]))
    words = escape(verdict.text)
    cells = zip(COLUMNS, (_fault(recording), last, cost, accuracy, words), strict=True)
    return (
        f'<tr><th scope="row">{swatch(look)} <a href="{escape(live(entrant.query, k))}" '
        f'target="_self" title="Open the Live page at update {k}">{escape(look.label)}</a></th>'
        + "".join(f'<td data-column="{column}">{cell}</td>' for column, cell in cells)
        + "</tr>"
    )


def _fault(recording: Recording) -> str:
    fault, shown = recording.first_fault, recording.first_cost_fault
    if fault is not None:
        where = f"update {fault.update}, layer {fault.layer}"
        where += "" if fault.sample is None else f", sample {fault.sample + 1}"
        return f"<b>{where}</b>: {escape(fault.cause)}"
    if shown is not None:
        return f"none, but the cost shown at update {shown.update}: {escape(shown.cause)}"
    return "none"


def _cost(value: float) -> str:
    text = written(value)
    return text if np.isfinite(value) else f'<b class="bad">{text}</b>'

"""What common libraries do at this h, and the lines of NumPy that give the number shown."""

from __future__ import annotations

from html import escape
from math import log10
from typing import Any

from backprop.drawing.palette import DERIVATIVE_TITLES
from backprop.engine import exact as exactly
from backprop.engine.arithmetic import Format, format_of
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.digits import in_full
from backprop.engine.truth import error_of
from backprop.figures.microscope.writing import exact, number
from backprop.microscope import Neuron, judge
from backprop.microscope.libraries import LIBRARIES, outcomes
from backprop.programs.numpy_code import neuron_code


def libraries_table(neuron: Neuron, fmt: Format) -> str:
    """Each library's δ and cost at this h and y: value and verdict, the formulas beneath."""
    working = fmt if fmt.accumulator is None else format_of(fmt.accumulator)
    h, y = (working.round(float(x)) for x in (neuron.h, neuron.y))
    results = outcomes(h.reshape(1), y.reshape(1))
    place = float(h), float(y)
    true_delta, true_cost = exactly.delta(*place), exactly.cost(*place)
    most = working.precision * log10(2)
    rows = []
    for name, (delta, cost) in results.items():
        library = LIBRARIES[name]
        note = f'<div class="note">{escape(library.note)}</div>' if library.note else ""
        paid = (
            _outcome(cost[0], true_cost, most, False, library.cost)
            if cost is not None
            else '<td class="none">–</td>'
        )
        rows.append(
            f'<tr data-library="{escape(name)}"><th scope="row">{escape(name)}{note}</th>'
            f"{_outcome(delta[0], true_delta, most, True, library.delta)}{paid}</tr>"
        )
    narrow = (
        f" In {fmt.name} their kernels round at places of their own; here they run in float32."
        if working is not fmt
        else ""
    )
    return (
        f'<section class="panel"><h3>What libraries do at this h, in {working.name}</h3>'
        f"<p>Their formulas, run here line by line; the libraries are not called.{narrow}</p>"
        '<div class="scroll" role="group" tabindex="0" aria-label="Libraries">'
        '<table class="libraries"><thead><tr><th>Library</th>'
        f"<th>δ <small>true {exact(true_delta, 8)}</small></th>"
        f"<th>cost <small>true {exact(true_cost, 8)}</small></th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div></section>"
    )


def _outcome(value: Any, true: Any, most: float, is_delta: bool, formula: str) -> str:
    error = error_of(value, true)
    verdict = judge(float(value), float(true), error, is_delta)
    kind = verdict.replace(" ", "-").lower()
    words = "✓ right" if verdict == "right" else verdict
    return (
        f'<td data-value="{in_full(value)}"><span class="what">{number(value, error, most)}</span> '
        f'<span class="verdict {kind}">{words}</span>'
        f'<div class="formula">{escape(formula)}</div></td>'
    )


def code_panel(neuron: Neuron, epsilon: float, clamp: str) -> str:
    """The lines of NumPy of each form; the player shows one of them and copies it."""
    tabs, cells = [], []
    for name in neuron.deltas:
        code = neuron_code(OutputDerivative(name, epsilon, clamp), neuron.h, neuron.y)
        result = in_full(neuron.deltas[name].result)
        tabs.append(f'<button type="button" data-code="{name}">{DERIVATIVE_TITLES[name]}</button>')
        cells.append(
            f'<pre data-code-of="{name}" tabindex="0"><code>{escape(code)}</code>'
            f'<span class="gives">delta is {result}</span></pre>'
        )
    return (
        '<section class="panel code"><h3>The same in NumPy</h3><div class="tabs">'
        f"{''.join(tabs)}"
        '<button type="button" class="copy" data-copy>Copy</button></div>'
        f"{''.join(cells)}</section>"
    )

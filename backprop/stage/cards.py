"""What the cards beneath the stage say, as HTML: the fault in words and numbers, or its absence."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from backprop.drawing.palette import DERIVATIVE_COLOURS, DERIVATIVE_TITLES
from backprop.engine.digits import written
from backprop.engine.faults import Fault
from backprop.engine.formula import subscript
from backprop.engine.training import Recording
from backprop.faults.spread import spread
from backprop.racing.verdicts import verdict
from backprop.stage.protocol import LETTERS

_SPREADS = ("h", "z", "delta", "dW")


def fault_card(recording: Recording) -> str:
    """The first fault of a recording in words and numbers; empty if there is none."""
    fault = recording.first_fault
    if fault is None:
        return ""
    where = [f"update {fault.update}", f"layer {fault.layer}"]
    if fault.unit is not None and recording.start.sizes[fault.layer] > 1:
        where.append(f"unit {fault.unit + 1}")
    if fault.sample is not None:
        target = "" if fault.y is None else f" (y = {written(fault.y)})"
        where.append(f"sample {fault.sample + 1}{target}")
    lines = [f"<p><b>First non-finite value: {', '.join(where)}.</b> {_why(fault, recording)}</p>"]
    if fault.because:
        steps = "".join(f"<span>{_marked(text)}</span>" for text in fault.because)
        lines.append(f'<p class="steps">{steps}</p>')
    if fault.others:
        lines.append(_others(fault))
    elif fault.true_value is not None:
        lines.append(f"<p>The true value is <b>{fault.true_value:.6g}</b>.</p>")
    return "".join(lines)


def spread_text(recording: Recording) -> str:
    """How the first fault spreads within its update, in one sentence; empty if there is none."""
    held = [
        f"{LETTERS.get(o.quantity, o.quantity)}{subscript(o.layer)} {o.count} of {o.bad.size}"
        for o in spread(recording, updates=1)
        if o.quantity in _SPREADS
    ]
    return "From here it spreads: " + " → ".join(held) + "." if len(held) > 1 else ""


def _why(fault: Fault, recording: Recording) -> str:
    fmt = recording.start.format
    if fault.z in (0.0, 1.0) and fault.h is not None and fault.y is not None:
        h, z = written(round(fault.h, 3)), written(fault.z)
        edge = (
            f"{fmt.name} has no number between 1 − 2<sup>−{fmt.precision}</sup> and 1"
            if fault.z == 1
            else f"e<sup>−h</sup> is beyond {fmt.name}, or σ(h) below its smallest number"
        )
        verdict = ""
        if fault.y in (0.0, 1.0):
            verdict = (
                " The network is <b>right</b>, and still:"
                if fault.y == fault.z
                else " The network is confidently <b>wrong</b>:"
            )
        return f"h = {h}, and {edge}, so z = σ(h) became exactly {z}.{verdict}"
    return escape(fault.cause[0].upper() + fault.cause[1:]) + "."


def _others(fault: Fault) -> str:
    chips = []
    for name, delta in fault.others.items():
        chips.append(
            f'<span class="chip"><i style="background:{DERIVATIVE_COLOURS[name]}"></i>'
            f"{DERIVATIVE_TITLES[name]} {_marked(written(delta))}</span>"
        )
    true = fault.true_value
    truth = "" if true is None else f'<span class="chip true">true δ = {written(true, 6)}</span>'
    return f'<p class="others">δ at this h and y: {truth}{"".join(chips)}</p>'


def _marked(text: str) -> str:
    shown = escape(text)
    for bad in ("NaN", "−∞", "∞"):
        if bad in shown:
            shown = shown.replace(bad, f"\0{bad.replace('∞', chr(1))}\2")
    return shown.replace("\0", "<em>").replace("\2", "</em>").replace("\1", "∞")


def quiet_card(recordings: Mapping[str, Recording], current: str) -> str:
    """What to say while nothing is wrong (yet): what lies ahead, or how the others fare."""
    fault = recordings[current].first_fault
    title = DERIVATIVE_TITLES[current]
    if fault is not None:
        return (
            f"<p><b>Nothing non-finite yet.</b> {title} meets its first non-finite value at update "
            f"{fault.update}. Press <kbd>N</kbd> to jump there.</p>"
        )
    recording = recordings[current]
    updates = f"{recording.updates} update{'s' * (recording.updates != 1)}"
    words = _marked(verdict(recording).brief)
    return f"<p><b>{title}, after {updates}.</b> {words}{_beside(recordings, current)}</p>"


def _beside(recordings: Mapping[str, Recording], current: str) -> str:
    """What else of the run is not finite, and how the others fare from the same start."""
    recording, said = recordings[current], ""
    cost = recording.first_cost_fault
    if cost is not None:
        shown = _marked(written(recording.cost[cost.update]))
        said += (
            f" At update {cost.update} the cost as this form displays it is {shown}; only the cost "
            "is, and no update uses it."
        )
    others = [
        f"{DERIVATIVE_TITLES[name]} meets its first NaN or ∞ at update {found.update}"
        for name, other in recordings.items()
        if (found := other.first_fault) is not None
    ]
    best = recording.derivative.form.cost.best
    if best in recordings and current != best and verdict(recordings[best]).kind == "learned":
        end = written(recordings[best].true_cost[-1], 3)
        others.append(f"{DERIVATIVE_TITLES[best]} learns all, to a cost of {end}")
    return f"{said} From the same start {'; '.join(others)}." if others else said

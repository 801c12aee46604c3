"""The card of a fault as HTML, in words and numbers, for what is printed.

The page says the same of what it has trained itself (`player/telling.js`), from the same words.
"""

from __future__ import annotations

import re
from html import escape

from backprop.drawing.palette import DERIVATIVE_COLOURS, DERIVATIVE_TITLES
from backprop.engine import exact
from backprop.engine.arithmetic import Format
from backprop.engine.digits import written
from backprop.engine.faults import Fault
from backprop.engine.faults.words import fill, of_format
from backprop.engine.training import Recording
from backprop.stage.wording import CARD, zero_edge


def fault_card(recording: Recording) -> str:
    """The first fault of a recording in words and numbers; empty if there is none."""
    fault, fmt = recording.first_fault, recording.start.format
    if fault is None:
        return ""
    has_units = fault.unit is not None and recording.start.sizes[fault.layer] > 1
    return fill(CARD["card"], {
        "update": str(fault.update),
        "layer": str(fault.layer),
        "unit": str(fault.unit + 1) if has_units and fault.unit is not None else None,
        "sample": None if fault.sample is None else str(fault.sample + 1),
        "y": None if fault.y is None else _number(fault.y, fmt),
        "why": _why(fault, recording),
        "because": "".join(fill(CARD["because"], {"step": _marked(s)}) for s in fault.because),
        "others": _others(fault, recording) if fault.others else None,
    })  # fmt: skip


def _why(fault: Fault, recording: Recording) -> str:
    if fault.z not in (0.0, 1.0) or fault.h is None:
        cause = fault.cause[0].upper() if fault.cause.startswith(("the ", "a ")) else fault.cause[0]
        return f"{_marked(cause + fault.cause[1:])}."
    verdict = ""
    if fault.y in (0.0, 1.0):
        verdict = CARD["right" if fault.y == fault.z else "wrong"]
    fmt, form = recording.start.format, recording.derivative.form
    edge = "one" if fault.z == 1 else zero_edge(form)
    return fill(CARD[edge], of_format(fmt) | {"h": _number(fault.h, fmt), "verdict": verdict})


def _others(fault: Fault, recording: Recording) -> str:
    fmt = recording.start.format
    true = written(fault.true_value, 6)
    if fault.true_value == 0 and fault.h is not None and fault.y is not None:
        true = written(exact.delta(fault.h, fault.y, recording.derivative.cost))  # under any double
    chips = [fill(CARD["true"], {"delta": true})]
    for name, delta in fault.others.items():
        look = {"colour": DERIVATIVE_COLOURS[name], "title": DERIVATIVE_TITLES[name]}
        chips.append(fill(CARD["delta"], look | {"delta": _marked(_number(delta, fmt))}))
    return "".join(chips)


def _number(value: float, fmt: Format) -> str:
    """A number of a format, as a sentence has it."""
    return written(fmt.round(value)[()])


def _marked(text: str) -> str:
    return re.sub("NaN|−∞|∞", r"<em>\g<0></em>", escape(text))

"""One table of everything that a link can say: how it is read and written, and what is allowed.

Each field of `scenario.Scenario` has its entry in `FIELDS`. What a link may say of a place in the
network counts from 0 where it names a unit or a source, and from 1 where it names a layer.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import FORMATS
from backprop.engine.derivatives import CLAMPS, EVERY
from backprop.engine.digits import number_of, shortest
from backprop.engine.forms import COSTS
from backprop.engine.runners import MOST_RUNNERS, Runner, parse_runner
from backprop.scenario.datasets import DATASETS, Dataset
from backprop.scenario.kept import recall
from backprop.scenario.linked import Row, parse_numbers, write_numbers
from backprop.scenario.scaling import SCALINGS
from backprop.scenario.tables import MOST_SAMPLES

OWN = "own"
MOST_LAYERS = 6
MOST_UNITS = 16

APART = "it is too large for a link; open the scenario’s file instead"
"""What to do where a link names something that is kept no longer."""

PLAYHEAD = ("update", "operation", "selection")
"""The fields that the player writes into the address by itself, while it plays."""

Edit = tuple[int, Row]


@dataclass(frozen=True)
class Field:
    """A parameter of a link: how its text is read and written, and what is allowed.

    `parse` raises ValueError, whose message is what is `required`. `low` and `high` bound a number,
    `options` are the choices. Widgets take their limits from here. A page without Python reads the
    same texts by `kind`, and by `pattern` where there is one (export/words.js).
    """

    parse: Callable[[str], Any]
    write: Callable[[Any], str] = str
    low: float | None = None
    high: float | None = None
    options: tuple[str, ...] = ()
    kind: str = ""
    required: str = ""
    pattern: str = ""


def _real(low: float, high: float, required: str = "") -> Field:
    required = required or f"a number from {low:g} to {high:g}"

    def parse(text: str) -> float:
        try:
            value = number_of(text)
        except ValueError:
            raise ValueError(required) from None
        if not low <= value <= high:
            raise ValueError(required)
        return value

    return Field(parse, shortest, low, high, kind="real", required=required)


def _whole(low: int, high: int) -> Field:
    required = f"a whole number from {low} to {high}"

    def parse(text: str) -> int:
        if not (text.isascii() and text.removeprefix("-").isdigit() and len(text) < 12):
            raise ValueError(required)
        if not low <= int(text) <= high:
            raise ValueError(required)
        return int(text)

    return Field(parse, str, low, high, kind="whole", required=required)


def _choice(*options: str) -> Field:
    required = f"one of {', '.join(options)}"

    def parse(text: str) -> str:
        if text not in options:
            raise ValueError(required)
        return text

    return Field(parse, str, options=options, kind="choice", required=required)


def _parse_units(text: str) -> tuple[int, ...]:
    required = f"up to {MOST_LAYERS} numbers from 1 to {MOST_UNITS} such as 4-4, or 0 for none"
    if text == "0":
        return ()
    parts = text.split("-")
    if len(parts) > MOST_LAYERS or not all(
        p.isascii() and p.isdigit() and len(p) < 3 for p in parts
    ):
        raise ValueError(required)
    units = tuple(int(p) for p in parts)
    if not all(1 <= n <= MOST_UNITS for n in units):
        raise ValueError(required)
    return units


def _parse_table(text: str) -> Dataset | None:
    """The table with that digest, if this server still has it."""
    table = recall(text) if text else None
    if text and not isinstance(table, Dataset):
        raise ValueError(f"data that this server still keeps ({APART})")
    return table if isinstance(table, Dataset) else None


def _unfolded(text: str) -> str:
    """The text itself, or that which is kept under the digest behind @."""
    if not text.startswith("@"):
        return text
    kept = recall(text[1:])
    if not isinstance(kept, str):
        raise ValueError(f"what this server still keeps ({APART})")
    return kept


_EDITS = "edited samples such as 2:0.5_-1_1 (number, inputs, targets)"


def _parse_edits(text: str) -> tuple[Edit, ...]:
    edits = {}
    text = _unfolded(text)
    try:
        for part in text.split("~") if text else ():
            index, values = part.split(":")
            row = parse_numbers(values)
            if not (index.isascii() and index.isdigit() and len(index) < 5 and 0 <= row[-1] <= 1):
                raise ValueError
            edits[int(index)] = row
    except ValueError:
        raise ValueError(_EDITS) from None
    return tuple(sorted(edits.items()))


_PARAMETER = re.compile(r"(W[1-7]\.\d{1,2}|b[1-7])\.\d{1,2}", re.ASCII)


_WEIGHTS = "edited weights and biases such as W1.0.2:0.25~b1.0:-3 (places count from 0)"


def _parse_weights(text: str) -> tuple[tuple[str, float], ...]:
    edits = {}
    text = _unfolded(text)
    try:
        for part in text.split("~") if text else ():
            name, value = part.split(":")
            (number,) = parse_numbers(value)
            if not _PARAMETER.fullmatch(name):
                raise ValueError
            edits[name] = number
    except ValueError:
        raise ValueError(_WEIGHTS) from None
    return tuple(sorted(edits.items()))


def _pattern(expression: str, required: str) -> Field:
    compiled = re.compile(expression, re.ASCII)

    def parse(text: str) -> str:
        if not compiled.fullmatch(text):
            raise ValueError(required)
        return text

    return Field(parse, kind="text", required=required, pattern=expression)


def _parse_race(text: str) -> tuple[Runner, ...]:
    example = "naive~clamped:clip:1e-7~fused@float16"
    required = f"up to {MOST_RUNNERS} different runners such as {example}"
    try:
        runners = tuple(parse_runner(part) for part in text.split("~")) if text else ()
    except ValueError:
        raise ValueError(required) from None
    if len(runners) > MOST_RUNNERS or len(set(runners)) < len(runners):
        raise ValueError(required)
    return runners


def fitting_edits(edits: tuple[Edit, ...], data: Dataset) -> tuple[tuple[Edit, ...], str]:
    """The edits that fit `data`, and what is required of those that do not ("" if all do)."""
    samples, inputs, outputs = len(data.X), data.X.shape[1], data.y.shape[1]
    fit = tuple(
        (index, row)
        for index, row in edits
        if index < samples
        and len(row) == inputs + outputs
        and all(0 <= y <= 1 for y in row[inputs:])
    )
    if fit == edits:
        return edits, ""
    return fit, (
        f"a sample from 0 to {samples - 1} with {inputs + outputs} numbers (its {inputs} inputs, "
        "then targets from 0 to 1)"
    )


def _write_edits(edits: tuple[Edit, ...]) -> str:
    return "~".join(f"{index}:{write_numbers(row)}" for index, row in edits)


def _write_weights(edits: tuple[tuple[str, float], ...]) -> str:
    return "~".join(f"{name}:{shortest(value)}" for name, value in edits)


_SWITCH = _choice("on", "off")
_STEP = _real(1e-16, 1.0)
_ON_OFF = replace(
    _SWITCH, parse=lambda text: _SWITCH.parse(text) == "on", write=lambda on: "on" if on else "off"
)

FIELDS: dict[str, Field] = {
    "units": Field(_parse_units, lambda u: "-".join(map(str, u)) or "0"),
    "hidden": _choice(*ACTIVATIONS),
    "bias": _ON_OFF,
    "zero_biases": _ON_OFF,
    "scale": _real(0.0, 1000.0),
    "seed": _whole(0, 9999),
    "output_bias": _real(-1000.0, 1000.0),
    "data": _choice(*DATASETS, OWN),
    "table": Field(_parse_table, lambda table: table.digest if table else ""),
    "scaling": _choice(*SCALINGS),
    "edits": Field(_parse_edits, _write_edits, kind="edits", required=_EDITS),
    "weights": Field(
        _parse_weights,
        _write_weights,
        kind="weights",
        required=_WEIGHTS,
        pattern=_PARAMETER.pattern,
    ),
    "sample": _whole(1, MOST_SAMPLES),
    "cost": _choice(*COSTS),
    "derivative": _choice(*EVERY),
    "beside": _pattern(f"|{'|'.join(EVERY)}", f"one of {', '.join(EVERY)}"),
    "clamp": _choice(*CLAMPS),
    "epsilon": _real(5e-324, math.nextafter(0.5, 0), "a number above 0 and below 0.5"),
    "format": _choice(*FORMATS),
    "learning_rate": _real(1e-12, 1e12),
    "updates": _whole(1, 2000),
    "update": _whole(0, 2000),
    "operation": _pattern(
        r"|start|update|(h|z|cost|delta|dW)\.[1-7]", "an operation such as start, h.1, delta.2"
    ),
    "selection": _pattern(
        r"|((h|z|y|b|db|delta|cost)\.\d\.\d{1,2}|d?W\.\d\.\d{1,2}\.\d{1,2})",
        "a place such as delta.2.0 or W.1.0.2 (layer, unit, source)",
    ),
    "projector": _ON_OFF,
    "step": replace(
        _STEP,
        parse=lambda text: _STEP.parse(text) if text else None,
        write=lambda step: "" if step is None else shortest(step),
    ),
    "checked": _whole(0, 2000),
    "layer": _whole(1, MOST_LAYERS + 1),
    "factor": _whole(1, 2 * MOST_LAYERS + 3),
    "start": _real(1.0, 7.0),
    "lesson": _pattern(r"[a-z0-9-]{0,40}", "the name of a lesson such as wrong-label"),
    "race": Field(_parse_race, lambda runners: "~".join(runner.text for runner in runners)),
    "h": _real(-1000.0, 1000.0),
    "y": _real(0.0, 1.0),
}

CELLS = {
    "input": _real(-sys.float_info.max, sys.float_info.max, "a number"),
    "target": _real(0.0, 1.0),
}
"""What a cell of a sample can hold."""

"""Everything a page or a link can ask for: one table of fields, their defaults and their limits.

A `Scenario` says which network, which data, which arithmetic. It is immutable, comparable and
hashable, so it is the key of every cache, and it writes itself as a query string in which only
what differs from the default appears. Validity lives here alone: widgets take their limits from
`FIELDS`, links are read by `from_query`, which never raises but says what it refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from backprop.arithmetic import FORMATS, Array
from backprop.datasets import DATASETS, Dataset, from_table, load
from backprop.derivatives import CLAMPS, COSTS, DERIVATIVES, QUADRATIC, OutputDerivative
from backprop.network import Network
from backprop.racing.runners import MOST_RUNNERS, Runner, parse_runner
from backprop.sigmoid import ACTIVATIONS
from backprop.training import Recording, race

OWN = "own"
MOST_LAYERS = 6
MOST_UNITS = 16
MOST_LINKED_POINTS = 64

PLAYHEAD = ("update", "operation", "selection")
"""The fields that the player writes into the address by itself, while it plays."""

Row = tuple[float, ...]
Edit = tuple[int, Row]


@dataclass(frozen=True)
class Field:
    """One thing that a link can say: how it is read, written, and what is allowed.

    `parse` raises ValueError with what was required; `low` and `high` bound numbers, `options`
    name choices. Widgets take their limits from here.
    """

    parse: Callable[[str], Any]
    write: Callable[[Any], str] = str
    low: float | None = None
    high: float | None = None
    options: tuple[str, ...] = ()


def _real(low: float, high: float) -> Field:
    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise ValueError(f"a number from {low:g} to {high:g}") from None
        if not low <= value <= high:  # also refuses NaN
            raise ValueError(f"a number from {low:g} to {high:g}")
        return value

    return Field(parse, _shortest, low, high)


def _whole(low: int, high: int) -> Field:
    def parse(text: str) -> int:
        if not (text.isascii() and text.removeprefix("-").isdigit() and len(text) < 12):
            raise ValueError(f"a whole number from {low} to {high}")
        if not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return Field(parse, str, low, high)


def _choice(*options: str) -> Field:
    def parse(text: str) -> str:
        if text not in options:
            raise ValueError(f"one of {', '.join(options)}")
        return text

    return Field(parse, str, options=options)


def _shortest(value: float) -> str:
    text = repr(float(value))
    return text.removesuffix(".0").replace("e-0", "e-").replace("e+", "e")


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


def _parse_numbers(text: str) -> Row:
    values = tuple(float(part) for part in text.split("_"))
    if not all(math.isfinite(v) and abs(v) <= 1e6 for v in values):
        raise ValueError
    return values


def _parse_rows(text: str) -> tuple[Row, ...]:
    required = f"1 to {MOST_LINKED_POINTS} points such as 0.5_-1_1~2_0_0 (inputs, then the target)"
    try:
        rows = tuple(_parse_numbers(part) for part in text.split("~")) if text else ()
        if len(rows) > MOST_LINKED_POINTS:
            raise ValueError
        if rows:
            from_table([list(row) for row in rows])
    except ValueError:
        raise ValueError(required) from None
    return rows


def _parse_edits(text: str) -> tuple[Edit, ...]:
    required = "edited samples such as 2:0.5_-1_1 (number, inputs, target)"
    edits = {}
    try:
        for part in text.split("~") if text else ():
            index, values = part.split(":")
            row = _parse_numbers(values)
            if not (index.isascii() and index.isdigit() and len(index) < 5 and 0 <= row[-1] <= 1):
                raise ValueError
            edits[int(index)] = row
    except ValueError:
        raise ValueError(required) from None
    return tuple(sorted(edits.items()))


_PARAMETER = re.compile(r"(W[1-7]\.\d{1,2}|b[1-7])\.\d{1,2}", re.ASCII)


def _parse_weights(text: str) -> tuple[tuple[str, float], ...]:
    required = "edited weights and biases such as W1.0.2:0.25~b1.0:-3 (places count from 0)"
    edits = {}
    try:
        for part in text.split("~") if text else ():
            name, value = part.split(":")
            (number,) = _parse_numbers(value)
            if not _PARAMETER.fullmatch(name):
                raise ValueError
            edits[name] = number
    except ValueError:
        raise ValueError(required) from None
    return tuple(sorted(edits.items()))


def _pattern(expression: str, required: str) -> Field:
    compiled = re.compile(expression, re.ASCII)

    def parse(text: str) -> str:
        if not compiled.fullmatch(text):
            raise ValueError(required)
        return text

    return Field(parse)


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


def _write_numbers(row: Row) -> str:
    return "_".join(_shortest(v) for v in row)


def _write_rows(rows: tuple[Row, ...]) -> str:
    return "~".join(_write_numbers(row) for row in rows)


def _write_edits(edits: tuple[Edit, ...]) -> str:
    return "~".join(f"{index}:{_write_numbers(row)}" for index, row in edits)


def _write_weights(edits: tuple[tuple[str, float], ...]) -> str:
    return "~".join(f"{name}:{_shortest(value)}" for name, value in edits)


_ON_OFF = Field(
    lambda text: _choice("on", "off").parse(text) == "on", lambda on: "on" if on else "off"
)

FIELDS: dict[str, Field] = {
    "units": Field(_parse_units, lambda u: "-".join(map(str, u)) or "0"),
    "hidden": _choice(*ACTIVATIONS),
    "bias": _ON_OFF,
    "scale": _real(0.0, 10.0),
    "seed": _whole(0, 9999),
    "output_bias": _real(-1000.0, 1000.0),
    "data": _choice(*DATASETS, OWN),
    "rows": Field(_parse_rows, _write_rows),
    "edits": Field(_parse_edits, _write_edits),
    "weights": Field(_parse_weights, _write_weights),
    "sample": _whole(1, 1000),
    "cost": _choice(*COSTS),
    "derivative": _choice(*DERIVATIVES),
    "clamp": _choice(*CLAMPS),
    "epsilon": _real(1e-300, 0.4),
    "format": _choice(*FORMATS),
    "learning_rate": _real(1e-4, 1e4),
    "updates": _whole(10, 2000),
    "update": _whole(0, 2000),
    "operation": _pattern(
        r"|start|update|(h|z|cost|delta|dW)\.[1-7]", "an operation such as start, h.1, delta.2"
    ),
    "selection": _pattern(
        r"|((h|z|y|b|db|delta|cost)\.\d\.\d{1,2}|d?W\.\d\.\d{1,2}\.\d{1,2})",
        "a place such as delta.2.0 or W.1.0.2 (layer, unit, source)",
    ),
    "projector": _ON_OFF,
    "step": _real(1e-16, 1.0),
    "checked": _whole(0, 2000),
    "layer": _whole(1, MOST_LAYERS + 1),
    "factor": _whole(1, 2 * MOST_LAYERS + 3),
    "start": _real(1.0, 7.0),
    "lesson": _pattern(r"[a-z0-9-]{0,40}", "the name of a lesson such as wrong-label"),
    "race": Field(_parse_race, lambda runners: "~".join(runner.text for runner in runners)),
    "h": _real(-1000.0, 1000.0),
    "y": _real(0.0, 1.0),
}


@dataclass(frozen=True)
class Problem:
    """A part of a link that was refused: its name, what was required and what was got."""

    name: str
    got: str
    required: str

    def __str__(self) -> str:
        got = self.got if len(self.got) <= 40 else self.got[:40] + "…"
        return f"{self.name}: {self.required} is required, got “{got}”."


@dataclass(frozen=True)
class Scenario:
    """What a page shows: network, data, arithmetic, and the place at which one looks.

    `units` are those of the hidden layers. `output_bias` is added to the output's initial biases.
    `rows` are the user's own points (inputs, then the target), used where `data` is "own";
    `edits` replace single samples of whichever data is shown, `weights` single weights and biases
    of the start (W1.0.2 is W₁ of unit 0 from source 2). `sample` counts from 1. `update`,
    `operation` and `selection` are the playhead and what is looked at; no operation means the
    whole pass, but at update 0 its very start. `checked` is the update of the pages that stand
    still, Check and Chain rule; `step` that of the central differences on the Check page. `layer`,
    `factor` and `start` are of the Chain rule page: whose chain is shown, how many of its factors
    are multiplied, and the h at which its slow neuron starts. `race` are the runners of the Race
    page; none for those of the scenario itself. `h` and `y` are the single output under the
    microscope.

    The defaults are a network that learns exclusive or in 30 updates with the fused derivative,
    turns to NaN at update 5 with the naive one, on a sample that is right, and never learns with
    the ε-clamped one.
    """

    units: tuple[int, ...] = (4, 4)
    hidden: str = "sigmoid"
    bias: bool = True
    scale: float = 3.0
    seed: int = 3102
    output_bias: float = 0.0
    data: str = "xor"
    rows: tuple[Row, ...] = ()
    edits: tuple[Edit, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    sample: int = 3
    cost: str = "bce"
    derivative: str = "fused"
    clamp: str = "denominator"
    epsilon: float = 1e-7
    format: str = "float64"
    learning_rate: float = 30.0
    updates: int = 120
    update: int = 0
    operation: str = ""
    selection: str = ""
    projector: bool = False
    step: float = 5e-6
    checked: int = 0
    layer: int = 2
    factor: int = 1
    start: float = 5.0
    race: tuple[Runner, ...] = ()
    h: float = 40.0
    y: float = 0.0
    lesson: str = ""

    def dataset(self) -> Dataset:
        """The samples, edits applied. Own data without any point is the default data."""
        base = self._base()
        X, y = base.X.copy(), base.y.copy()
        for index, row in self.edits:
            if index < len(X) and len(row) == X.shape[1] + y.shape[1]:
                X[index], y[index] = row[: X.shape[1]], row[X.shape[1] :]
        return replace(base, X=X, y=y)

    def reach(self) -> tuple[float, ...]:
        """How far from 0 each input can be moved, by its slider or on the stage."""
        return tuple(max(3.0, 1.5 * float(abs(x).max())) for x in self._base().X.T)

    def _base(self) -> Dataset:
        if self.data == OWN and self.rows:
            return from_table([list(row) for row in self.rows])
        return load(self.data if self.data != OWN else Scenario.data)

    def network(self) -> Network:
        """The network before the first update, rounded once, to the scenario's format."""
        data = self.dataset()
        sizes = [data.X.shape[1], *self.units, data.y.shape[1]]
        net = Network.random(sizes, self.hidden, self.scale, self.bias, self.seed)
        weights = [W.copy() for W in net.weights]
        biases = [b.copy() for b in net.biases or ()]
        if biases:
            biases[-1] += self.output_bias
        for name, value in self.weights:
            layer, *place = name[1:].split(".")
            arrays, at = weights if name[0] == "W" else biases, tuple(map(int, place))
            if int(layer) <= len(arrays) and _has(arrays[int(layer) - 1], at):
                arrays[int(layer) - 1][at] = value
        started = replace(net, weights=weights, biases=biases if net.biases else None)
        return started.astype(self.format)

    def runner(self, name: str) -> OutputDerivative:
        """The output derivative `name` with this scenario's ε and clamp.

        With the quadratic cost there is only its own, whatever the name.
        """
        chosen = QUADRATIC if self.cost == QUADRATIC else name
        return OutputDerivative(chosen, self.epsilon, self.clamp)

    def racers(self) -> tuple[Runner, ...]:
        """Who takes part in the race: `race`, or else the scenario's derivatives in its format."""
        return self.race or tuple(Runner(derivative, self.format) for derivative in self.runners())

    @property
    def running(self) -> str:
        """The name of the derivative that computes: among recordings, the one that is shown."""
        return self.runner(self.derivative).name

    def runners(self) -> list[OutputDerivative]:
        """Every derivative of this scenario's cost, with its ε and clamp."""
        names = DERIVATIVES if self.cost == "bce" else (QUADRATIC,)
        return [self.runner(name) for name in names]

    def track(self) -> Scenario:
        """The same scenario less what its racers say themselves, in float64."""
        own = ("cost", "clamp", "epsilon", "format")
        return replace(self.training(), **{name: getattr(Scenario, name) for name in own})

    def recordings(self) -> dict[str, Recording]:
        """Every derivative of this scenario's cost from the same start, recorded, by name."""
        data = self.dataset()
        return race(
            self.network(), data.X, data.y, self.runners(),
            updates=self.updates, learning_rate=self.learning_rate,
        )  # fmt: skip

    def training(self) -> Scenario:
        """The same scenario less what only chooses among what was computed."""
        return Scenario(**{name: getattr(self, name) for name in _COMPUTES})

    def query(self) -> dict[str, str]:
        """What differs from the default, as parameters of a link."""
        return {
            field.name: FIELDS[field.name].write(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }


_COMPUTES = (
    "units", "hidden", "bias", "scale", "seed", "output_bias", "data", "rows", "edits", "weights",
    "cost", "clamp", "epsilon", "format", "learning_rate", "updates",
)  # fmt: skip
"""The fields that change a recording."""


def _has(array: Array, place: tuple[int, ...]) -> bool:
    return all(at < size for at, size in zip(place, array.shape, strict=True))


def from_query(parameters: Mapping[str, str]) -> tuple[Scenario, list[Problem]]:
    """The scenario of a link, with defaults in place of what was refused, and the refusals."""
    accepted: dict[str, Any] = {}
    problems = []
    for name, text in parameters.items():
        if name not in FIELDS:
            problems.append(Problem(name[:40], text, "a parameter that this app knows"))
            continue
        try:
            accepted[name] = FIELDS[name].parse(text)
        except ValueError as error:
            problems.append(Problem(name, text, str(error)))
    scenario = Scenario(**accepted)
    samples = len(scenario.dataset().X)
    if scenario.sample > samples:
        if "sample" in accepted:
            required = f"a number from 1 to {samples}"
            problems.append(Problem("sample", str(scenario.sample), required))
        scenario = replace(scenario, sample=min(Scenario.sample, samples))
    for name in ("update", "checked"):
        at = getattr(scenario, name)
        if at > scenario.updates:
            required = f"a number from 0 to {scenario.updates}, the number of updates"
            problems.append(Problem(name, str(at), required))
            scenario = replace(scenario, **{name: getattr(Scenario, name)})
    L = len(scenario.units) + 1
    for name, most in (("layer", L), ("factor", 2 * (L - min(scenario.layer, L)) + 3)):
        asked, usual = getattr(scenario, name), getattr(Scenario, name)
        if asked > most and asked != usual:
            problems.append(Problem(name, str(asked), f"a number from 1 to {most}"))
            scenario = replace(scenario, **{name: usual})
    for name in ("operation", "selection"):
        place = getattr(scenario, name).split(".")
        if len(place) > 1 and int(place[1]) > L:
            required = f"a place in this network of {L} layers"
            problems.append(Problem(name, getattr(scenario, name), required))
            scenario = replace(scenario, **{name: getattr(Scenario, name)})
    return scenario, problems

"""Everything a page or a link can ask for: one table of fields, their defaults and their limits.

A `Scenario` says which network, which data, which arithmetic. It is immutable, comparable and
hashable, so it is the key of every cache, and it writes itself as a query string in which only
what differs from the default appears. Validity lives here alone: widgets take their limits from
`fields.FIELDS`, links are read by `from_query`, which never raises but says what it refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from backprop.arithmetic import Array
from backprop.datasets import Dataset, load
from backprop.derivatives import DERIVATIVES, QUADRATIC, OutputDerivative
from backprop.fields import FIELDS, OWN, Edit, Row
from backprop.network import Network
from backprop.racing.runners import Runner
from backprop.tables import from_table
from backprop.training import Recording, race


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

    def __repr__(self) -> str:
        changed = (f for f in fields(self) if getattr(self, f.name) != f.default)
        return f"Scenario({', '.join(f'{f.name}={getattr(self, f.name)!r}' for f in changed)})"

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
    places = _places(scenario)
    for name in accepted.keys() & places.keys():
        fits, required = places[name]
        if not fits(getattr(scenario, name)):
            problems.append(Problem(name, parameters[name], required))
            del accepted[name]
    return within(Scenario(**accepted)), problems


def within(scenario: Scenario) -> Scenario:
    """The same scenario, with the nearest place for each that it does not have.

    Which places there are depends on other fields: on the data, the depth, the number of updates.
    """
    L = len(scenario.units) + 1
    layer = min(scenario.layer, L)
    changes: dict[str, Any] = {
        "sample": min(scenario.sample, len(scenario.dataset().X)),
        "update": min(scenario.update, scenario.updates),
        "checked": min(scenario.checked, scenario.updates),
        "layer": layer,
        "factor": min(scenario.factor, _factors(L, layer)),
    }
    for name in ("operation", "selection"):
        place = getattr(scenario, name)
        changes[name] = place if _in_network(place, L) else ""
    return replace(scenario, **changes)


def _places(scenario: Scenario) -> dict[str, tuple[Callable[[Any], bool], str]]:
    """For each field that names a place: whether a value is one here, and what is required."""
    L = len(scenario.units) + 1
    samples, updates = len(scenario.dataset().X), scenario.updates
    factors = _factors(L, min(scenario.layer, L))
    in_time = (lambda k: k <= updates), f"a number from 0 to {updates}, the number of updates"
    in_network = (lambda place: _in_network(place, L)), f"a place in this network of {L} layers"
    return {
        "sample": ((lambda n: n <= samples), f"a number from 1 to {samples}"),
        "update": in_time,
        "checked": in_time,
        "layer": ((lambda i: i <= L), f"a number from 1 to {L}"),
        "factor": ((lambda n: n <= factors), f"a number from 1 to {factors}"),
        "operation": in_network,
        "selection": in_network,
    }


def _factors(L: int, layer: int) -> int:
    """How many factors the chain of a layer has."""
    return 2 * (L - layer) + 3


def _in_network(place: str, L: int) -> bool:
    parts = place.split(".")
    return len(parts) == 1 or int(parts[1]) <= L

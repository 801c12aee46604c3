"""The scenario: everything that a page or a link can ask for, with its defaults.

A `Scenario` says which network, which data, which arithmetic, and what is looked at. It is
immutable, comparable and hashable, so it is the key of every cache, and it writes itself as a query
in which only what differs from the default appears. What is valid is decided in `fields.FIELDS`,
from which widgets take their limits, and where it depends on other fields, here. Links are read by
`from_query`, which never raises but says what it refused.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from backprop.engine.derivatives import OutputDerivative, of_cost, sole
from backprop.engine.descent import rate_in
from backprop.engine.network import Network, batch
from backprop.engine.runners import Runner
from backprop.engine.training import Recording, race
from backprop.scenario.datasets import DATASETS, Dataset, load
from backprop.scenario.fields import FIELDS, OWN, Edit, fitting_edits
from backprop.scenario.linked import shortened, write_table
from backprop.scenario.parameters import read_parameters
from backprop.scenario.pasted import edited
from backprop.scenario.places import Place, factors, in_network, places
from backprop.scenario.problem import Problem
from backprop.scenario.scaling import Scaling, reach_of, rescaled, scaling_of

__all__ = ["Problem", "Scenario", "from_query", "within"]


@dataclass(frozen=True)
class Scenario:
    """What a page shows: network, data, arithmetic, and the place at which one looks.

    `units` are the sizes of the hidden layers. `zero_biases` starts all biases at 0, with the
    weights of the same seed; `output_bias` is added to the output's initial biases. `table` is the
    user's own data, used where `data` is "own"; `scaling` is how the inputs of the data are scaled.
    `edits` replace single samples, in scaled units, and `weights` single weights and biases of the
    start (W1.0.2 is W₁ of unit 0 from source 2). `sample` counts from 1.

    `update` and `operation` are the playhead ("" is the whole pass, "start" before its first
    operation), `selection` is the channel whose equation is shown, `beside` the derivative that is
    shown beside the first one, "" for none. `checked` is the update of the Check and Chain rule
    pages, `step` that of the central differences; None is the usual one, which follows the format.
    On the Chain rule page the chain of `layer` is shown with `factor` of its factors multiplied,
    and a slow neuron that starts at h = `start`.
    `race` are the runners of the Race page; without any, those of the scenario take part. `h` and
    `y` are of the single output under the microscope. `lesson` is the id of the lesson that is
    open.

    The defaults are a network that learns exclusive or in 30 updates with the fused derivative,
    turns to NaN at update 5 with the naive one, on a sample that is right, and never learns with
    the ε-clamped one.
    """

    units: tuple[int, ...] = (4, 4)
    hidden: str = "sigmoid"
    bias: bool = True
    zero_biases: bool = False
    scale: float = 3.0
    seed: int = 3102
    output_bias: float = 0.0
    data: str = "xor"
    table: Dataset | None = None
    scaling: str = "none"
    edits: tuple[Edit, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    sample: int = 3
    cost: str = "bce"
    derivative: str = "fused"
    beside: str = ""
    clamp: str = "denominator"
    epsilon: float = 1e-7
    format: str = "float64"
    learning_rate: float = 30.0
    updates: int = 120
    update: int = 0
    operation: str = ""
    selection: str = ""
    projector: bool = False
    step: float | None = None
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
        """The samples, scaled and then edited. Own data without a table is the default data.

        Its `raw` are the inputs before both, its `scaling` says what was done to them.
        """
        base, scaling = self._scaled()
        X, y = base.X.copy(), base.y.copy()
        for index, row in self.edits:
            if index < len(X) and len(row) == X.shape[1] + y.shape[1]:
                X[index], y[index] = row[: X.shape[1]], row[X.shape[1] :]
        X.setflags(write=False)
        y.setflags(write=False)
        return replace(base, X=X, y=y, scaling=scaling, raw=self._base().X)

    def unedited(self) -> Dataset:
        """The samples, scaled, before the edits."""
        return self._scaled()[0]

    def on(self, data: str, table: Dataset | None = None) -> Scenario:
        """The same scenario on another data set, with a learning rate at which that is learned.

        A learning rate that is not the one of the data before was chosen, and stays.
        """
        kept = self.learning_rate != rate_of(self.data)
        return replace(
            self, data=data, table=self.table if table is None else table, edits=(),
            learning_rate=self.learning_rate if kept else rate_of(data),
        )  # fmt: skip

    def reach(self) -> tuple[float, ...]:
        """How far from 0 each input can be moved, by its slider or on the stage."""
        return tuple(map(reach_of, self._scaled()[0].X.T))

    def steps(self) -> tuple[float, ...]:
        """The step of each input's slider: a power of ten, at least 300 of them to its reach."""
        return tuple(10.0 ** math.floor(math.log10(reach / 300)) for reach in self.reach())

    def scaled(self, scaling: str) -> Scenario:
        """The same scenario with another scaling; edited samples stay where they are unscaled."""
        before, after = self._scaled()[1], replace(self, scaling=scaling)._scaled()[1]
        return replace(self, scaling=scaling, edits=tuple(
            (index, rescaled(row, before, after)) for index, row in self.edits
        ))  # fmt: skip

    def _base(self) -> Dataset:
        if self.data == OWN and self.table is not None:
            return self.table
        return load(self.data if self.data != OWN else Scenario.data)

    def _scaled(self) -> tuple[Dataset, Scaling | None]:
        """The samples less the edits, and how they were scaled."""
        base = self._base()
        scaling = scaling_of(self.scaling, base.X)
        return (base if scaling is None else replace(base, X=scaling.scaled(base.X))), scaling

    def network(self) -> Network:
        """The network before the first update, rounded once, to the scenario's format."""
        data = self.dataset()
        sizes = [data.X.shape[1], *self.units, data.y.shape[1]]
        net = Network.random(sizes, self.hidden, self.scale, self.bias, self.seed)
        return edited(net, self.zero_biases, self.output_bias, self.weights).astype(self.format)

    def output_derivative(self, name: str) -> OutputDerivative:
        """The output derivative `name` with this scenario's ε and clamp.

        A cost with a single derivative, as the quadratic one, gives that for every name.
        """
        return OutputDerivative(sole(self.cost) or name, self.epsilon, self.clamp)

    def runners(self) -> tuple[Runner, ...]:
        """The runners of the Race page: `race`, or else the derivatives in this format."""
        return self.race or tuple(Runner(one, self.format) for one in self.derivatives())

    @property
    def running(self) -> str:
        """The name of the derivative that computes: among recordings, the one that is shown."""
        return self.output_derivative(self.derivative).name

    @property
    def shown_operation(self) -> str:
        """The last operation that is there: of the whole pass, as of the first before a step."""
        return self.operation or ("update" if self.update else "dW.1")

    def derivatives(self) -> list[OutputDerivative]:
        """Every derivative of this scenario's cost that is offered, with its ε and clamp."""
        return [self.output_derivative(name) for name in self.offered(self.cost)]

    def offered(self, cost: str = "bce") -> tuple[str, ...]:
        """The derivatives of a cost that suit this scenario's targets, and the chosen one.

        Those for soft labels are among them where a target lies strictly between 0 and 1.
        """
        return of_cost(cost, self.dataset().y, self.derivative)

    def others(self) -> tuple[str, ...]:
        """The derivatives that can be seen beside the shown one."""
        return tuple(name for name in self.offered(self.cost) if name != self.running)

    def track(self) -> Scenario:
        """`training` with cost, clamp, ε and format, which runners say themselves, at defaults."""
        own = ("cost", "clamp", "epsilon", "format")
        return replace(self.training(), **{name: getattr(Scenario, name) for name in own})

    def recordings(self) -> dict[str, Recording]:
        """Every derivative that is offered, from the same start, recorded, by name."""
        data = self.dataset()
        return race(
            self.network(), data.X, data.y, self.derivatives(),
            updates=self.updates, learning_rate=self.learning_rate,
        )  # fmt: skip

    def require_computable(self) -> None:
        """Raises ValueError where data, weights or learning rate do not fit the format.

        As `training.race` does; nothing is trained.
        """
        net, data = self.network(), self.dataset()
        batch(net, data.X, data.y)
        rate_in(self.learning_rate, net.format)

    def training(self) -> Scenario:
        """What decides a recording alone: the same scenario with all other fields at defaults."""
        said = {name: getattr(self, name) for name in _COMPUTES}
        return Scenario(**(said if self.data == OWN else said | {"table": None}))

    def query(self) -> dict[str, str]:
        """What differs from the default, as parameters of a link.

        What is too long for a link is remembered (see `kept`), and the link names it. A
        server that did not write the link does not have it: see `apart`.
        """
        return self._query()[0]

    def apart(self) -> tuple[str, ...]:
        """The parts, in words, that a link only names by a digest; the scenario's file has them."""
        said = {
            "table": f"your own data ({self._base().X.shape[0]:,} samples)",
            "edits": f"{len(self.edits):,} edited samples",
            "weights": f"{len(self.weights):,} edited weights and biases",
        }
        return tuple(said[name] for name in self._query()[1])

    def words(self) -> dict[str, str]:
        """Every field as a link writes it, at its default too; data, edits and weights in full."""
        return self._written() | write_table(self.table)

    def places(self) -> dict[str, Place]:
        """For each field that names a place: a test of a value, and what is required of it."""
        known = places(len(self.units) + 1, self.layer, len(self._base().X), self.updates)
        others = self.others()
        required = f"one of {', '.join(others)}" if others else "nothing: this cost has one alone"
        return known | {"beside": ((lambda name: name in others), required)}

    def _written(self) -> dict[str, str]:
        """Every field but the table as a link writes it."""
        names = (field.name for field in fields(self) if field.name != "table")
        return {name: FIELDS[name].write(getattr(self, name)) for name in names}

    def _query(self) -> tuple[dict[str, str], tuple[str, ...]]:
        """The parameters of a link, and the fields that they only name."""
        said = {name: text for name, text in self._written().items()
                if getattr(self, name) != getattr(Scenario, name)}  # fmt: skip
        said, named = shortened(said, self.table)
        return said, tuple(n for n in named if n != "table" or self.data == OWN)


_COMPUTES = (
    "units", "hidden", "bias", "zero_biases", "scale", "seed", "output_bias", "data", "table",
    "scaling", "edits", "weights", "cost", "clamp", "epsilon", "format", "learning_rate", "updates",
)  # fmt: skip
"""The fields that change a recording."""


def rate_of(data: str) -> float:
    """The learning rate that a data set brings; for own data one that suits scaled inputs."""
    return 1.0 if data == OWN else DATASETS[data].learning_rate


def from_query(parameters: Mapping[str, str]) -> tuple[Scenario, list[Problem]]:
    """The scenario of a link, with defaults in place of what was refused, and the refusals."""
    accepted, problems = read_parameters(parameters)
    scenario = Scenario(**accepted)
    if scenario.data != OWN:  # a table that nobody sees may be gone without a word
        problems = [problem for problem in problems if problem.name != "table"]
    edits, required = fitting_edits(scenario.edits, scenario.dataset())
    if required and not any(problem.name == "table" for problem in problems):
        odd = next(index for index, row in scenario.edits if (index, row) not in edits)
        problems.append(Problem("edits", f"sample {odd}", required))
    scenario = replace(scenario, edits=edits)
    for name, (fits, required) in scenario.places().items():
        asked, default = getattr(scenario, name), getattr(Scenario, name)
        if name in accepted and asked != default and not fits(asked):
            problems.append(Problem(name, parameters[name], required))
            scenario = replace(scenario, **{name: default})
    return within(scenario), problems


def within(scenario: Scenario) -> Scenario:
    """The same scenario with each place (sample, update, layer …) moved to the nearest one it has.

    Which places there are depends on the data, the depth and the number of updates. The default
    `layer` stays, so that the link of a network of one layer does not say it.
    """
    L = len(scenario.units) + 1
    layer = min(scenario.layer, L)
    changes: dict[str, Any] = {
        "sample": min(scenario.sample, len(scenario._base().X)),
        "update": min(scenario.update, scenario.updates),
        "checked": min(scenario.checked, scenario.updates),
        "layer": scenario.layer if scenario.layer == Scenario.layer else layer,
        "factor": min(scenario.factor, factors(L, layer)),
    }
    if scenario.beside and scenario.beside not in scenario.others():
        changes["beside"] = ""
    for name in ("operation", "selection"):
        place = getattr(scenario, name)
        changes[name] = place if in_network(place, L) else ""
    return replace(scenario, **changes)

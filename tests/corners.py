"""Scenarios that reach into every corner, drawn from a seed."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from backprop import FORMATS
from backprop.engine.activations import ACTIVATIONS
from backprop.engine.derivatives import CLAMPS, DERIVATIVES, OutputDerivative
from backprop.engine.forms import COSTS
from backprop.engine.runners import Runner
from backprop.gradcheck.differences import steps_of
from backprop.scenario.datasets import DATASETS, Dataset, dataset
from backprop.scenario.fields import OWN
from backprop.scenario.scaling import SCALINGS
from backprop.scenario.scenario import Scenario

EPSILONS = (1e-7, 1e-3, 0.4, 1e-12, 1e-16, 1e-300)
WEIGHTS = (1e300, -1e300, 1e-300, 1e6, -1e6, 6e4, 0.0, -0.0, 1e-8, 5e-324)
INPUTS = (0.0, 1.0, -1.0, 1e6, -1e6, 7e4, 1e-9, 1e-300, 0.3)


def scenarios(seed: int, count: int) -> Iterator[Scenario]:
    """`count` scenarios, the same ones for the same seed."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield _scenario(rng)


def _scenario(rng: np.random.Generator) -> Scenario:
    def one(*options):
        return options[int(rng.integers(len(options)))]

    many = rng.random() < 0.06
    depth = int(rng.integers(7)) if rng.random() < 0.4 else int(rng.integers(3))
    units = tuple(int(rng.integers(12, 17) if many else rng.integers(1, 5)) for _ in range(depth))
    data = one(*DATASETS, OWN, OWN, OWN)
    table = _table(rng) if data == OWN else None
    if table is not None and len(table.X) > 4:
        units = units[:2]  # large enough by its data
    base = Scenario(
        units=units,
        hidden=one(*ACTIVATIONS),
        bias=bool(rng.random() < 0.7),
        scale=one(0.0, 0.0, 1e-3, 1.0, 3.0, 10.0, 1e-12),
        seed=int(rng.integers(10000)),
        output_bias=one(0.0, 0.0, 0.0, 1000.0, -1000.0, 40.0, -40.0, 12.0, -800.0),
        data=data,
        table=table,
        scaling=one(*SCALINGS),
        zero_biases=bool(rng.random() < 0.1),
        cost=one("bce", "bce", "bce", *COSTS),
        derivative=one(*DERIVATIVES),
        clamp=one(*CLAMPS),
        epsilon=one(*EPSILONS),
        format=one(*FORMATS),
        learning_rate=one(1.0, 30.0, 1e-4, 1e4, 0.1, 1e3, 1e-12, 1e12),
        updates=one(1, 1, 2, 10, 10, 25) if not many else one(1, 3),
        step=one(None, 5e-6, *steps_of(FORMATS["float64"])),
        h=one(0.0, 40.0, -1000.0, 1000.0, 36.7368, -709.8, 1e-12, float(rng.normal(0, 30))),
        y=one(0.0, 1.0, 0.5, float(rng.random())),
        projector=bool(rng.random() < 0.2),
    )
    samples = base.dataset()
    X, y = samples.X, samples.y
    edits = {}
    if rng.random() < 0.3:
        soft = [float(one(0.0, 1.0, rng.random(), 1e-12)) for _ in y[0]]
        edits[int(rng.integers(len(X)))] = (*(one(*INPUTS) for _ in X[0]), *soft)
    weights = {}
    if rng.random() < 0.3:
        sizes = (X.shape[1], *units, y.shape[1])
        for _ in range(int(rng.integers(1, 4))):
            i = int(rng.integers(1, len(sizes)))
            u, j = int(rng.integers(sizes[i])), int(rng.integers(sizes[i - 1]))
            name = f"W{i}.{u}.{j}" if rng.random() < 0.8 else f"b{i}.{u}"
            weights[name] = one(*WEIGHTS)
    L = len(units) + 1
    return replace(
        base,
        edits=tuple(sorted(edits.items())),
        weights=tuple(sorted(weights.items())),
        sample=int(rng.integers(1, len(X) + 1)),
        update=int(rng.integers(base.updates + 1)),
        checked=int(rng.integers(base.updates + 1)) if rng.random() < 0.5 else 0,
        layer=int(rng.integers(1, L + 1)),
        race=_runners(rng) if rng.random() < 0.5 else (),
    )


def _table(rng: np.random.Generator) -> Dataset:
    """One sample or a few, seldom many, of 1 to 8 or 32 inputs, with hard and soft targets."""
    inputs, samples = int(rng.integers(1, 9)), int(rng.integers(1, 5))
    if rng.random() < 0.08:
        inputs, samples = 32, 70
    reach = (1e-9, 1.0, 1.0, 1.0, 30.0, 6e4, 1e6, 1e300)[int(rng.integers(8))]
    targets = 1 if rng.random() < 0.8 else 3
    X = reach * rng.integers(-3, 4, (samples, inputs)) / 3
    hard, soft = rng.integers(0, 2, (samples, targets)), rng.random((samples, targets))
    return dataset(OWN, X, np.where(rng.random((samples, targets)) < 0.3, soft, hard))


def _runners(rng: np.random.Generator) -> tuple[Runner, ...]:
    drawn = {
        Runner(
            OutputDerivative(
                str(rng.choice(DERIVATIVES)), float(rng.choice(EPSILONS)), str(rng.choice(CLAMPS))
            ),
            str(rng.choice(list(FORMATS))),
        ): None
        for _ in range(int(rng.integers(1, 7)))
    }
    return tuple(drawn)

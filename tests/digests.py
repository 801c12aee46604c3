"""Digests of whole runs, one a scenario: what every machine must compute to the last bit.

    python -m tests.digests          computes those of tests/data/digests.txt and says which differ
    python -m tests.digests 8        of every 8th scenario alone, printed
    python -m tests.digests write    writes the file anew, after a change of bits that is meant

A line is a link's query and its digest: of data and all parameters, of h and δ of all layers at
four updates, of the displayed and the true cost, and of the first fault.
"""

import hashlib
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import numpy as np

from backprop import race
from backprop.engine.activations import ACTIVATIONS
from backprop.scenario.datasets import DATASETS
from backprop.scenario.linked import own_table
from backprop.scenario.scenario import Scenario, from_query

FILE = Path(__file__).parent / "data" / "digests.txt"
COUNT = 240
FORMS = [
    *({"derivative": name} for name in ("naive", "fused", "split")),
    *({"derivative": "clamped", "clamp": c} for c in ("denominator", "clip", "clip_both", "floor")),
    {"cost": "quadratic"},
]
MANY = "many"
"""Stands in a line for 250 samples of one's own, which no link holds."""


def many():
    """250 samples of three inputs and a label, soft for some, from whole numbers alone."""
    n = np.arange(250)
    columns = [(n * step % 101 - 50) / 32 for step in (7, 29, 53)]
    labels = np.where(n % 9 == 0, 0.3, (columns[0] * columns[1] > 0).astype(float))
    return own_table(np.column_stack([*columns, labels]))


def scenario_of(line):
    said = dict(parse_qsl(line))
    with_many = said.pop(MANY, None)
    scenario, problems = from_query(said)
    if problems:
        raise ValueError(f"The line {line!r} must say what a link says: {problems}")
    return replace(scenario, data="own", table=many()) if with_many else scenario


def digest(scenario):
    data = scenario.dataset()
    (recording,) = race(
        scenario.network(), data.X, data.y, [scenario.output_derivative(scenario.derivative)],
        updates=scenario.updates, learning_rate=scenario.learning_rate,
    ).values()  # fmt: skip
    last, fault = recording.updates, recording.first_fault
    passes = recording.stacked(np.array([0, min(1, last), last // 2, last]))
    numbers = [data.X, data.y, recording.parameters, *passes.h, *passes.delta, recording.cost,
               recording.true_cost]  # fmt: skip
    found = hashlib.sha256()
    for array in numbers:
        exact = np.array(array, "<f8", order="C")
        exact[np.isnan(exact)] = np.nan  # the sign of a NaN is the processor's own
        found.update(exact.tobytes())
    if fault is not None:
        place = (fault.update, fault.layer, fault.unit, fault.sample, fault.operation)
        found.update(repr(place).encode())
    return found.hexdigest()[:16]


def stored():
    return dict(line.split() for line in FILE.read_text("ascii").splitlines())


def _drawn():
    """Lines of many kinds: every form in every format first, then whatever is drawn."""
    rng = np.random.default_rng(12)

    def one(*options):
        return options[rng.integers(len(options))]

    yield "seed=8653&data=moons&derivative=naive&format=float32&updates=200"
    while True:
        for format_name in ("float64", "float32", "float16", "bfloat16"):
            for form in FORMS:
                scenario = Scenario(
                    units=one((), (1,), (4,), (4, 4), (8, 8), (3, 5, 2), (6,) * 4, (16, 16)),
                    hidden=one(*ACTIVATIONS), bias=one(True, True, False),
                    zero_biases=one(True, False, False), scale=one(0.5, 1.0, 3.0, 8.0, 25.0),
                    seed=int(rng.integers(10_000)), output_bias=one(0.0, 0.0, 45.0, -20.0),
                    epsilon=one(1e-3, 1e-7, 1e-12), learning_rate=one(0.1, 1.0, 3.0, 30.0),
                    updates=one(1, 2, 20, 30, 40), format=format_name,
                    scaling=one("none", "none", "standard", "range"),
                    edits=one((), (), ((0, (0.7, -1.3, 0.4)),)), **form,
                )  # fmt: skip
                kind = one("own", MANY, *DATASETS, *DATASETS)
                if kind == "own":
                    yield urlencode(
                        replace(scenario, data="own", table=own_table([[0.5, -1.25, 1.0]])).query()
                    )
                    continue
                if kind in (MANY, "worked_example"):  # their rows are longer
                    scenario = replace(scenario, edits=())
                if kind == MANY:
                    yield urlencode({**scenario.query(), MANY: 1})
                else:
                    yield urlencode(replace(scenario, data=kind).query())


def write():
    lines = {}
    for line in _drawn():
        lines[line] = digest(scenario_of(line))
        if len(lines) == COUNT:
            break
    FILE.write_text("".join(f"{line} {found}\n" for line, found in lines.items()), "ascii")


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        write()
    elif len(sys.argv) > 1:
        for line in [*stored()][:: int(sys.argv[1])]:
            print(line, digest(scenario_of(line)))
    else:
        wrong = [line for line, kept in stored().items() if digest(scenario_of(line)) != kept]
        print(*wrong, f"{len(wrong)} of {len(stored())} differ", sep="\n")

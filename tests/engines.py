"""Random scenarios for both engines, and digests of all that each makes of them.

A scenario's digests are by what they are of, such as "parameters of naive" or "strips". Where one
differs, `difference` says at which update and in which channel it first does.
"""

import base64
import hashlib
import json
import os
from itertools import pairwise, zip_longest
from pathlib import Path

import numpy as np

from backprop import FORMATS, race
from backprop.drawing.palette import coded
from backprop.engine.activations import ACTIVATIONS
from backprop.engine.derivatives import CLAMPS, EVERY
from backprop.engine.descent import rate_in
from backprop.engine.forms import FORMS
from backprop.engine.network import batch
from backprop.scenario.datasets import dataset
from backprop.scenario.fields import OWN
from backprop.scenario.scenario import Scenario
from backprop.stage.channels import pack
from backprop.stage.digest import canonical, digest
from backprop.stage.experiment import experiment
from tests.truths import truths

ENGINE = Path(__file__).parent / "scripts" / "engine.js"
"""The page's engine by itself, an entry for `drawing.scripts.bundle`."""
COUNT = int(os.environ.get("ENGINES", 1000))
"""So many scenarios are compared in each place."""
INPUTS = (0.0, -0.0, 1.0, -1.0, 1e6, 7e4, 1e-9, 1e-300, 0.3)
WEIGHTS = (1e300, -1e300, 1e-300, 1e6, -6e4, 0.0, -0.0, 1e-8, 5e-324)
LABELS = (0.0, 1.0, 0.5, 1e-12, 1e-300, 1 - 2**-53, 0.5 + 2**-53, 0.125)


def cases(seed, count):
    """`count` times a scenario and its experiment, with the shown runner and one other."""
    rng = np.random.default_rng(seed)
    found = 0
    while found < count:
        scenario = _scenario(rng)
        try:
            data = scenario.dataset()
            batch(scenario.network(), data.X, data.y)
            rate_in(scenario.learning_rate, FORMATS[scenario.format])
        except ValueError:  # a number that the format does not hold
            continue
        asked = experiment(scenario)
        asked["draws"] += [0.5] * int(rng.integers(0, 99))  # more than the network needs
        others = [one for one in asked["runners"] if one["name"] != asked["shown"]]
        (shown,) = (one for one in asked["runners"] if one["name"] == asked["shown"])
        asked["runners"] = [shown, *rng.permutation(others)[:1].tolist()]
        found += 1
        yield scenario, asked


def _scenario(rng):
    def one(*options):
        return options[int(rng.integers(len(options)))]

    samples = 250 if rng.random() < 0.02 else int(rng.integers(1, 34))
    depth = int(rng.integers(5))
    units = tuple(int(rng.integers(1, 9)) for _ in range(depth))
    inputs, targets = int(rng.integers(1, 6)), one(1, 1, 1, 2, 3)
    X = one(1e-9, 1.0, 1.0, 1.0, 1.0, 30.0, 6e4) * rng.normal(size=(samples, inputs))
    hard = rng.integers(0, 2, (samples, targets)).astype(float)
    soft = np.where(
        rng.random(hard.shape) < 0.3, rng.choice(LABELS, hard.shape), rng.random(hard.shape)
    )
    y = one(hard, hard, soft, np.where(rng.random(hard.shape) < 0.2, soft, hard))
    edits = {}
    while rng.random() < 0.25:
        row = [
            *(one(*INPUTS, *rng.normal(size=4)) for _ in range(inputs)),
            *(one(*LABELS) for _ in range(targets)),
        ]
        edits[int(rng.integers(samples))] = tuple(row)
    weights, sizes = {}, (inputs, *units, targets)
    while rng.random() < 0.3:
        i = int(rng.integers(1, len(sizes)))
        u, j = int(rng.integers(sizes[i])), int(rng.integers(sizes[i - 1]))
        weights[f"W{i}.{u}.{j}" if rng.random() < 0.8 else f"b{i}.{u}"] = one(
            *WEIGHTS, *rng.normal(size=9).tolist()
        )
    return Scenario(
        units=units,
        hidden=one(*ACTIVATIONS),
        bias=bool(rng.random() < 0.7),
        zero_biases=bool(rng.random() < 0.2),
        scale=one(0.0, 0.5, 1.0, 1.0, 3.0, 3.0, 10.0, 40.0, 1e-12),
        seed=int(rng.integers(10_000)),
        output_bias=one(0.0, 0.0, 0.0, 0.0, 1000.0, -800.0, 40.0, -40.0, 12.0, -17.0),
        data=OWN,
        table=dataset(OWN, X, y),
        edits=tuple(sorted(edits.items())),
        weights=tuple(sorted(weights.items())),
        cost=one("bce", "bce", "bce", "bce", "quadratic"),
        derivative=one(*EVERY, "clamped", "naive"),
        clamp=one(*CLAMPS),
        epsilon=one(1e-7, 1e-3, 0.4, 1e-12, 1e-16, 1e-300, float(10 ** -rng.uniform(1, 9))),
        format=one(*FORMATS),
        learning_rate=one(1.0, 30.0, 0.1, 0.1, 3.0, 1e-4, 1e4, 1e3, 1e-7),
        updates=one(0, 1, 2, 5, 10, 25) if samples < 250 else 5,
        sample=int(rng.integers(1, samples + 1)),
    )


def recorded(scenario, asked):
    """Python's recordings of the runners of an experiment."""
    data = scenario.dataset()
    derivatives = [scenario.output_derivative(one["name"]) for one in asked["runners"]]
    return race(
        scenario.network(), data.X, data.y, derivatives, updates=scenario.updates,
        learning_rate=scenario.learning_rate,
    )  # fmt: skip


def place(fault):
    return fault and [fault.update, fault.layer, fault.unit, fault.sample, fault.operation]


def parts(scenario, asked):
    """What Python makes of a scenario: texts, and arrays whose first axis counts updates."""
    runs = recorded(scenario, asked)
    found = {}
    for name, run in runs.items():
        found[f"parameters of {name}"] = canonical(run.parameters)
        found[f"h_L of {name}"] = canonical(run.h_out.swapaxes(1, 2))  # samples are columns there
        found[f"cost of {name}"] = canonical(run.cost)
        found[f"true cost of {name}"] = canonical(run.true_cost)
        found[f"first fault of {name}"] = json.dumps(place(run.first_fault))
        found[f"first fault of the cost of {name}"] = json.dumps(place(run.first_cost_fault))
        found[f"digest of {name}"] = digest(run.parameters)
    found["shown"] = asked["shown"]
    shown = runs[asked["shown"]]
    told = truths(shown, asked["sample"] % (shown.updates + 1), asked["sample"])
    found["true values"] = "\n".join(sorted(" | ".join([at, *said]) for at, said in told.items()))
    packed = pack(shown, asked["sample"], np.arange(shown.updates + 1))
    for array in ("values", "codes", "states"):
        found[array] = np.ascontiguousarray(getattr(packed, array))
    found["strips"] = np.array([strips(shown, k) for k in range(shown.updates + 1)], np.uint8)
    return found, packed.blocks


def strips(recording, k):
    """The strips of all cells of an update, (cells, segments), from its trace.

    Of h of all layers, then z, then δ: the code of the sample in the middle of a segment, and 255
    where any of its samples is not finite.
    """
    samples, layers = len(recording.X), recording.trace(k).layers
    count = 0 if samples < 2 else min(samples, 64)
    bounds = [g * samples // count for g in range(count + 1)] if count else [0]
    kinds = [ACTIVATIONS[recording.start.hidden].kind] * (len(layers) - 1) + ["unit"]
    cells = [("h", layer.h) for layer in layers]
    cells += [(kind, layer.z) for kind, layer in zip(kinds, layers, strict=True)]
    cells += [("delta", layer.delta) for layer in layers]
    rows = []
    for kind, values in cells:
        for unit in values.T.astype(np.float64):
            codes = coded(kind, unit)
            rows.append([
                codes[(first + after) // 2] if np.isfinite(unit[first:after]).all() else 255
                for first, after in pairwise(bounds)
            ])  # fmt: skip
    return rows


def digests(found):
    """SHA-256 of each part; of the texts themselves."""
    return {
        name: part if isinstance(part, str) else hashlib.sha256(part.tobytes()).hexdigest()[:16]
        for name, part in found.items()
    }


def expected(seed, count):
    """Random scenarios, their experiments, and the digests that Python makes of them.

    All formats, activations and forms are among them, and a good share ends in a fault.
    """
    found = list(cases(seed, count))
    wanted = [digests(parts(*case)[0]) for case in found]
    broken = [own for own in wanted if own[f"first fault of {own['shown']}"] != "null"]
    assert len(broken) > count / 6, "too few scenarios end in a fault to show anything"
    forms = {one["form"] for _, asked in found for one in asked["runners"]}
    assert forms == set(FORMS)
    assert {scenario.format for scenario, _ in found} == set(FORMATS)
    assert {scenario.hidden for scenario, _ in found} == set(ACTIVATIONS)
    return found, wanted


def compare(ours, ask):
    """Fail with the first difference between Python's digests and those of another engine.

    `ask("digests", experiments)` gives its digests, `ask("whole", experiment)` one's parts.
    """
    found, wanted = ours
    theirs = ask("digests", [asked for _, asked in found])
    assert len(theirs) == len(wanted)
    wrong = [n for n, (own, other) in enumerate(zip(wanted, theirs, strict=True)) if own != other]
    if wrong:
        n = wrong[0]
        said = theirs[n].get("failed") or difference(n, *found[n], ask("whole", found[n][1]))
        raise AssertionError(f"{len(wrong)} of {len(found)} differ. The first: {said}")


def difference(number, scenario, asked, theirs):
    """In words, what of a scenario first differs in the parts that JavaScript made of it."""
    ours, blocks = parts(scenario, asked)
    about = f"scenario {number}, {scenario!r}"[:1500]
    for name, part in ours.items():
        if isinstance(part, str):
            for mine, its in zip_longest(part.split("\n"), theirs[name].split("\n")):
                if mine != its:
                    return f"{about}: {name} is {its}, not {mine}"
            continue
        other = np.frombuffer(base64.b64decode(theirs[name]), part.dtype)
        if other.size != part.size:
            return f"{about}: {name} has {other.size} numbers, not {part.size}"
        wide = part.reshape(len(part), -1)
        bits = np.dtype(f"u{part.dtype.itemsize}")
        for k, at in np.argwhere(wide.view(bits) != other.reshape(wide.shape).view(bits))[:1]:
            where = f"update {k}"
            if name in ("values", "codes", "states"):
                block = next(b for b in reversed(blocks) if b.start <= at)
                place = np.unravel_index(at - block.start, block.shape)
                where += f", {block.name}.{block.layer}.{'.'.join(map(str, place))}"
            else:
                where += f", number {at}"
            mine, its = wide[k, at], other.reshape(wide.shape)[k, at]
            return f"{about}: {name}, {where}: {its!r}, not {mine!r}"
    return f"{about}: nothing differs"

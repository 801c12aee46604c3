"""What is said of faults: Python and the page fill the same sentences with the same numbers."""

import json
from collections import Counter
from itertools import product

import mpmath
import numpy as np
import pytest

from backprop import FORMATS, Network, race
from backprop.drawing.palette import DERIVATIVE_TITLES
from backprop.engine import digits
from backprop.engine.cliffs import saturation
from backprop.engine.derivatives import CLAMPS, EVERY, OutputDerivative
from backprop.engine.faults.words import fill
from backprop.faults.spread import spread
from backprop.lessons import LESSONS
from backprop.racing.signs import signs
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import from_query
from backprop.stage.cards import _marked, fault_card
from backprop.stage.experiment import of_recordings
from backprop.stage.wording import CARD
from tests import engines
from tests.test_scripts import ROOT, node

SCRIPT = f"""
import {{ readFileSync }} from "node:fs";
import * as asked from {json.dumps(str(ROOT / "tests" / "faults.js"))};
const [, what, file] = process.argv;
console.log(JSON.stringify(asked[what](JSON.parse(readFileSync(file)))));
"""


def said(what, given, folder):
    """What the scripts make of what is given, in Node."""
    (folder / "given.json").write_text(json.dumps(given), "utf-8")
    done = node("--input-type=module", "--eval", SCRIPT, what, str(folder / "given.json"))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# ---- sentences ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "places", "filled"),
    [
        ("{a!} × {b}", {"a": "−2", "b": "−3"}, "(−2) × −3"),
        ("{a?} − {a!}", {"a": "2"}, "2 − 2"),
        ("⟦{a}; ⟧{b}⟦ < {c}⟧", {"a": None, "b": "−∞ & NaN", "c": "1"},
         "<em>−∞</em> &amp; <em>NaN</em> &lt; 1"),
        ("⟦{a} {b}⟧.", {"a": "1"}, "."),
    ],
)  # fmt: skip
def test_a_template_is_filled_alike_on_both_sides(template, places, filled, tmp_path):
    assert _marked(fill(template, places)) == filled
    assert said("sentences", [[template, places]], tmp_path) == [filled]


@pytest.mark.parametrize("places", [{}, {"a": None}])
def test_a_place_that_nothing_fills_is_an_error_on_both_sides(places, tmp_path):
    with pytest.raises(KeyError, match="a"):
        fill("so {a}", places)
    (message,) = said("sentences", [["so {a}", places]], tmp_path)
    assert message == "Something to fill {a} is required in “so {a}”."


# ---- faults -------------------------------------------------------------------------------------

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUMS = ("h", "weighted", "dW", "db", "update")


def told(runs, name):
    """What Python says of a recording, in the words that the page has too."""
    recording = runs[name]
    fault, cost = recording.first_fault, recording.first_cost_fault
    own = cost is not None and cost is not fault  # not lost with h
    return {
        "cause": fault and fault.cause,
        "because": fault and list(fault.because),
        "card": fault and fault_card(recording),
        "spread": spread_said(recording),
        "cost": list(cost.because) if own else None,
        "costFault": {"update": cost.update, "cause": cost.cause} if own else None,
        "ahead": ahead(runs, name),
    }


def spread_said(recording):
    """How a fault spreads within its update, of what `spread` counts in Python's arrays."""
    letters = {"h": "h", "z": "z", "delta": "δ", "dW": "∂J/∂W"}
    held = [
        f"{letters[o.quantity]}{str(o.layer).translate(SUBSCRIPTS)} {o.count} of {o.bad.size}"
        for o in spread(recording, updates=1)
        if o.quantity in letters
    ]
    return f"From here it spreads: {' → '.join(held)}." if len(held) > 1 else ""


def compare(cases, folder):
    """Both fillings of (recordings, name) are alike; how many faults of each kind there were."""
    given = [of_recordings(runs, name, 0) for runs, name in cases]
    kinds = Counter()
    for (runs, name), theirs in zip(cases, said("faults", given, folder), strict=True):
        ours, recording = told(runs, name), runs[name]
        about = repr(recording)
        for part in ours:
            assert theirs.get(part) == ours[part], (part, about)
        if ours["cost"]:
            kind = recording.first_cost_fault.operation
            kinds[kind, recording.start.format.name, recording.derivative.variant] += 1
        fault = recording.first_fault
        if fault is not None:
            kinds[fault.operation, recording.start.format.name, recording.derivative.variant] += 1
    return kinds


def ahead(runs, name):
    """What lies ahead: the first fault, or what the signs of the training show at its end."""
    recording, title = runs[name], DERIVATIVE_TITLES[name]
    if recording.first_fault is not None:
        update = str(recording.first_fault.update)
        return fill(CARD["fault"], {"title": title, "update": update})
    seen, bad = signs(recording), np.flatnonzero(~np.isfinite(recording.cost.astype(float)))
    outcome = "silent" if seen.dead else "soft" if seen.soft else "hard"
    places = {"count": str(seen.dead or seen.met), "samples": str(seen.samples)}
    others = [
        fill(CARD["other"], {"title": DERIVATIVE_TITLES[n], "update": str(r.first_fault.update)})
        for n, r in runs.items()
        if r.first_fault is not None
    ]
    best = recording.derivative.form.cost.best
    if best in runs and best != name and runs[best].first_fault is None:
        theirs = signs(runs[best])
        if theirs.met == theirs.samples and not theirs.dead:
            cost = digits.written(runs[best].true_cost[-1], 3)
            others.append(fill(CARD["best"], {"title": DERIVATIVE_TITLES[best], "cost": cost}))
    return fill(CARD["end"], {
        "title": title,
        "updates": f"{recording.updates} update{'' if recording.updates == 1 else 's'}",
        "outcome": fill(CARD[outcome], places),
        "update": str(bad[0]) if bad.size else None,
        "cost": _marked(digits.written(recording.cost[bad[0]])) if bad.size else None,
        "others": "; ".join(others) or None,
    })  # fmt: skip


def test_both_sides_say_the_same_of_every_lesson(tmp_path):
    cases = []
    for lesson in LESSONS.values():
        runs = recordings(lesson.scenario)
        cases += [(runs, name) for name in runs]
        for step in lesson.steps:
            if step.changes:
                at = lesson.at(step)
                cases.append((recordings(at), at.running))
    kinds = compare(cases, tmp_path)
    assert len(cases) > 40 and sum(kinds.values()) > 10


def test_a_true_delta_below_every_double_is_said_on_both_sides(tmp_path):
    runs = recordings(
        from_query({"derivative": "naive", "output_bias": "-1000", "updates": "5"})[0]
    )
    fault, card = runs["naive"].first_fault, fault_card(runs["naive"])
    assert fault.h < -800 and fault.y == 0  # δ is σ(h), which is as good as eʰ there
    digits, power = mpmath.nstr(mpmath.exp(mpmath.mpf(fault.h)), 4).split("e")
    assert f"true δ = {digits}e{power.replace('-', '−')}<" in card
    compare([(runs, "naive")], tmp_path)


def trained(net, X, y, name, rng, learning_rate=1.0, updates=2):
    """All derivatives of cross-entropy from one start, `name` among them with some ε and clamp."""
    epsilon = float(rng.choice([1e-7, 1e-3, 1e-8, 1e-12, 1e-300]))
    clamp = str(rng.choice(CLAMPS))
    soft = bool(((np.asarray(y) > 0) & (np.asarray(y) < 1)).any())
    names = [one for one in EVERY if soft or one in (name, "naive", "clamped", "fused", "split")]
    runners = [OutputDerivative(one, epsilon, clamp) for one in names]
    return race(net, X, y, runners, updates=updates, learning_rate=learning_rate), name


def provoked(kind, fmt, rng):
    """A recording whose first fault is of this kind, with other numbers each time."""
    most, some = fmt.max, lambda low=0.55, high=0.95: rng.uniform(low, high)
    split = dict(name=str(rng.choice(["fused", "split", "naive"])), rng=rng)
    if kind == "h":
        W = most * rng.uniform(-1, 1, (3, int(rng.integers(2, 7))))
        X = rng.choice([0.25, 0.5, 1.0, 1.5], (4, W.shape[1])) * rng.choice([-1, 1], W.shape[1])
        net = Network([fmt.round(W), fmt.round(rng.normal(size=(1, 3)))],
                      [fmt.round(rng.normal(size=3)), fmt.round([0.0])], "tanh")  # fmt: skip
        return trained(net, X, rng.integers(0, 2, 4).astype(float), **split)
    if kind == "weighted":
        hidden = str(rng.choice(["tanh", "relu"]))
        net = Network([fmt.round([[0.0 if hidden == "relu" else 1e-3]]),
                       fmt.round([[most * some()], [most * some()]])],
                      [fmt.round([0.0]), fmt.round([5.0, 6.0])], hidden)  # fmt: skip
        return trained(net, [[some()]], [[0.0, 0.0]], **split)
    if kind == "dW":
        samples = int(rng.integers(1, 6))
        net = Network([fmt.round([[some() / most * 4]]), fmt.round([[1000 * some()]])])
        X = most * rng.uniform(0.3, 0.9, (samples, 1))
        return trained(net, X, np.zeros(samples), name="fused", rng=rng)
    if kind == "db":
        net = Network([fmt.round([[1e-3]]), fmt.round([[most * some(0.4, 0.55)]])],
                      [fmt.round([0.0]), fmt.round([0.0])])  # fmt: skip
        samples = int(rng.integers(18, 30))
        X = fmt.round(np.full((samples, 1), 1e-3 * some()))
        return trained(net, X.astype(float), np.zeros(samples), name="fused", rng=rng)
    biases = [fmt.round([-3.0])] if rng.random() < 0.5 else None
    net = Network([fmt.round([[8.0 * some()]])], biases)
    rate = most * some(0.7, 0.99)
    x = 4.0 if biases is None or rng.random() < 0.5 else 1e-3
    return trained(net, [[x], [x]], [0.0, 0.0], name="fused", rng=rng, learning_rate=rate)


def cornered(fmt, clamp, rng):
    """A neuron or two whose first fault is among the steps of δ_L."""
    h = saturation(fmt) * rng.uniform(1, 3, (2, 1)) * rng.choice([-1, 1], (2, 1))
    h = np.where(h < 0, h * 22, h) if fmt.name == "float64" else np.where(h < 0, h * 7, h)
    y = rng.choice([0.0, 1.0, 0.5, 0.25, 1e-3], (1, 2))
    epsilon = float(rng.choice([1e-7, 1e-8, 1e-4, 1e-12, 1e-18, 1e-300]))
    runners = [OutputDerivative(name, epsilon, clamp) for name in EVERY]
    runs = race(Network([fmt.round(h)]), [[1.0]], y, runners, updates=1)
    return runs, str(rng.choice(["naive", "clamped"]))


@pytest.mark.heavy
def test_both_sides_say_the_same_of_random_faults_of_every_kind_in_every_format(tmp_path):
    rng, cases = np.random.default_rng(8), []
    for fmt, kind in product(FORMATS.values(), SUMS):
        cases += [provoked(kind, fmt, rng) for _ in range(8)]
    for fmt, clamp, _ in product(FORMATS.values(), CLAMPS, range(14)):
        cases.append(cornered(fmt, clamp, rng))
    loud = FORMATS["float16"]
    net = Network([loud.round([[6e4], [5e4]])])
    cases.append((race(net, [[1.0]], [[0.0, 0.0]], updates=1, learning_rate=1e-3), "fused"))
    lost = Network([np.array([[1e308, 1e308, -1e308]])])
    cases.append((race(lost, [[1.0, 1.0, 1.0]], [1.0], updates=1), "split"))
    kinds = compare(cases, tmp_path)
    first = [count for (kind, *_), count in kinds.items() if kind in (*SUMS, "dJ_dz")]
    assert sum(first) >= 200
    reached = {(kind, name) for kind, name, _ in kinds}
    wanted = set(product([*SUMS, "dJ_dz", "log_complement"], FORMATS))
    assert wanted - {("db", "float16")} <= reached  # float32 holds every sum of float16
    assert {("cost", "float16"), ("h", "float64")} <= reached
    assert {"naive", *CLAMPS} <= {variant for _, _, variant in kinds}


@pytest.mark.heavy
def test_both_sides_say_the_same_of_random_scenarios(tmp_path):
    cases = []
    for scenario, _ in engines.cases(7, 120):
        runs = scenario.recordings()
        cases += [(runs, name) for name in runs]
    kinds = compare(cases, tmp_path)
    assert sum(kinds.values()) > 40

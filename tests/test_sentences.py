"""Every sentence of every verdict is true of its recording, so no two of them can contradict.

Each sentence that a verdict can contain is listed here with what it claims, computed anew from the
recording by plain loops. Recordings of every corner are judged, and each of their sentences must
be one of these and hold.
"""

import itertools
import math
import re
from functools import cache

import numpy as np
import pytest

from backprop import Network, race, train
from backprop.racing.sentences import SENTENCES
from backprop.racing.verdicts import verdict
from backprop.scenario.scenario import Scenario

NUMBER = r"(−?[\d.]+(?:e−?\d+)?|NaN|∞|−∞)"


def read(text):
    return float(text.replace("−", "-").replace("∞", "inf"))


def shows(text, value):
    """Whether `text` is `value`, to the digits that it has."""
    got = read(text)
    if not math.isfinite(value) or not math.isfinite(got):
        return str(got) == str(float(value))
    return math.isclose(got, value, rel_tol=6e-3, abs_tol=1e-300)


def side(h, y):
    return abs(1 / (1 + math.exp(-h)) - 0.5) <= 0.1 if y == 0.5 else (h > 0) == (y > 0.5) and h != 0


def outputs(recording):
    """Pairs of h_L and y of every output at the end, by sample."""
    hs, ys = recording.h_out[-1].astype(float), recording.y.astype(float)
    return [list(zip(h, y, strict=True)) for h, y in zip(hs, ys, strict=True)]


def miss(h, y):
    return abs(1 / (1 + math.exp(-max(min(h, 700), -700))) - y)


def right(recording):
    return sum(all(side(h, y) for h, y in sample) for sample in outputs(recording))


def near(recording):
    return sum(all(miss(h, y) <= 0.1 + 1e-12 for h, y in sample) for sample in outputs(recording))


def one_answer(recording):
    """How many samples the best single answer gets right."""
    y = recording.y.astype(float)
    return max(
        sum(all((b > 0.5) == (t > 0.5) for b, t in zip(answer, row, strict=True)) for row in y)
        for answer in itertools.product([0.0, 1.0], repeat=y.shape[1])
    )


def silent(recording, share):
    """How many samples have an output whose |δ| is under that share of a miss above 0.1."""
    deltas = recording.trace(recording.updates).layers[-1].delta.astype(float)
    found = 0
    for pairs, sample in zip(outputs(recording), deltas, strict=True):
        misses = [miss(h, y) for h, y in pairs]
        found += any(m > 0.1 and abs(d) < share * m for m, d in zip(misses, sample, strict=True))
    return found


def is_silent(recording, who):
    return count(who) > 0 and silent(recording, 0.0099) <= count(who) <= silent(recording, 0.0101)


def everything_is_finite(recording):
    for k in range(recording.updates + 1):
        trace = recording.trace(k)
        arrays = [
            getattr(layer, name) for layer in trace.layers for name in ("h", "z", "delta", "dW")
        ]
        if not all(np.isfinite(a).all() for a in [*arrays, recording.parameters[k]]):
            return False
    return bool(np.isfinite(recording.cost.astype(float)).all())


def half(recording, n):
    """The true costs of the last n updates, and the one before."""
    return [float(c) for c in recording.true_cost[-n - 1 :]]


def slopes(recording, k, i):
    return recording.trace(k).layers[i - 1].slope.astype(float)


def named(text):
    return [int(i) for i in re.findall(r"\d+", text)]


def count(text):
    return {"the only": 1, "not even the only": 0, "none": 0}.get(text.lower()) or int(
        text if text.isdigit() else 0
    )


WHO = r"((?:\d+|[Nn]one)(?= of)|[Tt]he only|[Nn]ot even the only)(?: of (\d+))? samples?"
OVER = r"(?:all through |in )?the last (?:(\d+) updates|update)"


def falls_from(r, a, b, n):
    late = half(r, int(n or 1))
    return shows(a, late[0]) and shows(b, late[-1]) and late[-1] < late[0]


def goes_from(r, a, b, n):
    late = half(r, int(n or 1))
    return shows(a, late[0]) and shows(b, late[-1])


def stays_at(r, a, n):
    late = half(r, int(n or 1))
    return shows(a, late[0]) and shows(a, late[-1])


def swings_between(r, low, high):
    late = [float(c) for c in r.true_cost[r.updates // 2 :]]
    ups = sum(b > a for a, b in itertools.pairwise(late))
    downs = sum(b < a for a, b in itertools.pairwise(late))
    return shows(low, min(late)) and shows(high, max(late)) and ups > 1 and downs > 1


def rose(r, low, high):
    costs = [float(c) for c in r.true_cost]
    return any(
        shows(high, b) and b > a and shows(low, a) for a, b in itertools.combinations(costs, 2)
    )


def breaks_at(r, k, sample, is_right):
    k, fault = int(k), r.first_fault
    if sample is not None:
        assert fault.update == k and fault.sample == int(sample) - 1
        pair = zip(
            r.h_out[k].astype(float)[fault.sample], r.y.astype(float)[fault.sample], strict=True
        )
        assert bool(is_right) == (fault.operation != "h" and all(side(h, y) for h, y in pair))
    trace = r.trace(k)
    values = [trace.layers[-1].h, *(a for layer in trace.layers for a in (layer.delta, layer.dW))]
    after = r.parameters[min(k + 1, r.updates)]
    return not all(np.isfinite(a).all() for a in [*values, after])


def lost_now(r, who, _):
    trace = r.trace(r.updates)
    bad = [
        ~np.isfinite(a).all(axis=1)
        for a in [trace.layers[-1].h, *(la.delta for la in trace.layers)]
    ]
    return count(who) == int(np.any(bad, axis=0).sum())


def beyond(r):
    """How many samples have an h or a δ that is not finite at the end."""
    layers = r.trace(r.updates).layers
    bad = [~np.isfinite(a).all(axis=1) for layer in layers for a in (layer.h, layer.delta)]
    return int(np.any(bad, axis=0).sum())


CLAIMS = {
    r"Breaks at update (\d+)(?:, on sample (\d+)(, which the network has right)?)?\.": breaks_at,
    r"At the end (all|\d+ of) (\d+) weights and biases are NaN or ∞, and they stay so\.":
        lambda r, n, total: (
            int((~np.isfinite(r.parameters[-1])).sum())
            == (int(total) if n == "all" else int(n.split()[0]))
            and int(total) == r.parameters.shape[1]
        ),
    rf"In the last update {WHO} ha(?:s|ve) a δ or an h of the output that is not finite\.":
        lost_now,
    rf"Goes silent: {WHO} (?:is|are) off (?:its|their) target by more than 0\.1 and yet "
    r"(?:its|their) δ is \(nearly\) 0, so \(nearly\) nothing is learned from (?:it|them)\.":
        lambda r, who, _: r.y.shape[1] == 1 and is_silent(r, who),
    rf"Goes silent: {WHO} ha(?:s|ve) an output that is off its target by more than 0\.1 and yet "
    r"has a δ of \(nearly\) 0, so \(nearly\) nothing is learned there\.":
        lambda r, who, _: r.y.shape[1] > 1 and is_silent(r, who),
    r"The quadratic cost does this itself: δ has the factor σ′\(h\), which is \(nearly\) 0\.":
        lambda r: r.derivative.cost == "quadratic"
        and r.trace(r.updates).layers[-1].slope.min() < 0.01,
    r"Every value is finite, and nothing warns you\.": everything_is_finite,
    r"Learned: every sample is right\.":
        lambda r: right(r) == len(r.y) > 1 and bool(np.isin(r.y, [0, 1]).all()),
    r"Learned: its one sample is right\.": lambda r: right(r) == len(r.y) == 1,
    r"Learned: (every|its one) sample is within 0\.1 of its (targets?)\.":
        lambda r, who, target: near(r) == len(r.y) and (who == "every") == (len(r.y) > 1)
        and (target == "targets") == (r.y.shape[1] > 1),
    r"All samples have the same target, so one answer for all is enough\.":
        lambda r: len(r.y) > 1 and bool((r.y == r.y[0]).all()),
    r"Hidden (layers? [\d, and]+) (?:is|are) dead: every unit there is saturated for every "
    rf"sample, so every slope is (?:at most )?{NUMBER}\.":
        lambda r, layers, most: r.start.hidden != "relu" and read(most) <= 1e-4
        and all(slopes(r, r.updates, i).max() <= read(most) * 1.5 for i in named(layers)),
    r"Hidden (layers? [\d, and]+) (?:is|are) dead: every h there is 0 or below, "
    r"so every slope is 0\.":
        lambda r, layers: r.start.hidden == "relu"
        and all(r.trace(r.updates).layers[i - 1].h.max() <= 0 for i in named(layers)),
    r"(No|Hardly any) δ gets through, and layers? (?:1|1 and 2|1 to (?:\d+)) learns? "
    r"(nothing|next to nothing)\.":
        lambda r, some, learns: (some == "No") == (learns == "nothing")
        and (some != "No" or not r.trace(r.updates).layers[0].dW.any()),
    r"It is so from the start: try another seed\.":
        lambda r: any(slopes(r, 0, i).max() <= 1e-4 for i in range(1, len(r.start.weights))),
    r"Swings: its cost goes up and down between "
    rf"{NUMBER} and {NUMBER}, without a trend\.": swings_between,
    rf"The cost swings between {NUMBER} and {NUMBER}\.": swings_between,
    rf"(?:Grows: its|The) cost has grown from {NUMBER} to {NUMBER}\.":
        lambda r, a, b: shows(a, r.true_cost[0]) and shows(b, r.true_cost[-1])
        and r.true_cost[-1] > r.true_cost[0],
    rf"(?:Grows: its|The) cost had fallen to {NUMBER} and has risen to {NUMBER}\.": rose,
    rf"(?:Still learning: its cost falls|The cost still falls), from {NUMBER} to {NUMBER} {OVER}\.":
        falls_from,
    rf"(?:Learns only the base rate so far|Learns nothing so far|Stands still before all is learned"
    rf"): its cost goes from {NUMBER} to {NUMBER} {OVER}\.": goes_from,
    rf"(?:Learns only the base rate so far|Learns nothing so far|Stands still before all is learned"
    rf"): its cost stays at {NUMBER} {OVER}\.": stays_at,
    rf"The cost goes from {NUMBER} to {NUMBER} {OVER}\.": goes_from,
    rf"The cost stays at {NUMBER} {OVER}\.": stays_at,
    rf"At the end {WHO} (?:is|are) right\.":
        lambda r, who, _: count(who) == right(r) and (
            count(who) > one_answer(r) or len(set(map(tuple, (r.y > 0.5).tolist()))) == 1
        ),
    rf"At the end {WHO} (?:is|are) right; one and the same answer for all would get "
    r"(as many|\d+) right\.":
        lambda r, who, _, many: count(who) == right(r) <= one_answer(r)
        == (right(r) if many == "as many" else int(many)),
    rf"At the end {WHO} (?:is|are) within 0\.1 of the target\.":
        lambda r, who, _: count(who) == near(r) < len(r.y),
    r"α = ([\d.e+-]+) is too large: try ([\d.e+-]+)\.":
        lambda r, a, b: float(a) == r.learning_rate and 0.04 * float(a) <= float(b) <= float(a) / 9,
    r"α = ([\d.e+-]+) is too large for inputs of this size\.":
        lambda r, a: float(a) == r.learning_rate and np.abs(r.X.astype(float)).max() > 10,
    r"Give it more updates\.": lambda r: r.true_cost[-1] < r.true_cost[r.updates // 2],
    r"Try another seed or another α\.": lambda r: len(r.start.weights) > 1,
    r"Try another α or a hidden layer: without one, only a straight line parts the samples\.":
        lambda r: len(r.start.weights) == 1,
    r"On the way, at update (\d+), a value left (\w+), and training went on\.":
        lambda r, k, fmt: r.first_fault.update == int(k) and r.start.format.name == fmt
        and bool(np.isfinite(r.parameters).all()) and int(k) < r.updates and not beyond(r),
    rf"(?:At update (\d+) a value left (\w+) first; at the end|In the last update) {WHO} "
    r"ha(?:s|ve) an h that is not finite, and every weight and bias is finite\.":
        lambda r, k, fmt, who, _: r.first_fault.update == int(k or r.updates)
        and fmt in (None, r.start.format.name) and count(who) == beyond(r) > 0
        and bool(np.isfinite(r.parameters).all()),
    r"In the last update a gradient left (\w+); no weight was changed by it\.":
        lambda r, fmt: r.start.format.name == fmt and not beyond(r)
        and r.first_fault.update == r.updates
        and not all(np.isfinite(layer.dW).all() for layer in r.trace(r.updates).layers),
    rf"Inputs are as large as {NUMBER}(, and most units of layer 1 are saturated from the start)?: "
    r"scale the inputs\.":
        lambda r, size, flat: shows(size, np.abs(r.X.astype(float)).max()) and read(size) > 10
        and bool(flat) == flat_at_the_start(r),
    r"Most units of layer 1 are saturated from the start: try a smaller weight scale\.":
        lambda r: np.abs(r.X.astype(float)).max() <= 10 and flat_at_the_start(r),
    rf"(?:At update (\d+) it|It) shows a cost of {NUMBER}; the true one is {NUMBER}\.":
        lambda r, k, shown, true: shows(shown, r.cost[r.updates if k is None else int(k)])
        and shows(true, r.true_cost[r.updates if k is None else int(k)])
        and not math.isclose(read(shown), read(true), rel_tol=0.04),
}  # fmt: skip


def flat_at_the_start(r):
    if len(r.start.weights) == 1 or r.start.hidden == "relu":
        return False
    most = {"sigmoid": 0.25, "tanh": 1.0}[r.start.hidden]
    return float(np.mean(slopes(r, 0, 1) < 0.01 * most)) > 0.5


def sentences(text):
    return re.split(r"(?<=\.) (?=[A-ZΑ-ωα])", text)


def matched(sentence):
    """The claim of a sentence, by its pattern, and the numbers in it."""
    found = [(p, m) for p in CLAIMS if (m := re.fullmatch(p, sentence))]
    assert len(found) == 1, (sentence, [p for p, _ in found])
    return found[0]


@cache
def pool():
    """Recordings from every corner: a few hundred at random, and some made on purpose."""
    rng, recordings = np.random.default_rng(2), []
    for _ in range(170):
        scenario = Scenario(
            units=tuple(int(n) for n in rng.integers(1, 5, rng.integers(0, 4))),
            hidden=str(rng.choice(["sigmoid", "tanh", "relu"])),
            data=str(rng.choice(["xor", "and", "or", "blobs", "worked_example"])),
            scale=float(rng.choice([0, 0.5, 1, 3, 20])), seed=int(rng.integers(1000)),
            output_bias=float(rng.choice([0, 0, 0, 40])), bias=bool(rng.random() < 0.9),
            learning_rate=float(rng.choice([0.01, 1, 10, 30, 100])),
            format=str(rng.choice(["float64", "float32", "float16", "bfloat16"])),
            derivative=str(rng.choice(["naive", "clamped", "clamped", "fused", "split"])),
            clamp=str(rng.choice(["denominator", "clip", "clip_both", "floor"])),
            cost=str(rng.choice(["bce", "bce", "bce", "quadratic"])),
        )  # fmt: skip
        data = scenario.dataset()
        X = data.X * rng.choice([1, 1, 1, 300])
        y = np.where(rng.random(data.y.shape) < 0.5, 0.3, data.y) if rng.random() < 0.2 else data.y
        if rng.random() < 0.1:
            y = np.ones_like(y)
        (recording,) = race(
            scenario.network(), X, y, [scenario.output_derivative(scenario.derivative)],
            updates=int(rng.choice([1, 2, 5, 30, 60])), learning_rate=scenario.learning_rate,
            cost=scenario.cost,
        ).values()  # fmt: skip
        recordings.append(recording)
    two = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    net = Network.random([2, 4, 2], seed=3)
    loud = Network([np.full((2, 1), 6e4), np.array([[1.0, -0.9]])]).astype("float16")
    late = Network([np.zeros((1, 1))], [np.array([-120.0])]).astype("float32")
    calming = Network([np.array([[3.5]]), np.array([[1.0]])], hidden="tanh").astype("float16")
    dying = Network([-np.ones((3, 2)), np.ones((1, 3))], hidden="relu")
    sure = Network([np.zeros((1, 1))], [np.array([40.0])])
    recordings += [
        train(net, [[1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]], two, 40, 1.0),
        train(net, [[1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]], two, 40, 1e-4),
        train(loud, [[2.0]], [1.0], 20, 1.0, "fused"),
        train(loud, [[2.0]], [0.7], 20, 1.0, "fused"),
        train(loud, [[2.0]], [1.0], 1, 1.0, "fused"),
        train(late, [*[[3e38]] * 3, [200.0]], [0.0, 0.0, 0.0, 1.0], 1, 1e-38, "fused"),
        train(calming, [[2e4], [0.1]], [1.0, 0.0], 2, 30.0, "fused"),
        train(dying, [[1.0, 2.0], [2.0, 1.0]], [0.0, 1.0], 20, 0.1),
        train(sure, [[1.0], [2.0]], [1.0, 0.0], 20, 0.1, "clamped", 1e-7, "floor"),
        train(Network([np.array([[20.0]])]), [[1.0]], [1.0], 1, 1e10, "naive"),
        Scenario(seed=75, data="or", updates=60).recordings()["fused"],
        Scenario(units=(2,), hidden="tanh", scale=0.5, seed=52, data="moons",
                 learning_rate=1.0).recordings()["fused"],
    ]  # fmt: skip
    return [(recording, verdict(recording)) for recording in recordings]


def test_every_sentence_of_every_verdict_is_true_of_its_recording():
    for recording, said in pool():
        for sentence in sentences(said.text):
            pattern, match = matched(sentence)
            assert CLAIMS[pattern](recording, *match.groups()), (sentence, said.text)


def test_every_kind_and_every_sentence_was_tried():
    assert {said.kind for _, said in pool()} == set(SENTENCES)
    said = {matched(s)[0] for _, v in pool() for s in sentences(v.text)}
    assert not [pattern for pattern in CLAIMS if pattern not in said]


APART = [
    ("Every value is finite", "NaN|∞|left float"),
    ("nothing warns you", "cost of (NaN|∞)"),
    ("scale the inputs", "smaller weight scale|another seed: |: try [0-9]"),
    ("Learned", "too large|more updates|still falls|try |Try |scale the inputs|dead|nothing"),
    ("falls", "stays at|goes from|swings|has grown|Stands still|without a trend"),
    ("Still learning", "too large|dead|Try another"),
    ("an h that is not finite", "Every value is finite|training went on|Breaks|nothing warns"),
    ("a gradient left", "Every value is finite|training went on|Breaks|nothing warns"),
    ("training went on", "not finite|a gradient left|nothing warns"),
    ("Breaks", "Learned|training went on|samples (is|are) right|still falls"),
    ("too large: try", "more updates|larger α"),
    ("only the base rate", r"would get \d+ right"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_sentences_that_would_contradict_never_stand_together(one, other):
    texts = [said.text for _, said in pool() if re.search(one, said.text)]
    assert texts
    assert not [text for text in texts if re.search(other, text)]


def test_no_verdict_is_longer_than_a_reader_has_patience_for():
    assert max(len(said.text) for _, said in pool()) < 520
    assert max(len(said.short) for _, said in pool()) <= 34

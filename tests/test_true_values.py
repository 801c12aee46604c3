"""The page's own digits: its decimals round as Python's, its functions are those of mpmath, and at
every corner it says of true values what Python says."""

import json
import re
from decimal import Context, Decimal, localcontext
from itertools import product

import mpmath
import numpy as np
import pytest

from backprop.engine import operations
from backprop.engine.derivatives import CLAMPS
from backprop.scenario.datasets import dataset
from backprop.scenario.fields import OWN
from backprop.scenario.scenario import Scenario
from backprop.stage.experiment import experiment
from tests import engines
from tests.test_engines import in_node
from tests.test_scripts import ROOT, node

SCRIPT = """
import { readFileSync } from "node:fs";
import * as decimals from "./backprop/stage/engine/exact/decimals.js";
import * as fifty from "./backprop/stage/engine/exact/fifty.js";
import * as functions from "./backprop/stage/engine/exact/functions.js";
import { OPERATIONS } from "./backprop/stage/engine/exact/operations.js";
const all = { ...decimals, ...functions, ...fifty };
for (const [name, of] of Object.entries(OPERATIONS)) {
  all[`operation ${name}`] = (...operands) => of(operands.pop(), ...operands);
}
const read = (text) => {
  const [, c, e] = /^(-?\\d+)e(-?\\d+)$/.exec(text);
  return decimals.exactly(BigInt(c), Number(e), c.length);
};
const text = (a) => (a.c === undefined ? Object.values(a).map(text) : `${a.c}e${a.e}`);
const given = JSON.parse(readFileSync(process.argv[1]));
const answers = given.map(([name, p, ...operands]) => text(all[name](...operands.map(read), p)));
console.log(JSON.stringify(answers));
"""


def asked(folder, given):
    """What functions of the page give: their names, digits and operands are given."""
    written = [[name, p, *map(text, operands)] for name, p, *operands in given]
    (folder / "given.json").write_text(json.dumps(written), "utf-8")
    done = node("--input-type=module", "--eval", SCRIPT, str(folder / "given.json"))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def text(number):
    sign, digits, exponent = number.as_tuple()
    return f"{'-' * sign}{''.join(map(str, digits))}e{exponent}"


def random_decimals(rng, count):
    """Of all lengths and sizes, doubles and round ones among them."""
    for _ in range(count):
        kind = rng.integers(4)
        if kind == 0:
            yield Decimal(float(rng.normal() * 10.0 ** rng.uniform(-300, 300)))
        elif kind == 1:
            yield Decimal(int(rng.integers(-20, 21))) / 4
        else:
            length = int(rng.integers(1, 120))
            digits = "".join(map(str, rng.integers(0, 10, length)))
            if kind == 2:  # near a tie, or one
                digits = digits[:50].ljust(50, "7") + "5" + "0" * int(rng.integers(60))
            sign = "-" if rng.random() < 0.5 else ""
            yield Decimal(f"{sign}{digits}e{int(rng.integers(-160, 60))}")


def test_its_arithmetic_rounds_as_python_rounds(tmp_path):
    rng = np.random.default_rng(11)
    a, b = list(random_decimals(rng, 3000)), list(random_decimals(rng, 3000))
    b[::7] = [-x for x in a[::7]]  # which cancel
    b[1::7] = [x * (1 + Decimal(10) ** -int(rng.integers(1, 70))) for x in a[1::7]]
    given, ours = [], []
    for x, y, p in zip(a, b, rng.choice([50, 69, 100, 500], 3000).tolist(), strict=True):
        context = Context(p)
        for name in ("add", "subtract", "multiply", "divide"):
            if name != "divide" or y:
                given.append((name, p, x, y))
                ours.append(getattr(context, name)(x, y))
    theirs = map(Decimal, asked(tmp_path, given))
    for (name, p, x, y), got, own in zip(given, theirs, ours, strict=True):
        assert got == own, (name, p, x, y)


ARGUMENTS = (0.0, 1e-300, -1e-18, 3e-17, -2e-14, 1e-13, 1.1e-13, 1e-3, -0.7, 1.0, -36.9, 700.0,
             1000.0)  # fmt: skip


def arguments(rng, spread, count):
    scaled = spread * rng.normal(size=count) * 10.0 ** -rng.choice([0, 0, 1, 3, 15, 25], count)
    return [Decimal(x) for x in (*ARGUMENTS, *scaled.tolist())]


@pytest.mark.parametrize("p", [50, 69, 100, 500])
def test_exp_and_log_are_mpmaths_rounded_to_the_last_digit(tmp_path, p):
    rng = np.random.default_rng(p)
    given = [("exp", p, x) for x in arguments(rng, 300.0, 80)]
    positive = [abs(x) for x in arguments(rng, 30.0, 60) if x]
    near_one = [1 + x for x in arguments(rng, 0.1, 40) if abs(x) < 1]  # to 28 digits
    given += [("log", p, x) for x in (*positive, *near_one)]
    for (name, _, x), got in zip(given, asked(tmp_path, given), strict=True):
        with mpmath.workdps(p + 350):
            true = getattr(mpmath, name)(mpmath.mpf(text(x)))
            off = abs(mpmath.mpf(got) - true)
            last = mpmath.mpf(10) ** (mpmath.floor(mpmath.log10(abs(true))) + 1 - p) if true else 0
            assert off <= last * (0.5 + mpmath.mpf(10) ** -9), (name, x, got)


@pytest.mark.heavy
def test_the_others_are_mpmaths_to_49_digits(tmp_path):
    rng, mp = np.random.default_rng(3), mpmath
    given, ours = [], []
    with mp.workdps(900):  # 1 − tanh² and log(1 + e⁻ʰ) need many
        for x in arguments(rng, 20.0, 60):
            h = mp.mpf(text(x))
            z, mirrored, e = 1 / (1 + mp.exp(-h)), 1 / (1 + mp.exp(h)), mp.exp(-abs(h))
            wanted = {
                "expm1": mp.expm1(h), "sigmoids": [z, mirrored, e],
                "sigmoidAndSlope": [z, z * mirrored],
                "tanhAndSlope": [mp.tanh(h), mp.sech(h) ** 2],
            }  # fmt: skip
            if x > -1:
                wanted["log1p"] = mp.log1p(h)
            for y in (0.0, 0.25, 1.0, 1e-14):
                delta, gain = (1 - y) * z - y * mirrored, 1 - mp.mpf(y)
                cost = mp.mpf(y) * mp.log1p(mp.exp(-h)) + gain * mp.log1p(mp.exp(h))
                delta = gain * z - mp.mpf(y) * mirrored
                given += [("crossEntropy", 50, x, Decimal(y)), ("quadratic", 50, x, Decimal(y))]
                ours += [[z, delta, cost], [z, delta * z * mirrored, delta**2 / 2]]
            given += [(name, 50, x) for name in wanted]
            ours += wanted.values()
        for asks, got, true in zip(given, asked(tmp_path, given), ours, strict=True):
            pairs = zip(got, true, strict=True) if isinstance(got, list) else [(got, true)]
            for one, other in pairs:
                assert abs(mp.mpf(one) - other) <= abs(other) * mp.mpf(10) ** -48, asks


def operands(name, rng):
    """Of an operation: as many numbers as it takes, of the kind that it is asked for."""
    kinds = {
        "one_minus_times": "yx", "clip": "ye", "inside": "ye", "log": "y", "log_floored": "y",
        "miss": "xy", "unless_zero": "xy", "above_logit": "xy", "by_sign": "xxx",
    }  # fmt: skip
    binary = ("subtract", "add", "multiply", "divide", "maximum", "negative_sum")
    x = 30 * rng.normal() * 10.0 ** -rng.choice([0, 0, 5])
    of = {"x": x, "y": rng.choice([0.0, 1.0, 0.5, 1e-14, 1e-120, rng.random()]), "e": 1e-7}
    taken = kinds.get(name, "xy" if name in binary else "x")
    numbers = [of[kind] for kind in taken]
    if name == "divide" or (name.startswith("log") and not numbers[0]):
        numbers[-1] = 0.3
    return [Decimal(float(n)) for n in numbers]


@pytest.mark.parametrize("p", [100, 500])
def test_every_operation_gives_the_decimal_that_it_gives_in_python(tmp_path, p):
    every = [one for one in vars(operations).values() if isinstance(one, operations.Operation)]
    rng, given, ours = np.random.default_rng(p), [], []
    for operation in every:
        for _ in range(20):
            numbers = operands(operation.name, rng)
            with localcontext(Context(p, traps=[])):
                arrays = [np.array([n], dtype=object) for n in numbers]
                found = Decimal(operation.compute(*arrays)[0])
            if found.is_finite():
                given.append((f"operation {operation.name}", p, *numbers))
                ours.append(found)
    for asks, got, own in zip(given, asked(tmp_path, given), ours, strict=True):
        assert Decimal(got) == own, asks
    assert {name for name, *_ in given} == {f"operation {one.name}" for one in every}
    written = (ROOT / "backprop/stage/engine/exact/operations.js").read_text("utf-8")
    assert set(re.findall(r"^  (\w+): \(", written, re.M)) == {one.name for one in every}


HS = (0.0, 5e-324, -1e-14, 0.5, -8.3, 16.7, 36.75, -40.0, 100.0, -100.5, 745.2, -999.0, 1000.0,
      -1000.5, 1e6, -3e4, 1e16, -1e300)  # fmt: skip


def neuron(h, y, **changes):
    """One neuron with this h and target; h may be beyond a narrow format."""
    X = np.array([[1.0], [-1.0], [0.5]])
    table = dataset(OWN, X, np.array([[y], [1.0], [0.0]]))
    return Scenario(
        units=(), bias=False, data=OWN, table=table, weights=(("W1.0.0", h),), updates=1,
        **changes,
    )  # fmt: skip


def corners():
    ys = (0.0, 1.0, 0.5, 0.5 + 2**-53, 1e-14, 1 - 1e-14)
    for h, y, name in product(HS, ys, ("naive", "split", "logit_difference", "fused")):
        yield neuron(h, y, derivative=name)
    for h, y, clamp, epsilon in product(HS, (0.0, 1.0, 0.3), CLAMPS, (1e-7, 1e-300)):
        yield neuron(h, y, derivative="clamped", clamp=clamp, epsilon=epsilon)
        yield neuron(h, y, derivative="clamped", clamp=clamp, epsilon=epsilon, sample=2)
    yield neuron(40.0, 0.0, derivative="naive", sample=2)  # whose weight is NaN by then
    narrow = [h for h in HS if abs(h) < 6e4]
    for h, y, fmt in product(narrow, (0.0, 1.0, 0.3), ("float32", "float16", "bfloat16")):
        yield neuron(h, y, derivative="naive", format=fmt)
        yield neuron(h, y, derivative="clamped", clamp="clip", epsilon=1e-8, format=fmt)
        yield neuron(h, y, cost="quadratic", format=fmt)
    for hidden, scale in product(("tanh", "sigmoid", "relu"), (0.0, 1e-14, 1e-12, 1e-8, 30.0, 1e3)):
        yield Scenario(units=(3, 2), hidden=hidden, scale=scale, updates=2, sample=2)
    rows = np.random.default_rng(4).normal(size=(250, 2))
    many = dataset(OWN, rows, (rows[:, :1] > 0).astype(float))
    for units in ((8,) * 6, (4, 4)):  # too large for gradients, and not
        yield Scenario(units=units, data=OWN, table=many, updates=1, sample=99)


@pytest.mark.heavy
def test_both_sides_say_the_same_of_true_values_at_every_corner(tmp_path):
    found = []
    for scenario in corners():
        made = experiment(scenario)
        made["runners"] = [one for one in made["runners"] if one["name"] == made["shown"]]
        found.append((scenario, made))
    wanted = [engines.digests(engines.parts(*case)[0]) for case in found]
    said = "\n".join(own["true values"] for own in wanted)
    for words in ("digits lost at 1 − z", "ε decides", "correctly rounded", "ulp off", "1 − "):
        assert words.replace(" at 1 − z", " at 1\u00a0−\u00a0z") in said, words
    assert any(own["true values"] == "" for own in wanted)  # weights that are NaN
    engines.compare((found, wanted), in_node(tmp_path))

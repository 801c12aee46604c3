"""Both engines give the same bytes: recordings, costs, first faults, packed scenes.

Here in Node; in browsers it is `browser/test_engines.py`.
"""

import gzip
import json

import numpy as np
import pytest

from backprop import FORMATS
from backprop.drawing.scripts import bundle
from backprop.engine import elementary, operations
from backprop.scenario.datasets import dataset
from backprop.scenario.fields import OWN
from backprop.scenario.scenario import Scenario
from backprop.stage import experiment, javascript
from backprop.stage.digest import canonical
from backprop.stage.protocol import Experiment, ExperimentRunner
from tests import engines
from tests.test_scripts import ROOT, node

SCRIPT = f"""
import {{ readFileSync }} from "node:fs";
import engine from {json.dumps(str(engines.ENGINE))};
import * as asked from {json.dumps(str(ROOT / "tests" / "engines.js"))};
const [, what, file] = process.argv;
console.log(JSON.stringify(await asked[what](engine(), JSON.parse(readFileSync(file)))));
"""


def in_node(tmp_path):
    """Asks engines.js in Node: "digests" of experiments, or one "whole"."""

    def ask(what, given):
        (tmp_path / "given.json").write_text(json.dumps(given), "utf-8")
        done = node("--input-type=module", "--eval", SCRIPT, what, str(tmp_path / "given.json"))
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def test_the_same_bytes_come_out_of_both_engines(tmp_path):
    engines.compare(engines.expected(1, engines.COUNT), in_node(tmp_path))


def test_so_do_those_of_samples_that_share_the_segments_of_a_strip(tmp_path):
    """Among them some that are not finite, from the middle of the training on."""
    rng = np.random.default_rng(3)
    table = dataset(OWN, rng.normal(size=(150, 3)), rng.integers(0, 2, (150, 1)).astype(float))
    scenario = Scenario(
        units=(5, 4), data=OWN, table=table, scale=3.0, seed=2, learning_rate=10.0,
        updates=40, derivative="naive", format="float16",
    )  # fmt: skip
    asked = experiment.experiment(scenario)
    asked["runners"] = [one for one in asked["runners"] if one["name"] == "naive"]
    found, _ = engines.parts(scenario, asked)
    fault, *_ = json.loads(found["first fault of naive"])
    codes = found["strips"]
    assert codes.shape[1:] == (30, 64) and 0 < fault < 40
    assert (codes[:fault] != 255).all() and (codes[fault] == 255).any()
    engines.compare(([(scenario, asked)], [engines.digests(found)]), in_node(tmp_path))


def test_an_experiment_has_the_keys_that_are_declared_and_is_plain():
    asked = experiment.experiment(Scenario(edits=((0, (1.0, 2.0, 0.5)),)))
    assert set(asked) == set(Experiment.__annotations__) and len(asked["draws"]) == 37
    assert all(set(one) == set(ExperimentRunner.__annotations__) for one in asked["runners"])
    assert json.loads(json.dumps(asked, allow_nan=False)).keys() == asked.keys()


@pytest.mark.parametrize("path", javascript.WRITTEN, ids=lambda path: path.stem)
def test_what_is_written_from_the_records_is_current(path):
    required = "run python -m backprop.stage.javascript"
    assert path.read_text("utf-8") == javascript.WRITTEN[path](), required


def test_the_script_of_the_engine_is_small():
    script = bundle(engines.ENGINE).encode()
    assert len(script) < 100_000 and len(gzip.compress(script)) < 24_000


FUNCTIONS = """
import { readFileSync, writeFileSync } from "node:fs";
import { exp, expm1, log, log1p, tanh } from "./backprop/stage/engine/elementary.js";
import { formatNamed, rounded } from "./backprop/stage/engine/formats.js";
const [, folder] = process.argv;
const given = readFileSync(folder + "/given");
const xs = new Float64Array(given.buffer, given.byteOffset, given.byteLength / 8);
const functions = { exp, expm1, log, log1p, tanh: (x) => tanh(x, exp(-2 * Math.abs(x))) };
for (const name of ["float32", "float16", "bfloat16"]) {
  functions[name] = (x) => rounded(x, formatNamed(name));
}
for (const [name, of] of Object.entries(functions)) {
  writeFileSync(folder + "/" + name, xs.map((x) => of(x)));
}
"""


def test_functions_and_roundings_have_the_same_bits(tmp_path):
    rng = np.random.default_rng(5)
    bits = rng.integers(0, 2**64, 40_000, np.uint64)
    ties = bits & np.uint64(0xFFFFFC0000000000) | rng.integers(0, 2, 40_000, np.uint64)
    xs = np.concatenate([
        bits.view(np.float64), ties.view(np.float64), rng.normal(0, 30, 40_000),
        rng.uniform(-1, 1, 40_000), rng.uniform(-750, 750, 40_000), 1 + rng.normal(0, 1e-3, 9000),
        [0.0, -0.0, np.inf, -np.inf, np.nan, 1.0, -1.0, 40.0, 5e-324, 2.0**-1022],
    ])  # fmt: skip
    (tmp_path / "given").write_bytes(xs.tobytes())
    done = node("--input-type=module", "--eval", FUNCTIONS, str(tmp_path))
    assert done.returncode == 0, done.stderr
    with np.errstate(all="ignore"):
        for name in ("exp", "expm1", "log", "log1p", "tanh"):
            same(getattr(elementary, name)(xs), tmp_path / name, xs)
        for name in ("float32", "float16", "bfloat16"):
            same(FORMATS[name].round(xs), tmp_path / name, xs)


def same(ours, file, xs):
    theirs = np.frombuffer(file.read_bytes())
    differ = canonical(ours).view(np.uint64) != canonical(theirs).view(np.uint64)
    assert not differ.any(), (file.name, xs[differ][:3], ours[differ][:3], theirs[differ][:3])


LOGITS = """
import { aboveLogit } from "./backprop/stage/engine/logit.js";
const given = JSON.parse(process.argv[1]);
const above = given.map(([hs, ys], f) => hs.map((h, n) => aboveLogit(h, ys[n], f)));
console.log(JSON.stringify(above));
"""


def test_the_distance_from_a_logit_has_the_same_bits():
    rng = np.random.default_rng(6)
    labels = np.concatenate([
        rng.random(200), 10.0 ** -rng.uniform(0, 300, 50), 1 - 10.0 ** -rng.uniform(0, 15, 50),
        0.5 + rng.normal(0, 1e-15, 50),
    ])  # fmt: skip
    given, ours = [], []
    for fmt in FORMATS.values():
        y = fmt.round(labels)
        y = y[(y > 0) & (y < 1)]
        first = operations.logit(y)[0]
        h = np.where(np.arange(len(y)) % 3 == 0, first, fmt.round(np.rint(64 * first) / 64))
        given.append([h.astype(float).tolist(), y.astype(float).tolist()])
        ours.append(operations.ABOVE_LOGIT.compute(h, y).astype(float).tolist())
    done = node("--input-type=module", "--eval", LOGITS, json.dumps(given))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ours and min(map(len, ours)) > 200

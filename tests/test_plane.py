"""The plane of two inputs on the page, against Python's engine: its field and its samples."""

import json

import numpy as np
import pytest

from backprop.racing.boundary import boundary
from backprop.scenario.scenario import Scenario
from backprop.stage.experiment import experiment
from tests.test_scripts import node

SCRIPT = """
import { readFileSync } from "node:fs";
import { forward, load, networkOf } from "./backprop/stage/engine/passes.js";
import { networkOfPoints } from "./backprop/stage/engine/plane.js";
import { ACTIVATIONS } from "./backprop/stage/engine/records.js";
import { runOf } from "./backprop/stage/engine/training.js";
import { train } from "./tests/scripts/engine.js";
import { judge, newSamples, passSamples } from "./backprop/stage/player/samples.js";
const { experiment, points, updates } = JSON.parse(readFileSync(process.argv[1]));
const training = train(experiment);
const run = runOf(training, experiment.shown);
const recording = { training, experiment, blocks: new Map() };
const L = experiment.sizes.length - 1;
for (const name of ["h", "z", "delta"])
  for (let i = 1; i <= L; i += 1)
    recording.blocks.set(`${name}.${i}`, { known: name === "delta" ? 100 - i : i });
const field = networkOfPoints(training, run, Float64Array.from(points.flat()));
const samples = newSamples(recording);
const found = updates.map((k) => {
  load(field, run.parameters, k);
  const h = forward(field).slice(0, points[0].length);
  const z = new Float64Array(h.length);
  ACTIVATIONS.sigmoid.compute(h, z, new Float64Array(h.length), training.format);
  passSamples(samples, recording, k);
  const states = [0, L, 100].map((operation) => {
    judge(samples, recording, { operation });
    return [...samples.states];
  });
  return { z: [...z].map(String), states };
});
console.log(JSON.stringify(found));
"""
FINE, DEAD, BAD = range(3)


def on_the_page(tmp_path, scenario, points, updates):
    """What the page's modules say of z at the points, and of the samples, at some updates.

    The states are those at the start of an update, after its forward pass, and at its end.
    """
    asked = {"experiment": experiment(scenario), "points": points.tolist(), "updates": updates}
    (tmp_path / "asked.json").write_text(json.dumps(asked), "utf-8")
    done = node("--input-type=module", "--eval", SCRIPT, str(tmp_path / "asked.json"))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def judged(recording, k, forward_only):
    """Which samples are not finite or dead, by the trace of an update."""
    trace = recording.trace(k)
    finite = np.ones(len(recording.X), bool)
    for layer in trace.layers:
        for values in (layer.h, layer.z, *(() if forward_only else (layer.delta,))):
            finite &= np.isfinite(values).all(axis=1)
    last = trace.layers[-1]
    with np.errstate(over="ignore", invalid="ignore"):
        error = np.abs(1 / (1 + np.exp(-last.h.astype(float))) - recording.y)
        dead = (error > 0.1) & (np.abs(last.delta.astype(float)) < 0.01 * error)
    states = np.where(dead.any(axis=1) & (not forward_only), DEAD, FINE)
    return np.where(finite, states, BAD).tolist()


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(derivative="naive"),
        Scenario(derivative="clamped"),
        Scenario(derivative="naive", format="float16", edits=((1, (0.25, -1.5, 0.0)),)),
        Scenario(data="moons", hidden="tanh", units=(5,), format="bfloat16", updates=20),
        Scenario(data="worked_example", hidden="relu", format="float32", bias=False, updates=9),
    ],
    ids=["naive", "clamped", "float16", "bfloat16", "two outputs"],
)
def test_the_plane_is_what_python_says_of_it(tmp_path, scenario):
    recording = scenario.recordings()[scenario.running]
    x1, x2 = np.linspace(-1.7, 2.1, 9), np.linspace(-3, 1, 7)
    points = np.stack(np.meshgrid(x1, x2)).reshape(2, -1)
    updates = [0, 5, 6, scenario.updates]
    seen = on_the_page(tmp_path, scenario, points, updates)
    for k, found in zip(updates, seen, strict=True):
        ours = boundary(recording, k, x1, x2).reshape(-1).astype(float)
        np.testing.assert_array_equal([float(z.replace("NaN", "nan")) for z in found["z"]], ours)
        start, forward, end = found["states"]
        assert set(start) == {FINE}, "nothing is said before it is computed"
        assert forward == judged(recording, k, forward_only=True)
        assert end == judged(recording, k, forward_only=False)


def test_broken_and_silent_networks_are_among_those_that_were_compared():
    naive, clamped = (Scenario(derivative=name).recordings()[name] for name in ("naive", "clamped"))
    assert judged(naive, 5, forward_only=False).count(BAD) in (1, 2, 3)
    assert judged(naive, 6, forward_only=True) == [BAD] * 4
    assert DEAD in judged(clamped, 6, forward_only=False)

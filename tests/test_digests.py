"""The same bits everywhere: whole runs against stored digests, in other kernels too."""

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest

from backprop import race
from backprop.engine.derivatives import CLAMPS, DERIVATIVES
from backprop.programs.numpy_code import numpy_code
from backprop.scenario.datasets import DATASETS
from tests.digests import FILE, MANY, digest, scenario_of, stored

STORED = stored()
ROOT = FILE.parents[2]
FAULTY = "seed=8653&data=moons&derivative=naive&format=float32&updates=200"


@pytest.mark.parametrize("part", range(8))
def test_this_machine_computes_the_stored_bits(part):
    wrong = [line for line in [*STORED][part::8] if digest(scenario_of(line)) != STORED[line]]
    assert not wrong


def test_the_stored_scenarios_are_of_every_kind():
    scenarios = [scenario_of(line) for line in STORED]
    assert len(scenarios) >= 200
    kinds = {(s.format, s.hidden) for s in scenarios}
    assert len(kinds) == 12
    forms = {(s.format, s.cost, s.derivative, s.clamp * (s.derivative == "clamped"))
             for s in scenarios}  # fmt: skip
    for fmt in ("float64", "float32", "float16", "bfloat16"):
        assert (fmt, "quadratic", "fused", "") in forms
        assert all((fmt, "bce", name, "") in forms for name in set(DERIVATIVES) - {"clamped"})
        assert all((fmt, "bce", "clamped", clamp) in forms for clamp in CLAMPS)
    assert {s.data for s in scenarios} == {*DATASETS, "own"}
    assert {len(s.dataset().X) for s in scenarios if s.data == "own"} == {1, 250}
    assert {s.scaling for s in scenarios} == {"none", "standard", "range"}
    assert FAULTY in STORED and any(MANY in line for line in STORED)


def _features():
    found = np._core._multiarray_umath
    return [name for name in found.__cpu_dispatch__ if found.__cpu_features__.get(name)]


@pytest.mark.parametrize(
    "setting",
    [*({"OPENBLAS_CORETYPE": core} for core in ("Haswell", "SkylakeX", "Prescott")),
     {"NPY_DISABLE_CPU_FEATURES": " ".join(_features())}],
    ids=lambda setting: "-".join(setting.values())[:20],
)  # fmt: skip
def test_another_kernel_or_no_vector_features_change_no_bit(setting):
    done = subprocess.run(
        [sys.executable, "-m", "tests.digests", "8"], cwd=ROOT, env=os.environ | setting,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = dict(line.split() for line in done.stdout.splitlines())
    assert len(found) >= 25 and FAULTY in found
    assert found == {line: STORED[line] for line in found}


def test_a_digest_tells_one_bit():
    scenario = scenario_of("updates=1")
    moved = np.nextafter(scenario.learning_rate, 100)
    assert digest(scenario) != digest(scenario_of(f"updates=1&learning_rate={float(moved)!r}"))


ADDED = """
import hashlib, sys
found = hashlib.sha256()
arrays = [a[i] for i in range(1, L + 1) for a in (W, *([b] if "b" in globals() else []))]
for array in [*arrays, *(a[i] for a in (h, z, delta) for i in range(1, L + 1)), np.asarray(J)]:
    exact = np.array(array, "<f8", order="C")
    exact[np.isnan(exact)] = np.nan
    found.update(exact.tobytes())
print(found.hexdigest(), file=sys.stderr)
"""


def of_numbers(arrays):
    found = hashlib.sha256()
    for array in arrays:
        exact = np.array(array, "<f8", order="C")
        exact[np.isnan(exact)] = np.nan
        found.update(exact.tobytes())
    return found.hexdigest()


@pytest.mark.parametrize("part", range(4))
def test_the_numpy_file_gives_every_bit_in_a_process_of_its_own(part):
    lines = [*STORED][3 * part :: 12]
    programs, wanted = [], []
    for line in lines:
        scenario = scenario_of(line)
        data, update = scenario.dataset(), min(scenario.updates, 12)
        (recording,) = race(
            scenario.network(), data.X, data.y, [scenario.output_derivative(scenario.derivative)],
            updates=update, learning_rate=scenario.learning_rate,
        ).values()  # fmt: skip
        net, trace = recording.network(update), recording.trace(update)
        pairs = zip(net.weights, net.biases or [None] * len(net.weights), strict=True)
        numbers = [a for pair in pairs for a in pair if a is not None]
        numbers += [getattr(layer, name) for name in ("h", "z", "delta") for layer in trace.layers]
        wanted.append(of_numbers([*numbers, recording.cost[update]]))
        programs.append(numpy_code(recording, update, data) + ADDED)
    # Each runs in a room of its own, all in one process, which knows nothing of the engine.
    text = f"for program in {programs!r}:\n    exec(compile(program, 'file', 'exec'), {{}})"
    done = subprocess.run(
        [sys.executable, "-"], input=text, capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": "", "OPENBLAS_CORETYPE": "Prescott"},
    )  # fmt: skip
    assert len(wanted) == 20 and done.stderr.split() == wanted

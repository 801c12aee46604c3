"""What is taken away says what was on the screen."""

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from backprop import FORMATS, race
from backprop.export.numbers import COLUMNS, arrays, table
from backprop.programs.numpy_code import numpy_code
from backprop.programs.torch_code import torch_code
from backprop.scenario.linked import WORDS, own_table
from backprop.scenario.scenario import Scenario
from backprop.scenario.settings import from_json, to_json

FORMS = [
    *({"derivative": name} for name in ("naive", "fused", "split")),
    *({"derivative": "clamped", "clamp": c} for c in ("denominator", "clip", "clip_both", "floor")),
    {"cost": "quadratic"},
]
NAMES = ("a", "b", "c", "it fits")
LARGE = own_table(np.random.default_rng(3).uniform(size=(2000, 33)))
GENTLE = Scenario(scale=1.0, learning_rate=1.0, updates=10, data="xor_wrong_label")


def recorded(scenario):
    data = scenario.dataset()
    race_of = race(
        scenario.network(), data.X, data.y, scenario.derivatives(),
        updates=scenario.updates, learning_rate=scenario.learning_rate,
    )  # fmt: skip
    return race_of[scenario.running]


def ran(code):
    """The variables that a program leaves behind."""
    names: dict = {}
    with np.errstate(all="ignore"):  # the program sets its own, which must not outlive it
        exec(compile(code, "backprop_numpy.py", "exec"), names)
    return names


def assert_same_numbers(got, recording, update, units):
    """Equal to `units` roundings of the largest number of each array: sums differ in order."""
    trace = recording.trace(update)
    half_ulp = 2.0**-recording.start.format.precision
    for i, layer in enumerate(trace.layers, start=1):
        for name in ("h", "z", "delta", "dW", "db"):
            said = getattr(layer, name)
            if said is None:
                assert name == "db" and i not in got["db"]
                continue
            assert got[name][i].dtype == said.dtype, (name, i)
            said, given = said.astype(float), got[name][i].astype(float)
            finite = np.isfinite(said)
            assert np.array_equal(said[~finite], given[~finite], equal_nan=True), (name, i)
            reach = np.abs(said[finite]).max(initial=0.0)
            off = np.abs(said[finite] - given[finite]).max(initial=0.0)
            assert off <= units * half_ulp * reach, (name, i, off / half_ulp / reach)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: "-".join(form.values()))
@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
def test_the_numpy_file_gives_the_numbers_on_the_screen(format_name, form, hidden, capsys):
    scenario = replace(GENTLE, format=format_name, hidden=hidden, bias=hidden != "tanh", **form)
    recording = recorded(scenario)
    for update, units in ((0, 32), (6, 1000)):
        got = ran(numpy_code(recording, update))
        assert_same_numbers(got, recording, update, units)
        cost = float(recording.cost[update])
        allowed = units * 2.0**-recording.start.format.precision * abs(cost)
        assert float(got["J"]) == pytest.approx(cost, rel=0, abs=allowed)
        assert f"update {update}, J = " in capsys.readouterr().out


@pytest.mark.parametrize("name", FORMATS)
def test_the_numpy_file_prints_the_digits_of_the_table(name, capsys):
    recording = recorded(replace(GENTLE, format=name, output_bias=17.375, scale=900.0))
    ran(numpy_code(recording, 0))
    printed = capsys.readouterr().out
    told = {float(n) for n in re.findall(r"-?\d+\.?\d*(?:e[+-]\d+)?", printed)}
    assert float(recording.cost[0]) in told
    for layer in recording.trace(0).layers:
        for array in (layer.h, layer.z, layer.delta, layer.dW, layer.db):
            assert set(array.astype(float).ravel().tolist()) <= told


@pytest.mark.parametrize("update", [4, 5, 6])
def test_the_numpy_file_meets_the_same_nan_at_the_same_place(update, capsys):
    recording = recorded(Scenario(derivative="naive"))
    assert recording.first_fault.update == 5
    got = ran(numpy_code(recording, update))
    assert np.isfinite(got["delta"][3]).all() == (update < 5)
    assert_same_numbers(got, recording, update, 1e6)
    assert ("nan" in capsys.readouterr().out) == (update >= 5)


def test_the_numpy_file_runs_by_itself(tmp_path):
    path = tmp_path / "backprop_numpy.py"
    path.write_text(numpy_code(recorded(GENTLE), 3), "utf-8")
    done = subprocess.run([sys.executable, "-W", "error", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "layer 3: h, z and delta" in done.stdout


@pytest.mark.parametrize("format_name", FORMATS)
def test_only_bfloat16_needs_more_than_numpy_and_says_so(format_name):
    code = numpy_code(recorded(replace(GENTLE, format=format_name)), 0)
    imports = [line for line in code.splitlines() if line.startswith(("import", "from"))]
    assert imports[0] == "import numpy as np"
    assert len(imports) == (2 if format_name == "bfloat16" else 1)
    assert ("pip install ml_dtypes" in code) == (format_name == "bfloat16")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: "-".join(form.values()))
def test_the_code_is_short_enough_to_read(form):
    recording = recorded(replace(GENTLE, **form))
    for code in (numpy_code(recording, 3), torch_code(recording, 3)):
        compile(code, "backprop_numpy.py", "exec")
        head, body = code.split("L = len(W)")
        assert len([line for line in body.splitlines() if line.strip()]) <= 45
        assert max(map(len, body.splitlines())) <= 100
        assert "update 3" in head


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_arrays_hold_every_number_exactly(format_name):
    recording = recorded(replace(GENTLE, format=format_name, derivative="naive"))
    trace = recording.trace(7)
    with np.load(io.BytesIO(arrays(recording, 7)), allow_pickle=False) as found:
        assert (found["format"], found["derivative"], found["update"]) == (format_name, "naive", 7)
        for i, layer in enumerate(trace.layers, start=1):
            for name in ("h", "z", "delta", "dW", "db"):
                assert np.array_equal(found[f"{name}{i}"], getattr(layer, name).astype(float))
            assert np.array_equal(found[f"W{i}"], trace.network.weights[i - 1].astype(float))
        assert len(found["true_cost"]) == recording.updates + 1


@pytest.mark.parametrize("name", FORMATS)
def test_the_table_reads_back_as_the_very_float64_in_every_format(name):
    trace = recorded(Scenario(format=name, output_bias=17.375, scale=1000)).trace(3)
    _, *lines = csv.reader(io.StringIO(table(trace)))
    for sample, i, unit, *numbers in lines:
        layer, at = trace.layers[int(i) - 1], (int(sample) - 1, int(unit) - 1)
        truth = [float(layer.h[at]), float(layer.z[at]), float(layer.delta[at])]
        assert list(map(float, numbers)) == truth


def test_the_table_reads_back_as_the_trace_nan_included():
    recording = recorded(Scenario(derivative="naive"))
    trace = recording.trace(5)
    header, *lines = csv.reader(io.StringIO(table(trace)))
    assert tuple(header) == COLUMNS
    assert len(lines) == 4 * (4 + 4 + 1)
    for sample, i, unit, *numbers in lines:
        layer, at = trace.layers[int(i) - 1], (int(sample) - 1, int(unit) - 1)
        truth = [layer.h[at], layer.z[at], layer.delta[at]]
        assert np.array_equal(np.array(numbers, float), truth, equal_nan=True)
    assert "NaN" in table(trace)


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(),
        Scenario(units=(), format="bfloat16", epsilon=1e-300, bias=False),
        Scenario(data="own", table=own_table([(1.5, -2.0, 1.0), (0.1, 0.2, 0.25)]), sample=2),
        Scenario(data="own", table=own_table([(1e-320, -1e300, 1 / 3)], "a,b", 1), sample=1),
        Scenario(data="own", table=LARGE, scaling="standard", edits=((1999, (0.1,) * 33),)),
        Scenario(edits=((0, (9.0, 1.0, 0.0)),)),
        Scenario(weights=(("W1.0.1", 0.25), ("b2.3", -1e-9)), update=7, operation="delta.2"),
    ],
)  # fmt: skip
def test_a_scenario_survives_json(scenario):
    assert from_json(to_json(scenario)) == (scenario, [])
    assert set(json.loads(to_json(scenario))["scenario"]) == {*vars(scenario), *WORDS} - {"table"}


@pytest.mark.parametrize("kind", ["standard", "range"])
@pytest.mark.parametrize("format_name", FORMATS)
def test_the_numpy_file_scales_raw_inputs_to_the_very_numbers_on_the_screen(kind, format_name):
    table = own_table([[1e6, 3e-9, 7, 0], [2e6, 1e-9, 7, 1], [3.7e6, 2e-9, 7, 1]], NAMES)
    scenario = replace(GENTLE, data="own", table=table, scaling=kind, format=format_name, sample=1,
                       edits=((1, (0.3, 1 / 3, 0.1, 0.5)),))  # fmt: skip
    data, recording = scenario.dataset(), recorded(scenario)
    code = numpy_code(recording, 0, data)
    assert "# X: a, b, c" in code and "# y: it fits" in code and "1000000.0" in code
    got = ran(code)
    assert got["X"].dtype == recording.X.dtype and np.array_equal(got["X"], recording.X)
    assert np.array_equal(got["raw"], table.X)
    assert_same_numbers(got, recording, 0, 32)
    compile(torch_code(recording, 0, data), "backprop_torch.py", "exec")


def test_a_column_name_stays_in_its_comment():
    table = own_table([[1, 0]], ('"""\u2028import os', "y"))
    recording = recorded(Scenario(data="own", table=table, sample=1))
    got = ran(numpy_code(recording, 0, Scenario(data="own", table=table).dataset()))
    assert "os" not in got


def test_numbers_in_json_may_stand_without_quotes():
    scenario, problems = from_json('{"scenario": {"seed": 7, "learning_rate": 0.5}}')
    assert (scenario.seed, scenario.learning_rate, problems) == (7, 0.5, [])


def test_a_refused_part_of_the_json_is_named_and_the_rest_is_used():
    scenario, problems = from_json('{"scenario": {"seed": "7", "format": "float8", "x": "1"}}')
    assert scenario.seed == 7
    assert [problem.name for problem in problems] == ["format", "x"]


@pytest.mark.parametrize("value", ["true", "null", "[4, 4]", '{"seed": "7"}'])
@pytest.mark.parametrize("name", ["bias", "lesson", "units", "rows", "names"])
def test_a_value_that_is_no_text_is_refused_at_its_name(name, value):
    rows = {} if name == "rows" else {"rows": "1_0~2_1"}
    text = json.dumps({"scenario": {"seed": "7"} | rows | {name: json.loads(value)}})
    scenario, (problem,) = from_json(text)
    assert scenario.seed == 7
    assert problem.name == name and f"a text or a number is required, got “{value}”" in str(problem)


@pytest.mark.parametrize(
    "text",
    ["", "seed: 7", "[]", '{"seed": 7}', '{"scenario": 7}', "[" * 100_000, "{}" + " " * 300_000],
)  # fmt: skip
def test_a_file_that_is_no_scenario_is_refused_with_what_to_try(text):
    with pytest.raises(ValueError, match=r"must be a scenario as this app saves it.*got.*compare"):
        from_json(text)

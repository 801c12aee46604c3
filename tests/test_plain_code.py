"""The program in plain loops prints the engine's digits, without NumPy, in every format."""

import re
import subprocess
import sys

import numpy as np
import pytest

from backprop import FORMATS, race
from backprop.engine.arithmetic import full_digits
from backprop.engine.forms import FORMS
from backprop.programs import plain
from backprop.programs.plain_code import plain_code
from backprop.scenario.linked import own_table
from backprop.scenario.scenario import Scenario
from tests.engines import cases

COUNT = 90
ALONE = [sys.executable, "-I", "-S", "-W", "error", "-"]
"""Python without what was installed beside it."""
APART = "_" * 40


def programs(drawn):
    """For each scenario the program of its last update, and the numbers that it has to print."""
    for scenario in drawn:
        data = scenario.dataset()
        (recording,) = race(
            scenario.network(), data.X, data.y, [scenario.output_derivative(scenario.derivative)],
            updates=scenario.updates, learning_rate=scenario.learning_rate,
        ).values()  # fmt: skip
        yield plain_code(recording, recording.updates, data), printed(recording)


def printed(recording):
    """The numbers of the last update in the program's order, with the digits of their format."""
    trace, bias = recording.trace(recording.updates), recording.start.biases is not None
    arrays = [recording.cost[-1:]]
    for layer in trace.layers:
        arrays += [layer.h, layer.z, layer.delta, layer.dW, *([layer.db] if bias else [])]
    return [float(full_digits(value)) for array in arrays for value in array.reshape(-1)]


def ran(texts):
    """What each program prints, one after the other in one process that knows no NumPy."""
    text = f"for program in {texts!r}:\n    exec(compile(program, 'file', 'exec'), {{}})\n"
    text += f"    print({APART!r})"
    done = subprocess.run(ALONE, input=text, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.split(APART)[:-1]


def numbers(output):
    """The numbers in what a program printed; the words and the names of the arrays left out."""
    lines = [line for line in output.splitlines() if re.match(r"\[|update", line)]
    text = " ".join(lines).partition("J = ")[2]
    return [float(token) for token in re.findall(r"[^\s,\[\]]+", text)]


def same(a, b):
    """The same numbers, the sign of 0 included; one NaN is as good as another."""
    both = zip(a, b, strict=True)
    return len(a) == len(b) and all(repr(float(p)) == repr(float(q)) for p, q in both)


@pytest.mark.heavy
def test_it_prints_the_very_digits_of_random_scenarios_of_every_kind():
    drawn = [scenario for scenario, _ in cases(29, COUNT)]
    texts, wanted = zip(*programs(drawn), strict=True)
    for scenario, output, want in zip(drawn, ran(list(texts)), wanted, strict=True):
        assert same(numbers(output), want), scenario
    assert {s.format for s in drawn} == set(FORMATS)
    assert {s.output_derivative(s.derivative).form.key for s in drawn} == set(FORMS)
    assert len({(s.format, s.hidden) for s in drawn}) == 12
    assert sum(any(v != v for v in want) for want in wanted) > COUNT / 10


@pytest.mark.parametrize("kind", ["standard", "range"])
@pytest.mark.parametrize("format_name", FORMATS)
def test_it_scales_raw_inputs_and_keeps_edited_samples(kind, format_name):
    table = own_table([[1e6, 3e-9, 7, 0], [2e6, 1e-9, 7, 1], [3.7e6, 2e-9, 7, 1]], "abcd")
    scenario = Scenario(data="own", table=table, scaling=kind, format=format_name, sample=1,
                        updates=3, edits=((1, (0.3, 1 / 3, 0.1, 0.5)),))  # fmt: skip
    ((text, want),) = programs([scenario])
    assert "# edited" in text and "1000000.0" in text
    assert same(numbers(*ran([text])), want)


def test_it_needs_nothing_and_is_short_enough_to_read():
    ((text, _),) = programs([Scenario(format="bfloat16", updates=1)])
    imports = re.findall(r"^(?:import|from) (\w+)", text, re.MULTILINE)
    assert imports == ["math"] and "np." not in text
    assert not re.search(r"^ *def [^#\n]*(->|: \w)|fmt:|strict=", text, re.MULTILINE)
    assert "by way of float32" in text
    body = text.partition("L = len(W)")[2]
    assert len([line for line in body.splitlines() if line.strip()]) <= 65
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("format_name", FORMATS)
def test_its_numbers_are_rounded_as_numpys(format_name):
    fmt = FORMATS[format_name]

    class Own(plain.Number):
        precision, least, largest = fmt.precision, fmt.smallest, fmt.max

        def __new__(cls, x):
            if fmt.by_way_of_float32:
                x = np.float32(x)
            return super().__new__(cls, x)

    rng = np.random.default_rng(2)
    sizes = rng.normal(size=3000) * 2.0 ** rng.integers(-1074, 1024, 3000)
    usual = rng.normal(size=3000) * 2.0 ** rng.integers(-30, 20, 3000)
    edges = [k * fmt.smallest / 4 for k in range(-12, 13)]
    edges += [s * k * fmt.max for s in (1, -1) for k in (1, 1 + 2.0**-53, 1 + 2.0**-13, 1.01)]
    edges += [0.0, -0.0, np.inf, -np.inf, np.nan, 1 + fmt.ulp(1) / 2, 1 + 1.5 * fmt.ulp(1)]
    with np.errstate(over="ignore"):
        for value in [*sizes, *usual, *edges]:
            got, want = float(Own(float(value))), float(fmt.round(value))
            assert same([got], [want]), value

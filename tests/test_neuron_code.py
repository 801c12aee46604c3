"""The few lines that the microscope hands out give the number that it shows."""

import numpy as np
import pytest

from backprop import CLAMPS, DERIVATIVES, FORMATS, OutputDerivative
from backprop.engine.cliffs import saturation
from backprop.microscope.bits import bits_of
from backprop.programs.numpy_code import neuron_code

FORMS = [(name, "denominator") for name in DERIVATIVES] + [("clamped", c) for c in CLAMPS[1:]]


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(("name", "clamp"), FORMS)
def test_the_lines_give_the_same_bits(format_name, name, clamp):
    fmt = FORMATS[format_name]
    derivative = OutputDerivative(name, 1e-7, clamp)
    for h in (-750.0, -88.0, -3.3, 0.0, 1.7, 5.0, saturation(fmt), 40.0):
        for y in (0.0, 0.3, 1.0):
            at, target = fmt.round(h)[()], fmt.round(y)[()]
            room = {}
            with np.errstate(all="ignore"):
                exec(neuron_code(derivative, at, target), room)
            want = derivative.delta(np.array([at]), np.array([target]))[0]
            got = np.asarray(room["delta"])
            assert got.dtype == fmt.dtype
            if want == want:
                assert bits_of(got) == bits_of(want), (h, y)
            else:
                assert got != got


def test_the_lines_are_few_and_need_numpy_alone():
    one = FORMATS["float64"].round(1.0)[()]
    code = neuron_code(OutputDerivative("naive"), one, one)
    _, after = code.split("return exp64(x).astype(F)")
    assert len([line for line in after.splitlines() if line]) == 4 and code.count("import") == 1
    assert len(code.splitlines()) <= 32

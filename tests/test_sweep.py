"""The curves of the microscope, point by point against 60 digits."""

import mpmath
import numpy as np
import pytest

from backprop import DERIVATIVES, FORMATS, OutputDerivative
from backprop.engine.cliffs import cliffs, saturation
from backprop.microscope.sweep import h_at, place_of, sweep

mp = mpmath.mp.clone()
mp.dps = 60


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("y", [0.0, 1.0, 0.25])
def test_every_point_of_every_curve_is_the_form_at_that_h_and_its_error(format_name, y):
    fmt = FORMATS[format_name]
    seen = sweep(fmt, y, 1e-7, "denominator")
    assert (fmt.round(seen.h).astype(float) == seen.h).all() and (np.diff(seen.h) > 0).all()
    for name in DERIVATIVES:
        derivative = OutputDerivative(name, 1e-7, "denominator")
        want = derivative.delta(fmt.round(seen.h), fmt.round(np.full(len(seen.h), y)))
        assert np.array_equal(seen.deltas[name], want.astype(float), equal_nan=True)
    for k in range(0, len(seen.h), 23):
        h = mp.mpf(seen.h[k])
        true = (1 - mp.mpf(y)) / (1 + mp.exp(-h)) - mp.mpf(y) / (1 + mp.exp(h))
        assert seen.true[k] == pytest.approx(float(true), rel=1e-15, abs=0)
        for name in DERIVATIVES:
            delta = seen.deltas[name][k]
            if np.isfinite(delta):
                error = float(abs(mp.mpf(delta) - true) / abs(true))
                assert seen.errors[name][k] == pytest.approx(error, rel=1e-6)
            else:
                assert not np.isfinite(seen.errors[name][k])


@pytest.mark.parametrize("format_name", FORMATS)
def test_both_floats_at_each_cliff_are_among_the_points(format_name):
    fmt = FORMATS[format_name]
    seen = sweep(fmt, 1.0, 1e-7, "clip")
    for cliff in cliffs(fmt):
        assert float(cliff.h) in seen.h
    at = int(np.flatnonzero(seen.h == saturation(fmt))[0])
    assert np.isnan(seen.deltas["naive"][at]) and np.isfinite(seen.deltas["naive"][at - 1])


def test_the_scale_goes_there_and_back_and_ends_at_1000():
    h = np.array([-1000.0, -37.0, -0.25, 0.0, 5.0, 36.7, 1000.0])
    assert h_at(place_of(h)) == pytest.approx(h, rel=1e-13)
    assert h_at(9.0) == 1000 and h_at(-9.0) == -1000

"""50 digits, against the same formulas written with mpmath and 80 digits."""

import mpmath
import numpy as np
import pytest

from backprop import Network
from backprop.engine import exact

mp = mpmath.mp.clone()
mp.dps = 80
HIDDEN = {
    "sigmoid": lambda h: 1 / (1 + mp.exp(-h)),
    "tanh": mp.tanh,
    "relu": lambda h: max(h, mp.mpf(0)),
}
POINTS = [0.0, 1e-300, -1e-14, 2e-13, 1e-3, -0.7, 5.0, -36.9, 39.2, 700.0, -1500.0]


def apart(got, want):
    """The relative difference of a Decimal and an mpmath number, 0 where both are 0."""
    got = mp.mpf(str(got))
    return 0.0 if got == want else float(abs(got - want) / abs(want))


def network_cost(net, X, y, at=None, change=0):
    """The averaged cost with 80 digits; the parameter `at` (layer, row, column) moved a little."""
    total = mp.mpf(0)
    for x, targets in zip(X, y, strict=True):
        z = [mp.mpf(float(v)) for v in x]
        for i, (W, b) in enumerate(zip(net.weights, net.biases, strict=True)):
            both = [[*map(mp.mpf, map(float, row)), mp.mpf(float(s))]
                    for row, s in zip(W, b, strict=True)]  # fmt: skip
            if at is not None and at[0] == i:
                both[at[1]][at[2]] += change
            h = [mp.fdot(row, [*z, 1]) for row in both]
            z = [HIDDEN[net.hidden](v) for v in h]
        for v, t in zip(h, targets, strict=True):
            t = mp.mpf(float(t))
            total += t * mp.log1p(mp.exp(-v)) + (1 - t) * mp.log1p(mp.exp(v))
    return total / len(X)


@pytest.mark.parametrize("h", POINTS)
def test_sigmoid_delta_and_cost_have_50_digits(h):
    true = 1 / (1 + mp.exp(-mp.mpf(h)))
    assert apart(exact.delta(h, 0.0), true) < 1e-48
    assert apart(exact.delta(h, 1.0), -1 / (1 + mp.exp(mp.mpf(h)))) < 1e-48
    with mp.workdps(800):  # log(1 + e^h) needs as many digits as e^h is small
        for y in (0.0, 0.25, 1.0):
            want = y * mp.log(1 + mp.exp(-mp.mpf(h))) + (1 - y) * mp.log(1 + mp.exp(mp.mpf(h)))
            assert apart(exact.cost(h, y), want) < 1e-48


@pytest.mark.parametrize("y", [0.0, 1.0])
@pytest.mark.parametrize("h", POINTS)
def test_the_quadratic_cost_and_its_delta_have_50_digits(h, y):
    z, mirrored = 1 / (1 + mp.exp(-mp.mpf(h))), 1 / (1 + mp.exp(mp.mpf(h)))
    miss = -mirrored if y else z
    assert apart(exact.cost(h, y, "quadratic"), miss**2 / 2) < 1e-48
    assert apart(exact.delta(h, y, "quadratic"), miss * z * mirrored) < 1e-48
    net = Network([np.array([[1.0]])])
    trace = exact.trace(net, [[h], [h]], [[y], [y]], "quadratic")
    assert apart(trace.cost, miss**2 / 2) < 1e-48
    assert apart(trace.layers[0].db[0], miss * z * mirrored) < 1e-48


@pytest.mark.parametrize("hidden", sorted(HIDDEN))
def test_every_gradient_is_the_slope_of_the_cost(hidden):
    rng = np.random.default_rng(4)
    net = Network.random([2, 3, 2, 2], hidden, scale=1.5, seed=8)
    X, y = rng.normal(size=(5, 2)), rng.uniform(0, 1, (5, 2))
    trace = exact.trace(net, X, y)
    assert apart(trace.cost, network_cost(net, X, y)) < 1e-48
    step = mp.mpf(10) ** -25
    for i, layer in enumerate(trace.layers):
        both = np.column_stack([layer.dW, layer.db])
        for (row, column), got in np.ndenumerate(both):
            up = network_cost(net, X, y, (i, row, column), step)
            down = network_cost(net, X, y, (i, row, column), -step)
            want = (up - down) / (2 * step)
            assert abs(mp.mpf(str(got)) - want) < 1e-45


@pytest.mark.parametrize("h", POINTS)
def test_tanh_keeps_its_digits_near_0_and_far_from_it(h):
    net = Network([np.array([[1.0]]), np.array([[1.0]])], hidden="tanh")
    layer = exact.trace(net, [[h]], [1.0]).layers[0]
    assert apart(layer.z[0, 0], mp.tanh(mp.mpf(h))) < 1e-48
    ahead = exact.trace(net, [[h]], [1.0]).layers[1].delta[0, 0]
    assert apart(layer.delta[0, 0], mp.mpf(str(ahead)) * mp.sech(mp.mpf(h)) ** 2) < 1e-48


def test_what_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="finite"):
        exact.trace(Network([np.array([[1.0]])]), [[np.inf]], [1.0])

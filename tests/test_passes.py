"""Both passes against plain sums written out, sample by sample; and the bits of a stack."""

import numpy as np
import pytest

from backprop import (
    DERIVATIVES,
    FORMATS,
    Network,
    OutputDerivative,
)
from backprop.engine.passes import (
    Layout,
    Stack,
    both_passes,
)

HIDDEN = {
    "sigmoid": (lambda h: 1 / (1 + np.exp(-h)), lambda h, z: z * (1 - z)),
    "tanh": (np.tanh, lambda h, z: 1 - z * z),
    "relu": (lambda h: max(h, 0.0), lambda h, z: float(h > 0)),
}
RNG = np.random.default_rng(4)
X, Y = RNG.normal(size=(7, 3)), RNG.uniform(size=(7, 2))


def problem(hidden="sigmoid", bias=True, made="float64"):
    net = Network.random([3, 4, 5, 2], hidden, bias=bias, seed=6, dtype=made)
    return net, net.layout.join(net.weights, net.biases)[None]


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("hidden", HIDDEN)
def test_the_two_recursions_are_the_sums_of_the_notation(hidden, bias):
    net, row = problem(hidden, bias)
    passes = both_passes(net.layout, hidden, row, X, Y, OutputDerivative("split"))
    sums = [np.zeros_like(W) for W in net.weights]
    biases = net.biases or [np.zeros(len(W)) for W in net.weights]
    activate, slope = HIDDEN[hidden]
    for s, (x, y) in enumerate(zip(X, Y, strict=True)):
        h, z = [], [list(x)]
        for i, (W, b) in enumerate(zip(net.weights, biases, strict=True)):
            h.append([sum(w * a for w, a in zip(W[u], z[-1], strict=True)) + b[u]
                      for u in range(len(W))])  # fmt: skip
            function = HIDDEN["sigmoid"][0] if i == 2 else activate
            z.append([function(v) for v in h[-1]])
        delta = [[a - t for a, t in zip(z[-1], y, strict=True)]]
        for i in (2, 1):
            W = net.weights[i]
            weighted = [sum(W[v, u] * delta[0][v] for v in range(len(W)))
                        for u in range(W.shape[1])]  # fmt: skip
            assert np.allclose(passes.weighted[i - 1][0, s], weighted, rtol=1e-12)
            delta.insert(0, [w * slope(a, b) for w, a, b in zip(weighted, h[i - 1], z[i],
                                                                strict=True)])  # fmt: skip
        for i in range(3):
            assert np.allclose(passes.h[i][0, s], h[i], rtol=1e-12)
            assert np.allclose(passes.z[i + 1][0, s], z[i + 1], rtol=1e-12)
            assert np.allclose(passes.delta[i][0, s], delta[i], rtol=1e-11, atol=1e-15)
            sums[i] += np.outer(delta[i], z[i]) / len(X)
    for i in range(3):
        assert np.allclose(passes.dW[i][0], sums[i], rtol=1e-11, atol=1e-15)
    assert (passes.db is None) == (not bias) and np.array_equal(passes.z[0][0], X)


@pytest.mark.parametrize("made", FORMATS)
@pytest.mark.parametrize("derivative", DERIVATIVES)
@pytest.mark.parametrize("bias", [True, False])
def test_a_network_in_a_stack_gets_the_bits_it_gets_alone(made, derivative, bias):
    net, row = problem(made=made, bias=bias)
    fmt, chosen = FORMATS[made], OutputDerivative(derivative)
    rows = fmt.round(row.astype(float) + RNG.normal(size=(6, row.size)) * [[0.1], [0], [9], [1],
                                                                          [30], [2]])  # fmt: skip
    x, y = fmt.round(X), fmt.round(Y)
    together = both_passes(net.layout, "sigmoid", rows, x, y, chosen)
    for k in range(len(rows)):
        alone = both_passes(net.layout, "sigmoid", rows[k : k + 1], x, y, chosen)
        for name in ("h", "z", "slopes", "weighted", "delta", "dW"):
            for a, b in zip(getattr(together, name), getattr(alone, name), strict=True):
                assert a.dtype == fmt.dtype
                assert np.array_equal(a[k], b[0], equal_nan=True), name


def test_a_stack_forgets_the_pass_before():
    net, row = problem()
    stack = Stack(net.layout, "sigmoid", 1, net.layout.columns(X))
    outputs = []
    for scale in (1.0, 3.0, 1.0):
        stack.rows[...] = scale * row
        outputs.append(stack.forward().copy())
    assert np.array_equal(outputs[0], outputs[2]) and not np.array_equal(outputs[0], outputs[1])
    fresh = Stack(net.layout, "sigmoid", 1, net.layout.columns(X))
    fresh.rows[...] = row
    assert np.array_equal(fresh.forward(), outputs[0])


def test_what_is_given_is_not_written_into():
    net, row = problem()
    kept = [a.copy() for a in (row, X, Y)]
    both_passes(net.layout, "sigmoid", row, X, Y, OutputDerivative())
    assert all(np.array_equal(a, b) for a, b in zip((row, X, Y), kept, strict=True))


@pytest.mark.parametrize("bias", [True, False])
def test_a_layout_splits_what_it_joins(bias):
    net, row = problem(bias=bias)
    layout = Layout((3, 4, 5, 2), bias)
    weights, biases = layout.split(row)
    assert layout.numbers == row.size == 12 + 20 + 10 + (11 if bias else 0)
    assert all(np.array_equal(a[0], b) for a, b in zip(weights, net.weights, strict=True))
    assert (biases is None) == (net.biases is None)
    if biases is not None:
        assert all(np.array_equal(a[0], b) for a, b in zip(biases, net.biases, strict=True))

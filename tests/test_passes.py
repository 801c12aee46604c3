"""Both passes against plain sums written out, sample by sample; and the bits of a stack."""

import numpy as np
import pytest

from backprop import DERIVATIVES, FORMATS, Network, OutputDerivative
from backprop.engine.passes import Layout, Stack, both_passes
from backprop.stage.equations import templates

HIDDEN = {
    "sigmoid": (lambda h: 1 / (1 + np.exp(-h)), lambda h, z: z * (1 - z)),
    "tanh": (np.tanh, lambda h, z: 1 - z * z),
    "relu": (lambda h: max(h, 0.0), lambda h, z: float(h > 0)),
}
RNG = np.random.default_rng(4)
X, Y = RNG.normal(size=(7, 3)), RNG.uniform(size=(7, 2))


def problem(hidden="sigmoid", bias=True, format_name="float64"):
    net = Network.random([3, 4, 5, 2], hidden, bias=bias, seed=6, dtype=format_name)
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


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("derivative", DERIVATIVES)
@pytest.mark.parametrize("bias", [True, False])
def test_a_network_in_a_stack_gets_the_bits_it_gets_alone(format_name, derivative, bias):
    net, row = problem(format_name=format_name, bias=bias)
    fmt, chosen = FORMATS[format_name], OutputDerivative(derivative)
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


def added(terms):
    total = 0.0
    for term in terms:
        total += term
    return total


@pytest.mark.parametrize("samples", [1, 7, 250])
def test_every_sum_is_the_one_that_a_person_adds_from_left_to_right(samples):
    net = Network.random([3, 6, 5, 2], bias=True, seed=8)
    row = net.layout.join(net.weights, net.biases)[None]
    rng = np.random.default_rng(samples)
    x, y = rng.normal(size=(samples, 3)), rng.uniform(size=(samples, 2))
    passes = both_passes(net.layout, "sigmoid", row, x, y, OutputDerivative("fused"))
    h, z, delta = ([a[0].tolist() for a in of] for of in (passes.h, passes.z, passes.delta))
    for i, (W, b) in enumerate(zip(net.weights, net.biases, strict=True)):
        units, W = range(len(W)), W.tolist()
        for s in range(samples):
            pairs = [zip(W[u], z[i][s], strict=True) for u in units]
            for u in units:  # in the order of the equation of h: sources, then the bias
                assert h[i][s][u] == added([*(w * a for w, a in pairs[u]), float(b[u])])
            for v in range(len(W[0])) if i else ():  # and of δ: the units above
                assert passes.weighted[i - 1][0, s, v] == added(W[u][v] * delta[i][s][u]
                                                                for u in units)  # fmt: skip
        for u in units:
            assert passes.db[i][0, u] == added(d[u] for d in delta[i]) / samples
            for v in range(len(W[0])):
                products = (d[u] * a[v] for d, a in zip(delta[i], z[i], strict=True))
                assert passes.dW[i][0, u, v] == added(products) / samples


def test_the_equations_list_their_terms_in_the_order_in_which_they_are_added():
    equations = templates((3, 4, 2), "sigmoid", True, OutputDerivative("fused"), 5)
    written = equations["h.1"]["html"]
    places = [written.index(f"W.1.{{u}}.{v}") for v in range(3)] + [written.index("b.1.{u}")]
    assert places == sorted(places)
    written = equations["delta.1"]["html"]
    places = [written.index(f"W.2.{n}.{{u}}") for n in range(2)]
    assert places == sorted(places)

"""The chain, multiplied factor by factor, is δ; its Jacobians are those of calculus; its cost."""

import re
from functools import reduce

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from backprop import DERIVATIVES, FORMATS, Network, OutputDerivative, backpropagate
from backprop.chain import chain, from_scratch, multiplications, reusing, slow_start
from backprop.chain.rescue import attempts, naive_factors
from backprop.engine import exact
from backprop.engine.cliffs import saturation
from backprop.engine.digits import short, written
from backprop.figures.chain_rule.graph import graph
from backprop.figures.chain_rule.heatmap import heatmap
from backprop.figures.chain_rule.ladder import answer
from backprop.figures.chain_rule.steps import running_product

HIDDEN = {
    "sigmoid": lambda h: 1 / (1 + anp.exp(-h)),
    "tanh": anp.tanh,
    "relu": lambda h: anp.maximum(h, 0.0),
}


def example(hidden, format_name="float64", sizes=(3, 5, 4, 2), derivative="fused", bias=True):
    rng = np.random.default_rng(11)
    scale = 0.9 if max(sizes) < 16 else 0.3  # far from saturation, also in bfloat16
    net = Network.random(sizes, hidden, scale, bias, seed=8, dtype=format_name)
    X, y = rng.normal(size=(7, sizes[0])), rng.integers(0, 2, (7, sizes[-1]))
    return backpropagate(net, X, y, derivative)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("derivative", [*DERIVATIVES, "quadratic"])
@pytest.mark.parametrize("hidden", sorted(HIDDEN))
@pytest.mark.parametrize("sizes", [(3, 5, 4, 2), (2, 1), (4, 16, 16, 3), (1, 2, 1)])
def test_the_product_of_the_chain_is_the_delta_of_every_layer_to_the_last_bit(
    sizes, hidden, derivative, format_name
):
    trace = example(hidden, format_name, sizes, derivative, bias=derivative != "split")
    L = len(sizes) - 1
    for layer in range(1, L + 1):
        for sample in (0, 6):
            made_so = chain(trace, layer, sample)
            found = {p.delta: p.value[0] for p in made_so.products if p.delta}
            assert sorted(found) == list(range(layer, L + 1))
            for k, delta in found.items():
                assert np.isfinite(delta).all() and trace.layers[k - 1].delta.any()
                assert delta.dtype == FORMATS[format_name].dtype
                assert np.array_equal(delta, trace.layers[k - 1].delta[sample])


@pytest.mark.parametrize("cost", ["bce", "quadratic"])
@pytest.mark.parametrize("hidden", sorted(HIDDEN))
def test_the_matrices_of_the_chain_multiply_to_the_gradient_of_automatic_differentiation(
    hidden, cost
):
    trace = example(hidden, derivative="quadratic" if cost == "quadratic" else "split")
    net = trace.network

    def of_sample(weights, s):
        z = trace.X[s]
        for i, (W, b) in enumerate(zip(weights, net.biases, strict=True)):
            h = anp.dot(W, z) + b
            z = HIDDEN["sigmoid" if i == len(weights) - 1 else hidden](h)
        if cost == "quadratic":
            return anp.sum((z - trace.y[s]) ** 2) / 2
        return anp.sum(anp.logaddexp(0.0, h) - trace.y[s] * h)

    for s in range(len(trace.X)):
        truth = autograd.grad(of_sample)(list(net.weights), s)
        for layer, dW in enumerate(truth, start=1):
            made_so = chain(trace, layer, s)
            whole = reduce(np.matmul, [f.matrix for f in made_so.factors])
            assert whole.shape == (1, dW.size)
            assert np.abs(whole.reshape(dW.shape) - dW).max() <= 1e-14 * np.abs(dW).max()
            share = made_so.products[-1].value
            assert np.abs(share - dW).max() <= 1e-14 * np.abs(dW).max()


def test_the_shares_of_all_samples_average_to_the_gradient_of_training():
    trace = example("tanh")
    for layer in (1, 2, 3):
        shares = [chain(trace, layer, s).products[-1].value for s in range(7)]
        assert np.mean(shares, axis=0) == pytest.approx(trace.layers[layer - 1].dW, rel=1e-13)


def test_every_factor_has_a_row_for_what_it_derives_and_a_column_for_what_by():
    made_so = chain(example("relu"), 1, 0)
    assert [f.matrix.shape for f in made_so.factors] == [
        (1, 2), (2, 2), (2, 4), (4, 4), (4, 5), (5, 5), (5, 15),
    ]  # fmt: skip
    assert [f.symbol.text for f in made_so.factors] == [
        "∂J/∂z₃", "∂z₃/∂h₃", "∂h₃/∂z₂", "∂z₂/∂h₂", "∂h₂/∂z₁", "∂z₁/∂h₁", "∂h₁/∂W₁",
    ]  # fmt: skip
    assert [p.symbol.text for p in made_so.products] == [
        "∂J/∂z₃", "δ₃", "∂J/∂z₂", "δ₂", "∂J/∂z₁", "δ₁", "∂J/∂W₁",
    ]  # fmt: skip


def test_a_sample_alone_has_the_bits_it_has_among_all():
    among = example("sigmoid", sizes=(4, 16, 16, 16, 3))
    alone = backpropagate(among.network, among.X[2:3], among.y[2:3], among.derivative)
    both = (chain(among, 1, 2).products, chain(alone, 1, 0).products)
    assert len(both[0]) > 6
    for one, other in zip(*both, strict=True):
        assert np.array_equal(one.value, other.value)


@pytest.mark.parametrize("derivative", ["fused", "split"])
def test_a_closed_form_says_so_and_its_two_factors_multiply_to_it(derivative):
    made_so = chain(example("sigmoid", derivative=derivative), 2, 1)
    assert made_so.collapsed
    assert made_so.multiplied == pytest.approx(made_so.products[1].value[0], rel=1e-14)
    assert not chain(example("sigmoid", derivative="naive"), 2, 1).collapsed


@pytest.mark.parametrize("target", [0.0, 1.0])
def test_the_first_factor_of_a_sample_that_is_right_is_a_number_however_sure_it_is(target):
    net = Network([np.array([[800.0 if target else -800.0]])])
    made_so = chain(backpropagate(net, [[1.0]], [target], "split"), 1, 0)
    assert made_so.factors[0].matrix[0, 0] == (-1 if target else 1)


def test_the_naive_chain_meets_infinity_zero_and_nan_in_its_first_two_factors():
    net = Network.random([2, 3, 1], seed=0)
    sure = Network(net.weights, [net.biases[0], net.biases[1] + 45])
    made_so = chain(backpropagate(sure, [[1.0, 1.0]], [0.0], "naive"), 1, 0)
    assert np.isinf(made_so.factors[0].matrix).all() and not made_so.factors[1].matrix.any()
    assert all(np.isnan(p.value).all() for p in made_so.products[1:])


@pytest.mark.parametrize("wrong", [(0, 0), (4, 0), (1, -1), (1, 7)])
def test_a_layer_or_sample_that_is_not_there_is_refused(wrong):
    with pytest.raises(ValueError, match="must be a number from"):
        chain(example("tanh"), *wrong)


@pytest.mark.parametrize("sizes", [(2, 1), (2, 4, 4, 1), (3, 5, 4, 2), (8, 16, 16, 16, 16, 1)])
def test_multiplications_are_as_many_as_one_counts_while_doing_them(sizes):
    done = []

    def multiply(a, b):
        done.append(1)
        return a * b

    def row_by_diagonal(row, diagonal):
        return [multiply(a, b) for a, b in zip(row, diagonal, strict=True)]

    def row_by_matrix(row, columns):
        return [sum(multiply(a, b) for a, b in zip(row, c, strict=True)) for c in columns]

    def delta_down_to(layer, row, k):
        while k > layer:
            row = row_by_matrix(row, [[1] * sizes[k]] * sizes[k - 1])
            row = row_by_diagonal(row, [1] * sizes[k - 1])
            k -= 1
        return row

    def start():
        return row_by_diagonal([1] * sizes[-1], [1] * sizes[-1])

    def outer(row, layer):
        return [multiply(d, 1) for d in row for _ in range(sizes[layer - 1])]

    L = len(sizes) - 1
    for layer in range(1, L + 1):
        before = len(done)
        outer(delta_down_to(layer, start(), L), layer)
        assert len(done) - before == multiplications(sizes, layer)
    assert len(done) == from_scratch(sizes)
    done.clear()
    row = start()
    outer(row, L)
    for layer in range(L - 1, 0, -1):
        row = delta_down_to(layer, row, layer + 1)
        outer(row, layer)
    assert len(done) == reusing(sizes)


def of(h, y, format_name):
    return {(a.words, a.digits): a for a in attempts(h, y, format_name)}


@pytest.mark.parametrize("y", [0.0, 1.0])
@pytest.mark.parametrize("format_name", FORMATS)
def test_beyond_the_cliff_no_order_saves_the_naive_factors_but_digits_do(format_name, y):
    h = saturation(FORMATS[format_name])
    found = of(h, y, format_name)
    for order in ("as written", "the other order"):
        assert found[order, format_name].verdict == "lost"
    true = float(exact.delta(h, y))
    mirrored, longer = "1 − z kept as σ(−h)", "as written, more digits"
    for words, digits in ((mirrored, format_name), (longer, "50 digits")):
        saved = found[words, digits]
        assert saved.verdict == "saved"
        assert abs(saved.value - true) <= 8 * 2.0 ** -FORMATS[format_name].precision
    assert ((longer, "float64") in found) is (format_name != "float64")


def test_the_other_order_saves_what_only_overflowed():
    found = of(-720.0, 1.0, "float64")
    assert found["1 − z kept as σ(−h)", "float64"].value == -np.inf
    assert found["that, and the other order", "float64"].value == -1


def test_fifty_digits_only_move_the_cliff():
    assert of(110.0, 0.0, "float64")["as written, more digits", "50 digits"].verdict == "saved"
    assert of(120.0, 0.0, "float64")["as written, more digits", "50 digits"].verdict == "lost"


def test_where_nothing_is_saturated_every_order_is_right():
    assert {a.verdict for a in attempts(1.5, 0.25, "float32")} == {"saved"}
    with pytest.raises(ValueError, match="finite"):
        attempts(float("nan"), 0.0, "float64")


def test_the_attempts_as_written_are_the_naive_derivative():
    for h in (-800.0, -3.0, 0.5, 20.0, 40.0):
        for y in (0.0, 1.0):
            naive = float(OutputDerivative("naive").delta(np.array([h]), np.array([y]))[0])
            assert np.array_equal(attempts(h, y, "float64")[0].value, naive, equal_nan=True)


def test_numbers_in_sentences_tell_nearly_one_from_one():
    assert [written(v) for v in (1.0, -1.0)] == ["1", "−1"]
    assert written(-0.9999938) == "−0.9999938" and written(0.9999938) == "0.9999938"


def test_the_slow_start_takes_about_e_to_the_h_updates_with_the_quadratic_cost_alone():
    for h in (3.0, 5.0, 7.0):
        turned = {
            cost: int(np.argmax(recording.h_out[:, 0, 0] < 0))
            for cost, recording in slow_start(h).items()
        }
        assert 0 < turned["bce"] < 3 * h
        assert np.exp(h) < turned["quadratic"] < 2 * np.exp(h)
    with pytest.raises(ValueError, match="between 0 and 7"):
        slow_start(float("nan"))


def test_small_numbers_are_never_written_as_a_rounded_lie():
    assert short(0.99999917) == "1−8e−7" and short(1.0) == "1" and short(0.0) == "0"
    assert short(-1 + 2**-53) == "−(1−1e−16)"
    assert short(5e-324) == "4.9e−324" and short(-0.00012345) == "−1.2e−4"
    assert [short(v) for v in (np.nan, -np.inf, np.inf)] == ["NaN", "−∞", "+∞"]
    assert short(123456789.0) == "1.2e8" and short(0.1) == "0.100" and short(12345.6) == "12346"
    rng = np.random.default_rng(0)
    for value in rng.normal(size=200) * 10.0 ** rng.integers(-6, 6, 200):
        assert abs(float(short(value).replace("−", "-")) - value) <= 0.06 * abs(value)


@pytest.mark.parametrize("columns", [3, 8, 40])
def test_every_cell_of_a_heatmap_carries_all_digits_and_a_fault_says_so(columns):
    values = np.random.default_rng(1).normal(size=(2, columns)).astype(np.float32)
    values[1, 2] = np.nan
    html = heatmap("W", values, "weights", np.ones(values.shape, bool))
    found = re.findall(r'<td class="(\w*)"[^>]*data-value="([^"]+)"', html)
    assert len(found) == values.size
    assert found[columns + 2] == ("bad", "NaN")
    for (state, digits), value in zip(found, values.ravel(), strict=True):
        assert state == ("bad" if np.isnan(value) else "")
        assert np.array_equal(np.float32(digits), value, equal_nan=True)


def test_a_drawing_writes_a_nan_in_words_and_a_missing_gradient_as_a_dash():
    net = Network.random([2, 3, 1], seed=0)
    sure = Network(net.weights, [net.biases[0], net.biases[1] + 45])
    trace = backpropagate(sure, [[1.0, 1.0]], [0.0], "naive")
    whole = chain(trace, 1, 0)
    drawn = graph(trace, whole, 2)
    assert drawn.count(">–<") == 2 and "NaN<title>" in drawn  # ∂J/∂z₁ and δ₁ are not reached
    assert 'data-same="true"' in running_product(whole, trace, 2)


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_naive_factors_are_nan_past_the_cliff_where_the_true_product_is_one(format_name):
    past = naive_factors(saturation(FORMATS[format_name]), 0.0, format_name)
    assert past.dJ_dz == np.inf and past.slope == 0 and np.isnan(past.delta)
    assert past.closed_form == 1 and past.true == pytest.approx(1, abs=0.01)
    fine = naive_factors(0.5, 1.0, format_name)
    z = 1 / (1 + np.exp(-0.5))
    assert fine.true == pytest.approx(z - 1, rel=1e-14)
    assert fine.delta == pytest.approx(z - 1, rel=0.03)
    assert fine.closed_form == pytest.approx(z - 1, rel=0.03)


@pytest.mark.parametrize(
    ("derivative", "said"),
    [
        ("naive", "new: δ₃, the two as they stand<"),
        ("clamped", "new: δ₃, the two with an ε in them<"),
        ("fused", "new: δ₃ = z − y<"),
        ("split", "new: δ₃ = (1 − y) σ(h) − y σ(−h)<"),
        ("quadratic", "new: δ₃ = (z − y) σ′(h)<"),
    ],
)
def test_the_picture_says_how_the_chosen_derivative_makes_delta(derivative, said):
    html = answer((2, 4, 4, 1), 2, derivative)
    assert said in html and ("= z − y" in html) == (derivative == "fused")
    assert html.count("new: δ₂<") == html.count("new: δ₁<") == 1

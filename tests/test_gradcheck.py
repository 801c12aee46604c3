"""The check of gradients: its orders of error, its promise, and what it must catch."""

import math

import mpmath
import numpy as np
import pytest

from backprop import FORMATS, Network, backpropagate, check_gradients
from backprop.engine import exact
from backprop.engine.network import batch
from backprop.engine.passes import Stack
from backprop.engine.training import train
from backprop.gradcheck import PATIENCE, samples_within, seconds_needed, words
from backprop.gradcheck.differences import central_differences, step_curve, usual_step
from backprop.gradcheck.rounding import promises

HIDDEN = ("sigmoid", "tanh", "relu")
XOR = ([[-1, -1], [-1, 1], [1, -1], [1, 1]], [0, 1, 1, 0])


def problem(hidden="sigmoid", dtype="float64", seed=3, sizes=(2, 4, 3, 1), scale=1.0, bias=True):
    rng = np.random.default_rng(seed)
    net = Network.random(sizes, hidden, scale, bias, seed, dtype)
    return net, rng.normal(size=(6, sizes[0])), rng.integers(0, 2, (6, sizes[-1]))


def truth(net, X, y, cost="bce"):
    layers = exact.trace(net, X, y, cost).layers
    return np.concatenate([np.column_stack([a.dW, a.db]).ravel() for a in layers]).astype(float)


def one_neuron(w, h):
    """(J(w + h) − J(w − h)) / 2h for J = log(1 + eʷ), with mpmath."""
    with mpmath.workdps(60):
        w, h = mpmath.mpf(w), mpmath.mpf(h)
        up, down = mpmath.log1p(mpmath.exp(w + h)), mpmath.log1p(mpmath.exp(w - h))
        return float((up - down) / (2 * h))


@pytest.mark.parametrize("w", [-2.0, 0.5, 3.0])
def test_a_central_difference_is_the_textbook_quotient(w):
    net = Network([np.array([[w]])])
    X, y = batch(net, [[1.0]], [0.0])
    got = central_differences(net, X, y, 2.0**-6)[0]
    assert math.isclose(got, one_neuron(w, 2.0**-6), rel_tol=1e-13)


@pytest.mark.parametrize("cost", ["bce", "quadratic"])
@pytest.mark.parametrize("hidden", ["sigmoid", "tanh"])
def test_truncation_falls_with_the_square_of_the_step(hidden, cost):
    net, X, y = problem(hidden)
    inputs, targets = batch(net, X, y)
    true = truth(net, X, y, cost)
    coarse, fine = (
        np.abs(central_differences(net, inputs, targets, h, cost) - true)
        for h in (2.0**-5, 2.0**-7)
    )
    assert np.isfinite(coarse).all() and np.isfinite(fine).all()
    order = np.log(coarse.max() / fine.max()) / np.log(4)
    assert 1.95 < order < 2.05


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_rounding_grows_as_the_step_shrinks(dtype):
    net, X, y = problem(dtype=dtype, sizes=(2, 6, 4, 1))
    inputs, targets = batch(net, X, y)
    true = truth(net, inputs, targets)
    low, high = (1e-10, 1e-8) if dtype == "float64" else (1e-5, 1e-3)
    few, many = (
        np.sqrt(np.mean((central_differences(net, inputs, targets, h) - true) ** 2))
        for h in (high, low)
    )
    order = np.log(many / few) / np.log(high / low)
    assert 0.8 < order < 1.2


@pytest.mark.parametrize("dtype", FORMATS)
def test_the_measured_v_has_its_foot_where_theory_puts_it(dtype):
    net, X, y = problem(dtype=dtype, sizes=(2, 5, 3, 1))
    inputs, targets = batch(net, X, y)
    cost = float(exact.trace(net, inputs, targets).cost)
    curve = step_curve(net, inputs, targets, truth(net, inputs, targets), cost, 0.03)
    theory = (curve.rounding / (2 * curve.truncation)) ** (1 / 3)  # where both arms add up to least
    assert curve.best is not None and 0.1 < curve.best / theory < 10
    assert curve.error(curve.best) == np.nanmin(curve.errors)
    assert 0.03 in curve.steps and np.isfinite(curve.error(0.03))


def test_a_step_that_vanishes_gives_no_answer():
    net = Network([np.array([[1.0, 0.0]])])
    X, y = batch(net, [[1.0, 1.0]], [0.0])
    vanished, seen = central_differences(net, X, y, 1e-17)
    assert np.isnan(vanished) and np.isfinite(seen)


@pytest.mark.parametrize("dtype", FORMATS)
@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("cost", ["bce", "quadratic"])
def test_rounding_never_exceeds_the_promise(dtype, hidden, cost):
    compared = 0
    for seed in range(25):
        rng = np.random.default_rng(seed)
        sizes = [2, *rng.integers(1, 7, rng.integers(0, 4)), rng.integers(1, 3)]
        scale = float(rng.choice([0.3, 1, 4]))
        net = Network.random(sizes, hidden, scale, bool(rng.integers(2)), seed, dtype)
        X = rng.normal(size=(7, 2)) * rng.choice([0.1, 1, 5])
        y = rng.integers(0, 2, (7, sizes[-1])) if seed % 2 else rng.uniform(size=(7, sizes[-1]))
        inputs, targets = batch(net, X, y)
        true = exact.trace(net, inputs, targets, cost)
        bounds = promises(net, inputs, true, cost)
        for derivative in ("fused", "split"):
            trace = backpropagate(net, inputs, targets, derivative, cost=cost)
            for layer, precise, bound in zip(trace.layers, true.layers, bounds, strict=True):
                off = np.abs((exact.decimals(layer.dW) - precise.dW).astype(float))
                assert np.isfinite(off).all() and (off <= bound.dW).all()
                compared += off.size
                if layer.db is not None:
                    off = np.abs((exact.decimals(layer.db) - precise.db).astype(float))
                    assert np.isfinite(off).all() and (off <= bound.db).all()
    assert compared > 400


@pytest.mark.parametrize("dtype", FORMATS)
@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("derivative", ["fused", "split"])
def test_right_gradients_pass_in_every_format(dtype, hidden, derivative):
    report = check_gradients(*problem(hidden, dtype), derivative)
    assert report.passed and report.verdict.startswith("Pass: all 31")
    assert dtype in str(report) and len(report.entries) == 31


def wrong_sign(real):
    return lambda stack, delta: real(stack, -delta)


def forgotten_transpose(real):
    def backward(stack, delta):
        weights, _ = stack.layout.split(stack._rows)
        square = [W for W in weights[1:] if W.shape[-1] == W.shape[-2]]
        assert square
        for W in square:
            W[...] = W.swapaxes(-1, -2).copy()
        rows = real(stack, delta)
        for W in square:
            W[...] = W.swapaxes(-1, -2).copy()
        return rows

    return backward


def wrong_order(real):
    def backward(stack, delta):
        stack.slopes.reverse()
        rows = real(stack, delta)
        stack.slopes.reverse()
        return rows

    return backward


@pytest.mark.parametrize("dtype", FORMATS)
@pytest.mark.parametrize("mistake", [wrong_sign, forgotten_transpose, wrong_order])
def test_a_wrong_backward_pass_is_caught(monkeypatch, mistake, dtype):
    arguments = problem(dtype=dtype, sizes=(2, 4, 4, 4, 1))
    assert check_gradients(*arguments).passed
    monkeypatch.setattr(Stack, "backward", mistake(Stack.backward))
    report = check_gradients(*arguments)
    assert not report.passed and report.verdict.startswith("Fail")
    assert report.worst.error > report.worst.promise
    assert report.worst.place.layer < 4 or mistake is wrong_sign


@pytest.mark.parametrize("dtype", FORMATS)
def test_a_gradient_averaged_twice_is_caught(monkeypatch, dtype):
    real = Stack.backward
    monkeypatch.setattr(
        Stack, "backward",
        lambda stack, delta: (real(stack, delta).astype(np.float64) / 6).astype(delta.dtype),
    )  # fmt: skip
    report = check_gradients(*problem(dtype=dtype))
    assert not report.passed and report.worst.error > report.worst.promise


def test_one_wrong_entry_is_found_at_its_place(monkeypatch):
    real = Stack.backward

    def spoiled(stack, delta):
        rows = real(stack, delta)
        rows[0, 4 * 3 + 1 * 5 + 2] *= 1 + 1e-9  # layer 2, unit 2 of 3, from unit 3
        return rows

    monkeypatch.setattr(Stack, "backward", spoiled)
    report = check_gradients(*problem())
    wrong = [entry for entry in report.entries if not entry.right]
    assert len(wrong) == 1 and report.worst == wrong[0]
    assert str(wrong[0].place) == "∂J/∂W₂ of unit 2 from unit 3"
    assert wrong[0].place.symbol == "∂J/∂W₂[2, 3]"
    assert 0.9e-9 < wrong[0].relative < 1.1e-9 and "1 of 31" in report.verdict


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_finite_fails_and_says_where(monkeypatch, value):
    real = Stack.backward

    def spoiled(stack, delta):
        rows = real(stack, delta)
        rows[0, 2] = value
        return rows

    monkeypatch.setattr(Stack, "backward", spoiled)
    report = check_gradients(*problem())
    assert not report.passed and "1 of 31 gradients are NaN or ∞" in report.verdict
    assert str(report.worst.place) == "∂J/∂b₁ of unit 1"
    assert not np.isfinite(report.by_layer[1]) and np.isfinite(report.by_layer[2])


def test_the_naive_nan_fails_with_its_cause():
    net = Network.random([2, 3, 1], seed=0)
    sure = Network(net.weights, [net.biases[0], net.biases[1] + 45])
    report = check_gradients(sure, *XOR, "naive")
    assert not report.passed and report.nan is not None
    assert "layer 2" in report.verdict and "1 − z = 0" in report.verdict
    assert all(np.isnan(error) for error in report.by_layer.values())
    assert "NaN" in str(report) and "NaN" in report._repr_html_()
    for repaired in ("fused", "split"):
        assert check_gradients(sure, *XOR, repaired).passed


def test_epsilon_fails_where_the_format_can_see_it():
    assert "ε changes" in check_gradients(*problem(), "clamped", 1e-7).verdict
    assert check_gradients(*problem(dtype="float16"), "clamped", 1e-7).passed


def test_weights_that_are_not_finite_fail_in_words():
    net = Network.random([2, 3, 1], seed=0)
    sure = Network(net.weights, [net.biases[0], net.biases[1] + 45])
    dead = train(sure, *XOR, 3, derivative="naive").network(2)
    report = check_gradients(dead, *XOR, "naive")
    assert not report.passed and report.curve is None
    assert "weights themselves" in str(report) and "weights themselves" in report._repr_html_()


def test_a_hidden_infinity_that_does_no_harm_passes_with_a_note():
    big = FORMATS["float16"].round
    net = Network([big([[60000.0], [1.0]]), big([[1, 1]])])
    report = check_gradients(net, [[2.0]], [1.0])
    assert report.passed and "float16" in str(report).splitlines()[3]
    assert report.fault is not None and report.nan is None


def test_zero_gradients_are_right():
    net = Network([-np.ones((2, 1)), np.ones((1, 2))], hidden="relu")
    report = check_gradients(net, [[1.0]], [1.0])  # both hidden units are off
    assert report.passed and report.by_layer[1] == 0


def test_the_report_says_everything_that_matters():
    report = check_gradients(*problem(), step=1e-4)
    said = str(report)
    for part in ("Pass", "layer 3", "Worst: ∂J/∂", "step 0.0001", "best step", "53 bits"):
        assert part in said
    html = report._repr_html_()
    assert html.count("<tr>") == 32 and "∂J/∂W₁[1, 1]" in html
    worst = max(report.by_layer.values())
    assert 0 < worst < 1e-12 and worst == max(entry.relative for entry in report.entries)


def test_what_no_digit_is_promised_of_is_counted():
    report = check_gradients(*problem(dtype="bfloat16", scale=4.0))
    blind = sum(int(c.blind.sum()) for c in report.comparisons)
    assert blind > 0 and f"For {blind} of 31 gradients" in str(report)


def test_progress_is_reported_up_to_the_end():
    shares = []
    check_gradients(*problem(), progress=shares.append)
    assert shares == sorted(shares) and shares[-1] == 1 and len(shares) > 3


def test_a_check_that_would_take_minutes_is_refused_with_what_to_reduce():
    net = Network.random([2, 16, 16, 16, 16, 1])
    X = np.zeros((20_000, 2))
    needed = seconds_needed(net, len(X))
    assert needed > 60
    with pytest.raises(ValueError, match=r"use at most (\d+) samples") as refused:
        check_gradients(net, X, np.zeros(20_000))
    fits = int(str(refused.value).split("at most ")[2].split()[0])
    assert 0 < fits < 20_000 and seconds_needed(net, fits) <= 60


def many(samples=900, dtype="float64", outlier=None):
    net = Network.random([5, 16, 16, 2], "tanh", 1.0, True, 5, dtype)
    rng = np.random.default_rng(6)
    X, y = rng.normal(size=(samples, 5)), rng.integers(0, 2, (samples, 2))
    if outlier is not None:
        X[outlier] = 6e4 * np.sign(net.weights[0][0])  # finite in float16, but not its h
    return net, X, y


@pytest.mark.heavy
def test_of_many_samples_some_are_checked_as_if_there_were_no_others():
    net, X, y = many()
    report = check_gradients(net, X, y, patience=1.0)
    at = report.drawn.at
    assert 8 <= len(at) < 900 and len(set(at.tolist())) == len(at)
    alone = check_gradients(net, X[at], y[at])
    assert alone.drawn is None and report.passed
    assert [e.exact for e in report.entries] == [e.exact for e in alone.entries]
    assert [e.difference for e in report.entries] == [e.difference for e in alone.entries]
    assert report.verdict == alone.verdict
    assert np.array_equal(report.drawn.at, check_gradients(net, X, y, patience=1.0).drawn.at)


def test_a_report_says_on_which_samples_it_was_checked():
    report = check_gradients(*many(), patience=1.0)
    n = len(report.drawn.at)
    said = f"Checked on {n} of 900 samples, drawn with seed 0: the cost and its gradients here are"
    assert said in str(report) and said in report._repr_html_()
    assert "Checked on" not in str(check_gradients(*problem(), patience=PATIENCE))


@pytest.mark.parametrize("outlier", [0, 450, 899])
@pytest.mark.heavy
def test_the_sample_that_breaks_is_checked_though_it_was_not_drawn(outlier):
    net, X, y = many(dtype="float16", outlier=outlier)
    report = check_gradients(net, X, y, patience=1.0)
    assert outlier in report.drawn.at
    assert report.fault is not None
    assert f"and sample {outlier + 1}, which is not finite" in str(report)
    plain = check_gradients(*many(dtype="float16"), patience=1.0)
    assert plain.drawn.broken is None and plain.fault is None
    assert set(report.drawn.at) == {*plain.drawn.at, outlier}


@pytest.mark.parametrize("hidden", HIDDEN)
def test_the_largest_networks_of_the_page_are_checked_within_its_patience(hidden):
    net = Network.random([32, *[16] * 6, 16], hidden)
    n = samples_within(net, 2000, PATIENCE)
    assert 8 <= n < 2000
    assert seconds_needed(net, n) <= PATIENCE
    small = Network.random([30, 4, 4, 1], hidden)
    assert samples_within(small, 569, PATIENCE) == 569, "the usual data set is checked whole"


@pytest.mark.parametrize("step", [0.0, -1.0, np.inf, np.nan])
def test_a_step_that_is_none_is_refused(step):
    with pytest.raises(ValueError, match="positive finite"):
        check_gradients(*problem(), step=step)


def test_the_usual_step_follows_the_format():
    steps = [usual_step(fmt) for fmt in FORMATS.values()]
    assert steps == [5e-6, 5e-3, 0.1, 0.2]


def test_an_error_beyond_every_number_is_not_a_step_that_vanishes():
    """The largest gradient is subnormal here, so the error of a step is ∞ of it, not unknown."""
    net = Network([np.array([[0.0]])], [np.array([-740.0])])
    report = check_gradients(net, [[2000.0]], [0.0], step=0.5)
    assert 0 < report.curve.scale < 1e-300
    assert report.curve.error(0.5) == np.inf
    assert np.isnan(report.curve.error(1e-16))  # that one does vanish beside −740
    assert "off by up to ∞ of the largest gradient" in words.differences(report)

"""Every kind of fault, provoked by a real network: where it is, what went in, and what is true."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest

from backprop import FORMATS, Network, train
from backprop.engine.cliffs import saturation
from backprop.engine.derivatives import OutputDerivative
from backprop.scenario.scenario import Scenario

mp = mpmath.mp.clone()
mp.dps = 60


def lone(h, format_name="float64"):
    """A network of one neuron without bias whose pre-activation at x = 1 is h."""
    return Network([FORMATS[format_name].round([[h]])])


def fault_of(net, X, y, derivative="fused", updates=2, **options):
    recording = train(net, X, y, updates, derivative=derivative, **options)
    fault = recording.first_fault
    assert fault is not None
    assert not np.isfinite(fault.value)
    assert fault.operands and all(np.isfinite(v) for v in fault.operands.values())
    assert fault.because and fault.equation in fault.because
    return fault, recording


def exactly(*products, divisor=1):
    return float(sum((Fraction(float(a)) * Fraction(float(b)) for a, b in products), Fraction(0))
                 / divisor)  # fmt: skip


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(
    ("y", "said", "operands"),
    [
        (1.0, "1 − z = 0, so 0 / 0 = NaN; then NaN × 0 = NaN", {"error": 0, "width": 0}),
        (0.0, "1 − z = 0, so 1 / 0 = ∞; then ∞ × 0 = NaN", {"error": 1, "width": 0}),
        (0.5, "1 − z = 0, so 0.5 / 0 = ∞; then ∞ × 0 = NaN", {"error": 0.5, "width": 0}),
    ],
)
def test_past_the_upper_cliff_naive_divides_by_zero(format_name, y, said, operands):
    h = saturation(FORMATS[format_name])
    fault, _ = fault_of(lone(h, format_name), [[1.0]], [y], "naive")
    assert (fault.update, fault.layer, fault.unit, fault.sample) == (0, 1, 0, 0)
    assert fault.operation == "dJ_dz" and fault.operands == operands and fault.cause == said
    assert (fault.h, fault.y, fault.z) == (h, y, 1)
    true = (1 - y) / (1 + mp.exp(-mp.mpf(h))) - y / (1 + mp.exp(mp.mpf(h)))
    assert fault.true_value == pytest.approx(float(true), rel=1e-15)
    for name, value in fault.others.items():
        clean = OutputDerivative(name).delta(np.array(h, FORMATS[format_name].dtype),
                                             np.array(y, FORMATS[format_name].dtype))  # fmt: skip
        assert np.array_equal(value, float(clean), equal_nan=True)


@pytest.mark.parametrize("format_name", FORMATS)
def test_past_the_lower_cliff_z_is_to_blame(format_name):
    h = {"float64": -710.0, "float32": -89.0, "float16": -11.1, "bfloat16": -89.5}[format_name]
    fault, _ = fault_of(lone(h, format_name), [[1.0]], [1.0], "naive")
    assert fault.cause == "z = 0, so (−1) / 0 = −∞; then (−∞) × 0 = NaN" and fault.z == 0
    fault, _ = fault_of(lone(h, format_name), [[1.0]], [0.0], "naive")
    assert fault.cause == "z = 0, so 0 / 0 = NaN; then NaN × 0 = NaN"


@pytest.mark.parametrize(
    ("clamp", "epsilon", "format_name", "y", "said"),
    [
        ("denominator", 1e-7, "float16", 0.0,
         "1 − z = 0, so 1 / 1.192e−7 = ∞, beyond 65504, the largest number of float16; "
         "then ∞ × 0 = NaN"),
        ("denominator", 1e-8, "float16", 0.0,
         "ε = 1e−8 rounds to 0 in float16; 1 − z = 0, so 1 / 0 = ∞; then ∞ × 0 = NaN"),
        ("floor", 1e-12, "float16", 1.0,
         "ε = 1e−12 rounds to 0 in float16; 1 − z = 0, so 0 / 0 = NaN; then NaN × 0 = NaN"),
        ("clip", 1e-8, "float32", 1.0, "1 − ε = 1 in float32 for ε = 1e−8; 1 − zε = 0, so 0 / 0"),
        ("clip_both", 1e-4, "float16", 0.0, "1 − ε = 1 in float16 for ε = 0.0001; 1 − zε = 0"),
        ("clip_both", 1e-3, "bfloat16", 1.0, "1 − ε = 1 in bfloat16 for ε = 0.001; 1 − zε = 0"),
    ],
)  # fmt: skip
def test_a_clamp_that_the_format_cannot_see_is_blamed_by_name(clamp, epsilon, format_name, y, said):
    h = saturation(FORMATS[format_name])
    clamped = OutputDerivative("clamped", epsilon, clamp)
    fault, _ = fault_of(lone(h, format_name), [[1.0]], [y], clamped)
    plain = str.maketrans({"₀": "0", "ₑ": "ε"})
    assert fault.cause.translate(plain).startswith(said), fault.cause
    assert "ε" not in said.partition(";")[0] or said.startswith(fault.because[0])
    assert np.isnan(fault.others["naive"]) and np.isfinite(fault.others["split"])


@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("format_name", ["float16", "bfloat16", "float32"])
def test_a_weighted_sum_beyond_the_format_is_found_in_the_hidden_layer(hidden, format_name):
    fmt = FORMATS[format_name]
    big = fmt.round(0.75 * fmt.max)
    net = Network([fmt.round([[0.0, 1.0], [big, big]]), fmt.round([[0.5, -0.5]])],
                  [fmt.round([0.0, 1.0]), fmt.round([0.0])], hidden)  # fmt: skip
    fault, recording = fault_of(net, [[0.5, 0.5], [1.0, 1.0]], [1.0, 1.0])
    assert (fault.update, fault.layer, fault.unit, fault.sample) == (0, 1, 1, 1)
    assert fault.operation == "h" and fault.value == np.inf == fault.h
    assert set(fault.operands) == {"W_1[1,0]", "z_0[1,0]", "W_1[1,1]", "z_0[1,1]", "b_1[1]"}
    assert fault.operands["W_1[1,1]"] == float(big) and fault.operands["b_1[1]"] == 1
    assert fault.true_value == exactly((big, 1), (big, 1), (1, 1))
    assert f"the largest number of {format_name}" in fault.cause and "unit 2" in fault.cause
    assert recording.trace(0).layers[0].h[1, 1] == np.inf


def test_a_true_value_beyond_float64_is_in_words_alone():
    net = Network([np.array([[1e308, 1e308]])])
    fault, _ = fault_of(net, [[1.0, 1.0]], [1.0])
    assert fault.operation == "h" and fault.true_value is None
    assert "(true value 2e308) is beyond 1.7977e308, the largest number of float64" in fault.cause


def test_a_sum_that_would_fit_but_for_its_parts_says_so():
    net = Network([np.array([[1e308, 1e308, -1e308]])])
    fault, _ = fault_of(net, [[1.0, 1.0, 1.0]], [1.0])
    assert fault.true_value == 1e308 and "would fit (true value 1e308)" in fault.cause
    assert ("∞ − ∞ = NaN" in fault.cause) == np.isnan(fault.value)


@pytest.mark.parametrize(("hidden", "follows"), [("tanh", "∞ × 1 = ∞"), ("relu", "∞ × 0 = NaN")])
def test_an_overflow_of_the_weighted_error_is_told_from_its_product(hidden, follows):
    fmt = FORMATS["float16"]
    first = 0.0 if hidden == "relu" else 1e-3
    net = Network([fmt.round([[first]]), fmt.round([[6e4], [6e4]])],
                  [fmt.round([0.0]), fmt.round([5.0, 5.0])], hidden)  # fmt: skip
    fault, recording = fault_of(net, [[1.0]], [[0.0, 0.0]])
    assert (fault.layer, fault.unit, fault.sample, fault.operation) == (1, 0, 0, "weighted")
    delta = recording.trace(0).layers[1].delta[0]
    assert fault.true_value == exactly((6e4, delta[0]), (6e4, delta[1]))
    assert fault.operands["delta_2[0,1]"] == delta[1] and fault.operands["W_2[1,0]"] == 6e4
    assert follows in fault.cause and follows in fault.because[-1]
    assert not np.isfinite(recording.trace(0).layers[0].delta[0, 0])


def test_an_overflow_of_a_gradient_has_all_its_operands():
    fmt = FORMATS["float16"]
    net = Network([fmt.round([[1e-4]]), fmt.round([[1000.0]])])
    X = [[6e4], [5e4], [1.0]]
    fault, recording = fault_of(net, X, [0.0, 0.0, 0.0])
    assert (fault.layer, fault.unit, fault.sample, fault.operation) == (1, 0, None, "dW")
    delta = recording.trace(0).layers[0].delta[:, 0]
    assert fault.true_value == exactly(*zip(delta, recording.X[:, 0], strict=True), divisor=3)
    assert len(fault.operands) == 6 and fault.operands["delta_1[2,0]"] == delta[2]
    assert "∂J/∂W" in fault.cause and "65504" in fault.cause and ") / 3 = ∞" in fault.equation


def test_a_bias_whose_sum_overflows_although_its_average_fits():
    net = Network([np.array([[1e-3]]), np.array([[1e308]])], [np.zeros(1), np.zeros(1)])
    samples = 20
    fault, recording = fault_of(net, np.full((samples, 1), 1e-3), np.zeros(samples))
    assert (fault.layer, fault.unit, fault.operation) == (1, 0, "db")
    delta = recording.trace(0).layers[0].delta[:, 0]
    want = exactly(*[(d, 1) for d in delta], divisor=samples)
    assert fault.true_value == want and "would fit" in fault.cause
    assert len(fault.operands) == samples


@pytest.mark.parametrize("format_name", ["float16", "float32"])
def test_a_step_too_long_for_the_format_is_a_fault_of_the_update(format_name):
    fmt = FORMATS[format_name]
    rate = 0.9 * fmt.max
    fault, recording = fault_of(lone(8.0, format_name), [[4.0]], [0.0], learning_rate=rate)
    assert (fault.update, fault.operation, fault.layer, fault.unit) == (0, "update", 1, 0)
    alpha = float(fmt.round(rate))
    dW = float(recording.trace(0).layers[0].dW[0, 0])
    assert fault.operands == {"W_1[0,0]": 8.0, "alpha": alpha, "dW_1[0,0]": dW}
    assert fault.true_value == exactly((8, 1), (-alpha, dW))
    assert recording.parameters[1, 0] == fault.value == -np.inf


def test_a_bias_can_be_the_one_that_leaves():
    fmt = FORMATS["float16"]
    net = Network([fmt.round([[3e4]])], [fmt.round([-2e4])])
    fault, _ = fault_of(net, [[1.0]], [0.0], learning_rate=65504.0)
    assert fault.operation == "update" and set(fault.operands) == {"b_1[0]", "alpha", "db_1[0]"}


def test_a_master_weight_that_does_not_fit_is_a_fault_of_rounding():
    net = lone(8.0, "float16")
    fault, recording = fault_of(net, [[4.0]], [0.0], learning_rate=6e4, master="float32")
    kept = float(recording.parameters[1, 0])
    assert np.isfinite(kept) and (fault.update, fault.operation) == (1, "round")
    assert fault.operands == {"W_1[0,0]": kept} and fault.true_value == kept
    assert "kept in float32" in fault.cause and "float16" in fault.cause


def test_the_output_of_the_last_pass_is_searched_too():
    long = train(lone(1.0), [[1.0]], [1.0], 4, 300.0, "naive").first_fault
    assert long is not None and long.update == 1
    assert repr(train(lone(1.0), [[1.0]], [1.0], 1, 300.0, "naive").first_fault) == repr(long)


def test_the_gradients_of_the_last_pass_are_searched_too():
    fmt = FORMATS["float16"]
    weights = [fmt.round([[9.2]]), fmt.round([[-32736.0], [-32736.0]])]  # 2 × 32768 is too much
    net = Network(weights, [fmt.round([0.0]), fmt.round([6e4, 6e4])])
    fault, _ = fault_of(net, [[1.0]], [[0.0, 0.0]], updates=1, learning_rate=30.0)
    assert (fault.update, fault.operation, fault.true_value) == (1, "weighted", -65536)
    long = train(net, [[1.0]], [[0.0, 0.0]], 4, 30.0).first_fault
    assert repr(long) == repr(fault)


@pytest.mark.parametrize(
    ("derivative", "y", "operation", "value", "true"),
    [
        ("naive", 0.0, "log_complement", -np.inf, 40.0),
        ("naive", 1.0, "log_complement", -np.inf, 4.248354255291589e-18),
        ("clamped", 0.0, "log_complement", -np.inf, 40.0),
    ],
)
def test_a_cost_that_is_not_finite_is_explained_beside_the_costs_of_the_others(
    derivative, y, operation, value, true
):
    recording = train(lone(40.0), [[1.0]], [y], 2, derivative=derivative)
    fault = recording.first_cost_fault
    assert fault.operation == operation and fault.value == value
    assert fault.operands == {"complement": 0.0}
    assert fault.true_value == pytest.approx(true, rel=1e-15)
    assert fault.others["split"] == pytest.approx(true, rel=1e-15)
    assert not np.isfinite(fault.others["naive"]) and not np.isfinite(recording.cost[0])


def test_an_average_cost_beyond_the_format_names_its_terms():
    fmt = FORMATS["float16"]
    net = Network([fmt.round([[6e4], [5e4]])])
    recording = train(net, [[1.0]], [[0.0, 0.0]], 1, 1e-3)
    fault = recording.first_cost_fault
    assert recording.first_fault is None and fault.operation == "cost"
    assert fault.operands == {"cost[0,0]": 6e4, "cost[0,1]": float(fmt.round(5e4))}
    assert fault.true_value == exactly((6e4, 1), (float(fmt.round(5e4)), 1))


@pytest.mark.parametrize("derivative", ["fused", "split"])
@pytest.mark.parametrize("format_name", FORMATS)
def test_the_repaired_forms_have_no_fault_at_the_output(derivative, format_name):
    for h in (-1000.0, -89.0, -11.1, 7.625, 36.75, 1000.0):
        for y in (0.0, 0.5, 1.0):
            recording = train(lone(h, format_name), [[1.0]], [y], 2, 1e-3, derivative)
            assert recording.first_fault is None and recording.first_cost_fault is None


@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("scale", [1.0, 60.0, 900.0])
@pytest.mark.parametrize("seed", range(3))
def test_the_first_fault_is_where_a_search_of_every_value_finds_it(hidden, scale, seed):
    rng = np.random.default_rng(seed)
    net = Network.random([3, 5, 4, 1], hidden, 2.0, True, seed, "float16")
    X, y = rng.normal(size=(2500, 3)) * scale, rng.integers(0, 2, (2500, 1))
    recording = train(net, X, y, 6, 300.0 if scale > 1 else 3.0)
    found = recording.first_fault
    for k in range(recording.updates + 1):
        trace = recording.trace(k)
        after = recording.parameters[min(k + 1, recording.updates)]
        values = [v for a in trace.layers for v in (a.h, a.delta, a.dW, a.db)] + [after]
        if not all(np.isfinite(v.astype(float)).all() for v in values):
            assert found is not None and found.update == k
            return
    assert found is None


@pytest.mark.parametrize(("clamp", "seed"), [("floor", 3102), ("clip", 0)])
def test_a_cost_that_was_lost_with_h_is_explained_by_the_fault_that_h_came_from(clamp, seed):
    scenario = Scenario(format="float16", clamp=clamp, seed=seed)
    recording = scenario.recordings()["clamped"]
    lost = int(np.argmax(~np.isfinite(recording.cost)))
    assert np.isnan(recording.h_out[lost].astype(float)).any()
    assert np.isfinite(recording.h_out[:lost].astype(float)).all()
    shown = recording.first_cost_fault
    assert shown is recording.first_fault and shown.update == lost - 1
    assert all(np.isfinite(value) for value in shown.operands.values())


def test_a_finite_h_whose_cost_is_lost_is_found_beside_one_that_is_not_finite():
    """Sample 1 has h = NaN, sample 2 a finite one whose logarithm is lost: that is the cost's."""
    net = Network([np.array([[1e200]]), np.array([[1e200]])], hidden="relu")
    recording = train(net, [[1.0], [1e-300], [-1.0]], [0.0, 1.0, 1.0], 1, 1e-3, "naive")
    h = recording.h_out[0].ravel()
    assert h[0] == np.inf and 37 < h[1] < np.inf
    shown = recording.first_cost_fault
    assert shown.sample == 1 and shown.h == h[1] and shown.operation == "log_complement"
    true = mp.log1p(mp.exp(-mp.mpf(float(h[1]))))
    assert shown.true_value == pytest.approx(float(true))

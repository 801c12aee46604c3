"""What common libraries compute for δ and J at one output: their formulas, written out here.

None of the libraries is called. Each entry says in text what the library's own source does (the
derivative as its backward pass or its automatic differentiation evaluates it) and does the same
in the format of h, float64 or float32, operation by operation.

In 16-bit formats most kernels compute in float32 inside and round at places of their own, so no
formula of a line would be true there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.elementary import exp, log, log1p
from backprop.engine.sigmoid import textbook

KERAS_EPSILON = 1e-7
"""The default of `keras.backend.epsilon`, to which the probability is clipped."""

BCELOSS_FLOOR = float(np.float32(1e-12))
"""What PyTorch's BCELoss divides by at least: a float32 constant, which is 0.99999996e-12."""

Outcome = tuple[Array, Array | None]


@dataclass(frozen=True)
class Loss:
    """A library's loss: its name there, its δ and its cost in text, and both as a function.

    `compute` takes h and y of one format, float64 or float32, and returns δ and J, J None where
    the library has none that belongs to this derivative. `note` says what else to know.
    """

    name: str
    delta: str
    cost: str
    compute: Callable[[Array, Array], Outcome]
    note: str = ""


def outcomes(h: Array, y: Array) -> dict[str, Outcome]:
    """δ and J of every library at `h` and `y`, by name; float64 or float32."""
    if h.dtype not in (np.dtype(np.float64), np.dtype(np.float32)):
        raise ValueError(
            f"The libraries' formulas hold in float64 and float32, got {h.dtype}. "
            "Convert h and y to float32."
        )
    with np.errstate(all="ignore"):  # where a library overflows, that is what is shown
        return {name: library.compute(h, y) for name, library in LIBRARIES.items()}


def _torch_bce(h: Array, y: Array) -> Outcome:
    z = textbook(h)
    quotient = (z - y) / np.maximum((1 - z) * z, h.dtype.type(BCELOSS_FLOOR))
    cost = (y - 1) * np.maximum(log1p(-z), -100) - y * np.maximum(log(z), -100)
    return quotient * (1 - z) * z, cost


def _torch_logits(h: Array, y: Array) -> Outcome:
    log_sigmoid = np.minimum(h, 0) - log1p(exp(-np.abs(h)))
    return textbook(h) - y, (1 - y) * h - log_sigmoid


def _keras_probability(h: Array, y: Array) -> Outcome:
    z, epsilon = textbook(h), h.dtype.type(KERAS_EPSILON)
    c = np.clip(z, epsilon, 1 - epsilon)
    inside = np.where(c == z, 1, 0).astype(h.dtype)
    inside[(z == epsilon) | (z == 1 - epsilon)] = 0.5  # JAX shares a tie between z and the bound
    quotient = (1 - y) / (1 - c) - y / c
    cost = -(y * log(c) + (1 - y) * log(1 - c))
    return inside * quotient * z * (1 - z), cost


def _tensorflow_logits(h: Array, y: Array) -> Outcome:
    e = _flushed(exp(-np.abs(h)))
    step, sign = np.where(h >= 0, 1, 0).astype(h.dtype), np.where(h >= 0, -1, 1).astype(h.dtype)
    return (step - y) + sign * (1 / (1 + e)) * e, np.maximum(h, 0) - h * y + log1p(e)


def _optax(h: Array, y: Array) -> Outcome:
    up, down = (_flushed(_log_sum(x)) for x in (h, -h))  # −log σ(−h), −log σ(h)
    delta = (1 - y) * _flushed(exp(h - up)) - y * _flushed(exp(-h - down))
    return delta, y * down + (1 - y) * up


def _log_sum(x: Array) -> Array:
    """logaddexp(x, 0)."""
    return np.maximum(x, 0) + log1p(exp(-np.abs(x)))


def _flushed(x: Array) -> Array:
    """x with 0 in place of subnormal numbers: how JAX and TensorFlow compute on CPUs."""
    return np.where(np.abs(x) < np.finfo(x.dtype).tiny, x * 0, x)


def _scikit_learn(h: Array, y: Array) -> Outcome:
    wide, target = h.astype(np.float64), y.astype(np.float64)
    e = exp(-wide)
    quotient = ((1 - target) - target * e) / (1 + e)
    delta = np.where(wide > -37, quotient, exp(wide) - target)
    cost = _log1pexp(wide) - target * wide
    return delta.astype(h.dtype), cost.astype(h.dtype)


def _scikit_learn_pair(h: Array, y: Array) -> Outcome:
    wide, target = h.astype(np.float64), y.astype(np.float64)
    e, f = exp(wide), exp(-wide)
    linear = (1 - target) * wide
    costs = [e - target * wide, log1p(e) - target * wide, log1p(f) + linear]
    cost = np.select([wide <= -37, wide <= -2, wide <= 18], costs, f + linear)
    deltas = [e - target, ((1 - target) * e - target) / (1 + e)]
    right = ((1 - target) - target * f) / (1 + f)
    delta = np.select([wide <= -37, wide <= -2], deltas, right)
    return delta.astype(h.dtype), cost.astype(h.dtype)


def _log1pexp(x: Array) -> Array:
    grown = exp(np.minimum(x, 34.0))
    pieces = [grown, log1p(grown), log(1 + grown), x + exp(-x)]
    return np.select([x <= -37, x <= -2, x <= 18, x <= 33.3], pieces, x)


def _xgboost(h: Array, y: Array) -> Outcome:
    single, one = h.astype(np.float32), np.float32(1)
    z = one / (exp(np.minimum(-single, np.float32(88.7))) + one + np.float32(1e-16))
    return (z - y.astype(np.float32)).astype(h.dtype), None


def _textbook_autodiff(h: Array, y: Array) -> Outcome:
    z = _flushed(textbook(h))
    quotient = (1 - y) / (1 - z) - y / z
    return _flushed(quotient * (z * (1 - z))), -y * log(z) - (1 - y) * log(1 - z)


def _spelled_autodiff(h: Array, y: Array) -> Outcome:
    e = _flushed(exp(-h))
    z = _flushed(1 / (1 + e))
    quotient = (1 - y) / (1 - z) - y / z
    slope = _flushed(1 / ((1 + e) * (1 + e)))
    cost = -y * log(z) - (1 - y) * log(1 - z)
    return _flushed(_flushed(quotient * slope) * e), cost


LIBRARIES: Mapping[str, Loss] = {
    library.name: library
    for library in (
        Loss("PyTorch, BCELoss after sigmoid",
             "(z − y) / max((1 − z) z, 1e-12) · (1 − z) z",
             "(y − 1) max(log1p(−z), −100) − y max(log z, −100)", _torch_bce,
             "1e-12 is a float32 number there, also where all else is float64: "
             "0.99999996e-12."),
        Loss("PyTorch, BCEWithLogitsLoss", "σ(h) − y", "(1 − y) h − log σ(h)", _torch_logits),
        Loss("Keras on JAX, from probabilities",
             "((1 − y) / (1 − c) − y / c) · [z inside] · z (1 − z)",
             "−y log c − (1 − y) log(1 − c)", _keras_probability,
             "c is z clipped to [1e-7, 1 − 1e-7]. Where z is exactly one of these, JAX counts "
             "half; in float32 that is so for every h from 15.54 to 16.63. On TensorFlow, Keras "
             "undoes a sigmoid that it finds and takes the next line instead."),
        Loss("TensorFlow and Keras on it, from logits", "([h ≥ 0] − y) ∓ e / (1 + e)",
             "max(h, 0) − h y + log1p(e)", _tensorflow_logits,
             "e = exp(−|h|). TensorFlow takes subnormal numbers for 0 on CPUs."),
        Loss("Optax, sigmoid_binary_cross_entropy",
             "(1 − y) exp(h − s(h)) − y exp(−h − s(−h))", "y s(−h) + (1 − y) s(h)", _optax,
             "s(h) = logaddexp(h, 0). JAX takes subnormal numbers for 0 on CPUs."),
        Loss("scikit-learn, half binomial: gradient, loss", "((1 − y) − y e) / (1 + e)",
             "log1pexp(h) − y h", _scikit_learn,
             "e = exp(−h), computed in float64. LightGBM's binary objective is the same "
             "formula for y = 0 and 1, rounded to float32: the split form."),
        Loss("scikit-learn, half binomial: loss_gradient", "((1 − y) − y e) / (1 + e)",
             "log1p(e) + (1 − y) h", _scikit_learn_pair,
             "Both at once, with a cost of its own: right where that of loss cancels. For "
             "h ≤ −2 with exp(h) instead."),
        Loss("XGBoost, binary:logistic", "1 / (exp(min(−h, 88.7)) + 1 + 1e-16) − y", "",
             _xgboost, "always in float32"),
        Loss("Autodiff of the textbook cost, σ one operation",
             "((1 − y) / (1 − z) − y / z) · z (1 − z)",
             "−y log z − (1 − y) log(1 − z)", _textbook_autodiff,
             "What jax.grad makes of it with jax.nn.sigmoid. JAX takes subnormal numbers for 0 "
             "on CPUs."),
        Loss("Autodiff of the textbook cost, σ spelled out",
             "((1 − y) / (1 − z) − y / z) / (1 + e)² · e",
             "−y log z − (1 − y) log(1 − z)", _spelled_autodiff,
             "What jax.grad makes of it with 1 / (1 + e), e = exp(−h): 1 − z has lost its "
             "digits, e has not, and their errors no longer cancel."),
    )
}  # fmt: skip
"""The libraries by name, as of PyTorch 2.13, Keras 3.15, TensorFlow 2.21, Optax 0.2.8, JAX 0.10,
scikit-learn 1.9 and XGBoost 3.2; tests/bench/check_libraries.py compares every row with them."""

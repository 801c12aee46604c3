"""The Microscope's rows of library formulas, compared with the libraries that are installed.

Each row is computed over a dense sweep of h, hard and soft targets, in float64 and float32, by the
formula and by the library. The worst disagreement is printed, and where it is, in units in the last
place of the library's number; of 1, if that is more, where the formula takes 1 − z or z − y or the
target is soft, since there a last bit of z counts as one of 1. It fails if a row is further away
than `BOUND`, or if one number is NaN or ∞ where the other is not.

A library that is not installed is named and left out:

    pip install torch==2.13.0 scikit-learn jax optax keras tensorflow-cpu xgboost-cpu
"""

import contextlib
import importlib.util
import os
import sys
from collections.abc import Callable

import numpy as np

from backprop.microscope.libraries import LIBRARIES, outcomes

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["KERAS_BACKEND"] = "jax"

BOUND = 32
"""Units in the last place: log1p of float32 alone is up to 25 of them off in some libraries."""

NEEDS = {
    "PyTorch, BCELoss after sigmoid": "torch",
    "PyTorch, BCEWithLogitsLoss": "torch",
    "Keras on JAX, from probabilities": "keras",
    "TensorFlow and Keras on it, from logits": "tensorflow",
    "Optax, sigmoid_binary_cross_entropy": "optax",
    "scikit-learn, half binomial: gradient, loss": "sklearn",
    "scikit-learn, half binomial: loss_gradient": "sklearn",
    "XGBoost, binary:logistic": "xgboost",
    "Autodiff of the textbook cost, σ one operation": "jax",
    "Autodiff of the textbook cost, σ spelled out": "jax",
}
"""The package of each row."""

KEEPS = ("TensorFlow", "Optax", "scikit-learn")
"""Rows that lose no digits where the target is hard: measured in their own last place there."""


def places(dtype) -> tuple[np.ndarray, np.ndarray]:
    """h and y: dense near 0 and near every cliff, sparse elsewhere."""
    rng = np.random.default_rng(0)
    h = np.concatenate([
        rng.uniform(-800, 800, 800), rng.uniform(-110, 110, 800), rng.uniform(-40, 40, 2000),
        rng.uniform(-3, 3, 400), [-800, -745, -710, -705, -104, -88, -40, -37, 0, 37, 40, 710],
    ]).astype(dtype)  # fmt: skip
    y = np.array([0, 1, 0.3, 0.95], dtype)
    return np.tile(h, len(y)), np.repeat(y, len(h))


# ---- the libraries themselves: δ and the cost of each h and y ------------------------------------


def torch_of(name: str, h, y):
    import torch
    from torch.nn import functional

    inputs, targets = torch.tensor(h, requires_grad=True), torch.tensor(y)
    cost = (
        functional.binary_cross_entropy(torch.sigmoid(inputs), targets, reduction="none")
        if "BCELoss" in name
        else functional.binary_cross_entropy_with_logits(inputs, targets, reduction="none")
    )
    cost.sum().backward()
    return inputs.grad.numpy(), cost.detach().numpy()


def keras_of(name: str, h, y):
    """Keras on JAX; on TensorFlow it would look for the sigmoid and take the logits instead."""
    import jax
    from keras import ops

    jax.config.update("jax_enable_x64", True)

    def cost(h, y):
        return ops.binary_crossentropy(y.reshape(1), jax.nn.sigmoid(h).reshape(1))[0]

    return np.array(jax.vmap(jax.grad(cost))(h, y)), np.array(jax.vmap(cost)(h, y))


def tensorflow_of(name: str, h, y):
    import tensorflow as tf

    inputs = tf.constant(h)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        cost = tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.constant(y), logits=inputs)
    return tape.gradient(cost, inputs).numpy(), cost.numpy()


def jax_of(name: str, h, y):
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def textbook(h, y):
        z = 1 / (1 + jnp.exp(-h)) if "spelled" in name else jax.nn.sigmoid(h)
        return -y * jnp.log(z) - (1 - y) * jnp.log(1 - z)

    cost = textbook
    if "Optax" in name:
        import optax

        cost = optax.sigmoid_binary_cross_entropy
    slope = jax.vmap(jax.grad(cost))
    return np.array(slope(jnp.array(h), jnp.array(y))), np.array(cost(jnp.array(h), jnp.array(y)))


def sklearn_of(name: str, h, y):
    from sklearn._loss.loss import HalfBinomialLoss

    loss = HalfBinomialLoss()
    if "loss_gradient" in name:
        cost, delta = loss.loss_gradient(y, h)
        return delta, cost
    return loss.gradient(y, h), loss.loss(y, h)


def xgboost_of(name: str, h, y):
    """XGBoost shows no gradient, but a tree of one leaf is −δ / (slope + λ), and λ is ours."""
    import xgboost

    heavy, deltas = 2.0**30, []
    for a, b in zip(h[::200], y[::200], strict=True):  # a training for each place
        matrix = xgboost.DMatrix(np.zeros((1, 1)), label=[b], base_margin=[a])
        settings = {"objective": "binary:logistic", "eta": 1, "lambda": heavy, "max_depth": 1,
                    "min_child_weight": 0, "tree_method": "exact", "nthread": 1}  # fmt: skip
        booster = xgboost.train(settings, matrix, 1)
        clean = xgboost.DMatrix(np.zeros((1, 1)), base_margin=[0.0])
        deltas.append(-float(booster.predict(clean, output_margin=True)[0]) * heavy)
    return np.array(deltas, np.float32).astype(h.dtype), None


OF: dict[str, Callable] = {
    "torch": torch_of, "keras": keras_of, "tensorflow": tensorflow_of, "optax": jax_of,
    "jax": jax_of, "sklearn": sklearn_of, "xgboost": xgboost_of,
}  # fmt: skip


# ---- the comparison ----------------------------------------------------------------------------


def worst(name: str, ours, theirs, h, y) -> tuple[float, str]:
    """The largest distance in units in the last place, and where; ∞ for NaN or ∞ beside none."""
    a, b = ours.astype(np.float64), theirs.astype(np.float64)
    finfo = np.finfo(ours.dtype)
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    own = np.isin(y, [0, 1]) & name.startswith(KEEPS)
    unit = np.maximum(np.abs(b), np.where(own, finfo.tiny, 1.0)) * finfo.eps
    with np.errstate(invalid="ignore", over="ignore"):
        ulps = np.where(same, 0.0, np.abs(a - b) / unit)
    ulps = np.where(np.isfinite(ulps), ulps, np.inf)
    k = int(np.argmax(ulps))
    where = "" if ulps[k] == 0 else f"h = {h[k]:.9g}, y = {y[k]:g}: {ours[k]:.9g}, {theirs[k]:.9g}"
    return float(ulps[k]), where


def compare(name: str) -> bool:
    """One row in both formats, printed; whether all is within its bound."""
    package, fine = NEEDS[name], True
    if importlib.util.find_spec(package) is None:
        print(f"{name}: {package} is not installed, left out")
        return True
    for dtype in (np.float32,) if package == "xgboost" else (np.float64, np.float32):
        h, y = places(dtype)
        with (
            np.errstate(all="ignore"),
            open(os.devnull, "w") as quiet,
            contextlib.redirect_stderr(quiet),
        ):
            theirs = OF[package](name, h, y)
        if package == "xgboost":
            h, y = h[::200], y[::200]
        ours = outcomes(h, y)[name]
        for what, mine, its in zip(("δ", "cost"), ours, theirs, strict=True):
            if mine is None or its is None:
                continue
            ulps, where = worst(name, mine, its, h, y)
            fine &= ulps <= BOUND
            print(f"{name:48s} {dtype.__name__:8s} {what:5s} {ulps:10.3g}  {where}")
    return fine


def main() -> int:
    print(f"{'row':48s} {'format':8s} {'what':5s} {'worst ulps':>10s}  where: formula, library")
    return 0 if all([compare(name) for name in LIBRARIES]) else 1


if __name__ == "__main__":
    sys.exit(main())

"""The samples a network learns from, and the built-in sets. Those of your own are in `tables`."""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples and their targets; the arrays are read-only."""

    name: str
    X: Array  # (samples, features)
    y: Array  # (samples, outputs), in [0, 1]
    feature_names: tuple[str, ...]


@dataclass(frozen=True)
class Builtin:
    title: str
    make: Callable[[], Dataset]


def names() -> tuple[str, ...]:
    return tuple(DATASETS)


def load(name: str) -> Dataset:
    """The built-in set of that name."""
    if name not in DATASETS:
        nearest = difflib.get_close_matches(name, DATASETS, n=1, cutoff=0)[0]
        raise ValueError(
            f"The data set must be one of {', '.join(DATASETS)}, but got {name!r}. Try {nearest!r}."
        )
    return DATASETS[name].make()


def gate(name: str, targets: Sequence[float]) -> Dataset:
    """A logic gate of two inputs, with −1 for false and 1 for true."""
    return dataset(name, [(-1, -1), (-1, 1), (1, -1), (1, 1)], targets)


def worked_example() -> Dataset:
    """One point with two targets: the data of a worked example that many textbooks share."""
    made = dataset("worked_example", [(0.05, 0.10)], [0.01])
    y = np.array([[0.01, 0.99]])
    y.setflags(write=False)
    return replace(made, y=y)


def xor_wrong_label() -> Dataset:
    """XOR with two points at each corner, and one more beyond a corner whose label is wrong."""
    X = [
        (-1, -1),
        (1.6, -0.8),  # labelled 0, where its neighbours are 1
        (-1, 1),
        (1, -1),
        (1, 1),
        (-0.8, -1.1),
        (-1.2, 0.9),
        (0.9, -1.2),
        (1.1, 0.8),
    ]
    return dataset("xor_wrong_label", X, [0, 0, 1, 1, 0, 0, 1, 1, 0])


def blobs(samples: int = 40) -> Dataset:
    """Two clouds that a straight line separates."""
    y = _alternating(samples)
    centre = np.where(y == 1, 0.9, -0.9)
    return _shaken("blobs", centre, centre, y, noise=0.35, seed=1)


def circles(samples: int = 40) -> Dataset:
    """A ring of zeros around a ring of ones."""
    y = _alternating(samples)
    angle = 2 * np.pi * _along(samples)
    radius = np.where(y == 1, 0.5, 1.3)
    return _shaken("circles", radius * np.cos(angle), radius * np.sin(angle), y, noise=0.08, seed=2)


def moons(samples: int = 40) -> Dataset:
    """Two half rings, each reaching into the other."""
    y = _alternating(samples)
    angle = np.pi * _along(samples)
    side = np.where(y == 1, -1, 1)
    x1, x2 = side * (np.cos(angle) - 0.5), side * (np.sin(angle) - 0.25)
    return _shaken("moons", x1, x2, y, noise=0.08, seed=7)


def spiral(samples: int = 40) -> Dataset:
    """Two arms wound into each other, one and a quarter turns."""
    y = _alternating(samples)
    wound = _along(samples) ** 0.7  # so that no stretch of an arm is sparser than its turns
    angle = 2.5 * np.pi * wound
    radius = np.where(y == 1, 1, -1) * (0.2 + 1.2 * wound)
    return _shaken("spiral", radius * np.cos(angle), radius * np.sin(angle), y, noise=0.03, seed=1)


DATASETS = {
    "xor": Builtin("XOR", lambda: gate("xor", [0, 1, 1, 0])),
    "and": Builtin("AND", lambda: gate("and", [0, 0, 0, 1])),
    "or": Builtin("OR", lambda: gate("or", [0, 1, 1, 1])),
    "xor_wrong_label": Builtin("XOR with one wrong label", xor_wrong_label),
    "blobs": Builtin("Two blobs", blobs),
    "circles": Builtin("Two circles", circles),
    "moons": Builtin("Two moons", moons),
    "spiral": Builtin("Two spirals", spiral),
    "worked_example": Builtin("One point, two targets", worked_example),
}


def _alternating(samples: int) -> Array:
    """Labels 0, 1, 0, 1, …"""
    return np.arange(samples, dtype=np.float64) % 2


def _along(samples: int) -> Array:
    """How far along the curve of its label each sample sits, from 0 to just below 1."""
    return np.linspace(0, 1, (samples + 1) // 2, endpoint=False).repeat(2)[:samples]


def _shaken(name: str, x1: Array, x2: Array, y: Array, *, noise: float, seed: int) -> Dataset:
    """Points with noise, rounded so that every machine has the same numbers."""
    shift = np.random.default_rng(seed).normal(scale=noise, size=(len(y), 2))
    return dataset(name, (np.column_stack([x1, x2]) + shift).round(3), y)


def dataset(name: str, X: ArrayLike, y: ArrayLike, features: Sequence[str] = ()) -> Dataset:
    """Samples X (samples, features) with one target each, y (samples,), as a read-only data set."""
    X, y = np.array(X, dtype=np.float64), np.array(y, dtype=np.float64)[:, None]
    X.setflags(write=False)
    y.setflags(write=False)
    return Dataset(name, X, y, tuple(features) or default_names(X.shape[1]))


def default_names(features: int) -> tuple[str, ...]:
    """x₁, x₂, … for features without a name."""
    subscripts = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
    return tuple("x" + str(i + 1).translate(subscripts) for i in range(features))

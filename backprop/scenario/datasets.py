"""The samples a network learns from, and the built-in sets. Those of your own are in `tables`."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from backprop.engine.demands import choice
from backprop.engine.formula import subscript
from backprop.scenario.scaling import Scaling

Array = NDArray[np.float64]


Meaning = tuple[str, tuple[tuple[str, float], ...]]
"""A target's name, and what stood in its column with the y that it means."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples X (samples, features) and targets y (samples, outputs), read-only float64.

    Two are equal if their numbers, bit by bit, and names are; a digest that is computed once
    decides it, so that a large data set is a cheap key too. `notes` and `mapping` say in words how
    a table was read, `columns_left_out` (names) and `rows_left_out` (line numbers) what was not.
    `scaling` says how `X` came from `raw`, the inputs as read; None if they are the same.
    """

    name: str
    X: Array  # (samples, features)
    y: Array  # (samples, outputs), in [0, 1]
    feature_names: tuple[str, ...]
    target_names: tuple[str, ...] = ("y",)
    notes: tuple[str, ...] = ()
    mapping: tuple[Meaning, ...] = ()
    columns_left_out: tuple[str, ...] = ()
    rows_left_out: tuple[int, ...] = ()
    scaling: Scaling | None = None
    raw: Array | None = None  # (samples, features), before scaling and edits

    @cached_property
    def digest(self) -> str:
        """32 hexadecimal digits that name the numbers and the names, and nothing else."""
        words = [self.name, self.X.shape, self.y.shape, self.feature_names, self.target_names]
        said = hashlib.sha256(json.dumps(words).encode())
        for array in (self.X, self.y):
            said.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
        return said.hexdigest()[:32]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dataset) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        (samples, features), targets = self.X.shape, self.y.shape[1]
        count = f"{samples} sample{'' if samples == 1 else 's'}"
        outputs = f"{targets} target{'' if targets == 1 else 's'}"
        named = ", ".join(self.feature_names[:6]) + (", …" if features > 6 else "")
        return f"<Dataset {self.name}: {count}; inputs {named}; {outputs}>"


@dataclass(frozen=True)
class Builtin:
    """A built-in set: its title, and a learning rate at which Fused learns it.

    Of the rates from 0.1 to 30 it is the one at which most of eight networks (4-4, 4, 8-8, none; σ,
    tanh, ReLU; weight scales 1 and 3), six seeds each, have every sample right, or nearly, after
    300 updates. Spirals need a network such as 8-8 with tanh. XOR has the rate of the lecture,
    which breaks the naive form.
    """

    title: str
    make: Callable[[], Dataset]
    learning_rate: float = 30.0


def names() -> tuple[str, ...]:
    """The names of the built-in sets, as links have them."""
    return tuple(DATASETS)


def load(name: str) -> Dataset:
    """The built-in set of that name."""
    return _builtin(choice("The data set", name, DATASETS))


@cache
def _builtin(name: str) -> Dataset:
    return DATASETS[name].make()


def gate(name: str, targets: Sequence[float]) -> Dataset:
    """A logic gate of two inputs, with −1 for false and 1 for true."""
    return dataset(name, [(-1, -1), (-1, 1), (1, -1), (1, 1)], targets)


def worked_example() -> Dataset:
    """One point with two targets: the data of a worked example that many textbooks share."""
    return dataset("worked_example", [(0.05, 0.10)], [(0.01, 0.99)])


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
    return _shaken("moons", x1, x2, y, noise=0.08, seed=6)


def spiral(samples: int = 40) -> Dataset:
    """Two arms wound into each other, one and a quarter turns."""
    y = _alternating(samples)
    wound = _along(samples) ** 0.7  # so that no stretch of an arm is sparser than its turns
    angle = 2.5 * np.pi * wound
    radius = np.where(y == 1, 1, -1) * (0.2 + 1.2 * wound)
    return _shaken("spiral", radius * np.cos(angle), radius * np.sin(angle), y, noise=0.03, seed=1)


DATASETS = {
    "xor": Builtin("XOR", lambda: gate("xor", [0, 1, 1, 0])),
    "and": Builtin("AND", lambda: gate("and", [0, 0, 0, 1]), 1.0),
    "or": Builtin("OR", lambda: gate("or", [0, 1, 1, 1]), 1.0),
    "xor_wrong_label": Builtin("XOR with one wrong label", xor_wrong_label),
    "blobs": Builtin("Two blobs", blobs, 1.0),
    "circles": Builtin("Two circles", circles, 3.0),
    "moons": Builtin("Two moons", moons, 3.0),
    "spiral": Builtin("Two spirals", spiral, 2.0),
    "worked_example": Builtin("One point, two targets", worked_example, 0.5),
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


def dataset(
    name: str,
    X: ArrayLike,
    y: ArrayLike,
    features: Sequence[str] = (),
    targets: Sequence[str] = (),
) -> Dataset:
    """Samples X (samples, features) with targets y, (samples,) or (samples, outputs), read-only."""
    X, y = np.array(X, dtype=np.float64), np.array(y, dtype=np.float64)
    y = y.reshape(len(X), -1)
    X.setflags(write=False)
    y.setflags(write=False)
    return Dataset(
        name, X, y,
        tuple(features) or default_names(X.shape[1]),
        tuple(targets) or default_targets(y.shape[1]),
    )  # fmt: skip


def default_names(features: int) -> tuple[str, ...]:
    """x₁, x₂, … for features without a name."""
    return tuple(f"x{subscript(j)}" for j in range(1, features + 1))


def default_targets(outputs: int) -> tuple[str, ...]:
    """The name y for a single target, y₁, y₂, … for several."""
    return ("y",) if outputs == 1 else tuple(f"y{subscript(k)}" for k in range(1, outputs + 1))

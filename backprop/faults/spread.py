"""The life of a NaN: which value contaminated which, and what each operation loses.

    h ← W, b, z of the layer before       z ← h        δ_L ← h
    δᵢ ← δᵢ₊₁ through Wᵢ₊₁, hᵢ           dW ← δ, z     db ← δ
    W of the next update ← W, dW

A non-finite value has one of two histories: a non-finite operand, or none at all; then it was born
there, and `faults` says why. An infinite value may also end: σ(∞) = 1 is finite.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.demands import whole
from backprop.engine.passes import Passes
from backprop.engine.training import Recording

QUANTITIES = ("W", "b", "h", "z", "delta", "dW", "db")


@dataclass(frozen=True)
class Place:
    """One number of a recording; `layer` counts from 1 (z: from 0), all else from 0.

    `source` is the unit of the layer before, for W and dW; `sample` is None for W, b, dW and db.
    """

    update: int
    quantity: str
    layer: int
    unit: int
    source: int | None = None
    sample: int | None = None

    @property
    def name(self) -> str:
        """Such as delta_2[1] and W_3[0,1]: quantity, layer, unit, source."""
        source = "" if self.source is None else f",{self.source}"
        return f"{self.quantity}_{self.layer}[{self.unit}{source}]"

    @property
    def index(self) -> tuple[int, ...]:
        """Where it lies in the array of its quantity: (sample, unit), (unit, source) or (unit,)."""
        if self.sample is not None:
            return (self.sample, self.unit)
        return (self.unit,) if self.source is None else (self.unit, self.source)


@dataclass(frozen=True)
class Contamination:
    """A non-finite operand of a value, and what it was multiplied with (None where it was not)."""

    operand: Place
    value: float
    through: Place | None = None


@dataclass(frozen=True)
class Operation:
    """What is non-finite after one operation: `bad` has the shape of the quantity, True where."""

    update: int
    quantity: str
    layer: int
    bad: Array

    @property
    def count(self) -> int:
        """How many of its values are not finite."""
        return int(self.bad.sum())


@dataclass(frozen=True)
class _Update:
    """Update k of a recording and the one before, in which values and their operands are found."""

    recording: Recording
    update: int

    @cached_property
    def passes(self) -> Passes:
        """Both passes of the update."""
        return self.recording.stacked(np.array([self.update]))

    def array(self, quantity: str, layer: int) -> Array:
        """All values of a quantity of a layer at this update; z of layer 0 is X."""
        made = self.passes
        stacks = {"W": made.weights, "b": made.biases, "h": made.h, "z": made.z[1:],
                  "delta": made.delta, "dW": made.dW, "db": made.db}  # fmt: skip
        stack = stacks[quantity]
        if stack is None:
            raise ValueError("This network has no biases: ask for W, h, z, delta or dW.")
        return made.z[0][0] if quantity == "z" and layer == 0 else stack[layer - 1][0]


def contamination(recording: Recording, place: Place) -> tuple[Contamination, ...]:
    """The non-finite operands of the value at `place`; none if it is finite or was born there.

    Raises ValueError for a place that the recording does not have.
    """
    _check(recording, place)
    life = _Update(recording, place.update)
    if np.isfinite(life.array(place.quantity, place.layer)[place.index]):
        return ()
    before = _Update(recording, place.update - 1)
    found = []
    for operand, through in _operands(recording, place):
        value = (life if operand.update == place.update else before).array(
            operand.quantity, operand.layer
        )[operand.index]
        if not np.isfinite(value):
            found.append(Contamination(operand, float(value), through))
    return tuple(found)


def spread(recording: Recording, updates: int = 2) -> tuple[Operation, ...]:
    """Every operation that holds a non-finite value, in order, from the first fault on.

    `updates` is how many updates are followed, that of the fault included. Empty without a fault.
    """
    updates = whole("The number of updates to follow", updates, 1, 2)
    fault = recording.first_fault
    if fault is None:
        return ()
    L = len(recording.start.sizes) - 1
    order = [("W", i) for i in range(1, L + 1)] + [("b", i) for i in range(1, L + 1)]
    order += [(name, i) for i in range(1, L + 1) for name in ("h", "z")]
    order += [(name, i) for i in range(L, 0, -1) for name in ("delta", "dW", "db")]
    if recording.start.biases is None:
        order = [(name, i) for name, i in order if name not in ("b", "db")]
    made = []
    for k in range(fault.update, min(fault.update + updates, recording.updates + 1)):
        life = _Update(recording, k)
        for name, i in order:
            bad = ~np.isfinite(life.array(name, i))
            if bad.any():
                made.append(Operation(k, name, i, bad))
    return tuple(made)


def _operands(recording: Recording, place: Place) -> Iterator[tuple[Place, Place | None]]:
    """Each operand of a value and what it is multiplied with, both ways round."""
    k, i, u, j, s = place.update, place.layer, place.unit, place.source, place.sample
    sizes, bias = recording.start.sizes, recording.start.biases is not None
    L = len(sizes) - 1
    if place.quantity in ("W", "b"):
        if k > 0:
            yield Place(k - 1, place.quantity, i, u, j), None
            yield Place(k - 1, f"d{place.quantity}", i, u, j), None
    elif place.quantity == "h":
        for v in range(sizes[i - 1]):
            W, z_before = Place(k, "W", i, u, v), Place(k, "z", i - 1, v, sample=s)
            yield W, z_before
            yield z_before, W
        if bias:
            yield Place(k, "b", i, u), None
    elif place.quantity == "z" or (place.quantity == "delta" and i == L):
        yield Place(k, "h", i, u, sample=s), None
    elif place.quantity == "delta":
        for v in range(sizes[i + 1]):
            W, above = Place(k, "W", i + 1, v, u), Place(k, "delta", i + 1, v, sample=s)
            yield above, W
            yield W, above
        yield Place(k, "h", i, u, sample=s), None
    else:
        for n in range(len(recording.X)):
            delta = Place(k, "delta", i, u, sample=n)
            if j is None:
                yield delta, None
            else:
                z = Place(k, "z", i - 1, j, sample=n)
                yield delta, z
                yield z, delta


def _check(recording: Recording, place: Place) -> None:
    sizes, samples = recording.start.sizes, len(recording.X)
    per_sample = place.quantity in ("h", "z", "delta")
    fits = (
        place.quantity in QUANTITIES
        and 0 <= place.update <= recording.updates
        and (0 if place.quantity == "z" else 1) <= place.layer < len(sizes)
        and 0 <= place.unit < sizes[place.layer]
        and (place.sample is not None) == per_sample
        and (place.sample is None or 0 <= place.sample < samples)
        and (place.source is not None) == (place.quantity in ("W", "dW"))
        and (place.source is None or 0 <= place.source < sizes[place.layer - 1])
    )
    if not fits:
        raise ValueError(
            f"The place must be one of {', '.join(QUANTITIES)} in this recording (updates 0 to "
            f"{recording.updates}, layers 1 to {len(sizes) - 1}, {samples} samples), got {place}. "
            "W and dW need a source, h, z and delta a sample."
        )

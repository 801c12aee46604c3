"""A recording in a few numbers for each update, which the charts of a race show.

    ‖δᵢ‖ = √ Σ δᵢ²,   over the units and samples of layer i
    max |h|           over all layers, units and samples
    dead, lost, right as numbers of samples

They are taken in float64 from the very values that training computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.dead import wrong_and_dead
from backprop.engine.elementary import log
from backprop.engine.sums import length
from backprop.engine.training import Recording

_NEAR_HALF = float(log(np.array(0.6 / 0.4)))
"""σ(h) is within 0.1 of 1/2 up to this |h|."""

_MOST_VALUES = 40_000
"""How many numbers of one layer are looked at in one go: with all layers, what fits a cache.

More at once is slower by half or more: then each step is paid with fresh pages of memory."""


@dataclass(frozen=True)
class Summary:
    """One runner's race; each array counts updates along its first axis, (updates + 1, …).

    `cost` is as the derivative's formula displays it, `true_cost` as it is; `norms` is ‖δᵢ‖ of the
    layers 1 … L, (updates + 1, L); `largest_h` is max |h|. Of `samples`, `dead` are wrong with
    (nearly) no δ at some output, `lost` have a value among h and δ that is not finite, and `right`
    have every output on the target's side of 1/2 (z = 1/2 is on none, unless it is the target).
    """

    samples: int
    cost: Array
    true_cost: Array
    norms: Array
    largest_h: Array
    dead: Array
    lost: Array
    right: Array

    def weight(self) -> int:
        """The bytes of its arrays."""
        return sum(int(a.nbytes) for a in vars(self).values() if isinstance(a, np.ndarray))

    @property
    def accuracy(self) -> Array:
        """The share of samples that are right, (updates + 1,)."""
        return self.right / self.samples


def summarise(recording: Recording) -> Summary:
    """The summary of a recording, at every update."""
    samples = len(recording.X)
    widest = samples * max(recording.start.sizes[1:])
    at_once = max(1, _MOST_VALUES // widest)
    parts = [
        _part(recording, slice(k, k + at_once)) for k in range(0, recording.updates + 1, at_once)
    ]
    norms, largest_h, dead, lost = (np.concatenate(part) for part in zip(*parts, strict=True))
    right = is_right(recording.h_out, recording.y).sum(axis=1)
    return Summary(
        samples, recording.cost.astype(np.float64), recording.true_cost, norms, largest_h,
        dead, lost, right,
    )  # fmt: skip


def is_right(h: Array, y: Array) -> Array:
    """Which samples have every output on the target's side: (…, samples) of h_L and y.

    A target of exactly 1/2 has no side: there z within 0.1 of it is right.
    """
    with np.errstate(invalid="ignore"):  # NaN is on no side
        sides = np.where(y > 0.5, h > 0, h < 0)
        sides = np.where(y == 0.5, np.abs(h) <= _NEAR_HALF, sides)
    return np.all(sides, axis=-1)


def _part(recording: Recording, updates: slice) -> tuple[Array, Array, Array, Array]:
    """‖δᵢ‖, max |h|, dead and lost of some updates."""
    passes = recording.stacked(updates)
    with np.errstate(invalid="ignore"):  # what is NaN stays NaN
        norms = np.stack([length(delta, 2) for delta in passes.delta], axis=1)
        sizes = [np.abs(h).max(axis=(1, 2)) for h in passes.h]
        largest_h = np.stack(sizes).astype(np.float64).max(axis=0)
        _, dead = wrong_and_dead(passes.h[-1], recording.y, passes.delta[-1])
    lost = lost_samples([*passes.h, *passes.delta])
    return norms, largest_h, dead.any(axis=2).sum(axis=1), lost.sum(axis=1)


def lost_samples(values: Sequence[Array]) -> Array:
    """Which samples have a value that is not finite, (updates, samples); each (updates, …, n)."""
    return np.any([~np.isfinite(a).all(axis=2) for a in values], axis=0)

"""Facts on how training went, computed from a recording; `sentences` has words for them.

Only the true cost is looked at over all updates; everything else is read at the first and at the
last one, so that it costs two passes however long the training was.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import Array
from backprop.engine.dead import WRONG, wrong_and_dead
from backprop.engine.elementary import log
from backprop.engine.forms import COSTS
from backprop.engine.passes import Passes
from backprop.engine.sigmoid import sigmoid
from backprop.engine.sums import summed
from backprop.engine.training import Recording
from backprop.racing.summary import is_right, lost_samples

DEAF = 1e-4
"""A hidden layer is deaf, and learns nothing, if all its slopes are at most this, the slope of σ at
|h| = 9.2: one pass back through it leaves a ten-thousandth of δ."""

SATURATED = 0.01
"""A unit starts saturated where its slope is under 1 % of the largest that σ or tanh has."""

LARGE = 10.0
"""Inputs are large beyond this: standardised ones hardly ever leave [−5, 5]."""


@dataclass(frozen=True)
class Signs:
    """How training went; "at the end" is the last update.

    There are `samples` with `outputs` targets each, of which some lie between 0 and 1 if `soft`.
    At the end `right` samples are on their target's side, and `met` are as near as one can ask
    (`are_met`); all are met throughout the last tenth of the updates if `steady`. There are
    `classes` different targets, and one answer for all would get `same` samples right. `dead`
    samples have (nearly) no δ at some output although they are off by more than 0.1, and `lost`
    ones have a δ or an h_L that is not finite; `beyond` have that or some other h that is not.

    `deaf` are the hidden layers, from 1, whose slopes are all at most `DEAF` at the end, `slope`
    is the largest one in them, and `born_deaf` tells whether one of them was so at update 0.
    `trend` is that of the true cost, less what soft targets cost at least. `reach` is the largest
    |x|; `saturated` tells whether most units of a hidden layer 1 are saturated at update 0.
    """

    samples: int
    outputs: int
    soft: bool
    right: int
    met: int
    steady: bool
    classes: int
    same: int
    dead: int
    lost: int
    beyond: int
    deaf: tuple[int, ...]
    slope: float
    born_deaf: bool
    trend: str
    reach: float
    saturated: bool


def signs(recording: Recording) -> Signs:
    """The facts on how `recording` went."""
    h, y = recording.h_out, recording.y.astype(np.float64)
    with np.errstate(invalid="ignore", over="ignore"):  # NaN and ∞ are among what is shown
        first, end = (recording.stacked(slice(k, k + 1)) for k in (0, recording.updates))
        _, dead = wrong_and_dead(h[-1], y, end.delta[-1][0])
    met = are_met(h[-1 - recording.updates // 10 :], y)
    _, classes = np.unique(y > 0.5, axis=0, return_counts=True)
    deaf = _deaf(end)
    return Signs(
        samples=len(y),
        outputs=y.shape[1],
        soft=_soft(y),
        right=int(is_right(h[-1], y).sum()),
        met=int(met[-1].sum()),
        steady=bool(met.all()),
        classes=len(classes),
        same=int(classes.max()),
        dead=int(dead.any(axis=1).sum()),
        lost=int(lost_samples([end.h[-1], *end.delta])[0].sum()),
        beyond=int(lost_samples([*end.h, *end.delta])[0].sum()),
        deaf=tuple(deaf),
        slope=max(deaf.values(), default=0.0),
        born_deaf=bool(deaf.keys() & _deaf(first).keys()),
        trend=trend(recording.true_cost - _least(y, recording.derivative.cost)),
        reach=float(np.abs(recording.X.astype(np.float64)).max()),
        saturated=_saturated(first, recording.start.hidden),
    )


def are_met(h: Array, y: Array) -> Array:
    """Which samples meet every target: (…, samples) of h_L (…, samples, n_L) and y.

    Where all targets are 0 or 1, being on their side is enough; where some lie between, every
    output has to come within 0.1 of its target.
    """
    if not _soft(y):
        return is_right(h, y)
    with np.errstate(invalid="ignore"):  # NaN meets nothing
        near: Array = np.abs(sigmoid(h.astype(np.float64)) - y) <= WRONG
    return np.all(near, axis=-1)


def _soft(y: Array) -> bool:
    return bool(((y > 0) & (y < 1)).any())


def trend(cost: Array) -> str:
    """How a cost (updates + 1,) moves in the second half: "swings", "grows", "falls" or "still".

    It swings if it turns at least three times, and in a tenth of the updates, if its rises add up
    to more than a fifth of its mean, and if its last quarter is not a tenth below the quarter
    before. It grows if the last quarter is a tenth above the start or above the quarter before,
    and it falls if that is 1 % below the quarter before; otherwise it stands still. "" where a
    cost is not finite.
    """
    if not np.isfinite(cost).all():
        return ""
    if len(cost) < 2:
        return "still"
    late = cost[(len(cost) - 1) // 2 :]
    before, last = _average(late[: len(late) // 2]), _average(late[len(late) // 2 :])
    steps = np.diff(late)
    moved = np.sign(steps[steps != 0])
    turns = int((moved[1:] != moved[:-1]).sum())
    rises = float(summed(np.append(steps[steps > 0], 0.0)))
    restless = turns >= max(3, len(steps) // 10) and rises > 0.2 * _average(late)
    if restless and last >= 0.9 * before:
        return "swings"
    if last > 1.1 * min(float(cost[0]), before):
        return "grows"
    return "falls" if last < 0.99 * before else "still"


def _average(values: Array) -> float:
    return float(summed(values)) / len(values)


def _least(y: Array, cost: str) -> float:
    """The cost of answering every soft target exactly: the entropy of the targets; 0 if hard."""
    if COSTS[cost].keeps_slope:
        return 0.0
    inside = np.clip(y, 5e-324, 1.0)
    beside = np.clip(1 - y, 5e-324, 1.0)
    return float(-summed(y * log(inside) + (1 - y) * log(beside), 2) / len(y))


def _deaf(passes: Passes) -> dict[int, float]:
    """The hidden layers whose slopes are all at most `DEAF`, and the largest slope of each."""
    largest = {i: float(slope.max()) for i, slope in enumerate(passes.slopes, 1)}
    return {i: slope for i, slope in largest.items() if slope <= DEAF}


def _saturated(first: Passes, hidden: str) -> bool:
    """Whether most slopes of the first layer are next to nothing, though it could be otherwise."""
    steepest = ACTIVATIONS[hidden].steepest
    if not first.slopes or steepest is None:
        return False
    flat = first.slopes[0].astype(np.float64) < SATURATED * steepest
    return float(flat.mean()) > 0.5

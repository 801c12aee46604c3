"""A check of some of the samples, where all would take too long: which, and why these.

They are drawn at random with a fixed seed, so that everybody checks the same ones. Where the pass
of a sample holds a NaN or an infinity, the first such sample is checked too: nothing is called
right because the one sample that breaks was not drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.trace import Trace

SEED = 0


@dataclass(frozen=True)
class Drawn:
    """The samples that are checked, `at` (counted from 0, ascending), of `total`.

    `broken` is the one of them that was added because it has values that are not finite, or None.
    """

    at: Array
    total: int
    broken: int | None = None


def draw(trace: Trace, most: int) -> Drawn:
    """At most `most` of the samples of `trace`, and one that is not finite, if there is any."""
    total = len(trace.X)
    at = np.sort(np.random.default_rng(SEED).choice(total, most, replace=False))
    bad = np.flatnonzero(_not_finite(trace))
    if not len(bad) or np.isin(bad, at).any():
        return Drawn(at, total)
    return Drawn(np.sort(np.append(at, bad[0])), total, int(bad[0]))


def _not_finite(trace: Trace) -> Array:
    """Which samples have a value in either pass that is not finite."""
    arrays = [a for layer in trace.layers for a in (layer.h, layer.z, layer.delta)]
    arrays += [term for term in trace.output.values() if np.ndim(term)]
    finite = [np.isfinite(a.astype(np.float64)).all(axis=1) for a in arrays]
    return ~np.all(finite, axis=0)

"""Dead samples: their output is wrong, but δ is (nearly) 0, so training does not correct them.

An output is wrong where the true |z − y| exceeds `WRONG`; a wrong one is dead where |δ| is below
`DEAD_SHARE` × |z − y|. Either the arithmetic lost δ, or δ is that small on paper, as with the
quadratic cost where σ is saturated.
"""

from __future__ import annotations

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.derivatives import true_delta

WRONG = 0.1
DEAD_SHARE = 0.01


def wrong_and_dead(h: Array, y: Array, delta: Array) -> tuple[Array, Array]:
    """Which outputs are wrong, and which of these are dead, of the shape of h.

    `h` is h_L (…, samples, n_L), `y` (samples, n_L) and `delta` the δ_L that training used. NaN
    is neither wrong nor dead.
    """
    true = np.abs(true_delta("bce", h, y))  # which is z − y, with nothing cancelled
    wrong = true > WRONG
    return wrong, wrong & (np.abs(delta.astype(np.float64)) < DEAD_SHARE * true)

"""The slow start: one neuron, confidently wrong, taught by either cost from the same place.

h = W · 1,   y = 0,   α = 1
cross-entropy   δ = z − y              near 1 while the neuron is wrong
quadratic       δ = (z − y) σ′(h)      near e⁻ʰ: about eʰ updates pass before anything happens
"""

from __future__ import annotations

import math

import numpy as np

from backprop.engine.forms import COSTS
from backprop.engine.network import Network
from backprop.engine.training import Recording, train
from backprop.scenario.recordings import KEPT, weight

MOST_UPDATES = 2000


def slow_start(h: float) -> dict[str, Recording]:
    """A recording for each cost from `h`, as long as the quadratic one needs to turn round.

    `h` is between 0 and 7, beyond which that takes more than `MOST_UPDATES`: ValueError. Kept
    beside the recordings of scenarios.
    """
    if not 0 <= h <= 7:
        raise ValueError(f"h at the start must lie between 0 and 7, got {h}. Try 5.")
    return KEPT.get(
        ("slow start", h), lambda: _both(h), lambda made: sum(map(weight, made.values()))
    )


def _both(h: float) -> dict[str, Recording]:
    updates = min(MOST_UPDATES, 30 + math.ceil(1.4 * math.exp(h)))
    neuron = Network([np.array([[h]])])
    return {cost: train(neuron, [[1.0]], [0.0], updates, 1.0, cost=cost) for cost in COSTS}

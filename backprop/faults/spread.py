"""How a fault spreads: what each operation lost to it.

    h ← W, b, z of the layer before       z ← h        δ_L ← h
    δᵢ ← δᵢ₊₁ through Wᵢ₊₁, hᵢ           dW ← δ, z     db ← δ
    W of the next update ← W, dW

An infinite value may also end: σ(∞) = 1 is finite.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.demands import whole
from backprop.engine.training import Recording

QUANTITIES = ("W", "b", "h", "z", "delta", "dW", "db")


@dataclass(frozen=True)
class LostValues:
    """A quantity after its operation: `bad` has its shape, True where it is not finite."""

    update: int
    quantity: str
    layer: int
    bad: Array

    @property
    def count(self) -> int:
        """How many of its values are not finite."""
        return int(self.bad.sum())


def spread(recording: Recording, updates: int = 2) -> tuple[LostValues, ...]:
    """Every quantity that holds a non-finite value, in the order of the operations.

    `updates` is how many updates are followed, that of the fault included. Empty without a fault.
    """
    updates = whole("The number of updates to follow", updates, 1, 2)
    fault = recording.first_fault
    if fault is None:
        return ()
    L = len(recording.start.sizes) - 1
    order = [(name, i) for name in ("W", "b") for i in range(1, L + 1)]
    order += [(name, i) for i in range(1, L + 1) for name in ("h", "z")]
    order += [(name, i) for i in range(L, 0, -1) for name in ("delta", "dW", "db")]
    found = []
    for k in range(fault.update, min(fault.update + updates, recording.updates + 1)):
        p = recording.stacked(np.array([k]))
        stacks = (p.weights, p.biases, p.h, p.z[1:], p.delta, p.dW, p.db)
        values = dict(zip(QUANTITIES, stacks, strict=True))
        for name, i in order:
            stack = values[name]  # None for the biases of a network without
            if stack is not None and (bad := ~np.isfinite(stack[i - 1][0])).any():
                found.append(LostValues(k, name, i, bad))
    return tuple(found)

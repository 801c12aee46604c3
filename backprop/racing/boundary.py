"""What a network with two inputs answers on the plane: z of its first output on a grid of points.

The grid is a batch of its own, so at a sample's very place the last bit may differ from what
training computed for that sample (`arithmetic` says why).
"""

from __future__ import annotations

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.passes import Stack
from backprop.engine.sigmoid import sigmoid
from backprop.engine.training import Recording


def axes(X: Array, points: int) -> tuple[Array, Array]:
    """`points` values of x₁ and of x₂ (float64) that span a square around the samples X.

    The margin is a fifth of the larger spread.
    """
    low, high = X.astype(np.float64).min(axis=0), X.astype(np.float64).max(axis=0)
    middle, reach = (low + high) / 2, 0.7 * max(float((high - low).max()), 1.0)
    steps = np.linspace(-reach, reach, points)
    return middle[0] + steps, middle[1] + steps


def boundary(recording: Recording, k: int, x1: Array, x2: Array) -> Array:
    """z at every pair of x₁ and x₂ after k updates, in the recording's format: (x₂, x₁).

    Raises ValueError for a network that has not two inputs.
    """
    inputs = recording.start.sizes[0]
    if inputs != 2:
        raise ValueError(f"A decision boundary needs 2 inputs, got {inputs}. Take two of them.")
    net, layout = recording.network(k), recording.layout
    plane = np.stack(np.meshgrid(x1, x2), axis=-1).reshape(-1, 2)
    with np.errstate(over="ignore", invalid="ignore"):  # a NaN network has a NaN plane
        stack = Stack(layout, net.hidden, 1, layout.columns(net.format.round(plane)))
        stack.rows[0] = layout.join(net.weights, net.biases)
        z = sigmoid(stack.forward()[0, 0])
    return z.reshape(len(x2), len(x1))

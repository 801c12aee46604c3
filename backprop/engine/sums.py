"""Sums, the way a person adds: from +0 on, from left to right, every step rounded.

    Σⱼ aⱼ bⱼ = ((0 + a₁ b₁) + a₂ b₂) + …

NumPy has no promise of an order for sums, and processors differ in it. Two of its operations are
sequential by their nature and serve here: accumulate, and the sum of an array over its first axis
where each of the summands is itself an array of two numbers or more that lie beside each other.

In the 16-bit formats the products and their sum are taken in float32 and rounded once at the end.
"""

from __future__ import annotations

import numpy as np

from backprop.engine.arithmetic import Array, constant, wide

_MOST_NUMBERS = 65_536
"""So many products are held at once: what a processor's second cache holds."""
_MANY = 16


class Contraction:
    """Σⱼ left[j] × right[j] over the first axis, to be called again and again.

    `left` and `right` (terms, …) are views that broadcast; what they show may change between calls.
    The sum is written into `out` (…). All have one format, float32 or float64 (see `wide`). Buffers
    are kept from call to call.
    """

    def __init__(self, left: Array, right: Array, out: Array) -> None:
        terms, shape = len(left), out.shape
        at_once = min(terms, max(1, _MOST_NUMBERS // max(1, out.size)))
        self.out = out
        self.summands = np.zeros((at_once + 1, *shape), out.dtype)  # the first is the sum so far
        self.added = _added if out.size > 1 else _accumulated
        # Where the terms lie beside each other in memory, they are multiplied that way.
        aside = np.empty((*shape, at_once), out.dtype) if at_once > _MANY else None
        self.parts = []
        for start in range(0, terms, at_once):
            n = min(at_once, terms - start)
            products = self.summands[1 : n + 1]
            first = None if aside is None else np.moveaxis(aside[..., :n], -1, 0)
            part = slice(start, start + n)
            self.parts.append((left[part], right[part], products, first, self.summands[: n + 1]))
        self.at_once = self.parts[0] if aside is None and at_once == terms else None

    def __call__(self) -> Array:
        """The sum: `out`, written anew."""
        out, sums = self.out, self.summands[0]
        if self.at_once is not None:
            np.multiply(self.at_once[0], self.at_once[1], self.at_once[2])
            self.added(self.summands, out)
            return out
        sums[...] = 0
        for n, (left, right, products, aside, summands) in enumerate(self.parts):
            if n:
                sums[...] = out
            if aside is None:
                np.multiply(left, right, products)
            else:
                np.multiply(left, right, aside)
                np.copyto(products, aside)
            self.added(summands, out)
        return out


def _added(summands: Array, out: Array) -> None:
    np.add.reduce(summands, 0, out=out)


def _accumulated(summands: Array, out: Array) -> None:
    out[...] = np.add.accumulate(summands, 0)[-1]


def product(a: Array, b: Array) -> Array:
    """The matrix product of a (…, n, m) and b (…, m, k) with as many axes, in their format."""
    left = np.moveaxis(wide(a), -1, 0)[..., None]
    right = np.moveaxis(wide(b), -2, 0)[..., None, :]
    out = np.empty(np.broadcast_shapes(left.shape[1:], right.shape[1:]), left.dtype)
    return Contraction(left, right, out)().astype(a.dtype, copy=False)


def summed(values: Array, axes: int = 1) -> Array:
    """The sum over the last axes, row by row, in the format in which sums are taken."""
    flat = wide(values.reshape(*values.shape[: values.ndim - axes], -1))
    total = np.add.accumulate(flat, axis=-1)[..., -1]
    return total + constant(0.0, total)  # as if begun at +0


def mean(values: Array, axes: int, divisor: int) -> Array:
    """Their sum over the last axes by `divisor`, rounded once to their format."""
    total = summed(values, axes)
    return (total / constant(divisor, total)).astype(values.dtype, copy=False)


def length(values: Array, axes: int = 1) -> Array:
    """√ Σ x² over the last axes in float64, scaled first, so that no square leaves it."""
    size = np.abs(values.astype(np.float64))
    largest = size.max(axis=tuple(range(-axes, 0)), initial=0.0, keepdims=True)
    scale = np.where((largest > 0) & np.isfinite(largest), largest, 1.0)
    with np.errstate(over="ignore", invalid="ignore"):  # only where one is ∞ or NaN already
        share = size / scale
        return scale.reshape(scale.shape[:-axes]) * np.sqrt(summed(share * share, axes))

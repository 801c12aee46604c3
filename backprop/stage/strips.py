"""The strip of a cell: one quantity of a unit for all samples, a segment each, as codes of colour.

More samples than can be told apart share segments: each shows the one in its middle, and is marked
as not finite where any of its samples is, so that no NaN is folded away.
"""

from __future__ import annotations

import numpy as np

from backprop.drawing.palette import coded
from backprop.engine.arithmetic import Array
from backprop.engine.passes import Passes

BAD = 255
"""The code of a non-finite value in a strip."""
MOST_SEGMENTS = 64
"""So many can be told apart in a cell."""
FEWEST_SEGMENTS = 8
MOST_BYTES = 3_000_000


def segments(frames: int, cells: int, samples: int) -> int:
    """How many segments the strips have; 0 where there is one sample, or too much to send."""
    if samples < 2:
        return 0
    most = min(samples, MOST_SEGMENTS)
    while frames * cells * most > MOST_BYTES and most > FEWEST_SEGMENTS:
        most //= 2
    return most if frames * cells * most <= MOST_BYTES else 0


def strips(passes: Passes, hidden: str, count: int) -> Array:
    """h, z and δ of all layers in `count` segments (frames, cells, count), where `count` > 0.

    `hidden` is the kind of the hidden z, as in `palette.coded`. Segment g is of the samples from
    ⌊g samples / count⌋ on, up to the next one's first.
    """
    samples = passes.h[0].shape[1]
    firsts = np.arange(count) * samples // count
    middles = (firsts + np.append(firsts[1:], samples)) // 2
    pieces = []
    for kind, layers in (
        ("h", passes.h), (hidden, passes.z[1:-1]), ("unit", passes.z[-1:]), ("delta", passes.delta),
    ):  # fmt: skip
        if layers:
            shown = np.concatenate([a[:, middles] for a in layers], axis=-1).astype(np.float64)
            bad = [np.logical_or.reduceat(~np.isfinite(a), firsts, axis=1) for a in layers]
            pieces.append(np.where(np.concatenate(bad, axis=-1), BAD, coded(kind, shown)))
    return np.concatenate(pieces, axis=-1).swapaxes(1, 2).astype(np.uint8)

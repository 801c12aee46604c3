"""δ of every form, and its error, over all h from −1000 to 1000: what the charts show.

h is laid out on a scale that is fine around 0 and reaches far, so that all cliffs of all formats
lie on one axis:

    place = asinh(h / 5),   h = 5 sinh(place)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from backprop.engine import exact
from backprop.engine.arithmetic import Array, Format
from backprop.engine.cliffs import REACH, cliffs, epsilon_cliff
from backprop.engine.derivatives import CLAMPED, OutputDerivative, of_cost
from backprop.engine.forms.costs import BCE
from backprop.microscope.bits import next_down, next_up

BEND = 5.0
POINTS = 601


def place_of(h: Array | float) -> Array:
    """Where h lies on the scale; ±1000 at ±5.99."""
    return np.arcsinh(np.asarray(h, np.float64) / BEND)


def h_at(place: Array | float) -> Array:
    """The h at a place of the scale; ±1000 for places beyond."""
    return np.clip(BEND * np.sinh(np.asarray(place, np.float64)), -REACH, REACH)


@dataclass(frozen=True)
class Sweep:
    """`h` (points,) as float64, numbers of the format, with the two floats at each cliff among
    them; the `true` δ there; `deltas` and relative `errors` of each form, NaN and ∞ included.
    """

    h: Array
    true: Array
    deltas: Mapping[str, Array]
    errors: Mapping[str, Array]


def sweep(fmt: Format, y: float, epsilon: float, clamp: str) -> Sweep:
    """All forms of δ in a format, for the target `y` from 0 to 1."""
    derivatives = {
        name: OutputDerivative(name, epsilon, clamp) for name in of_cost(BCE.name, fmt.round(y))
    }
    edges = [cliff.h for cliff in cliffs(fmt)]
    bite = epsilon_cliff(derivatives[CLAMPED], fmt)
    if bite is not None:
        edges.append(bite.h)
    edges += [next_down(h) if h > 0 else next_up(h) for h in edges]
    places = np.linspace(place_of(-REACH), place_of(REACH), POINTS)
    h = np.unique(np.concatenate([fmt.round(h_at(places)), np.array(edges)]).astype(np.float64))
    at = fmt.round(h)
    target = fmt.round(np.full(len(h), y))
    truths = [exact.delta(x, float(target[0])) for x in h]
    deltas = {name: derivative.delta(at, target) for name, derivative in derivatives.items()}
    errors = {
        name: np.array([_relative(float(d), t) for d, t in zip(delta, truths, strict=True)])
        for name, delta in deltas.items()
    }
    return Sweep(
        h,
        np.array([float(t) for t in truths]),
        {name: delta.astype(np.float64) for name, delta in deltas.items()},
        errors,
    )


def _relative(value: float, true: Decimal) -> float:
    off = abs(Decimal(value) - true)  # 28 digits: a dozen are left where float64 is right
    return float(off / abs(true)) if true else float(off and Decimal("inf"))

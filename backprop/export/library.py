"""What a page needs to make any scene of a few networks by itself, without Python.

Beside the equations and words (`stage.library`): fields and limits, data and random draws by name.
library.js puts a scene together from it, and from the words of a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NotRequired, TypedDict

import numpy as np

from backprop.engine.derivatives import of_cost
from backprop.engine.forms import FORMS
from backprop.scenario.offers import Offers, told
from backprop.scenario.scenario import Scenario
from backprop.stage import library as stage
from backprop.stage import protocol
from backprop.stage.describe import DESCRIBED


class Data(TypedDict):
    """Samples and the names of their inputs, and how far each input can be dragged from 0.

    `rate` is a learning rate at which they are learned, where other data can be chosen.
    """

    X: list[list[float]]
    y: list[list[float]]
    features: list[str]
    reach: list[float]
    rate: NotRequired[float]


class Library(protocol.Library):
    """All that scenes are made of: words and equations, data by name, random numbers by seed.

    `offers` are the fields and their limits, `costs` the names of the derivatives of each cost,
    `clamped` the names of those with an ε; `described` is the template of a scene's description.
    """

    offers: Offers
    data: dict[str, Data]
    draws: dict[str, list[float]]
    costs: dict[str, list[str]]
    clamped: list[str]
    described: str


def library(
    shapes: Iterable[stage.Shape],
    costs: Iterable[str],
    data: Mapping[str, Data],
    draws: Mapping[str, Sequence[float]],
) -> Library:
    """What networks of these shapes need, trained by any form of the costs."""
    costs = list(dict.fromkeys(costs))
    forms = [form for form in FORMS.values() if form.cost.name in costs]
    return {
        **stage.library(shapes, costs),
        "offers": told(),
        "data": dict(data),
        "draws": {name: list(numbers) for name, numbers in draws.items()},
        "costs": {cost: list(of_cost(cost, 0.5)) for cost in costs},
        "clamped": sorted({form.name for form in forms if form.variant is not None}),
        "described": DESCRIBED,
    }


def data_of(scenario: Scenario) -> Data:
    """The samples of a scenario before any edit."""
    data = scenario.unedited()
    return {
        "X": data.X.tolist(),
        "y": data.y.tolist(),
        "features": list(data.feature_names),
        "reach": list(scenario.reach()),
    }


def draws_of(seed: int, count: int) -> list[float]:
    """The first random numbers of a seed, from which weights and biases are made."""
    numbers: list[float] = np.random.default_rng(seed).normal(size=count).tolist()
    return numbers

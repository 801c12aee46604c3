"""What a page needs to make any scene of a few networks by itself, without Python.

A scene's numbers are computed where it is shown. Of what is written here, a template of an equation
or a note serves every network, form and number format that can have it, and is there once; data and
random draws are by name. library.js puts a scene together from it, and from the words of a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NotRequired, TypedDict

import numpy as np

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import FORMATS
from backprop.engine.derivatives import OutputDerivative, of_cost
from backprop.engine.forms import FORMS, Form
from backprop.scenario.offers import Offers, told
from backprop.scenario.scenario import Scenario
from backprop.stage.describe import DESCRIBED
from backprop.stage.equations import AVERAGES, of_form, of_network
from backprop.stage.notes import DEAD, dead_output, hidden_ends, output_ends
from backprop.stage.protocol import LETTERS, Operation, Template, operations

Shape = tuple[tuple[int, ...], str, bool]
"""The sizes of a network, its hidden activation, and whether it has biases."""


class Data(TypedDict):
    """Samples and the names of their inputs, and how far each input can be dragged from 0.

    `rate` is a learning rate at which they are learned, where other data can be chosen.
    """

    X: list[list[float]]
    y: list[list[float]]
    features: list[str]
    reach: list[float]
    rate: NotRequired[float]


class Notes(TypedDict):
    """By what a value is exactly: of hidden layers by "tanh float16", of outputs by "clip float16".

    `dead` and `deadOutputs` (by the key of the form) are of a δ of 0. Each leaves {i} open.
    """

    hidden: dict[str, dict[str, str]]
    outputs: dict[str, dict[str, str]]
    dead: str
    deadOutputs: dict[str, str]


class Library(TypedDict):
    """Everything of which scenes are made.

    `networks` (by "2-4-1 tanh bias") and `forms` (by "clip 3", a form and the number of layers)
    have for each equation the number of its template. `costs` have the names of their derivatives,
    `clamped` those with an ε; `operations` are by the number of layers.
    """

    offers: Offers
    data: dict[str, Data]
    draws: dict[str, list[float]]
    networks: dict[str, dict[str, int]]
    forms: dict[str, dict[str, int]]
    templates: list[Template]
    notes: Notes
    costs: dict[str, list[str]]
    clamped: list[str]
    operations: dict[str, list[Operation]]
    letters: dict[str, str]
    averages: list[str]
    described: str


def library(
    shapes: Iterable[Shape],
    costs: Iterable[str],
    data: Mapping[str, Data],
    draws: Mapping[str, Sequence[float]],
) -> Library:
    """What networks of these shapes need, trained by any form of the costs."""
    shapes, costs = list(dict.fromkeys(shapes)), list(dict.fromkeys(costs))
    forms = [form for form in FORMS.values() if form.cost.name in costs]
    templates: dict[str, int] = {}
    known: list[Template] = []

    def numbered(equations: Mapping[str, Template]) -> dict[str, int]:
        for one in equations.values():
            if templates.setdefault(repr(one), len(known)) == len(known):
                known.append(one)
        return {key: templates[repr(one)] for key, one in equations.items()}

    depths = sorted({len(sizes) - 1 for sizes, _, _ in shapes})
    return {
        "offers": told(),
        "data": dict(data),
        "draws": {name: list(numbers) for name, numbers in draws.items()},
        "networks": {shape_key(*shape): numbered(of_network(*shape)) for shape in shapes},
        "forms": {
            f"{form.key} {L}": numbered(of_form(_derivative(form), L))
            for L in depths for form in forms
        },
        "templates": known,
        "notes": _notes(forms, {hidden for _, hidden, _ in shapes}),
        "costs": {cost: list(of_cost(cost, 0.5)) for cost in costs},
        "clamped": sorted({form.name for form in forms if form.variant is not None}),
        "operations": {str(L): operations(L) for L in depths},
        "letters": LETTERS,
        "averages": list(AVERAGES),
        "described": DESCRIBED,
    }  # fmt: skip


def shape_key(sizes: tuple[int, ...], hidden: str, bias: bool) -> str:
    """The name of a shape among `Library.networks`."""
    return f"{'-'.join(map(str, sizes))} {hidden}{' bias' * bias}"


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


def _derivative(form: Form) -> OutputDerivative:
    return OutputDerivative(form.name, clamp=form.key if form.variant else OutputDerivative.clamp)


def _notes(forms: Sequence[Form], hidden: set[str]) -> Notes:
    return {
        "hidden": {
            f"{name} {fmt.name}": hidden_ends(fmt, ACTIVATIONS[name])
            for name in sorted(hidden) for fmt in FORMATS.values()
        },
        "outputs": {
            f"{form.key} {fmt.name}": output_ends(fmt, form)
            for form in forms for fmt in FORMATS.values()
        },
        "dead": DEAD,
        "deadOutputs": {form.key: dead_output(form) for form in forms},
    }  # fmt: skip

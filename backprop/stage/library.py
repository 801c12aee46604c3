"""Equations and words for networks, of which the page makes those of an experiment.

An experiment's numbers are computed where it is shown. Of what is written here, a template of an
equation or a note serves every network, form and number format that can have it, and is there once.
player/library.js takes from it what an experiment needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import FORMATS
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.forms import FORMS, Form
from backprop.stage.equations import AVERAGES, of_form, of_network
from backprop.stage.notes import DEAD, dead_output, hidden_ends, output_ends
from backprop.stage.protocol import LETTERS, Experiment, Library, Notes, Template, operations

Shape = tuple[tuple[int, ...], str, bool]
"""The sizes of a network, its hidden activation, and whether it has biases."""


def library(shapes: Iterable[Shape], costs: Iterable[str]) -> Library:
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
        "networks": {shape_key(*shape): numbered(of_network(*shape)) for shape in shapes},
        "forms": {
            f"{form.key} {L}": numbered(of_form(_derivative(form), L))
            for L in depths for form in forms
        },
        "templates": known,
        "notes": _notes(forms, {hidden for _, hidden, _ in shapes}),
        "operations": {str(L): operations(L) for L in depths},
        "letters": LETTERS,
        "averages": AVERAGES,
    }  # fmt: skip


def library_for(experiment: Experiment) -> tuple[str, Library]:
    """The name and the library of an experiment: all forms of its cost, all number formats."""
    (cost, *_) = {FORMS[runner["form"]].cost.name for runner in experiment["runners"]}
    shape = tuple(experiment["sizes"]), experiment["hidden"], experiment["bias"]
    return f"{shape_key(*shape)} {cost}", _library_of(shape, cost)


@lru_cache(maxsize=32)
def _library_of(shape: Shape, cost: str) -> Library:
    return library([shape], [cost])


def shape_key(sizes: tuple[int, ...], hidden: str, bias: bool) -> str:
    """The name of a shape among `Library.networks`."""
    return f"{'-'.join(map(str, sizes))} {hidden}{' bias' * bias}"


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

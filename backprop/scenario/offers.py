"""What controls offer of a field: its title, where its slider stops, and the words of a refusal.

Whatever `fields` allows can be typed. The app's widgets and those of a page without Python, which
has this table as JSON (`told`), take all of it from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NotRequired, TypedDict

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.forms import FORMS
from backprop.scenario.datasets import DATASETS
from backprop.scenario.fields import CELLS, FIELDS, OWN
from backprop.scenario.problem import PROBLEM, STRANGE

TITLES = {
    "derivative": "Output derivative",
    "clamp": "Clamp",
    "epsilon": "ε of the clamp",
    "format": "Arithmetic",
    "sample": "Sample",
    "scale": "Weight scale",
    "output_bias": "Output bias",
    "zero_biases": "All biases 0 at the start",
    "learning_rate": "Learning rate α",
    "updates": "Updates",
    "units": "Hidden units",
    "hidden": "Hidden activation",
    "bias": "Biases",
    "seed": "Seed",
    "data": "Data set",
}

STOPS: dict[str, tuple[float, ...]] = {
    "learning_rate": (
        *(float(f"{m}e{e}") for e in range(-3, 3) for m in (1, 1.5, 2, 3, 5, 7)), 1000.0,
    ),
    "updates": (1, 2, 5, *range(10, 201, 10), *range(250, 501, 50), *range(600, 2001, 100)),
    "epsilon": tuple(float(f"{m}e{e}") for e in range(-20, 0) for m in (1, 2, 5))[:-1],
}  # fmt: skip
"""The stops of sliders that go in no even steps; those of ε reach past every format's own."""

REACHES = {"scale": (10.0, 0.1), "output_bias": (60.0, 0.5)}
"""How far the other sliders go, and their steps; a value beyond makes one longer."""

VARIANTS = [form.variant for form in FORMS.values() if form.variant is not None]
CLAMP_TITLES = {variant.name: variant.menu for variant in VARIANTS}

OPTIONS = {
    "clamp": CLAMP_TITLES,
    "hidden": {name: one.symbol for name, one in ACTIVATIONS.items()},
    "data": {name: one.title for name, one in DATASETS.items()} | {OWN: "Your own points"},
}
"""The options of a list that are called otherwise than in a link."""

REFUSED = "Required: {required}. Got “{text}”. Try {shown}."
"""What is said beside a control that cannot take a text."""

HASH = (
    "derivative", "beside", "clamp", "epsilon", "format", "learning_rate", "updates", "scale",
    "output_bias", "zero_biases", "edits", "weights", "sample", "update", "operation", "selection",
)  # fmt: skip
"""The fields that a page without Python can change, and say in its address."""


class Offer(TypedDict):
    """A field as a page without Python has it; see `fields.Field`. `titles` are of its options."""

    kind: str
    required: str
    title: NotRequired[str]
    titles: NotRequired[dict[str, str]]
    low: NotRequired[float]
    high: NotRequired[float]
    options: NotRequired[list[str]]
    pattern: NotRequired[str]
    stops: NotRequired[list[float]]
    reach: NotRequired[list[float]]


class Offers(TypedDict):
    """What a page without Python offers: fields, cells of a sample; the words of a refusal."""

    fields: dict[str, Offer]
    cells: dict[str, Offer]
    refused: str
    problem: str
    strange: str


def chosen(name: str, options: Iterable[str], titles: Mapping[str, str] | None = None) -> Offer:
    """The field `name` as a choice among `options`, for a page that can show these alone."""
    listed = list(options)
    said: Offer = {
        "kind": "choice", "required": f"one of {', '.join(listed)}", "options": listed,
        "title": TITLES[name],
    }  # fmt: skip
    if titles or name in OPTIONS:
        said["titles"] = dict(titles or OPTIONS[name])
    return said


def told() -> Offers:
    """The table with the fields of `HASH`."""
    return {
        "fields": {name: _offer(name) for name in HASH},
        "cells": {name: _limits(name, cells=True) for name in CELLS},
        "refused": REFUSED,
        "problem": PROBLEM,
        "strange": STRANGE,
    }


def _limits(name: str, cells: bool = False) -> Offer:
    field = (CELLS if cells else FIELDS)[name]
    said: Offer = {"kind": field.kind, "required": field.required}
    if field.low is not None and field.high is not None:
        said |= {"low": field.low, "high": field.high}
    if field.options:
        said["options"] = list(field.options)
    if field.pattern:
        said["pattern"] = field.pattern
    return said


def _offer(name: str) -> Offer:
    said = _limits(name)
    if name in TITLES:
        said["title"] = TITLES[name]
    if name in OPTIONS:
        said["titles"] = OPTIONS[name]
    if name in STOPS:
        said["stops"] = list(STOPS[name])
    if name in REACHES:
        said["reach"] = list(REACHES[name])
    return said

"""Networks that break, each with the outcome that was measured for it."""

import json
from pathlib import Path

import numpy as np
import pytest

from backprop import FORMATS, Network, OutputDerivative, train

RECIPES = json.loads((Path(__file__).parent / "data" / "recipes.json").read_text("utf-8"))
LATE = {"D": (2816, 2872), "E": (2963, 2966), "F": (897, 910), "K": (920, 945)}
"""Where the update of the NaN hangs on last bits: the range in which perturbed starts had it."""


def cases():
    for recipe in RECIPES:
        for outcome in recipe["outcomes"]:
            name = f"{recipe['id'].split('_')[0]}-{outcome['derivative']}-{outcome['clamp']}"
            yield pytest.param(recipe, outcome, id=f"{name}-{outcome['epsilon']}")


@pytest.mark.parametrize(("recipe", "outcome"), list(cases()))
def test_every_recipe_ends_as_measured(recipe, outcome):
    made = FORMATS[recipe["dtype"]]
    net = Network(
        [made.round(W) for W in recipe["weights"]], [made.round(b) for b in recipe["biases"]]
    )
    options = {}
    if outcome["derivative"] == "clamped":
        options = {"epsilon": outcome["epsilon"], "clamp": outcome["clamp"]}
    fault = outcome["first_fault"]
    letter = recipe["id"].split("_")[0]
    updates = recipe["updates"] if fault is None else min(recipe["updates"], fault["update"] + 80)
    recording = train(
        net, recipe["X"], recipe["y"], updates, recipe["learning_rate"],
        OutputDerivative(outcome["derivative"], **options), master=recipe.get("master"),
    )  # fmt: skip
    found = recording.first_fault
    if fault is None:
        assert found is None
        assert np.isfinite(recording.true_cost[-1])
        wanted = outcome["final_true_cost"]
        slack = 0.35 if recipe["dtype"] in ("float16", "bfloat16") else 0.05
        assert recording.true_cost[-1] == pytest.approx(wanted, rel=slack)
    else:
        assert found is not None and found.layer == 3 and found.operation == "dJ_dz"
        low, high = LATE.get(letter, (fault["update"], fault["update"]))
        assert low <= found.update <= high

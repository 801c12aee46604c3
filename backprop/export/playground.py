"""A page on which everything can be changed, the network and the data too, without a server.

It carries the templates of a few architectures, the built-in data sets, and the random draws of a
few seeds: whatever its reader chooses among these, the app shows with the same numbers.
"""

from __future__ import annotations

from itertools import product

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.passes import Layout
from backprop.export.booklet import BookAbout, Booklet, words_of
from backprop.export.library import Data, data_of, draws_of, library
from backprop.scenario.datasets import DATASETS
from backprop.scenario.fields import FIELDS, OWN
from backprop.scenario.linked import ROWS
from backprop.scenario.offers import chosen
from backprop.scenario.scenario import Scenario, rate_of

UNITS = ((), (2,), (4,), (4, 4), (8, 8))
"""The units of the hidden layers that can be chosen."""
SEEDS = (*range(4), Scenario.seed)
OUTPUTS = (1, 2)
INPUTS = 2


def playground(live: str = "") -> Booklet:
    """The playground as a booklet; `live` is the address of the Live page, where it is known."""
    scenario = Scenario()
    about: BookAbout = {"title": "Playground", "subtitle": "", "projector": False}
    if live:
        about["live"] = live
    sizes = [(INPUTS, *units, outputs) for units, outputs in product(UNITS, OUTPUTS)]
    most = max(Layout(one, bias=True).numbers for one in sizes)
    made = library(
        product(sizes, ACTIVATIONS, (True, False)),
        [scenario.cost],
        {name: _data(name) for name in DATASETS},
        {str(seed): draws_of(seed, most) for seed in SEEDS},
    )
    units = [FIELDS["units"].write(one) for one in UNITS]
    made["offers"]["fields"] |= {
        "units": chosen("units", units, {"0": "none"}),
        "hidden": chosen("hidden", ACTIVATIONS),
        "bias": chosen("bias", FIELDS["bias"].options),
        "seed": chosen("seed", map(str, SEEDS)),
        "data": chosen("data", (*DATASETS, OWN)),
        "rows": {
            "kind": "rows",
            "title": "Points",
            "required": ROWS.format(inputs=f"{INPUTS} inputs"),
        },
    }
    words = words_of(scenario) | {"data": scenario.data, "rows": ""}
    return Booklet(about, made, ({"words": words, "data": scenario.data},))


def _data(name: str) -> Data:
    return {**data_of(Scenario(data=name)), "rate": rate_of(name)}

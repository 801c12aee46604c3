"""What is said of an experiment, put together from Python's own functions, layer by layer."""

from dataclasses import asdict

import numpy as np

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import FORMATS
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.forms import FORMS
from backprop.engine.network import Network
from backprop.engine.training import train
from backprop.stage.channels import pack
from backprop.stage.equations import templates
from backprop.stage.fold import contributions
from backprop.stage.notes import DEAD, dead_output, hidden_ends, output_ends
from backprop.stage.protocol import operations


def spoken(experiment):
    """Operations, blocks, order, equations and notes, by their names in the page."""
    sizes, L = tuple(experiment["sizes"]), len(experiment["sizes"]) - 1
    (runner,) = (one for one in experiment["runners"] if one["name"] == experiment["shown"])
    form = FORMS[runner["form"]]
    clamp = {"clamp": form.key} if form.variant is not None else {}
    derivative = OutputDerivative(form.name, runner["epsilon"], **clamp)
    shape = sizes, experiment["hidden"], experiment["bias"], derivative.plain
    return {
        "operations": operations(L),
        "layers": L,
        "bias": experiment["bias"],
        "order": list(contributions(experiment)),
        "blocks": _blocks(*shape),
        "equations": templates(*shape, len(experiment["X"])),
        "notes": _notes(sizes, experiment["hidden"], FORMATS[experiment["format"]], form),
    }


def _blocks(sizes, hidden, bias, derivative):
    """The blocks of any recording of this shape: those of one without updates."""
    net = Network.random(list(sizes), hidden, bias=bias)
    X, y = np.zeros((1, sizes[0])), np.zeros((1, sizes[-1]))
    start = train(net, X, y, 0, derivative=derivative, cost=derivative.cost)
    return [asdict(block) for block in pack(start, 0, np.array([0])).blocks]


def _notes(sizes, hidden, fmt, form):
    """A note for each quantity, layer and way of being special: by "z.3.1", "delta.2.dead"."""
    L, said = len(sizes) - 1, {}
    for i in range(1, L + 1):
        ends = output_ends(fmt, form) if i == L else hidden_ends(fmt, ACTIVATIONS[hidden])
        for end, note in ends.items():
            said[f"z.{i}.{end}"] = note.replace("{i}", str(i))
        dead = dead_output(form) if i == L else DEAD
        said[f"delta.{i}.dead"] = dead.replace("{i}", str(i))
    return said

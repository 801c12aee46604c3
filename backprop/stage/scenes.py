"""An experiment becomes a scene: what the page is to compute, and the words and formulas for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

import numpy as np

from backprop.engine.arithmetic import FORMATS
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.faults import Fault
from backprop.engine.forms import FORMS
from backprop.engine.network import Network
from backprop.engine.training import Recording, train
from backprop.stage.channels import pack
from backprop.stage.equations import templates
from backprop.stage.experiment import of_recordings
from backprop.stage.fold import contributions
from backprop.stage.notes import notes
from backprop.stage.protocol import At, Experiment, Scene, Template, View, numbered, operations

WHOLE = View()


def scene(experiment: Experiment, features: Sequence[str], view: View = WHOLE) -> Scene:
    """The scene of an experiment, of which the page trains every runner itself.

    `features` names its inputs. Raises ValueError for a runner that no form computes.
    """
    sizes, L = tuple(experiment["sizes"]), len(experiment["sizes"]) - 1
    derivative = _shown(experiment)
    shape = sizes, experiment["hidden"], experiment["bias"], derivative.plain
    said = _formulas(*shape, experiment["format"], len(experiment["X"]))
    return {
        "experiment": experiment,
        "view": asdict(view),
        "operations": operations(L),
        "layers": L,
        "bias": experiment["bias"],
        "features": list(features),
        "order": list(contributions(experiment)),
        "blocks": _blocks(*shape),
        "equations": said[0],
        "notes": said[1],
    }


def recorded(
    recordings: Mapping[str, Recording], current: str, sample: int, features: Sequence[str]
) -> Scene:
    """The scene in which the page computes `recordings` anew, `current` shown at `sample`."""
    return scene(of_recordings(recordings, current, sample), features)


def _shown(experiment: Experiment) -> OutputDerivative:
    (runner,) = (one for one in experiment["runners"] if one["name"] == experiment["shown"])
    form = FORMS[runner["form"]]
    clamp = {"clamp": form.key} if form.variant is not None else {}
    return OutputDerivative(form.name, runner["epsilon"], **clamp)


@lru_cache(maxsize=256)
def _formulas(
    sizes: tuple[int, ...],
    hidden: str,
    bias: bool,
    derivative: OutputDerivative,
    number_format: str,
    samples: int,
) -> tuple[dict[str, Template], dict[str, str]]:
    """Equations and notes, which depend on no number."""
    return (
        templates(sizes, hidden, bias, derivative, samples),
        notes(sizes, hidden, FORMATS[number_format], derivative),
    )


@lru_cache(maxsize=256)
def _blocks(
    sizes: tuple[int, ...], hidden: str, bias: bool, derivative: OutputDerivative
) -> list[dict[str, Any]]:
    """The blocks of any recording of this shape: those of one without updates."""
    net = Network.random(list(sizes), hidden, bias=bias)
    X, y = np.zeros((1, sizes[0])), np.zeros((1, sizes[-1]))
    start = train(net, X, y, 0, derivative=derivative, cost=derivative.cost)
    return [asdict(block) for block in pack(start, 0, np.array([0])).blocks]


def constants(recording: Recording) -> dict[str, float]:
    """What fills the slots of equations and is no channel."""
    epsilon = recording.X.dtype.type(recording.derivative.epsilon)
    return {"alpha": recording.learning_rate, "epsilon": float(epsilon)}


def fault_place(fault: Fault, L: int) -> At:
    """The update and the operation (its number in `operations`) at which a fault appears."""
    name = {"db": "dW", "round": "h"}.get(fault.operation, fault.operation)
    if name not in ("h", "z", "dW", "update"):
        name = "delta"
    place = name if name == "update" else f"{name}.{fault.layer}"
    return {"update": fault.update, "operation": numbered(L)[place]}

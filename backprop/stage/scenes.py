"""An experiment becomes a scene: what the page is to compute, and the words and formulas for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from backprop.engine.faults import Fault
from backprop.engine.training import Recording
from backprop.stage.experiment import of_recordings
from backprop.stage.library import library_for
from backprop.stage.protocol import At, Experiment, Scene, View, numbered

WHOLE = View()


def scene(experiment: Experiment, features: Sequence[str], view: View = WHOLE) -> Scene:
    """The scene of an experiment, of which the page trains every runner itself.

    `features` names its inputs.
    """
    return {
        "experiment": experiment,
        "view": asdict(view),
        "features": list(features),
        "library": library_for(experiment)[1],
    }


def recorded(
    recordings: Mapping[str, Recording], current: str, sample: int, features: Sequence[str]
) -> Scene:
    """The scene in which the page computes `recordings` anew, `current` shown at `sample`.

    Raises ValueError for a recording that no stage computes: see `experiment.of_recordings`.
    """
    return scene(of_recordings(recordings, current, sample), features)


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

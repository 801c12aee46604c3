"""Scenes: an experiment for the page to compute, with the words and formulas for it."""

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
    """A scene in which the page trains `recordings` again; shown is `current` at `sample` (from 0).

    Raises ValueError for a recording that no stage computes: see `experiment.of_recordings`.
    """
    return scene(of_recordings(recordings, current, sample), features)


def constants(recording: Recording) -> dict[str, float]:
    """The numbers in equations that are no channels: α, and ε in the format that computes."""
    epsilon = recording.X.dtype.type(recording.derivative.epsilon)
    return {"alpha": recording.learning_rate, "epsilon": float(epsilon)}


def fault_place(fault: Fault, L: int) -> At:
    """The update and the operation (its number in `operations`) at which a fault appears."""
    name = {"db": "dW", "round": "h"}.get(fault.operation, fault.operation)
    if name not in ("h", "z", "dW", "update"):
        name = "delta"
    place = name if name == "update" else f"{name}.{fault.layer}"
    return {"update": fault.update, "operation": numbered(L)[place]}

"""A recording becomes a scene: what the page is to compute, and the words about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import numpy as np

from backprop.drawing.palette import palettes
from backprop.engine.faults import Fault
from backprop.engine.training import Recording
from backprop.stage.cards import ahead, cost_fault, fault_card, spread_text
from backprop.stage.channels import pack
from backprop.stage.chart import chart
from backprop.stage.equations import templates
from backprop.stage.experiment import of_recordings
from backprop.stage.fold import contributions
from backprop.stage.notes import notes
from backprop.stage.protocol import At, Experiment, Scene, View, numbered, operations

WHOLE = View()


def scene(
    recordings: Mapping[str, Recording],
    current: str,
    sample: int,
    features: Sequence[str],
    view: View = WHOLE,
    experiment: Experiment | None = None,
) -> Scene:
    """The scene of `recordings[current]`, seen at `sample` (from 0), the others in its chart.

    The page computes the recordings anew, from the `experiment` that they are of.
    """
    recording = recordings[current]
    start, derivative = recording.start, recording.derivative
    sizes, bias, L = start.sizes, start.biases is not None, len(start.sizes) - 1
    blocks = pack(recording, sample, np.array([0])).blocks
    return {
        "experiment": experiment or of_recordings(recordings, current, sample),
        "chart": chart(recordings, current),
        "faultCard": fault_card(recording),
        "spread": spread_text(recording),
        "ahead": ahead(recordings, current),
        "costFault": cost_fault(recording),
        "view": asdict(view),
        "palettes": palettes(),
        "blocks": [asdict(block) for block in blocks],
        "operations": operations(L),
        "layers": L,
        "bias": bias,
        "features": list(features),
        "order": list(contributions(recording)),
        "equations": templates(sizes, start.hidden, bias, derivative, len(recording.X)),
        "notes": notes(sizes, start.hidden, start.format, derivative),
    }


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

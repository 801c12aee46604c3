"""A recording becomes a scene: the drawing, the words about it, and its numbers as bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from backprop.drawing.envelope import envelope
from backprop.drawing.palette import palettes
from backprop.engine.faults import Fault
from backprop.engine.training import Recording
from backprop.stage.cards import fault_card, quiet_card, spread_text
from backprop.stage.channels import pack
from backprop.stage.chart import chart
from backprop.stage.equations import templates
from backprop.stage.fold import contributions
from backprop.stage.layout import PROJECTOR, SCREEN
from backprop.stage.notes import notes
from backprop.stage.protocol import About, At, Experiment, View, numbered, operations
from backprop.stage.skeleton import skeleton

WHOLE = View()


@dataclass(frozen=True)
class Scene:
    """What the player needs: `About`, and the four arrays as bytes."""

    about: About
    values: memoryview
    codes: memoryview
    states: memoryview
    strips: memoryview

    def seen(self, view: View) -> Scene:
        """The same scene, looked at in another way (that draws it alike)."""
        about = self.about.copy()
        about["view"] = asdict(view)
        return replace(self, about=about)

    def weight(self) -> int:
        """About how many bytes it holds."""
        words = len(json.dumps(self.about, allow_nan=False))
        return 2 * words + sum(map(len, (self.values, self.codes, self.states, self.strips)))

    def pack(self) -> bytes:
        """The scene as one envelope."""
        return envelope(self.about, self.values, self.codes, self.states, self.strips)


def scene(
    recordings: Mapping[str, Recording],
    current: str,
    sample: int,
    features: Sequence[str],
    view: View = WHOLE,
    experiment: Experiment | None = None,
) -> Scene:
    """The scene of `recordings[current]`, seen at `sample` (from 0), the others in its chart.

    With the `experiment` that was recorded the page computes what a hand changes.
    """
    recording = recordings[current]
    start, derivative = recording.start, recording.derivative
    sizes, bias = start.sizes, start.biases is not None
    packed = pack(recording, sample)
    sheet = PROJECTOR if view.projector else SCREEN
    fault, L = recording.first_fault, len(sizes) - 1
    about: About = {
        "chart": chart(recordings, current),
        "updates": packed.updates.tolist(),
        "last": recording.updates,
        "fault": None if fault is None else fault_place(fault, L),
        "faultCard": fault_card(recording),
        "spread": spread_text(recording),
        "quietCard": quiet_card(recordings, current),
        "constants": {
            "alpha": recording.learning_rate,
            "epsilon": float(recording.X.dtype.type(derivative.epsilon)),
        },
        "samples": len(recording.X),
        "sample": sample,
        "striped": packed.strips.shape[2],
        "view": asdict(view),
        "skeleton": skeleton(sizes, tuple(features), sheet, contributions(recording)),
        "experiment": experiment,
        "palettes": palettes(),
        "blocks": [asdict(block) for block in packed.blocks],
        "channels": packed.values.shape[1],
        "operations": operations(L),
        "layers": L,
        "bias": bias,
        "features": list(features),
        "equations": templates(sizes, start.hidden, bias, derivative, len(recording.X)),
        "notes": notes(sizes, start.hidden, start.format, derivative),
    }
    arrays = (packed.values, packed.codes, packed.states, packed.strips)
    return Scene(about, *(a.reshape(-1).view(np.uint8).data for a in arrays))


def fault_place(fault: Fault, L: int) -> At:
    """The update and the operation (its number in `operations`) at which a fault appears."""
    name = {"db": "dW", "round": "h"}.get(fault.operation, fault.operation)
    if name not in ("h", "z", "dW", "update"):
        name = "delta"
    place = name if name == "update" else f"{name}.{fault.layer}"
    return {"update": fault.update, "operation": numbered(L)[place]}

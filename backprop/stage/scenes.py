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
from backprop.stage.channels import Channels, pack
from backprop.stage.chart import chart
from backprop.stage.equations import templates
from backprop.stage.fold import contributions
from backprop.stage.layout import PROJECTOR, SCREEN
from backprop.stage.notes import notes
from backprop.stage.protocol import About, At, Told, View, numbered, operations
from backprop.stage.skeleton import skeleton

WHOLE = View()


@dataclass(frozen=True)
class Scene:
    """What the player needs: `About` (or for a glimpse `Told`), and the four arrays as bytes."""

    about: Told
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
) -> Scene:
    """The scene of `recordings[current]`, seen at `sample` (from 0), the others in its chart."""
    recording = recordings[current]
    start, derivative = recording.start, recording.derivative
    sizes, bias = start.sizes, start.biases is not None
    packed = pack(recording, sample)
    sheet = PROJECTOR if view.projector else SCREEN
    about: About = {
        **_told(recordings, current, sample, packed, view),
        "skeleton": skeleton(sizes, tuple(features), sheet, contributions(recording)),
        "palettes": palettes(),
        "blocks": [asdict(block) for block in packed.blocks],
        "channels": packed.values.shape[1],
        "operations": operations(len(sizes) - 1),
        "layers": len(sizes) - 1,
        "bias": bias,
        "features": list(features),
        "equations": templates(sizes, start.hidden, bias, derivative, len(recording.X)),
        "notes": notes(sizes, start.hidden, start.format, derivative),
    }
    return _filled(packed, about)


def glimpse(recording: Recording, sample: int, update: int, view: View = WHOLE) -> Scene:
    """One update of a recording whose drawing the player has already: what one sees in a drag."""
    packed = pack(recording, sample, np.array([min(update, recording.updates)]))
    name = recording.derivative.name
    told = _told({name: recording}, name, sample, packed, view)
    told["glimpse"] = True
    return _filled(packed, told)


def _filled(packed: Channels, about: Told) -> Scene:
    arrays = (packed.values, packed.codes, packed.states, packed.strips)
    return Scene(about, *(a.reshape(-1).view(np.uint8).data for a in arrays))


def _told(
    recordings: Mapping[str, Recording], current: str, sample: int, packed: Channels, view: View
) -> Told:
    recording = recordings[current]
    fault = recording.first_fault
    return {
        "glimpse": False,
        "chart": chart(recordings, current),
        "updates": packed.updates.tolist(),
        "last": recording.updates,
        "fault": None if fault is None else fault_place(fault, len(recording.start.sizes) - 1),
        "faultCard": fault_card(recording),
        "spread": spread_text(recording),
        "quietCard": quiet_card(recordings, current),
        "constants": constants(recording),
        "samples": len(recording.X),
        "sample": sample,
        "striped": packed.strips.shape[2],
        "view": asdict(view),
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

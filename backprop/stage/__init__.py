"""The stage: a recording drawn as a network that plays, operation by operation.

Python draws, JavaScript flips. `scene` turns a recording into a drawing (SVG and HTML without
numbers), the channels that fill it (bytes), and a description of the operations. stage.js plays
it: it sets colours and texts for an update and an operation, and computes nothing of the
mathematics. The same scene serves the app, a notebook and a file that stands alone.

    layout      where things lie             channels    numbers → bytes
    skeleton    the network as SVG           equations   formulas with places for numbers
    chart       the cost over updates        cards       the fault in words
    notes       why a value is special       answers     true values, when asked for
    still       one update as a picture     fold      which inputs are drawn where not all can be
    inputs      the inputs as SVG            names     names that fit
    strips      all samples in a cell
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from backprop.drawing.palette import palettes
from backprop.engine.faults import Fault
from backprop.engine.training import Recording
from backprop.stage.cards import (
    fault_card,
    quiet_card,
    spread_text,
)
from backprop.stage.channels import Channels, pack
from backprop.stage.chart import chart
from backprop.stage.equations import templates
from backprop.stage.fold import contributions
from backprop.stage.layout import PROJECTOR, SCREEN
from backprop.stage.notes import notes
from backprop.stage.skeleton import skeleton

HERE = Path(__file__).parent
SCRIPT = "\n".join(
    (HERE / f"{name}.js").read_text("utf-8")
    for name in (
        "numbers", "recording", "painting", "edges", "fold", "cards", "room", "editing",
        "playback", "guide", "keys", "input", "query", "address", "stage",
    )
)  # fmt: skip
STYLE = (HERE / "stage.css").read_text("utf-8")


@dataclass(frozen=True)
class View:
    """How a recording is looked at.

    The player goes to `update` and `operation` (as "delta.3"; none means the
    whole pass, but at update 0 its start) and selects `selection`
    (as "W.1.0.2") when `visit` is new to it; otherwise it stays where it is. `token` names what
    was recorded, so that a late answer to a question about another recording is not believed.
    `reach` is how far each input can be dragged from 0; empty where nobody answers when the
    visitor changes something (a file that stands alone), and then nothing can be changed.
    `edited` says that there are edits to be undone.
    """

    update: int = 0
    operation: str = ""
    selection: str = ""
    projector: bool = False
    visit: str = ""
    token: str = ""
    reach: tuple[float, ...] = ()
    edited: bool = False


WHOLE = View()


@dataclass(frozen=True)
class Scene:
    """What the player needs: `about` (JSON), and `values`, `codes`, `states`, `strips` as bytes."""

    about: dict[str, Any]
    values: memoryview
    codes: memoryview
    states: memoryview
    strips: memoryview

    def seen(self, view: View) -> Scene:
        """The same scene, looked at in another way (that draws it alike)."""
        return replace(self, about=self.about | {"view": asdict(view)})

    def weight(self) -> int:
        """About how many bytes it holds."""
        words = len(json.dumps(self.about, allow_nan=False))
        return 2 * words + sum(map(len, (self.values, self.codes, self.states, self.strips)))

    def pack(self) -> bytes:
        """The scene as one string of bytes.

        Four bytes (little-endian) tell the length of the JSON that follows, padded with spaces so
        that the float64 values begin at a multiple of eight; then values, codes, states, strips.
        """
        text = json.dumps(self.about, allow_nan=False).encode()
        text += b" " * (-(len(text) + 4) % 8)
        size = len(text).to_bytes(4, "little")
        return b"".join((size, text, self.values, self.codes, self.states, self.strips))


def scene(
    recordings: Mapping[str, Recording],
    current: str,
    sample: int,
    features: Sequence[str],
    view: View = WHOLE,
) -> Scene:
    """The scene of `recordings[current]`, seen at `sample` (from 0), the others in its chart."""
    recording = recordings[current]
    packed = pack(recording, sample)
    drawn = _drawn(recording, features, packed, view)
    return _filled(packed, drawn | _told(recordings, current, sample, packed, view))


def glimpse(recording: Recording, sample: int, update: int, view: View = WHOLE) -> Scene:
    """One update of a recording whose drawing the player has already: what one sees in a drag."""
    packed = pack(recording, sample, np.array([min(update, recording.updates)]))
    name = recording.derivative.name
    told = _told({name: recording}, name, sample, packed, view)
    return _filled(packed, told | {"glimpse": True})


def _filled(packed: Channels, about: dict[str, Any]) -> Scene:
    arrays = (packed.values, packed.codes, packed.states, packed.strips)
    return Scene(about, *(a.reshape(-1).view(np.uint8).data for a in arrays))


def _drawn(
    recording: Recording, features: Sequence[str], packed: Channels, view: View
) -> dict[str, Any]:
    """What stays while an input or a weight is dragged."""
    sizes = recording.start.sizes
    L = len(sizes) - 1
    return {
        "skeleton": skeleton(
            sizes, tuple(features), PROJECTOR if view.projector else SCREEN,
            contributions(recording),
        ),
        "palettes": palettes(),
        "blocks": [block.describe() for block in packed.blocks],
        "channels": packed.values.shape[1],
        "operations": operations(L),
        "layers": L,
        "bias": recording.start.biases is not None,
        "features": list(features),
        "equations": templates(
            sizes, recording.start.hidden, recording.start.biases is not None,
            recording.derivative, len(recording.X),
        ),
        "notes": notes(sizes, recording.start.hidden, recording.start.format, recording.derivative),
    }  # fmt: skip


def _told(
    recordings: Mapping[str, Recording], current: str, sample: int, packed: Channels, view: View
) -> dict[str, Any]:
    """What depends on the numbers."""
    recording = recordings[current]
    fault = recording.first_fault
    return {
        "chart": chart(recordings, current),
        "updates": packed.updates.tolist(),
        "last": recording.updates,
        "fault": None if fault is None else fault_place(fault, len(recording.start.sizes) - 1),
        "faultCard": fault_card(recording),
        "spread": spread_text(recording),
        "quietCard": quiet_card(recordings, current),
        "constants": {
            "alpha": recording.learning_rate,
            "epsilon": float(recording.X.dtype.type(recording.derivative.epsilon)),
        },
        "samples": len(recording.X),
        "sample": sample,
        "striped": packed.strips.shape[2],
        "view": asdict(view),
    }  # fmt: skip


def operations(L: int) -> list[dict[str, Any]]:
    """The operations of one update in the order in which they are computed."""
    made: list[dict[str, Any]] = []
    for i in range(1, L + 1):
        made.append({"name": "h", "layer": i, "title": f"forward, h at layer {i}"})
        made.append({"name": "z", "layer": i, "title": f"forward, z at layer {i}"})
    made.append({"name": "cost", "layer": L, "title": "cost"})
    for i in range(L, 0, -1):
        made.append({"name": "delta", "layer": i, "title": f"backward, δ at layer {i}"})
        made.append({"name": "dW", "layer": i, "title": f"backward, ∂J/∂W at layer {i}"})
    made.append({"name": "update", "layer": 0, "title": "update of all weights"})
    return made


def fault_place(fault: Fault, L: int) -> dict[str, Any]:
    """The update and the operation (its number in `operations`) at which a fault appears."""
    name, layer = fault.operation, fault.layer
    name = {"db": "dW", "round": "h"}.get(name, name)
    if name not in ("h", "z", "dW", "update"):
        name = "delta"
    if name == "update":
        layer = 0
    number = next(
        n for n, o in enumerate(operations(L)) if (o["name"], o["layer"]) == (name, layer)
    )
    return {"update": fault.update, "operation": number}

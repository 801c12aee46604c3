"""The stage: a recording drawn as a network that plays, operation by operation.

Python draws, JavaScript flips. `scene` turns a recording into a drawing (SVG and HTML without
numbers), the channels that fill it (bytes), and a description of the operations. stage.js plays
it: it sets colours and texts for an update and an operation, and computes nothing of the
mathematics. The same scene serves the app, a notebook and a file that stands alone.

    layout      where things lie             channels    numbers → bytes
    skeleton    the network as SVG           equations   formulas with places for numbers
    chart       the cost over updates        cards       the fault in words
    palette     the one table of colours
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backprop.faults import Fault
from backprop.stage.cards import fault_card, quiet_card
from backprop.stage.channels import pack
from backprop.stage.chart import chart
from backprop.stage.equations import templates
from backprop.stage.palette import palettes
from backprop.stage.skeleton import skeleton
from backprop.training import Recording

HERE = Path(__file__).parent
SCRIPT = "\n".join((HERE / name).read_text("utf-8") for name in ("numbers.js", "stage.js"))
STYLE = (HERE / "stage.css").read_text("utf-8")


@dataclass(frozen=True)
class Scene:
    """What the player needs: `about` (JSON), and `values`, `codes`, `states` as bytes."""

    about: dict[str, Any]
    values: bytes
    codes: bytes
    states: bytes

    def pack(self) -> bytes:
        """The scene as one string of bytes.

        Four bytes (little-endian) tell the length of the JSON that follows, padded with spaces so
        that the float64 values begin at a multiple of eight; then values, codes, states.
        """
        text = json.dumps(self.about, allow_nan=False).encode()
        text += b" " * (-(len(text) + 4) % 8)
        return len(text).to_bytes(4, "little") + text + self.values + self.codes + self.states


def scene(
    recordings: Mapping[str, Recording], current: str, sample: int, features: Sequence[str]
) -> Scene:
    """The scene of `recordings[current]`, seen at `sample` (from 0), the others in its chart."""
    recording = recordings[current]
    sizes = recording.start.sizes
    packed = pack(recording, sample)
    L = len(sizes) - 1
    fault = recording.first_fault
    about = {
        "skeleton": skeleton(sizes, features),
        "chart": chart(recordings, current),
        "palettes": palettes(),
        "blocks": [block.describe() for block in packed.blocks],
        "channels": packed.values.shape[1],
        "updates": packed.updates.tolist(),
        "last": recording.updates,
        "operations": operations(L),
        "fault": None if fault is None else fault_place(fault, L),
        "faultCard": fault_card(recording),
        "quietCard": quiet_card(recordings, current),
        "equations": templates(
            sizes, recording.start.hidden, recording.start.biases is not None,
            recording.derivative, len(recording.X),
        ),
        "constants": {
            "alpha": recording.learning_rate,
            "epsilon": float(recording.X.dtype.type(recording.derivative.epsilon)),
        },
        "layers": L,
    }  # fmt: skip
    return Scene(about, packed.values.tobytes(), packed.codes.tobytes(), packed.states.tobytes())


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
    if name == "db":
        name = "dW"
    if name not in ("h", "z", "dW", "update"):
        name = "delta"
    if name == "update":
        layer = 0
    number = next(
        n for n, o in enumerate(operations(L)) if (o["name"], o["layer"]) == (name, layer)
    )
    return {"update": fault.update, "operation": number}

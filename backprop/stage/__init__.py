"""The stage: a recording drawn as a network that plays, operation by operation.

Python tells, JavaScript draws and flips. `scene` turns a recording into words and equations (HTML
without numbers), the channels that fill them (bytes), and a description of the operations. The
player (player/mount.js) draws the network in the room that it has, and sets colours and texts for
an update and an operation; it computes nothing of the mathematics. The same scene serves the app,
a notebook and a file that stands alone.

    protocol    what both sides say          scenes      a recording → a scene
    layout      where things lie in a still  channels    numbers → bytes
    skeleton    a still without numbers      equations   formulas with places for numbers
    chart       the cost over updates        cards       the fault in words
    notes       why a value is special       answers     true values, when asked for
    still       one update as a picture     fold      which inputs are drawn where not all can be
    inputs      the inputs as SVG            names     names that fit
    strips      all samples in a cell         filled    what the player says, without it
"""

from __future__ import annotations

from pathlib import Path

from backprop.drawing import TRANSPORT_STYLE
from backprop.drawing.scripts import bundle
from backprop.stage.protocol import Scene, View, operations
from backprop.stage.scenes import WHOLE, fault_place, recorded, scene

__all__ = [
    "HERE", "SCRIPT", "STYLE", "WHOLE", "Scene", "View", "fault_place", "operations",
    "recorded", "scene",
]  # fmt: skip

HERE = Path(__file__).parent
SCRIPT = bundle(HERE / "player" / "mount.js")
STYLE = "".join(
    (TRANSPORT_STYLE, *((HERE / name).read_text("utf-8") for name in ("stage.css", "print.css")))
)

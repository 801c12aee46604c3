"""The stage: a network in training, drawn and played operation by operation.

A `scene` has the experiment, and a library of words and equations (HTML with places for numbers).
The player (player/mount.js) trains the experiment with the engine of the page (engine/, the same
bits), draws the network in the room that it has, and sets colours and texts for an update and an
operation. The same scene serves the app, a notebook and a file that stands alone; a still and
printed pages are drawn here, without a browser.

    protocol    what both sides say          scenes      an experiment → a scene
    fold        which inputs are drawn where not all can be
    experiment  what the page trains         javascript  records → the page's engine, by `loops`
    describe    what is trained, in words    literals    values as JavaScript
    library     equations and words          equations   formulas with places
    notes       why a value is special       digest      whether both have computed the same
    cards       the fault in words           wording     the sentences of the cards
    channels    the numbers of an update     filled      what the player says, without it
    still       one update as a picture      skeleton    a still without numbers
    layout      where things lie in a still  inputs      its inputs as SVG
    names       names that fit               chart       the cost over updates
"""

from __future__ import annotations

from pathlib import Path

from backprop.drawing import TRANSPORT_STYLE
from backprop.stage.protocol import Scene, View, operations
from backprop.stage.scenes import WHOLE, fault_place, recorded, scene

__all__ = [
    "HERE", "STYLE", "WHOLE", "Scene", "View", "fault_place", "operations",
    "recorded", "scene",
]  # fmt: skip

HERE = Path(__file__).parent
STYLE = "".join(
    (TRANSPORT_STYLE, *((HERE / name).read_text("utf-8") for name in ("stage.css", "print.css")))
)

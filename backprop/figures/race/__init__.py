"""The Race page's drawings: Python draws, the player moves a playhead and says what is under it.

looks         who is who
curves        one chart as an SVG
charts        which charts there are, and the numbers for the player
mount.js      the player
planes        decision boundaries side by side
table         how the race ended
"""

from __future__ import annotations

from pathlib import Path

from backprop.drawing import TRANSPORT_STYLE
from backprop.figures.race.charts import scene
from backprop.figures.race.looks import Entrant, label
from backprop.figures.race.planes import planes
from backprop.figures.race.table import table

__all__ = ["PAGE_STYLE", "SCRIPT", "STYLE", "Entrant", "label", "planes", "scene", "table"]

HERE = Path(__file__).parent
SCRIPT = HERE / "mount.js"
STYLE = TRANSPORT_STYLE + (HERE / "race.css").read_text("utf-8")
PAGE_STYLE = (HERE / "page.css").read_text("utf-8")

"""Pictures to save: an SVG as it is, or drawn by the browser as a PNG of three times its size."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from backprop.controls.component import component

HERE = Path(__file__)
_mount = component(
    "pictures", HERE.with_suffix(".js"), '<div class="pictures"></div>',
    HERE.with_suffix(".css").read_text("utf-8"),
)  # fmt: skip


def pictures(named: Mapping[str, str]) -> None:
    """A row for each picture, named by its title: save the SVG, or a PNG of it."""
    _mount(key="pictures", data={"pictures": dict(named)})

"""Drawings made beforehand, of which a reader chooses: no server is needed, and no engine.

A shelf has a few axes, such as network, layer and step. What can be chosen on one depends on those
before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from backprop.drawing.scripts import bundle
from backprop.export.pieces import in_pieces

HERE = Path(__file__).parent
SCRIPT = bundle(HERE / "shelf.js")
STYLE = (HERE / "shelf.css").read_text("utf-8")


@dataclass(frozen=True)
class Axis:
    """Something to choose: its name in the address, its title, and its options by their words.

    Along one that is `walked` there are buttons and keys for the next and the one before.
    """

    name: str
    title: str
    options: Mapping[str, str]
    walked: bool = False


class ShelfAxis(TypedDict):
    """An axis as the script takes it."""

    name: str
    title: str
    options: dict[str, str]
    walked: bool


class ShelfTold(TypedDict):
    """A shelf as its script takes it: every block once, in `pieces` of which `blocks` are made.

    `drawings` are the numbers of the blocks, by a word for each axis; `home` is a link to an index
    beside it.
    """

    title: str
    lead: str
    root: str
    axes: list[ShelfAxis]
    pieces: list[str]
    blocks: list[str]
    drawings: dict[str, list[int]]
    home: str


@dataclass(frozen=True)
class Shelf:
    """A page of drawings: each is some blocks of HTML, by a word for each axis.

    `lead` is HTML above them, `style` what they need; `root` is the class of what surrounds them.
    """

    title: str
    lead: str
    style: str
    root: str
    axes: tuple[Axis, ...]
    drawings: Mapping[tuple[str, ...], Sequence[str]]

    def told(self, home: str) -> ShelfTold:
        """The shelf as its script takes it."""
        blocks: dict[str, int] = {}
        found = {
            " ".join(words): [blocks.setdefault(one, len(blocks)) for one in some]
            for words, some in self.drawings.items()
        }
        pieces, orders = in_pieces(blocks)
        axes: list[ShelfAxis] = [
            {"name": axis.name, "title": axis.title, "options": dict(axis.options),
             "walked": axis.walked}
            for axis in self.axes
        ]  # fmt: skip
        return {"title": self.title, "lead": self.lead, "root": self.root, "axes": axes,
                "pieces": pieces, "blocks": orders, "drawings": found, "home": home}  # fmt: skip

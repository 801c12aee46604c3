"""A still: one update of one sample as an SVG that needs neither scripts nor style sheets.

It serves the gallery, the README and print. Both themes are in it: every colour is written for
light and for dark (`light-dark`), and `color-scheme` where the picture stands decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np

from backprop.drawing.palette import MIDDLE, palettes, resolved
from backprop.engine.digits import short
from backprop.engine.training import Recording
from backprop.stage.channels import DEAD, NOT_A_NUMBER, PLAIN, SATURATED, Channels, pack
from backprop.stage.experiment import of_recordings
from backprop.stage.fold import contributions
from backprop.stage.protocol import Block, numbered, parsed
from backprop.stage.skeleton import skeleton

_STYLE = resolved(Path(__file__).with_name("still.css").read_text("utf-8"))
_WORDS = {PLAIN: "plain", SATURATED: "saturated", DEAD: "dead"}


@dataclass(frozen=True)
class _Frame:
    """One update of a packed recording, and how far its operations have come."""

    packed: Channels
    reached: int
    colours: dict[str, dict[str, list[list[str]]]]

    def place(self, channel: str) -> tuple[Block, int]:
        """The block of a channel such as "W.2.0.3" and its number in the row."""
        name, layer, at = parsed(channel)
        block = next(b for b in self.packed.blocks if (b.name, b.layer) == (name, layer))
        return block, block.start + int(np.ravel_multi_index(at, block.shape))

    def knows(self, block: Block) -> bool:
        """Whether the block has been computed; inputs, weights and targets always are."""
        return block.known <= self.reached


def still(
    recording: Recording,
    sample: int,
    features: Sequence[str],
    update: int,
    operation: str = "",
    name: str = "still",
    title: str = "",
) -> str:
    """An SVG of `sample` (from 0) at `update`, as far as `operation` (as "delta.3"; "" is all).

    `name` must be another one for each still on a page (its patterns are named by it); `title` is
    its name for a screen reader. Raises ValueError for an unknown operation and for an update that
    the recording does not have.
    """
    frame = _frame(recording, sample, update, operation)
    order = contributions(of_recordings({"": recording}, "", sample))
    svg = ElementTree.fromstring(skeleton(recording.start.sizes, tuple(features), order))
    svg.attrib |= {"xmlns": "http://www.w3.org/2000/svg", "class": "still", "role": "img"}
    svg.set("aria-label", title or f"The network at update {update}")
    style = ElementTree.Element("style")
    style.text = _STYLE
    svg.insert(0, style)
    for pattern in svg.iter("pattern"):
        pattern.set("id", f"{name}-{pattern.get('id')}")
    for node in svg.iter():
        channel = node.attrib.pop("data-channel", None)
        if channel is not None:
            _paint(node, channel, frame, name)
        said = node.attrib.pop("data-text", None)
        if said is not None:
            _, at = frame.place(said)
            node.text = short(float(frame.packed.values[0, at]))
    return ElementTree.tostring(svg, encoding="unicode")


def _frame(recording: Recording, sample: int, update: int, operation: str) -> _Frame:
    order = numbered(len(recording.start.sizes) - 1)
    if operation and operation not in order:
        raise ValueError(f"The operation must be {', '.join(order)} or empty, got {operation!r}.")
    if not 0 <= update <= recording.updates:
        raise ValueError(f"The update must be from 0 to {recording.updates}, got {update}.")
    packed = pack(recording, sample, np.array([update]))
    return _Frame(packed, order[operation or "update"], palettes())


def _paint(node: Element, channel: str, frame: _Frame, name: str) -> None:
    block, at = frame.place(channel)
    kind = (node.get("class") or "").split()[0]
    state = int(frame.packed.states[0, at])
    code = int(frame.packed.codes[0, at])
    if kind == "edge":
        gradient = next(b for b in frame.packed.blocks if (b.name, b.layer) == ("dW", block.layer))
        if frame.knows(gradient):
            beside = gradient.start + at - block.start
            state = max(state, int(frame.packed.states[0, beside]))
    known = frame.knows(block)
    bad = state >= NOT_A_NUMBER
    node.set("data-state", "unknown" if not known else "bad" if bad else _WORDS[state])
    palette = "unit" if block.kind == "unit" else "signed"
    light, dark = (frame.colours[theme][palette][code] for theme in ("light", "dark"))
    if kind == "edge":
        if not bad:
            strength = abs(code - MIDDLE) / MIDDLE
            node.set("stroke", light[0])
            node.set("style", f"stroke:light-dark({light[0]},{dark[0]});"
                              f"stroke-width:{0.5 + 5 * strength**2:.2f};"
                              f"opacity:{0.35 + 0.65 * strength:.2f}")  # fmt: skip
        return
    fill = node if kind == "body" else next(n for n in node if "fill" in (n.get("class") or ""))
    if known:
        fill.set("fill", light[0])
        fill.set("style", f"fill:url(#{name}-hatch)" if bad
                 else f"fill:light-dark({light[0]},{dark[0]})")  # fmt: skip
    for part in node if kind != "body" else ():
        if part.get("class") == "mark" and known and state == DEAD:
            part.set("style", f"fill:url(#{name}-dots)")
        if part.tag != "text" or part.get("class") == "name":
            continue
        if "number" in (part.get("class") or ""):
            part.text = short(float(frame.packed.values[0, at])) if known else "–"
        if known and not bad and state != DEAD:
            size = part.get("style", "")
            part.set("style", f"{size};fill:light-dark({light[1]},{dark[1]})")

"""Names of channels and of operations, which scenes, questions and the address are written in.

A channel is one number of an update: name.layer.unit or name.layer.unit.source, layers from 1
(inputs are z of layer 0), the others from 0: "delta.3.0", "W.2.0.3". The terms of the output's δ
and of the cost are "step.width.3.0" and "cost.minus_log.3.0"; the cost of all samples is "J.3.0".
Operations are named name.layer, but "update" and "start" (before any) without a layer.
"""

from __future__ import annotations

import re
from typing import Literal, TypedDict

LETTERS = {"delta": "δ", "dW": "∂J/∂W", "db": "∂J/∂b", "true_J": "J"}
"""What people call a quantity, where it is not its name."""

_CHANNEL = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)\.(\d+)\.(\d+)(?:\.(\d+))?")


def channel(name: str, layer: int, *place: int) -> str:
    """The name of a channel: of a unit, or of a unit and its source, both from 0."""
    return ".".join((name, str(layer), *map(str, place)))


def parsed(text: str) -> tuple[str, int, tuple[int, ...]]:
    """Name, layer and place of a channel; raises ValueError for what is none."""
    found = _CHANNEL.fullmatch(text)
    if found is None:
        raise ValueError(f"A channel such as W.2.0.3 or delta.3.0 is required, got {text!r}.")
    name, layer, *place = found.groups()
    return name, int(layer), tuple(int(n) for n in place if n is not None)


class PassOperation(TypedDict):
    """An operation of one layer in an update, as the playhead stops at it; `title` is for people.

    The update of the weights itself is of layer 0.
    """

    name: Literal["h", "z", "cost", "delta", "dW", "update"]
    layer: int
    title: str


def operations(L: int) -> list[PassOperation]:
    """The operations of one update of L layers in the order in which they are computed."""
    listed: list[PassOperation] = []
    for i in range(1, L + 1):
        listed.append({"name": "h", "layer": i, "title": f"forward, h at layer {i}"})
        listed.append({"name": "z", "layer": i, "title": f"forward, z at layer {i}"})
    listed.append({"name": "cost", "layer": L, "title": "cost"})
    for i in range(L, 0, -1):
        listed.append({"name": "delta", "layer": i, "title": f"backward, δ at layer {i}"})
        listed.append({"name": "dW", "layer": i, "title": f"backward, ∂J/∂W at layer {i}"})
    listed.append({"name": "update", "layer": 0, "title": "update of all weights"})
    return listed


def numbered(L: int) -> dict[str, int]:
    """The operations by their names, such as "delta.3" or "update"; "start" is −1."""
    names = (f"{o['name']}.{o['layer']}".removesuffix(".0") for o in operations(L))
    return {"start": -1} | {name: n for n, name in enumerate(names)}

"""The words and numbers that the player shows at a place, without the player: for paper.

It is made of the player's own templates and channels, by its rules, so the numbers are the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

import numpy as np

from backprop.engine.digits import guarded, in_formula, short
from backprop.engine.training import Recording
from backprop.stage.channels import pack
from backprop.stage.equations import templates
from backprop.stage.protocol import Block, State, numbered, operations, parsed
from backprop.stage.scenes import constants, fault_place

_SLOT = re.compile(r'<mn data-slot="([^"]+?)(@next)?([!?]?)">–</mn>')
_STATES = get_args(State)


@dataclass(frozen=True)
class Filled:
    """What is shown of one operation of one update; `equation` is HTML, the others are text.

    `true_cost` is "" where it is the displayed one; `faulty`: the first value that is not finite
    is of this operation or an earlier one.
    """

    position: str
    cost: str
    true_cost: str
    title: str
    equation: str
    faulty: bool


def filled(
    recording: Recording, sample: int, update: int, operation: str, selection: str = ""
) -> Filled:
    """What the stage says of `sample` (from 0) at `update`, as far as `operation` ("delta.3").

    The equation is that of `selection` ("W.2.0.3"; "" for that of the operation). Raises ValueError
    for a place that the recording does not have.
    """
    place = _Place(recording, sample, update, operation)
    name, layer, at = parsed(selection) if selection else place.worked_on()
    u, v = (*at, 0, 0)[:2]
    net = recording.start
    every = templates(net.sizes, net.hidden, net.biases is not None, recording.derivative,
                      len(recording.X))  # fmt: skip
    template = every.get(f"{name}.{layer}")
    title = html = ""
    if template is not None:
        unit = f", unit {u + 1}" if layer and net.sizes[layer] > 1 else ""
        source = f" from {'input' if layer == 1 else 'unit'} {v + 1}" * (name in ("W", "dW"))
        title = f"{template['title']}{unit}{source}"
        html = template["html"].replace("{u}", str(u)).replace("{v}", str(v))
    cost, true_cost = place.costs()
    return Filled(
        place.words(), cost, true_cost, title, _SLOT.sub(place.slot, html), place.faulty()
    )


class _Place:
    """An update of a recording as far as an operation, and the update after it."""

    def __init__(self, recording: Recording, sample: int, update: int, operation: str) -> None:
        self.L = len(recording.start.sizes) - 1
        order = numbered(self.L)
        if operation not in order:
            raise ValueError(f"The operation must be {', '.join(order)}, got {operation!r}.")
        if not 0 <= update <= recording.updates:
            raise ValueError(f"The update must be 0 to {recording.updates}, got {update}.")
        self.recording, self.update, self.reached = recording, update, order[operation]
        self.last = len(order) - 2 - (update == recording.updates)  # the last pass has no update
        frames = np.arange(update, min(update + 2, recording.updates + 1))
        self.packed = pack(recording, sample, frames)
        self.constants = constants(recording)

    def worked_on(self) -> tuple[str, int, tuple[int, ...]]:
        """What the operation computes, of the first unit; once there is a fault, of the first that
        broke. At the start, the first quantity to be computed.
        """
        if self.reached < 0:
            return "h", 1, ()
        operation = operations(self.L)[self.reached]
        name, layer = operation["name"], operation["layer"]
        frame = int(name == "update")  # what an update gives is of the next
        computed = ("W", "b") if frame else (name,)
        for block in self.packed.blocks if self.faulty() else ():
            if block.name in computed and layer in (0, block.layer):
                bad = self._first_bad(block, frame)
                if bad:
                    return block.name, block.layer, bad
        return name, layer, ()

    def words(self) -> str:
        listed = operations(self.L)
        title = listed[self.reached]["title"] if self.reached >= 0 else "inputs and weights"
        return f"update {self.update} / {self.recording.updates} · {title}"

    def faulty(self) -> bool:
        fault = self.recording.first_fault
        if fault is None:
            return False
        place = fault_place(fault, self.L)
        return (place["update"], place["operation"]) <= (self.update, self.reached)

    def costs(self) -> tuple[str, str]:
        """The cost that is displayed, and the true one where they differ by more than a digit."""
        found = self._value(f"J.{self.L}.0")
        if found is None:
            return "–", ""
        shown, state = found
        true, _ = self._value(f"true_J.{self.L}.0") or (np.nan, "")
        lies = np.isfinite(true) and (state != "plain" or abs(true - shown) > 1e-3 * abs(true))
        return short(shown, 4), short(true, 4) if lies else ""

    def slot(self, found: re.Match[str]) -> str:
        """The slot that was found, with its number in it."""
        channel, following, guard = found.groups()
        number = self._value(channel, following is not None)
        if number is None:
            return '<mn data-state="unknown">–</mn>'
        value, state = number
        return f'<mn data-state="{state}">{guarded(in_formula(value), guard)}</mn>'

    def _first_bad(self, block: Block, frame: int) -> tuple[int, ...]:
        """Where in a block its first number lies that is not finite; () if all are."""
        values = self.packed.values[frame, block.start : block.start + int(np.prod(block.shape))]
        bad = np.argwhere(~np.isfinite(values.reshape(block.shape)))
        return tuple(map(int, bad[0])) if len(bad) else ()

    def _value(self, channel: str, following: bool = False) -> tuple[float, str] | None:
        """A number and its state; None for what is not computed yet, or not there."""
        if channel in self.constants:
            return self.constants[channel], "plain"
        name, layer, at = parsed(channel)
        block = next((b for b in self.packed.blocks if (b.name, b.layer) == (name, layer)), None)
        if block is None or not _within(block, at):
            return None
        frame = int(following)
        known = self.reached >= (self.last if following else block.known)
        if not known or frame >= len(self.packed.values):
            return None
        n = block.start + int(np.ravel_multi_index(at, block.shape))
        return float(self.packed.values[frame, n]), _STATES[int(self.packed.states[frame, n])]


def _within(block: Block, at: tuple[int, ...]) -> bool:
    return len(at) == len(block.shape) and all(
        n < size for n, size in zip(at, block.shape, strict=True)
    )

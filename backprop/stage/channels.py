"""A recording packed for the player: every number of one sample at every update, as plain bytes.

A frame is one update; a channel is one number of it, such as δ of unit 2 of layer 1. `values` are
float64 and hold every format exactly, `codes` choose colours, `states` say what is special.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np

from backprop.drawing.palette import coded
from backprop.engine.activations import ACTIVATIONS, SIGMOID, Activation
from backprop.engine.arithmetic import Array
from backprop.engine.costs import cost_steps
from backprop.engine.dead import wrong_and_dead
from backprop.engine.derivatives import true_delta
from backprop.engine.passes import Passes
from backprop.engine.steps import run
from backprop.engine.training import Recording
from backprop.stage.protocol import LETTERS, Block, Kind, State, numbered
from backprop.stage.strips import segments, strips

PLAIN, SATURATED, DEAD, NOT_A_NUMBER, PLUS_INFINITY, MINUS_INFINITY = range(len(get_args(State)))
MOST_VALUES = 1_500_000


@dataclass(frozen=True)
class Channels:
    """The blocks, the updates that have a frame, and three arrays (frames, channels).

    `strips` (frames, cells, segments) has h, z and δ of the samples for the strips of the cells, as
    codes: h of all layers, then z, then δ; it is empty where there would be too many.
    """

    blocks: list[Block]
    updates: Array
    values: Array
    codes: Array
    states: Array
    strips: Array


def pack(recording: Recording, sample: int, only: Array | None = None) -> Channels:
    """Every channel of `sample` (counted from 0) of a recording, at all updates or at `only` some.

    Where all updates would be too many numbers to send, updates are left out evenly; the first
    ones and those around the first fault always have a frame. The frames are computed a few at a
    time, so that beside what is made little memory is needed.
    """
    updates = _kept_updates(recording) if only is None else only
    packed: Channels | None = None
    for frames, passes in recording.in_pieces(updates):
        parts = _parts(recording, sample, updates[frames], passes)
        if packed is None:
            packed = _empty(recording, updates, parts)
            kinds = _kinds(packed.blocks)
        _fill(packed, frames, parts, kinds)
        if packed.strips.shape[1]:
            count = packed.strips.shape[2]
            packed.strips[frames] = strips(passes, ACTIVATIONS[recording.start.hidden].kind, count)
    if packed is None:
        raise ValueError("At least one update must be packed, got none. Try the first, 0.")
    return packed


@dataclass(frozen=True)
class _Part:
    """The numbers of a block at some updates, (updates, …), and what is special about them.

    `known` is the operation that brings them, "start" if they are there before any.
    """

    name: str
    layer: int
    kind: Kind
    numbers: Array
    known: str
    state: Array | None = None


def _parts(recording: Recording, sample: int, updates: Array, passes: Passes) -> list[_Part]:
    """What the blocks hold at some updates, in their order."""
    parts: list[_Part] = []

    def add(
        name: str, layer: int, kind: Kind, numbers: Array, known: str, state: Array | None = None
    ) -> None:
        parts.append(_Part(name, layer, kind, numbers, known, state))

    L = len(passes.h)
    hidden = ACTIVATIONS[recording.start.hidden]
    wrong, dead_output = _dead(recording, passes, sample)
    add("z", 0, "signed", passes.z[0][:, sample], "start")
    for i in range(1, L + 1):
        z = passes.z[i][:, sample]
        delta = passes.delta[i - 1][:, sample]
        add("W", i, "weight", passes.weights[i - 1], "start")
        if passes.biases is not None:
            add("b", i, "weight", passes.biases[i - 1], "start")
        add("h", i, "h", passes.h[i - 1][:, sample], f"h.{i}")
        saturated = _saturated(z, SIGMOID if i == L else hidden)
        add("z", i, "unit" if i == L else hidden.kind, z, f"z.{i}", saturated)
        if i < L:
            add("slope", i, "unit", passes.slopes[i - 1][:, sample], f"delta.{i}")
            add("weighted", i, "delta", passes.weighted[i - 1][:, sample], f"delta.{i}")
            dead = np.where((delta == 0) & wrong.any(axis=1, keepdims=True), DEAD, PLAIN)
        else:
            dead = np.where(dead_output, DEAD, PLAIN)
        add("delta", i, "delta", delta, f"delta.{i}", dead.astype(np.uint8))
        with np.errstate(invalid="ignore", over="ignore"):  # ∞ × 0 is shown
            share = delta[:, :, None] * passes.z[i - 1][:, sample, None, :]
        add("product", i, "delta", share, f"dW.{i}")
        add("dW", i, "delta", passes.dW[i - 1], f"dW.{i}")
        if passes.db is not None:
            add("db", i, "delta", passes.db[i - 1], f"dW.{i}")
    h_out = passes.h[-1][:, sample]
    target = recording.y[sample]
    add("y", L, "unit", np.broadcast_to(target, h_out.shape), "start")
    add("h_out", L, "h", h_out, f"h.{L}")
    for step in recording.derivative.steps:
        shown = passes.output[step.name][:, sample]
        add(f"step.{step.name}", L, "delta", shown, f"delta.{L}")
    costs = run(cost_steps(recording.derivative), recording.derivative.inputs(h_out, target))
    for step in cost_steps(recording.derivative):
        add(f"cost.{step.name}", L, "delta", costs[step.name], f"cost.{L}")
    true = true_delta(recording.derivative.cost, h_out, target)
    add("true_delta", L, "delta", true, f"delta.{L}")
    add("J", L, "delta", recording.cost[updates][:, None], f"cost.{L}")
    add("true_J", L, "delta", recording.true_cost[updates][:, None], f"cost.{L}")
    return parts


def _empty(recording: Recording, updates: Array, parts: list[_Part]) -> Channels:
    """Channels for all of `updates`, with the blocks of `parts` and no numbers yet."""
    blocks: list[Block] = []
    order, end = numbered(len(recording.start.sizes) - 1), 0
    for part in parts:
        known, letter = order[part.known], LETTERS.get(part.name, part.name)
        blocks.append(
            Block(part.name, part.layer, end, part.numbers.shape[1:], part.kind, known, letter)
        )
        end += part.numbers[0].size
    shape = len(updates), end
    cells = 3 * sum(recording.start.sizes[1:])
    count = segments(len(updates), cells, len(recording.X))
    striped = np.empty((len(updates), cells if count else 0, count), np.uint8)
    return Channels(
        blocks, updates, np.empty(shape), np.empty(shape, np.uint8), np.zeros(shape, np.uint8),
        striped,
    )  # fmt: skip


def _kinds(blocks: list[Block]) -> dict[str, Array]:
    """The channels of each kind, to be coded in one call instead of a hundred, one a block."""
    kinds = np.repeat([block.kind for block in blocks], [np.prod(block.shape) for block in blocks])
    return {str(kind): np.flatnonzero(kinds == kind) for kind in np.unique(kinds)}


def _fill(packed: Channels, frames: slice, parts: list[_Part], kinds: dict[str, Array]) -> None:
    """Write the numbers of some frames, and from them the codes and states."""
    values, states = packed.values[frames], packed.states[frames]
    for block, part in zip(packed.blocks, parts, strict=True):
        numbers = part.numbers.reshape(len(values), -1)
        at = slice(block.start, block.start + numbers.shape[1])
        values[:, at] = numbers
        if part.state is not None:
            states[:, at] = part.state.reshape(len(values), -1)
    not_numbers = np.isnan(values)
    values[not_numbers] = np.nan  # of all NaNs the same one: processors give it different bits
    states[not_numbers] = NOT_A_NUMBER
    states[values == np.inf] = PLUS_INFINITY
    states[values == -np.inf] = MINUS_INFINITY
    for kind, columns in kinds.items():
        packed.codes[frames, columns] = coded(kind, values[:, columns])


def _kept_updates(recording: Recording) -> Array:
    numbers = recording.parameters.shape[1] * 2 + 5 * sum(recording.start.sizes)
    every = -(-numbers * (recording.updates + 1) // MOST_VALUES)
    kept = np.zeros(recording.updates + 1, dtype=bool)
    kept[::every] = kept[-1] = True
    kept[:10] = True
    fault = recording.first_fault
    if fault is not None:
        kept[max(0, fault.update - 5) : fault.update + 6] = True
    return np.flatnonzero(kept)


def _saturated(z: Array, activation: Activation) -> Array:
    states = np.zeros(z.shape, np.uint8)
    for end in activation.ends:
        states[z == end] = SATURATED
    return states


def _dead(recording: Recording, passes: Passes, sample: int) -> tuple[Array, Array]:
    """Where the outputs are wrong in truth, and where their δ still says (nearly) nothing."""
    h, delta = passes.h[-1][:, sample], passes.delta[-1][:, sample]
    return wrong_and_dead(h, recording.y[sample], delta)

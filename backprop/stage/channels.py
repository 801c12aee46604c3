"""The numbers of a recording by channel: of one sample, at some updates, with colours and states.

A frame is one update; a channel is one number of it, such as δ of unit 2 of layer 1. `values` are
float64 and hold every format exactly, `codes` choose colours, `states` say what is special. Stills
and printed pages are drawn from it; the player's own engine packs the same bytes.
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

PLAIN, SATURATED, DEAD, NOT_A_NUMBER, PLUS_INFINITY, MINUS_INFINITY = range(len(get_args(State)))


@dataclass(frozen=True)
class Channels:
    """The blocks in the order of their channels, and three arrays (frames, channels)."""

    blocks: list[Block]
    values: Array
    codes: Array
    states: Array


def pack(recording: Recording, sample: int, updates: Array) -> Channels:
    """Every channel of `sample` (counted from 0) of a recording, a frame for each of `updates`."""
    passes = recording.stacked(updates)
    parts = _parts(recording, sample, updates, passes)
    blocks, frames = _blocks(parts, len(recording.start.sizes) - 1), len(updates)
    numbers = [part.numbers.astype(np.float64).reshape(frames, -1) for part in parts]
    values = np.concatenate(numbers, axis=1)
    states = np.concatenate([_states(part).reshape(frames, -1) for part in parts], axis=1)
    values[np.isnan(values)] = np.nan  # of all NaNs the same one: processors give it different bits
    states[np.isnan(values)] = NOT_A_NUMBER
    states[values == np.inf] = PLUS_INFINITY
    states[values == -np.inf] = MINUS_INFINITY
    codes = np.empty(values.shape, np.uint8)
    for kind, columns in _kinds(blocks).items():
        codes[:, columns] = coded(kind, values[:, columns])
    return Channels(blocks, values, codes, states)


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


def _blocks(parts: list[_Part], layers: int) -> list[Block]:
    """Where the channels of each part lie in a frame."""
    blocks: list[Block] = []
    order, end = numbered(layers), 0
    for part in parts:
        known, letter = order[part.known], LETTERS.get(part.name, part.name)
        blocks.append(
            Block(part.name, part.layer, end, part.numbers.shape[1:], part.kind, known, letter)
        )
        end += part.numbers[0].size
    return blocks


def _states(part: _Part) -> Array:
    """What is special about the finite numbers of a part."""
    return np.zeros(part.numbers.shape, np.uint8) if part.state is None else part.state


def _kinds(blocks: list[Block]) -> dict[str, Array]:
    """The channels of each kind, to be coded in one call instead of a hundred, one a block."""
    kinds = np.repeat([block.kind for block in blocks], [np.prod(block.shape) for block in blocks])
    return {str(kind): np.flatnonzero(kinds == kind) for kind in np.unique(kinds)}


def _saturated(z: Array, activation: Activation) -> Array:
    states = np.zeros(z.shape, np.uint8)
    for end in activation.ends:
        states[z == end] = SATURATED
    return states


def _dead(recording: Recording, passes: Passes, sample: int) -> tuple[Array, Array]:
    """Where the outputs are wrong in truth, and where their δ still says (nearly) nothing."""
    h, delta = passes.h[-1][:, sample], passes.delta[-1][:, sample]
    return wrong_and_dead(h, recording.y[sample], delta)

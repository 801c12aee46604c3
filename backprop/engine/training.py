"""Training, recorded, and the race of several output derivatives from one start in lockstep.

The updates themselves, and what is kept of them, are in `descent`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from backprop.engine.arithmetic import format_of
from backprop.engine.demands import instance, several, whole
from backprop.engine.derivatives import (
    CLAMPED,
    DERIVATIVES,
    OutputDerivative,
    output_derivative,
    sole,
)
from backprop.engine.descent import descend, rate_in
from backprop.engine.forms import BY_NAME
from backprop.engine.network import Network, batch
from backprop.engine.recording import Recording
from backprop.engine.runners import Runner, parse_runner

__all__ = ["Recording", "continued", "race", "train"]

MOST_UPDATES = 10**9
"""No memory holds a longer recording; below it memory decides."""


def train(
    net: Network,
    X: ArrayLike,
    y: ArrayLike,
    updates: int = 120,
    learning_rate: float = 1.0,
    derivative: str | OutputDerivative = "fused",
    epsilon: float = 1e-7,
    clamp: str = "denominator",
    master: str | None = None,
    cost: str = "bce",
) -> Recording:
    """Full-batch gradient descent on the averaged cost, recorded.

    `master` names a wider format in which the parameters are kept and updated while all else runs
    in the network's format ("master weights"). With updates=0 the recording is the start alone.
    Raises ValueError as `backpropagate` does, and for a number of updates below 0 or a learning
    rate that is not a positive finite number.
    """
    (recording,) = race(
        net, X, y, [output_derivative(derivative, epsilon, clamp, cost)],
        updates=updates, learning_rate=learning_rate, master=master,
    ).values()  # fmt: skip
    return recording


def race(
    net: Network,
    X: ArrayLike,
    y: ArrayLike,
    runners: Sequence[str | OutputDerivative | Runner] = DERIVATIVES,
    updates: int = 120,
    learning_rate: float = 1.0,
    epsilon: float = 1e-7,
    clamp: str = "denominator",
    master: str | None = None,
    cost: str = "bce",
) -> dict[str, Recording]:
    """A recording for each runner, all from the same start in lockstep.

    A runner is the name of a derivative, an OutputDerivative, a Runner, or a Runner's text such as
    clamped:clip:1e-7 or fused@float16. ε and clamp that it does not say are those of the call, its
    format that of the network, which is rounded to the format of each runner. The keys are the
    names or texts of the runners. Each recording has the bits that it would have alone. With
    cost="quadratic" there is one derivative, so one recording, "quadratic". All else, and errors,
    are as with `train`; besides, two runners must not have the same name.
    """
    instance("net", net, Network, "Network.random([2, 4, 4, 1])")
    updates = whole("The number of updates", updates, 0, 120, MOST_UPDATES)
    listed = several("The runners", runners, "derivatives", '["naive", "fused"]')
    entrants = [_entrant(net, runner, epsilon, clamp, cost) for runner in listed]
    if sole(cost):
        entrants = entrants[:1]
    names = [name for name, _, _ in entrants]
    if not entrants or len(set(names)) < len(names):
        raise ValueError(
            f"A race needs runners with different names, got {names}. Name variants of one "
            "derivative by their text, such as clamped:clip:1e-7 and clamped:clip:1e-8."
        )
    recordings: dict[str, Recording] = {}
    for computes in dict.fromkeys(computes for _, _, computes in entrants):
        start = net.astype(computes)
        inputs, targets = batch(start, X, y)
        alpha = rate_in(learning_rate, start.format if master is None else format_of(master))
        group = {name: derivative for name, derivative, own in entrants if own == computes}
        row = start.layout.join(start.weights, start.biases).astype(alpha.dtype)
        rows = np.broadcast_to(row, (len(group), row.size))
        runs = descend(
            start.layout, start.hidden, inputs, targets, list(group.values()), updates, alpha, rows
        )
        for (name, derivative), (parameters, h_out) in zip(group.items(), runs, strict=True):
            recordings[name] = Recording(
                start, inputs, targets, derivative, learning_rate, parameters, h_out
            )
    return {name: recordings[name] for name in names}


def continued(recordings: Mapping[str, Recording], updates: int) -> dict[str, Recording]:
    """The same race, `updates` longer, with the same bits as if it had been that long at once.

    So a long race can be run a stretch at a time, to show how far it is and to be stopped.
    Raises ValueError for what is no mapping of recordings, and for a number of updates below 0.
    """
    instance("The recordings", recordings, Mapping, "continued(race(net, X, y), 100)")
    for name, recording in recordings.items():
        instance(f"The recording {name!r}", recording, Recording, "train(net, X, y)")
    updates = whole("The number of updates", updates, 0, 100, MOST_UPDATES)
    after = stretch(recordings, updates)
    return {name: joined(recording, after[name]) for name, recording in recordings.items()}


def joined(recording: Recording, after: Recording) -> Recording:
    """A recording and the stretch that follows it, which begins where the recording ends."""
    return replace(
        recording,
        parameters=np.concatenate([recording.parameters, after.parameters[1:]]),
        h_out=np.concatenate([recording.h_out, after.h_out[1:]]),
    )


def stretch(recordings: Mapping[str, Recording], updates: int) -> dict[str, Recording]:
    """The next `updates` of a race alone: recordings that begin at the last update so far."""
    kinds = {name: (r.X.dtype, r.parameters.dtype) for name, r in recordings.items()}
    stretches: dict[str, Recording] = {}
    for kind in dict.fromkeys(kinds.values()):
        group = {name: r for name, r in recordings.items() if kinds[name] == kind}
        first = next(iter(group.values()))
        alpha = rate_in(first.learning_rate, format_of(kind[1]))
        rows = np.stack([r.parameters[-1] for r in group.values()])
        derivatives = [r.derivative for r in group.values()]
        runs = descend(
            first.layout, first.start.hidden, first.X, first.y, derivatives, updates, alpha, rows
        )
        for (name, recording), (parameters, h_out) in zip(group.items(), runs, strict=True):
            stretches[name] = replace(recording, parameters=parameters, h_out=h_out)
    return {name: stretches[name] for name in recordings}


def _entrant(
    net: Network, runner: str | OutputDerivative | Runner, epsilon: float, clamp: str, cost: str
) -> tuple[str, OutputDerivative, str]:
    """The name of a runner in the results, its derivative and its format."""
    if isinstance(runner, str) and runner not in BY_NAME:
        like = Runner(OutputDerivative(CLAMPED, epsilon, clamp), net.format.name)
        named = parse_runner(runner, like)
        return runner, named.derivative, named.format
    if isinstance(runner, Runner):
        return runner.text, runner.derivative, runner.format
    derivative = output_derivative(runner, epsilon, clamp, cost)
    return derivative.name, derivative, net.format.name

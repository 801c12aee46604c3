"""A recording in one line."""

from __future__ import annotations

from backprop.engine.training import Recording


def described(recording: Recording) -> str:
    """The network, the data and the training in one line."""
    net = recording.start
    hidden = f", {net.hidden}" if len(net.sizes) > 2 else ""
    return (
        f"{'-'.join(map(str, net.sizes))}{hidden}, {net.format.name}, "
        f"{len(recording.X)} sample{'s' if len(recording.X) > 1 else ''}, "
        f"{recording.updates} updates, α = {recording.learning_rate:g}"
    )

"""An experiment in one line."""

from __future__ import annotations

from backprop.stage.protocol import Experiment


def described(experiment: Experiment) -> str:
    """The network, the data and the training in one line."""
    sizes, samples = experiment["sizes"], len(experiment["X"])
    hidden = f", {experiment['hidden']}" if len(sizes) > 2 else ""
    return (
        f"{'-'.join(map(str, sizes))}{hidden}, {experiment['format']}, "
        f"{samples} sample{'s' if samples > 1 else ''}, "
        f"{experiment['updates']} updates, α = {experiment['alpha']:g}"
    )

"""An experiment in one line."""

from __future__ import annotations

from backprop.engine.digits import shortest
from backprop.stage.protocol import Experiment

DESCRIBED = "{sizes}, {hidden}, {format}, {samples} samples, {updates} updates, α = {alpha}"
"""The line with places, in parts between commas: without hidden layers their activation is left
out, and of one sample there are no samples. A page without Python fills it too."""


def described(experiment: Experiment) -> str:
    """The network, the data and the training in one line."""
    sizes, samples = experiment["sizes"], len(experiment["X"])
    line = DESCRIBED if len(sizes) > 2 else DESCRIBED.replace("{hidden}, ", "")
    alpha = shortest(float(f"{experiment['alpha']:g}"))
    return (line if samples > 1 else line.replace("samples,", "sample,")).format(
        sizes="-".join(map(str, sizes)), hidden=experiment["hidden"], format=experiment["format"],
        samples=samples, updates=experiment["updates"], alpha=alpha,
    )  # fmt: skip

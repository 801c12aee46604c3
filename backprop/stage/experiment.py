"""A scenario as the page's own engine takes it: numbers and names alone, no rounding yet.

The JavaScript in `engine/` computes from it the bytes that `channels.pack` makes of an update.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from backprop.engine.passes import Layout
from backprop.engine.training import Recording
from backprop.scenario.scenario import Scenario
from backprop.stage.protocol import Experiment


def experiment(scenario: Scenario) -> Experiment:
    """What a scenario trains: every derivative that it offers, the chosen one shown."""
    data = scenario.unedited()
    sizes = (data.X.shape[1], *scenario.units, data.y.shape[1])
    count = Layout(sizes, scenario.bias).numbers
    return {
        "sizes": list(sizes),
        "bias": scenario.bias,
        "hidden": scenario.hidden,
        "format": scenario.format,
        "draws": np.random.default_rng(scenario.seed).normal(size=count).tolist(),
        "scale": scenario.scale,
        "zeroBiases": scenario.zero_biases,
        "outputBias": scenario.output_bias,
        "weights": list(scenario.weights),
        "X": data.X.tolist(),
        "y": data.y.tolist(),
        "edits": [(index, list(row)) for index, row in scenario.edits],
        "alpha": scenario.learning_rate,
        "updates": scenario.updates,
        "runners": [
            {"name": one.name, "form": one.variant, "epsilon": one.epsilon}
            for one in scenario.derivatives()
        ],
        "shown": scenario.running,
        "sample": scenario.sample - 1,
    }


def of_recordings(recordings: Mapping[str, Recording], shown: str, sample: int) -> Experiment:
    """What was recorded, from the very numbers that it began with; `sample` counts from 0.

    Raises ValueError for master weights: the page's engine keeps parameters in the format in which
    it computes.
    """
    first = recordings[shown]
    kept, computed = first.parameters.dtype, first.X.dtype
    if kept != computed:
        raise ValueError(
            f"The stage trains in one format, but this recording computes in {computed} and keeps "
            f"its weights in {kept}. Show one without master weights, or read it with trace(k)."
        )
    start, biases = first.start, first.start.biases or [np.empty(0)] * len(first.start.weights)
    layers = zip(start.weights, biases, strict=True)
    numbers = np.concatenate([np.append(W, b).astype(np.float64) for W, b in layers])
    return {
        "sizes": list(start.sizes),
        "bias": start.biases is not None,
        "hidden": start.hidden,
        "format": start.format.name,
        "draws": numbers.tolist(),
        "scale": 1.0,
        "zeroBiases": False,
        "outputBias": 0.0,
        "weights": [],
        "X": first.X.astype(np.float64).tolist(),
        "y": first.y.astype(np.float64).tolist(),
        "edits": [],
        "alpha": first.learning_rate,
        "updates": first.updates,
        "runners": [
            {"name": name, "form": one.derivative.form.key, "epsilon": one.derivative.epsilon}
            for name, one in recordings.items()
        ],
        "shown": shown,
        "sample": sample,
    }

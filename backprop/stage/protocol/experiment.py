"""The experiment: what both engines train."""

from __future__ import annotations

from typing import TypedDict


class ExperimentRunner(TypedDict):
    """Who is trained: a name among the runners, the key of a form of δ_L, such as "clip", and ε."""

    name: str
    form: str
    epsilon: float


class Experiment(TypedDict):
    """What is to be trained, as both engines compute it: network, data, and who takes part.

    The start: of each layer W (nᵢ, nᵢ₋₁), row by row, and then b are `scale` × the next of `draws`;
    with `zeroBiases` each b is 0; `outputBias` is added to the last one; `weights` replace single
    numbers (["W1.0.2", 0.5]); then all is rounded once to the format. `draws` may be more than
    these sizes need. The samples X (samples, n₀) and y (samples, n_L) are replaced, row by row, by
    `edits` [sample, [x…, y…]], and rounded as well. `alpha` is the learning rate. The form of a
    runner says which cost it descends. `shown` is the name of the runner that is shown, `sample`
    (from 0) the sample.
    """

    sizes: list[int]
    bias: bool
    hidden: str
    format: str
    draws: list[float]
    scale: float
    zeroBiases: bool
    outputBias: float
    weights: list[tuple[str, float]]
    X: list[list[float]]
    y: list[list[float]]
    edits: list[tuple[int, list[float]]]
    alpha: float
    updates: int
    runners: list[ExperimentRunner]
    shown: str
    sample: int

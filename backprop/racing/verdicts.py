"""What became of a training run, in words: the one source for Race, the Live page and lessons.

    breaks     a weight is NaN or ∞ at the end, or some δ or h_L is
    silent     samples are far off and have (nearly) no δ at the output
    learned    every sample is as near its target as one can ask
    deaf       every slope of a hidden layer is (nearly) 0
    swings     the cost rises and falls without a trend
    grows      the cost ends above its start
    learning   the cost still falls
    base rate  the cost stands still, and one answer for all would get as many samples right
    stalls     the cost stands still before all is learned

The first that holds, in this order, is the verdict; `signs` decides what holds, and `sentences`
says it, with what holds besides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backprop.engine.digits import written
from backprop.engine.training import Recording
from backprop.racing.sentences import SENTENCES, of_fault, of_inputs
from backprop.racing.signs import Signs, signs


@dataclass(frozen=True)
class Verdict:
    """How training ended: `kind` is one of `SENTENCES`.

    `short` is for a caption, and `words` are sentences. `lie` says what the displayed cost hides
    ("" where it is the true one). `brief` is the first and the last sentence (what it is, and what
    to do or where the cost goes), and the lie. `last_finite` is the last update whose network and
    outputs are finite; None if not even those of update 0 are.
    """

    kind: str
    short: str
    brief: str
    words: str
    lie: str
    last_finite: int | None

    @property
    def text(self) -> str:
        """All that is said: `words`, then `lie`."""
        return f"{self.words} {self.lie}".rstrip()


def verdict(recording: Recording) -> Verdict:
    """The verdict on a recording."""
    seen, last = signs(recording), last_finite(recording)
    kind = kind_of(recording, seen)
    short, sentences = SENTENCES[kind](recording, seen)
    if kind != "breaks":
        sentences.append(of_fault(recording, seen))
    if kind != "learned":
        sentences.append(of_inputs(seen))
    said, lie = [sentence for sentence in sentences if sentence], _lie(recording, last)
    brief = [said[0], *said[1:][-1:], lie]
    return Verdict(kind, short, " ".join(brief).rstrip(), " ".join(said), lie, last)


def last_finite(recording: Recording) -> int | None:
    """The last update whose weights, biases and h_L are all finite; None if there is none."""
    finite = np.isfinite(recording.parameters).all(axis=1)
    finite &= np.isfinite(recording.h_out).all(axis=(1, 2))
    return int(np.flatnonzero(finite)[-1]) if finite.any() else None


def kind_of(recording: Recording, seen: Signs) -> str:
    """The key in `SENTENCES` for a recording with the signs `seen`."""
    if seen.lost or not np.isfinite(recording.parameters[-1]).all():
        return "breaks"
    if seen.dead:
        return "silent"
    if seen.met == seen.samples and (seen.steady or seen.trend != "swings"):
        return "learned"
    if seen.deaf:
        return "deaf"
    if seen.trend in ("swings", "grows"):
        return seen.trend
    if seen.trend == "falls":
        return "learning"
    no_better = seen.classes > 1 and seen.right <= seen.same and not seen.soft
    return "base rate" if no_better else "stalls"


def _lie(recording: Recording, last: int | None) -> str:
    """What is wrong with the cost that is displayed at the last finite update."""
    k = recording.updates if last is None else last
    shown, true = float(recording.cost[k]), float(recording.true_cost[k])
    if not np.isfinite(true) or abs(shown - true) <= max(0.05 * true, 1e-3):
        return ""
    it = "It" if k == recording.updates else f"At update {k} it"
    return f"{it} shows a cost of {written(shown)}; the true one is {written(true)}."

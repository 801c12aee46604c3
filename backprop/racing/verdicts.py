"""What became of a runner, in words: it breaks, goes silent, learns, or is not done.

A broken runner says so itself, by its NaN. A silent one does not: every number is finite, and
samples that are wrong have a δ of (nearly) 0, so that they are never learned.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backprop.faults import written
from backprop.racing.summary import Summary, is_right
from backprop.training import Recording


@dataclass(frozen=True)
class Verdict:
    """How a race ended for a runner: `kind` is "breaks", "silent", "learns" or "unfinished".

    `short` is for a caption, `words` are sentences, and `lie` says what the displayed cost hides
    ("" where it is the true one). `last_finite` is the last update whose network and outputs are
    finite; None if not even those of update 0 are.
    """

    kind: str
    short: str
    words: str
    lie: str
    last_finite: int | None


def verdict(recording: Recording, summary: Summary) -> Verdict:
    """The verdict on a recording, given its summary."""
    last = last_finite(recording)
    kind, short, words = _fate(recording, summary, last)
    shown = recording.updates if last is None else last
    return Verdict(kind, short, words, _lie(summary, shown), last)


def last_finite(recording: Recording) -> int | None:
    """The last update whose weights, biases and h_L are all finite; None if there is none."""
    finite = np.isfinite(recording.parameters).all(axis=1)
    finite &= np.isfinite(recording.h_out).all(axis=(1, 2))
    return int(np.flatnonzero(finite)[-1]) if finite.any() else None


def _fate(recording: Recording, summary: Summary, last: int | None) -> tuple[str, str, str]:
    samples, updates = summary.samples, recording.updates
    fault = recording.first_fault
    if last is None or last < updates or summary.lost[-1]:
        at = updates if last is None else last
        k = at if fault is None else fault.update
        right = ""
        if fault is not None and fault.sample is not None and fault.operation != "h":
            right = _was_right(recording, fault.update, fault.sample)
        return "breaks", f"breaks at update {k}", (
            f"Breaks loudly at update {k}{right}. Nothing after it is finite, so you notice."
        )  # fmt: skip
    dead, right_now = int(summary.dead[-1]), int(summary.right[-1])
    if dead:
        who = "1 sample is wrong and its" if dead == 1 else f"{dead} samples are wrong and their"
        return "silent", f"silent: {dead} of {samples} dead", (
            f"Goes silent: {who} δ is (nearly) 0, so nothing is learned there any more. "
            "Every number is finite, and no message says so."
        )  # fmt: skip
    survived = "" if fault is None else f" A value left the format at update {fault.update}."
    if right_now == samples:
        return "learns", "learns", f"Learns: every sample is right.{survived}"
    return "unfinished", f"{right_now} of {samples} right", (
        f"Not there yet: {right_now} of {samples} samples are right after {updates} updates, "
        f"and no δ at the output is dead.{survived}"
    )  # fmt: skip


def _was_right(recording: Recording, k: int, sample: int) -> str:
    if is_right(recording.h_out[k], recording.y)[sample]:
        return f", on sample {sample + 1}, which the network has right"
    return f", on sample {sample + 1}"


def _lie(summary: Summary, k: int) -> str:
    """What is wrong with the cost that is displayed at update k."""
    shown, true = float(summary.cost[k]), float(summary.true_cost[k])
    if not np.isfinite(true) or abs(shown - true) <= 0.05 * true:
        return ""
    return f"It shows a cost of {written(shown)}; the true one is {written(true)}."

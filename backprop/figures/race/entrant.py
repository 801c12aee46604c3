"""A runner with everything that the Race page says of it."""

from __future__ import annotations

from dataclasses import dataclass

from backprop.engine.runners import Runner
from backprop.engine.training import Recording
from backprop.racing.summary import Summary
from backprop.racing.verdicts import Verdict


@dataclass(frozen=True)
class Entrant:
    """A runner with all that the page says of it; `query` is its link to the Live page."""

    runner: Runner
    recording: Recording
    summary: Summary
    verdict: Verdict
    query: str

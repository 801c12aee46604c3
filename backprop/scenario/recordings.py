"""The recordings of scenarios: one cache for all sessions, with a limit in bytes.

The limit is 256 MB, or what the environment variable `BACKPROP_CACHE_MB` says. A recording is kept
once, whichever page asks for it, and under what it is made of: the track (network, data, learning
rate, updates), the output derivative and the number format. What is drawn from recordings and worth
keeping, such as packed scenes, is weighed in the same cache.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from weakref import WeakValueDictionary

from backprop.engine.arithmetic import FORMATS
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.runners import Runner
from backprop.engine.training import Recording, joined, race, stretch
from backprop.scenario.cache import Cache
from backprop.scenario.scenario import Scenario

USUAL_MEGABYTES = 256
_SMALL = 20_000
"""Bytes for what a recording holds beside its arrays."""

Entry = tuple[OutputDerivative, str]
"""Who is recorded: an output derivative, and the name of the format in which it computes."""


def limit_from(environment: Mapping[str, str]) -> int:
    """The limit in bytes that `BACKPROP_CACHE_MB` asks for; ValueError if it is no number."""
    text = environment.get("BACKPROP_CACHE_MB", "").strip() or str(USUAL_MEGABYTES)
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise ValueError(
            f"BACKPROP_CACHE_MB must be a whole number of megabytes, got {text!r:.40}. "
            f"Try {USUAL_MEGABYTES}, or 0 to keep nothing."
        )
    return int(text) * 1_000_000


KEPT = Cache(limit_from(os.environ))
_alive: WeakValueDictionary[tuple[Scenario, Runner], Recording] = WeakValueDictionary()
"""Recordings in use, also after the cache has dropped them, so that none is computed twice."""


def recordings(scenario: Scenario) -> dict[str, Recording]:
    """The race of all derivatives that the scenario offers, in its format, by name.

    Raises ValueError as `training.race` does.
    """
    found = _recorded(scenario, scenario.derivatives())
    return {one.derivative.name: one for one in found}


def running(scenario: Scenario) -> Recording:
    """The recording of the shown derivative; the others are not trained for it.

    Raises ValueError as `training.race` does.
    """
    return _recorded(scenario, [scenario.output_derivative(scenario.derivative)])[0]


def _recorded(scenario: Scenario, derivatives: Sequence[OutputDerivative]) -> list[Recording]:
    course = Course(scenario, [(one, scenario.format) for one in derivatives])
    while course.updates < scenario.updates:
        course.run(scenario.updates)
    return [*course.recordings().values()]


def weight(recording: Recording) -> int:
    """How many bytes a recording takes."""
    data = 2 * 8 * (recording.X.size + recording.y.size)  # also the table in the scenario
    costs = 16 * len(recording.parameters)
    return int(recording.parameters.nbytes + recording.h_out.nbytes) + data + costs + _SMALL


class Course:
    """The race of a scenario as far as it has been run: a stretch at a time, or all at once.

    The recordings are in the cache, so that a race that was stopped goes on where it was. Sessions
    that run the same race take turns.
    """

    def __init__(self, scenario: Scenario, entries: Sequence[Entry]) -> None:
        self.track, self.entries = scenario.track(), tuple(entries)
        self._recorded: dict[Entry, Recording] = {}
        self._look()

    @property
    def updates(self) -> int:
        """The number of updates that all runners have."""
        return min((self._so_far(entry) for entry in self.entries), default=0)

    def recordings(self, most: int | None = None) -> dict[Entry, Recording]:
        """The recordings so far, all of the same length: `updates`, or `most` if that is less.

        Empty before the first stretch.
        """
        last = self.updates if most is None else min(most, self.updates)
        if not last:
            return {}
        return {entry: _first(self._recorded[entry], last) for entry in self.entries}

    def run(self, updates: int) -> None:
        """Run the runners with the fewest updates by at most `updates` more.

        Raises ValueError as `training.race` does.
        """
        with KEPT.turn(self.track):
            self._look()
            behind = self.updates
            group = [entry for entry in self.entries if self._so_far(entry) == behind]
            updates = min(updates, self.track.updates - behind)
            if updates > 0:
                self._advance(group, updates)

    def _advance(self, group: Sequence[Entry], updates: int) -> None:
        runners = {Runner(*entry).text: entry for entry in group}
        known = {
            text: self._recorded[entry]
            for text, entry in runners.items()
            if entry in self._recorded
        }
        if known:
            after = stretch(known, updates)
            del known
        else:
            data, start = self.track.dataset(), self.track.network()
            numbers = start.layout.numbers + data.y.size
            narrow = sum(FORMATS[number_format].dtype.itemsize for _, number_format in group)
            KEPT.make_room((updates + 1) * numbers * narrow)
            after = race(
                start, data.X, data.y, [Runner(*entry) for entry in group],
                updates=updates, learning_rate=self.track.learning_rate,
            )  # fmt: skip
        for text, entry in runners.items():
            part = replace(after.pop(text), derivative=entry[0])
            before = self._recorded.pop(entry, None)
            recording = part if before is None else joined(before, part)
            self._recorded[entry] = recording
            KEPT.keep((self.track, entry), recording, weight(recording))
            _alive[self.track, Runner(*entry)] = recording

    def _so_far(self, entry: Entry) -> int:
        return self._recorded[entry].updates if entry in self._recorded else 0

    def _look(self) -> None:
        """Take over what is kept by now, if it is longer."""
        for entry in self.entries:
            found = KEPT.find((self.track, entry)) or _alive.get((self.track, Runner(*entry)))
            if found is None or found.updates <= self._so_far(entry):
                continue
            if found.derivative != entry[0]:  # it differs in an ε that it does not use
                found = replace(found, derivative=entry[0])
            KEPT.keep((self.track, entry), found, weight(found))
            self._recorded[entry] = found


def _first(recording: Recording, updates: int) -> Recording:
    """The first `updates` of a recording; itself if it has no more."""
    if recording.updates == updates:
        return recording
    return replace(
        recording,
        parameters=recording.parameters[: updates + 1],
        h_out=recording.h_out[: updates + 1],
    )

"""Work that can wait, in a share of the time, so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import TypeVar

T = TypeVar("T")


class Spare:
    """Does one piece of work at a time, for all sessions, in at most `part` of the time (0 to 1).

    So a quick piece is always done for one who is alone, and a hundred who ask at once get as much
    as the server can bear.
    """

    def __init__(self, part: float, now: Callable[[], float] = monotonic) -> None:
        self._rest, self._now = 1 / part - 1, now
        self._busy, self._free = Lock(), float("-inf")

    def do(self, work: Callable[[], T]) -> T | None:
        """What `work` gives; None, and nothing is done, while there is no time for it."""
        if not self._busy.acquire(blocking=False):
            return None
        try:
            start = self._now()
            if start < self._free:
                return None
            try:
                return work()
            finally:
                end = self._now()
                self._free = end + (end - start) * self._rest
        finally:
            self._busy.release()

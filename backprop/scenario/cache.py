"""A cache with a limit in bytes: what was used least recently goes first.

It is safe for threads. A value that weighs more than the whole limit is handed out and not kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Cache:
    """Values by key; their weights, which callers give in bytes, add up to `limit` at most."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()
        self._turns: dict[Hashable, tuple[Lock, int]] = {}

    def __len__(self) -> int:
        return len(self._values)

    def find(self, key: Hashable) -> Any | None:
        """The value of `key`, which is then the last to be dropped; None where none is kept."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def keep(self, key: Hashable, value: Any, weight: int) -> None:
        """Keep a value, in place of an older one of this key; not one heavier than the limit."""
        with self._lock:
            self._drop(key)
            if weight <= self.limit:
                self._shrink(self.limit - weight)
                self._values[key] = value, weight
                self.bytes += weight

    def make_room(self, weight: int) -> None:
        """Drop the values least recently used until one of this weight fits beside the others."""
        with self._lock:
            self._shrink(max(self.limit - weight, 0))

    def get(self, key: Hashable, make: Callable[[], T], weigh: Callable[[T], int]) -> T:
        """The value of `key`, made if it is not kept. Other threads that ask for it wait."""
        found = self.find(key)
        if found is not None:
            return cast(T, found)
        with self.turn(key):
            found = self.find(key)
            if found is not None:
                return cast(T, found)
            value = make()
            self.keep(key, value, weigh(value))
            return value

    @contextmanager
    def turn(self, key: Hashable) -> Iterator[None]:
        """A context that one thread at a time is in for each key; the others wait."""
        with self._lock:
            turn, waiting = self._turns.get(key, (Lock(), 0))
            self._turns[key] = turn, waiting + 1
        try:
            with turn:
                yield
        finally:
            with self._lock:
                turn, waiting = self._turns[key]
                self._turns[key] = turn, waiting - 1
                if waiting == 1:
                    del self._turns[key]

    def _drop(self, key: Hashable) -> None:
        if key in self._values:
            self.bytes -= self._values.pop(key)[1]

    def _shrink(self, limit: int) -> None:
        while self.bytes > limit:
            self._drop(next(iter(self._values)))

"""What is too large for a link, kept under its digest as long as there is room: a bounded store.

A link names it; the server that made the link still has it after a reload. It is given up least
recently used first, so a link that others shall open must be short, or be the scenario's file.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

from backprop.scenario.datasets import Dataset

Kept = Dataset | str


class Store:
    """Data sets and texts by digest; the oldest are dropped beyond `most` bytes together."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.bytes = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def remember(self, value: Kept) -> str:
        """Keep `value` as the newest, and return its digest, under which it can be recalled."""
        digest = digest_of(value)
        with self._lock:
            if digest in self._kept:
                self._kept.move_to_end(digest)
            elif size_of(value) <= self.most:
                self._kept[digest] = value
                self.bytes += size_of(value)
            while self.bytes > self.most:
                self.bytes -= size_of(self._kept.popitem(last=False)[1])
        return digest

    def recall(self, digest: str) -> Kept | None:
        """The value with this digest, which becomes the newest; None if it is no longer kept."""
        with self._lock:
            if digest in self._kept:
                self._kept.move_to_end(digest)
            return self._kept.get(digest)


def digest_of(value: Kept) -> str:
    """32 hexadecimal digits that name a data set or a text."""
    if isinstance(value, Dataset):
        return value.digest
    return hashlib.sha256(value.encode()).hexdigest()[:32]


def size_of(value: Kept) -> int:
    """About how many bytes of memory a value takes."""
    if isinstance(value, str):
        return 100 + len(value.encode())
    words = (*value.feature_names, *value.target_names, *value.notes)
    return 1000 + value.X.nbytes + value.y.nbytes + sum(len(w.encode()) for w in words)


_STORE = Store(64 * 2**20)
"""The one of this process: room for at least 80 of the largest tables."""

remember, recall = _STORE.remember, _STORE.recall

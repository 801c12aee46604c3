"""What is kept for links is given back by its digest, and never takes more than its room."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from backprop.scenario.datasets import dataset
from backprop.scenario.kept import Store, size_of


def table(n):
    return dataset("own", np.full((100, 2), float(n)), np.ones(100))


def test_a_table_and_a_text_are_recalled_by_their_digest():
    store = Store(10_000)
    for value in (table(1), "W1.0.0:1"):
        assert store.recall(store.remember(value)) == value
    assert store.recall("0" * 32) is None


def test_the_least_recently_used_goes_first_and_the_room_is_kept():
    room = 3 * size_of(table(0))
    store = Store(room)
    digests = [store.remember(table(n)) for n in range(3)]
    store.recall(digests[0])
    store.remember(table(3))
    assert [store.recall(d) is not None for d in digests] == [True, False, True]
    for n in range(100):
        store.remember(table(n))
        assert store.bytes <= room


def test_the_same_table_takes_its_room_once():
    store = Store(10_000)
    for _ in range(100):
        store.remember(table(1))
    assert store.bytes == size_of(table(1))


def test_what_is_larger_than_all_the_room_pushes_nothing_out():
    store = Store(size_of(table(0)))
    kept = store.remember(table(0))
    lost = store.remember("x" * 10_000)
    assert store.recall(kept) is not None and store.recall(lost) is None


def test_many_threads_leave_the_count_of_bytes_right():
    store = Store(20 * size_of(table(0)))
    with ThreadPoolExecutor(8) as pool:
        digests = list(pool.map(lambda n: store.remember(table(n % 50)), range(2000)))
    left = [v for v in map(store.recall, set(digests)) if v is not None]
    assert store.bytes == sum(map(size_of, left)) <= store.most

"""The cache stays within its limit, forgets what was used longest ago, and makes nothing twice."""

import threading
import time

import pytest

from backprop.scenario.cache import Cache


def test_what_was_used_least_recently_goes_first():
    kept = Cache(30)
    for name in "abc":
        kept.keep(name, name.upper(), 10)
    assert kept.find("a") == "A"  # used again: b is the oldest now
    kept.keep("d", "D", 10)
    assert [kept.find(name) for name in "abcd"] == ["A", None, "C", "D"]
    assert kept.bytes == 30


@pytest.mark.parametrize("weights", [[5, 9, 30, 1, 29, 2], [31, 4, 100, 26], [0, 30, 0, 30]])
def test_the_limit_holds_after_every_value(weights):
    kept = Cache(30)
    for number, weight in enumerate(weights):
        kept.keep(number, "x", weight)
        assert kept.bytes <= 30 and (kept.find(number) is not None) == (weight <= 30)


def test_a_value_that_is_too_large_is_handed_out_and_drives_nothing_out():
    kept = Cache(10)
    kept.keep("small", 1, 10)
    assert kept.get("large", lambda: "made", lambda _: 11) == "made"
    assert kept.find("large") is None and kept.find("small") == 1


def test_a_longer_value_takes_the_place_of_the_shorter_one():
    kept = Cache(10)
    kept.keep("race", "25 updates", 4)
    kept.keep("race", "50 updates", 8)
    assert kept.find("race") == "50 updates" and kept.bytes == 8 and len(kept) == 1


def test_room_is_made_before_a_value_is():
    kept = Cache(30)
    for name in "abc":
        kept.keep(name, name, 10)
    kept.make_room(15)
    assert kept.bytes == 10 and kept.find("c") == "c"
    kept.make_room(1000)
    assert kept.bytes == 0 and len(kept) == 0


def test_many_threads_make_a_value_once_and_all_get_the_same():
    kept, computed, got = Cache(100), [], []
    together = threading.Barrier(8)

    def make():
        computed.append(object())
        time.sleep(0.05)  # long enough for the others to come
        return computed[-1]

    def ask():
        together.wait()
        got.append(kept.get("key", make, lambda _: 1))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(computed) == 1 and got == computed * 8


def test_whoever_fails_lets_the_next_one_try():
    kept = Cache(100)

    def fail():
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            kept.get("key", fail, lambda _: 1)
    assert kept.get("key", lambda: "made", lambda _: 1) == "made"

"""Work that can wait takes its share of the time, and no more."""

import threading

import pytest

from backprop.controls.spare import Spare


class Clock:
    """A clock that work moves on."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_work_gets_a_fifth_of_the_time():
    clock = Clock()
    spare, done = Spare(0.2, clock), []

    def work():
        clock.now += 0.3
        done.append(clock.now)
        return "done"

    for _ in range(1000):
        assert spare.do(work) in ("done", None)
        clock.now += 0.01
    assert 0.3 * len(done) == pytest.approx(0.2 * (clock.now - 100), rel=0.1)


def test_work_that_fails_has_taken_its_time_too():
    clock = Clock()
    spare = Spare(0.5, clock)

    def fails():
        clock.now += 1.0
        raise ValueError("bad")

    with pytest.raises(ValueError, match="bad"):
        spare.do(fails)
    assert spare.do(lambda: "done") is None
    clock.now += 1.0
    assert spare.do(lambda: "done") == "done"


def test_one_at_a_time():
    spare, begun, end = Spare(0.5), threading.Event(), threading.Event()

    def slow():
        begun.set()
        assert end.wait(10)

    thread = threading.Thread(target=spare.do, args=(slow,))
    thread.start()
    assert begun.wait(10) and spare.do(lambda: "done") is None
    end.set()
    thread.join()

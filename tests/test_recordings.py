"""Recordings are kept once, within a limit in bytes, whoever asks; heavy links stay harmless."""

import gc
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from backprop.engine.runners import parse_runner
from backprop.scenario import recordings as module
from backprop.scenario.cache import Cache
from backprop.scenario.recordings import Course, limit_from, recordings, running, weight
from backprop.scenario.scenario import Scenario

ROOT = Path(__file__).parents[1]


@pytest.fixture
def kept(monkeypatch):
    """A cache of its own for a test, 50 MB large."""
    monkeypatch.setattr(module, "KEPT", Cache(50_000_000))
    return module.KEPT


def entries(*texts):
    runners = [parse_runner(text) for text in texts]
    return [(runner.derivative, runner.format) for runner in runners]


def same_numbers(one, other):
    return np.array_equal(one.parameters, other.parameters, equal_nan=True) and np.array_equal(
        one.h_out, other.h_out, equal_nan=True
    )


@pytest.mark.parametrize("format_name", ["float64", "float16"])
def test_what_is_kept_is_what_the_scenario_computes(kept, format_name):
    scenario = Scenario(seed=21, format=format_name, derivative="naive", epsilon=1e-3, clamp="clip")
    clean, ours = scenario.recordings(), recordings(scenario)
    assert list(clean) == list(ours)
    for name, recording in ours.items():
        assert same_numbers(recording, clean[name])
        assert recording.derivative == clean[name].derivative
        assert str(recording.first_fault) == str(clean[name].first_fault)  # NaN is not itself


def test_who_asks_again_gets_the_same_objects(kept):
    scenario = Scenario(seed=22)
    first = recordings(scenario)
    again = recordings(replace(scenario, sample=1, update=3, derivative="naive"))
    assert all(again[name] is recording for name, recording in first.items())
    assert kept.bytes == sum(map(weight, first.values()))


def test_the_running_one_is_trained_alone_and_once(kept):
    scenario = Scenario(seed=26, derivative="clamped", epsilon=1e-3)
    alone = running(scenario)
    assert kept.bytes == weight(alone) and len(kept) == 1
    assert same_numbers(alone, scenario.recordings()["clamped"])
    everyone = recordings(scenario)
    assert everyone["clamped"] is alone and running(scenario) is alone
    assert kept.bytes == sum(map(weight, everyone.values())) and len(kept) == len(everyone) == 4
    quadratic = replace(scenario, cost="quadratic")
    assert running(quadratic) is recordings(quadratic)["quadratic"]


def test_live_and_race_share_one_copy_also_where_an_unused_epsilon_differs(kept):
    scenario = Scenario(seed=23, epsilon=1e-3, clamp="clip")
    lived = recordings(scenario)
    course = Course(scenario, entries("naive", "clamped:clip:0.001", "fused", "split"))
    assert course.updates == scenario.updates  # nothing was left to be run
    for raced, seen in zip(course.recordings().values(), lived.values(), strict=True):
        assert raced.parameters is seen.parameters and raced.h_out is seen.h_out


def test_nobody_makes_a_second_copy_of_what_somebody_still_holds(kept):
    scenario = Scenario(seed=24)
    held = recordings(scenario)
    kept.make_room(kept.limit)
    assert kept.bytes == 0
    assert all(found is held[name] for name, found in recordings(scenario).items())


def test_a_race_in_stretches_has_the_bits_of_a_race_at_once_and_goes_on_where_it_was(kept):
    scenario = Scenario(seed=25, updates=60, derivative="naive")
    chosen = entries("naive", "split@float16", "clamped:clip:1e-7@bfloat16")
    course = Course(scenario, chosen)
    course.run(25)
    assert course.updates == 25 and {r.updates for r in course.recordings().values()} == {25}
    del course
    gc.collect()
    later = Course(scenario, chosen)
    assert later.updates == 25
    while later.updates < scenario.updates:
        later.run(20)
    once = Course(replace(scenario, seed=26), chosen)
    once.run(scenario.updates)
    for entry, recording in later.recordings().items():
        derivative, form = entry
        alone = replace(scenario, format=form).network()
        data = scenario.dataset()
        clean = module.race(alone, data.X, data.y, [derivative], 60, scenario.learning_rate)
        assert same_numbers(recording, clean[derivative.name])
        assert not same_numbers(recording, once.recordings()[entry])


def test_who_joins_a_race_late_runs_alone_until_all_are_level(kept):
    scenario = Scenario(seed=27, updates=40)
    recordings(scenario)
    course = Course(scenario, entries("naive", "fused", "fused@float32"))
    assert course.updates == 0 and course.recordings() == {}
    before = [kept.find((scenario.track(), entry)) for entry in course.entries]
    course.run(10)
    assert course.updates == 10 and {r.updates for r in course.recordings().values()} == {10}
    course.run(100)
    assert course.updates == 40
    after = list(course.recordings().values())
    assert after[0] is before[0] and after[1] is before[1] and before[2] is None


@pytest.mark.heavy
def test_the_cache_forgets_the_oldest_race_and_never_weighs_more_than_its_limit(kept):
    wide = Scenario(units=(16, 16, 16), updates=300, data="blobs")
    for seed in range(12):
        recordings(replace(wide, seed=seed))
        assert kept.bytes <= kept.limit
    entry = wide.output_derivative("split"), "float64"
    tracks = [replace(wide, seed=seed).track() for seed in (0, 11)]
    found = [kept.find((track, entry)) is not None for track in tracks]
    assert found == [False, True]


def test_a_recording_too_large_for_the_cache_is_computed_all_the_same(kept):
    kept.limit = 10_000
    scenario = Scenario(seed=28)
    assert recordings(scenario)["split"].updates == scenario.updates
    assert kept.bytes == 0


def test_threads_that_ask_for_the_same_race_share_one(kept):
    scenario, got = Scenario(seed=29, updates=300), []
    together = threading.Barrier(4)

    def ask():
        together.wait()
        got.append(recordings(scenario))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found["naive"] is got[0]["naive"] for found in got)


@pytest.mark.parametrize(("text", "limit"), [("", 256), ("64", 64), (" 1000 ", 1000), ("0", 0)])
def test_the_limit_is_read_from_the_environment_in_megabytes(text, limit):
    assert limit_from({"BACKPROP_CACHE_MB": text}) == limit * 1_000_000
    assert limit_from({}) == 256_000_000


@pytest.mark.parametrize("text", ["-1", "many", "1e3", "٣", "99999999"])
def test_a_limit_that_is_no_number_of_megabytes_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"BACKPROP_CACHE_MB must be .* got .* Try 256"):
        limit_from({"BACKPROP_CACHE_MB": text})


_HEAVY = """
import resource, sys
from backprop.scenario import recordings as module
from backprop.scenario.scenario import Scenario

def most():  # MB held at any time so far
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / 1e6 if sys.platform == "darwin" else held / 1e3

before = most()
for seed in range(12):
    heavy = Scenario(units=(16,) * 6, updates=250, data="blobs", seed=seed)
    module.recordings(heavy)
    assert module.KEPT.bytes <= module.KEPT.limit
print(before, most())
"""


@pytest.mark.heavy
def test_a_dozen_heavy_links_need_no_more_memory_than_the_limit_and_one_of_them():
    environment = os.environ | {"BACKPROP_CACHE_MB": "32", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _HEAVY], env=environment, capture_output=True, text=True, check=True
    )
    before, peak = map(float, done.stdout.split())
    each = 4 * 251 * 1425 * 8 / 1e6  # MB: four recordings of a network of 1,425 numbers
    assert 12 * each > 32 + 100  # unbounded, they would be far more than is allowed here
    assert peak - before < 32 + 2 * each

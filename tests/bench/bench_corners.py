"""Thousands of odd scenarios through every page's whole computation: nothing may die.

python tests/bench/bench_corners.py [how many] [seed]
"""

import os
import sys
import time
import traceback
import warnings
from concurrent.futures import ProcessPoolExecutor
from itertools import islice

from tests.bench.kit.figures import figure
from tests.corners import scenarios
from tests.whole_pages import PAGES, pages, run

COUNT, SEED = 3000, 10


def main(count: int = COUNT, seed: int = SEED) -> int:
    """Run them on all processors, print what a page takes; the number of deaths."""
    processes = os.cpu_count() or 1
    with ProcessPoolExecutor(processes) as pool:
        jobs = [pool.submit(walk, count, seed, first, processes) for first in range(processes)]
        ended = [job.result() for job in jobs]
    deaths = sum(died for died, _, _ in ended)
    print(f"{count:,} odd scenarios (seed {seed}) through every page")
    for name in PAGES:
        each = 1000 * sum(taken[name] for _, taken, _ in ended) / count
        refused = sum(refused[name] for _, _, refused in ended)
        print(f"  {name:<18} {each:7.1f} ms each, {refused:5} refused in words")
    figure("pages that die of an odd scenario", deaths, "deaths", "scenarios", count)
    return deaths


def walk(
    count: int, seed: int, first: int, step: int
) -> tuple[int, dict[str, float], dict[str, int]]:
    """Run every `step`th scenario: deaths, of which each is printed, seconds, refusals."""
    warnings.simplefilter("error")
    died, taken, refused = 0, dict.fromkeys(PAGES, 0.0), dict.fromkeys(PAGES, 0)
    for number, scenario in islice(enumerate(scenarios(seed, count)), first, None, step):
        for name in pages(number):
            since = time.perf_counter()
            try:
                refused[name] += bool(run(name, scenario))
            except Exception:
                died += 1
                print(f"{name} dies of {scenario}\n{traceback.format_exc()}", flush=True)
            taken[name] += time.perf_counter() - since
    return died, taken, refused


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])) > 0)

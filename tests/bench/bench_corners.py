"""Thousands of odd scenarios through every page's whole computation: nothing may die.

python tests/bench/bench_corners.py [how many] [seed]
"""

import sys
import time
import traceback
import warnings

from tests.bench.kit.figures import figure
from tests.corners import scenarios
from tests.whole_pages import PAGES, pages, run

COUNT, SEED = 3000, 10


def main(count: int = COUNT, seed: int = SEED) -> int:
    """Run them, print each kind of death once and what a page takes; the number of deaths."""
    warnings.simplefilter("error")
    taken, refused = dict.fromkeys(PAGES, 0.0), dict.fromkeys(PAGES, 0)
    deaths: dict[tuple[str, str], int] = {}
    for number, scenario in enumerate(scenarios(seed, count)):
        for name in pages(number):
            since = time.perf_counter()
            try:
                refused[name] += bool(run(name, scenario))
            except Exception as error:
                kind = name, f"{type(error).__name__}: {error}"[:100]
                deaths[kind] = deaths.get(kind, 0) + 1
                if deaths[kind] == 1:
                    print(f"{name} dies of {scenario}")
                    traceback.print_exc()
            taken[name] += time.perf_counter() - since
    print(f"{count:,} odd scenarios (seed {seed}) through every page")
    for name in PAGES:
        each = 1000 * taken[name] / count
        print(f"  {name:<18} {each:7.1f} ms each, {refused[name]:5} refused in words")
    figure("pages that die of an odd scenario", sum(deaths.values()), "deaths", "scenarios", count)
    return len(deaths)


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])) > 0)

"""10,000 random scenarios in the page's engine, in Chromium: every byte and every true
value must be Python's.

python tests/bench/check_engines.py [how many thousands] [seed]
"""

import sys

from tests import engines
from tests.bench.kit.chromium import chromium
from tests.bench.kit.figures import figure
from tests.browser.test_engines import ask_chromium

THOUSANDS, SEED, EACH = 10, 100, 1000


def main(thousands: int = THOUSANDS, seed: int = SEED) -> None:
    """A thousand at a time; what differs ends it and is named."""
    with chromium() as browser:
        ask = ask_chromium(browser)
        for n in range(thousands):
            engines.compare(engines.expected(seed + n, EACH), ask)
            print(f"  seed {seed + n}: {EACH:,} scenarios, none differs", flush=True)
    figure("scenarios of which a byte differs", 0, "scenarios", "all", thousands * EACH)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

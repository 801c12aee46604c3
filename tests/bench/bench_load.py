"""How many people one server bears: 1, 10, 50 and 100 sessions over real sockets, on this machine.

Each person has a network of their own, changes its seed every 4 seconds, now and then drags an
input on the stage, and asks for the digest where it rests: what a browser asks, without the
browsers, which would need more processors than the server. Streamlit's empty page bears the same
beside it. Then 300 people open the page within 10 s, 60 links to heavy races are followed, and at
last memory is watched while 20 people stay: SOAK_MINUTES=20 for a real soak.

Everyone shares this machine's processors, the people themselves included.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.kit.chromium import serving
from tests.bench.kit.figures import figure
from tests.bench.kit.people import crowd, megabytes, spent
from tests.wire import Wire

CROWDS = (1, 10, 50, 100)
SECONDS = 16.0
OPENED, WITHIN, HEAVY = 300, 10.0, 60
SOAK = float(os.environ.get("SOAK_MINUTES", "1"))
EMPTY = 'import streamlit as st\nst.write(st.number_input("Seed", step=1, key="seed"))\n'


def share(values, part):
    """The value that `part` of all are below, NaN of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("nan")


def borne(servers, count, seconds=SECONDS):
    """What a crowd met at servers that share it: milliseconds, kB, and what went wrong."""
    pids, started = [process.pid for _, process in servers], {}
    before = sum(map(megabytes, pids))

    def opened():
        started["cpu"], started["memory"] = sum(map(spent, pids)), sum(map(megabytes, pids))

    urls = [url for url, _ in servers]
    seen = crowd(urls, count, seconds, opened=opened, within=count / 20)
    changes = max(1, len(seen.answers))
    return {
        "median": share(seen.answers, 0.5) * 1e3, "p95": share(seen.answers, 0.95) * 1e3,
        "cpu": (sum(map(spent, pids)) - started.get("cpu", 0.0)) / changes * 1e3,
        "bytes": seen.received / changes / 1e3,
        "memory": (started.get("memory", before) - before) / count,
        "changes": changes, "wrong": seen.wrong,
    }  # fmt: skip


def crowds(app, empty, second):
    """The same crowds at the app and at the empty page, one after the other.

    The largest also at two replicas of the app, as a server of one's own has them.
    """
    print(f"{'':>22} {'median':>8} {'p95':>8} {'CPU':>8} {'kB':>7} {'MB each':>8}  changes, errors")
    most, met = CROWDS[-1], {}
    places = [(count, *at) for count in CROWDS
              for at in (("the app", [app]), ("an empty page", [empty]))]  # fmt: skip
    for count, name, servers in [*places, (most, "two replicas", [app, second])]:
        found = met[name, count] = borne(servers, count)
        print(f"{count:>4} at {name:<14} {found['median']:6.0f} ms {found['p95']:5.0f} ms "
              f"{found['cpu']:5.1f} ms {found['bytes']:7.1f} {found['memory']:8.2f}  "
              f"{found['changes']}, {len(found['wrong'])}", flush=True)  # fmt: skip
        _tell(found["wrong"])
    for count in CROWDS:
        figure(f"{count} sessions, p95 of a change", met["the app", count]["p95"], "ms",
               "an empty page", met["an empty page", count]["p95"])  # fmt: skip
    figure(f"{most} sessions on two replicas, p95 of a change", met["two replicas", most]["p95"],
           "ms", "an empty page", met["an empty page", most]["p95"])  # fmt: skip
    ours, bare = met["the app", most], met["an empty page", most]
    for what, key, unit in (("processor of a change", "cpu", "ms"),
                            ("sent for a change", "bytes", "kB"),
                            ("memory of a session", "memory", "MB")):  # fmt: skip
        figure(f"{most} sessions, {what}", ours[key], unit, "an empty page", bare[key])
    return sum(len(found["wrong"]) for found in met.values())


def opening(app):
    """A lecture hall opens the page at the same moment."""
    url, process = app
    before = megabytes(process.pid)
    seen = crowd([url], OPENED, 0.0, within=WITHIN)
    worst, typical = share(seen.openings, 0.95), share(seen.openings, 0.5)
    print(f"{OPENED} open it within {WITHIN:.0f} s: {len(seen.openings)} have, "
          f"median {typical:.2f} s, p95 {worst:.2f} s, errors {len(seen.wrong)}, "
          f"memory {before:.0f} to {megabytes(process.pid):.0f} MB")  # fmt: skip
    _tell(seen.wrong)
    figure(f"{OPENED} open it within {WITHIN:.0f} s, p95", worst, "s", "the time they take", WITHIN)
    return len(seen.wrong)


def heavy():
    """What a fresh server holds after links to the largest races, each of another start."""
    runners = "naive~clamped:clip:1e-7~clamped:floor:1e-12~fused~split~naive@float32~fused@float32"
    query = f"units=16-16-16-16&updates=400&data=blobs&race={runners}&seed="
    with serving("run", "app.py") as (url, process):
        before, wrong = megabytes(process.pid), []
        for seed in range(HEAVY):
            with Wire(url, query + str(seed)) as session:
                wrong += session.run(page_name="race")
        _tell(wrong)
        figure(
            f"memory after {HEAVY} heavy links", megabytes(process.pid), "MB", "with none", before
        )
    return len(wrong)


def soak(app):
    """Memory while 20 people stay, at the first and in the last third of their time."""
    _, process = app
    minutes = max(SOAK, 0.5)
    held, wrong = [], []
    rounds = max(3, round(minutes * 2))
    for _ in range(rounds):
        found = borne([app], 20, minutes * 60 / rounds)
        held.append(megabytes(process.pid))
        wrong += found["wrong"]
    third = max(1, len(held) // 3)
    first, last = statistics.median(held[:third]), statistics.median(held[-third:])
    print(f"{minutes:g} min of 20 people: {' '.join(f'{mb:.0f}' for mb in held)} MB")
    _tell(wrong)
    figure(f"memory after {minutes:g} min of 20 sessions", last, "MB", "in its first third", first)
    return len(wrong)


def _tell(wrong):
    for text in sorted(set(wrong))[:5]:
        print(f"      {wrong.count(text)} × {text[:300]}")


def main():
    if not Path("/proc/self/stat").exists():
        sys.exit("This benchmark reads a process's time and memory from /proc: it needs Linux.")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "empty.py"
        script.write_text(EMPTY)
        start = time.perf_counter()
        with (serving("run", "app.py") as app, serving("run", "app.py") as second,
              serving("run", str(script)) as empty):  # fmt: skip
            for url, _ in (app, second, empty):
                crowd([url], 1, 0.0)  # what a server needs once is not the first person's
            wrong = crowds(app, empty, second) + opening(app) + soak(app)
        wrong += heavy()
        print(f"  errors in all: {wrong}, in {time.perf_counter() - start:.0f} s")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

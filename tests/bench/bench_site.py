"""How soon a lesson of the static site is seen: from the request to the painted stage, in Chromium.

An empty page stands first, so that a busy machine shows. TensorFlow Playground, static too, took
0.69 to 0.93 s to its first paint on the same class of machine; the aim here is under 0.7 s until
every number of the stage is there.
"""

import functools
import http.server
import statistics
import tempfile
import threading
from pathlib import Path

from backprop.export import site
from backprop.lessons import LESSONS
from tests.bench.kit.chromium import chromium
from tests.bench.kit.figures import figure

ROUNDS = 5
AIM = 0.7
PAINTED = """() => new Promise((resolve) => {
  const look = () => document.querySelector("[data-update]")
    ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
    : setTimeout(look, 4);
  look();
})"""
FIRST = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def main():
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        site.build(Path(folder))
        handler = functools.partial(Quiet, directory=folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"{'lesson':<24} {'kB':>6} {'first paint':>12} {'stage painted':>14}   (medians, s)")
        (Path(folder) / "empty.html").write_text("<!doctype html><p data-update>empty")
        empty, worst = 0.0, 0.0
        for name in ("empty", *LESSONS):
            first, painted = [], []
            for _ in range(ROUNDS):
                context = browser.new_context(viewport={"width": 1280, "height": 800})
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{server.server_port}/{name}.html", wait_until="commit")
                painted.append(page.evaluate(PAINTED) / 1000)
                first.append(page.evaluate(FIRST) / 1000)
                context.close()
            size = (Path(folder) / f"{name}.html").stat().st_size / 1000
            medians = statistics.median(first), statistics.median(painted)
            if name == "empty":
                empty = medians[1]
            worst = max(worst, medians[1])
            print(f"{name:<24} {size:6.0f} {medians[0]:12.2f} {medians[1]:14.2f}")
        server.shutdown()
    figure("the slowest lesson, painted", worst, "s", "an empty page", empty)
    figure("the same", worst, "s", "the aim", AIM)


if __name__ == "__main__":
    main()

"""The Live page in Chromium: playback, first paint, bytes. Ratios in one run.

`streamlit hello` is the measure of the first paint.
"""

import statistics
import zlib
from contextlib import ExitStack

from tests.bench.kit.chromium import chromium, opened, served
from tests.bench.kit.figures import figure

PAINTS, SECONDS = 5, 5


def median(values):
    return statistics.median(values)


def playback(browser, app):
    print(f"Playback at 60 updates/s with the data plot, {SECONDS} s each")
    small, deep = "units=4-2", "units=8-8-8-8-8-8"
    for name, query in (
        ("2-4-2-1", small),
        ("2-6x8-1", deep),
        ("2-4-2-1, beside", f"{small}&beside=split"),
        ("2-6x8-1, beside", f"{deep}&beside=split"),
        ("2-6x8-1, spirals in float16", f"{deep}&data=spiral&format=float16"),
    ):
        link = f"{app}/?{query}&updates=600&learning_rate=0.1&update=1"
        with opened(browser, link) as page:
            page.locator("[data-update]").first.wait_for()
            page.get_by_label("Speed").select_option(label="60 updates/s")
            page.wait_for_timeout(1500)
            page.get_by_role("button", name="Play", exact=True).click()
            seen = page.evaluate(f"bench.play('.stage', {SECONDS})")
            figure(f"updates painted, {name}", seen["painted"], "/s", "the browser's frames",
                   seen["frames"])  # fmt: skip


def first_paint(browser, app, hello):
    times = {"app": [], "hello": []}
    places = {"app": (app, "[data-update]"), "hello": (hello, "[data-testid=stMain] h1")}
    for n in range(PAINTS + 1):  # the first round warms the servers up
        for name, (url, selector) in places.items():
            with opened(browser, url) as page:
                took = page.evaluate(f"bench.firstPaint('{selector}')")
                if n:
                    times[name].append(took)
    ours, theirs = median(times["app"]), median(times["hello"])
    print(f"First paint with an empty cache (medians of {PAINTS})")
    figure("first paint of the Live page", ours, "ms", "streamlit hello", theirs)


def sent(browser, app):
    """What the server sends for the default scenario, from nothing and for one change."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    frames, files = [], []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda data: frames.append(_raw(data))))
    page.on("requestfinished", lambda r: files.append(r.sizes()["responseBodySize"]))
    page.goto(app)
    page.locator("[data-update]").first.wait_for()
    page.wait_for_timeout(2000)
    first = list(frames)
    frames.clear()
    page.get_by_role("radio", name="float32", exact=True).click()
    page.wait_for_timeout(3000)
    context.close()
    print("Sent by the server for the default scenario")
    print(f"  files (Streamlit's own and ours): {sum(files) / 1e3:.0f} kB, {len(files)} requests")
    for name, group in (("the first run", first), ("a change of format", frames)):
        raw, small = sum(map(len, group)), sum(len(zlib.compress(f, 6)) for f in group)
        figure(f"{name}, compressed", small / 1e3, "kB", "as it is", raw / 1e3)


def _raw(data):
    return data.encode() if isinstance(data, str) else data


def main():
    with ExitStack() as stack:
        app = stack.enter_context(served("run", "app.py"))
        hello = stack.enter_context(served("hello", config=False))
        browser = stack.enter_context(chromium())
        playback(browser, app)
        first_paint(browser, app, hello)
        sent(browser, app)


if __name__ == "__main__":
    main()

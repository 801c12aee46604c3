"""The Live page in Chromium: playback, a control's answer, first paint, bytes. Ratios in one run.

An empty Streamlit page with the same two controls is the measure of a control's answer, and
`streamlit hello` that of the first paint. Streamlit's slider waits before it tells the server of a
key: that wait is printed apart.
"""

import statistics
import tempfile
import zlib
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.kit.chromium import chromium, served
from tests.bench.kit.figures import figure

WATCH = (Path(__file__).parent / "watch.js").read_text("utf-8")
ROUNDS, PAINTS, SECONDS = 9, 5, 5
EMPTY = """
import streamlit as st
kind = st.segmented_control("Arithmetic", ["float32", "float64"], default="float64", required=True)
scale = st.slider("Weight scale", 0.0, 10.0, 3.0, step=0.1)
st.html(f"<p class=shown data-value='{kind} {scale}'>{kind} {scale}</p>")
"""
"""A rerun with nothing to compute, which shows what was chosen."""


@contextmanager
def opened(browser, url):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(60_000)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()


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


def controls(browser, app, empty):
    """A key on a slider and a click on a segmented control, alternately here and there."""
    answers = {}
    with ExitStack() as stack:
        pages = {
            "app": (stack.enter_context(opened(browser, f"{app}/?update=5")), ".stage"),
            "empty": (stack.enter_context(opened(browser, empty)), "[data-testid=stHtml]"),
        }
        for page, _ in pages.values():
            page.locator("[data-value]").first.wait_for(state="attached")
        for n in range(ROUNDS + 1):  # the first round warms up
            for name, (page, inside) in pages.items():
                page.bring_to_front()
                slider = page.get_by_role("slider", name="Weight scale")
                slider.focus()
                for kind, act in (
                    ("slider key", lambda slider=slider: slider.press("ArrowRight")),
                    ("click", _other_format(page, n)),
                ):
                    page.wait_for_timeout(900)
                    page.evaluate(f"bench.arm('{inside}')")
                    act()
                    took = page.evaluate("bench.result")
                    if n:
                        answers.setdefault((kind, name), []).append(took)
    print("A control used → its answer painted, scenarios never seen before (medians, ms)")
    for kind in ("click", "slider key"):
        ours, bare = (
            median(a["answered"] for a in answers[kind, name]) for name in ("app", "empty")
        )
        waits = [median(a["waited"] for a in answers[kind, name]) for name in ("app", "empty")]
        print(f"  {kind}: Streamlit waits {waits[0]:.0f} ms (empty page {waits[1]:.0f}), then")
        figure(f"{kind} answered and painted", ours, "ms", "a bare rerun", bare)


def _other_format(page, n):
    radio = page.get_by_role("radio", name="float64" if n % 2 else "float32", exact=True)
    return radio.click


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
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        script = Path(folder) / "empty.py"
        script.write_text(EMPTY)
        app = stack.enter_context(served("run", "app.py"))
        empty = stack.enter_context(served("run", str(script)))
        hello = stack.enter_context(served("hello", config=False))
        browser = stack.enter_context(chromium())
        playback(browser, app)
        controls(browser, app, empty)
        first_paint(browser, app, hello)
        sent(browser, app)


if __name__ == "__main__":
    main()

"""How soon the stage follows the hand: sliders dragged, let go, and a choice clicked, in Chromium.

A slider is dragged back and forth on the default network in the app, and on six hidden layers of
eight units with 250 samples in a saved page, which has the same player. Each picture is as late as
the oldest move of the pointer that it answers. After the slider is let go the server answers, and
no number may change any more; a bare Streamlit page with the same slider is the measure of that.
"""

import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from backprop.export.booklet import of_scenario
from backprop.export.page import page as page_of
from backprop.scenario.fields import OWN
from backprop.scenario.scenario import from_query
from backprop.scenario.tables import read_table
from tests.bench.kit.chromium import chromium, opened, served
from tests.bench.kit.figures import figure

LEGS, MOVES, ROUNDS = 8, 15, 9
WIDE = 90
"""Pixels that the pointer goes to and fro, in so many moves a leg, each sent when one is taken."""
EMPTY = """
import streamlit as st
kind = st.segmented_control("Arithmetic", ["float32", "float64"], default="float64", required=True)
scale = st.slider("Weight scale", 0.0, 10.0, 3.0, step=0.1)
st.html(f"<p class=shown data-value='{kind} {scale}'>{kind} {scale}</p>")
"""
"""A rerun with nothing to compute, which shows what was chosen."""


def thumb_of(slider):
    """What is seen of one of Streamlit's sliders."""
    return slider.locator("xpath=../..")


def dragged(page, thumb, inside):
    """What the hand saw that dragged a slider by its thumb to and fro, and let it go."""
    page.wait_for_timeout(1500)
    page.evaluate(f"bench.watchHand('{inside}')")
    box = thumb.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for n in range(LEGS):
        page.mouse.move(x + (-1) ** n * WIDE / 2, y, steps=MOVES)
    page.mouse.up()
    return page.evaluate("bench.handSaw()")


def said(name, saw, empty=None):
    """Print what the hand saw as figures."""
    late = sorted(saw["late"])
    frame = 1000 / 60
    figure(f"dragged to painted, {name}, median", statistics.median(late), "ms", "a frame", frame)
    figure(f"dragged to painted, {name}, 95 %", late[int(0.95 * len(late))], "ms", "a frame", frame)
    figure(
        f"pictures of a drag, {name}", saw["pictures"], "/s", "the moves of the hand", saw["moves"]
    )
    if empty is not None:
        figure(f"let go to settled, {name}", saw["settled"], "ms", "a bare rerun", empty)
        figure(f"numbers changed after it was let go, {name}", saw["after"], "times", "none", 1)


def many(folder):
    """A saved page of the large network on 250 samples of the reader's own."""
    draw = np.random.default_rng(5)
    X = draw.normal(size=(250, 2))
    rows = "\n".join(f"{a:.4f};{b:.4f};{int(a * b > 0)}" for a, b in X)
    scenario = from_query({"units": "8-8-8-8-8-8"})[0].on(OWN, read_table("a;b;y\n" + rows))
    path = Path(folder) / "many.html"
    path.write_text(page_of(of_scenario(scenario)), "utf-8")
    return path.as_uri()


def bare(browser, url):
    """Milliseconds from a slider that is let go to the answer of a page that computes nothing."""
    times = []
    with opened(browser, url) as page:
        page.locator("[data-value]").first.wait_for(state="attached")
        for _ in range(ROUNDS):
            thumb = page.locator(
                "[data-testid=stSlider] [role=slider], [data-testid=stSlider] input"
            )
            times.append(dragged(page, thumb.first, "[data-testid=stHtml]")["settled"])
    return statistics.median(times)


def app(browser, url, empty):
    """Each kind of slider of the app, on the default network."""
    for name, field in (
        ("weight scale", "scale"), ("x₁", "x0"), ("learning rate", "learning_rate"),
        ("output bias", "output_bias"), ("updates", "updates"),
    ):  # fmt: skip
        with opened(browser, f"{url}/?update=5") as page:
            page.locator("[data-update]").first.wait_for()
            slider = page.locator(f"[class*=st-key-scenario-{field}]").get_by_role("slider")
            said(name, dragged(page, thumb_of(slider), ".stage"), empty)


def clicks(browser, url, empty):
    """From a click on another format to the picture, here and on the bare page."""
    medians = []
    for place, inside in ((url + "/?update=5", ".stage"), (empty, "[data-testid=stHtml]")):
        took = []
        with opened(browser, place) as page:
            page.locator("[data-value]").first.wait_for(state="attached")
            for n in range(ROUNDS + 1):  # the first one warms up
                page.wait_for_timeout(900)
                page.evaluate(f"bench.arm('{inside}')")
                name = "float64" if n % 2 else "float32"
                page.get_by_role("radio", name=name, exact=True).click()
                took.append(page.evaluate("bench.result"))
        medians.append(statistics.median(took[1:]))
    figure("a format clicked to painted", medians[0], "ms", "a bare rerun", medians[1])


def main():
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        script = Path(folder) / "empty.py"
        script.write_text(EMPTY)
        url = stack.enter_context(served("run", "app.py"))
        empty = stack.enter_context(served("run", str(script)))
        browser = stack.enter_context(chromium())
        print("A slider dragged, and let go; a click (medians)")
        app(browser, url, bare(browser, empty))
        clicks(browser, url, empty)
        with opened(browser, many(folder)) as page:
            page.locator("[data-update]").first.wait_for()
            page.get_by_role("button", name="Change it").click()
            panel = page.locator("[data-field=scale] input[type=range]")
            said("2-6x8-1, 250 samples", dragged(page, panel, ".stage"))


if __name__ == "__main__":
    main()

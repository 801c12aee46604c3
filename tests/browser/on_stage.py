"""What browser tests read from the stage and do on it, and the engine's numbers beside it."""

import math

from playwright.sync_api import expect

from backprop import train


def stage(page):
    return page.locator(".stage")


def choose(page, label, option):
    """Press an option of a segmented control and wait until it is chosen."""
    radio = page.get_by_role("radiogroup", name=label).get_by_role("radio", name=option, exact=True)
    radio.click()
    expect(radio).to_have_attribute("aria-checked", "true")


def playhead(page):
    shown = stage(page)
    return int(shown.get_attribute("data-update")), shown.get_attribute("data-operation")


def cells(page):
    """Every cell's data-value by (quantity, layer, unit)."""
    read = page.locator(".cell").evaluate_all(
        "nodes => nodes.map(({dataset: d}) => [d.quantity, +d.layer, +d.unit, d.value])"
    )
    return {(q, layer, unit): value for q, layer, unit, value in read}


def same(text, number):
    """Whether a data-value says exactly this number."""
    shown = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}.get(text)
    shown = float(text) if shown is None else shown
    return (math.isnan(shown) and math.isnan(number)) or shown == number


def agree(page, scenario):
    """Every computed cell shows exactly what the engine computes for this scenario and update."""
    data = scenario.dataset()
    recording = train(
        scenario.network(), data.X, data.y, scenario.updates, scenario.learning_rate,
        scenario.runner(scenario.derivative),
    )  # fmt: skip
    k, _ = playhead(page)
    trace = recording.trace(k)
    compared = 0
    for (quantity, layer, unit), text in cells(page).items():
        if text == "":
            continue
        row = scenario.sample - 1
        truth = (
            trace.X[row][unit] if layer == 0
            else getattr(trace.layers[layer - 1], quantity)[row][unit]
        )  # fmt: skip
        assert same(text, float(truth)), (quantity, layer, unit, text, truth)
        compared += 1
    return compared


def to_fault(page):
    page.get_by_title("Jump to the first non-finite value (N)").click()


def channel(page, name):
    """The cell, edge or input of a channel such as "delta.2.1"."""
    return page.locator(f'[data-channel="{name}"]').first


def part(page, name):
    """A part of the stage by its name, such as "equation"."""
    return page.locator(f"[data-part={name}]")


def select(page, name):
    """Click a cell, a neuron or an edge."""
    channel(page, name).dispatch_event("click")


def numbers_of_equation(page):
    """Every number in the equation card, as all its digits."""
    return page.locator("[data-part=equation] [data-slot]").evaluate_all(
        "nodes => nodes.map(n => [n.dataset.slot, n.getAttribute('title')])"
    )

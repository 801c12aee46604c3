"""What browser tests read from the stage and do on it, and the engine's numbers beside it."""

import math
from pathlib import Path

from playwright.sync_api import expect

from backprop import train
from tests.browser.helpers import eventually, middle

MEASURE = Path(__file__).with_name("measure.js").read_text("utf-8")


def faults(page, least=11):
    """What cannot be read on the stage, or on the one panel that fills the window; a sentence each.

    `least` is the least type.
    """
    found = page.evaluate(MEASURE, [2, least, False])
    assert found["texts"] > 8
    return found["faults"]


def faults_of_page(page, least=11):
    """The same of all that stands beside the sidebar, and what is cut, hidden in a box or faint."""
    found = page.evaluate(MEASURE, [2, least, True])
    assert found["texts"] > 40
    return found["faults"]


def lines_of(page):
    """The rows of the equation card without their blanks."""
    lines = part(page, "equation").locator(".step").all_text_contents()
    return ["".join(line.split()) for line in lines]


def stage(page):
    return page.locator(".stage")


def choose(page, label, option):
    """Press an option of a segmented control and wait until it is chosen."""
    radio = page.get_by_role("radiogroup", name=label).get_by_role("radio", name=option, exact=True)
    radio.click()
    expect(radio).to_have_attribute("aria-checked", "true")


def at(page, update, operation=None):
    """Wait until the playhead is there, at any operation if none is named."""
    expect(stage(page)).to_have_attribute("data-update", str(update))
    if operation is not None:
        expect(stage(page)).to_have_attribute("data-operation", operation)


def choose_derivative(page, option, name):
    """Press it in the toggle, and wait until the stage shows it: its curve is the strong one."""
    choose(page, "Output derivative", option)
    expect(page.locator(".chart .curve.strong")).to_have_attribute("data-curve", name)


def playhead(page):
    shown = stage(page)
    return int(shown.get_attribute("data-update")), shown.get_attribute("data-operation")


OTHER = "[data-part=other] "
"""The half of the stage in which a second derivative stands beside the shown one."""


def cells(page, half=".half:not([data-part=other]) "):
    """Every cell's data-value by (quantity, layer, unit)."""
    read = page.locator(f"{half}.cell").evaluate_all(
        "nodes => nodes.map(({dataset: d}) => [d.quantity, +d.layer, +d.unit, d.value])"
    )
    return {(q, layer, unit): value for q, layer, unit, value in read}


def same(text, number):
    """Whether a data-value says exactly this number."""
    shown = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}.get(text)
    shown = float(text) if shown is None else shown
    return (math.isnan(shown) and math.isnan(number)) or shown == number


def agree(page, scenario, computed, *half):
    """Wait until so many cells are computed, each exactly as the engine has it for the scenario.

    They are those of the first half of the stage, or of the one that is named. The update and the
    operation are those of the playhead, wherever it is.
    """
    data = scenario.dataset()
    recording = train(
        scenario.network(), data.X, data.y, scenario.updates, scenario.learning_rate,
        scenario.output_derivative(scenario.derivative),
    )  # fmt: skip

    def differences():
        k, shown = int(stage(page).get_attribute("data-update") or -1), cells(page, *half)
        if not 0 <= k <= recording.updates:
            return [f"update {k} of {recording.updates}"]
        trace, row = recording.trace(k), scenario.sample - 1
        wrong, count = [], 0
        for (quantity, layer, unit), text in shown.items():
            if text == "":
                continue
            count += 1
            values = trace.X if layer == 0 else _of_layer(trace, layer, quantity)
            fits = values is not None and unit < values.shape[1]
            if not fits or not same(text, float(values[row][unit])):
                wrong.append((quantity, layer, unit, text))
        return wrong if count == computed else [*wrong, f"{count} cells computed, not {computed}"]

    eventually(page, differences, [])


def _of_layer(trace, layer, quantity):
    """h, z or delta of a layer, None for one that the network does not have (any more)."""
    return getattr(trace.layers[layer - 1], quantity) if layer <= len(trace.layers) else None


def drag_input(page):
    """Take the first input and move it; it stays in the hand."""
    x, y = middle(page.locator(".stage .input").first)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 30, steps=3)


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
        "nodes => nodes.map(n => [n.dataset.slot.replace(/[!?]$/, ''), n.getAttribute('title')])"
    )

"""The Chain rule page as people use it: every number against the engine's own."""

import math
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from backprop import backpropagate, train
from backprop.chain import chain, from_scratch, reusing
from backprop.engine import exact
from backprop.scenario.scenario import Scenario, from_query
from tests.browser.helpers import screenshot, still
from tests.browser.on_stage import choose


def open_page(page, app_url, **query):
    page.goto(f"{app_url}/chain_rule?" + "&".join(f"{k}={v}" for k, v in query.items()))
    page.locator(".orders").wait_for(timeout=60_000)
    scenario, problems = from_query({k: str(v) for k, v in query.items()})
    assert not problems
    return scenario


def trace_of(scenario):
    data = scenario.dataset()
    recording = train(
        scenario.network(), data.X, data.y, scenario.updates, scenario.learning_rate,
        scenario.output_derivative(scenario.derivative),
    )  # fmt: skip
    return recording.trace(scenario.checked)


def numbers(table):
    """Every number of a table, read from its cells."""
    texts = table.locator("td").evaluate_all("cells => cells.map(c => c.dataset.value)")
    special = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
    return np.array([special.get(t) if t in special else float(t) for t in texts])


def shown(page, where, name):
    table = page.locator(f'{where} table[data-matrix="{name}"]')
    table.wait_for()  # the page's parts arrive one after another
    return numbers(table)


def same(seen, truth):
    """Whether the digits read back as exactly these numbers, in their format."""
    read = seen.astype(truth.dtype).astype(np.float64)
    return np.array_equal(read, truth.astype(np.float64).ravel(), equal_nan=True)


def step_is(page, k):
    expect(page.locator(".product")).to_have_attribute("data-step", str(k))


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"layer": 1, "units": "5-3", "hidden": "tanh", "format": "float32", "sample": 2},
        {"layer": 3, "derivative": "split", "format": "bfloat16"},
        {"units": "0", "layer": 1, "data": "moons", "cost": "quadratic", "sample": 12},
        {"derivative": "naive", "checked": 5, "layer": 1},
    ],
)
def test_every_factor_and_every_product_is_the_engines_to_the_last_digit(page, app_url, query):
    scenario = open_page(page, app_url, **query)
    trace = trace_of(scenario)
    truth = chain(trace, min(scenario.layer, len(trace.layers)), scenario.sample - 1)
    for k, factor in enumerate(truth.factors):
        assert same(shown(page, f'[data-factor="{k}"]', factor.symbol.text), factor.matrix)
    for k, product in enumerate(truth.products, start=1):
        step_is(page, k)
        assert same(shown(page, ".operand.after", product.symbol.text), product.value)
        if product.delta is not None:
            engine = trace.layers[product.delta - 1].delta[truth.sample]
            assert same(product.value.ravel(), engine)
            expect(page.locator(".agreement")).to_have_attribute("data-same", "true")
        if k < len(truth.products):
            page.get_by_role("button", name="Next factor").click()
    expect(page.get_by_role("button", name="Next factor")).to_be_disabled()


def test_the_answer_and_the_picture_that_proves_it_come_first(page, app_url):
    open_page(page, app_url)
    expect(page.locator(".answer")).to_contain_text("You don’t go from")
    expect(page.locator(".answer")).to_contain_text("You reuse δ")
    rows = page.locator(".ladder .row")
    expect(rows).to_have_count(3)
    for r in range(3):
        expect(rows.nth(r).locator(".reused")).to_have_count(r)
        expect(rows.nth(r).locator(".tail")).to_have_count(1)
    box = page.locator(".product").bounding_box()
    assert box["y"] + box["height"] <= 800
    expect(page.locator("[data-testid=stSidebarNav]")).to_have_count(0)


def test_keys_multiply_and_the_link_remembers_layer_and_step(page, app_url):
    open_page(page, app_url)
    step_is(page, 1)
    page.locator(".answer").click()
    page.keyboard.press("ArrowRight")
    step_is(page, 2)
    page.keyboard.press("ArrowRight")
    step_is(page, 3)
    page.keyboard.press("ArrowLeft")
    step_is(page, 2)
    expect(page.get_by_text("they collapse").or_(page.get_by_text("collapse, so"))).to_be_visible()
    choose(page, "Multiply the chain of layer", "W1")
    expect(page.locator(".factor")).to_have_count(7)
    expect(page).to_have_url(re.compile(r"layer=1.*factor=2"))
    page.reload()
    page.locator(".orders").wait_for(timeout=60_000)
    step_is(page, 2)
    expect(page.locator('.row.chosen[data-row="1"]')).to_be_visible()


def test_a_smaller_network_keeps_the_page_whole(page, app_url):
    open_page(page, app_url, layer=3, factor=3)
    page.get_by_role("button", name="Remove the hidden layers").click()
    expect(page.locator(".ladder .row")).to_have_count(1)
    expect(page.locator(".factor")).to_have_count(3)
    expect(page.get_by_text("There is one layer only")).to_be_visible()
    trace = trace_of(Scenario(units=()))
    fused = backpropagate(trace.network, trace.X, trace.y, "fused")
    assert same(shown(page, ".drawn", "Xᵀ"), trace.X.T)
    assert same(shown(page, ".drawn", "z − y"), fused.layers[0].delta)
    assert same(shown(page, ".drawn", "dW"), fused.layers[0].dW.T)


def test_the_graph_shows_a_gradient_only_once_the_chain_has_reached_it(page, app_url):
    scenario = open_page(page, app_url, factor=2)
    trace = trace_of(scenario)
    node = page.locator('.graph [data-node="h₂"]')
    expect(node.locator("text.gradient")).to_have_text("–")
    expect(node.locator("text.value")).to_have_count(4)
    values = node.locator("text.value").evaluate_all("t => t.map(e => e.dataset.value)")
    assert [float(v) for v in values] == trace.layers[1].h[2].tolist()
    page.get_by_role("button", name="Next factor").click()
    step_is(page, 3)
    page.get_by_role("button", name="Next factor").click()
    expect(node.locator("text.gradient")).to_have_count(4)
    deltas = node.locator("text.gradient").evaluate_all("t => t.map(e => e.dataset.value)")
    assert [float(v) for v in deltas] == trace.layers[1].delta[2].tolist()


def test_where_nan_enters_is_told_with_what_saves_it(page, app_url):
    open_page(page, app_url, derivative="naive", checked=5, factor=2)
    expect(page.locator(".operand.after td.bad")).to_have_text("NaN")
    rows = page.locator(".orders tbody tr")
    expect(rows.nth(0)).to_contain_text("= NaN")
    expect(rows.nth(0)).to_contain_text("lost")
    expect(rows.nth(1)).to_contain_text("lost")
    expect(rows.nth(2)).to_contain_text("saved")
    text = page.locator(".orders tfoot .number").inner_text().replace("−", "-")
    h = trace_of(Scenario(derivative="naive", checked=5)).layers[-1].h[2, 0]
    assert float(text) == pytest.approx(float(exact.delta(h, 1.0)), rel=1e-4)


def test_counts_and_the_slow_start_are_charted_with_their_numbers(page, app_url):
    scenario = open_page(page, app_url, units="8-8-8-8", layer=2)
    sizes = scenario.network().sizes
    text = page.locator("[data-testid=stMain]")
    expect(text).to_contain_text(f"takes {from_scratch(sizes):,} multiplications")
    expect(text).to_contain_text(f"and {reusing(sizes):,} with δ")
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    slider = page.get_by_role("slider", name="One neuron")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(text).to_contain_text("0.0107")  # (z − y) σ′(h) at h = 4.5
    expect(page).to_have_url(re.compile("start=4.5"))


def test_the_cost_toggle_changes_the_chain_and_its_words(page, app_url):
    open_page(page, app_url, factor=2)
    choose(page, "Cost", "Quadratic")
    expect(page.get_by_text("The quadratic cost brings no denominator")).to_be_visible()
    truth = chain(trace_of(Scenario(cost="quadratic")), 2, 2)
    assert not truth.collapsed
    expect(page.get_by_text("multiplied as they stand")).to_be_visible()
    assert same(shown(page, ".operand.after", "δ₃"), truth.products[1].value)


def test_a_refused_layer_is_named(page, app_url):
    page.goto(app_url + "/chain_rule?layer=6")
    notice = page.get_by_role("alert").first
    expect(notice).to_contain_text("layer: a number from 1 to 3", timeout=60_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080), (390, 844)])
def test_the_page_fits_the_window(new_page, app_url, scheme, width, height):
    page = new_page(width, height, scheme)
    open_page(page, app_url, factor=4)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    still(page)
    screenshot(page, f"chain-{scheme}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.locator(".matrix:not(.small) td").evaluate_all(
        "cells => cells.map(c => parseFloat(getComputedStyle(c).fontSize))"
    )
    assert min(sizes) >= 11

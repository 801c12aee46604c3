"""The Live page as people use it: in a browser, against the engine's own numbers."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from backprop.scenario.scenario import Scenario, from_query
from tests.browser.helpers import DIGITS, eventually, middle, open_live, painted, screenshot, still
from tests.browser.on_stage import (
    agree,
    at,
    cells,
    channel,
    choose,
    choose_derivative,
    drag_input,
    stage,
    to_fault,
)


def test_play_reaches_the_nan_and_its_card_names_the_operation(page, app_url):
    open_live(page, app_url)
    choose_derivative(page, "Naive", "naive")
    page.keyboard.press("Space")
    expect(stage(page)).to_have_attribute("data-update", "5", timeout=60_000)
    expect(stage(page)).to_have_attribute("data-operation", "delta.3", timeout=60_000)
    expect(page.locator(".stage-root")).to_have_attribute("data-playing", "false")
    card = page.locator("[data-part=fault]")
    for part in ("update 5", "layer 3", "sample 3", "0 / 0 = NaN", "exactly 1", "right"):
        expect(card).to_contain_text(part)
    assert cells(page)[("delta", 3, 0)] == "NaN"
    assert cells(page)[("delta", 2, 0)] == ""  # not computed yet
    expect(page.locator("[data-part=cost]")).to_have_text("NaN")
    screenshot(page, "live-naive-1280")


def test_play_goes_on_after_the_fault_and_nan_eats_the_network_backwards(page, app_url):
    open_live(page, app_url + "/?derivative=naive")
    to_fault(page)
    at(page, 5, "delta.3")
    for operation in ("dW.3", "delta.2", "dW.2", "delta.1", "dW.1", "update"):
        page.keyboard.press("ArrowRight")
        at(page, 5, operation)
    values = cells(page)
    assert {values[("delta", i, 0)] for i in (1, 2, 3)} == {"NaN"}
    assert values[("h", 1, 0)] != "NaN"  # the forward pass of this update was healthy
    page.keyboard.press("ArrowRight")
    at(page, 6, "h.1")
    assert cells(page)[("h", 1, 0)] == "NaN"
    edge = page.locator(".edge").first
    expect(edge).to_have_attribute("data-state", "nan")


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"derivative": "naive", "sample": "4"},
        {"derivative": "clamped", "format": "float32", "data": "moons", "units": "3-2"},
        {
            "format": "float16",
            "hidden": "relu",
            "units": "5",
            "scale": "0.5",
            "derivative": "split",
        },
        {"format": "bfloat16", "hidden": "tanh", "bias": "off", "data": "spiral", "sample": "7"},
        {"units": "0", "data": "blobs", "learning_rate": "1"},
        {"units": "16-16-16-16-16-16", "data": "circles", "updates": "30"},
    ],
)
def test_the_cells_equal_the_engine_to_the_last_digit(page, app_url, query):
    scenario, problems = from_query(query)
    assert not problems
    open_live(page, app_url + "/?" + "&".join(f"{k}={v}" for k, v in query.items()))
    hidden = sum(scenario.units) + 1
    agree(page, scenario, 2 + 3 * hidden)  # the whole first pass
    page.keyboard.press("Home")
    agree(page, scenario, 2)  # before any operation only the two inputs are known
    page.keyboard.press("End")
    agree(page, scenario, 2 + 3 * hidden)
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    at(page, 3)
    agree(page, scenario, 2 + 3 * hidden)


def test_keys_step_by_operation_and_by_update(page, app_url):
    open_live(page, app_url)
    for expected in ("h.1", "z.1", "h.2"):
        page.keyboard.press("ArrowRight")
        at(page, 0, expected)
    page.keyboard.press("ArrowLeft")
    at(page, 0, "z.1")
    page.keyboard.press("Shift+ArrowRight")
    at(page, 1, "z.1")
    page.keyboard.press("End")
    at(page, 120, "dW.1")
    page.keyboard.press("Home")
    at(page, 0, "start")


def test_the_chart_of_a_long_training_says_that_it_is_not_there_yet(page, app_url):
    page.goto(app_url + "/?data=spiral&units=16-16-16-16-16-16&updates=2000")
    chart = page.locator("[data-part=chart]")
    expect(chart).to_contain_text("training …", timeout=60_000)
    expect(chart.locator(".tick", has_text="2000")).to_be_visible()
    expect(chart.locator(".curve")).not_to_have_count(0, timeout=60_000)
    expect(chart).not_to_contain_text("training …")


def test_every_button_of_the_transport_does_what_it_says(page, app_url):
    open_live(page, app_url + "/?derivative=naive")
    press = lambda name: page.get_by_role("button", name=name).click()  # noqa: E731
    press("One operation on (→)")
    at(page, 0, "h.1")
    press("One update on (Shift + →)")
    at(page, 1, "h.1")
    press("One operation back (←)")
    at(page, 1, "start")
    press("One update back (Shift + ←)")
    at(page, 0, "update")
    press("To the end (End)")
    at(page, 120)
    press("To the start (Home)")
    at(page, 0, "start")
    to_fault(page)
    at(page, 5, "delta.3")
    page.get_by_label("Update", exact=True).fill("40")
    at(page, 40)
    page.get_by_label("Speed").select_option("60 updates/s")
    press("To the start (Home)")
    at(page, 0, "start")
    press("Play")
    expect(stage(page)).to_have_attribute("data-update", "5", timeout=60_000)  # stops at the fault
    expect(page.locator(".stage-root")).to_have_attribute("data-playing", "false")
    press("Play")
    expect(stage(page)).to_have_attribute("data-update", "120", timeout=60_000)


def test_the_toggle_shows_the_instability_and_its_repair_from_the_same_playhead(page, app_url):
    open_live(page, app_url)
    page.keyboard.press("End")
    at(page, 120)
    choose(page, "Output derivative", "Naive")
    expect(page.locator("[data-part=cost]")).to_have_text("NaN")
    choose(page, "Output derivative", "ε-clamped")
    expect(page.locator("[data-part=fault]")).to_contain_text("Goes silent")
    expect(page.locator("[data-part=cost]")).to_contain_text("15.3")
    choose(page, "Output derivative", "Split")
    expect(page.locator("[data-part=cost]")).to_contain_text("1.68e−4")
    at(page, 120)


def test_clamp_and_epsilon_are_kept_while_another_derivative_hides_them(page, app_url):
    open_live(page, app_url + "/?derivative=clamped&clamp=floor&epsilon=1e-12")
    choose(page, "Output derivative", "Split")
    expect(page.get_by_role("combobox", name="Clamp")).to_have_count(0)
    for format_name in ("float32", "float16", "float64"):
        choose(page, "Arithmetic", format_name)
    agree(page, Scenario(derivative="split"), 2 + 27)
    page.locator("[data-part=end]").click()
    choose(page, "Output derivative", "ε-clamped")
    expect(page.get_by_role("combobox", name="Clamp")).to_have_value("max(w, ε)")
    expect(page.get_by_role("combobox", name="ε")).to_have_value("1e-12")
    agree(page, Scenario(derivative="clamped", clamp="floor", epsilon=1e-12), 2 + 27)


def test_the_chart_has_all_four_derivatives_and_marks_the_fault(page, app_url):
    open_live(page, app_url)
    expect(page.locator(".chart .curve")).to_have_count(4)
    expect(page.locator(".chart .curve.strong")).to_have_attribute("data-curve", "fused")
    expect(page.locator(".chart .fault-mark")).to_have_attribute("data-fault", "naive")


def test_clicking_a_neuron_keeps_its_equation_while_the_playhead_moves(page, app_url):
    open_live(page, app_url)
    page.keyboard.press("End")
    channel(page, "delta.1.2").click()
    title = page.locator("[data-part=equation-title]")
    expect(title).to_contain_text("error of layer 1, unit 3")
    before = page.locator("[data-part=equation]").inner_text()
    for _ in range(61):
        page.keyboard.press("Shift+ArrowLeft")
    at(page, 59)
    expect(title).to_contain_text("error of layer 1, unit 3")
    expect(page.locator("[data-part=equation]")).not_to_have_text(before)
    page.get_by_role("button", name="unselect").click()
    expect(title).to_contain_text("This step")


def test_hovering_a_cell_shows_all_digits(page, app_url):
    open_live(page, app_url)
    page.keyboard.press("End")
    value = cells(page)[("h", 2, 1)]
    page.mouse.move(*middle(channel(page, "h.2.1")))
    expect(page.locator("[data-part=tip]")).to_contain_text(value)


def test_sidebar_controls_change_the_network_and_the_numbers_follow(page, app_url):
    open_live(page, app_url)
    slider = page.get_by_role("slider", name="Hidden layers")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-heading="3"]')).to_have_text("layer 3")
    expect(page.locator('[data-heading="4"]')).to_have_text("output L = 4")
    units = page.get_by_role("slider", name="Units, layer 3")
    units.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator('.cell[data-layer="3"][data-quantity="h"]')).to_have_count(5)
    choose(page, "Hidden activation", "tanh")
    choose(page, "Arithmetic", "float32")
    page.get_by_label("Seed").fill("7")
    page.get_by_label("Seed").press("Enter")
    page.get_by_text("Biases", exact=True).click()
    expect(page.get_by_role("slider", name="Output bias")).to_be_disabled()
    page.locator("[data-part=end]").click()
    scenario = Scenario(units=(4, 4, 5), hidden="tanh", format="float32", seed=7, bias=False)
    agree(page, scenario, 2 + 3 * 14)


def test_moving_an_input_makes_it_the_users_own_point_and_undo_brings_it_back(page, app_url):
    open_live(page, app_url)
    before = cells(page)[("z", 0, 0)]
    slider = page.get_by_test_id("stSidebar").get_by_role("slider", name="x₁")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    moved = round(float(before) - 0.03, 2)
    agree(page, Scenario(edits=((2, (moved, -1.0, 1.0)),)), 2 + 27)
    page.locator("[data-part=end]").click()
    agree(page, Scenario(edits=((2, (moved, -1.0, 1.0)),)), 2 + 27)
    choose(page, "Target y", "0")
    agree(page, Scenario(edits=((2, (moved, -1.0, 0.0)),)), 2 + 27)
    page.get_by_role("button", name="Reset edits").click()
    expect(page.locator('.cell[data-channel="z.0.0"]')).to_have_attribute("data-value", before)


@pytest.mark.parametrize(
    "query",
    [
        {"output_bias": "1000"},
        {"output_bias": "-999.25"},
        {"scale": "10", "seed": "9999", "learning_rate": "10000", "updates": "2000"},
        {
            "scale": "0",
            "seed": "0",
            "learning_rate": "0.0001",
            "updates": "11",
            "epsilon": "1e-300",
        },
        {"edits": "0:1000000_-1000000_0.25", "sample": "1", "derivative": "clamped"},
        {"data": "own", "rows": "5_1"},
        {"data": "own"},
    ],
)
def test_a_link_at_the_edge_of_what_is_allowed_opens_what_it_says(page, app_url, query):
    scenario, problems = from_query(query)
    assert not problems
    open_live(page, app_url + "/?" + "&".join(f"{k}={v}" for k, v in query.items()))
    page.keyboard.press("End")
    data = scenario.dataset()
    agree(page, scenario, data.X.shape[1] + 3 * (sum(scenario.units) + 1))
    assert page.get_by_role("alert").count() == 0


def test_a_bad_link_gets_a_notice_and_the_defaults(page, app_url):
    open_live(page, app_url + "/?units=99&derivative=magic&seed=5")
    notice = page.get_by_role("alert").first
    expect(notice).to_contain_text("units")
    agree(page, Scenario(seed=5), 2 + 3 * 9)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080), (390, 844)])
def test_the_demonstration_fits_the_window(new_page, app_url, scheme, width, height):
    page = new_page(width, height, scheme)
    open_live(page, app_url + "/?derivative=naive")
    to_fault(page)
    at(page, 5, "delta.3")
    expect(page.locator("[data-part=fault]")).to_contain_text("0 / 0 = NaN")
    expect(page.locator(".stage-root")).to_have_attribute("data-theme", scheme)
    still(page)
    screenshot(page, f"live-{scheme}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width > 1000:
        box = page.locator(".cards").bounding_box()
        assert box["y"] + box["height"] <= height
        sizes = page.locator(".cell .number").evaluate_all(
            "nodes => nodes.map(t => parseFloat(getComputedStyle(t).fontSize)"
            " * t.ownerSVGElement.getScreenCTM().a)"
        )
        assert min(sizes) >= 11.5


def test_on_a_phone_the_drawing_follows_the_layer_at_work(new_page, app_url):
    page = new_page(390, 844, has_touch=True, is_mobile=True, reduced_motion="reduce")
    open_live(page, app_url + "/?units=3-3-3&derivative=split&updates=2")
    frame = page.locator(".drawing-box").first.bounding_box()
    seen = set()
    for operation in (
        "h.1", "z.1", "h.2", "z.2", "h.3", "z.3", "h.4", "z.4", "cost.4", "delta.4", "dW.4",
        "delta.3",
    ):  # fmt: skip
        page.get_by_role("button", name="One operation on").tap()
        at(page, 0, operation)
        painted(page)
        at_work = page.locator(".cell.active")
        for k in range(at_work.count()):
            cell = at_work.nth(k)
            seen.add(cell.get_attribute("data-layer"))
            box = cell.bounding_box()
            assert frame["x"] <= box["x"]
            assert box["x"] + box["width"] <= frame["x"] + frame["width"]
    assert seen == {"1", "2", "3", "4"}


def finger(page, locator, up):
    """Put a finger there, move it up so many pixels, and lift it."""
    wire = page.context.new_cdp_session(page)
    x, y = middle(locator)
    touch = "Input.dispatchTouchEvent"
    wire.send(touch, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for n in range(1, 13):
        wire.send(touch, {"type": "touchMove", "touchPoints": [{"x": x, "y": y - up * n / 12}]})
        painted(page)
    wire.send(touch, {"type": "touchEnd", "touchPoints": []})


def test_a_finger_drags_an_input_and_not_the_page_and_then_taps(new_page, app_url):
    page = new_page(390, 844, has_touch=True, is_mobile=True)
    open_live(page, app_url + "/?update=4&operation=update")
    main = page.get_by_test_id("stMain")
    finger(page, page.locator(".stage .input").first, 90)
    page.wait_for_url("**edits=**")
    expect(page.locator(".stage-root")).to_have_attribute("data-followed", "false")
    moved = Scenario(update=4, operation="update", edits=((2, (2.8, -1.0, 1.0)),))
    assert main.evaluate("(main) => main.scrollTop") == 0
    agree(page, moved, 2 + 27)
    cell = page.locator('[data-channel="h.2.0"]').first
    cell.tap()
    expect(cell).to_have_class(re.compile(r"\bselected\b"))
    expect(page.locator("[data-part=equation]")).to_be_in_viewport(ratio=0.9)


def test_after_an_input_was_dragged_a_click_selects_again(page, app_url):
    open_live(page, app_url + "/?update=4&operation=update")
    drag_input(page)
    page.mouse.up()
    page.wait_for_url("**edits=**")
    cell = page.locator('[data-channel="h.2.0"]').first
    cell.click()
    expect(cell).to_have_class(re.compile(r"\bselected\b"))


def test_to_the_fault_shows_the_sample_that_has_it(page, app_url):
    open_live(page, app_url + "/?derivative=naive&sample=1")
    to_fault(page)
    at(page, 5, "delta.3")
    page.wait_for_url(lambda url: "sample=" not in url)  # it is the usual one
    assert cells(page)[("delta", 3, 0)] == "NaN"
    shown = {"derivative": "naive", "sample": "3", "update": "5", "operation": "delta.3"}
    agree(page, from_query(shown)[0], 2 + 18 + 1)  # one δ so far


def test_nothing_moves_for_those_who_asked_for_less_motion(new_page, app_url):
    page = new_page(reduced_motion="reduce")
    open_live(page, app_url)
    read = "e => getComputedStyle(e).transitionDuration"  # nothing of one that is drawn anew
    eventually(page, lambda: page.locator(".cell .fill").first.evaluate(read), "0s")


def test_a_screen_reader_hears_the_state_when_the_playhead_rests(page, app_url):
    open_live(page, app_url + "/?derivative=naive")
    to_fault(page)
    summary = page.locator("[data-part=summary]")
    expect(summary).to_contain_text("update 5 / 120 · backward, δ at layer 3")
    expect(summary).to_contain_text("1 of 21 values are NaN or infinite")


def test_numbers_are_written_without_rounded_lies(page, app_url):
    open_live(page, app_url)
    write = lambda v: page.evaluate(f"(() => {{{DIGITS}; return shortDigits({v});}})()")  # noqa: E731
    assert write("0.99999917") == "1−8e−7"
    assert write("1") == "1" and write("0") == "0"
    assert write("-1 + 2**-53") == "−(1−1e−16)"
    assert write("5e-324") == "4.9e−324"
    assert write("-0.00012345") == "−1.2e−4"
    assert write("NaN") == "NaN" and write("-1/0") == "−∞" and write("1/0") == "+∞"
    assert write("123456789") == "1.2e8"
    rng = np.random.default_rng(0)
    for value in rng.normal(size=20) * 10.0 ** rng.integers(-6, 6, 20):
        text = write(repr(float(value))).replace("−", "-")
        assert abs(float(text) - value) <= 0.06 * abs(value)

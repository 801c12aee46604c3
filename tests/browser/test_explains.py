"""The stage explains itself: what is touched shows its equation, its cause and its true value."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from backprop import train
from backprop.scenario.scenario import Scenario
from tests.browser.helpers import eventually, middle, open_live, screenshot, still
from tests.browser.on_stage import (
    agree,
    at,
    cells,
    channel,
    choose,
    numbers_of_equation,
    part,
    playhead,
    select,
    stage,
    to_fault,
)


def default_recording(**changes):
    scenario = Scenario(**changes)
    data = scenario.dataset()
    return train(
        scenario.network(), data.X, data.y, scenario.updates, scenario.learning_rate,
        scenario.output_derivative(scenario.derivative),
    )  # fmt: skip


def test_the_equation_of_a_hidden_error_has_each_term_of_its_sum_with_the_engines_numbers(
    page, app_url
):
    open_live(page, app_url + "/?update=7&operation=dW.1&selection=delta.1.2")
    expect(part(page, "equation-title")).to_contain_text("error of layer 1, unit 3")
    trace = default_recording().trace(7)
    W, delta = trace.network.weights[1], trace.layers[1].delta[2]
    shown = dict(numbers_of_equation(page))
    for n in range(4):
        assert float(shown[f"W.2.{n}.2"]) == W[n, 2]
        assert float(shown[f"delta.2.{n}"]) == delta[n]
    weighted = sum(W[n, 2] * delta[n] for n in range(4))
    assert float(shown["weighted.1.2"]) == pytest.approx(weighted, rel=1e-12)
    assert float(shown["delta.1.2"]) == trace.layers[0].delta[2, 2]


def test_the_equation_of_a_weight_shows_its_gradient_and_its_update(page, app_url):
    open_live(page, app_url + "/?update=3&operation=update")
    select(page, "W.2.1.3")
    expect(part(page, "equation")).to_contain_text("average over 4 samples")
    recording = default_recording()
    trace = recording.trace(3)
    shown = dict(numbers_of_equation(page))
    assert float(shown["product.2.1.3"]) == trace.layers[1].delta[2, 1] * trace.layers[0].z[2, 3]
    assert float(shown["dW.2.1.3"]) == trace.layers[1].dW[1, 3]
    assert float(shown["W.2.1.3"]) == trace.network.weights[1][1, 3]
    assert float(shown["W.2.1.3@next"]) == recording.network(4).weights[1][1, 3]


def test_cost_target_and_input_can_be_asked_too(page, app_url):
    open_live(page, app_url + "/?update=2")
    part(page, "cost-button").click()
    expect(part(page, "equation-title")).to_contain_text("cost of this sample")
    recording = default_recording()
    assert float(dict(numbers_of_equation(page))["J.3.0"]) == recording.cost[2]
    page.locator(".target rect").click()
    expect(part(page, "equation-title")).to_contain_text("target of this sample")
    select(page, "z.0.0")
    expect(part(page, "equation-title")).to_contain_text("input of this sample")
    page.keyboard.press("Escape")
    expect(part(page, "equation-title")).to_contain_text("This step")


def test_a_number_in_an_equation_leads_to_where_it_comes_from(page, app_url):
    open_live(page, app_url + "/?update=2&selection=delta.2.0")
    page.locator('[data-slot="delta.3.0!"]').click()
    expect(part(page, "equation-title")).to_contain_text("error of the output layer")
    assert "selection=delta.3.0" in settled_url(page, "selection=delta.3.0")


def settled_url(page, piece):
    expect(page).to_have_url(re.compile(re.escape(piece)))
    return page.url


def test_the_true_value_stands_beside_a_wrong_one_with_the_distance_in_ulps(page, app_url):
    open_live(page, app_url + "/?derivative=clamped&update=120&selection=delta.3.0&sample=4")
    truth = part(page, "truth")
    expect(truth).to_contain_text("true value 0.999999")  # y = 0: the clamp shows nearly 0
    expect(truth).to_contain_text("ulp off")
    expect(part(page, "note")).to_contain_text("Dead: the sample is wrong")
    choose(page, "Output derivative", "Split")
    expect(truth).not_to_contain_text("true value 0.999999")
    off = re.search(r"([\d.]+) ulp off", truth.inner_text())
    assert off is None or float(off[1]) < 1000  # h has its own rounding errors


def test_a_saturated_value_says_past_which_h_and_in_which_format(page, app_url):
    open_live(page, app_url + "/?derivative=naive&update=5&selection=z.3.0")
    note = part(page, "note")
    expect(note).to_contain_text("z is exactly 1: h = 40.25 is past 36.73")
    expect(note).to_contain_text("float64")


def test_a_nan_is_followed_back_to_the_operation_that_made_it(page, app_url):
    open_live(page, app_url + "/?derivative=naive&update=6&operation=h.1&selection=h.1.0")
    seen = []
    note, back = part(page, "note"), part(page, "follow-back")
    expect(back).to_be_visible()
    while back.is_visible():
        assert len(seen) < 12
        seen.append(note.inner_text())
        back.click()
        expect(note).not_to_have_text(seen[-1], use_inner_text=True)
    assert any("W₁" in text for text in seen) and any("update 5" in text for text in seen)
    assert any("δ₃ of unit 1" in text for text in seen)
    expect(note).to_contain_text("born here")
    at(page, 5, "delta.3")


def test_holding_a_key_shows_the_update_before_and_another_shows_what_changed(page, app_url):
    open_live(page, app_url + "/?update=4")
    recording = default_recording()
    now, before = (float(recording.trace(k).layers[1].h[2, 0]) for k in (4, 3))
    cell = channel(page, "h.2.0")
    shows = lambda number: eventually(  # noqa: E731
        page, lambda: float(cell.get_attribute("data-value") or "nan"), number
    )
    shows(now)
    page.keyboard.down("b")
    expect(part(page, "shown")).to_contain_text("one update before")
    shows(before)
    page.keyboard.up("b")
    shows(now)
    page.keyboard.press("d")
    shows(now - before)
    page.keyboard.press("d")
    shows(now)


# ---- touching -----------------------------------------------------------------------------------


def test_dragging_an_input_takes_the_whole_network_along_and_undo_brings_it_back(page, app_url):
    open_live(page, app_url + "/?update=3")
    x, y = middle(page.locator(".input .fill").first)
    before = channel(page, "h.3.0").get_attribute("data-value")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 20)
    page.mouse.move(x, y - 40)
    expect(channel(page, "z.0.0")).not_to_have_attribute("data-value", "1")
    expect(channel(page, "h.3.0")).not_to_have_attribute("data-value", before)
    page.mouse.up()
    settled_url(page, "edits=2:")
    expect(channel(page, "z.0.0")).to_have_attribute("data-value", re.compile(r"^1\.(79|8|81)"))
    dragged = float(cells(page)[("z", 0, 0)])
    assert dragged == pytest.approx(1.8, abs=0.011)
    agree(page, Scenario(edits=((2, (dragged, -1.0, 1.0)),)), 2 + 27)
    part(page, "undo").click()
    expect(page).not_to_have_url(re.compile("edits"))
    agree(page, Scenario(), 2 + 27)


def test_arrow_keys_move_an_input_that_has_the_focus(page, app_url):
    open_live(page, app_url)
    channel(page, "z.0.0").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    settled_url(page, "edits=2:1.1")
    at(page, 0, "start")


def test_a_weight_and_a_bias_can_be_set_and_reset_brings_the_same_start_back(page, app_url):
    open_live(page, app_url + "/?update=2")
    select(page, "W.1.0.1")
    field = part(page, "editor-value")
    start = Scenario().network().weights[0][0, 1]
    eventually(page, lambda: float(field.input_value() or "nan"), start)
    field.fill("much")
    field.press("Enter")
    expect(part(page, "editor-error")).to_contain_text("“much”")
    assert field.input_value() == "much"
    field.fill("0,25")
    field.press("Enter")
    settled_url(page, "weights=W1.0.1:0.25")
    select(page, "z.2.3")
    eventually(page, lambda: float(field.input_value() or "nan"), Scenario().network().biases[1][3])
    part(page, "editor-value").fill("−2")
    part(page, "editor-value").press("Enter")
    settled_url(page, "b2.3:-2")
    edited = Scenario(weights=(("W1.0.1", 0.25), ("b2.3", -2.0)))
    agree(page, edited, 2 + 27)
    part(page, "reset").click()
    expect(page).not_to_have_url(re.compile("weights"))
    agree(page, Scenario(), 2 + 27)


# ---- links --------------------------------------------------------------------------------------


def test_a_link_opens_the_same_update_operation_and_selection(new_page, app_url):
    first = new_page()
    open_live(first, app_url + "/?derivative=naive&format=float32&seed=11&hidden=tanh")
    for _ in range(3):
        first.keyboard.press("Shift+ArrowRight")
    at(first, 3)
    select(first, "W.2.0.1")
    link = settled_url(first, "selection=W.2.0.1")
    second = new_page()
    open_live(second, link)
    at(second, *playhead(first))
    eventually(second, lambda: cells(second), cells(first))
    expect(part(second, "equation-title")).to_have_text(part(first, "equation-title").inner_text())


def test_the_address_keeps_up_and_only_choices_are_steps_of_the_history(page, app_url):
    open_live(page, app_url)
    length = page.evaluate("history.length")
    choose(page, "Arithmetic", "float16")
    settled_url(page, "format=float16")
    assert page.evaluate("history.length") == length + 1
    page.keyboard.press("End")
    settled_url(page, "update=120")
    assert page.evaluate("history.length") == length + 1
    choose(page, "Arithmetic", "float64")
    expect(page).not_to_have_url(re.compile("format"))
    assert "update=120" in page.url


def test_back_and_forward_open_what_they_say(page, app_url):
    open_live(page, app_url + "/?seed=1")
    open_live(page, app_url + "/?seed=2&update=4")
    page.go_back()
    expect(page.get_by_label("Seed")).to_have_value("1", timeout=60_000)
    page.go_forward()
    expect(page.get_by_label("Seed")).to_have_value("2", timeout=60_000)
    expect(stage(page)).to_have_attribute("data-update", "4")


def test_share_shows_the_link_and_its_qr_code(page, app_url):
    open_live(page, app_url + "/?derivative=naive")
    to_fault(page)
    settled_url(page, "operation=delta.3")
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("code")).to_contain_text("derivative=naive")
    expect(dialog.locator("code")).to_contain_text("update=5&operation=delta.3")
    expect(dialog.get_by_alt_text("QR code of this link")).to_be_visible()


def test_code_and_export_offer_the_numbers_of_the_shown_update(page, app_url):
    open_live(page, app_url + "/?update=5")
    page.get_by_role("button", name="Code").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("update 5")
    expect(dialog.locator("code").first).to_contain_text("import numpy as np")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name="Arrays (.npz)").click()
    with np.load(download.value.path()) as arrays:
        truth = default_recording().trace(5)
        assert np.array_equal(arrays["h2"], truth.layers[1].h)


def test_network_and_chart_can_be_saved_as_svg_and_as_png(page, app_url):
    open_live(page, app_url + "/?update=5")
    page.get_by_role("button", name="Export").click()
    for name in ("Network", "Cost over updates"):
        for kind, start in ((".svg", b"<svg"), (".png", b"\x89PNG")):
            with page.expect_download() as download:
                page.get_by_role("button", name=f"{name} ({kind})").click()
            content = download.value.path().read_bytes()
            assert content.startswith(start) and len(content) > 2000
            assert download.value.suggested_filename.endswith(kind)
            screenshots = screenshot(page, "export").parent
            (screenshots / f"{name}{kind}").write_bytes(content)


def test_a_notice_names_everything_that_a_link_got_wrong_at_once(page, app_url):
    open_live(page, app_url + "/?units=99&update=900&selection=%3Cscript%3E&evil=1")
    notice = page.get_by_role("alert")
    expect(notice).to_have_count(1)
    for name in ("units", "update", "selection", "evil"):
        expect(notice).to_contain_text(name)
    agree(page, Scenario(), 2 + 27)


# ---- everybody ----------------------------------------------------------------------------------


def test_the_projector_has_type_of_18_pixels_and_no_sidebar(page, app_url):
    open_live(page, app_url + "/?derivative=naive")
    to_fault(page)
    page.locator(".stage-root").evaluate("root => root.classList.add('the-same')")
    page.keyboard.press("p")
    expect(page.locator(".stage-root.projector.the-same")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    settled_url(page, "projector=on")
    still(page)
    sizes = page.locator(".drawing text:visible").evaluate_all(
        "nodes => nodes.map(t => parseFloat(getComputedStyle(t).fontSize)"
        " * t.ownerSVGElement.getScreenCTM().a)"
    )
    assert min(sizes) >= 17.9
    box = page.locator(".cards").bounding_box()
    assert box["y"] + box["height"] <= 800
    at(page, 5, "delta.3")
    screenshot(page, "projector-1280")
    page.keyboard.press("p")
    expect(page.get_by_role("slider", name="Hidden layers")).to_be_visible()
    expect(page.locator(".stage-root.the-same")).to_be_visible()
    at(page, 5, "delta.3")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080)])
@pytest.mark.parametrize("path", ["?units=4-4-4", "lessons?lesson=right-and-sure"])
def test_from_afar_every_layer_has_its_numbers(new_page, app_url, path, width, height):
    page = new_page(width, height)
    open_live(page, f"{app_url}/{path}&projector=on")
    expect(page.locator(".stage-root.projector")).to_be_visible()
    still(page)
    cells = page.locator(".drawing .cell[data-quantity=h]")
    assert cells.locator("visible=true").count() == cells.count() > 8
    assert cells.locator(".number").count() == cells.count()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("path", ["race", "chain_rule", "check", "microscope"])
def test_every_page_puts_its_sidebar_away_for_the_projector_and_brings_it_back(page, app_url, path):
    page.goto(f"{app_url}/{path}?projector=on")
    leave = page.get_by_role("button", name="Leave", exact=False)
    expect(leave).to_be_in_viewport(ratio=1, timeout=60_000)
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    leave.click()
    expect(page.get_by_role("button", name="Projector mode", exact=True)).to_be_visible()
    expect(leave).to_have_count(0)
    expect(page.get_by_test_id("stSidebar").get_by_text("Backprop, live")).to_be_visible()
    page.get_by_role("button", name="Projector mode", exact=True).click()
    expect(leave).to_be_in_viewport(ratio=1)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()  # Streamlit may leave it, empty
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Projector mode", exact=True)).to_be_visible()


def test_every_target_can_be_chosen_where_a_sample_has_two_of_them(page, app_url):
    open_live(page, app_url + "/?data=worked_example")
    sidebar = page.get_by_test_id("stSidebar").bounding_box()
    for name in ("Target y₁", "Target y₂"):
        group = page.get_by_role("radiogroup", name=name)
        right = group.get_by_role("radio", name="1", exact=True).bounding_box()
        assert right["x"] + right["width"] <= sidebar["x"] + sidebar["width"]


def test_the_drawing_can_be_walked_by_keyboard(page, app_url):
    open_live(page, app_url + "/?update=1")
    channel(page, "z.0.0").focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator('.cell[data-channel="z.1.0"]')).to_be_focused()
    page.keyboard.press("Enter")
    expect(part(page, "equation-title")).to_contain_text("activation of layer 1, unit 1")


def test_strips_show_which_sample_went_bad_first(page, app_url):
    open_live(page, app_url + "/?derivative=naive&sample=1&update=5&operation=delta.3")
    at(page, 5, "delta.3")
    assert cells(page)[("delta", 3, 0)] not in ("", "NaN")  # sample 1 is still well
    page.keyboard.press("s")
    expect(part(page, "samples")).to_have_attribute("aria-pressed", "true")
    page.mouse.move(*middle(channel(page, "delta.3.0")))
    expect(part(page, "tip")).to_contain_text("not finite in")
    drawn = "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(x => x > 0)"
    eventually(page, lambda: part(page, "strips").first.evaluate(drawn), True)

"""Exact values: there is room for their fields, what is refused is not computed, dialogs stay."""

import pytest
from playwright.sync_api import expect

from backprop.scenario.scenario import Scenario
from tests.browser.helpers import middle, open_live, painted, still
from tests.browser.on_stage import agree, at, cells, part

WHOLE = 2 + 27
IS_WHOLE = """input => {
  input.style.textOverflow = "clip"; // with an ellipsis a browser tells no width of the text
  return input.scrollWidth <= input.clientWidth;
}"""


def fields(page):
    """The open fields for exact values."""
    page.get_by_role("button", name="Type exact values").click()
    return page.get_by_test_id("stPopoverBody")


@pytest.mark.parametrize(
    ("field", "text", "required"),
    [
        ("Output bias", "5000", "a number from -1000 to 1000"),
        ("Weight scale", "5000", "a number from 0 to 1000"),
        ("Weight scale", "−2", "a number from 0 to 1000"),
        ("Updates", "70,5", "a whole number from 1 to 2000"),
        ("Updates", "5000", "a whole number from 1 to 2000"),
        ("Updates", "0", "a whole number from 1 to 2000"),
        ("Updates", "2,5e1", "a whole number from 1 to 2000"),
        ("Learning rate α", "1e13", "a number from 1e-12 to 1e+12"),
        ("ε of the clamp", "0.7", "a number"),
        ("Target y", "-0,2", "a number from 0 to 1"),
        ("x₁", "1e400", "a number"),
    ],
)
def test_what_a_field_refuses_is_not_computed(page, app_url, field, text, required):
    open_live(page, app_url + "/?update=5&operation=update&learning_rate=25")
    before = cells(page)
    typed = fields(page).get_by_label(field, exact=True)
    typed.press("Control+a")
    typed.press_sequentially(text)
    painted(page)
    typed.press("Enter")
    alert = page.get_by_test_id("stPopoverBody").get_by_role("alert")
    expect(alert).to_contain_text(f"Required: {required}")
    expect(typed).to_have_value(text)
    at(page, 5, "update")
    assert cells(page) == before
    agree(page, Scenario(update=5, operation="update", learning_rate=25), WHOLE)


def test_a_number_with_marks_of_thousands_is_the_number_that_is_meant(page, app_url):
    open_live(page, app_url)
    typed = fields(page).get_by_label("Learning rate α", exact=True)
    typed.fill("1.000,5")
    typed.press("Enter")
    page.wait_for_url("**learning_rate=1000.5**")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 800), (390, 844)])
def test_there_is_room_for_the_fields_wherever_their_button_stands(
    new_page, app_url, width, height
):
    page = new_page(width, height)
    page.goto(app_url + "/?edits=1:0.5_1_1")
    page.locator(".stage[data-operation]").wait_for()
    if width < 700:
        page.get_by_test_id("stExpandSidebarButton").click()
    button = page.get_by_role("button", name="Type exact values")
    button.evaluate("(button) => button.scrollIntoView({ block: 'end' })")
    opened = fields(page)
    expect(opened.get_by_label("Learning rate α", exact=True)).to_be_visible()
    still(page)
    box = opened.bounding_box()
    assert box["height"] > 500 and box["y"] >= 0 and box["y"] + box["height"] <= height
    assert box["x"] >= 0 and box["x"] + box["width"] <= width


def test_the_dialog_of_weights_stays_while_one_clicks_in_it(page, app_url):
    open_live(page, app_url)
    fields(page).get_by_role("button", name="Paste weights and biases").click()
    dialog = page.get_by_role("dialog", name="Weights and biases")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)  # it would lie over the dialog
    for place in ("Numbers", "Which", "Numbers"):
        dialog.get_by_label(place, exact=True).click()
        page.keyboard.press("Tab")
    numbers = dialog.get_by_label("Numbers", exact=True)
    numbers.fill("1 2\n3 4\n5 6")
    dialog.get_by_role("button", name="Use these numbers").click()
    expect(dialog.get_by_role("alert")).to_contain_text("W1 must have 4 rows of 2 numbers")
    numbers.fill("1 2\n3 4\n5 6\n7 8")
    dialog.get_by_role("button", name="Use these numbers").click()
    expect(dialog).to_have_count(0)
    page.wait_for_url("**weights=**")
    weights = tuple((f"W1.{n // 2}.{n % 2}", float(n + 1)) for n in range(8))
    part(page, "end").click()
    agree(page, Scenario(weights=weights), WHOLE)


@pytest.mark.parametrize(
    ("path", "sign"),
    [("", ".stage [data-heading]"), ("race", ".verdicts"), ("chain_rule", ".ladder .row")],
)
def test_what_a_format_cannot_hold_is_computed_in_the_next_by_a_click(page, app_url, path, sign):
    page.goto(f"{app_url}/{path}?format=float16&learning_rate=1e6")
    alert = page.get_by_role("alert").filter(has_text="that float16 can hold, got 1e+06")
    expect(alert).to_be_visible()
    page.get_by_role("button", name="Compute in float32").click()
    page.locator(sign).first.wait_for()
    expect(alert).to_have_count(0)
    page.wait_for_url(lambda url: "format=float32&learning_rate=1000000" in url)


LONG_EPSILONS = {"1.234e-300": "1.234e-300", "1.2345678901234567e-300": "1.2…e-300"}


@pytest.mark.parametrize("far", ["off", "on"])
@pytest.mark.parametrize("place", ["", "microscope"])
def test_an_epsilon_in_its_box_is_not_cut_to_another_number(new_page, app_url, place, far):
    page = new_page(1280, 800)
    for epsilon, text in LONG_EPSILONS.items():
        page.goto(f"{app_url}/{place}?derivative=clamped&epsilon={epsilon}&projector={far}")
        box = page.get_by_role("combobox", name="ε", exact=True)
        expect(box).to_have_value(text)
        still(page)
        assert box.evaluate(IS_WHOLE)
    if not place:  # and the row is still one row
        middles = [middle(page.get_by_role("radio", name="float64"))[1],
                   middle(page.get_by_role("button", name="Share"))[1]]  # fmt: skip
        assert abs(middles[0] - middles[1]) < 5

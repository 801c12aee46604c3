"""The index of the site: search, keys, themes, opened from the disk without a network."""

import pytest
from playwright.sync_api import expect

from backprop.export import site
from backprop.export.page import shelf_page
from backprop.export.shelves import chain_rule, microscope
from backprop.lessons import LESSONS
from tests.browser.helpers import eventually


@pytest.fixture(scope="module")
def index():
    return site.index("https://example.org/lessons")


def test_search_leaves_the_lessons_that_have_all_the_words(open_file, index):
    page = open_file(index)
    cards = page.locator(".gallery-cards > li:visible")
    expect(cards).to_have_count(len(LESSONS))
    page.keyboard.press("/")
    page.keyboard.type("half precision")
    expect(cards).to_have_count(1)
    expect(cards.first).to_contain_text("Half precision")
    expect(page.get_by_role("status")).to_have_text(f"1 of {len(LESSONS)} lessons")
    page.get_by_role("searchbox").fill("zebra")
    expect(page.get_by_role("status")).to_contain_text("No lesson speaks of that")


def test_arrows_go_from_card_to_card(open_file, index):
    page = open_file(index)
    page.get_by_role("searchbox").press("ArrowDown")
    focused = page.locator(":focus")
    names = list(LESSONS)
    expect(focused).to_have_attribute("data-lesson-id", names[0])
    page.keyboard.press("ArrowRight")
    expect(focused).to_have_attribute("data-lesson-id", names[1])
    page.keyboard.press("ArrowDown")
    expect(focused).to_have_attribute("data-lesson-id", names[4])  # three cards in a row
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_follow_the_theme(open_file, index, scheme):
    page = open_file(index, color_scheme=scheme)
    fill = "getComputedStyle(document.querySelector('.still .target rect')).stroke"
    colours = {"light": "rgb(91, 101, 115)", "dark": "rgb(163, 173, 186)"}
    assert page.evaluate(fill) == colours[scheme]
    other = "dark" if scheme == "light" else "light"
    page.get_by_role("button", name=other.title()).click()
    eventually(page, lambda: page.evaluate(fill), colours[other])


def test_codes_unfold_and_a_phone_sees_no_sideways_scroll(open_file, index):
    page = open_file(index, viewport={"width": 390, "height": 844})
    expect(page.locator(".qr").first).to_be_hidden()
    page.get_by_text("QR code").first.click()
    expect(page.locator(".qr").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_chain_rule_is_walked_factor_by_factor_without_a_server(open_file):
    page = open_file(shelf_page(chain_rule(), "index.html"), fragment="#network=deep&layer=2")
    factor = page.get_by_role("combobox", name="Factors multiplied")
    expect(factor).to_have_value("1")
    expect(page.locator(".product")).to_have_attribute("data-step", "1")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".product")).to_have_attribute("data-step", "2")
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".product")).to_have_attribute("data-step", "3")
    assert page.url.endswith("#network=deep&layer=2&factor=3")
    page.get_by_role("combobox", name="Network").select_option("single")
    expect(factor).to_have_value("3")  # its last
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    page.get_by_role("combobox", name="Network").select_option("naive")
    page.get_by_role("combobox", name="The chain of").select_option("1")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".product td.bad").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_microscope_stands_at_its_cliffs_without_a_server(open_file, scheme):
    page = open_file(shelf_page(microscope(), "index.html"), color_scheme=scheme)
    page.get_by_role("combobox", name="Arithmetic").select_option("float16")
    page.get_by_role("combobox", name="Target y").select_option("0")
    place = page.get_by_role("combobox", name="h", exact=True)
    place.select_option(label=place.locator("option").filter(has_text="z = 1").last.inner_text())
    row = page.locator('[data-row="complement"] .bits-value')
    expect(row).to_have_attribute("data-value", "0")
    expect(page.locator('[data-forms="delta"] [data-form="naive"]')).to_have_attribute(
        "data-verdict", "NaN"
    )
    page.reload()
    expect(row).to_have_attribute("data-value", "0")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390

"""The index of the site: search, keys, themes, opened from the disk without a network."""

import pytest
from playwright.sync_api import expect

from backprop.export import site
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

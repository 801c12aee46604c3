"""The quadratic cost on the Live page: its own numbers, and a toggle that does not apply."""

import re

from playwright.sync_api import expect

from backprop.scenario.scenario import Scenario
from tests.browser.helpers import open_live, screenshot
from tests.browser.on_stage import agree, choose


def test_the_cost_toggle_changes_the_numbers_and_switches_the_derivatives_off(page, app_url):
    open_live(page, app_url + "/?derivative=naive")
    choose(page, "Cost", "Quadratic")
    radios = page.get_by_role("radiogroup", name="Output derivative").get_by_role("radio")
    expect(radios.first).to_be_disabled()
    expect(page.get_by_text("The quadratic cost has one δ")).to_be_visible()
    expect(page.locator(".chart .curve")).to_have_count(1)
    page.keyboard.press("End")
    agree(page, Scenario(cost="quadratic", derivative="naive"), 2 + 27)
    expect(page).to_have_url(re.compile("cost=quadratic"))
    screenshot(page, "live-quadratic")
    choose(page, "Cost", "Cross-entropy")
    expect(radios.first).to_be_enabled()
    expect(page.locator(".chart .curve")).to_have_count(4)

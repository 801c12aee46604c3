"""Every page passes axe-core: no serious or critical violation, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from backprop.controls.frame import PAGES
from tests.browser.helpers import still

GRAVE = {"serious", "critical"}
NOT_OURS = {
    # Streamlit's own scrolling box round the sidebar; what is in it can be reached by keyboard.
    ("scrollable-region-focusable", "stSidebarContent"),
}
STATES = {
    "as it opens": "",
    "with a NaN": "derivative=naive&output_bias=45&update=5",
}


DRAWN = {
    "live": lambda page: expect(page.locator("[data-update]").first).to_be_visible(),
    "race": lambda page: expect(page.locator(".verdicts")).to_be_visible(),
    "microscope": lambda page: expect(page.locator(".h-marker")).to_have_count(2),
    "chain_rule": lambda page: expect(page.locator(".js-plotly-plot .main-svg")).not_to_have_count(
        0
    ),
    "check": lambda page: expect(page.locator(".js-plotly-plot .main-svg")).not_to_have_count(0),
    "lessons": lambda page: expect(page.locator("[data-lesson-id]")).not_to_have_count(0),
}
"""What each page draws last, after its script has ended."""


def violations(page):
    """What axe-core finds of a grave kind, a line for each element."""
    response = Axe().run(page).response
    return [
        f"{found['id']}: {node['target']} {node['html'][:200]} {node.get('failureSummary', '')}"
        for found in response["violations"]
        if found["impact"] in GRAVE
        for node in found["nodes"]
        if not any(found["id"] == rule and part in node["html"][:80] for rule, part in NOT_OURS)
    ]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_grave_violation(new_page, app_url, name, scheme, state):
    page = new_page(color_scheme=scheme)
    path = "" if name == "live" else name
    page.goto(f"{app_url}/{path}?{STATES[state]}")
    page.locator("[data-test-script-state=notRunning] [data-testid=stMain] *").first.wait_for(
        timeout=60_000
    )
    DRAWN[name](page)
    still(page)
    assert violations(page) == []


def test_the_check_itself_sees_a_violation(page):
    page.set_content('<html lang="en"><title>x</title><main><img src="data:,"></main></html>')
    assert any(line.startswith("image-alt") for line in violations(page))

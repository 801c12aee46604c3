"""Every text of Race, Microscope, Chain rule and Check can be read, near and far."""

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import eventually, still
from tests.browser.on_stage import faults_of_page

DRAWN = {
    "race": [".race-root[data-update]", ".verdicts"],
    "microscope": [".microscope-root .libraries", ".js-plotly-plot .xtick text"],
    "chain_rule": [".orders", ".js-plotly-plot .xtick text"],
    "check": [".check-table", ".js-plotly-plot .xtick text"],
}
"""What stands on a page when all of it is there."""
BROKEN = {
    "race": "units=16-16",
    "microscope": "h=12&format=bfloat16&derivative=clamped",
    "chain_rule": "checked=6&derivative=naive",
    "check": "derivative=naive&checked=1&format=float32",
}
OTHER = {
    "race": "race=naive~fused@float16~clamped:clip:1e-7~split@float32&data=circles",
    "microscope": "h=-700.5&y=1",
    "chain_rule": "units=8-8-8-8-8-8&layer=1&factor=9",
    "check": "units=16-16&checked=5",
}
STATES = [
    (BROKEN, "", (390, 844), 11, "light"),
    (OTHER, "", (844, 390), 11, "dark"),
    (BROKEN, "&projector=on", (1280, 800), 18, "dark"),
    (OTHER, "&projector=on", (1920, 1080), 24, "light"),
]
"""Links, a window, the least type in it, and the colours."""


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize(("links", "projector", "size", "least", "theme"), STATES)
def test_no_text_of_a_page_is_over_another_cut_small_or_faint(
    new_page, app_url, name, links, projector, size, least, theme
):
    page = new_page(*size, theme)
    page.goto(f"{app_url}/{name}?{links[name]}{projector}")
    for what in DRAWN[name]:
        page.locator(what).first.wait_for()
    still(page)
    eventually(page, lambda: faults_of_page(page, least), [], 4)


@pytest.mark.parametrize("size", [(390, 844), (844, 390)])
def test_on_a_phone_the_sidebar_is_folded_and_its_links_lead_to_an_open_page(
    new_page, app_url, size
):
    page = new_page(*size, has_touch=True)
    page.goto(app_url)
    unfold = page.get_by_test_id("stExpandSidebarButton")
    unfold.tap()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Check", exact=True).tap()
    page.locator(".check-table").wait_for()
    expect(unfold).to_be_visible()
    on_page = page.get_by_test_id("stMain").get_by_role("link", name="Race", exact=True)
    on_page.tap()
    page.locator(".race-root[data-update]").wait_for()
    expect(unfold).to_be_visible()
    assert page.get_by_test_id("stMain").bounding_box()["x"] == 0


def test_the_measure_finds_what_is_cut_in_a_box_or_faint_on_a_page(page, app_url):
    page.goto(f"{app_url}/chain_rule")
    page.locator(".orders").wait_for()
    eventually(page, lambda: faults_of_page(page), [], 4)
    answer = page.locator(".answer")
    for style, word in (
        ("overflow: hidden; height: 20px", "is cut"),
        ("overflow: auto; height: 20px", "scrolling"),
        ("opacity: 0.3", "contrast"),
        ("font-size: 9px", "is of"),
        ("margin-top: -40px !important", "over"),
        ("margin-left: -300px !important", "leaves the window"),
    ):
        answer.evaluate("(node, style) => node.setAttribute('style', style)", style)
        assert any(word in fault for fault in faults_of_page(page)), style
    answer.evaluate("node => node.removeAttribute('style')")
    assert faults_of_page(page) == []

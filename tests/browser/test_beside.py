"""Beside: two derivatives under one playhead, each with exactly the engine's numbers."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from backprop.scenario.scenario import Scenario
from tests.browser.helpers import eventually, middle, open_live, still
from tests.browser.on_stage import OTHER, agree, at, cells, choose, part

NAIVE = Scenario(derivative="naive", beside="split")
SPLIT = replace(NAIVE, derivative="split")
LINK = "derivative=naive&beside=split&update=5&operation=delta.3"


def both_agree(page, computed=2 + 27):
    agree(page, NAIVE, computed)
    agree(page, SPLIT, computed, OTHER)


def test_nan_here_and_a_finite_delta_there_at_the_same_moment(page, app_url):
    open_live(page, f"{app_url}/?{LINK}")
    at(page, 5, "delta.3")
    both_agree(page, 2 + 19)
    assert cells(page)[("delta", 3, 0)] == "NaN"
    assert -3.4e-18 < float(cells(page, OTHER)[("delta", 3, 0)]) < -3.2e-18
    for half, (title, cost) in (
        ("half-name", ("Naive", "NaN")),
        ("other-name", ("Split", "17.85")),
    ):
        expect(part(page, half)).to_contain_text(f"{title} J = {cost}")


def test_every_way_to_move_the_playhead_moves_both(page, app_url):
    open_live(page, f"{app_url}/?{LINK}")
    page.keyboard.press("ArrowRight")
    at(page, 5, "dW.3")
    both_agree(page, 2 + 19)
    page.keyboard.press("Shift+ArrowLeft")
    at(page, 4, "dW.3")
    both_agree(page, 2 + 19)
    part(page, "scrubber").fill("77")
    at(page, 77)
    both_agree(page, 2 + 19)
    part(page, "end").click()
    at(page, 120)
    both_agree(page)
    page.keyboard.press("Home")
    at(page, 0, "start")
    both_agree(page, 2)
    part(page, "speed").select_option(label="60 updates/s")
    page.keyboard.press("Space")
    at(page, 5, "delta.3")  # it stops at the first fault
    both_agree(page, 2 + 19)
    page.keyboard.press("Space")
    at(page, 120)
    both_agree(page)


def test_an_input_dragged_in_either_half_moves_in_both(page, app_url):
    open_live(page, f"{app_url}/?derivative=naive&beside=split&update=2")
    both_agree(page)
    for half, x in ((OTHER, 0), (".half:not([data-part=other]) ", 1)):
        left, top = middle(page.locator(f'{half}.input[data-unit="{x}"]'))
        page.mouse.move(left, top)
        page.mouse.down()
        page.mouse.move(left, top - 40, steps=4)
        eventually(page, lambda x=x: cells(page)[("z", 0, x)] != ("1", "-1")[x], True)
        page.mouse.up()
    left = re.compile(r"edits=2:(?!1_)([^_]+)_(?!-1_)([^_]+)_1")  # where the hand let both go
    page.wait_for_url(left)
    edits = ((2, (*map(float, left.search(page.url).groups()), 1.0)),)
    agree(page, replace(NAIVE, edits=edits), 2 + 27)
    agree(page, replace(SPLIT, edits=edits), 2 + 27, OTHER)


def test_a_click_in_the_other_half_selects_in_both(page, app_url):
    open_live(page, f"{app_url}/?{LINK}")
    page.locator(f'{OTHER}[data-channel="h.2.1"]').first.click()
    expect(page.locator('.cell.selected[data-channel="h.2.1"]')).to_have_count(2)
    expect(part(page, "equation-title")).to_contain_text("unit 2")


def test_it_is_chosen_in_a_list_or_by_a_key_and_a_reload_keeps_it(page, app_url):
    open_live(page, f"{app_url}/?derivative=naive&update=6")
    expect(part(page, "other")).to_be_hidden()
    page.keyboard.press("v")
    expect(part(page, "other-name")).to_contain_text("Split")
    both_agree(page)
    part(page, "beside").select_option(label="beside Fused")
    agree(page, replace(NAIVE, derivative="fused"), 2 + 27, OTHER)
    eventually(page, lambda: "beside=fused" in page.url, True)
    page.reload()
    agree(page, replace(NAIVE, derivative="fused"), 2 + 27, OTHER)
    page.locator("body").press("v")
    expect(part(page, "other")).to_be_hidden()
    eventually(page, lambda: "beside" in page.url, False)
    page.keyboard.press("v")
    expect(part(page, "other-name")).to_contain_text("Fused")


def test_the_toggle_changes_places_with_the_one_beside(page, app_url):
    open_live(page, f"{app_url}/?derivative=naive&beside=split&update=6")
    choose(page, "Output derivative", "Split")
    expect(part(page, "other-name")).to_contain_text("Naive")
    agree(page, SPLIT, 2 + 27)
    agree(page, NAIVE, 2 + 27, OTHER)


def test_a_cost_with_one_derivative_has_nothing_beside(page, app_url):
    open_live(page, f"{app_url}/?cost=quadratic&update=6")
    expect(part(page, "beside")).to_be_hidden()
    page.keyboard.press("v")
    page.keyboard.press("Shift+ArrowRight")
    at(page, 7)
    expect(part(page, "other")).to_be_hidden()


@pytest.mark.parametrize("projector", ["off", "on"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080), (390, 844)])
def test_both_halves_are_whole(new_page, app_url, width, height, projector):
    page = new_page(width, height)
    open_live(page, f"{app_url}/?{LINK}&projector={projector}")
    still(page)
    boxes = page.locator(".half .drawing-box")
    first, second = (boxes.nth(n).bounding_box() for n in (0, 1))
    if width > 390:
        assert second["x"] >= first["x"] + first["width"] and first["y"] == second["y"]
        for n in (0, 1):
            cut = boxes.nth(n).evaluate("box => box.scrollWidth - box.clientWidth")
            assert cut <= 0, "nothing is scrolled away"
        assert second["x"] + second["width"] <= width
        assert part(page, "play").bounding_box()["y"] < height - 40
    else:
        assert second["y"] >= first["y"] + first["height"]
    sizes = page.locator(".half .number").evaluate_all(
        "nodes => nodes.map((node) => parseFloat(getComputedStyle(node).fontSize))"
    )
    assert min(sizes) >= 9.5
    rows = page.locator(".half .cell rect.fill").evaluate_all(
        "nodes => nodes.map((node) => Math.round(node.getBoundingClientRect().width))"
    )
    half = len(rows) // 2
    assert rows[:half] == rows[half:], "the same network in the same size"

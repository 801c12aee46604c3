"""The Race page as people use it: in a browser, against the engine's own numbers."""

import math
import re

import pytest
from playwright.sync_api import expect

from backprop import race
from backprop.racing.summary import summarise
from backprop.scenario.scenario import Scenario
from tests.browser.helpers import box_of, eventually, screenshot, still

EIGHT = (
    "naive~clamped:clip:1e-7~clamped:clip:1e-8~clamped:clip_both:1e-7~fused~split"
    "~fused@float16~naive@float16"
)


def open_race(page, app_url, query=""):
    page.goto(f"{app_url}/race{query}")
    page.locator(".verdicts").wait_for(timeout=60_000)
    expect(page.locator(".race-root")).to_have_attribute(
        "data-update", re.compile(r"\d+"), timeout=60_000
    )


def shown_update(page):
    return int(page.locator(".race-root").get_attribute("data-update"))


def at(page, k):
    expect(page.locator(".race-root")).to_have_attribute("data-update", str(k))


def move_to(page, k):
    page.get_by_role("slider", name="Update", exact=True).fill(str(k))
    expect(page.locator(".race-root")).to_have_attribute("data-update", str(k))


def read_outs(page):
    """The numbers of each runner's row by channel, all digits."""
    rows = page.locator(".readouts tbody tr").evaluate_all(
        "rows => rows.map((row) => Object.fromEntries([...row.querySelectorAll('[data-channel]')]"
        ".map(({dataset: d}) => [d.channel, d.value])))"
    )
    special = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
    return [
        {int(c): special[v] if v in special else float(v) for c, v in row.items()} for row in rows
    ]


def recordings(scenario):
    data = scenario.dataset()
    return race(
        Scenario(seed=scenario.seed).network(), data.X, data.y, scenario.runners(),
        updates=scenario.updates, learning_rate=scenario.learning_rate,
    )  # fmt: skip


def test_the_numbers_under_the_playhead_are_the_engines_at_every_stop(page, app_url):
    open_race(page, app_url)
    raced = [summarise(r) for r in recordings(Scenario()).values()]
    at(page, 120)
    for k in (120, 0, 4, 5, 6, 50):
        if k != 120:
            move_to(page, k)
        for row, summary in zip(read_outs(page), raced, strict=True):
            want = [summary.true_cost[k], summary.cost[k], summary.right[k], summary.dead[k],
                    summary.lost[k], summary.largest_h[k]]  # fmt: skip
            for channel, number in enumerate(want):
                both_nan = math.isnan(row[channel]) and math.isnan(number)
                assert both_nan or row[channel] == number, (k, channel)
            last = summary.norms[k, -1]
            assert row[8] == last or (math.isnan(row[8]) and math.isnan(last))


def test_the_playhead_is_one_for_all_charts_and_the_boundaries_follow(page, app_url):
    open_race(page, app_url)
    expect(page.locator(".plane").nth(0)).to_contain_text("not finite")
    page.locator(".race-root .hint").click()
    page.keyboard.press("Home")
    expect(page.locator(".race-root")).to_have_attribute("data-update", "0")
    page.keyboard.press("n")
    expect(page.locator(".race-root")).to_have_attribute("data-update", "5")
    places = page.locator(".chart").evaluate_all(
        "charts => charts.map((c) => [c.querySelector('.playhead').getAttribute('transform'),"
        " +c.dataset.x0, +c.dataset.x1])"
    )
    assert len(places) == 7
    for transform, x0, x1 in places:
        assert float(transform[10:-1]) == pytest.approx(x0 + (x1 - x0) * 5 / 120, abs=0.01)
    for card in page.locator(".plane").all():
        expect(card).to_contain_text("update 5")
    expect(page.locator(".plane").nth(1)).to_contain_text("2 dead")
    expect(page).to_have_url(re.compile(r"update=5\b"))


def test_a_drag_in_any_chart_moves_the_playhead(page, app_url):
    open_race(page, app_url)
    box = box_of(page.locator(".chart").nth(2))
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.6)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.6, steps=4)
    page.mouse.up()
    eventually(page, lambda: 45 < shown_update(page) < 75, True)


def test_a_click_on_a_curve_opens_the_live_page_there(page, app_url):
    open_race(page, app_url, "?seed=3102&race=naive~clamped:clip:1e-8~split@float32")
    still(page)
    point = page.locator(".chart").first.locator('[data-runner="1"][data-channel="0"] .catch')
    place = point.evaluate(
        "path => { const p = path.getPointAtLength(path.getTotalLength() / 2);"
        " const q = p.matrixTransform(path.getScreenCTM()); return [q.x, q.y]; }"
    )
    page.mouse.move(*place)
    expect(page.locator(".tip")).to_contain_text("ε-clamped, clip 1e-8")
    page.mouse.click(*place)
    page.locator(".stage").wait_for(timeout=60_000)
    expect(page).to_have_url(re.compile("derivative=clamped"))
    address = page.url
    assert "/race" not in address and "derivative=clamped" in address
    assert "clamp=clip" in address and "epsilon=1e-8" in address
    assert 40 < int(re.search(r"update=(\d+)", address).group(1)) < 80


def test_the_name_of_a_runner_is_a_link_to_the_live_page(page, app_url):
    open_race(page, app_url, "?race=naive~fused@float16&update=7")
    link = page.locator(".readouts a").nth(1)
    assert link.get_attribute("href").endswith("update=7")
    link.focus()
    page.keyboard.press("Enter")
    page.locator(".stage").wait_for(timeout=60_000)
    expect(page).to_have_url(re.compile("format=float16"))
    expect(page).to_have_url(re.compile("update=7"))


def test_the_table_links_each_runner_at_its_first_fault(page, app_url):
    open_race(page, app_url)
    row = page.locator(".verdicts tbody tr").first
    expect(row).to_contain_text("update 5, layer 3, sample 3")
    row.get_by_role("link").click()
    page.locator(".stage").wait_for(timeout=60_000)
    expect(page).to_have_url(re.compile(r"/\?derivative=naive&(.*&)?update=5"))


def test_ready_choices_and_the_form_change_who_runs(page, app_url):
    open_race(page, app_url)
    page.get_by_role("combobox", name="Race").click()
    page.get_by_role("option", name="Every clamp").click()
    expect(page.locator(".readouts tbody tr")).to_have_count(5)
    expect(page).to_have_url(re.compile("race=clamped:denominator:1e-7~clamped:clip:1e-7~"))
    page.get_by_role("button", name="Add a runner").click()
    page.get_by_label("ε", exact=True).fill("0.7")
    page.get_by_label("ε", exact=True).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("below 0.5, got 0.7")
    page.get_by_label("ε", exact=True).fill("abc")
    page.get_by_label("ε", exact=True).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("got “abc”")
    page.get_by_label("ε", exact=True).fill("3e-5")
    page.get_by_label("ε", exact=True).press("Enter")
    page.get_by_role("button", name="Add ε-clamped, w + 3e-5").click()
    expect(page.locator(".readouts tbody tr")).to_have_count(6)
    expect(page).to_have_url(re.compile("clamped:denominator:3e-5"))


def test_a_bad_race_in_a_link_is_named_and_the_default_runs(page, app_url):
    open_race(page, app_url, "?race=naive~magic")
    expect(page.get_by_role("alert").first).to_contain_text("race: up to 8 different runners")
    expect(page.locator(".readouts tbody tr")).to_have_count(4)


def test_a_long_race_shows_how_far_it_is_and_can_be_stopped(page, app_url):
    long = "?data=spiral&units=16-16-16-16-16-16&updates=2000&learning_rate=1&race="
    slow = "~".join(f"clamped:clip:0.{n}@bfloat16" for n in range(11, 19))
    page.goto(f"{app_url}/race{long}{slow}")
    page.get_by_role("button", name="Stop").click(timeout=60_000)
    expect(page.get_by_text(re.compile(r"Stopped. Update \d"))).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name="Go on")).to_be_visible(timeout=60_000)
    page.locator(".verdicts").wait_for(timeout=60_000)
    eventually(page, lambda: 0 < shown_update(page) < 2000, True)


def test_three_inputs_have_no_plane_but_everything_else(page, app_url):
    open_race(page, app_url, "?data=own&rows=0_1_1_1~1_0_1_0~0_0_1_1")
    expect(page.get_by_text("No decision boundaries here")).to_contain_text("have 3")
    expect(page.locator(".chart")).to_have_count(7)
    still(page)
    assert page.locator(".plane").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (390, 844)])
def test_it_fits_the_window(new_page, app_url, size, scheme):
    page = new_page(*size, color_scheme=scheme)
    open_race(page, app_url)
    move_to(page, 60)
    expect(page.locator(".plane").first).to_contain_text("update 60")
    still(page)
    screenshot(page, f"race-{size[0]}-{scheme}")
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    table = page.locator(".verdicts")
    assert table.evaluate("(table) => table.scrollWidth <= table.parentElement.clientWidth")
    if size[0] > 390:
        bottom = page.locator(".planes").bounding_box()
        assert bottom["y"] + bottom["height"] < size[1]
    open_race(page, app_url, f"?race={EIGHT}")
    expect(page.locator(".readouts tbody tr")).to_have_count(8)
    screenshot(page, f"race-eight-{size[0]}-{scheme}")

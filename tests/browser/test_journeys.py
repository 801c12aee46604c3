"""A person's way through the app, by clicks: from every page to every page, back, and on."""

import re
from itertools import permutations
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from backprop.scenario.linked import own_table
from backprop.scenario.scenario import Scenario
from tests.browser.helpers import middle
from tests.browser.on_stage import at, choose, drag_input, part, playhead, stage

PAGES = {
    "Live": ".stage[data-operation]",
    "Race": ".race-root[data-update]",
    "Microscope": ".microscope-root [data-part=slider]",
    "Chain rule": ".drawn svg",
    "Check": ".gradtable, table",
    "Lessons": ".gallery",
}
"""What is there once a page is, by the page's name in the navigation."""

BEYOND_THE_START = re.compile(r"^([2-9]|\d\d+)$")
LEAVING = """(stage) => addEventListener("pagehide", () => {
  sessionStorage.setItem("left", stage.dataset.update);
})"""
RESTS = """([update, operation]) => {
  const said = new URLSearchParams(location.search);
  return (said.get("update") ?? "0") === update && (said.get("operation") ?? "start") === operation;
}"""
QUERY = "?seed=77&scale=2.5"


def arrived(page, name):
    expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute("disabled", "")
    page.locator(PAGES[name]).first.wait_for(timeout=120_000)
    expect(page.get_by_text("encountered an error")).to_have_count(0)
    page.wait_for_url(lambda url: "visit=" not in url)  # the mark of the way is answered


def go(page, name):
    page.get_by_role("link", name=name, exact=True).click()
    arrived(page, name)


def query(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def open_live(page, url, parameters=QUERY):
    page.goto(url + "/" + parameters)
    stage(page).wait_for(timeout=60_000)
    expect(part(page, "play")).to_be_visible()


def rested(page, update, operation):
    """Wait until the address says where the playhead rests."""
    page.wait_for_function(RESTS, arg=[str(update), operation])


def test_every_page_leads_to_every_page_and_keeps_the_scenario(page, app_url):
    open_live(page, app_url)
    here, ways = "Live", set(permutations(PAGES, 2))
    while ways:
        there = next((b for a, b in sorted(ways) if a == here), None)
        there = there or next(a for a, _ in sorted(ways) if a != here)
        go(page, there)
        ways.discard((here, there))
        here = there
        assert query(page)["seed"] == "77" and query(page)["scale"] == "2.5"
        if there in ("Live", "Race", "Chain rule", "Check"):  # they have the network's sidebar
            expect(page.get_by_label("Seed", exact=True)).to_have_value("77")
            expect(page.get_by_role("slider", name="Weight scale")).to_have_value("2.5")
            expect(page.get_by_role("slider", name="Hidden layers")).to_have_value("2")


def test_back_and_forward_bring_back_what_was_seen_choice_by_choice(page, app_url):
    open_live(page, app_url)
    choose(page, "Output derivative", "Naive")
    page.wait_for_url("**derivative=naive**")
    page.evaluate("backpropAddress.stepped = 0")  # as after a while: quick choices are one step
    choose(page, "Arithmetic", "float32")
    page.wait_for_url("**format=float32**")
    go(page, "Race")
    go(page, "Check")
    page.go_back()
    arrived(page, "Race")
    assert query(page)["format"] == "float32"
    page.go_back()
    arrived(page, "Live")
    chosen = page.get_by_role("radio", name="float32", exact=True)
    expect(chosen).to_have_attribute("aria-checked", "true")
    page.go_back()
    expect(chosen).to_have_attribute("aria-checked", "false")
    expect(page.get_by_role("radio", name="Naive")).to_have_attribute("aria-checked", "true")
    page.go_back()
    expect(page.get_by_role("radio", name="Fused")).to_have_attribute("aria-checked", "true")
    page.go_forward()
    expect(page.get_by_role("radio", name="Naive")).to_have_attribute("aria-checked", "true")
    expect(page.get_by_role("radio", name="Fused")).to_have_attribute("aria-checked", "false")
    page.wait_for_url(lambda url: "visit=" not in url and "derivative=naive" in url)
    assert query(page) == {"seed": "77", "scale": "2.5", "derivative": "naive"}


HURRY = """async (steps) => {
  for (const [by, pause] of steps) {
    const gone = new Promise((done) => {
      const hear = ({ isTrusted }) => isTrusted && done(removeEventListener("popstate", hear));
      addEventListener("popstate", hear);
    });
    history.go(by);
    await gone;
    await new Promise((done) => setTimeout(done, pause));
  }
}"""
"""Each step once the browser has taken the one before; it forgets one that it has not begun."""


def landed(page, name):
    """Wait until the page is there, with the network of `QUERY`, and the address says no more."""
    arrived(page, name)
    path = "/" if name == "Live" else f"/{name.lower()}"
    page.wait_for_url(lambda url: urlsplit(url).path == path and "visit=" not in url)
    assert query(page) == {"seed": "77", "scale": "2.5"}


@pytest.mark.parametrize(
    "steps",
    [
        [(-1, 60), (1, 200), (-1, 200)],
        [(-1, 120), (-1, 20), (1, 20), (-1, 60), (-1, 120), (1, 0), (1, 60)],
    ],
)
def test_back_and_forward_in_a_hurry_lead_nowhere_else(page, app_url, steps):
    open_live(page, app_url)
    way = ["Live", "Microscope", "Race", "Check"]
    for name in way[1:]:
        go(page, name)
        landed(page, name)
    page.evaluate(HURRY, steps)
    place = len(way) - 1 + sum(by for by, _ in steps)
    landed(page, way[place])
    while place < len(way) - 1:
        page.go_forward()
        place += 1
        landed(page, way[place])
    for name in reversed(way[:-1]):
        page.go_back()
        landed(page, name)


LATE = {
    "Live": """() => document.dispatchEvent(new CustomEvent("backprop:ask", {
      detail: { kind: "rest", update: "3", operation: "", selection: "", token: "" } }))""",
    "Race": """() => {
      const scrub = document.querySelector(".race-root [data-part=scrub]");
      if (scrub) scrub.valueAsNumber -= 1;
      scrub?.dispatchEvent(new Event("input", { bubbles: true }));
    }""",
    "Microscope": """() => document.querySelector(".microscope-root [data-part=slider]")
      ?.dispatchEvent(new Event("change", { bubbles: true }))""",
}
"""What each page's own script says, said when it is too late: a link has been clicked already."""
TOO_LATE = """([name, late]) => {
  [...document.querySelectorAll("a")].find((link) => link.innerText.trim() === name).click();
  const say = eval(late);
  for (let after = 0; after < 600; after += 20) setTimeout(say, after);
}"""
TALKATIVE = """() => {
  const detail = { kind: "undo", token: "", update: 0 };
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    document.dispatchEvent(new CustomEvent("backprop:ask", { detail }));
    if (!location.pathname.endsWith("/check")) port2.postMessage(0);
  };
  port2.postMessage(0);
  history.back();
}"""
"""Goes back while the stage asks without a pause, so also at the last moment."""


POOR_LINE = """
  const Real = WebSocket;
  window.lag = 0;
  window.WebSocket = class extends Real {
    set onmessage(hear) {
      super.onmessage = (event) => (window.lag ? setTimeout(hear, window.lag, event) : hear(event));
    }
  };
"""
"""What the server says reaches the page `lag` milliseconds later."""


@pytest.mark.parametrize("here", LATE)
def test_what_a_page_says_while_it_is_left_does_not_call_it_back(page, app_url, here):
    page.add_init_script(POOR_LINE)
    open_live(page, app_url)
    if here != "Live":
        go(page, here)
    page.evaluate("lag = 400")
    page.evaluate(TOO_LATE, ["Check", LATE[here]])
    arrived(page, "Check")
    page.wait_for_timeout(1500)  # a page that is called back comes after the one that was asked for
    arrived(page, "Check")


def test_what_a_page_says_as_one_goes_back_does_not_call_it_back(page, app_url):
    open_live(page, app_url)
    go(page, "Check")
    go(page, "Live")
    page.wait_for_url("**seed=77**")
    page.evaluate(TALKATIVE)
    arrived(page, "Check")
    page.wait_for_timeout(1500)
    arrived(page, "Check")


def test_from_a_network_that_plays_every_page_is_reached_and_the_place_is_kept(page, app_url):
    open_live(page, app_url)
    part(page, "play").click()
    expect(stage(page)).to_have_attribute("data-update", BEYOND_THE_START)
    go(page, "Race")
    go(page, "Live")
    expect(page.locator(".stage-root")).not_to_have_attribute("data-playing", "true")
    expect(stage(page)).to_have_attribute("data-update", BEYOND_THE_START)


OWN = Scenario(data="own", table=own_table([(1.5, -2, 0), (3, 0.25, 1)], "abc"), sample=2, seed=77)


@pytest.mark.parametrize("state", ["own data", "an edit", "a drag"])
def test_no_page_is_lost_or_changes_anything_with(page, app_url, state):
    open_live(page, app_url, "?" + urlencode(OWN.query()) if state == "own data" else QUERY)
    if state != "own data":
        drag_input(page)
    if state == "an edit":
        page.mouse.up()
        page.wait_for_url("**edits=**")
    before = query(page)
    for name in PAGES:
        if name == "Live":
            continue
        if state == "a drag":  # the hand that holds the input has no other way
            page.get_by_role("link", name=name, exact=True).press("Enter")
            arrived(page, name)
            page.mouse.up()
        else:
            go(page, name)
        go(page, "Live")
        stage(page).wait_for()
        assert query(page) == before
        if state == "a drag":
            drag_input(page)
    expect(page.locator(".stage-root")).to_contain_text("b" if state == "own data" else "x₂")


def test_choices_made_while_answers_are_under_way_are_all_kept(page, app_url):
    page.add_init_script(POOR_LINE)
    open_live(page, app_url)
    page.evaluate("lag = 700")
    for label, option in (("Arithmetic", "float32"), ("Output derivative", "Naive")):
        page.get_by_role("radiogroup", name=label).get_by_role("radio", name=option).click()
    page.get_by_role("radiogroup", name="Hidden activation").get_by_role("radio").nth(1).click()
    page.get_by_text("Biases", exact=True).first.click()
    page.get_by_role("radiogroup", name="Output derivative").get_by_role(
        "radio", name="Split"
    ).click()
    page.evaluate("lag = 0")
    said = r"\?(?=.*\bderivative=split\b)(?=.*\bformat=float32\b)(?=.*\bbias=off\b)"
    page.wait_for_url(re.compile(said + r"(?=.*\bhidden=tanh\b)(?=.*\bseed=77\b)"))
    expect(page.locator(".chart .curve.strong")).to_have_attribute("data-curve", "split")


def test_a_reload_while_it_plays_shows_the_update_at_which_it_was_left(page, app_url):
    open_live(page, app_url)
    part(page, "play").click()
    expect(stage(page)).to_have_attribute("data-update", BEYOND_THE_START)
    stage(page).evaluate(LEAVING)
    page.reload()
    stage(page).wait_for(timeout=60_000)
    left = page.evaluate("sessionStorage.getItem('left')")
    expect(stage(page)).to_have_attribute("data-update", left)


def test_a_reload_at_rest_shows_the_same(page, app_url):
    open_live(page, app_url, "?derivative=naive")
    page.get_by_title("Jump to the first non-finite value (N)").click()
    seen = playhead(page)
    rested(page, *seen)
    page.reload()
    stage(page).wait_for(timeout=60_000)
    expect(stage(page)).to_have_attribute("data-update", str(seen[0]))
    expect(stage(page)).to_have_attribute("data-operation", seen[1])


def test_a_reload_before_the_first_operation_shows_no_operation(page, app_url):
    open_live(page, app_url)
    expect(part(page, "position")).to_have_text("update 0 / 120 · the whole first pass")
    page.keyboard.press("Home")
    position = "update 0 / 120 · inputs and weights"
    expect(part(page, "position")).to_have_text(position)
    page.wait_for_url("**operation=start**")
    page.reload()
    stage(page).wait_for(timeout=60_000)
    expect(part(page, "position")).to_have_text(position)


def test_two_tabs_do_not_disturb_one_another(page, app_url):
    open_live(page, app_url)
    other = page.context.new_page()
    open_live(other, app_url, "?seed=5")
    choose(other, "Output derivative", "Naive")
    other.wait_for_url("**derivative=naive**")
    choose(page, "Arithmetic", "float16")
    page.wait_for_url("**format=float16**")
    assert query(page) == {"seed": "77", "scale": "2.5", "format": "float16"}
    assert query(other) == {"seed": "5", "derivative": "naive"}


def test_a_page_that_is_opened_in_another_tab_shows_what_is_shown_here(page, app_url):
    open_live(page, app_url)
    choose(page, "Output derivative", "Split")
    page.wait_for_url("**derivative=split**")
    link = page.get_by_role("link", name="Check", exact=True)
    with page.context.expect_page() as opened:
        link.click(modifiers=["ControlOrMeta"])
    tab = opened.value
    arrived(tab, "Check")
    assert query(tab) == query(page) == {"seed": "77", "scale": "2.5", "derivative": "split"}
    arrived(page, "Live")
    with tab.context.expect_page() as opened:
        tab.get_by_role("link", name="Live", exact=True).click(modifiers=["ControlOrMeta"])
    arrived(opened.value, "Live")
    assert query(opened.value) == query(page)


def test_what_a_link_was_refused_is_said_until_the_network_is_another(page, app_url):
    open_live(page, app_url, "?seed=nine")
    notice = page.get_by_test_id("stAlert")
    expect(notice).to_contain_text("could not be followed")
    page.get_by_label("Seed", exact=True).fill("9")
    page.keyboard.press("Enter")
    expect(notice).to_have_count(0)
    page.wait_for_url("**seed=9**")


def test_a_bad_update_is_named_on_the_race_and_the_page_is_sane(page, app_url):
    page.goto(app_url + "/race?update=abc")
    arrived(page, "Race")
    expect(page.get_by_text("got “abc”")).to_be_visible()
    expect(part(page, "position").first).to_have_text("update 120 of 120")


# ---- the keys belong to the stage --------------------------------------------------------------


def plays(page):
    page.keyboard.press("Space")
    expect(page.locator(".stage-root")).to_have_attribute("data-playing", "true")


def test_after_a_data_set_was_chosen_space_plays(page, app_url):
    open_live(page, app_url, "")
    page.locator("[data-testid=stSelectbox] input").first.click()
    page.get_by_role("option", name="Two moons").click()
    expect(stage(page)).to_be_visible()
    plays(page)
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_after_a_seed_was_typed_space_plays(page, app_url):
    open_live(page, app_url, "")
    seed = page.get_by_label("Seed", exact=True)
    seed.fill("12")
    seed.press("Enter")
    plays(page)
    page.wait_for_url("**seed=12**")


def test_after_a_click_on_a_slider_arrows_step_the_playhead(page, app_url):
    open_live(page, app_url, "")
    slider = page.get_by_role("slider", name="Weight scale")
    page.mouse.click(*middle(slider))
    before = slider.input_value()
    page.keyboard.press("ArrowRight")
    expect(stage(page)).to_have_attribute("data-operation", "h.1")
    assert slider.input_value() == before


def test_by_keyboard_arrows_move_the_slider_that_has_the_focus(page, app_url):
    open_live(page, app_url, "")
    slider = page.get_by_role("slider", name="Weight scale")
    page.keyboard.press("Tab")  # the keyboard is in use
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**scale=3.1**")
    at(page, 0, "start")


@pytest.mark.parametrize("option", ["Naive", "Split"])
def test_space_plays_at_once_after_a_click_on_the_toggle(page, app_url, option):
    open_live(page, app_url, "")
    page.get_by_role("radio", name=option, exact=True).click()
    plays(page)
    page.wait_for_url(f"**derivative={option.lower()}**")

"""The Lessons page: from the gallery into a lesson, by link, by key, and out as a file."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from backprop.lessons import LESSONS
from tests.browser.helpers import painted, screenshot, still
from tests.browser.on_stage import agree, at

CLICKS_AT_ONCE = """
const { setItem } = Storage.prototype;
let late = [];
Storage.prototype.setItem = function (name, text) {
  if (late && name === "backprop.step" && text) late.push([this, name, text]);
  else setItem.call(this, name, text);
};
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (how) {
  const root = attach.call(this, how);
  const look = new MutationObserver(() => {
    const card = root.querySelector("[data-lesson-id=right-and-sure]");
    if (!card) return;
    look.disconnect();
    card.click();
    for (const [storage, ...said] of late) setItem.call(storage, ...said);
    late = null;
  });
  look.observe(root, { childList: true, subtree: true });
  return root;
};
"""
"""Clicks on a card in the moment in which it comes; where a lesson was left is told only then."""


def open_lesson(page, app_url, name, **query):
    parameters = "".join(f"&{key}={value}" for key, value in query.items())
    page.goto(f"{app_url}/lessons?lesson={name}{parameters}")
    page.locator("[data-update]").first.wait_for(timeout=60_000)


def step_on(page, steps):
    for _ in range(steps):
        page.keyboard.press("PageDown")


def test_the_gallery_opens_a_lesson_and_its_address_says_so(page, app_url):
    page.goto(f"{app_url}/lessons")
    cards = page.locator("[data-lesson-id]")
    expect(cards).to_have_count(len(LESSONS), timeout=60_000)
    screenshot(page, "gallery")
    page.get_by_role("searchbox").fill("wrong label")
    page.locator("[data-lesson-id=wrong-label]").click()
    at(page, 0, "start")
    page.wait_for_url("**/lessons?lesson=wrong-label*")
    page.get_by_role("button", name="All lessons").click()
    expect(cards).to_have_count(len(LESSONS))
    page.wait_for_url(lambda url: "wrong-label" not in url.split("#")[0])


def test_a_link_opens_the_lesson_and_it_plays_as_its_page_does(page, app_url):
    open_lesson(page, app_url, "right-and-sure")
    step_on(page, 3)
    at(page, 5, "z.3")
    page.keyboard.press("n")
    painted(page)
    at(page, 5, "z.3")  # held until the question is answered
    page.get_by_role("button", name="3 NaN").click()
    expect(page.locator("[data-book=verdict]")).to_contain_text("and so it is")
    page.keyboard.press("PageDown")
    at(page, 5, "delta.3")
    expect(page.locator(".card.faulty")).to_contain_text("0 / 0 = NaN")
    screenshot(page, "lesson")


def test_a_second_lesson_starts_at_its_own_first_step(page, app_url):
    open_lesson(page, app_url, "right-and-sure")
    page.keyboard.press("PageDown")
    at(page, 4, "delta.3")
    page.get_by_role("button", name="All lessons").click()
    page.locator("[data-lesson-id=usual-repair]").click()
    expect(page.locator("[data-book=title]")).to_have_text("The usual repair")
    expect(page.locator("[data-book=progress]")).to_have_text("1 of 7")


@pytest.mark.parametrize("way", ["Back", "the link"])
def test_a_lesson_that_was_left_for_another_page_goes_on_where_it_was(page, app_url, way):
    open_lesson(page, app_url, "right-and-sure")
    step_on(page, 2)
    page.get_by_role("button", name="3 NaN").click()
    revealed = page.locator("[data-book=revealed]")
    expect(revealed).to_be_focused()
    box, next_step = revealed.bounding_box(), page.locator("[data-book=next]").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= next_step["y"]  # all of it is seen
    step_on(page, 1)
    at(page, 5, "delta.3")
    page.get_by_role("link", name="Live", exact=True).first.click()
    expect(page.locator("[data-testid=stSidebar]")).to_be_visible()
    page.locator("[data-update]").first.wait_for()
    page.wait_for_url(lambda url: "#" not in url)
    if way == "Back":
        page.go_back()
    else:
        page.get_by_role("link", name="Lessons", exact=True).first.click()
    expect(page.locator("[data-book=progress]")).to_have_text("4 of 5")
    at(page, 5, "delta.3")
    page.keyboard.press("PageUp")
    expect(page.locator("[data-book=verdict]")).to_contain_text("and so it is")
    page.get_by_role("button", name="All lessons").click()
    page.locator("[data-lesson-id=right-and-sure]").click()
    expect(page.locator("[data-book=progress]")).to_have_text("1 of 5")


def test_a_card_clicked_as_soon_as_it_is_there_begins_its_lesson(page, app_url):
    page.add_init_script(CLICKS_AT_ONCE)
    open_lesson(page, app_url, "right-and-sure")
    step_on(page, 2)
    expect(page.locator("[data-book=progress]")).to_have_text("3 of 5")
    page.get_by_role("button", name="All lessons").click()
    expect(page.locator("[data-book=progress]")).to_have_text("1 of 5")


def test_an_unknown_lesson_is_named_and_the_gallery_offered(page, app_url):
    page.goto(f"{app_url}/lessons?lesson=magic")
    expect(page.get_by_text("There is no lesson named “magic”")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-lesson-id]")).to_have_count(len(LESSONS))


def test_the_lesson_has_a_code_and_saves_as_a_page_that_plays_offline(page, app_url, open_file):
    open_lesson(page, app_url, "wrong-label")
    page.get_by_role("button", name="Link and QR code").click()
    expect(page.get_by_alt_text("QR code of this link")).to_be_visible()
    expect(page.get_by_text("/lessons?lesson=wrong-label", exact=False)).to_be_visible()
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a page").click()
    assert download.value.suggested_filename == "wrong-label.html"
    alone = open_file(download.value.path().read_text("utf-8"))
    at(alone, 0, "start")
    expect(alone.locator("[data-book=title]")).to_have_text("The wrong label")


def test_the_live_page_saves_what_it_shows_as_a_page(page, app_url, open_file):
    page.goto(f"{app_url}/?derivative=naive&update=5&operation=delta.3")
    page.locator("[data-update]").first.wait_for(timeout=60_000)
    at(page, 5, "delta.3")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="A page that plays anywhere").click()
    at(open_file(download.value.path().read_text("utf-8")), 5, "delta.3")


def test_a_lesson_in_the_app_is_changed_like_a_page_that_stands_alone(page, app_url):
    lesson = LESSONS["right-and-sure"]
    open_lesson(page, app_url, lesson.id)
    step_on(page, 2)
    at(page, 5, "z.3")
    expect(page.get_by_role("button", name="Change it")).to_be_hidden()
    page.keyboard.press("3")
    page.get_by_role("button", name="Change it").click()
    page.get_by_role("combobox", name="Arithmetic", exact=True).select_option("float32")
    agree(page, replace(lesson.at(lesson.steps[2]), format="float32"), 20)
    expect(page.get_by_role("link", name="Try it live")).to_have_attribute(
        "href", re.compile("format=float32")
    )
    page.keyboard.press("PageDown")
    at(page, 5, "delta.3")
    agree(page, lesson.at(lesson.steps[3]), 21)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_a_lesson_fits_and_projector_mode_enlarges_its_text(new_page, app_url, width, height):
    page = new_page(width, height)
    open_lesson(page, app_url, "wrong-label")
    still(page)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth")
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    small = page.locator("[data-book=text]").evaluate(size)
    page.get_by_role("button", name="Projector mode").click()
    page.locator(".stage-root.projector").wait_for()
    still(page)
    assert page.locator("[data-book=text]").evaluate(size) >= 24 > small


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080)])
def test_from_afar_the_network_stays_in_sight_while_one_reads(new_page, app_url, width, height):
    page = new_page(width, height)
    open_lesson(page, app_url, "right-and-sure&projector=on")
    page.locator(".stage-root.projector").wait_for()
    step_on(page, 2)
    page.keyboard.press("2")
    for what in ("[data-book=reveal]", "[data-book=next]", ".drawing-box", ".transport"):
        expect(page.locator(what).first).to_be_in_viewport(ratio=0.9)
    step_on(page, 1)
    at(page, 5, "delta.3")
    for what in ("[data-book=progress]", "[data-book=text]", ".drawing-box", "[data-part=told]"):
        expect(page.locator(what).first).to_be_in_viewport(ratio=1)


CUT = """(node) => {
  const { top, bottom } = node.getBoundingClientRect();
  for (let around = node.parentElement; around; around = around.parentElement) {
    if (getComputedStyle(around).overflowY !== "hidden") continue;
    const box = around.getBoundingClientRect();
    if (box.bottom < bottom || box.top > top) return around.className;
  }
  return "";
}"""


def test_the_qr_code_of_a_card_is_seen_whole(page, app_url):
    page.goto(f"{app_url}/lessons")
    page.locator(".gallery summary").first.click()
    code = page.locator("details[open] svg.qr")
    expect(code).to_be_visible()
    assert code.evaluate(CUT) == ""


def test_key_p_leads_into_projector_mode_and_out_of_it_in_a_lesson(page, app_url):
    open_lesson(page, app_url, "float16")
    page.keyboard.press("p")
    page.locator(".stage-root.projector").wait_for()
    leave = page.get_by_role("button", name="Leave")
    expect(leave).to_be_visible()
    page.keyboard.press("p")
    expect(leave).to_have_count(0)
    page.locator(".stage-root:not(.projector)").wait_for()


def test_hands_are_counted_in_the_app_too_and_outlive_projector_mode_and_a_reload(page, app_url):
    open_lesson(page, app_url, "usual-repair")
    step_on(page, 2)
    at(page, 0, "cost.2")
    page.keyboard.press("h")
    for number in ("20", "0", "5"):
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("[data-book=verdict]")).to_contain_text("Most hands, 20 of 25")
    page.keyboard.press("PageDown")
    at(page, 0, "delta.2")
    page.get_by_role("button", name="Projector mode").click()
    page.locator(".stage-root.projector").wait_for()
    expect(page.locator("[data-book=hands-again] li")).to_have_count(3)
    page.reload()
    at(page, 0, "delta.2")
    expect(page.locator("[data-book=hands-again]")).to_contain_text("0 · 0 %")
    page.get_by_role("button", name="All lessons").click()
    page.locator("[data-lesson-id=usual-repair]").click()
    expect(page.locator("[data-book=progress]")).to_have_text("1 of 7")  # asked anew
    expect(page.locator("[data-part=chart]")).to_be_hidden()

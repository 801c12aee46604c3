"""A lesson of one's own, by clicks: made on the Live page, told, kept, played, opened again."""

import json

from playwright.sync_api import expect

from tests.browser.helpers import eventually, open_live, screenshot
from tests.browser.on_stage import at

MEAN = "<img src=x onerror=alert(1)> **bold** [a](https://example.org)"


def add(page, text, step):
    page.get_by_role("button", name="Add to lesson").click()
    page.get_by_label("What you say here").fill(text)
    page.get_by_role("button", name=f"Add as step {step}", exact=True).click()
    page.get_by_role("dialog").wait_for(state="hidden")


def say(page, label, text):
    """Fill a field and go on, as a person does."""
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.blur()


def to_editor(page):
    page.get_by_role("link", name="Lessons", exact=True).click()
    page.get_by_role("button", name="Your own lesson").click()
    expect(page.get_by_label("Title")).to_be_visible()


def made(page, app_url):
    """A lesson of two moments with a question, in the editor."""
    open_live(page, f"{app_url}/?derivative=naive&update=4&operation=delta.3")
    at(page, 4, "delta.3")
    add(page, f"At update 4 all is well. {MEAN}", 1)
    page.keyboard.press("n")
    at(page, 5, "delta.3")
    page.wait_for_url("**update=5**")
    eventually(page, lambda: "update 5" in moment(page), True)
    add(page, "Update 5.", 2)
    to_editor(page)
    say(page, "Title", f"Mine {MEAN}")
    page.get_by_text("Ask for a prediction").click()
    say(page, "The question", "What is δ at update 5?")
    say(page, "Its answers, one a line", "0\nNaN\nsomething else")
    page.get_by_role("radiogroup", name="What happens").get_by_text("NaN", exact=True).click()
    say(page, "Why, said once it is answered", f"0 / 0. {MEAN}")
    say(page, "Speaker’s notes, one a line", "Wait for it.")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def moment(page):
    """What the dialog says would be added."""
    page.get_by_role("button", name="Add to lesson").click()
    said = page.get_by_role("dialog").get_by_text("sample 3").inner_text()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    return said


def test_a_lesson_is_made_of_moments_and_plays_like_any_other(page, app_url, open_file):
    made(page, app_url)
    screenshot(page, "own-lesson")
    page.get_by_role("button", name="Play", exact=True).click()
    at(page, 4, "delta.3")
    expect(page.locator("[data-book=title]")).to_have_text(f"Mine {MEAN}")
    expect(page.locator("[data-book=text]")).to_have_text(f"At update 4 all is well. {MEAN}")
    page.keyboard.press("PageDown")
    expect(page.locator("[data-book=progress]")).to_have_text("1 of 2")  # the question is open
    page.keyboard.press("2")
    expect(page.locator("[data-book=verdict]")).to_contain_text("and so it is")
    page.keyboard.press("PageDown")
    at(page, 5, "delta.3")
    link = page.locator("[data-book=live]").get_attribute("href")
    assert "update=5" in link
    assert "derivative=naive" in link
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a page").click()
    alone = open_file(download.value.path().read_text("utf-8"))
    at(alone, 4, "delta.3")
    expect(alone.locator("[data-book=title]")).to_have_text(f"Mine {MEAN}")
    assert alone.locator("img").count() == page.locator("[data-book] img").count() == 0


def test_it_survives_a_reload_and_opens_from_its_file_elsewhere(new_page, app_url):
    page = new_page()
    made(page, app_url)
    page.reload()
    expect(page.get_by_label("Title")).to_have_value(f"Mine {MEAN}")
    expect(page.get_by_label("Step 1 says")).to_have_value(f"At update 4 all is well. {MEAN}")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save", exact=True).click()
    told = json.loads(download.value.path().read_text("utf-8"))
    assert [step["update"] for step in told["steps"]] == [4, 5]
    assert told["question"]["right"] == 1
    elsewhere = new_page()
    elsewhere.goto(f"{app_url}/lessons?lesson=own")
    expect(elsewhere.get_by_text("Go to the Live page")).to_be_visible()
    chooser = elsewhere.locator("input[type=file]")
    bad = {"name": "bad.json", "mimeType": "application/json"}
    chooser.set_input_files({**bad, "buffer": b'{"backprop-lesson": 9}'})
    expect(elsewhere.get_by_text("is of version 9, and this app reads version 1")).to_be_visible()
    chooser.set_input_files({**bad, "buffer": json.dumps(told).encode()})
    elsewhere.get_by_role("button", name="Open “Mine").click()
    expect(elsewhere.get_by_label("Title")).to_have_value(f"Mine {MEAN}")
    expect(elsewhere.get_by_label("Its answers, one a line")).to_have_value(
        "0\nNaN\nsomething else"
    )


def test_steps_are_moved_and_deleted_and_nothing_is_lost(page, app_url):
    made(page, app_url)
    first, second = page.get_by_label("Step 1 says"), page.get_by_label("Step 2 says")
    page.get_by_role("button", name="Up", exact=True).nth(1).click()
    expect(first).to_have_value("Update 5.")
    expect(second).to_have_value(f"At update 4 all is well. {MEAN}")
    page.get_by_role("button", name="Delete", exact=True).first.click()
    expect(second).to_have_count(0)
    page.get_by_role("button", name="Delete", exact=True).first.click()
    expect(page.get_by_text("It has no step")).to_be_visible()
    expect(page.get_by_role("button", name="Play", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(first).to_have_value(f"At update 4 all is well. {MEAN}")
    page.get_by_role("button", name="Undo").click()
    expect(first).to_have_value("Update 5.")
    page.get_by_role("button", name="Undo").click()
    expect(second).to_have_value("Update 5.")
    page.get_by_role("button", name="Begin another").click()
    expect(page.get_by_text("Go to the Live page")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(second).to_have_value("Update 5.")

"""Strangers' text is text: nothing that a link, a file or a table says can ask another host."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.on_stage import stage

IMAGE = "![a](http://example.com/a.png)"
HTML = "<img src=http://example.com/b.png><svg onload=alert(1)>"
HOSTILE = (IMAGE, HTML, "[a](javascript:alert(1))", "$\\color{red}{x}$ :smile:", "\u202eevil\ufeff")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_link_is_named_as_it_is(page, app_url, text):
    page.goto(f"{app_url}/check?seed={quote(text)}&{quote(text)}=1")
    message = page.get_by_test_id("stAlert")
    expect(message).to_contain_text("The link could not be followed everywhere")
    assert message.locator("a, img, svg image, .katex").count() == 0


def test_hostile_names_of_columns_are_names(page, app_url):
    rows, names = "1_2_0~3_4_1", ",".join(quote(f'"{name}"') for name in (IMAGE, HTML, "y"))
    page.goto(f"{app_url}/?data=own&rows={rows}&names={names}")
    stage(page).wait_for(timeout=60_000)
    assert page.locator("img[src*=example], svg image").count() == 0
    page.get_by_role("link", name="Race", exact=True).click()
    expect(page.locator(".race-root[data-update]")).to_be_visible()
    assert page.locator("img[src*=example], svg image").count() == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (json.dumps({"scenario": {f"{IMAGE}{n}": "1" for n in range(9000)}}), "does not know"),
        ("[" * 100_000, "must be a scenario"),
        ('{"scenario": {"seed": "\\ud800"}}', "seed"),
        ("\ufeff{}", "must be a scenario"),
    ],
)
def test_a_hostile_scenario_file_gets_one_clear_message(page, app_url, content, said):
    page.goto(app_url)
    stage(page).wait_for(timeout=60_000)
    page.get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(
        {"name": "s.json", "mimeType": "application/json", "buffer": content.encode("utf-8")}
    )
    expect(dialog.get_by_test_id("stAlert")).to_have_count(1)
    expect(dialog.get_by_test_id("stAlert")).to_contain_text(said)

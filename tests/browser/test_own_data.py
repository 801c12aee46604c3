"""Own data by clicks: seen before it is taken, taken with the values that are meant, or refused."""

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import expect

from backprop.scenario.linked import own_table
from backprop.scenario.scenario import Scenario
from tests.browser.helpers import middle, open_live
from tests.browser.on_stage import agree, stage

RUN_THE_PAGE = """
document.dispatchEvent(
  new CustomEvent("backprop:ask", { detail: { kind: "undo", token: "", update: 0 } }),
)
"""
"""What the stage asks for may run the whole page at any moment."""
ESCAPE_FROM_NOWHERE = """() => {
  document.activeElement.blur();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
}"""
"""Escape while nothing has the focus, as after a download."""


def own_dialog(page, app_url, query=""):
    open_live(page, app_url + query)
    page.get_by_role("combobox", name="Data set").click()
    page.get_by_role("option", name="Your own points").click()
    way_in = page.get_by_role("button", name="Type points or load a CSV")
    middle(way_in)  # once the page stands still
    way_in.click()
    return page.get_by_role("dialog")


def paste(dialog, text):
    area = dialog.get_by_role("textbox", name="Text")
    area.fill(text)
    area.press("Control+Enter")


def load(dialog, content, name="mine.csv"):
    dialog.get_by_text("Load a file", exact=True).click()
    dialog.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def take(dialog):
    dialog.get_by_role("button", name="Use these points").click()
    expect(dialog).to_have_count(0)


def type_into_the_first_cell(page, dialog, text):
    """Of the editable table, below the names."""
    dialog.locator(".stDataFrameGlideDataEditor").first.click(position={"x": 150, "y": 88})
    expect(dialog.get_by_test_id("data-grid-canvas").first).to_be_focused()
    page.keyboard.press("Enter")
    editor = page.locator("#portal textarea")
    editor.fill(text)
    editor.press("Enter")


def value(page, channel):
    return page.locator(f'.cell[data-channel="{channel}"]')


def test_pasted_points_with_decimal_commas_are_the_numbers_on_the_stage(page, app_url):
    dialog = own_dialog(page, app_url)
    paste(dialog, "1e6;2;0\n0,5;−1;1")
    expect(dialog.locator(".preview tbody tr")).to_have_count(2)
    expect(dialog).to_contain_text("2 samples with 2 inputs")
    expect(dialog).to_contain_text("has a decimal comma: “0,5” is 0.5")
    take(dialog)
    expect(page.locator(".input")).to_have_count(2)
    expect(value(page, "z.0.0")).to_have_attribute("data-value", "0.5")
    expect(value(page, "z.0.1")).to_have_attribute("data-value", "-1")
    titled = "Your own points (2)"
    expect(page.get_by_role("combobox", name="Data set")).to_have_value(titled)
    page.locator("[data-part=end]").click()
    table = own_table([[1e6, 2, 0], [0.5, -1, 1]])
    agree(page, Scenario(sample=2).on("own", table), 2 + 27)


def test_a_file_with_yes_and_no_is_previewed_and_its_target_changed_by_a_click(page, app_url):
    dialog = own_dialog(page, app_url)
    load(dialog, "größe;ok;rest\n1,5;yes;0\n2,5;no;1\n3,5;no;0,25\n4;yes;1".encode("latin-1"))
    expect(dialog.locator(".preview th.target").first).to_have_text("ok")
    expect(dialog).to_contain_text("guessed because it alone holds words")
    expect(dialog).to_contain_text("“no” is 0, “yes” is 1")
    expect(dialog.locator(".preview td.read").first).to_have_text("1")
    dialog.get_by_role("radio", name="rest", exact=True).click()
    expect(dialog.locator(".preview th.target").first).to_have_text("rest")
    expect(dialog).to_contain_text("“ok” holds words")
    dialog.get_by_role("radio", name="ok", exact=True).click()
    dialog.get_by_role("radio", name="“yes” is 0, “no” is 1").click()
    expect(dialog.locator(".preview td.read").first).to_have_text("0")
    take(dialog)
    expect(value(page, "z.0.0")).to_have_attribute("aria-label", "größe on the stage")
    expect(page).to_have_url(re.compile("rows="))
    said = parse_qs(urlsplit(page.url).query)
    assert said["names"] == ["größe,rest,ok"]
    assert said["rows"] == ["1.5_0_0~2.5_1_1~3.5_0.25_1~4_1_0"]


def test_what_is_refused_stays_as_typed_and_missing_rows_go_by_a_click(page, app_url):
    dialog = own_dialog(page, app_url)
    paste(dialog, "a,b,label\n1,2,0\n3,cat,1\n5,6,1\n7,8,0")
    expect(dialog.get_by_role("alert")).to_contain_text("line 3, column “b” holds “cat”")
    expect(dialog.locator(".preview td.refused")).to_have_text("cat")
    expect(dialog.get_by_role("button", name="Use these points")).to_be_disabled()
    expect(dialog.get_by_role("textbox", name="Text")).to_have_value(
        "a,b,label\n1,2,0\n3,cat,1\n5,6,1\n7,8,0"
    )
    paste(dialog, "a,b,label\n1,2,0\n3,?,1\n5,6,1\n7,8,NA")
    expect(dialog.get_by_role("alert")).to_contain_text("lines 3, 5")
    dialog.get_by_role("button", name="Leave 2 rows out").click()
    expect(dialog).to_contain_text("2 samples with 2 inputs")
    expect(dialog.locator(".preview tr.gone th")).to_have_text(["3 left out", "5 left out"])
    expect(dialog.locator(".preview")).to_contain_text("2 left out in all")
    take(dialog)
    expect(page).to_have_url(re.compile("rows=1_2_0~5_6_1"))


def test_a_number_of_two_meanings_is_asked_about_and_a_click_answers(page, app_url):
    dialog = own_dialog(page, app_url)
    paste(dialog, "Umsatz\tZiel\n12.500\t1\n9.100\t0")
    expect(dialog.get_by_role("alert")).to_contain_text("may be 12.5 or 12500")
    dialog.get_by_role("button", name="It means 12500").click()
    expect(dialog).to_contain_text("“12.500” is 12500")
    expect(dialog.get_by_role("alert")).to_have_count(0)
    paste(dialog, "Umsatz;Ziel\n12,500;1\n9,100;0")
    expect(dialog).to_contain_text("“12,500” is 12.5")
    dialog.get_by_role("radio", name="12500", exact=True).click()
    expect(dialog).to_contain_text("“12,500” is 12500")
    take(dialog)
    expect(page).to_have_url(re.compile("rows=12500_1~9100_0"))


def test_a_workbook_is_refused_with_what_to_do(page, app_url):
    dialog = own_dialog(page, app_url)
    load(dialog, b"PK\x03\x04" + bytes(40), "mine.xlsx")
    expect(dialog.get_by_role("alert")).to_contain_text("Excel workbooks")
    expect(dialog.get_by_role("alert")).to_contain_text("save it as CSV, or copy its cells")


def test_a_table_too_large_to_be_edited_says_so_and_is_still_there(page, app_url):
    dialog = own_dialog(page, app_url)
    load(dialog, "".join(f"{n},{n % 2}\n" for n in range(3100)).encode())
    expect(dialog.get_by_role("alert")).to_contain_text("at most 2,000 samples")
    dialog.get_by_text("Table", exact=True).click()
    expect(dialog).to_contain_text("more than the 6,000 cells that can be edited here")
    dialog.get_by_text("Load a file", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("but it has 3,100")


def test_a_cell_of_the_table_is_read_as_it_is_in_a_file(page, app_url):
    dialog = own_dialog(page, app_url)
    paste(dialog, "a;b;fits\n1;2;no\n3;4;yes")
    dialog.get_by_text("Table", exact=True).click()
    type_into_the_first_cell(page, dialog, "0,5")
    expect(dialog).to_contain_text("“0,5” is 0.5")
    dialog.get_by_role("button", name="Add a column").click()
    header = dialog.locator("[data-testid=data-grid-canvas] [role=columnheader]")
    expect(header.filter(has_text="4")).to_have_count(1)


def test_a_large_file_is_offered_a_sample_and_stays_over_a_reload(page, app_url):
    dialog = own_dialog(page, app_url)
    rng = np.random.default_rng(0)
    lines = [f"{a!r},{b!r},{int(a > b)}" for a, b in rng.normal(size=(2500, 2)).tolist()]
    load(dialog, "\n".join(["left,right,label", *lines]).encode())
    expect(dialog.get_by_role("alert")).to_contain_text("at most 2,000 samples")
    dialog.get_by_role("button", name="Take a sample of 2,000 rows").click()
    expect(dialog).to_contain_text("2,000 of 2,500 rows, drawn with seed 0")
    take(dialog)
    page.wait_for_url("**table=**")
    before = value(page, "z.0.0").get_attribute("data-value")
    page.reload()
    stage(page).wait_for(timeout=60_000)
    expect(value(page, "z.0.0")).to_have_attribute("data-value", before)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog")).to_contain_text("your own data (2,000 samples)")
    expect(page.get_by_role("dialog").get_by_role("button", name="Scenario")).to_be_visible()


HOSTILE = "![x](http://a.example/x) :x: $z$ www.d.example <img src=//b.example>"


@pytest.mark.parametrize("where", ["name", "cell"])
def test_a_strangers_text_is_only_text(page, app_url, where):
    dialog = own_dialog(page, app_url)
    name, cell = (HOSTILE, "yes") if where == "name" else ("a", HOSTILE)
    paste(dialog, f'"{name}","b"\n"{cell}",1\n"no",2\n"no",3\n"{cell}",4')
    expect(dialog.locator(".preview")).to_contain_text("![x](http")
    expect(dialog.locator("img, a, .katex")).to_have_count(0)
    expect(dialog.get_by_text(":x:").first).to_be_visible()
    dialog.get_by_role("button", name="Use these points").click()
    links = "a:not([data-testid=stPageLink-NavLink])"  # of the navigation, on a phone
    expect(
        page.locator(f"[data-testid=stSidebar] img, [data-testid=stMain] {links}")
    ).to_have_count(0)


def test_what_was_edited_in_the_table_is_there_when_the_dialog_is_opened_again(page, app_url):
    dialog = own_dialog(page, app_url)
    paste(dialog, "a,b,y\n1,2,0\n3,4,1")
    expect(dialog).to_contain_text("2 samples with 2 inputs")
    dialog.get_by_text("Table", exact=True).click()
    type_into_the_first_cell(page, dialog, "0,5")
    expect(dialog).to_contain_text("“0,5” is 0.5")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Type points or load a CSV").click()
    expect(dialog).to_contain_text("“0,5” is 0.5")
    take(dialog)
    page.wait_for_url("**rows=0.5_**")


def test_a_row_with_a_cell_that_is_no_number_goes_by_a_click(page, app_url):
    dialog = own_dialog(page, app_url)
    paste(dialog, "a,b,y\n1,2,0\n3,4.x,1\n5,6,1\n7,8,0")
    expect(dialog.get_by_role("alert")).to_contain_text("line 3, column “b” holds “4.x”")
    dialog.get_by_role("button", name="Leave line 3 out").click()
    expect(dialog).to_contain_text("3 samples with 2 inputs")
    expect(dialog).to_contain_text("Left out by you: line 3.")
    take(dialog)
    page.wait_for_url("**rows=1_2_0~5_6_1~7_8_0**")


def test_a_run_of_the_whole_page_takes_no_dialog_away_and_no_click_in_it(page, app_url):
    dialog = own_dialog(page, app_url)
    paste(dialog, "1,2,0\n3,4,1")
    expect(dialog).to_contain_text("2 samples with 2 inputs")
    dialog.get_by_text("Load a file", exact=True).click()
    page.evaluate(RUN_THE_PAGE)
    dialog.locator("input[type=file]").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": b"1,2,3,0\n3,4,5,1"}
    )
    expect(dialog).to_contain_text("2 samples with 3 inputs")
    take(dialog)
    expect(value(page, "z.0.2")).to_have_attribute("data-value", "5")
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog")).to_contain_text("Share exactly this")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog")).to_contain_text("Share exactly this")
    page.evaluate(ESCAPE_FROM_NOWHERE)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Race", exact=True).click()
    expect(page.locator(".race-root[data-update]")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)

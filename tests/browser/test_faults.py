"""The line of what is there now, what lies ahead for those who ask, and the card of the fault."""

from playwright.sync_api import expect

from tests.browser.helpers import middle, open_live
from tests.browser.on_stage import at, channel, part, to_fault


def test_the_line_says_what_is_there_now_and_only_those_who_ask_learn_the_end(page, app_url):
    open_live(page, app_url + "/?derivative=naive")
    line, ask = part(page, "fault"), page.get_by_role("button", name="What lies ahead?")
    page.keyboard.press("Home")
    for update in (0, 3):
        page.get_by_label("Update", exact=True).fill(str(update))
        at(page, update)
        expect(part(page, "told")).to_contain_text(
            f"Nothing non-finite so far: update {update} of 120."
        )
    ask.click()
    expect(line).to_contain_text("Naive meets its first non-finite value at update 5.")
    expect(ask).to_be_hidden()
    page.keyboard.press("Home")
    expect(line).to_contain_text("update 0 of 120.")
    expect(line).to_contain_text("Naive meets its first")  # it stays
    to_fault(page)
    expect(line).to_contain_text("First non-finite value: update 5")
    expect(ask).to_be_hidden()


def test_what_was_asked_is_forgotten_with_the_recording_and_the_end_is_said_at_the_end(
    page, app_url
):
    open_live(page, app_url + "/?derivative=clamped")
    line, ask = part(page, "fault"), page.get_by_role("button", name="What lies ahead?")
    ask.click()
    expect(line).to_contain_text("Goes silent")
    expect(line).to_contain_text("The cost has grown from 1.4 to 15.3.")  # the race says so too
    page.get_by_role("radio", name="Split", exact=True).click()
    expect(ask).to_be_visible()
    expect(line).not_to_contain_text("silent")
    page.keyboard.press("End")
    at(page, 120)
    expect(line).to_contain_text("Split, after 120 updates. Learned: every sample is right.")
    expect(ask).to_be_hidden()


def test_a_displayed_cost_that_is_lost_is_told_with_its_reason(page, app_url):
    open_live(page, app_url + "/?derivative=clamped&output_bias=40")
    page.keyboard.press("Home")
    expect(part(page, "told")).to_contain_text("so far: update 0")  # not computed yet
    page.get_by_label("Update", exact=True).fill("1")
    at(page, 1)
    expect(part(page, "told")).to_contain_text("but the displayed cost")
    expect(part(page, "told")).to_contain_text("1 − z = 0, so log(0) = −∞")


def test_while_an_input_is_held_the_card_is_the_pages_own_and_reads_as_the_one_that_follows(
    page, app_url
):
    open_live(page, app_url + "/?derivative=naive&output_bias=40&sample=1")
    to_fault(page)
    card = part(page, "told")
    expect(card).to_contain_text("sample 1 (y = 0)")
    expect(card).to_contain_text("true δ = 1")
    before = card.inner_text()
    x, y = middle(channel(page, "z.0.0"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 60, steps=6)
    expect(card).not_to_have_text(before, use_inner_text=True)
    held = card.inner_text()
    page.mouse.up()
    page.wait_for_url("**edits=**")
    expect(card).to_have_text(held, use_inner_text=True)


def test_the_equation_at_the_fault_is_that_of_the_unit_that_broke(page, app_url):
    open_live(page, app_url + "/?hidden=relu&format=float16&learning_rate=1000&seed=3")
    to_fault(page)
    expect(part(page, "told")).to_contain_text("layer 2, unit 3")
    expect(part(page, "equation-title")).to_contain_text("layer 2, unit 3")
    expect(part(page, "equation").locator("mn").last).to_have_text("−∞")
    page.get_by_title("One operation back", exact=False).click()
    expect(part(page, "equation-title")).to_contain_text("unit 1")

"""The page that stands alone, opened from the disk without a network."""

import math
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from backprop.engine.digits import guarded, in_formula, short
from backprop.export.booklet import of_lesson, of_scenario
from backprop.export.page import page as page_of
from backprop.lessons import LESSONS
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario
from tests.browser.helpers import DIGITS, painted
from tests.browser.on_stage import at

NAIVE = Scenario(derivative="naive", update=5, operation="delta.3")


def value(page, quantity, layer, unit):
    cell = page.locator(
        f'.cell[data-quantity="{quantity}"][data-layer="{layer}"][data-unit="{unit}"]'
    )
    return float(cell.get_attribute("data-value").replace("Infinity", "inf"))


def test_the_saved_page_shows_the_scenario_as_it_was_and_its_numbers_are_the_engines(open_file):
    page = open_file(page_of(of_scenario(NAIVE)))
    at(page, 5, "delta.3")
    trace = recordings(NAIVE)["naive"].trace(5)
    for i, layer in enumerate(trace.layers, start=1):
        for u in range(layer.h.shape[1]):
            assert value(page, "h", i, u) == layer.h[2, u]
            assert value(page, "z", i, u) == layer.z[2, u]
    assert math.isnan(value(page, "delta", 3, 0))
    expect(page.locator(".card.faulty")).to_contain_text("0 / 0 = NaN")


def test_the_toggle_changes_the_derivative_and_keeps_the_playhead(open_file):
    page = open_file(page_of(of_scenario(NAIVE)))
    at(page, 5, "delta.3")
    page.get_by_role("radio", name="Split").click()
    expect(page.get_by_role("radio", name="Split")).to_have_attribute("aria-checked", "true")
    at(page, 5, "delta.3")
    split = recordings(NAIVE)["split"].trace(5)
    expect(page.locator('.cell[data-channel="delta.3.0"]')).to_have_attribute(
        "data-value", re.compile("^-")
    )
    assert value(page, "delta", 3, 0) == split.layers[-1].delta[2, 0]
    page.keyboard.press("Tab")  # the keyboard is in use: arrows belong to the choice again
    page.get_by_role("radio", name="Split").press("ArrowRight")
    expect(page.get_by_role("radio", name="Naive")).to_have_attribute("aria-checked", "true")


def test_a_scenario_without_an_operation_opens_on_its_whole_pass(open_file):
    at(open_file(page_of(of_scenario(Scenario(update=7)))), 7, "update")


def test_it_plays_and_meets_the_nan_by_key(open_file):
    page = open_file(page_of(of_scenario(Scenario(derivative="naive"))))
    at(page, 0, "start")
    page.keyboard.press("n")
    at(page, 5, "delta.3")
    page.keyboard.press("Home")
    at(page, 0, "start")
    page.keyboard.press(" ")
    expect(page.locator(".stage-root")).to_have_attribute("data-playing", "true")
    expect(page.locator(".stage")).not_to_have_attribute("data-operation", "start")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_follows_the_theme_outside_and_can_be_switched(open_file, scheme):
    page = open_file(page_of(of_scenario(NAIVE)), color_scheme=scheme)
    root = page.locator(".stage-root")
    expect(root).to_have_attribute("data-theme", scheme)
    other = "dark" if scheme == "light" else "light"
    page.get_by_role("button", name=other.title()).click()
    expect(root).to_have_attribute("data-theme", other)
    at(page, 5, "delta.3")


def test_it_works_inside_a_frame_and_on_a_phone(open_file, tmp_path):
    (tmp_path / "inner.html").write_text(page_of(of_lesson(LESSONS["wrong-label"])), "utf-8")
    frame = '<iframe src="inner.html" width="1000" height="700" title="lesson"></iframe>'
    page = open_file(f"<!doctype html><title>slides</title>{frame}", "slides.html")
    inner = page.frame_locator("iframe")
    expect(inner.locator(".stage")).to_have_attribute("data-operation", "start")
    phone = open_file(
        page_of(of_scenario(NAIVE)), viewport={"width": 390, "height": 844}, has_touch=True
    )
    at(phone, 5, "delta.3")
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    for choice in phone.get_by_role("radio").all():
        box = choice.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    phone.get_by_role("radio", name="Fused").tap()
    expect(phone.get_by_role("radio", name="Fused")).to_have_attribute("aria-checked", "true")


def test_steps_go_by_clicker_but_not_past_an_open_question(open_file):
    lesson = LESSONS["wrong-label"]
    page = open_file(page_of(of_lesson(lesson)))
    at(page, 0, "start")
    expect(page.locator("[data-book=progress]")).to_have_text("1 of 7")
    page.keyboard.press("PageDown")
    at(page, 0, "z.2")
    expect(page.locator("[data-book=question]")).to_be_visible()
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    page.keyboard.press("PageDown")
    painted(page)
    expect(page.locator("[data-book=progress]")).to_have_text("2 of 7")
    page.keyboard.press("PageUp")
    at(page, 0, "start")


def test_before_the_prediction_the_playhead_is_held_and_nothing_tells_what_comes(open_file):
    page = open_file(page_of(of_lesson(LESSONS["right-and-sure"])))
    for _ in range(2):
        page.keyboard.press("PageDown")
    at(page, 5, "z.3")
    for key in ("ArrowRight", "Shift+ArrowRight", "End", "n", " "):
        page.keyboard.press(key)
        painted(page)
        at(page, 5, "z.3")
        expect(page.locator(".stage-root")).to_have_attribute("data-playing", "false")
    expect(page.locator("[data-part=chart]")).to_be_hidden()
    expect(page.locator(".fault-tick")).to_be_hidden()
    expect(page.get_by_text("every value of all")).to_be_hidden()
    page.keyboard.press("3")
    page.keyboard.press("n")
    at(page, 5, "delta.3")
    expect(page.locator("[data-part=chart]")).to_be_visible()


@pytest.mark.parametrize(("answer", "said"), [(0, "What happens: “NaN”"), (2, "and so it is")])
def test_the_prediction_is_compared_in_words_with_what_happens(open_file, answer, said):
    lesson = LESSONS["right-and-sure"]
    page = open_file(page_of(of_lesson(lesson)))
    for _ in range(2):
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name=f"{answer + 1} {lesson.question.answers[answer]}").click()
    revealed = page.locator("[data-book=revealed]")
    expect(revealed).to_contain_text(f"You predicted “{lesson.question.answers[answer]}”")
    expect(revealed).to_contain_text(said)
    expect(revealed).to_contain_text(lesson.question.reveal)
    page.get_by_role("button", name="Next").click()
    at(page, 5, "delta.3")


def count_hands(page, *hands):
    page.keyboard.press("h")
    for number in hands:
        page.keyboard.type(number)
        page.keyboard.press("Enter")


def bars(page, where="answers"):
    """Each bar's words, and its length as a share of the longest that there can be."""
    return page.locator(f"[data-book={where}] .book-bar:visible").evaluate_all(
        """nodes => nodes.map(node => {
          const em = parseFloat(getComputedStyle(node).fontSize);
          const room = node.getBoundingClientRect().width - 7 * em;
          return [node.textContent, node.querySelector("i").getBoundingClientRect().width / room];
        })"""
    )


def test_hands_are_typed_by_key_and_drawn_in_proportion_also_none_at_all(open_file):
    lesson = LESSONS["right-and-sure"]
    page = open_file(page_of(of_lesson(lesson)))
    page.keyboard.press("h")  # nothing is asked yet
    for _ in range(2):
        page.keyboard.press("PageDown")
    at(page, 5, "z.3")
    expect(page.get_by_role("textbox", name="Hands for answer 1")).to_be_hidden()
    count_hands(page, "30", "0", "10")
    expect(page.get_by_role("button", name="Reveal")).to_be_focused()
    said, shares = zip(*bars(page), strict=True)
    assert said == ("30 · 75 %", "0 · 0 %", "10 · 25 %")
    assert shares == pytest.approx((0.75, 0, 0.25), abs=0.02)
    expect(page.locator("[data-book=hands-total]")).to_have_text("40 hands")
    page.get_by_role("textbox", name="Hands for answer 3").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("x")
    expect(page.locator("[data-book=hands-total]")).to_have_text("41 hands")
    at(page, 5, "z.3")  # no key of a field moved the playhead
    page.get_by_role("button", name="Reveal").press("Enter")
    expect(page.locator("[data-book=verdict]")).to_have_text(
        "Most hands, 30 of 41, are for “0: there is nothing to correct”. What happens: “NaN”. "
    )
    page.keyboard.press("PageDown")
    at(page, 5, "delta.3")
    assert [words for words, _ in bars(page, "hands-again")] == [
        "30 · 73 %", "0 · 0 %", "11 · 27 %"]  # fmt: skip
    expect(page.locator("[data-book=hands-again] [data-verdict=right]")).to_contain_text("NaN")


def test_votes_survive_going_back_and_forth_and_a_reload(open_file):
    page = open_file(page_of(of_lesson(LESSONS["wrong-label"])), fragment="#wrong-label:2")
    at(page, 0, "z.2")
    count_hands(page, "7", "5")
    page.keyboard.press("PageUp")
    at(page, 0, "start")
    page.keyboard.press("PageDown")
    expect(page.get_by_role("textbox", name="Hands for answer 2")).to_have_value("5")
    page.reload()
    at(page, 0, "z.2")
    expect(page.locator("[data-book=hands-total]")).to_have_text("12 hands")
    expect(page.locator("[data-part=chart]")).to_be_hidden()
    page.get_by_role("button", name="Reveal").click()
    page.keyboard.press("PageDown")
    at(page, 0, "delta.2")
    page.reload()
    at(page, 0, "delta.2")
    expect(page.locator("[data-book=hands-again] li")).to_have_count(3)
    page.keyboard.press("PageUp")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("textbox", name="Hands for answer 1")).to_be_hidden()


@pytest.mark.parametrize(
    ("hands", "said"),
    [(("4", "4"), "The hands are divided, 4 to 4."), (("0",), "No hand was raised."),
     (("", "", "9"), "Most hands, 9 of 9, are for “NaN”, and so it is.")],
)  # fmt: skip
def test_what_the_hands_said_is_put_in_words(open_file, hands, said):
    page = open_file(page_of(of_lesson(LESSONS["right-and-sure"])), fragment="#right-and-sure:3")
    at(page, 5, "z.3")
    count_hands(page, *hands)
    page.get_by_role("button", name="Reveal").click()
    expect(page.locator("[data-book=verdict]")).to_contain_text(said)


@pytest.mark.parametrize("way", ["3", "Enter"])
def test_after_an_answer_space_plays_and_leaves_no_step(open_file, way):
    page = open_file(page_of(of_lesson(LESSONS["right-and-sure"])), fragment="#right-and-sure:3")
    at(page, 5, "z.3")
    if way == "Enter":
        page.keyboard.press("Tab")  # the keyboard is in use
        page.get_by_role("button", name="3 NaN").focus()
    page.keyboard.press(way)
    expect(page.locator("[data-book=revealed]")).to_be_focused()
    page.keyboard.press(" ")
    expect(page.locator(".stage-root")).to_have_attribute("data-playing", "true")
    expect(page.locator("[data-book=progress]")).to_have_text("3 of 5")


def test_notes_are_the_presenters_and_hidden_until_asked_for(open_file):
    lesson = LESSONS["usual-repair"]
    page = open_file(page_of(of_lesson(lesson)))
    at(page, 0, "start")
    expect(page.get_by_text(lesson.notes[0])).to_be_hidden()
    page.keyboard.press("t")
    expect(page.get_by_text(lesson.notes[0])).to_be_visible()
    page.get_by_role("button", name="Notes").click()
    expect(page.get_by_text(lesson.notes[0])).to_be_hidden()


def test_a_link_to_a_step_opens_it_but_asks_the_question_first(open_file):
    html = page_of(of_lesson(LESSONS["right-and-sure"]))
    at(open_file(html, fragment="#right-and-sure:2"), 4, "delta.3")
    at(open_file(html, fragment="#right-and-sure:5"), 5, "z.3")
    for other in ("#wrong-label:2", "#right-and-sure:x", "#right-and-sure:-3", "#%00"):
        at(open_file(html, fragment=other), 0, "delta.3")


def test_pictures_write_numbers_as_the_player_does(open_file):
    rng = np.random.default_rng(1)
    bits = rng.integers(0, 2**64, 4000, dtype=np.uint64)
    values = [*bits.view(np.float64), *rng.normal(size=2000), *(1 - rng.random(300) * 1e-4),
              *rng.integers(-12000, 12000, 200) / 16, 0.0, 1.0, -1.0, 9999.5, 99999.5]  # fmt: skip
    finite = [float(v) for v in values if np.isfinite(v)]
    page = open_file("<!doctype html><title>digits</title>")
    write = f"(values) => {{ {DIGITS}; return values.map((v) => shortDigits(v)); }}"
    written = page.evaluate(write, finite)
    differ = [(v, a, short(v)) for v, a in zip(finite, written, strict=True)
              if a != short(v)]  # fmt: skip
    assert not differ, differ[:5]
    places = """(v) => [formulaDigits(v), guarded(formulaDigits(v), "!"),
      guarded(formulaDigits(v), "?"), guarded(formulaDigits(v), "")]"""
    formed = page.evaluate(f"(values) => {{ {DIGITS}; return values.map({places}); }}", finite)
    ours = [[guarded(in_formula(v), guard) for guard in ("", "!", "?", "")] for v in finite]
    differ = [pair for pair in zip(finite, formed, ours, strict=True) if pair[1] != pair[2]]
    assert not differ, differ[:5]

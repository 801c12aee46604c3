"""The equation card: what folds, what is marked, alone on the window, the way to a fault."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import DIGITS, eventually, open_live, screenshot
from tests.browser.on_stage import (
    at,
    channel,
    choose,
    faults,
    lines_of,
    part,
    stage,
    to_fault,
)

WORST = "derivative=clamped&update=6&operation=delta.3"

# ---- sums and steps that are folded -------------------------------------------------------------


def test_a_long_sum_shows_its_four_largest_terms_and_all_when_asked(page, app_url):
    open_live(page, f"{app_url}/?units=16-16&update=3&selection=h.2.5")
    terms = part(page, "equation").locator(".term")
    shown = part(page, "equation").locator(".term:visible")
    expect(terms).to_have_count(16)
    expect(shown).to_have_count(4)
    factors = terms.evaluate_all(
        """nodes => nodes.map(node => [node.hidden, ...[...node.querySelectorAll('[data-slot]')]
          .map(slot => Number(slot.getAttribute('title')))])"""
    )
    sizes = {n: abs(w * z) for n, (_, w, z) in enumerate(factors)}
    largest = sorted(sizes, key=sizes.get)[-4:]
    assert sorted(largest) == [n for n, (hidden, *_) in enumerate(factors) if not hidden]
    signs = shown.evaluate_all("nodes => nodes.map(node => node.querySelector('mo').textContent)")
    assert signs == ["=", "+", "+", "+"]
    fold = part(page, "equation").locator("[data-fold=terms]")
    expect(fold).to_have_text("+ … 12 more")
    fold.click()
    expect(shown).to_have_count(16)
    assert faults(page) == []
    last = part(page, "equation").locator(".term").nth(15).locator("[data-slot^=z]")
    last.click()
    expect(part(page, "equation-title")).to_contain_text("activation of layer 1, unit 16")


def test_where_room_is_short_the_step_that_made_the_fault_stays_and_all_come_when_asked(
    new_page, app_url
):
    page = new_page(1280, 640)
    open_live(page, f"{app_url}/?derivative=naive&update=5&operation=delta.3&projector=on")
    steps = part(page, "equation").locator(".step")
    visible = part(page, "equation").locator(".step:visible")
    expect(steps).to_have_count(7)
    eventually(page, lambda: visible.count() < 7, True)
    born = part(page, "equation").locator('.step[data-mark="born"]')
    expect(born).to_have_attribute("data-step", "dJ_dz")
    expect(born).to_be_visible()
    expect(steps.last).to_be_visible()
    button = part(page, "fold-steps")
    expect(button).to_have_text(re.compile(r"^… \d more steps?$"))
    button.click()
    expect(visible).to_have_count(7)
    button.click()
    eventually(page, lambda: visible.count() < 7, True)


def test_the_steps_at_which_digits_go_are_marked_once_true_values_are_there(page, app_url):
    open_live(page, f"{app_url}/?{WORST}")
    lost = part(page, "equation").locator('.step[data-mark="lost"]')
    expect(lost).to_have_count(3)
    names = lost.evaluate_all("nodes => nodes.map(node => node.dataset.step)")
    assert names == ["error", "complement", "padded"]
    expect(part(page, "truth")).to_contain_text("ε decides")
    choose(page, "Output derivative", "Split")
    expect(lost).to_have_count(0)


# ---- alone on the window, and from afar ---------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_a_card_the_chart_or_the_stage_fills_the_window_and_comes_back(new_page, app_url, size):
    page = new_page(*size)
    open_live(page, f"{app_url}/?{WORST}")
    expect(part(page, "truth")).to_contain_text("true value")  # all words are there
    small = part(page, "equation").evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    size_of = "cards => [cards.offsetWidth, cards.offsetHeight]"
    before = page.locator(".cards").evaluate(size_of)
    for panel, target in (
        ("equation", ".equation-card h3"), ("chart", ".chart-card h3"), ("view", ".key"),
    ):  # fmt: skip
        page.locator(target).first.dblclick(position={"x": 3, "y": 3})
        box = page.locator(f"[data-panel={panel}]")
        eventually(
            page, lambda box=box: [round(v) for v in box.bounding_box().values()], [0, 0, *size]
        )
        eventually(page, lambda: faults(page), [], 10)
        page.keyboard.press("Escape")
        eventually(page, lambda: page.locator(".cards").evaluate(size_of), before)
    page.locator(".equation-card").hover()
    page.keyboard.press("e")
    grown = "node => parseFloat(getComputedStyle(node).fontSize)"
    eventually(page, lambda: part(page, "equation").evaluate(grown) > small, True)
    page.keyboard.press("ArrowRight")  # it still plays
    at(page, 6, "dW.3")
    page.keyboard.press("e")
    eventually(page, lambda: page.locator(".cards").evaluate(size_of), before)


def test_what_is_larger_from_afar_is_everything(page, app_url):
    open_live(page, f"{app_url}/?{WORST}")
    sizes = """stage => ['.number', '.heading', '.step', '.tick', '.card.fault', '.position',
      '.key', 'select'].map((what) => getComputedStyle(stage.querySelector(what)).fontSize)
      .map(parseFloat)"""
    near = stage(page).evaluate(sizes)
    buttons = page.get_by_role("button", name="Share")
    button = "node => parseFloat(getComputedStyle(node.querySelector('p')).fontSize)"
    assert buttons.evaluate(button) < 18
    page.keyboard.press("p")
    expect(page.locator(".stage-root.projector")).to_be_visible()
    eventually(page, lambda: buttons.evaluate(button) >= 18, True)
    eventually(page, lambda: faults(page, 18), [], 10)
    far = stage(page).evaluate(sizes)
    assert all(large > small and large >= 17.9 for large, small in zip(far, near, strict=True))
    page.get_by_role("button", name="Leave").click()
    expect(page.locator(".stage-root.projector")).to_have_count(0)


# ---- the way to a fault -------------------------------------------------------------------------


def test_from_the_end_a_nan_is_followed_to_its_origin_in_a_few_steps(page, app_url):
    open_live(page, f"{app_url}/?derivative=naive&update=120&selection=h.1.0")
    presses = 0
    while part(page, "follow-back").is_visible():
        title, place = (
            part(page, "equation-title").inner_text(),
            stage(page).get_attribute("data-update"),
        )
        page.keyboard.press("f")
        eventually(
            page,
            lambda seen=(title, place): (
                part(page, "equation-title").inner_text(), stage(page).get_attribute("data-update")
            ) != seen,
            True,
        )  # fmt: skip
        presses += 1
    assert presses <= 8
    at(page, 5, "delta.3")
    expect(part(page, "note")).to_contain_text("born here, the end of the trail")
    to_fault(page)  # and what was selected gives way
    expect(part(page, "unselect")).to_be_hidden()
    expect(part(page, "equation-title")).to_contain_text("This step: error of the output layer")


def test_a_change_has_the_colour_of_a_change(page, app_url):
    open_live(page, f"{app_url}/?update=4")
    fill = channel(page, "z.3.0").locator("xpath=self::*")
    colour = "node => getComputedStyle((node.querySelector?.('.fill')) ?? node).fill"
    cell = page.locator('.cell[data-channel="z.3.0"]')
    value = fill.evaluate(colour)
    page.keyboard.press("d")
    eventually(page, lambda: cell.evaluate(colour) != value, True)
    expect(part(page, "shown")).to_contain_text("change since the update before")


def test_formulas_with_numbers_next_to_one_are_right_and_no_brackets_are_doubled(page, app_url):
    open_live(page, f"{app_url}/?{WORST}")
    lines = lines_of(page)
    assert "z−y=(1−4.8e−14)−1=−4.8e−14" in lines
    assert "1−z=1−(1−4.8e−14)=4.8e−14" in lines
    assert "σ′(h)=z×(1−z)=(1−4.8e−14)×4.8e−14=4.8e−14" in lines
    screenshot(page, "equation-worst")
    choose(page, "Output derivative", "Split")
    expect(part(page, "equation")).to_contain_text("σ(−13.02)")
    assert not any("((" in line for line in lines_of(page))
    part(page, "cost-button").click()
    assert lines_of(page)[:2] == [
        "|h|=|−13.02|=13.02", "m=(1−yifh>0,elsey)=(1−1if−13.02>0,else1)=1",
    ]  # fmt: skip


def test_a_guarded_place_adds_parentheses_only_where_the_number_needs_them(page):
    write = f"([v, guard]) => {{ {DIGITS}; return guarded(formulaDigits(v), guard); }}"
    for value, plain, before, after in (
        (0.5, "0.5000", "0.5000", "0.5000"),
        (-0.25, "−0.2500", "−0.2500", "(−0.2500)"),
        (1 - 2**-44, "1−5.68e−14", "(1−5.68e−14)", "(1−5.68e−14)"),
        (-1 + 2**-44, "−(1−5.68e−14)", "−(1−5.68e−14)", "(−(1−5.68e−14))"),
        (1.0, "1", "1", "1"),
        (-1.0, "−1", "−1", "(−1)"),
        (-4.8e-14, "−4.8e−14", "−4.8e−14", "(−4.8e−14)"),
        (1.5e-9, "1.5e−9", "1.5e−9", "1.5e−9"),
    ):
        shown = [page.evaluate(write, [value, guard]) for guard in ("", "?", "!")]
        assert shown == [plain, before, after]

"""Every text of the stage can be read: nothing overlaps, is cut or small, and nothing jumps."""

import random

import pytest
from playwright.sync_api import expect

from backprop.export.booklet import of_lesson
from backprop.export.page import page as lesson_page
from backprop.lessons import LESSONS
from tests.browser.helpers import eventually, open_live, painted, still
from tests.browser.on_stage import choose, faults, lines_of, part, select, stage

WORST = "derivative=clamped&update=6&operation=delta.3"


SIZES = [(1280, 800), (1920, 1080), (900, 700), (390, 844)]
NETS = ["", "units=0", "units=5-5", "units=16-16", "units=8-8-8-8-8-8", "hidden=tanh",
        "hidden=relu", "data=worked_example"]  # fmt: skip
FORMS = ["naive", *(f"clamped&clamp={c}" for c in ("denominator", "clip", "clip_both", "floor")),
         "fused", "split"]  # fmt: skip


def drawn(seed, count=12):
    """Links: every form and every kind of equation, in nets and at updates drawn by `seed`."""
    rng = random.Random(seed)
    for n in range(count):
        net = NETS[0] if n % 3 == 0 else rng.choice(NETS)
        hidden = 2 if "units" not in net else 0 if net == "units=0" else net.count("-") + 1
        L = hidden + 1
        operation = ["h.1", "z.1", f"cost.{L}", f"delta.{L}", f"dW.{L}", "delta.1", "update"][n % 7]
        where = rng.choice(
            ["", "", f"delta.{L}.0", f"h.{L}.0", f"z.{L}.0", f"W.{L}.0.0", "b.1.0", f"cost.{L}.0"]
        )
        selected = f"&selection={where}" if where else ""
        yield (
            f"derivative={FORMS[n % 7]}&{net}&update={rng.choice([0, 5, 6, 119])}"
            f"&operation={operation}{selected}{'&projector=on' if n % 4 == 3 else ''}"
        )


def least_type(state, height):
    return 11 if "projector" not in state else 24 if height >= 1080 else 18


@pytest.mark.parametrize("state", [WORST, WORST + "&projector=on", *drawn(1), *drawn(2)])
def test_no_text_prints_over_another_and_nothing_is_cut_or_small(page, app_url, state):
    open_live(page, f"{app_url}/?{state}")
    expect(part(page, "equation").locator(".step:visible").first).to_be_visible()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        painted(page)
        least = least_type(state, height)
        eventually(page, lambda least=least: faults(page, least), [], 4)


@pytest.mark.parametrize("name", ["float16", "usual-repair", "hidden-saturation"])
@pytest.mark.parametrize("projector", [False, True])
def test_lessons_that_stand_alone_can_be_read_at_each_step(open_file, name, projector):
    page = open_file(lesson_page(of_lesson(LESSONS[name])))
    page.locator("[data-update]").first.wait_for()
    if projector:
        page.keyboard.press("p")
        expect(page.locator(".stage-root.projector")).to_be_visible()
    for width, height in ((1280, 800), (1920, 1080), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        painted(page)
        least = (24 if height >= 1080 else 18) if projector else 11
        eventually(page, lambda least=least: faults(page, least), [], 4)
    for _ in LESSONS[name].steps[1:]:
        if page.locator("[data-book=next]").is_disabled():
            page.keyboard.press("1")
        page.keyboard.press("PageDown")
        painted(page)
        eventually(page, lambda least=least: faults(page, least), [], 4)


def test_the_measure_finds_text_over_text_and_text_that_is_cut_or_small(page, app_url):
    open_live(page, f"{app_url}/?{WORST}")
    card = part(page, "equation")
    assert faults(page) == []
    style = """(card, rule) => {
      card.querySelector('style')?.remove();
      const sheet = document.createElement('style');
      sheet.textContent = rule;
      card.append(sheet);
    }"""
    for rule, word in (
        (".step + .step { margin-top: -14px }", "over"),
        (".equation-box { max-height: 60px; min-height: 0 !important; overflow: auto }", "scrolls"),
        (".equation .step { margin-left: 500px }", "leaves"),
        (".equation .value { font-size: 9px }", "is of"),
    ):
        card.evaluate(style, rule)
        assert any(word in fault for fault in faults(page)), rule
    card.evaluate(style, "")
    assert faults(page) == []


BOXES = """(stage) => ['.drawing-box', '.transport', '.card.fault', '.cards', '.equation-card']
  .map((what) => stage.querySelector(what).getBoundingClientRect())
  .flatMap(({ top, height }) => [Math.round(top), Math.round(height)])"""


@pytest.mark.parametrize(
    "state",
    ["", "derivative=clamped&sample=4", "derivative=split&hidden=relu",
     "derivative=clamped&clamp=clip"],
)  # fmt: skip
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_nothing_moves_while_an_update_is_walked_through_and_all_is_above_the_fold(
    new_page, app_url, state, size
):
    page = new_page(*size)
    open_live(page, f"{app_url}/?{state}&update=7&operation=h.1")
    still(page)
    boxes, seen = set(), set()
    while "update" not in seen:
        operation = stage(page).get_attribute("data-operation")
        seen.add(operation)
        boxes.add(tuple(stage(page).evaluate(BOXES)))
        assert faults(page) == [], operation
        page.keyboard.press("ArrowRight")
        expect(stage(page)).not_to_have_attribute("data-operation", operation)
    assert len(seen) == 14 and len(boxes) == 1
    for key in ("d", "d", "s", "s"):  # nor does another look
        page.keyboard.press(key)
        boxes.add(tuple(stage(page).evaluate(BOXES)))
        assert faults(page) == [], key
    assert len(boxes) == 1
    bottom = page.locator(".cards").evaluate("cards => cards.getBoundingClientRect().bottom")
    assert bottom <= size[1]


def test_the_choice_of_another_derivative_leaves_the_stage_where_it_is(page, app_url):
    open_live(page, app_url)
    top = "stage => Math.round(stage.getBoundingClientRect().top)"
    expect(page.get_by_role("radio", name="ε-clamped")).to_be_visible()  # Streamlit loads it late
    still(page)
    before = stage(page).evaluate(top)
    choose(page, "Output derivative", "ε-clamped")
    expect(page.get_by_label("Clamp", exact=True)).to_be_visible()
    painted(page)
    assert stage(page).evaluate(top) == before


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_a_derivative_that_is_clicked_has_room_for_its_fault_before_it_comes(
    new_page, app_url, size
):
    page = new_page(*size)
    open_live(page, app_url)
    choose(page, "Output derivative", "Naive")
    expect(stage(page).locator("[data-fault=naive]")).to_be_attached()
    expect(page.locator(".stage-root")).to_have_attribute("data-followed", "false")
    still(page)
    before = stage(page).evaluate(BOXES)
    page.keyboard.press("n")
    expect(page.locator(".card.faulty")).to_contain_text("First non-finite value")
    painted(page)
    assert stage(page).evaluate(BOXES) == before
    bottom = page.locator(".cards").evaluate("cards => cards.getBoundingClientRect().bottom")
    assert bottom <= size[1]


def test_a_selection_that_needs_more_room_gets_it_and_stays_above_the_fold(page, app_url):
    open_live(page, app_url + "/?update=6")
    for channel_, title in (
        ("W.3.0.1", "weight of layer 3"), ("delta.1.2", "error of layer 1"),
        ("z.0.0", "input of"), ("z.3.0", "activation of layer 3"),
    ):  # fmt: skip
        select(page, channel_)
        expect(part(page, "equation-title")).to_contain_text(f"Selected: {title}")
        assert faults(page) == [], channel_
        bottom = page.locator(".cards").evaluate("cards => cards.getBoundingClientRect().bottom")
        assert bottom <= 800, channel_
        if channel_ == "W.3.0.1":  # the layer stands on both sides
            assert any(line.startswith("W3←W3−α∂J∂W3=") for line in lines_of(page))

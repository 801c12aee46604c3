"""What the reader of a page that stands alone changes: the numbers are those of Python's engine."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from backprop.export.booklet import of_lesson, of_scenario
from backprop.export.page import page as page_of
from backprop.export.playground import playground
from backprop.lessons import LESSONS
from backprop.scenario.scenario import Scenario, from_query
from tests.browser.helpers import eventually, painted
from tests.browser.on_stage import agree, at, cells, channel, drag_input, part, to_fault
from tests.truths import truths

SHOWN = Scenario(derivative="clamped", clamp="clip", update=5, operation="delta.3", sample=3)
DATA = SHOWN.dataset()
KNOWN = 2 + 2 * 9 + 1
"""Cells that are computed at delta.3 of the default network."""


@pytest.fixture
def changing(open_file):
    """A page that shows the scenario, its controls unfolded."""

    def open_page(scenario=SHOWN, fragment="", live="", **options):
        page = open_file(page_of(of_scenario(scenario, live)), fragment=fragment, **options)
        page.get_by_role("button", name="Change it").click()
        return page

    return open_page


def fill(page, label, text):
    """Type into a field, and leave it."""
    field = page.get_by_role("textbox", name=label, exact=True)
    field.fill(text)
    field.press("Enter")


def slide(page, label, steps):
    """Move a slider by so many of its steps with a hand that has not let go yet."""
    page.get_by_role("slider", name=f"{label}, slider").evaluate(
        """(range, steps) => {
          range.value = String(Number(range.value) + steps * Number(range.step));
          range.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        steps,
    )


def let_go(page, label):
    page.get_by_role("slider", name=f"{label}, slider").dispatch_event("change")


def query(page):
    """The words at the end of the address."""
    text = page.url.partition("#")[2]
    return dict(part.split("=") for part in text.split("&")) if text else {}


def test_each_field_changes_the_numbers_as_in_python(changing):
    page = changing()
    now = SHOWN
    agree(page, now, KNOWN)
    for label, text, field, value in [
        ("ε of the clamp", "1e-3", "epsilon", 1e-3),
        ("Learning rate α", "2,5", "learning_rate", 2.5),
        ("Updates", "40", "updates", 40),
        ("Weight scale", "2", "scale", 2.0),
        ("Output bias", "−1.5", "output_bias", -1.5),
        ("Sample", "2", "sample", 2),
    ]:
        fill(page, label, text)
        now = replace(now, **{field: value})
        agree(page, now, KNOWN)
    for label, option, field in [("Arithmetic", "float32", "format"),
                                 ("Clamp", "max(w, ε)", "clamp")]:  # fmt: skip
        page.get_by_role("combobox", name=label, exact=True).select_option(label=option)
        now = replace(now, **{field: "floor" if field == "clamp" else option})
        agree(page, now, KNOWN)
    page.get_by_role("checkbox", name="All biases 0 at the start").check()
    now = replace(now, zero_biases=True)
    agree(page, now, KNOWN)
    fill(page, "x₂", "0.75")
    row = (*DATA.X[1].tolist()[:1], 0.75, *DATA.y[1].tolist())
    now = replace(now, edits=((1, row),))
    agree(page, now, KNOWN)
    fill(page, "Target y", "0.25")
    now = replace(now, edits=((1, (*row[:2], 0.25)),))
    agree(page, now, KNOWN)
    expect(page.get_by_role("radio", name="Logit diff.")).to_be_visible()  # for the soft label
    page.get_by_role("radio", name="Split").click()
    now = replace(now, derivative="split")
    agree(page, now, KNOWN)
    eventually(page, lambda: from_query(SHOWN.query() | query(page))[0], now)
    page.get_by_role("button", name="As it came").click()
    agree(page, SHOWN, KNOWN)
    eventually(page, lambda: query(page), {})


def test_what_is_changed_has_its_true_values_as_in_python(changing):
    page, now = changing(), SHOWN
    for label, field, value in [("Weight scale", "scale", 2), ("Sample", "sample", 1)]:
        fill(page, label, str(value))
        now = replace(now, **{field: value})
        true, distance = truths(now.recordings()["clamped"], 5, now.sample - 1)["delta.3.0"]
        expect(part(page, "truth")).to_contain_text(f"true value {true} · {distance}")


def test_the_stage_follows_the_hand_before_it_lets_go(changing):
    page = changing()
    slide(page, "Weight scale", -10)
    agree(page, replace(SHOWN, scale=2.0), KNOWN)
    expect(page.get_by_role("textbox", name="Weight scale", exact=True)).to_have_value("2")
    assert query(page) == {}  # nothing is said before
    let_go(page, "Weight scale")
    eventually(page, lambda: query(page), {"scale": "2"})
    agree(page, replace(SHOWN, scale=2.0), KNOWN)


def test_the_nan_comes_and_goes_under_the_hand_with_epsilon(changing):
    scenario = replace(SHOWN, clamp="clip", format="float32", epsilon=1e-7)
    page = changing(scenario)
    sure, blunt = replace(scenario, epsilon=1e-7), replace(scenario, epsilon=1e-8)
    agree(page, sure, KNOWN)
    expect(part(page, "to-fault")).to_be_disabled()
    slide(page, "ε of the clamp", -3)  # 5e-8, 2e-8, 1e-8: 1 − ε is 1 in float32
    agree(page, blunt, KNOWN)
    expect(part(page, "to-fault")).to_be_enabled()
    slide(page, "ε of the clamp", 3)
    agree(page, sure, KNOWN)
    expect(part(page, "to-fault")).to_be_disabled()


def test_the_words_of_another_derivative_and_format_are_right(changing):
    page = changing(Scenario(derivative="fused"))
    page.get_by_role("radio", name="Naive").click()
    to_fault(page)
    at(page, 5, "delta.3")
    expect(page.locator(".card.faulty")).to_contain_text("0 / 0 = NaN")
    expect(part(page, "equation-title")).to_contain_text("naive")
    page.get_by_role("combobox", name="Arithmetic", exact=True).select_option("float16")
    to_fault(page)
    expect(page.locator(".card.faulty")).to_contain_text("float16")
    page.get_by_role("radio", name="Split").click()
    expect(part(page, "equation-title")).to_contain_text("split")
    expect(page.locator("[data-book=subtitle]")).to_contain_text("float16")


@pytest.mark.parametrize(
    ("label", "text", "said"),
    [
        ("ε of the clamp", "7", "Required: a number above 0 and below 0.5. Got “7”. Try 1e-7."),
        ("Updates", "2.5", "Required: a whole number from 1 to 2000. Got “2.5”. Try 120."),
        ("Target y", "2", "Required: a number from 0 to 1. Got “2”. Try 1."),
        ("x₁", "wide", "Required: a number. Got “wide”. Try 1."),
    ],
)
def test_what_is_refused_stays_typed_and_is_told_in_the_words_of_the_app(
    changing, label, text, said
):
    page = changing()
    fill(page, label, text)
    expect(page.get_by_role("alert").filter(has_text=said)).to_be_visible()
    expect(page.get_by_role("textbox", name=label, exact=True)).to_have_value(text)
    agree(page, SHOWN, KNOWN)
    page.get_by_role("textbox", name=label, exact=True).press("Escape")
    expect(page.get_by_role("alert").filter(has_text=said)).to_have_count(0)


def test_a_number_that_the_format_cannot_hold_is_refused_beside_its_control(changing):
    scenario = replace(SHOWN, format="float16")
    page = changing(scenario)
    fill(page, "x₁", "70000")
    expect(page.get_by_role("alert").filter(has_text="must fit the format float16")).to_be_visible()
    agree(page, scenario, KNOWN)
    channel(page, "W.1.0.1").dispatch_event("click")
    page.locator("[data-part=editor-value]").fill("1e6")
    page.locator("[data-part=editor-value]").press("Enter")
    expect(page.locator("[data-book=notice]")).to_contain_text("W1 must fit the format float16")
    agree(page, scenario, KNOWN)
    eventually(page, lambda: query(page), {"selection": "W.1.0.1"})


def test_edits_on_the_stage_are_answered_by_the_page_and_taken_back(changing):
    page = changing()
    channel(page, "z.0.0").focus()
    page.keyboard.press("ArrowUp")  # 1 + 3 / 60
    moved = replace(SHOWN, edits=((2, (1.05, -1.0, 1.0)),))
    agree(page, moved, KNOWN)
    eventually(page, lambda: query(page), {"edits": "2:1.05_-1_1"})
    channel(page, "W.1.0.1").dispatch_event("click")
    page.locator("[data-part=editor-value]").fill("2.5")
    page.locator("[data-part=editor-value]").press("Enter")
    both = replace(moved, weights=(("W1.0.1", 2.5),))
    agree(page, both, KNOWN)
    page.get_by_role("button", name="undo").click()
    agree(page, moved, KNOWN)
    page.get_by_role("button", name="reset").click()
    agree(page, SHOWN, KNOWN)
    page.get_by_role("button", name="undo")
    expect(part(page, "edits")).to_be_hidden()


def test_a_drawing_that_is_drawn_anew_keeps_the_focus_and_what_is_in_the_hand(changing):
    page = changing()

    def drawn_anew(width):
        drawing = page.locator("svg.drawing").first.element_handle()
        page.set_viewport_size({"width": width, "height": 800})
        eventually(page, lambda: drawing.evaluate("drawing => drawing.isConnected"), False)

    channel(page, "z.0.0").focus()
    drawn_anew(1150)
    page.keyboard.press("ArrowUp")
    agree(page, replace(SHOWN, edits=((2, (1.05, -1.0, 1.0)),)), KNOWN)
    eventually(page, lambda: query(page), {"edits": "2:1.05_-1_1"})
    drag_input(page)
    drawn_anew(1280)
    page.mouse.move(600, 0)
    page.mouse.up()
    agree(page, replace(SHOWN, edits=((2, (3.0, -1.0, 1.0)),)), KNOWN)  # as far as it goes
    eventually(page, lambda: query(page), {"edits": "2:3_-1_1"})


LINKS = [
    "format=float16&epsilon=0.001&update=7&operation=z.2&selection=delta.3.0",
    "derivative=naive&scale=2.5&sample=1&updates=60",
    "edits=0:0.5_-1_1~2:1_0_0.5&weights=W1.0.1:2.5~b3.0:-1&zero_biases=on&beside=split",
]


@pytest.mark.parametrize("link", LINKS)
def test_an_address_opens_exactly_what_it_says(changing, link):
    page = changing(fragment=f"#{link}")
    words = dict(part.split("=") for part in link.split("&"))
    wanted, problems = from_query(SHOWN.query() | words)
    assert not problems
    at(page, wanted.update, wanted.operation)
    eventually(page, lambda: query(page), words)
    shown = sum(value != "" for value in cells(page).values())
    agree(page, wanted, shown)
    page.reload()
    at(page, wanted.update, wanted.operation)
    eventually(page, lambda: query(page), words)


def test_reset_leads_back_to_the_edits_that_the_page_came_with(changing):
    scenario = replace(SHOWN, weights=(("b3.0", 2.0),))
    page = changing(scenario)
    agree(page, scenario, KNOWN)
    expect(part(page, "edits")).to_be_hidden()
    fill(page, "x₁", "0.5")
    agree(page, replace(scenario, edits=((2, (0.5, -1.0, 1.0)),)), KNOWN)
    page.get_by_role("button", name="reset").click()
    agree(page, scenario, KNOWN)
    expect(part(page, "edits")).to_be_hidden()


def test_what_an_address_says_wrongly_is_named_and_the_rest_is_opened(changing):
    page = changing(fragment="#epsilon=7&flavour=3&format=float32")
    notice = page.locator("[data-book=notice]")
    expect(notice).to_contain_text("epsilon: a number above 0 and below 0.5 is required, got “7”.")
    expect(notice).to_contain_text("This app does not know “flavour”.")
    agree(page, replace(SHOWN, format="float32"), KNOWN)


def test_the_way_to_the_app_says_what_is_seen(changing):
    page = changing(live="https://example.org/app/")
    fill(page, "ε of the clamp", "1e-3")
    link = page.get_by_role("link", name="Try it live")
    expect(link).to_have_attribute("href", re.compile("epsilon=0.001"))
    opened, problems = from_query(
        dict(part.split("=") for part in link.get_attribute("href").partition("?")[2].split("&"))
    )
    assert not problems and opened == replace(SHOWN, epsilon=1e-3)


def test_a_lesson_is_changed_once_its_question_is_answered_and_steps_lead_back_to_it(open_file):
    lesson = LESSONS["right-and-sure"]
    page = open_file(page_of(of_lesson(lesson)), fragment="#right-and-sure:3&epsilon=0.001")
    at(page, 5, "z.3")
    expect(page.get_by_role("button", name="Change it")).to_be_hidden()
    channel(page, "z.0.0").focus()
    page.keyboard.press("ArrowUp")
    painted(page)
    agree(page, lesson.at(lesson.steps[2]), 2 + 18)  # nothing moves before the answer
    page.keyboard.press("3")
    page.get_by_role("button", name="Open what your link shows").click()
    agree(page, replace(lesson.at(lesson.steps[2]), epsilon=0.001), 2 + 18)
    page.get_by_role("button", name="Change it").click()
    page.get_by_role("button", name="As it came").click()
    page.get_by_role("combobox", name="Arithmetic", exact=True).select_option("float32")
    agree(page, replace(lesson.at(lesson.steps[2]), format="float32"), 2 + 18)
    eventually(page, lambda: page.url.partition("#")[2], "right-and-sure:3&format=float32")
    page.reload()  # the answer is kept in this tab
    at(page, 5, "z.3")
    agree(page, replace(lesson.at(lesson.steps[2]), format="float32"), 2 + 18)
    page.keyboard.press("PageDown")
    at(page, 5, "delta.3")
    agree(page, lesson.at(lesson.steps[3]), KNOWN)
    eventually(page, lambda: page.url.partition("#")[2], "right-and-sure:4")


def test_on_a_phone_the_controls_lie_below_what_they_change_and_nothing_scrolls_sideways(changing):
    page = changing(viewport={"width": 390, "height": 844}, has_touch=True)
    stage, panel = page.locator(".book-stage"), page.locator("[data-book=change]")
    drawing, box = stage.locator(".drawing-box").first.bounding_box(), panel.bounding_box()
    assert drawing["y"] >= 0 and drawing["y"] + drawing["height"] <= box["y"]
    assert box["y"] + box["height"] <= 844 and box["height"] < 0.45 * 844
    last = panel.get_by_role("checkbox", name="All biases 0 at the start")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


# ---- the playground -----------------------------------------------------------------------------


def pick(page, label, option):
    page.get_by_role("combobox", name=label, exact=True).select_option(option)


def whole(scenario):
    """The cells of its network, with its inputs."""
    return len(scenario.dataset().X[0]) + 3 * sum(scenario.network().sizes[1:])


def to_end_of_pass(page, update=0):
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    for _ in range(update + 1):
        page.keyboard.press("Shift+ArrowRight")
    at(page, update + 1, "update")


@pytest.fixture(scope="module")
def ground():
    return page_of(playground("https://example.org/app/"), "index.html")


def test_the_playground_has_the_networks_data_and_seeds_of_the_app(open_file, ground):
    assert len(ground.encode()) < 150_000
    page = open_file(ground)
    now = Scenario()
    for label, option, changes in [
        ("Hidden units", "8-8", {"units": (8, 8)}),
        ("Hidden activation", "tanh", {"hidden": "tanh"}),
        ("Seed", "2", {"seed": 2}),
        ("Data set", "spiral", {"data": "spiral", "learning_rate": 2.0}),
        ("Hidden units", "0", {"units": ()}),
        (
            "Data set",
            "worked_example",
            {"data": "worked_example", "learning_rate": 0.5, "sample": 1},
        ),
        ("Hidden units", "4-4", {"units": (4, 4)}),
        ("Hidden activation", "relu", {"hidden": "relu"}),
        ("Data set", "moons", {"data": "moons", "learning_rate": 3.0}),
    ]:
        pick(page, label, option)
        now = replace(now, **changes)
        to_end_of_pass(page)
        agree(page, now, whole(now))
    page.get_by_role("checkbox", name="Biases", exact=True).uncheck()
    now = replace(now, bias=False)
    agree(page, now, whole(now))
    eventually(page, lambda: from_query(query(page))[0].training(), now.training())
    link = page.get_by_role("link", name="Try it live").get_attribute("href")
    opened, _ = from_query(dict(part.split("=") for part in link.partition("?")[2].split("&")))
    assert opened.training() == now.training()


def test_points_of_ones_own_are_typed_or_refused_in_words(open_file, ground):
    page = open_file(ground)
    pick(page, "Data set", "own")
    points = page.get_by_role("textbox", name="Points")
    expect(points).to_have_value(re.compile("^-1; -1; 0\n"))
    points.fill("0.5; -1; 1\n-0,25 2 0\n1\t1\t0.5")
    points.blur()
    eventually(page, lambda: query(page).get("rows"), "0.5_-1_1~-0.25_2_0~1_1_0.5")
    now, problems = from_query(query(page))
    assert not problems and now.dataset().y.tolist() == [[1], [0], [0.5]]
    to_end_of_pass(page)
    agree(page, now, whole(now))
    points.fill("1; 2")
    points.blur()
    expect(page.get_by_role("alert").filter(has_text="1 to 2000 points")).to_be_visible()
    expect(points).to_have_value("1; 2")
    agree(page, now, whole(now))


def test_an_address_of_the_playground_opens_exactly_that(open_file, ground):
    link = "units=8-8&hidden=tanh&bias=off&seed=3&data=circles&learning_rate=3&sample=5&update=3"
    page = open_file(ground, fragment=f"#{link}&operation=update")
    wanted, problems = from_query(dict(part.split("=") for part in link.split("&")))
    assert not problems
    at(page, 3, "update")
    agree(page, wanted, whole(wanted))
    refused = open_file(ground, fragment="#units=5&seed=11")
    notice = refused.locator("[data-book=notice]")
    expect(notice).to_contain_text("units: one of 0, 2, 4, 4-4, 8-8 is required, got “5”.")

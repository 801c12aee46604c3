"""Every lesson, step by step, at three sizes: nothing is cut, and the stage shows what is said."""

import re

import pytest
from playwright.sync_api import expect

from backprop.export.booklet import of_lesson
from backprop.export.page import page as page_of
from backprop.lessons import LESSONS
from tests.browser.helpers import still
from tests.browser.on_stage import at
from tests.claims import NUMBER, Shown, unshown, value

SIZES = {"laptop": (1280, 800), "hall": (1920, 1080), "phone": (390, 844)}
FACTS = {"float16": {11, 7.625, 36.7}}
"""Of number formats, which no step has to show: float16's bits and cliff, and float64's cliff."""

READ = """() => {
  const root = document.querySelector("[data-book=host]");
  const seen = (node) => node.checkVisibility({ visibilityProperty: true });
  const drawn = [...root.querySelectorAll(".cell, .input")];
  const cells = drawn.filter((n) => seen(n) && n.dataset.value);
  const slots = [...root.querySelectorAll("[data-part=equation] [data-slot]")].filter(seen);
  const words = ["cost", "true-cost", "note", "truth", "spread"].map(
    (name) => root.querySelector(`[data-part="${name}"]`));
  const cards = [...root.querySelectorAll(".card.fault"), ...words];
  return {
    cells: cells.map((n) => [n.dataset.channel, n.dataset.value]),
    slots: slots.map((n) => [n.dataset.slot, n.getAttribute("title")]),
    words: cards.filter((n) => n && seen(n)).map((n) => n.innerText).join(" "),
    cost: [words[0].title, words[1].innerText],
  };
}"""

CUT = """(width) => {
  const seen = (node) => node.checkVisibility({ visibilityProperty: true });
  const book = document.querySelector(".booklet");
  const parts = [...book.querySelectorAll(".book-head *, .book-lesson *")].filter(seen);
  const name = (node) => `${node.tagName} “${node.textContent.slice(0, 40)}”`;
  const found = [];
  for (const node of parts) {
    const box = node.getBoundingClientRect();
    if (box.width && (box.left < 0 || box.right > width)) found.push(`${name(node)} is outside`);
    const cut = node.clientWidth && node.scrollWidth > node.clientWidth + 1;
    if (cut) found.push(`${name(node)} is cut`);
  }
  const stacks = [...book.querySelectorAll(".book-lesson > *, .book-ask > *")];
  const boxes = stacks.filter(seen).map((node) => [node, node.getBoundingClientRect()]);
  for (const [a, one] of boxes) for (const [b, other] of boxes) {
    const apart = a.contains(b) || b.contains(a) || a === b
      || one.bottom <= other.top + 1 || other.bottom <= one.top + 1;
    if (!apart) found.push(`${name(a)} lies on ${name(b)}`);
  }
  const panel = book.querySelector(".book-lesson").getBoundingClientRect();
  const stage = book.querySelector(".book-stage").getBoundingClientRect();
  const beside = panel.right <= stage.left + 1 || panel.bottom <= stage.top + 1;
  if (!beside) found.push("the panel lies on the stage");
  if (document.documentElement.scrollWidth > width) found.push("the page scrolls sideways");
  return found;
}"""


def finite(text):
    return float(text.replace("Infinity", "inf")) if text else float("nan")


def shown_on(page, scenario):
    """What the stage shows now, and what the step's scenario sets."""
    read = page.evaluate(READ)
    values = {}
    for channel, text in [*read["cells"], *read["slots"]]:
        parts = re.sub(r"@\w+|[!?]", "", channel).split(".")
        if text in ("", "not computed yet") or len(parts) < 3:
            continue
        name = {"step": "delta", "h_out": "h", "cost": "J"}.get(*parts[:1] * 2)
        layer = int(parts[2] if parts[0] in ("step", "cost") else parts[1])
        values.setdefault((name, layer), []).append(finite(text))
        if "slope" in channel or "width" in channel:
            values.setdefault(("slope", layer), []).append(finite(text))
    costs = [value(n) for text in read["cost"] for n in NUMBER.findall(text)]
    values["J", 0] = costs
    net, data = scenario.network(), scenario.dataset()
    words = (
        " ".join((*scenario.query().values(), scenario.data)).replace("_", " ").replace("~", " ")
    )
    settings = {abs(value(n)) for n in NUMBER.findall(re.sub(r"[:-]", " ", words))}
    said = (scenario.learning_rate, scenario.epsilon, scenario.output_bias, scenario.scale)
    settings |= {abs(float(v)) for v in (*data.X.flat, *data.y.flat, *said)}
    settings |= {len(data.X), net.layout.numbers, *net.sizes, 0.0, 1.0, 2.0}
    settings |= {v for _, v in scenario.weights}
    return Shown(
        values, [value(n) for n in NUMBER.findall(read["words"])], scenario.update,
        scenario.updates, scenario.sample, len(net.sizes) - 1, settings,
    )  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: lesson.id)
def test_every_step_shows_what_it_says_and_nothing_is_cut(open_file, lesson, size):
    width, height = SIZES[size]
    page = open_file(page_of(of_lesson(lesson)), viewport={"width": width, "height": height})
    next_button = page.get_by_role("button", name="Next")

    def whole():
        still(page)
        assert page.evaluate(CUT, width) == []
        if size != "phone":
            box = next_button.bounding_box()
            assert box["y"] + box["height"] <= height, "Next is below the fold"

    for n, step in enumerate(lesson.steps):
        at(page, step.update, step.operation)
        expect(page.locator("[data-book=text]")).to_have_text(step.text)
        expect(page.locator("[data-book=aside]")).to_have_text(step.aside)
        if step.selection:
            expect(page.locator("[data-part=equation-title]")).to_contain_text("Selected")
        if step.part == "fault":
            expect(page.locator(".card.faulty")).to_be_visible()
        whole()
        shown = shown_on(page, lesson.at(step))
        shown.facts = FACTS.get(lesson.id, set())
        assert unshown(step.text, shown) == [], shown
        if n == lesson.question.after:
            page.keyboard.press(str(lesson.question.right + 1))
            expect(page.locator("[data-book=revealed]")).to_be_visible()
            whole()
        page.keyboard.press("PageDown")

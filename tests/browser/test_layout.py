"""Every text of the stage can be read: none prints over another, no card cuts it, none jumps."""

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import DIGITS, open_live, screenshot
from tests.browser.on_stage import choose, part, select, stage

WORST = "derivative=clamped&update=6&operation=delta.3"

# Where the ink of two texts meets, and where ink lies outside the box of its card. A text's ink is
# the height of its glyphs as a canvas measures them: lines of text may share their leading.
FAULTS = """
(tolerance) => {
  const stage = (function find(node) {
    for (const e of node.querySelectorAll('*')) {
      if (e.matches('.stage')) return e;
      const inner = e.shadowRoot && find(e.shadowRoot);
      if (inner) return inner;
    }
    return null;
  })(document.body);
  const pen = document.createElement('canvas').getContext('2d');
  const inks = [];
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const owner = text.parentElement;
    const all = { opacityProperty: true, visibilityProperty: true };
    if (!text.data.trim() || !owner.checkVisibility(all)) continue;
    if (owner.closest('.unseen, option, select, .tip')) continue;
    const style = getComputedStyle(owner);
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const size = pen.measureText(text.data.trim());
    const range = document.createRange();
    range.selectNodeContents(text);
    const svg = owner.closest('svg');
    const boxes = svg ? [owner.getBoundingClientRect()] : range.getClientRects();
    for (const box of boxes) {
      if (box.width < 1) continue;
      const scale = box.height / (size.fontBoundingBoxAscent + size.fontBoundingBoxDescent);
      const zoom = svg ? scale : 1;
      inks.push({
        text: text.data.trim(), owner,
        left: box.left, right: box.right,
        top: box.top + (size.fontBoundingBoxAscent - size.actualBoundingBoxAscent) * zoom,
        bottom: box.bottom - (size.fontBoundingBoxDescent - size.actualBoundingBoxDescent) * zoom,
      });
    }
  }
  const faults = [];
  const box = stage.querySelector('.drawing-box').getBoundingClientRect();
  for (const ink of inks) { // what is scrolled out of a wide drawing prints over nothing
    if (ink.owner.closest('.drawing')) {
      ink.left = Math.max(ink.left, box.left);
      ink.right = Math.min(ink.right, box.right);
    }
  }
  inks.forEach((a, n) => inks.slice(n + 1).forEach((b) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide <= tolerance || high <= tolerance || a.owner === b.owner) return;
    faults.push(`“${a.text}” over “${b.text}” by ${Math.round(Math.min(wide, high))} px`);
  }));
  for (const card of stage.querySelectorAll('.card')) {
    const edge = card.getBoundingClientRect();
    for (const ink of inks.filter(({ owner }) => card.contains(owner))) {
      const across = Math.max(ink.right - edge.right, edge.left - ink.left);
      const past = Math.max(across, ink.bottom - edge.bottom, edge.top - ink.top);
      if (past > tolerance) faults.push(`“${ink.text}” leaves its card by ${Math.round(past)} px`);
    }
    for (const node of [card, ...card.querySelectorAll('*')]) {
      const cuts = getComputedStyle(node).overflow !== 'visible' && !node.closest('svg, input');
      const high = node.scrollHeight - node.clientHeight;
      const more = Math.max(high, node.scrollWidth - node.clientWidth);
      if (cuts && node.clientHeight && more > 1) faults.push(`“${node.className}” scrolls`);
    }
  }
  return { faults, texts: inks.length };
}
"""


def faults(page, tolerance=2):
    found = page.evaluate(FAULTS, tolerance)
    assert found["texts"] > 30
    return found["faults"]


def resize(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(
        "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
    )


SIZES = [(1280, 800), (1920, 1080), (900, 700), (390, 844)]
STATES = [
    WORST,
    "derivative=clamped&clamp=clip&update=119&operation=delta.3&sample=4&units=6-6",
    "derivative=naive&update=6&operation=delta.3&projector=on",
    "update=6&selection=W.3.0.1&format=float32",
    "hidden=tanh&units=16-16&selection=h.2.0&format=float16&update=5",
    "selection=cost.3.0&format=bfloat16&update=5&projector=on",
]


@pytest.mark.parametrize("state", STATES)
def test_no_text_prints_over_another_and_the_cards_cut_nothing(page, app_url, state):
    open_live(page, f"{app_url}/?{state}")
    expect(part(page, "equation").locator(".line").first).to_be_visible()
    for width, height in SIZES:
        resize(page, width, height)
        assert faults(page) == [], (width, height)


def test_the_measure_finds_text_over_text_and_text_that_is_cut(page, app_url):
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
        (".line + .line { margin-top: -14px }", "over"),
        (".equation-box { max-height: 60px; min-height: 0 !important; overflow: auto }", "scrolls"),
        (".equation .line { margin-left: 500px }", "leaves"),
    ):
        card.evaluate(style, rule)
        assert any(word in fault for fault in faults(page)), rule
    card.evaluate(style, "")
    assert faults(page) == []


BOXES = """(stage) => ['.drawing-box', '.transport', '.card.fault', '.cards', '.equation-card']
  .map((what) => stage.querySelector(what).getBoundingClientRect())
  .flatMap(({ top, height }) => [Math.round(top), Math.round(height)])"""


@pytest.mark.parametrize(
    "state", ["", "derivative=clamped&sample=4", "derivative=split&hidden=relu"]
)
def test_nothing_moves_while_an_update_is_walked_through_and_all_is_above_the_fold(
    page, app_url, state
):
    open_live(page, f"{app_url}/?{state}&update=7&operation=h.1")
    boxes, seen = set(), set()
    while "update" not in seen:
        operation = stage(page).get_attribute("data-operation")
        seen.add(operation)
        boxes.add(tuple(stage(page).evaluate(BOXES)))
        assert faults(page) == [], operation
        page.keyboard.press("ArrowRight")
        expect(stage(page)).not_to_have_attribute("data-operation", operation)
    assert len(seen) == 14 and len(boxes) == 1
    bottom = page.locator(".cards").evaluate("cards => cards.getBoundingClientRect().bottom")
    assert bottom <= 800


def test_a_selection_that_needs_more_room_gets_it_and_stays_above_the_fold(page, app_url):
    open_live(page, f"{app_url}/?update=6")
    for channel, title in (
        ("W.3.0.1", "weight of layer 3"), ("delta.1.2", "error of layer 1"),
        ("z.0.0", "input of"), ("z.3.0", "activation of layer 3"),
    ):  # fmt: skip
        select(page, channel)
        expect(part(page, "equation-title")).to_contain_text(f"Selected: {title}")
        assert faults(page) == [], channel
        bottom = page.locator(".cards").evaluate("cards => cards.getBoundingClientRect().bottom")
        assert bottom <= 800, channel
        if channel == "W.3.0.1":  # the layer stands on both sides
            assert "W3←W3−α∂J∂W3" in lines_of(page)


def lines_of(page):
    """The lines of the equation card without their blanks."""
    lines = part(page, "equation").locator(".line").all_text_contents()
    return ["".join(line.replace("\u2060", "").split()) for line in lines]


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

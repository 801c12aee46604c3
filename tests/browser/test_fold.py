"""Thirty inputs on the stage: names that can be read, and every input within reach."""

import json
import re
from dataclasses import asdict

import numpy as np
import pytest
from playwright.sync_api import expect

from backprop import Network, race
from backprop.drawing.scripts import bundle
from backprop.engine.digits import short
from backprop.export.page import FRAME_STYLE, document
from backprop.stage import HERE, STYLE, View, recorded
from backprop.stage.experiment import of_recordings
from backprop.stage.fold import contributions
from tests.test_fold import LONG

rng = np.random.default_rng(30)
X = rng.normal(size=(90, 30)) * rng.uniform(0.05, 2, 30)
NET = Network.random([30, 4, 4, 1], scale=3.0, seed=30)
RACE = race(NET, X, (X[:, 3] > 0).astype(float)[:, None], updates=8, learning_rate=3000.0)
ORDER = contributions(of_recordings(RACE, "fused", 0))
FOLD = re.compile(r"^\d+ more inputs: list all$")

OVERLAPS = """texts => {
  const boxes = texts.filter(t => t.getClientRects().length).map(t => [t.textContent, t.getBoundingClientRect()]);
  const svg = texts[0].ownerSVGElement.getBoundingClientRect();
  const wrong = boxes.filter(([, b]) => b.left < svg.left - 0.5 || b.right > svg.right + 0.5).map(([t]) => `${t} is cut`);
  for (const [i, [a, p]] of boxes.entries()) for (const [b, q] of boxes.slice(i + 1)) {
    if (Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1 && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 0.35 * Math.min(p.height, q.height)) wrong.push(`${a} over ${b}`);
  }
  return wrong;
}"""  # noqa: E501


def played(open_file, current="fused", projector=False, **options):
    data = recorded(RACE, current, 1, LONG) | {"view": asdict(View(projector=projector))}
    script = bundle(HERE / "player" / "mount.js").replace(
        "export default function mount", "function mount"
    )
    page = open_file(
        document("Folded", FRAME_STYLE + STYLE, f'''<div><div class="stage-root"></div></div>
<script type="module">{script}
mount({{ data: {json.dumps(data)}, parentElement: document.querySelector("div") }});
</script>'''),
        **options,
    )  # fmt: skip
    expect(page.locator(".stage")).to_have_attribute("data-update", "0")
    return page


def drawn(page):
    found = page.locator(".input").evaluate_all("nodes => nodes.map(n => +n.dataset.unit)")
    return set(found)


@pytest.mark.parametrize(
    ("width", "height", "projector"), [(1280, 800, False), (390, 844, False), (1280, 800, True)]
)
def test_names_and_numbers_of_thirty_inputs_lie_apart(open_file, width, height, projector):
    page = played(
        open_file, projector=projector, viewport={"width": width, "height": height},
        color_scheme="dark",
    )  # fmt: skip
    page.keyboard.press("End")
    texts = page.locator(".drawing text")
    assert texts.evaluate_all(OVERLAPS) == []
    heights = page.locator(".input .name").evaluate_all(
        "names => names.map(n => n.getBoundingClientRect().height)"
    )
    assert min(heights) > (18 if projector else 11)


def test_a_click_on_the_fold_lists_all_inputs_and_the_chosen_one_is_drawn_with_its_weights(
    open_file,
):
    page = played(open_file)
    shown = len(drawn(page))
    assert 4 < shown < 30 and drawn(page) == set(ORDER[:shown])
    assert page.locator(".fold text").text_content() == f"{30 - shown} more inputs"
    page.get_by_role("button", name=FOLD).click()
    rows = page.get_by_role("dialog", name="All 30 inputs").get_by_role("button")
    expect(rows).to_have_count(30)
    for j, name in enumerate(LONG):
        expect(rows.nth(j)).to_have_text(f"{name}{short(X[1, j], 4)}")
    last = ORDER[-1]
    rows.nth(last).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert last in drawn(page)
    expect(page.locator(f'.input[data-unit="{last}"]')).to_have_class("cell input selected")
    edges = page.locator(f'.edge[data-channel^="W.1."][data-channel$=".{last}"]')
    expect(edges).to_have_count(4)
    edges.first.dispatch_event("click")
    expect(page.locator("[data-part=equation-title]")).to_contain_text(f"input {last + 1}")


def test_the_keyboard_alone_reaches_a_folded_input_and_comes_back(open_file):
    page = played(open_file)
    shown = len(drawn(page))
    page.locator('.input[tabindex="0"]').focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    fold = page.get_by_role("button", name=FOLD)
    expect(fold).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(fold).to_be_focused()
    page.keyboard.press(" ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")  # back at the first that is not drawn
    name = page.evaluate("document.activeElement.firstChild.textContent")
    page.keyboard.press("Enter")
    chosen = page.get_by_role("slider", name=f"{name} on the stage")
    expect(chosen).to_be_focused()
    expect(page.locator(".stage-root")).to_have_attribute("data-playing", "false")
    assert LONG.index(name) not in ORDER[:shown]


def test_a_fold_wears_the_hatch_once_weights_behind_it_are_not_finite(open_file):
    assert RACE["naive"].first_fault is not None
    page = played(open_file, "naive")
    fold = page.locator(".fold")
    expect(fold).to_have_attribute("data-state", "")
    page.keyboard.press("End")
    expect(fold).to_have_attribute("data-state", "nan")

"""The data beside the network: a click chooses a sample, a drag moves it, and faults are seen."""

import numpy as np
import pytest
from playwright.sync_api import expect

from backprop.drawing.palette import palettes, unit_codes
from backprop.racing.boundary import boundary
from backprop.scenario.scenario import Scenario
from tests.browser.helpers import box_of, eventually, open_live, painted
from tests.browser.on_stage import agree, at, cells, part

SIZES = [(1280, 800), (1920, 1080), (390, 844)]
PAD, MARGIN = 11, 1.4
"""XOR's samples lie at ±1, and the plane reaches so far around them within its edges."""


def plane(page):
    return part(page, "plane")


def spot(page, x1, x2):
    """Where a place of the plane is in the window, for XOR."""
    plane(page).scroll_into_view_if_needed()
    box = box_of(plane(page))
    scale = (min(box["width"], box["height"]) / 2 - PAD) / MARGIN
    return box["x"] + box["width"] / 2 + scale * x1, box["y"] + box["height"] / 2 - scale * x2


def pixel(page, x1, x2):
    """Red, green, blue and opacity of a place's pixel."""
    box = plane(page).bounding_box()
    x, y = spot(page, x1, x2)
    return plane(page).evaluate(
        """(canvas, [x, y]) => {
          const ratio = canvas.width / canvas.clientWidth;
          const at = [Math.round(x * ratio), Math.round(y * ratio)];
          return [...canvas.getContext("2d").getImageData(...at, 1, 1).data];
        }""",
        [x - box["x"], y - box["y"]],
    )


def beside(page, name):
    """A slider of the sidebar, with its value."""
    return page.get_by_test_id("stSlider").filter(has_text=name)


def told(page):
    return plane(page).get_attribute("aria-valuetext") or ""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_click_chooses_the_sample_and_everything_follows(new_page, app_url, width, height):
    page = new_page(width, height)
    open_live(page, f"{app_url}/?derivative=clamped&update=6")
    expect(plane(page)).to_have_attribute("aria-valuenow", "3")
    page.mouse.click(*spot(page, -1, -1))
    expect(plane(page)).to_have_attribute("aria-valuenow", "1")
    agree(page, Scenario(derivative="clamped", sample=1), 2 + 27)
    eventually(page, lambda: "sample=1" in page.url, True)
    if width > 390:
        expect(beside(page, "Sample")).to_contain_text("1 of 4")
    page.mouse.click(*spot(page, 0, 0))  # nothing is there
    painted(page)
    expect(plane(page)).to_have_attribute("aria-valuenow", "1")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_drag_moves_both_inputs_and_undo_brings_them_back(new_page, app_url, width, height):
    page = new_page(width, height)
    open_live(page, f"{app_url}/?derivative=split&update=3")
    agree(page, Scenario(derivative="split"), 2 + 27)
    page.mouse.move(*spot(page, -1, 1))
    page.mouse.down()
    page.mouse.move(*spot(page, 0.2, 0.6), steps=4)
    eventually(page, lambda: abs(float(cells(page)[("z", 0, 0)]) - 0.2) < 0.03, True)
    x1, x2 = (float(cells(page)[("z", 0, j)]) for j in (0, 1))
    assert x2 == pytest.approx(0.6, abs=0.03), "before it is let go"
    assert (x1, x2) == (round(x1, 2), round(x2, 2)), "on the steps of the sliders"
    page.mouse.up()
    moved = Scenario(derivative="split", sample=2, edits=((1, (x1, x2, 1.0)),))
    agree(page, moved, 2 + 27)
    eventually(page, lambda: f"edits=1:{x1:g}_{x2:g}_1" in page.url, True)
    if width > 390:
        expect(beside(page, "x₁")).to_contain_text(f"{x1:.2f}")
    part(page, "undo").click()
    agree(page, Scenario(derivative="split", sample=2), 2 + 27)


def test_a_finger_takes_a_sample_and_scrolls_the_page_elsewhere(new_page, app_url):
    page = new_page(390, 844, has_touch=True)
    open_live(page, f"{app_url}/?update=3")
    page.touchscreen.tap(*spot(page, 1, 1))
    expect(plane(page)).to_have_attribute("aria-valuenow", "4")
    agree(page, Scenario(sample=4), 2 + 27)
    taken = """(canvas, [clientX, clientY]) => {
      const touch = new Touch({ identifier: 1, target: canvas, clientX, clientY });
      const event = new TouchEvent("touchstart", { touches: [touch], cancelable: true });
      return !canvas.dispatchEvent(event);
    }"""
    assert plane(page).evaluate(taken, [*spot(page, -1, 1)])
    assert not plane(page).evaluate(taken, [*spot(page, 0, 0)])


def test_a_sample_leaves_the_plane_by_a_slider_alone(page, app_url):
    open_live(page, f"{app_url}/?update=3")
    page.mouse.move(*spot(page, 1, -1))
    page.mouse.down()
    page.mouse.move(*spot(page, 4, -1), steps=4)
    eventually(page, lambda: float(cells(page)[("z", 0, 0)]) > 1.2, True)
    page.mouse.up()
    dragged = float(cells(page)[("z", 0, 0)])
    agree(page, Scenario(edits=((2, (dragged, -1.0, 1.0)),)), 2 + 27)
    assert dragged < 2 * MARGIN


def test_keys_choose_a_sample_too_and_leave_the_playhead_its_own(page, app_url):
    open_live(page, f"{app_url}/?derivative=clamped&update=6")
    plane(page).focus()
    page.keyboard.press("Tab")  # whoever goes by keyboard comes from there
    page.keyboard.press("Shift+Tab")
    expect(plane(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(plane(page)).to_have_attribute("aria-valuenow", "4")
    page.keyboard.press("ArrowDown")
    expect(plane(page)).to_have_attribute("aria-valuenow", "1")
    agree(page, Scenario(derivative="clamped", sample=1), 2 + 27)
    eventually(page, lambda: "sample=1" in page.url, True)
    page.keyboard.press("Shift+ArrowRight")
    at(page, 7)
    expect(plane(page)).to_be_focused()
    assert "sample 1 of 4; x₁ = −1; x₂ = −1; y = 0" in told(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_field_has_the_colours_of_z_at_every_update(new_page, app_url, theme):
    page = new_page(color_scheme=theme)
    scenario = Scenario(derivative="split")
    recording = scenario.recordings()["split"]
    table = palettes()[theme]["unit"]
    places = ((-1.2, 0.1), (0.0, 0.6), (0.9, 0.2), (0.3, -0.7))
    colours = {}
    for k in (0, 2, 120):
        open_live(page, f"{app_url}/?derivative=split&update={k}")
        at(page, k)
        for x1, x2 in places:
            z = boundary(recording, k, np.array([x1]), np.array([x2]))
            fill = table[int(unit_codes(z)[0, 0])][0]
            want = [int(fill[n : n + 2], 16) for n in (1, 3, 5)]

            def far(x1=x1, x2=x2, want=want):
                *seen, opacity = pixel(page, x1, x2)
                return opacity == 150 and max(map(abs, np.subtract(seen, want))) < 24

            eventually(page, far, True, 10)
            colours.setdefault((x1, x2), set()).add(fill)
    assert all(len(found) > 1 for found in colours.values()), "the playhead changes each of them"


def test_nan_and_dead_samples_are_marked_once_the_playhead_has_seen_them(page, app_url):
    naive = Scenario(derivative="naive").recordings()["naive"]
    open_live(page, f"{app_url}/?derivative=naive&update=5&operation=cost.3")
    counts = part(page, "plane-counts")
    expect(counts).to_have_text("")
    page.keyboard.press("ArrowRight")
    at(page, 5, "delta.3")
    bad = int((~np.isfinite(naive.trace(5).layers[-1].delta)).any(axis=1).sum())
    expect(counts).to_have_text(f"{bad} of 4 NaN or ∞")
    assert 0 < bad < 4 and "not finite" in told(page)
    red, _, blue, opacity = pixel(page, 0, 0)
    assert opacity == 150 and abs(red - blue) < 90, "z itself is a number yet"
    page.keyboard.press("Shift+ArrowRight")
    at(page, 6)
    expect(counts).to_have_text("4 of 4 NaN or ∞")
    for place in ((0, 0), (-1.2, 0.4), (0.5, -0.3)):
        red, green, blue, opacity = pixel(page, *place)
        assert opacity == 255 and red > green + 100 and blue > green, "the hatch of faults"
    page.get_by_role("radio", name="ε-clamped").click()
    expect(counts).to_have_text("2 of 4 dead")
    assert pixel(page, 0, 0)[3] == 150


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("data=circles", True),
        ("data=own&rows=1_2_3_1~2_1_0_0", False),
        ("data=own&rows=1_1~2_0", False),
    ],
)
def test_there_is_a_plane_for_two_inputs_only(page, app_url, query, there):
    open_live(page, f"{app_url}/?{query}")
    expect(part(page, "data-card")).to_be_visible(visible=there)

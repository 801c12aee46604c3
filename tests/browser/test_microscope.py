"""The Microscope in a browser: what is dragged, pressed and typed, and what then stands there."""

import numpy as np
import pytest
from playwright.sync_api import expect

from backprop import FORMATS, OutputDerivative
from backprop.engine.cliffs import saturation
from backprop.microscope.bits import bits_of, next_down
from backprop.programs.numpy_code import neuron_code
from backprop.scenario.recordings import running
from backprop.scenario.scenario import from_query
from tests.browser.helpers import box_of, eventually, screenshot, still
from tests.browser.on_stage import choose

CLIFF = saturation(FORMATS["float64"])


def open_microscope(page, app_url, query=""):
    page.goto(f"{app_url}/microscope{query}")
    page.locator(".h-marker").nth(1).wait_for(state="attached", timeout=60_000)


def microscope(page):
    return page.locator(".microscope-root[data-h]")


def field(page):
    return page.locator("#microscope-h")


def enter(page, text):
    field(page).fill(text)
    field(page).press("Enter")


def expect_h(page, h):
    expect(microscope(page)).to_have_attribute("data-h", repr(float(h)))


def expect_result(page, form, text, kind="delta"):
    result = page.locator(f'[data-forms={kind}] [data-form="{form}"] .result')
    expect(result).to_have_attribute("data-result", text)


def expect_verdict(page, form, verdict, kind="delta"):
    card = page.locator(f'[data-forms={kind}] [data-form="{form}"]')
    expect(card).to_have_attribute("data-verdict", verdict)


def row_bits(page, row):
    return "".join(page.locator(f'[data-row="{row}"] .cells i').all_inner_texts())


def expect_bits(page, row, bits):
    eventually(page, lambda: row_bits(page, row), bits)


def test_the_numbers_at_h_40_and_y_1(page, app_url):
    open_microscope(page, app_url, "?h=40&y=1")
    expect_result(page, "naive", "NaN")
    quotient = page.locator('[data-form="naive"] [data-term="dJ_dz"]').first
    expect(quotient).to_have_attribute("data-value", "NaN")
    expect_result(page, "clamped", "0")
    expect_result(page, "fused", "0")
    expect_result(page, "split", "−4.248354255291589e−18")
    expect_verdict(page, "split", "right")
    expect_verdict(page, "naive", "NaN", "cost")
    expect_result(page, "stable", "4.248354255291589e−18", "cost")


def test_the_bits_of_one_minus_z_become_zeros_at_the_first_float_past_the_cliff(page, app_url):
    open_microscope(page, app_url, "?y=1")
    group = page.locator('[data-cliff="z = 1"]')
    group.locator("[data-where=before]").click()
    below = next_down(np.float64(CLIFF))
    expect_h(page, below)
    expect_bits(page, "h", bits_of(below).all)
    assert "1" in row_bits(page, "complement")
    expect(page.locator('[data-row="z"] .bits-value')).to_have_text("0.9999999999999998")
    page.get_by_role("button", name="next float").click()
    expect_h(page, CLIFF)
    expect(page.locator('[data-row="z"] .bits-value')).to_have_text("exactly 1")
    expect_bits(page, "complement", "0" * 64)
    assert "1" in row_bits(page, "mirrored")
    expect_verdict(page, "naive", "NaN")
    screenshot(page, "microscope-1280")
    page.get_by_role("button", name="previous float").click()
    expect_verdict(page, "naive", "lost digits")


def test_a_confident_mistake_is_said_to_be_dead(page, app_url):
    open_microscope(page, app_url)
    for form, verdict in [("naive", "NaN"), ("clamped", "dead"), ("fused", "right"),
                          ("split", "right")]:  # fmt: skip
        expect_verdict(page, form, verdict)
    table = page.locator('[data-library="PyTorch, BCELoss after sigmoid"]')
    expect(table.locator("td").first).to_contain_text("dead")


@pytest.mark.parametrize("text", ["36.7368005696771", "-709.78", "−3,5", " 1e2 ", "1000"])
def test_any_number_can_be_typed(page, app_url, text):
    open_microscope(page, app_url)
    enter(page, text)
    expect_h(page, float(text.replace("−", "-").replace(",", ".")))
    expect(page.locator("[data-part=message]")).to_be_empty()


def test_bad_input_gets_a_message_and_stays_to_be_mended(page, app_url):
    open_microscope(page, app_url, "?h=12.5")
    message = page.locator("[data-part=message]")
    for text in ("forty", "1e999", "nan", "1000.5", ""):
        enter(page, text)
        expect(message).to_contain_text(f"from −1000 to 1000, got “{text}”")
        expect(field(page)).to_have_value(text)
        expect(field(page)).to_have_attribute("aria-invalid", "true")
        expect_h(page, 12.5)
    enter(page, "-17")
    expect(message).to_be_empty()
    expect_h(page, -17)


def test_while_h_is_dragged_everything_follows(page, app_url):
    open_microscope(page, app_url, "?y=1&h=0")
    box = box_of(page.locator(".track input"))
    marker = page.locator(".h-marker").first
    seen, places = set(), set()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for k in range(1, 5):
        seen.add(before := microscope(page).get_attribute("data-h"))
        places.add(place := marker.get_attribute("data-place"))
        page.mouse.move(box["x"] + box["width"] * (0.5 + 0.08 * k), box["y"] + box["height"] / 2)
        expect(microscope(page)).not_to_have_attribute("data-h", before)
        expect(marker).not_to_have_attribute("data-place", place)
    assert len(seen) >= 3 and len(places) >= 3  # and that is before it was let go
    page.mouse.up()
    expect_verdict(page, "naive", "NaN")
    expect(page.locator('[data-form="naive"][data-verdict="NaN"]')).to_have_count(2)  # the cost too
    page.wait_for_function("location.search.includes('h=')")
    shown = microscope(page).get_attribute("data-h")
    expect(page.locator("[data-code-of=naive] code")).to_contain_text(f"F({shown})")


def test_the_keyboard_moves_h_float_by_float(page, app_url):
    open_microscope(page, app_url, "?format=float16&h=7.625&y=1")
    field(page).press("ArrowDown")
    expect_h(page, 7.62109375)
    field(page).press("ArrowUp")
    expect_h(page, 7.625)


def test_the_link_says_the_place_and_opens_it_again(page, app_url, new_page):
    open_microscope(page, app_url, "?y=0.25&format=float32&clamp=floor&epsilon=1e-12")
    enter(page, "16.63553237915039")
    expect_h(page, 16.63553237915039)
    page.wait_for_function("location.search.includes('h=16.63553237915039')")
    for part in ("y=0.25", "format=float32", "clamp=floor", "epsilon=1e-12"):
        assert part in page.url
    again = new_page()
    again.goto(page.url)
    expect_h(again, 16.63553237915039)
    expect(again.locator('[data-row="z"] .bits-value')).to_have_text("exactly 1")


def test_format_and_target_change_the_block_and_the_charts(page, app_url):
    open_microscope(page, app_url, "?h=10")
    expect(page.locator('[data-row="h"] .cells i')).to_have_count(64)
    choose(page, "Arithmetic", "float16")
    expect(page.locator('[data-row="h"] .cells i')).to_have_count(16)
    expect_verdict(page, "naive", "NaN")
    choose(page, "Target y", "1")
    expect_result(page, "fused", "0")
    choose(page, "Target y", "between")
    expect(page.get_by_test_id("stSlider")).to_be_visible()
    page.wait_for_function("location.search.includes('y=0.3')")
    expect(page.locator(".h-marker")).to_have_count(2)


def test_the_marker_stands_at_h_on_both_charts(page, app_url):
    open_microscope(page, app_url, "?h=-100")
    still(page)
    off = page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')].map((plot) => {
            const ticks = [...plot.querySelectorAll('.xtick text')];
            const at = ticks.find((t) => t.textContent === '−100').getBoundingClientRect();
            const line = plot.querySelector('.h-marker').getBoundingClientRect();
            return Math.abs(at.x + at.width / 2 - line.x - 1);
        })"""
    )
    assert len(off) == 2 and max(off) < 4


def test_a_click_into_a_chart_goes_there(page, app_url):
    open_microscope(page, app_url, "?h=0&y=1")
    plot = page.locator(".js-plotly-plot").first
    plot.scroll_into_view_if_needed()
    box = box_of(plot.locator(".nsewdrag").first)
    before = microscope(page).get_attribute("data-h")
    x = box["x"] + box["width"] * 0.2
    for y in np.linspace(box["y"] + 2, box["y"] + box["height"] - 2, 60):
        page.mouse.move(x, y)
        if page.locator(".hovertext").count():
            break
    page.mouse.down()
    page.mouse.up()
    expect(microscope(page)).not_to_have_attribute("data-h", before)
    eventually(page, lambda: float(microscope(page).get_attribute("data-h")) < -30, True)


def test_the_code_on_the_page_is_the_code_that_is_tested(page, app_url):
    open_microscope(page, app_url, "?h=30&y=1&clamp=clip")
    one, thirty = np.float64(1), np.float64(30)
    for name, title in (("clamped", "ε-clamped"), ("split", "Split")):
        page.get_by_role("button", name=title, exact=True).click()
        cell = page.locator(f"[data-code-of={name}]")
        expect(cell).to_be_visible()
        derivative = OutputDerivative(name, 1e-7, "clip")
        assert cell.locator("code").inner_text().strip() == neuron_code(
            derivative, thirty, one
        ).strip()  # fmt: skip
    expect(page.locator("[data-code-of]:visible")).to_have_count(1)


@pytest.mark.parametrize(
    ("width", "height", "scheme"),
    [(1280, 800, "light"), (1280, 800, "dark"), (1920, 1080, "light"), (390, 844, "dark")],
)
def test_nothing_is_cut_off(new_page, app_url, width, height, scheme):
    page = new_page(width, height, scheme)
    open_microscope(page, app_url, "?h=-3.3&y=0.3")
    expect_bits(page, "h", bits_of(np.float64(-3.3)).all)
    still(page)
    wide = page.evaluate(
        """() => {
            const root = document.querySelector('.st-key-microscope_player');
            const hosts = [...root.querySelectorAll('*')].filter((e) => e.shadowRoot);
            const found = [];
            for (const host of hosts) for (const e of host.shadowRoot.querySelectorAll('*')) {
              const style = getComputedStyle(e);
              if (style.position === 'absolute' || e.closest('.how') || e.closest('math')) continue;
              const box = e.getBoundingClientRect();
              if (box.width && box.right > innerWidth + 1) found.push(e.className || e.tagName);
            }
            return found;
        }"""
    )
    assert wide == []
    screenshot(page, f"microscope-{width}-{scheme}")


def test_the_neuron_of_the_live_page_is_brought_here_by_a_click(page, app_url):
    query = "?derivative=naive&update=5&operation=delta.3"
    page.goto(f"{app_url}/microscope{query}")
    page.get_by_role("button", name="Take h and y from Live").click()
    trace = running(from_query({"derivative": "naive"})[0]).trace(5)
    h = repr(float(trace.layers[-1].h[2, 0]))
    expect(field(page)).to_have_value(h)
    page.wait_for_url(f"**h={h}&y=1")
    page.goto(f"{app_url}/microscope?output_bias=-1000&scale=100")
    page.get_by_role("button", name="Take h and y from Live").click()
    expect(page.get_by_role("alert").first).to_contain_text("Here it goes from -1000 to 1000")
    expect(field(page)).to_have_value("−1000")


NAMES_OF_LANES = """() => {
  const box = (node) => node.getBoundingClientRect();
  const overlap = (a, b, from, to) => a[from] < b[to] && b[from] < a[to];
  const meet = (a, b) => overlap(a, b, "left", "right") && overlap(a, b, "top", "bottom");
  return [...document.querySelectorAll(".js-plotly-plot")].map((plot) => {
    const all = (selector) => [...plot.querySelectorAll(selector)];
    const names = all(".annotation-text"), grounds = all(".annotation .bg");
    const others = [...all(".scatterlayer .points path"), ...all(".legend"), ...all(".ytick")];
    return {
      names: names.map((name) => name.textContent),
      under: names.filter((name) => [...others, ...names].some(
        (other) => other !== name && meet(box(name), box(other)))).length,
      cut: names.filter((name) => box(name).right > box(plot).right).length,
      grounds: grounds.map((ground) => getComputedStyle(ground).fill),
      behind: grounds.every((ground, k) => box(ground).width >= box(names[k]).width),
      paper: getComputedStyle(document.querySelector(".stApp")).backgroundColor,
    };
  });
}"""


@pytest.mark.parametrize(
    ("width", "height", "scheme", "query", "forms"),
    [
        (1280, 800, "light", "format=float16", ["Naive", "ε-clamped"]),
        (1280, 800, "dark", "format=float16&y=1&clamp=floor&epsilon=1e-12", ["Naive", "ε-clamped"]),
        (1280, 800, "light", "format=float16&projector=on", ["Naive", "ε-clamped"]),
        (1920, 1080, "light", "format=float16&y=0.3&projector=on", ["Naive", "ε-clamped"]),
        (390, 844, "light", "format=float16", ["Naive", "ε-clamped"]),
        (390, 844, "dark", "format=bfloat16&y=1", ["Naive"]),
        (1280, 800, "light", "format=float64", ["Naive"]),
    ],
)
def test_nothing_runs_through_the_name_of_what_is_not_finite(
    new_page, app_url, width, height, scheme, query, forms
):
    page = new_page(width, height, scheme)
    open_microscope(page, app_url, f"?{query}")
    still(page)
    for chart in page.evaluate(NAMES_OF_LANES):
        assert chart["names"] == [f"{form}: NaN or ∞" for form in forms]
        assert chart["under"] == chart["cut"] == 0
        assert chart["behind"] and set(chart["grounds"]) == {chart["paper"]}

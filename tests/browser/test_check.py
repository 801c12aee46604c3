"""The Check page in a browser, against reports that the engine makes for the same scenario."""

import pytest
from playwright.sync_api import expect

from backprop import check_gradients
from backprop.figures.check.table import table
from backprop.scenario.scenario import from_query
from tests.browser.helpers import eventually, screenshot, still


def open_check(page, app_url, **query):
    """Open a link to the page and wait for its verdict; returns the engine's own report."""
    parameters = "&".join(f"{name}={value}" for name, value in query.items())
    page.goto(f"{app_url}/check?{parameters}")
    page.locator("[data-test-script-state=notRunning] .check-verdict").wait_for(timeout=60_000)
    scenario, problems = from_query(query)
    assert not problems
    data, net = scenario.dataset(), scenario.network()
    if scenario.checked:
        net = scenario.recordings()[scenario.running].network(scenario.checked)
    return check_gradients(
        net, data.X, data.y, scenario.output_derivative(scenario.derivative), step=scenario.step
    )


def rows(page):
    return page.locator(".check-table tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )


def agrees(page, report):
    """The verdict and every number of the table are those of `report`."""
    expect(page.locator(".check-big")).to_contain_text(report.verdict)
    wanted = page.evaluate(
        "html => [...new DOMParser().parseFromString(html, 'text/html')"
        ".querySelectorAll('tbody tr')]"
        ".map(row => [...row.cells].map(cell => cell.textContent))",
        table(report),
    )
    assert len(wanted) == len(report.entries)
    eventually(page, lambda: rows(page), wanted)
    return True


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_default_network_passes_with_its_worst_place_named(new_page, app_url, scheme):
    page = new_page(color_scheme=scheme)
    report = open_check(page, app_url)
    assert report.passed and agrees(page, report)
    expect(page.locator(".check-verdict")).to_contain_text(str(report.worst.place))
    assert page.locator(".check-map tbody td").count() == 37
    assert page.locator(".check-wrong, .check-map .check-hatch").count() == 1  # the key's own
    expect(page.locator(".js-plotly-plot .scatterlayer .trace")).to_have_count(5)
    expect(page.get_by_text("this step: 5e-6")).to_be_visible()
    screenshot(page, f"check-{scheme}")


def test_a_nan_fails_and_is_hatched(page, app_url):
    report = open_check(page, app_url, derivative="naive", output_bias="45")
    assert not report.passed and agrees(page, report)
    expect(page.locator(".check-big")).to_contain_text("NaN")
    assert page.locator(".check-map .check-hatch").count() == 37
    expect(page.locator(".check-table .check-hatch").first).to_have_text("NaN")
    screenshot(page, "check-nan")


def test_an_epsilon_fails_and_marks_the_digits_that_it_costs(page, app_url):
    report = open_check(page, app_url, derivative="clamped", epsilon="1e-4")
    assert not report.passed and agrees(page, report)
    marked = page.locator(".check-table tbody tr td:nth-child(2) mark").all_text_contents()
    assert len(marked) == 37 and min(map(len, marked)) > 8
    assert page.locator(".check-off").count() == 37


def test_a_step_that_vanishes_is_said_and_the_usual_one_is_a_click_away(page, app_url):
    report = open_check(page, app_url, format="float16", step="5e-6")
    assert report.passed and agrees(page, report)
    expect(page.get_by_text("Step 5e-6 vanishes in float16")).to_be_visible()
    page.get_by_role("button", name="Usual: 0.1").click()
    expect(page.get_by_text("With step 0.1 central differences are off by")).to_be_visible()
    expect(page).to_have_url(f"{app_url}/check?format=float16")


@pytest.mark.parametrize(
    ("name", "usual"), [("float32", "0.005"), ("float16", "0.1"), ("bfloat16", "0.2")]
)
def test_who_set_no_step_gets_the_usual_one_of_each_format(page, app_url, name, usual):
    open_check(page, app_url)
    page.get_by_role("radio", name=name, exact=True).click()
    expect(page.get_by_text(f"With step {usual} central differences are off by")).to_be_visible()
    expect(page.get_by_text(f"this step: {usual}")).to_be_visible()
    expect(page.get_by_role("button", name=f"Usual: {usual}")).to_be_disabled()
    expect(page).to_have_url(f"{app_url}/check?format={name}")
    assert agrees(page, open_check(page, app_url, format=name))
    assert "NaN" not in page.locator(".check-table").inner_text()


def test_a_step_that_was_set_stays_in_every_format_and_after_a_reload(page, app_url):
    open_check(page, app_url, step="5e-6")
    page.get_by_role("radio", name="float32", exact=True).click()
    expect(page.get_by_text("With step 5e-6 central differences")).to_be_visible()
    expect(page).to_have_url(f"{app_url}/check?format=float32&step=5e-6")
    page.reload()
    expect(page.get_by_text("With step 5e-6 central differences")).to_be_visible()


def test_the_keyboard_moves_the_step_and_the_link_says_it(page, app_url):
    open_check(page, app_url)
    handle = page.get_by_role("slider", name="Step s of the central differences")
    handle.focus()
    handle.press("ArrowRight")
    expect(page.get_by_text("With step 1e-5 central differences")).to_be_visible()
    expect(page).to_have_url(f"{app_url}/check?step=1e-5")


def test_a_later_update_is_checked_from_its_link(page, app_url):
    report = open_check(page, app_url, checked="17", data="moons", learning_rate="0.5")
    assert report.passed and agrees(page, report)


def test_weights_that_became_nan_are_explained(page, app_url):
    report = open_check(page, app_url, derivative="naive", checked="50")
    expect(page.locator(".check-big")).to_contain_text(report.verdict)
    expect(page.locator(".check-verdict")).to_contain_text("in update 5: 1 − z = 0")
    expect(page.locator(".check-map")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1920, 1080)])
def test_nothing_is_wider_than_the_window(new_page, app_url, width, height):
    page = new_page(width, height)
    open_check(page, app_url)
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    still(page)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth")
    screenshot(page, f"check-{width}")

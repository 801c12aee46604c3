"""The app in Firefox: what is on the stage can be read there too, and the way through the pages."""

import pytest

from backprop.export.booklet import of_lesson
from backprop.export.page import page as lesson_page
from backprop.lessons import LESSONS
from tests.browser.firefox import firefox
from tests.browser.on_stage import MEASURE
from tests.browser.test_layout import SIZES, WORST, drawn, least_type

STAGE = "all('.stage')[0]"
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    with firefox(tmp_path_factory.mktemp("firefox")) as window:
        yield window


@pytest.fixture
def window(started):
    started.errors.clear()
    return started


def can_be_read(window, least):
    window.evaluate(PAINTED)
    window.eventually(f"({MEASURE.rstrip().rstrip(';')})([2, {least}]).faults", [], 10)


def words(selector):
    return f"all({selector!r}).map((node) => node.textContent).join(' ')"


def playhead():
    return f"[{STAGE}?.dataset.update, {STAGE}?.dataset.operation]"


@pytest.mark.parametrize("state", [WORST, WORST + "&projector=on", *drawn(3, 8)])
def test_nothing_on_the_stage_is_cut_or_small_or_prints_over_another(window, app_url, state):
    window.open(f"{app_url}/?{state}")
    window.eventually("all('.equation .step').length > 0")
    for width, height in SIZES:
        window.resize(width, height)
        can_be_read(window, least_type(state, height))
    assert window.errors == []


@pytest.mark.parametrize("name", ["right-and-sure", "float16"])
def test_a_lesson_that_stands_alone_can_be_read_at_each_step(window, tmp_path, name):
    path = tmp_path / "lesson.html"
    path.write_text(lesson_page(of_lesson(LESSONS[name])), "utf-8")
    window.resize(1280, 800)
    window.open(path.as_uri())
    window.eventually("all('[data-update]').length > 0")
    for n, _ in enumerate(LESSONS[name].steps, start=1):
        window.eventually(f"all('[data-book=progress]')[0].textContent.startsWith('{n} of')")
        for width, height in ((1280, 800), (390, 844)):
            window.resize(width, height)
            can_be_read(window, 11)
        if window.evaluate("all('[data-book=next]')[0].disabled"):
            window.press("1")
        window.press("PageDown")
    assert window.errors == []


def test_a_way_through_the_pages_by_clicks_and_keys(window, app_url):
    window.resize(1280, 800)
    window.open(app_url)
    window.eventually(playhead(), ["0", "start"])
    window.click("all('[role=radio]').find((one) => one.textContent === 'Naive')")
    window.eventually("location.search.includes('derivative=naive')")
    window.press(" ")
    window.eventually(playhead(), ["5", "delta.3"])
    assert "0 / 0 = NaN" in window.evaluate(words(".card.fault"))
    for title, shown in (
        ("Race", ".race-root .chart"),
        ("Microscope", ".js-plotly-plot"),
        ("Chain rule", "math"),
        ("Check", "table"),
        ("Lessons", "a[href*=lesson], button"),
        ("Live", ".stage"),
    ):
        window.click(
            f"all('[data-testid=stPageLink-NavLink]').find((a) => a.textContent === {title!r})"
        )
        window.eventually(
            "all('[data-testid=stPageLink-NavLink][disabled]')[0]?.textContent", title
        )
        window.eventually(f"all({shown!r}).length > 0")
        window.eventually("all('[data-testid=stException]').length", 0)
    window.eventually(playhead(), ["5", "delta.3"])
    assert window.errors == []
    window.evaluate("location.reload()")
    window.eventually(playhead(), ["5", "delta.3"])
    assert window.evaluate("location.search.includes('derivative=naive')")
    window.evaluate("history.back()")
    window.eventually("location.pathname.endsWith('lessons')")
    assert window.errors == []

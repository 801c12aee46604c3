"""On paper: a lesson is a hand-out, the Live page prints what it shows, in the page's numbers."""

import re
from collections import Counter
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from backprop.export.booklet import of_lesson, of_scenario
from backprop.export.page import page as page_of
from backprop.lessons import LESSONS
from backprop.scenario.scenario import Scenario
from tests.browser.helpers import open_live, still
from tests.browser.on_stage import at

PAPER = {"A4": (595.9, 842.9), "Letter": (612.0, 792.0)}
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e−?\d+)?|NaN|∞")
READ = """() => {
  const root = document.querySelector("[data-book=host]") ?? document.querySelector(".stage-root")
    ?? [...document.querySelectorAll("*")].map((n) => n.shadowRoot?.querySelector(".stage-root"))
      .find(Boolean);
  const words = [];
  for (const part of root.querySelectorAll(".drawing .number, [data-part=equation], .cost")) {
    if (!part.checkVisibility({ visibilityProperty: true })) continue;
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) words.push(node.data);
  }
  return words.join(" ");
}"""


def printed(page, paper="A4"):
    """The text of each sheet, whose sizes are those of the paper."""
    sheets = PdfReader(BytesIO(page.pdf(format=paper))).pages
    for sheet in sheets:
        size = float(sheet.mediabox.width), float(sheet.mediabox.height)
        assert size == pytest.approx(PAPER[paper], abs=1)
    texts = [sheet.extract_text() for sheet in sheets]
    for n, text in enumerate(texts, start=1):
        assert f"{n} / {len(texts)}" in text, "each sheet has its number"
    return texts


def wiped(sheet):
    """The masks on the sheet itself: what a canvas wipes in print, also of what lies beneath."""
    states = [state.get_object() for state in sheet["/Resources"].get("/ExtGState", {}).values()]
    return [state for state in states if state.get("/SMask", "/None") != "/None"]


def letters(sheet):
    """Each piece of text that lies on the sheet itself: its size in points, and where it begins."""
    found = {}

    def see(text, page, own, _, size):
        scale = abs(own[3] * page[3])
        place = own[4] * page[0] + page[4], own[5] * page[3] + page[5]
        found.setdefault(text.strip(), []).append((size * scale, place))

    sheet.extract_text(visitor_text=see)
    return found


def ready(page):
    """Wait until the hand-out could be printed."""
    expect(page.locator(".booklet")).to_have_attribute("data-printable", "true")


def colours(page):
    """The colours that the sheets are painted with."""
    sheet = PdfReader(BytesIO(page.pdf())).pages[0]
    forms = [form.get_object().get_data() for form in sheet["/Resources"]["/XObject"].values()]
    painted = b" ".join([sheet.get_contents().get_data(), *forms])
    return set(re.findall(rb"[\d.]+ [\d.]+ [\d.]+ rg", painted))


def numbers(text):
    return Counter(NUMBER.findall(text))


def lines(text):
    """A text without blanks and ligatures: where it breaks is the paper's affair."""
    return "".join(text.replace("ﬂ", "fl").replace("ﬁ", "fi").replace("ﬀ", "ff").split())


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: lesson.id)
def test_each_number_of_each_step_is_on_paper_as_on_the_page(open_file, lesson):
    page = open_file(page_of(of_lesson(lesson)))
    shown = []
    for n, step in enumerate(lesson.steps):
        at(page, step.update, step.operation)
        expect(page.locator("[data-book=text]")).to_have_text(step.text)
        still(page)
        shown.append(numbers(page.evaluate(READ)))
        if n == lesson.question.after:
            page.keyboard.press(str(lesson.question.right + 1))
        page.keyboard.press("PageDown")
    text = "\n".join(printed(page))
    places = [found.start() for found in re.finditer(r" · sample \d+ · update", text)]
    assert len(places) == len(lesson.steps)
    for n, (start, end) in enumerate(zip(places, [*places[1:], None], strict=True)):
        missing = shown[n] - numbers(text[start:end])
        assert not missing, (n, missing)


CAPTION = "True cost, all derivatives from the"


@pytest.mark.parametrize(
    ("lesson", "most"), [("usual-repair", 5), ("deep-sigmoids", 6), ("right-and-sure", 6)]
)
def test_a_hand_out_has_its_charts_below_their_captions_and_two_steps_on_a_sheet(
    open_file, lesson, most
):
    page = open_file(page_of(of_lesson(LESSONS[lesson])))
    ready(page)
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    assert len(sheets) <= most
    charts = 0
    for sheet in sheets:
        seen = letters(sheet)
        captions = [
            place for text, all_ in seen.items() if text.startswith(CAPTION) for place in all_
        ]
        for (_, (x, y)), (_, (right, below)) in zip(captions, seen.get("update", []), strict=True):
            assert x < right < 560
            assert 30 < y - below < 120
            charts += 1
    assert charts == sum(step.part == "chart" for step in LESSONS[lesson].steps)


@pytest.mark.parametrize("paper", PAPER)
def test_a_lesson_prints_its_steps_its_task_and_at_the_end_the_answer(open_file, paper):
    lesson = LESSONS["right-and-sure"]
    page = open_file(page_of(of_lesson(lesson)), color_scheme="dark")
    ready(page)
    texts = [lines(text) for text in printed(page, paper)]
    whole = "".join(texts)
    assert lines(lesson.title) in texts[0]
    for step in lesson.steps:
        assert lines(step.text) in whole
    (task,) = [n for n, text in enumerate(texts) if lines(lesson.question.text) in text]
    assert all(lines(answer) in texts[task] for answer in lesson.question.answers)
    after = lines(lesson.steps[lesson.question.after + 1].text)
    assert [n > task for n, text in enumerate(texts) if after in text] == [True]
    assert lines(lesson.question.reveal) in texts[-1]
    assert lines(lesson.question.reveal) not in "".join(texts[:-1])
    assert not any(word in whole for word in ("Next", "Showofhands", "Jumpto"))


def test_paper_is_light_and_the_screen_dark_again_after_it(open_file):
    page = open_file(page_of(of_scenario(Scenario(derivative="naive", update=5))),
                     color_scheme="dark")  # fmt: skip
    root = page.locator(".stage-root")
    expect(root).to_have_attribute("data-theme", "dark")
    printed_dark = colours(page)
    expect(root).to_have_attribute("data-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(root).to_have_attribute("data-theme", "light")
    assert len(printed_dark) > 20
    assert colours(page) == printed_dark
    page.emulate_media(color_scheme="dark")
    expect(root).to_have_attribute("data-theme", "dark")


def test_a_page_that_stands_alone_prints_what_it_shows(open_file):
    page = open_file(page_of(of_scenario(Scenario(derivative="naive", update=5))))
    at(page, 5, "update")
    page.keyboard.press("n")
    at(page, 5, "delta.3")
    shown = numbers(page.evaluate(READ))
    text = "\n".join(printed(page))
    assert not shown - numbers(text)
    assert lines("First non-finite value: update 5, layer 3") in lines(text)
    assert "FusedSplit" not in lines(text.split("Cost J")[0])  # of the toggle, the chosen one


@pytest.mark.parametrize("paper", PAPER)
def test_the_live_page_prints_what_it_shows_and_nothing_to_press(page, app_url, paper):
    open_live(page, f"{app_url}/?derivative=naive&update=5&operation=delta.3")
    at(page, 5, "delta.3")
    shown = numbers(page.evaluate(READ))
    assert shown["40.3"] == 1
    texts = printed(page, paper)
    whole = lines("\n".join(texts))
    assert not shown - numbers("\n".join(texts))
    assert "2-4-4-1,sigmoid,float64,4samples,120updates" in whole
    assert not any(word in whole for word in ("Share", "Learningrate", "Weightscale", "before"))


SHOWN = """() => {
  const roots = [document, ...[...document.querySelectorAll("*")].map((n) => n.shadowRoot)];
  const numbers = roots.flatMap((root) => [...(root?.querySelectorAll(".drawing .number") ?? [])]);
  return numbers.map((node) => node.textContent);
}"""


def network_on(page, **options):
    """The sizes of the numbers of the network on its sheet, each where it is seen."""
    (sheet, *_) = PdfReader(BytesIO(page.pdf(format="A4", **options))).pages
    assert not wiped(sheet)
    width, height = float(sheet.mediabox.width), float(sheet.mediabox.height)
    seen = letters(sheet)
    sizes = []
    for text in {one for one in page.evaluate(SHOWN) if "." in one}:  # others stand elsewhere too
        (size, (x, y)) = max(seen[text])
        assert 38 < x < width - 38, (text, x)
        assert 48 < y < height - 38, (text, y)
        sizes.append(size)
    return sizes


@pytest.mark.parametrize("projector", ["off", "on"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080), (390, 844)])
@pytest.mark.parametrize("landscape", [False, True])
def test_live_prints_its_network_whole_and_in_plain_type_from_any_window(
    new_page, app_url, width, height, landscape, projector
):
    page = new_page(width, height)
    open_live(page, f"{app_url}/?derivative=naive&update=5&operation=delta.3&projector={projector}")
    at(page, 5, "delta.3")
    still(page)
    before = page.evaluate(SHOWN)
    sizes = network_on(page, landscape=landscape)
    assert len(sizes) >= 8
    assert 7 < min(sizes) <= max(sizes) < (20 if landscape else 14)
    still(page)
    assert page.evaluate(SHOWN) == before  # the stage is again as it was
    assert page.locator(".stage-root.projector").count() == (projector == "on")


def test_a_network_of_many_units_is_whole_on_its_sheet(page, app_url):
    open_live(page, f"{app_url}/?units=16-16-16-16-16-16&update=5&operation=delta.3")
    at(page, 5, "delta.3")
    still(page)
    assert min(network_on(page)) > 7
    page.emulate_media(media="print")
    still(page)
    drawing, view = (page.locator(one).first.bounding_box() for one in ("svg.drawing", ".view"))
    assert drawing["width"] <= view["width"]
    assert drawing["height"] > 400


def test_a_live_page_on_disk_prints_its_network(open_file):
    page = open_file(page_of(of_scenario(Scenario(derivative="naive", update=5))))
    at(page, 5, "update")
    assert min(network_on(page)) > 7


def test_check_prints_every_gradient_with_all_its_columns(page, app_url):
    page.goto(f"{app_url}/check")
    table = page.locator(".check-table")
    expect(table).to_be_visible()
    still(page)
    rows = table.locator("tbody tr").all_inner_texts()
    assert len(rows) == 37
    on_paper = lines("\n".join(printed(page)))
    for row in (table.locator("thead tr").inner_text(), *rows):
        assert lines(row) in on_paper


def test_race_prints_its_verdicts_in_lines_of_several_words(page, app_url):
    page.goto(f"{app_url}/race")
    said = page.locator(".verdicts tbody tr:nth-child(2) td:last-child")
    expect(said).to_contain_text("Goes silent")
    still(page)
    words = said.inner_text()
    texts = printed(page)
    assert len(texts) <= 2
    (begun,) = [text[text.index("Goes silent") :] for text in texts if "Goes silent" in text]
    first = begun.split("\n")[0].strip()
    assert lines(words).startswith(lines(first))
    assert len(first) > 20
    assert "Drag in a chart" not in "".join(texts)


def test_no_heading_stands_alone_at_the_foot_of_a_sheet(page, app_url):
    page.goto(f"{app_url}/chain_rule")
    expect(page.locator("h3").last).to_have_text("Where NaN enters the chain")
    still(page)
    headings = page.locator("h3").all_text_contents()
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    for sheet in sheets:
        places = [(y, text) for text, all_ in letters(sheet).items() for _, (_, y) in all_ if text]
        _, last = min(place for place in places if place[0] > 45)  # its number is below that
        assert not any(last in heading for heading in headings if len(last) > 4), last


def test_a_lesson_in_the_app_prints_the_same_hand_out(page, app_url, open_file):
    lesson = LESSONS["wrong-label"]
    page.goto(f"{app_url}/lessons?lesson={lesson.id}")
    at(page, 0, "start")
    alone = open_file(page_of(of_lesson(lesson)))
    for one in (page, alone):
        ready(one)
    here, there = (lines("".join(t.split("\n", 1)[1] for t in printed(p))) for p in (page, alone))
    assert here == there

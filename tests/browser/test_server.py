"""The app behind a sub-path and in a frame, and a server that dies under an open page."""

import json
import re
import subprocess
import time
from contextlib import ExitStack
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from streamlit.proto.WidgetStates_pb2 import WidgetState

from backprop.controls.session import CROSSING
from tests.browser.conftest import free_port, running, served
from tests.browser.helpers import eventually, middle
from tests.browser.on_stage import at, choose, drag_input, part, stage
from tests.wire import Wire

OWN = "rows=1.5_-2_0~3_0.25_1&data=own"
"""A small table of one's own in a link."""
UPDATES = """(stage) => {
  window.updates = [];
  const keep = () => window.updates.push(Number(stage.dataset.update));
  new MutationObserver(keep).observe(stage, { attributeFilter: ["data-update"] });
}"""
"""Keeps every update that the stage shows."""


class Heard(Wire):
    """A session of which one hears what is to be written into the address, and what stands where.

    `places` are those in the page's middle, in the order in which they are drawn; `told` is what
    each component was told last.
    """

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.addresses, self.places, self.told = [], [], {}

    def seen(self, answer, message):
        place = [*answer.metadata.delta_path]
        if place[:1] == [0]:
            self.places.append(place)
        component = answer.delta.new_element.bidi_component
        said = component.json or component.mixed.json
        if component.component_name == "backprop_address":
            self.addresses.append(said)
        if component.component_name:
            self.told[component.component_name] = said


def query(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


@pytest.fixture
def log(tmp_path):
    yield tmp_path / "server.log"
    assert "Traceback" not in (tmp_path / "server.log").read_text()


@pytest.fixture
def bare_page(browser):
    """A page that may complain: its server goes away."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


class Mortal:
    """The app at one address, whose process can be killed and started anew."""

    def __init__(self, log):
        self.log, self.port, self.alive = log, free_port(), ExitStack()
        self.start()

    def start(self):
        self.url, self.process = self.alive.enter_context(running(self.log, port=self.port))

    def kill(self):
        self.process.kill()
        self.alive.close()


@pytest.fixture
def mortal(log):
    server = Mortal(log)
    yield server
    server.alive.close()


def cut_off(page):
    """Wait until the page knows that its server is gone: its widgets are grey."""
    expect(page.get_by_role("radio", name="float32", exact=True)).to_be_disabled()


def unharmed(page):
    """Nothing is shown as an error, and page and server agree on every bit."""
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("[data-testid=stException], [data-testid=stAlert]")).to_have_count(0)
    expect(part(page, "disagreement")).to_be_hidden()


def another_derivative(page):
    choose(page, "Output derivative", "Split")
    page.wait_for_url("**derivative=split**")


def a_step_of_the_playhead(page):
    part(page, "update-on").click()
    at(page, 2)
    page.wait_for_url("**update=2**")


def another_format(page):
    choose(page, "Arithmetic", "float32")
    page.wait_for_url("**format=float32**")


def another_seed(page):
    page.get_by_label("Seed", exact=True).fill("8")
    page.keyboard.press("Enter")
    page.wait_for_url("**seed=8**")


def an_input_dragged(page):
    drag_input(page)
    page.mouse.up()
    page.wait_for_url("**edits=**")


def test_whatever_is_done_first_after_its_server_died_is_done_and_nothing_is_lost(
    bare_page, mortal
):
    page = bare_page
    page.goto(f"{mortal.url}/?seed=7&{OWN}&sample=2")
    stage(page).wait_for(timeout=60_000)
    choose(page, "Output derivative", "Naive")
    page.wait_for_url("**derivative=naive**")
    part(page, "update-on").click()
    page.wait_for_url("**update=1**")
    acts = {
        another_derivative: {"derivative": "split"}, a_step_of_the_playhead: {"update": "2"},
        another_format: {"format": "float32"}, an_input_dragged: {}, another_seed: {"seed": "8"},
    }  # fmt: skip
    said = query(page)
    for act, changed in acts.items():
        mortal.kill()
        cut_off(page)
        mortal.start()
        act(page)
        if act is an_input_dragged:
            changed = {"edits": query(page)["edits"]}
        said |= changed
        eventually(page, lambda: query(page), said)
        unharmed(page)
    expect(page.get_by_role("radio", name="Split")).to_have_attribute("aria-checked", "true")
    expect(page.get_by_label("Seed", exact=True)).to_have_value("8")
    at(page, 2)


def test_a_page_at_rest_tells_the_new_server_where_it_is_of_its_own_accord(bare_page, mortal):
    page, sent = bare_page, []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(f"{mortal.url}/?seed=7")
    stage(page).wait_for(timeout=60_000)
    page.get_by_label("Seed", exact=True).fill("9")  # its last run is of the whole page
    page.keyboard.press("Enter")
    page.wait_for_url("**seed=9**")
    expect(part(page, "disagreement")).to_be_hidden()
    steps = page.evaluate("history.length")
    mortal.kill()
    cut_off(page)
    sent.clear()
    mortal.start()
    eventually(
        page, lambda: any(b"seed=9" in frame and b"resumed" in frame for frame in sent), True
    )
    expect(page.get_by_label("Seed", exact=True)).to_be_enabled()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    assert page.evaluate("[location.pathname, history.length]") == ["/", steps]


def test_a_page_that_plays_plays_on_while_its_server_dies(bare_page, mortal):
    page = bare_page
    page.goto(f"{mortal.url}/?updates=600&seed=7&derivative=split")
    stage(page).wait_for(timeout=60_000)
    page.get_by_label("Speed").select_option(label="3 updates/s")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(stage(page)).not_to_have_attribute("data-update", "0")
    stage(page).evaluate(UPDATES)
    mortal.kill()
    cut_off(page)
    mortal.start()
    another_format(page)
    shown = len(page.evaluate("updates"))
    eventually(page, lambda: len(page.evaluate("updates")) > shown + 2, True)
    page.get_by_role("button", name="Pause", exact=True).click()
    seen = page.evaluate("updates")
    assert seen == sorted(seen), seen
    page.wait_for_url(f"**update={stage(page).get_attribute('data-update')}**")
    unharmed(page)


@pytest.mark.parametrize("until", ["the server is gone", "another one is there"])
def test_a_slider_in_the_hand_while_its_server_dies_stays_where_it_was_taken(
    bare_page, mortal, until
):
    page = bare_page
    page.goto(f"{mortal.url}/?seed=7")
    stage(page).wait_for(timeout=60_000)
    scale = page.get_by_role("slider", name="Weight scale")
    x, y = middle(scale.locator("xpath=../.."))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y, steps=4)
    expect(scale).not_to_have_value("3")
    taken = scale.input_value()
    mortal.kill()
    cut_off(page)
    if until == "the server is gone":
        page.mouse.up()
    mortal.start()
    page.wait_for_url(f"**scale={taken}**")
    page.mouse.up()
    expect(scale).to_have_value(taken)
    assert query(page) == {"seed": "7", "scale": taken}
    unharmed(page)


def test_what_was_asked_of_a_dead_server_is_asked_of_the_next(bare_page, mortal):
    page = bare_page
    page.goto(f"{mortal.url}/?seed=7")
    stage(page).wait_for(timeout=60_000)
    expect(part(page, "disagreement")).to_be_hidden()
    mortal.kill()
    cut_off(page)
    drag_input(page)
    page.mouse.up()
    part(page, "update-on").click()
    at(page, 1)
    mortal.start()
    page.wait_for_url(lambda url: "edits=" in url and "update=1" in url)
    unharmed(page)


def test_a_choice_that_comes_with_the_first_words_to_a_new_server_is_heard(mortal):
    with Wire(mortal.url, "seed=3") as wire:
        assert wire.run() == []
        seed, connection = wire.id_of("seed"), wire.id_of("connection")
        page = wire.page
    said = {"number": 1, "session": "abc", "visit": "abc.1", "query": "seed=7&format=float32"}
    moves = [{"name": "scale", "value": 5}, {"name": "depth", "value": 3}]
    told = {"resumed": said | {"moves": moves}}
    for is_warm in (True, False):
        if not is_warm:
            mortal.kill()
            mortal.start()
        with Heard(mortal.url, "seed=3") as wire:
            wire.page = page
            states = [WidgetState(id=seed), WidgetState(id=connection)]
            states[0].double_value = 8.0
            states[1].json_value = json.dumps(told)
            assert wire.run(*states) == []
            last = json.loads(wire.addresses[-1])
        assert last["session"] == "abc" and last["visit"] == "abc.1"
        assert last["query"] == {"seed": "8", "scale": "5", "units": "4-4-4", "format": "float32"}


def test_a_page_that_is_asked_for_as_a_part_of_another_was_drawn_is_drawn_from_the_top(log):
    with served(log, streamlit="tests.browser.unhurried") as url, Heard(url) as wire:
        assert wire.run() == []
        assert wire.say("answers", "ask", {"client": "x", "questions": []}) == []
        wire.page = ""
        wire.places.clear()
        assert wire.run(page_name="check") == []  # its predecessor has ended, and is still there
    assert wire.places[:2] == [[0, 0], [0, 1]]


@pytest.mark.parametrize("pause", [0, 0.004, 0.008, 0.012, 0.016])
def test_what_the_stage_asked_last_does_not_take_the_place_of_the_page_that_is_asked_for(
    app_url, pause
):
    with Wire(app_url) as other:
        assert other.run(page_name="check") == []
    with Heard(app_url) as wire:
        assert wire.run() == []
        fragment, questions = wire.widgets[wire.id_of("answers")], []
        for number in (1, 2, 3):
            questions.append({"kind": "undo", "token": "", "update": 0, "number": number})
            asked = wire.event("answers", "ask", {"client": "x", "questions": questions})
            wire.ask(asked, fragment=fragment)
        time.sleep(pause)
        wire.page = other.page
        assert wire.run() == []
        while json.loads(wire.addresses[-1])["playhead"]:  # of the page that is left
            assert wire.rest() == []


@pytest.mark.parametrize(
    ("page_name", "component", "event", "said"),
    [
        ("", "answers", "ask", {"client": "x", "questions": []}),
        ("race", "race", "at", {"at": 5, "visit": "another"}),
        ("microscope", "microscope", "asked", {"count": 1, "by": 0.5}),
    ],
)
def test_a_choice_in_the_same_moment_as_what_the_page_says_by_itself_is_seen(
    app_url, page_name, component, event, said
):
    """Streamlit sends both in one message, and asks for the part of the page that spoke first."""
    field, value = ("format", "float32") if page_name == "microscope" else ("seed", 8.0)
    with Heard(app_url, "seed=3") as wire:
        assert wire.run(page_name=page_name) == []
        chosen, fragment = wire.choice(field, value), wire.widgets[wire.id_of(component)]
        assert fragment and fragment != wire.widgets[chosen.id]
        wire.places.clear()
        assert wire.run(chosen, wire.event(component, event, said), fragment=fragment) == []
        query = json.loads(wire.addresses[-1])["query"]
    assert query[field] == ("8" if field == "seed" else value)
    assert [0, 0] in wire.places or not page_name  # all of the page, which Live has in one part


def test_two_choices_in_two_parts_of_a_page_in_the_same_moment_are_both_seen(app_url):
    with Heard(app_url, "seed=3") as wire:
        assert wire.run(page_name="chain_rule") == []
        layer, seed = wire.choice("layer", "W1"), wire.choice("seed", 8.0)
        wire.places.clear()
        assert wire.run(seed, layer, fragment=wire.widgets[layer.id]) == []
        query = json.loads(wire.addresses[-1])["query"]
    assert query["seed"] == "8" and query["layer"] == "1"
    assert [0, 0] in wire.places  # all of the page, and not the part alone


def test_a_button_of_a_dialog_in_the_same_moment_as_a_question_of_the_stage_is_heard(app_url):
    ask = {"client": "x", "questions": []}
    with Heard(app_url) as wire:
        assert wire.run() == []
        fragment = wire.widgets[wire.id_of("answers")]
        for opened in (False, True):  # the button that opens it, which is the last; then its own
            button = [name for name in wire.widgets if name.endswith("-None")][-1]
            press = WidgetState(id=button, trigger_value=True)
            assert wire.run(press, wire.event("answers", "ask", ask), fragment=fragment) == []
            assert bool(json.loads(wire.told["backprop_keeping"])["text"]) == opened


class Seeds(Wire):
    """A session of which one sees how the field of the seed is filled; None where it is not."""

    def seen(self, answer, message):
        element = answer.delta.new_element
        if element.WhichOneof("type") == "number_input":
            field = element.number_input
            self.filled = field.value if field.set_value else None

    def choose(self, seed):
        field = self.id_of("seed")
        assert self.run(self.choice("seed", seed), fragment=self.widgets[field]) == []
        return self.filled


def test_a_choice_that_crosses_a_filling_of_its_widget_is_filled_in_after_it(app_url):
    with Seeds(app_url, "seed=3") as wire:
        assert wire.run() == [] and wire.filled == 3
        assert wire.choose(8) == 8  # else a browser that shows the 3 last would say 3 again
        assert wire.choose(9) == 9
        time.sleep(CROSSING)
        assert wire.choose(10) is None


def test_what_a_widget_showed_before_it_was_filled_is_no_choice(app_url):
    """A message that was on its way says it again, beside what the stage asks."""
    questions = []

    def ask(wire, *states, **question):
        if question:
            number = len(questions) + 1
            questions.append({"token": "", "update": 0, "number": number} | question)
        fragment = wire.widgets[wire.id_of("answers")]
        asked = wire.event("answers", "ask", {"client": "x", "questions": questions})
        assert wire.run(*states, asked, fragment=fragment) == []
        return json.loads(wire.addresses[-1])["query"]

    with Heard(app_url, "seed=3") as wire:
        assert wire.run() == []
        moved = wire.choice("x0", [0.5])
        assert wire.run(moved, fragment=wire.widgets[moved.id]) == []
        assert "edits" in json.loads(wire.addresses[-1])["query"]
        assert "edits" not in ask(wire, moved, kind="undo")
        assert "edits" not in ask(wire, moved)
        assert "edits" not in ask(wire, moved, kind="beside", name="naive")
        assert wire.run(moved, fragment=wire.widgets[moved.id]) == []  # alone: it is chosen again
        assert "edits" in json.loads(wire.addresses[-1])["query"]
        assert "edits" not in ask(wire, moved, kind="undo")
        assert "edits" not in ask(wire, wire.choice("x0", [1.0]))  # the filling has been seen
        assert "edits" in ask(wire, moved)


def test_a_filling_that_crosses_a_choice_is_no_choice_though_the_browser_says_it_again(app_url):
    with Heard(app_url, "seed=3") as wire:
        assert wire.run() == []
        seed, answers = (wire.id_of(key) for key in ("seed", "answers"))
        before, chosen = wire.choice("seed", 3.0), wire.choice("seed", 8.0)
        asked = wire.event("answers", "ask", {"client": "x", "questions": []})
        assert wire.run(chosen, fragment=wire.widgets[seed]) == []
        assert wire.run(before, asked, fragment=wire.widgets[answers]) == []
        assert wire.run(wire.choice("format", "float32"), before) == []
        query = json.loads(wire.addresses[-1])["query"]
    assert query == {"seed": "8", "format": "float32"}


@pytest.mark.parametrize("page_name", ["race", "check"])
def test_a_deep_link_is_the_first_that_a_fresh_server_hears(bare_page, log, page_name):
    page = bare_page
    with served(log) as url:
        page.goto(f"{url}/{page_name}?seed=9")
        ours = page.get_by_test_id("stSidebarUserContent")  # not those that a phone has
        expect(ours.get_by_role("link", name=page_name.title(), exact=True)).to_have_attribute(
            "disabled", ""
        )
        expect(page.get_by_label("Seed", exact=True)).to_have_value("9")
        assert urlsplit(page.url).path == f"/{page_name}" and query(page)["seed"] == "9"


def test_a_page_that_computed_other_numbers_than_the_server_says_so_and_logs_it(bare_page, log):
    page, said = bare_page, []
    page.on("console", lambda message: said.append(message.text))

    def tampered(socket):
        """What the server says, less the truth about the digest."""
        server = socket.connect_to_server()
        digest = rb'(?<="digest": ")[0-9a-f]{8}'

        def pass_on(message):
            is_text = isinstance(message, str)
            socket.send(message if is_text else re.sub(digest, b"01234567", message))

        server.on_message(pass_on)

    page.route_web_socket(re.compile("_stcore/stream"), tampered)
    with served(log) as url:
        page.goto(url)
        expect(part(page, "disagreement")).to_be_visible()
        expect(part(page, "disagreement")).to_contain_text("server")
        assert any("the server 01234567" in text for text in said)


def test_behind_a_sub_path_and_embedded_every_link_stays_there(bare_page, log):
    page = bare_page
    with served(log, path="lecture/nets") as url:
        page.goto(url + "/?seed=9&embed=true")
        stage(page).wait_for(timeout=60_000)
        choose(page, "Output derivative", "Split")
        page.wait_for_url("**derivative=split**")
        assert query(page) == {"seed": "9", "derivative": "split", "embed": "true"}
        page.get_by_role("button", name="Share").click()
        link = page.get_by_role("dialog").locator("code").first
        expect(link).to_have_text(re.compile(re.escape(url) + r"/?\?seed=9&derivative=split"))
        page.goto(link.inner_text())
        stage(page).wait_for(timeout=60_000)
        page.get_by_role("link", name="Race", exact=True).click()
        page.wait_for_url(f"{url}/race?**")
        expect(page.locator(".race-root[data-update]")).to_be_visible()


def megabytes(process):
    """What a process holds in memory now."""
    held = subprocess.run(["ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True)
    return int(held.stdout) / 1000


def test_races_that_stay_open_hold_no_recordings(log):
    race = "naive~clamped:clip:1e-7~clamped:floor:1e-12~fused~split~naive@float32~fused@float32"
    heavy = f"units=16-16-16-16&updates=400&data=blobs&race={race}"
    each = 7 * 401 * 881 * 8 / 1e6  # 20 MB: recordings of a network of 881 numbers
    with (
        running(log, BACKPROP_CACHE_MB="8") as (url, server),
        ExitStack() as sessions,
    ):
        held = []
        for seed in range(12):
            session = sessions.enter_context(Wire(url, f"{heavy}&seed={seed}"))
            assert session.run(page_name="race") == []
            held.append(megabytes(server))
    assert held[-1] - held[3] < 8 * each / 2, held

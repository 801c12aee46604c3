"""Where the hand is: the stage shows what a widget says before the server has heard of it."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from backprop.scenario.scenario import Scenario, from_query
from tests.browser.helpers import open_live, painted
from tests.browser.on_stage import agree, at, cells, choose, lines_of, part

WHOLE = 2 + 27
"""Computed cells of a pass: inputs, and h, z and δ of nine units."""


class Held:
    """The wire to the server: what the page says waits while it is held."""

    def __init__(self, page):
        self.waiting = None
        page.route_web_socket(re.compile("_stcore/stream"), self._connect)

    def _connect(self, socket):
        self.server = socket.connect_to_server()
        socket.on_message(self._say)

    def _say(self, message):
        if self.waiting is None:
            self.server.send(message)
        else:
            self.waiting.append(message)

    def hold(self):
        self.waiting = []

    def let_go(self):
        waiting, self.waiting = self.waiting, None
        for message in waiting:
            self.server.send(message)


def step(name, presses=1):
    """Move a slider by so many of its steps to the right, to the left if it is negative."""

    def act(page):
        page.keyboard.press("Tab")
        slider = page.get_by_test_id("stSidebar").get_by_role("slider", name=name)
        slider.focus()
        for _ in range(abs(presses)):
            slider.press("ArrowRight" if presses > 0 else "ArrowLeft")

    return act


def option(group, name):
    return lambda page: choose(page, group, name)


def listed(label, name):
    """Choose from a list that unfolds."""

    def act(page):
        page.get_by_role("combobox", name=label, exact=True).click()
        page.get_by_role("option", name=name, exact=True).click()

    return act


BREAKING = "update=4&operation=update"
MOVES = [
    (BREAKING, step("Weight scale"), "scale=3.1"),
    (BREAKING, step("Output bias", -2), "output_bias=-"),
    (BREAKING, step("Learning rate α", -1), "learning_rate=20"),
    (BREAKING, step("Updates", 1), "updates=130"),
    (BREAKING, step("Sample", -2), "sample=1"),
    (BREAKING, step("x₁", -4), "edits"),
    (BREAKING, option("Target y", "0"), "edits"),
    (BREAKING, option("Output derivative", "Naive"), "derivative=naive"),
    (BREAKING, option("Output derivative", "ε-clamped"), "derivative=clamped"),
    (BREAKING, option("Arithmetic", "float16"), "format=float16"),
    (BREAKING, option("Arithmetic", "bfloat16"), "format=bfloat16"),
    ("derivative=clamped&" + BREAKING, listed("Clamp", "clip once"), "clamp=clip"),
    ("derivative=clamped&" + BREAKING, listed("ε", "0.001"), "epsilon=0.001"),
]


@pytest.mark.parametrize(("query", "act", "said"), MOVES)
def test_the_stage_follows_before_the_server_hears_and_nothing_changes_once_it_has(
    page, app_url, query, act, said
):
    wire = Held(page)
    open_live(page, f"{app_url}/?{query}")
    at(page, 4, "update")
    before = cells(page)
    wire.hold()
    act(page)
    expect(page.locator(".stage-root")).to_have_attribute("data-followed", "true")
    painted(page)  # the last of several steps too
    followed, lines = cells(page), lines_of(page)
    wire.let_go()
    expect(page).to_have_url(re.compile(re.escape(said)))
    expect(page.locator(".stage-root")).to_have_attribute("data-followed", "false")
    assert cells(page) == followed
    assert followed != before or said == "updates=130"
    assert lines_of(page) == lines
    scenario, problems = from_query(dict(parse_qsl(urlsplit(page.url).query)))
    assert not problems
    agree(page, scenario, WHOLE)


def test_a_weight_is_followed_while_it_is_typed_and_goes_back_where_it_is_not_set(page, app_url):
    wire = Held(page)
    open_live(page, f"{app_url}/?{BREAKING}&selection=W.1.0.1")
    at(page, 4, "update")
    before, field = cells(page), part(page, "editor-value")
    root = page.locator(".stage-root")
    wire.hold()
    field.press("Control+a")
    field.press_sequentially("-2.5")
    painted(page)
    agree(page, Scenario(update=4, weights=(("W1.0.1", -2.5),)), WHOLE)
    part(page, "cost-button").focus()
    expect(root).to_have_attribute("data-followed", "false")
    assert cells(page) == before
    field.fill("1.25")
    field.press("Enter")
    agree(page, Scenario(update=4, weights=(("W1.0.1", 1.25),)), WHOLE)
    followed = cells(page)
    wire.let_go()
    expect(page).to_have_url(re.compile("weights=W1.0.1:1.25"))
    expect(root).to_have_attribute("data-followed", "false")
    assert cells(page) == followed
    field.fill("7")
    expect(root).to_have_attribute("data-followed", "true")
    field.press("Escape")  # leaves the selection, as everywhere
    expect(field).to_be_hidden()
    expect(root).to_have_attribute("data-followed", "false")
    assert cells(page) == followed

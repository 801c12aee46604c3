"""What a browser sends is input: forged messages are refused quietly, and the session goes on."""

import math

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.browser.helpers import tracebacks
from tests.wire import Wire

PAGES = ("", "race", "microscope", "chain_rule", "check", "lessons")


NUMBERS = (math.nan, math.inf, -math.inf, -1e308, 0.5, 99.0)
TEXTS = ("", "nan", "-1", "x" * 10_000, "\x00![a](http://example.com/a.png)", "\ufeff")
IMPOSSIBLE = {
    "double_array_value": [[], *([n] for n in NUMBERS), [math.nan] * 3, [1.0] * 1000],
    "string_array_value": [[], *([text] for text in TEXTS), list(TEXTS), ["1"] * 1000],
    "double_value": NUMBERS,
    "string_value": TEXTS,
}
"""Values that the wire can carry for a widget, and that no hand can choose."""


def states(wire, widget):
    """The states of a widget that are not of its choices."""
    field = wire.carries[widget]
    for value in IMPOSSIBLE.get(field, ()):
        state = WidgetState(id=widget)
        if field.endswith("array_value"):
            getattr(state, field).data.extend(value)
        else:
            setattr(state, field, value)
        yield state


HOSTILE = (
    None, [], {}, "x", -1, math.inf, -math.inf, math.nan, 10**400, 1e308, [[]], {"at": None},
    {"at": 10**400, "visit": []}, {"runner": -5, "update": 3}, {"runner": 0, "update": math.inf},
    {"place": math.nan}, {"place": "x"}, {"floats": 10**400}, {"by": math.inf}, {"text": []},
    {"held": 1}, {"held": 1, "place": 1e308}, {"text": "x" * 100_000},
)  # fmt: skip

QUESTIONS = (
    {}, {"kind": []}, {"kind": "drop"}, {"kind": "beside", "name": "magic"},
    *({"kind": "drop", "sample": sample, "inputs": inputs, "token": "", "update": update}
      for sample in (-1, 1, 10**9, 10**400) for update in (1, 10**400, -math.inf)
      for inputs in ([{"input": 0, "value": 10**400}], [{"input": 9, "value": 1.0}],
                     [{"input": 0, "value": math.nan}], [[0, 1.0]], {"input": 0, "value": 1.0})),
    {"kind": "edit", "name": "W1.0.0", "value": math.inf}, {"kind": "edit", "name": [], "value": 1},
    {"kind": "edit", "name": "W1.0.0:1~W1.0.1", "value": 10**400},
    {"kind": "sample", "sample": 10**400}, {"kind": "sample", "sample": -1},
    {"kind": "rest", "token": {}, "update": math.nan, "operation": "x" * 9999, "selection": {}},
)  # fmt: skip


@pytest.fixture(scope="module")
def tried():
    """The widgets that were tried on a page already, by their keys."""
    return set()


@pytest.mark.parametrize("page", PAGES)
def test_forged_values_of_widgets_leave_the_session_alive(page, app_url, server_log, tried):
    before = len(server_log.read_text())
    with Wire(app_url) as wire:
        assert wire.run(page_name=page) == []
        if page not in ("microscope", "lessons"):  # the others have the network's sidebar
            assert wire.run(WidgetState(id=wire.id_of("exact"), bool_value=True)) == []
            assert any("scenario-exact.scale" in w for w in wire.widgets)
        for widget in [w for w in wire.widgets if "scenario-" in w]:
            name = widget.partition("scenario-")[2]
            if name in tried:
                continue
            tried.add(name)
            for state in states(wire, widget):
                assert wire.run(state, fragment=wire.widgets[widget]) == [], state
        assert wire.run() == []
    assert not tracebacks(server_log.read_text()[before:])


def test_forged_words_of_widgets_that_nobody_heard_leave_the_session_alive(app_url, server_log):
    before = len(server_log.read_text())
    with Wire(app_url) as wire:
        assert wire.run() == []
        names = {w.partition("scenario-")[2] for w in wire.widgets if "scenario-" in w}
        for number, value in enumerate(HOSTILE, 1):
            page = {
                "number": number, "session": f"s{number}", "visit": "v",
                "query": "seed=%00&update=-1&&=",
                "moves": [{"name": name, "value": value} for name in names],
            }  # fmt: skip
            assert wire.hold("connection", "resumed", page) == [], value
        assert wire.run() == []
    assert not tracebacks(server_log.read_text()[before:])


@pytest.mark.parametrize("page", PAGES)
def test_forged_messages_of_components_are_refused_quietly(page, app_url, server_log):
    before = len(server_log.read_text())
    with Wire(app_url) as wire:
        assert wire.run(page_name=page) == []
        for component, event in (
            ("answers", "ask"), ("race", "open"), ("gallery", "opened"),
            ("keeping", "kept"),
        ):  # fmt: skip
            if any(found.endswith(f"-{component}") for found in wire.widgets):
                for value in HOSTILE:
                    assert wire.say(component, event, value) == [], (component, value)
        for component, name in (
            ("connection", "resumed"), ("race", "at"), ("microscope", "asked"), ("stage", "x"),
        ):  # fmt: skip
            if any(found.endswith(f"-{component}") for found in wire.widgets):
                for value in HOSTILE:
                    assert wire.hold(component, name, value) == [], (component, value)
        if page == "":
            for number, question in enumerate(QUESTIONS, 1):
                asked = {"client": "forged", "questions": [{"number": number, **question}, 7, None]}
                assert wire.say("answers", "ask", asked) == [], question
        assert wire.run() == []
    assert not tracebacks(server_log.read_text()[before:])

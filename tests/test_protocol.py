"""What Python and the browser say to each other is written down once, and nothing else is heard."""

import json
import math
import re
from dataclasses import fields
from typing import get_args, get_type_hints
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from backprop import DERIVATIVES, Network, race
from backprop.controls.reading import MOST_TEXT, ForgedError, heard, read
from backprop.export.typescript import PROTOCOL, WRITTEN, declarations
from backprop.stage import recorded
from backprop.stage.channels import pack
from backprop.stage.protocol import (
    Block,
    Events,
    KeptLesson,
    Library,
    Question,
    Questions,
    RaceAt,
    RaceOpen,
    Resumed,
    Scene,
    View,
    Wish,
    channel,
    numbered,
    operations,
    parsed,
)
from backprop.stage.skeleton import skeleton
from tests.truths import truths

X = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
y = np.array([0.0, 1.0, 1.0, 0.0])
RACE = race(Network.random([2, 4, 4, 1], scale=3.0, seed=3102), X, y, updates=8, learning_rate=30.0)
SCRIPTS = "\n".join(path.read_text("utf-8") for path in PROTOCOL.parent.rglob("*.js"))

# ---- one file for both sides --------------------------------------------------------------------


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_the_types_of_the_scripts_are_those_of_python(path):
    required = "run python -m backprop.export.typescript"
    assert path.read_text("utf-8") == declarations(path), required


def read_by_scripts(name):
    """The keys that the player's scripts read of an object that they call `name`."""
    found = set(re.findall(rf"\b{name}\??\.(\w+)", SCRIPTS))
    for names in re.findall(rf"\{{([^{{}}]*)\}} = (?:\w+\.)*{name};", SCRIPTS):
        found |= {one.partition(":")[0].strip() for one in names.split(",")}
    return found


COMPUTED = {
    "known", "last", "fault", "faultCard", "spread", "ahead", "room", "verdict", "costFault",
    "checked", "disagrees", "chart", "constants", "samples", "sample", "striped",
    "order", "layers", "bias", "operations", "blocks", "equations", "notes",
}  # fmt: skip
"""What the page adds to the words of a scene."""


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        ("about", set(Scene.__annotations__) | COMPUTED),
        ("view", {field.name for field in fields(View)}),
        ("block", {field.name for field in fields(Block)}),
    ],
)
def test_the_player_reads_what_is_declared_and_all_of_it(name, declared):
    seen = read_by_scripts(name)
    assert seen <= declared, f"nobody declares {seen - declared}"
    alone = {key for key in declared - seen if not re.search(rf"\.{key}\b", SCRIPTS)}
    assert not alone, f"nobody reads {alone}"


@pytest.mark.parametrize("derivative", ["naive", "split"])
def test_a_scene_has_the_keys_that_are_declared(derivative):
    scene = recorded(RACE, derivative, 2, ("x₁", "x₂"))
    assert set(scene) == set(Scene.__annotations__)
    assert set(scene["library"]) == set(Library.__annotations__)


def test_scripts_ask_what_there_is_to_be_asked():
    asked = set(re.findall(r'\bkind: "(\w+)"', SCRIPTS))
    kinds = [get_type_hints(question)["kind"] for question in get_args(Question)]
    assert asked == {name for kind in kinds for name in get_args(kind)}


ROOMS = PROTOCOL.parent.parent


def test_scripts_dispatch_the_events_that_are_declared():
    scripts = "\n".join(path.read_text("utf-8") for path in ROOMS.rglob("*.js"))
    assert set(re.findall(r'"(backprop:\w+)"', scripts)) == set(Events.__annotations__)


# ---- channels and operations --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("W.2.0.3", ("W", 2, (0, 3))),
        ("z.0.1", ("z", 0, (1,))),
        ("J.3.0", ("J", 3, (0,))),
        ("step.width.3.0", ("step.width", 3, (0,))),
        ("cost.minus_log.12.10", ("cost.minus_log", 12, (10,))),
    ],
)
def test_a_channel_is_named_by_quantity_layer_and_place(text, parts):
    assert parsed(text) == parts
    assert channel(parts[0], parts[1], *parts[2]) == text


@pytest.mark.parametrize("text", ["", "W", "W.2", "W.2.0.3.4", ".2.0", "W.-1.0", "W.1.0 ", "2.0.0"])
def test_what_is_no_channel_is_refused(text):
    with pytest.raises(ValueError, match=r"channel such as W\.2\.0\.3"):
        parsed(text)


@pytest.mark.parametrize("derivative", DERIVATIVES)
def test_every_channel_that_is_named_anywhere_has_a_place_in_the_frame(derivative):
    recording = RACE[derivative]
    blocks = {
        (block.name, block.layer): block.shape for block in pack(recording, 2, np.array([0])).blocks
    }
    drawn = ElementTree.fromstring(skeleton(recording.start.sizes, ("x₁", "x₂"), (0, 1)))
    named = {node.get(key) for node in drawn.iter() for key in ("data-channel", "data-text")}
    named |= set(truths(recording, 3, 2))
    assert len(named - {None}) > 60
    for text in named - {None}:
        name, layer, place = parsed(text)
        shape = blocks[name, layer]
        assert len(place) == len(shape) and all(n < most for n, most in zip(place, shape, strict=1))


KNOWN = {
    "start": ("W", "b", "y"),
    "h": ("h", "h_out"),
    "z": ("z",),
    "cost": ("J", "true_J", "cost."),
    "delta": ("delta", "slope", "weighted", "step.", "true_delta"),
    "dW": ("dW", "db", "product"),
}
"""What each operation brings, as a person who computes by hand would say it."""


@pytest.mark.parametrize("derivative", DERIVATIVES)
def test_each_block_is_known_from_the_operation_on_that_computes_it(derivative):
    order = [(o["name"], o["layer"]) for o in operations(3)]
    for block in pack(RACE[derivative], 0, np.array([0])).blocks:
        (by,) = (
            operation
            for operation, names in KNOWN.items()
            if any(block.name == n or (n[-1] == "." and block.name.startswith(n)) for n in names)
        )
        first = by == "start" or block.layer == 0
        assert block.known == (-1 if first else order.index((by, block.layer))), block


def test_operations_are_numbered_in_their_order():
    numbers = numbered(2)
    assert list(numbers) == [
        "start", "h.1", "z.1", "h.2", "z.2", "cost.2", "delta.2", "dW.2", "delta.1", "dW.1",
        "update",
    ]  # fmt: skip
    assert list(numbers.values()) == list(range(-1, 10))


# ---- what a browser sends -----------------------------------------------------------------------

ASKED = {"number": 7, "token": "-1f", "update": 3}
HONEST = (
    (Question, ASKED | {"kind": "drop", "sample": 1, "inputs": []}),
    (Question, ASKED | {"kind": "beside", "name": "split"}),
    (Question, ASKED | {"kind": "edit", "name": "W1.0.2", "value": 0.25}),
    (Question, ASKED | {"kind": "rest", "ending": True, "operation": "delta.3", "selection": ""}),
    (Question, ASKED | {"kind": "sample", "sample": 0}),
    *((Question, ASKED | {"kind": kind}) for kind in ("undo", "reset", "projector")),
    (Questions, {"client": "x1", "questions": [ASKED | {"kind": "undo"}, 7, None]}),
    (RaceAt, {"at": 25, "visit": "ab.cd"}),
    (RaceOpen, {"runner": 0, "update": 120}),
    (Wish, {"count": 5, "place": 1.5, "held": True, "seen": False}),
    (Wish, {"count": 5, "text": "36,7"}),
    (Wish, {"count": 5, "floats": -3}),
    (Wish, {"count": 5, "by": 0.1}),
)
WHOLE = {"number", "update", "input", "sample", "at", "runner", "count", "floats"}
REAL = {"value", "place", "by"}
TEXT = {"token", "name", "operation", "selection", "client", "visit", "text"}
FLAGS = {"ending", "held", "seen"}
ODD = (
    None, True, False, -1, 0, 0.0, 1.5, 3, -1e308, 1e308, 10**400, -(10**400), 10**5000, 2**53,
    math.nan, math.inf, -math.inf, "", "3", "nan", "x" * 41, "x" * 65, "x" * (MOST_TEXT + 1),
    "\ud800", "a\udfffb", [], [[]], [[[1]]], [3], {}, {"value": 1}, {"kind": "drop"},
)  # fmt: skip


def may_stand(field, value):
    """Whether this value may stand in a field of this name, by what a hand can do."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if field in WHOLE:
        return type(value) is int and (-1 if field == "floats" else 0) <= value < 2**53
    if field in REAL:
        most = 1e308 if field != "value" else 1e6
        return number and -most <= value <= most
    if field in TEXT:
        most = {"client": 40, "text": MOST_TEXT}.get(field, 64)
        fits = isinstance(value, str) and (field == "client") <= len(value) <= most
        return fits and not re.search("[\ud800-\udfff]", value)
    return isinstance(value, bool) if field in FLAGS else isinstance(value, list)


def test_honest_messages_are_heard_with_every_value():
    for shape, message in HONEST:
        got = read(shape, json.loads(json.dumps(message)))
        for field, value in message.items():
            given = getattr(got, field)
            assert given == (tuple(value) if isinstance(value, list) else value), field
            assert type(given) is float or field not in REAL


def forgeries():
    for shape, message in HONEST:
        for field in message.keys() - {"kind"}:
            for value in ODD:
                optional = shape is Wish and field != "count" and value is None
                drop = field == "value" and message["kind"] == "drop"
                stands = may_stand("by" if drop else field, value)
                if not stands and not optional:
                    yield shape, message | {field: value}
            if not (shape is Wish and field in FLAGS):
                yield shape, {k: v for k, v in message.items() if k != field}
        for surplus in ("x", "__class__", "kind_", "from"):
            yield shape, message | {surplus: 1}
        yield from ((shape, odd) for odd in ODD)
    for kind in (*ODD, "Drop", "truth"):
        yield Question, ASKED | {"kind": kind, "input": 1, "value": 1.0}
    yield Question, ASKED | {"kind": "undo", "input": 1}
    yield Wish, {"count": 1}
    yield Wish, {"count": 1, "by": 1.0, "text": "1"}


def test_forged_messages_are_refused_with_the_place_and_what_is_required():
    forged = list(forgeries())
    for shape, message in forged:
        with pytest.raises(ForgedError, match=r"^The message.* (must be|required)"):
            read(shape, message)
        assert heard(shape, message) is None
    assert len(forged) > 1500


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"at": -1, "visit": ""},
         "The message.at must be from 0 to 9007199254740991, got -1."),
        ({"at": 1.0, "visit": ""}, "The message.at must be a whole number, got 1.0."),
        ({"at": 1, "visit": "x" * 65}, "The message.visit must be from 0 to 64 characters, got"),
        ({"at": 1}, "The message must be an object with at, visit and nothing else, got {'at'"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_required_and_what_came(message, text):
    with pytest.raises(ForgedError, match=f"^{re.escape(text)}"):
        read(RaceAt, message)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(
        ["kind", "number", "token", "update", "input", "value", "client", "questions", "at", "by"]
    ) | st.text(), inner),
)  # fmt: skip


SHAPES = (KeptLesson, Question, Questions, RaceAt, RaceOpen, Resumed, Wish, str)


@given(ANY, st.sampled_from(SHAPES))
def test_whatever_comes_is_a_message_or_a_refusal(sent, shape):
    try:
        message = read(shape, sent)
    except ForgedError:
        return
    assert isinstance(message, get_args(shape) or shape)


def forged_session():
    """A page to which a browser sends nothing but forgeries."""
    import streamlit as st

    from backprop.controls import asking, session
    from backprop.controls.lessons import _open_from_gallery
    from backprop.controls.microscope import _answer
    from backprop.controls.race import _follow
    from backprop.stage.protocol import Question, Questions, RaceAt, Resumed, Wish
    from tests.test_protocol import forgeries

    session.enter("live")
    before = session.current()

    hears = {
        Questions: ("answers", "ask", asking._answer),
        RaceAt: ("race", "at", _follow),
        Wish: ("microscope", "asked", _answer),
        str: ("gallery", "opened", _open_from_gallery),
        Resumed: ("connection", "resumed", lambda: session.enter("live")),
    }
    for shape, message in forgeries():
        if shape is Question:
            shape, message = Questions, {"client": "x", "questions": [message]}
        routes = [shape] if shape in hears else [] if isinstance(message, str) else [str, Resumed]
        for component, event, hear in map(hears.__getitem__, routes):
            st.session_state[component] = {event: message}
            hear()
    st.session_state.unchanged = session.current() == before


def test_no_forgery_changes_anything():
    shown = AppTest.from_function(forged_session, default_timeout=300).run()
    assert not shown.exception
    assert shown.session_state.unchanged

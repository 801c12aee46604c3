"""A picture that stands still says what the stage says at that update."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from backprop.engine.digits import short
from backprop.lessons import LESSONS
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario
from backprop.stage.still import still

SVG = "{http://www.w3.org/2000/svg}"
SCENARIO = Scenario(derivative="naive")
NAIVE = recordings(SCENARIO)["naive"]


def drawn(update, operation="", name="still"):
    return ElementTree.fromstring(
        still(NAIVE, 2, SCENARIO.dataset().feature_names, update, operation, name)
    )


def cells(svg):
    """The text of each cell by quantity, layer and unit."""
    return {
        (node.get("data-quantity"), int(node.get("data-layer")), int(node.get("data-unit"))): next(
            part.text for part in node if "number" in part.get("class", "")
        )
        for node in svg.iter(f"{SVG}g")
        if node.get("data-quantity")
    }


@pytest.mark.parametrize("update", [0, 4, 5, 6, 120])
def test_every_cell_says_the_number_of_the_trace(update):
    found = cells(drawn(update))
    trace = NAIVE.trace(update)
    for i, layer in enumerate(trace.layers, start=1):
        for name in ("h", "z", "delta"):
            for u, value in enumerate(getattr(layer, name)[2]):
                assert found[name, i, u] == short(float(value))
    assert ("NaN" in found.values()) == (update >= 5)


def test_what_is_not_computed_yet_is_a_dash_and_no_number():
    found = cells(drawn(5, "z.2"))
    assert all(found["delta", i, 0] == "–" for i in (1, 2, 3))
    assert found["h", 3, 0] == "–"
    assert found["z", 2, 0] != "–"


def test_a_nan_is_hatched_and_its_edges_are_dashed_only_once_they_are_reached():
    def states(operation):
        return [n.get("data-state") for n in drawn(5, operation).iter(f"{SVG}path")
                if n.get("class") == "edge"]  # fmt: skip

    assert set(states("delta.3")) == {"plain"}
    assert states("dW.3").count("bad") == 4
    assert set(states("")) == {"bad"}
    fault = ElementTree.tostring(drawn(5, "delta.3", "mine"), encoding="unicode")
    assert fault.count("url(#mine-hatch)") == 1


def test_pictures_on_one_page_keep_their_patterns_apart():
    ids = [n.get("id") for name in ("a", "b") for n in drawn(5, "", name).iter() if n.get("id")]
    assert len(ids) == len(set(ids)) == 4


def test_both_themes_are_in_the_picture_and_nothing_is_loaded():
    text = still(NAIVE, 2, ("x", "y"), 5)
    assert text.count("light-dark(") > 40
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text)
    assert "<script" not in text


def test_names_of_inputs_cannot_break_the_drawing():
    text = still(NAIVE, 2, ('<script>"', "&y"), 5)
    assert "<script" not in text
    assert len(cells(ElementTree.fromstring(text))) == 2 + 3 * 9


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: lesson.id)
def test_every_step_of_a_lesson_can_be_drawn(lesson):
    for step in lesson.steps:
        scenario = lesson.at(step)
        text = still(
            recordings(scenario)[scenario.running], scenario.sample - 1,
            scenario.dataset().feature_names, step.update, step.operation,
        )  # fmt: skip
        assert ElementTree.fromstring(text).tag == f"{SVG}svg"


def test_what_cannot_be_drawn_is_refused_with_what_can():
    with pytest.raises(ValueError, match=r"operation must be start, h\.1.*got 'delta\.9'"):
        drawn(5, "delta.9")
    with pytest.raises(ValueError, match="update must be from 0 to 120, got 121"):
        drawn(121)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (0.99999917, "1−8e−7"), (-0.9999, "−(1−1e−4)"), (0.0, "0"), (-3.0, "−3"),
     (np.nan, "NaN"), (np.inf, "+∞"), (-np.inf, "−∞"), (5e-324, "4.9e−324"), (0.3125, "0.313"),
     (12345.6, "12346"), (123456.0, "1.2e5"), (40.2512, "40.3"), (1e-3, "0.00100")],
)  # fmt: skip
def test_numbers_are_short_and_no_rounded_lie(value, text):
    assert short(value) == text

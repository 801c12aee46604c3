"""A booklet has all that its scenes are made of, and its page is one file that asks nobody."""

import base64
import json
import re
import zlib
from dataclasses import replace

import pytest

from backprop.export.booklet import of_lesson, of_recordings, of_scenario
from backprop.export.page import SCRIPT, page
from backprop.lessons import LESSONS
from backprop.scenario.fields import FIELDS
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario

DEFAULT = of_scenario(Scenario(derivative="naive", update=5, operation="delta.3"))


def unpacked(html, name):
    """What lies in a page, deflated and in base 85, under this name."""
    text = re.search(rf'id="{name}">([^<]*)</script>', html)[1]
    packed = base64.b85decode(text.translate(str.maketrans(":,.", "&<>")))
    return zlib.decompress(packed, -zlib.MAX_WBITS).decode()


def test_the_page_of_the_default_network_is_small():
    html = page(DEFAULT)
    assert len(html.encode()) < 150_000
    told = json.loads(unpacked(html, "told"))
    assert told["about"] == json.loads(json.dumps(DEFAULT.about))
    assert unpacked(html, "script") == SCRIPT


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: lesson.id)
def test_a_lesson_has_the_scene_of_each_step_and_is_small(lesson):
    booklet = of_lesson(lesson)
    first = booklet.scenes[0]["words"]
    for step, told in zip(lesson.steps, booklet.about["lesson"]["steps"], strict=True):
        given = booklet.scenes[told["scene"]]
        words, wanted = first | given["words"], lesson.at(step)
        for name in ("derivative", "clamp", "epsilon", "format", "sample", "units", "hidden"):
            value = wanted.running if name == "derivative" else getattr(wanted, name)
            assert words[name] == FIELDS[name].write(value)
        assert booklet.library["data"][given["data"]]["X"] == wanted.unedited().X.tolist()
    assert {step["scene"] for step in booklet.about["lesson"]["steps"]} == set(
        range(len(booklet.scenes))
    )
    assert len(page(booklet).encode()) < 150_000


def test_nothing_in_the_page_points_to_another_host_or_file():
    html = page(DEFAULT)
    assert "default-src 'none'" in html
    assert not re.findall(r"(?:src|href)\s*=\s*\"", html)
    hosts = set(re.findall(r"https?://[\w.]+", html))
    assert hosts <= {"http://www.w3.org"}
    assert SCRIPT.count("export ") == 0


def test_texts_cannot_leave_the_json_they_lie_in():
    mean = replace(DEFAULT, about=DEFAULT.about | {"title": "</script><b>&'\""})
    html = page(mean)
    assert "</script><b>" not in html
    assert json.loads(unpacked(html, "told"))["about"]["title"] == "</script><b>&'\""


def test_a_template_is_told_once():
    templates = [repr(one) for one in DEFAULT.library["templates"]]
    assert len(set(templates)) == len(templates)
    used = [*DEFAULT.library["networks"].values(), *DEFAULT.library["forms"].values()]
    assert {n for one in used for n in one.values()} == set(range(len(templates)))


def test_a_page_for_a_race_of_ones_own_names_inputs_and_refuses_what_is_not_there():
    races = recordings(Scenario())
    (given,) = of_recordings(races, "split").scenes
    assert (given["words"]["derivative"], given["runners"]) == ("split", list(races))
    with pytest.raises(ValueError, match=r"must be one of naive, clamped, fused, split, got 'x'"):
        of_recordings(races, "x")
    with pytest.raises(ValueError, match="sample must be from 0 to 3, got 4"):
        of_recordings(races, "fused", sample=4)

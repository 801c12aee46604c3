"""A booklet holds every scene that it can show, and its page is one file that asks nobody."""

import base64
import json
import re
import zlib
from dataclasses import replace
from itertools import combinations

import pytest

from backprop.export.booklet import of_lesson, of_recordings, of_scenario
from backprop.export.page import SCRIPT, page
from backprop.lessons import LESSONS
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario

DEFAULT = of_scenario(Scenario(derivative="naive", update=5, operation="delta.3"))


def unpacked(html, name):
    """What lies in a page, deflated and in base64, under this name."""
    text = re.search(rf'id="{name}">([^<]*)</script>', html)[1]
    return zlib.decompress(base64.b64decode(text), -zlib.MAX_WBITS).decode()


def test_the_page_of_the_default_network_is_small():
    html = page(DEFAULT)
    assert len(html.encode()) < 150_000
    told = json.loads(unpacked(html, "told"))
    assert len(told["scenes"]) == 4 and told["about"] == json.loads(json.dumps(DEFAULT.about))
    assert unpacked(html, "script") == SCRIPT


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: lesson.id)
def test_a_lesson_has_a_scene_for_each_derivative_and_each_step(lesson):
    booklet = of_lesson(lesson)
    shown = {step["scene"] for step in booklet.about["lesson"]["steps"]}
    shown |= {button["scene"] for button in booklet.about["toggle"]}
    assert shown == set(range(len(booklet.scenes)))
    assert all(a != b for a, b in combinations(booklet.scenes, 2))
    deep = len(lesson.scenario.units) > 4
    assert len(page(booklet).encode()) < (165_000 if deep else 150_000)


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


def test_what_the_scenes_share_is_told_once():
    told = DEFAULT.told()
    shared, divided = told["shared"], ("experiment", "equations", "notes")
    for own, scene in zip(told["scenes"], DEFAULT.scenes, strict=True):
        assert not set(own) & set(shared) - set(divided)
        whole = {**shared, **own}
        for name in divided:
            assert not set(own[name]) & set(shared[name])
            whole[name] = {**shared[name], **own[name]}
        assert whole == scene
    assert {"blocks", "operations"} & set(shared) and "h.1" in shared["equations"]


def test_a_page_for_a_race_of_ones_own_names_inputs_and_refuses_what_is_not_there():
    races = recordings(Scenario())
    assert of_recordings(races, "split").about["shown"] == 3
    with pytest.raises(ValueError, match=r"must be one of naive, clamped, fused, split, got 'x'"):
        of_recordings(races, "x")
    with pytest.raises(ValueError, match="sample must be from 0 to 3, got 4"):
        of_recordings(races, "fused", sample=4)

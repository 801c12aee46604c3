"""A booklet holds every scene that it can show, and its page is one file that asks nobody."""

import json
import re
from dataclasses import replace

import pytest

from backprop.export.booklet import Booklet, of_lesson, of_recordings, of_scenario
from backprop.export.page import SCRIPT, page
from backprop.lessons import LESSONS
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario

DEFAULT = of_scenario(Scenario(derivative="naive", update=5, operation="delta.3"))


def about_of(html):
    return json.loads(re.search(r'id="about">(.*?)</script>', html, re.S)[1])


def test_the_page_of_the_default_network_is_under_two_megabytes():
    html = page(DEFAULT)
    assert len(html.encode()) < 2_000_000
    assert html.count('type="text/plain" id="scene-') == 4


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: lesson.id)
def test_a_lesson_has_a_scene_for_each_derivative_and_each_step(lesson):
    booklet = of_lesson(lesson)
    shown = {step["scene"] for step in booklet.about["lesson"]["steps"]}
    shown |= {button["scene"] for button in booklet.about["toggle"]}
    assert shown == set(range(len(booklet.scenes)))
    assert len(set(booklet.scenes)) == len(booklet.scenes)
    assert len(page(booklet).encode()) < 2_000_000


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
    assert about_of(html)["title"] == "</script><b>&'\""


def test_the_packed_booklet_reads_back():
    packed = DEFAULT.pack()
    size = int.from_bytes(packed[:4], "little")
    about = json.loads(packed[4 : 4 + size])
    at, scenes = 4 + size, []
    for length in about.pop("lengths"):
        scenes.append(packed[at : at + length])
        at += length
    assert Booklet(about, tuple(scenes)) == DEFAULT
    assert at == len(packed)


def test_a_page_for_a_race_of_ones_own_names_inputs_and_refuses_what_is_not_there():
    races = recordings(Scenario())
    assert of_recordings(races, "split").about["shown"] == 3
    with pytest.raises(ValueError, match=r"must be one of naive, clamped, fused, split, got 'x'"):
        of_recordings(races, "x")
    with pytest.raises(ValueError, match="sample must be from 0 to 3, got 4"):
        of_recordings(races, "fused", sample=4)

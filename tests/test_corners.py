"""No scenario, however odd, kills a page: each computes from the engine to the last drawn text."""

import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from backprop.programs.numpy_code import numpy_code
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import from_query
from tests.corners import scenarios
from tests.whole_pages import PAGES, pages, run

SEED, COUNT, AT_ONCE = 6, 200, 20
WALKED = int(os.environ.get("CORNERS", COUNT))


@pytest.mark.parametrize("first", range(0, WALKED, AT_ONCE))
def test_every_page_computes_what_it_shows_or_refuses_it_in_words(first):
    shown = 0
    for number, scenario in enumerate(islice(scenarios(SEED, COUNT), first, first + AT_ONCE)):
        for name in pages(number):
            try:
                shown += not run(name, scenario)
            except Exception as error:
                raise AssertionError(f"{name} dies of {scenario}") from error
    assert shown > AT_ONCE * len(PAGES) / 2


def test_the_same_seed_gives_the_same_scenarios_and_they_reach_into_the_corners():
    drawn = list(scenarios(SEED, COUNT))
    assert drawn == list(scenarios(SEED, COUNT)) and drawn != list(scenarios(SEED + 1, COUNT))
    assert len({(s.format, s.clamp) for s in drawn}) == 16
    assert len({(s.hidden, s.derivative) for s in drawn}) == 12
    assert len({(s.format, s.cost) for s in drawn}) == 8
    assert len({s.data for s in drawn}) == 10 and {len(s.units) for s in drawn} == set(range(7))
    assert any(s.scale == 0 for s in drawn) and any(abs(s.output_bias) == 1000 for s in drawn)
    assert any(abs(value) == 1e300 for s in drawn for _, value in s.weights)
    tables = [s.table for s in drawn if s.table is not None]
    assert any(len(table.X) == 1 for table in tables)
    assert any(len(table.X) > 64 for table in tables)
    assert any(((table.y > 0) & (table.y < 1)).any() for table in tables)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("race", "format=float16&clamp=floor"),
        ("race", "format=float16&clamp=clip&seed=0"),
        ("race", "format=float16&clamp=clip_both"),
        ("check", "scale=0&data=moons"),
        ("check", "hidden=relu&bias=off&scale=0"),
        ("check", "output_bias=1000&cost=quadratic"),
        ("live", "hidden=relu&scale=10&data=moons&format=float16&units=5-5-5"),
        ("chain rule", "hidden=tanh&bias=off&scale=10&output_bias=-40&data=worked_example"
         "&derivative=naive&clamp=floor&format=bfloat16&learning_rate=0.1&updates=25&checked=16"),
    ],
)  # fmt: skip
def test_links_that_once_killed_a_page_are_shown(page, query):
    scenario, refused = from_query(dict(part.split("=") for part in query.split("&")))
    assert not refused
    assert run(page, scenario) == ""


@pytest.mark.parametrize(
    ("parameters", "got"),
    [
        ({"format": "float16", "learning_rate": "1e6"}, "1e+06"),
        ({"format": "float16", "learning_rate": "1e-12"}, "1e-12"),
        ({"format": "float16", "edits": "2:1000000_0_1"}, "1e+06"),
        ({"format": "bfloat16", "edits": "2:1e39_0_1"}, "1e+39"),
        ({"format": "float16", "weights": "W1.0.0:1e6"}, "1e+06"),
    ],
)  # fmt: skip
def test_the_pages_themselves_say_what_a_format_cannot_hold(parameters, got):
    app = Path(__file__).parent.parent / "app.py"
    shown = AppTest.from_file(str(app), default_timeout=300)
    for name, text in parameters.items():
        shown.query_params[name] = text
    shown.run()
    said = {}
    for name in ("live", "race", "chain_rule", "check", "microscope", "lessons", "live"):
        shown.switch_page(f"pages/{name}.py").run()
        assert not shown.exception, (name, shown.exception)
        said[name] = " ".join(error.value for error in shown.error).replace("\\", "")
    refusing = {name for name, words in said.items() if words}
    assert {"live", "race", "chain_rule"} <= refusing <= {"live", "race", "chain_rule", "check"}
    for name in refusing:
        assert " must " in said[name] and f"got {got}" in said[name], name
    for label in ("Code", "Export"):
        next(button for button in shown.button if button.label == label).click().run()
        assert not shown.exception, (label, shown.exception)
        words = [error.value.replace("\\", "") for error in shown.error]
        assert sum(f"got {got}" in word for word in words) == 2, label  # the page's, the dialog's


def test_the_programs_of_odd_scenarios_run():
    ran = 0
    for scenario in scenarios(SEED + 1, 60):
        if len(scenario.units) > 2 or ran == 4:
            continue
        try:
            recording = recordings(scenario)[scenario.running]
        except ValueError:
            continue  # refused on every page
        program = numpy_code(recording, scenario.update)
        done = subprocess.run([sys.executable, "-"], input=program, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        delta = recording.trace(scenario.update).layers[-1].delta
        assert ("nan" in done.stdout) == bool(np.isnan(delta.astype(float)).any())
        ran += 1
    assert ran == 4

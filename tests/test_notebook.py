"""A notebook shows recordings and traces; importing the engine alone draws nothing."""

import json
import re
import subprocess
import sys
from html import unescape

import numpy as np
import pytest

from backprop import Network, backpropagate, race, train
from backprop.notebook import MOST_ROWS, register, show, table
from tests.test_booklet import unpacked

X, y = [[-1, -1], [-1, 1], [1, -1], [1, 1]], [0, 1, 1, 0]
RACE = race(Network.random([2, 4, 4, 1], scale=3.0, seed=3102), X, y, updates=12, learning_rate=30)


def test_a_race_is_one_page_in_a_frame_with_a_runner_for_each_derivative():
    html = show(RACE, "naive", sample=2)._repr_html_()
    inner = unescape(re.search(r'srcdoc="([^"]*)"', html)[1])
    assert inner.startswith("<!doctype html>")
    assert json.loads(unpacked(inner, "told"))["scenes"][0]["runners"] == list(RACE)
    assert html.count("<iframe") == html.count("</iframe>") == 1


def test_what_cannot_be_shown_is_named():
    with pytest.raises(ValueError, match=r"named by their derivatives .* got 'mine'"):
        show({"mine": RACE["naive"]})
    with pytest.raises(ValueError, match="sample must be from 0 to 3, got 7"):
        show(RACE["naive"], sample=7)
    with pytest.raises(ValueError, match="got ''"):
        show({})


def test_master_weights_have_no_stage_and_are_told_as_text():
    recording = train(Network.random([2, 3, 1], dtype="float16"), X, y, 3, master="float32")
    with pytest.raises(ValueError, match="computes in float16 and keeps its weights in float32"):
        show(recording)


def test_a_trace_is_a_table_with_all_digits_and_nan_stands_out():
    trace = RACE["naive"].trace(5)
    html = table(trace)._repr_html_()
    assert html.count("<tr>") == 1 + 4 * 9
    assert f">{trace.layers[0].h[0, 0]!r}<".replace("np.float64(", "").replace(")", "") in html
    assert re.search(r"font-weight:bold[^>]*>NaN<", html)


def test_a_long_table_is_cut_and_says_so():
    rng = np.random.default_rng(0)
    trace = backpropagate(Network.random([2, 3, 1], seed=1), rng.normal(size=(90, 2)), [1.0] * 90)
    html = table(trace)._repr_html_()
    assert html.count("<tr>") == 1 + MOST_ROWS
    assert f"{90 * 4 - MOST_ROWS} more rows" in html


def test_registration_teaches_a_shell_both_types():
    class Formatter(dict):
        def for_type(self, kind, draw):
            self[kind.__name__] = draw

    class Shell:
        class display_formatter:  # noqa: N801
            formatters = {"text/html": Formatter()}  # noqa: RUF012

    register(Shell)
    known = Shell.display_formatter.formatters["text/html"]
    assert "<iframe" in known["Recording"](RACE["split"])
    assert "<table" in known["Trace"](RACE["split"].trace(0))


def test_the_engine_does_not_draw_until_it_is_asked():
    code = "import sys, backprop; print([m for m in sys.modules if m.startswith('backprop.stage')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

"""A notebook, executed by a kernel and exported, opened without a network."""

import json
import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT

CELLS = (
    """import backprop
import backprop.notebook
net = backprop.Network.random([2, 4, 4, 1], scale=3.0, seed=3102)
X, y = [[-1, -1], [-1, 1], [1, -1], [1, 1]], [0, 1, 1, 0]
recordings = backprop.race(net, X, y, updates=12, learning_rate=30.0)
recordings["naive"]""",
    'backprop.notebook.show(recordings, "split", sample=2)',
    'recordings["naive"].trace(5)',
)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The HTML of the executed notebook."""
    folder = tmp_path_factory.mktemp("notebook")
    cells = [
        {"cell_type": "code", "id": f"cell-{n}", "metadata": {}, "execution_count": None,
         "outputs": [], "source": source}
        for n, source in enumerate(CELLS)
    ]  # fmt: skip
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / "live.ipynb").write_text(json.dumps(notebook), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "--template", "basic",
         "live.ipynb"],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return (folder / "live.html").read_text("utf-8")


def test_a_recording_shows_as_the_stage_and_plays_without_a_kernel(open_file, exported):
    page = open_file(f"<!doctype html><meta charset='utf-8'><title>notebook</title>{exported}")
    expect(page.locator("iframe")).to_have_count(2)
    stage = page.frame_locator("iframe").first.locator(".stage")
    expect(stage).to_have_attribute("data-update", "0")
    stage.get_by_role("button", name="NaN").click()
    expect(stage).to_have_attribute("data-update", "5")
    expect(stage.locator(".card.faulty")).to_contain_text("0 / 0 = NaN")


def test_a_race_has_its_toggle_and_a_trace_is_a_table(open_file, exported):
    page = open_file(f"<!doctype html><meta charset='utf-8'><title>notebook</title>{exported}")
    race = page.frame_locator("iframe").last
    expect(race.get_by_role("radio", name="Split")).to_have_attribute("aria-checked", "true")
    race.get_by_role("radio", name="Naive").click()
    expect(race.get_by_role("radio", name="Naive")).to_have_attribute("aria-checked", "true")
    expect(page.locator("table tbody tr")).to_have_count(36)
    expect(page.locator("table td", has_text="NaN").first).to_be_visible()

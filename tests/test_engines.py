"""Both engines give the same bytes: recordings, costs, first faults, packed scenes.

Here in Node; in browsers it is `browser/test_engines.py`.
"""

import json

import pytest

from backprop.stage import experiment, javascript
from tests import engines
from tests.test_scripts import ROOT, node

SCRIPT = f"""
import {{ readFileSync }} from "node:fs";
import engine from {json.dumps(str(javascript.ENGINE / "main.js"))};
import * as asked from {json.dumps(str(ROOT / "tests" / "engines.js"))};
const [, what, file] = process.argv;
console.log(JSON.stringify(await asked[what](engine(), JSON.parse(readFileSync(file)))));
"""


def in_node(tmp_path):
    """Asks engines.js in Node: "digests" of experiments, or one "whole"."""

    def ask(what, given):
        (tmp_path / "given.json").write_text(json.dumps(given), "utf-8")
        done = node("--input-type=module", "--eval", SCRIPT, what, str(tmp_path / "given.json"))
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def test_the_same_bytes_come_out_of_both_engines(tmp_path):
    engines.compare(engines.expected(1, engines.COUNT), in_node(tmp_path))


@pytest.mark.parametrize("name", ["tables", "records"])
def test_what_is_written_from_the_records_is_current(name):
    required = "run python -m backprop.stage.javascript"
    written = (javascript.ENGINE / f"{name}.js").read_text("utf-8")
    assert written == getattr(javascript, name)(), required


def test_the_script_of_the_engine_is_small():
    assert len(experiment.script().encode()) < 40_000

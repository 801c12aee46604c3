"""The floors of the house: who may import from whom, however an import is spelled."""

import ast
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "backprop"
QUESTIONS = ("faults", "racing", "microscope", "chain", "gradcheck", "lessons")
BELOW = {
    "engine": (),
    "scenario": ("engine",),
    **{room: ("engine", "scenario") for room in QUESTIONS},
    "gradcheck": ("engine", "scenario", "drawing"),
    "programs": ("engine", "scenario"),
    "drawing": ("engine",),
    "stage": ("engine", "scenario", *QUESTIONS, "drawing"),
    "figures": ("engine", "scenario", *QUESTIONS, "drawing", "programs"),
    "export": ("engine", "scenario", *QUESTIONS, "drawing", "programs", "stage", "figures"),
    "notebook": ("engine", "drawing", "export"),
    "hosting": (),
}
BELOW["controls"] = tuple(BELOW)
BELOW["backprop"] = ("engine", "scenario", "gradcheck")  # the public names
LIBRARIES = {
    "engine": {"numpy", "ml_dtypes"},
    "drawing": {"numpy", "segno"},
    "figures": {"numpy", "plotly", "PIL"},
    "controls": {"numpy", "streamlit", "pandas", "plotly"},
}


HIDING = {"importlib", "runpy", "pkgutil", "imp"}
"""What imports by names that only a run knows: nobody here may."""


def modules(package=PACKAGE):
    return {
        ".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(
            ".__init__"
        ): path
        for path in package.rglob("*.py")
    }


def imported(name, text, known):
    """The modules that a module names, however it spells it: the deepest that exists of each."""
    is_package = name in known and known[name].name == "__init__.py"
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = name.split(".") if is_package else name.split(".")[:-1]
                parts = parts[: len(parts) - node.level + 1]
                base = ".".join([*parts, *([base] if base else [])])
            deeper = {f"{base}.{alias.name}" for alias in node.names}
            found |= {d if d in known else base for d in deeper}
    hidden = {target for target in found if target.split(".")[0] in HIDING}
    called = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    assert not hidden | called & {"__import__", "exec", "eval"}, f"{name}: an import none can read"
    return found


def circles(arrows):
    """The modules that reach themselves, each by its name; `arrows` has the targets of each."""
    found = []
    for name in arrows:
        seen, ahead = set(), list(arrows[name])
        while ahead:
            target = ahead.pop()
            if target not in seen:
                seen.add(target)
                ahead += arrows.get(target, ())
        found += [name] if name in seen else []
    return found


def room_of(module):
    """The room of a module of ours; what `backprop` itself exports is found where it lives."""
    return module.split(".")[1] if "." in module else "backprop"


def arrows(name, text, known):
    """The rooms and the libraries that a module reaches for."""
    rooms, libraries = set(), set()
    for target in imported(name, text, known):
        top = target.split(".")[0]
        if top == "backprop":
            rooms.add(room_of(target))
        elif top not in sys.stdlib_module_names:
            libraries.add(top)
    return rooms - {room_of(name)}, libraries


@pytest.mark.parametrize("name", sorted(modules()))
def test_arrows_point_downwards(name):
    known = modules()
    rooms, libraries = arrows(name, known[name].read_text("utf-8"), known)
    room = room_of(name)
    assert rooms <= set(BELOW[room]), f"{name} reaches for {rooms - set(BELOW[room])}"
    allowed = LIBRARIES.get(room, {"numpy"})
    assert libraries <= allowed, f"{name} reaches for {libraries - allowed}"


def test_no_circle_of_modules_is_left():
    known = modules()
    arrows = {
        name: imported(name, path.read_text("utf-8"), known) - {name}
        for name, path in known.items()
    }
    assert circles(arrows) == []


def test_a_circle_would_be_found_however_an_arrow_of_it_is_spelled(tmp_path):
    texts = {
        "house.a": "from house import b",
        "house.b": "def f():\n    from . import c",
        "house.c": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import house.a",
        "house.d": "import house.a, house.e",
        "house.e": "import json",
    }
    known = {name: tmp_path / f"{name}.py" for name in texts}
    arrows = {name: imported(name, text, known) for name, text in texts.items()}
    assert circles(arrows) == ["house.a", "house.b", "house.c"]
    arrows["house.c"] = set()
    assert circles(arrows) == []


def test_every_room_is_on_a_floor_and_no_floor_is_empty():
    assert {room_of(name) for name in modules()} == set(BELOW)


@pytest.mark.parametrize(
    "line",
    [
        "from backprop import stage",
        "import backprop.stage.cards",
        "from .. import stage",
        "from ..stage import cards",
        "def f():\n    from backprop.stage import cards",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from backprop import stage as s",
    ],
)
def test_no_spelling_of_an_import_slips_through(line):
    assert arrows("backprop.engine.network", line, modules())[0] == {"stage"}


@pytest.mark.parametrize(
    "line",
    ["import importlib", "from importlib import import_module as load", "__import__('backprop')",
     "load = __import__", "exec('import backprop.stage')", "import runpy, json"],
)  # fmt: skip
def test_no_import_hides_from_that_test(line):
    with pytest.raises(AssertionError, match="an import none can read"):
        arrows("backprop.engine.network", line, modules())


COMPUTES = ("engine", "scenario", "faults", "racing", "microscope", "chain", "gradcheck")
INEXACT = {
    "exp", "exp2", "log", "log1p", "log2", "log10", "expm1", "tanh", "sinh", "arcsinh", "sin",
    "cos", "power", "logaddexp", "sum", "mean", "std", "var", "average", "dot", "vdot", "inner",
    "matmul", "einsum", "tensordot", "linalg", "cumsum", "trapezoid", "norm",
}  # fmt: skip
ALLOWED = {
    "backprop/engine/fifty.py": {"exp"},  # Decimals of 50 digits
    "backprop/engine/exact.py": {"@", "sum", "exp"},  # Decimals of 50 digits
    "backprop/engine/elementary.py": {"exp", "expm1", "log", "log1p"},  # those of Decimals
    "backprop/scenario/datasets.py": {"cos", "sin"},  # points are rounded to three decimals
    "backprop/scenario/scenario.py": {"log10"},  # the step of a slider
    "backprop/microscope/sweep.py": {"arcsinh", "sinh"},  # where the charts have their points
    "backprop/gradcheck/differences.py": {"log", "log10"},  # which of given steps is taken
    "backprop/racing/sentences.py": {"log10", "sum"},  # digits of a sentence; a count
    "backprop/microscope/__init__.py": {"log10"},  # how many digits are shown
    "backprop/chain/rescue.py": {"exp"},  # Decimals of 50 digits
    # Numbers of samples and of updates, whole and so exact in any order:
    "backprop/faults/spread.py": {"sum"},
    "backprop/gradcheck/words.py": {"sum"},
    "backprop/racing/signs.py": {"sum", "mean"},
    "backprop/racing/summary.py": {"sum"},
}


def inexact(text):
    """What a module uses whose last bit depends on the processor: of NumPy, of math, methods, @."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module in ("numpy", "math", "cmath"):
            found |= {alias.name for alias in node.names} & INEXACT
        elif isinstance(node, ast.Attribute) and node.attr in INEXACT:
            found |= {node.attr} - {ast.unparse(node).removeprefix("elementary.")}
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult):
            found.add("@")
    return found


@pytest.mark.parametrize("room", COMPUTES)
def test_nothing_computes_by_what_differs_between_processors(room):
    paths = sorted((PACKAGE / room).rglob("*.py"))
    assert paths
    for path in paths:
        name = path.relative_to(ROOT).as_posix()
        assert inexact(path.read_text("utf-8")) <= ALLOWED.get(name, set()), name


@pytest.mark.parametrize(
    ("text", "found"),
    [("np.exp(x)", {"exp"}), ("a @ b", {"@"}), ("a @= b", {"@"}), ("x.sum(axis=0)", {"sum"}),
     ("from math import tanh", {"tanh"}), ("elementary.exp(x)", set()), ("exp(x)", set()),
     ("elementary.exp(np.exp(x))", {"exp"}), ("np.add.reduce(x)", set())],
)  # fmt: skip
def test_that_test_sees_it(text, found):
    assert inexact(text) == found


PUBLIC = {"backprop.faults.spread.spread"}
"""Functions for whoever imports them, which the README shows and no page needs."""
TOLD = {"WindowAddress", "WindowStage", "WindowWire"}
"""Of the protocol: for the scripts alone."""


def defined(name, path):
    """The names that a module defines at its top, less the private ones and the dunders."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [node.name]
        else:
            targets = getattr(node, "targets", [getattr(node, "target", None)])
            names = [target.id for target in targets if isinstance(target, ast.Name)]
        yield from (one for one in names if not one.startswith("__"))


def used(path):
    """How often each name is read, imported or asked of something; handing it on is no use."""
    found = Counter()
    hands_on = path.name == "__init__.py" and path.parent != PACKAGE
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found[node.id] += 1
        elif isinstance(node, ast.Attribute):
            found[node.attr] += 1
        elif isinstance(node, ast.ImportFrom) and not hands_on:
            found.update(alias.name for alias in node.names)
    return found


def test_nothing_is_there_for_the_tests_alone():
    known = modules()
    uses = sum(map(used, (*known.values(), *ROOT.glob("pages/*.py"))), Counter())
    names = [(name, one) for name, path in known.items() for one in defined(name, path)]
    idle = {f"{name}.{one}" for name, one in names if not uses[one]}
    assert len(names) > 1000
    assert idle == PUBLIC | {f"backprop.stage.protocol.window.{one}" for one in TOLD}


@pytest.mark.parametrize(
    ("spelled", "owners"),
    [
        (r"components\.v2\.component\(", ["component.py"]),  # others would show what is out of date
        (r"st\.fragment\b", ["asking.py", "together.py"]),  # others would not see what is left out
    ],
)
def test_what_streamlit_needs_help_with_is_done_in_one_place(spelled, owners):
    sources = [*(ROOT / "backprop").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    found = sorted(path.name for path in sources if re.search(spelled, path.read_text("utf-8")))
    assert found == owners

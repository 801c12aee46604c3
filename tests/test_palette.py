"""Every colour stands in one table, and what is written in it can be read."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from backprop.drawing.palette import COLOURS, TOKENS, contrast, palettes
from backprop.figures.check import charts, table
from tests.test_scripts import node

ROOT = Path(__file__).parent.parent
HEX = re.compile(r"(?<!&)#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b")
SOURCES = sorted(
    path
    for folder in ("backprop", "pages")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".js", ".css")
)
READ = [  # text and what it stands on
    *((text, "paper") for text in ("ink", "quiet", "accent", "good", "fault")),
    *((text, "soft") for text in ("ink", "quiet", "accent")),
    *((text, "fault-soft") for text in ("ink", "fault")),
    ("ink", "marked"), ("on-accent", "accent"),
    *(("white", ground) for ground in ("button", "fault-ground", "fault-line")),
    *(("white", bits) for bits in ("sign", "exponent", "fraction")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "colours"),
    [
        ("a { color: #c2006b; }", ["#c2006b"]), ("x = '#fff2'", ["#fff2"]),
        ("#theme { }", []), ("&#8202; and #1", []), ("#00000033", ["#00000033"]),
    ],
)  # fmt: skip
def test_a_colour_is_told_from_what_only_looks_like_one(line, colours):
    assert HEX.findall(line) == colours


def test_no_colour_is_written_outside_the_table_and_the_records_of_the_forms():
    assert len(SOURCES) > 150
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in SOURCES}
    texts = {name: text for name, text in texts.items() if not text.startswith("// Written by")}
    found = {name for name, text in texts.items() if HEX.search(text)}
    forms = {name for name in found if name.startswith("backprop/engine/forms/")}
    assert found - forms == {"backprop/drawing/palette.py"}
    for name in forms:
        assert len(HEX.findall(texts[name])) == len(re.findall(r'colour="#\w{6}"', texts[name]))


@pytest.mark.parametrize(("text", "ground"), READ)
def test_text_can_be_read_on_its_ground_in_both_themes(text, ground):
    for ink, paper in zip(COLOURS[text], COLOURS[ground], strict=True):
        assert contrast(ink, paper) >= 4.5


def test_every_colour_that_a_style_sheet_asks_for_is_given():
    sheets = [path.read_text("utf-8") for path in SOURCES if path.suffix in (".css", ".py", ".js")]
    given = set(re.findall(r"(--[\w-]+):", " ".join([TOKENS, *sheets])))
    asked = set(re.findall(r"var\((--[\w-]+)", " ".join([charts.STYLE, table.STYLE, *sheets])))
    told = set(re.findall(r"""setProperty\(["'`](--[\w-]+)""", " ".join(sheets)))
    assert {name for name in asked - given - told if not name.startswith("--st-")} == set()


def test_streamlits_own_widgets_have_the_same_colours():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    names = {
        "textColor": "ink", "backgroundColor": "paper", "primaryColor": "accent",
        "borderColor": "line",
    }  # fmt: skip
    for at, kind in enumerate(("light", "dark")):
        assert {key: theme[kind][key] for key in names} == {
            key: COLOURS[name][at] for key, name in names.items()
        }


def test_the_page_mixes_the_same_colours_for_every_code():
    script = """
      import { paletteOf } from "./backprop/stage/player/palettes.js";
      const kinds = ["signed", "unit"];
      const of = (theme) => Object.fromEntries(kinds.map((kind) => [kind, paletteOf(theme, kind)]));
      console.log(JSON.stringify({ light: of("light"), dark: of("dark") }));
    """
    done = node("--input-type=module", "--eval", script)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == palettes()

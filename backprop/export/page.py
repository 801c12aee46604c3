"""A booklet as one HTML file that plays anywhere: no server, no request, no other file.

The stage's own player computes and draws it. Script and scenes lie in the file deflated, in digits
of base 85; the page's security policy allows it nothing from outside.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping
from html import escape
from pathlib import Path

from backprop.drawing import PRINT_STYLE
from backprop.drawing.palette import COLOURS, TOKENS
from backprop.drawing.scripts import bundle
from backprop.export import shelf as shelves
from backprop.export.booklet import Booklet
from backprop.export.shelf import Shelf
from backprop.stage import STYLE as STAGE_STYLE

HERE = Path(__file__).parent
STYLE = STAGE_STYLE + "".join(
    (HERE / name).read_text("utf-8") for name in ("booklet.css", "handout.css")
)
SCRIPT = bundle(HERE / "page.js")
UNPACK = bundle(HERE / "unpack.js")
"""What begins such a page: it unpacks the script, and runs it."""

HOSTED = HERE / "hosted.js"
"""The same as a component of the app, which hands it a booklet."""

_LIGHT, _DARK = (f"{{ --st-background-color: {colour}; }}\n" for colour in COLOURS["paper"])
FRAME_STYLE = (
    f'{TOKENS}:root {_LIGHT}:root[data-theme="dark"] {_DARK}'  # the player sees by it what is dark
    + (HERE / "page.css").read_text("utf-8")
    + PRINT_STYLE
)
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"


def page(booklet: Booklet, home: str = "") -> str:
    """The HTML of a file that stands alone; `home` is a link to an index beside it, if any."""
    told = booklet.told() | {"home": home}
    return _unpacking(booklet.about["title"], "booklet", STYLE, SCRIPT, told)


def shelf_page(shelf: Shelf, home: str) -> str:
    """The same of a shelf."""
    style = shelf.style + shelves.STYLE
    return _unpacking(shelf.title, "shelf", style, shelves.SCRIPT, shelf.told(home))


def _unpacking(title: str, kind: str, style: str, script: str, told: Mapping[str, object]) -> str:
    """A page that lies packed in its file, and unpacks itself into its main element."""
    told_text = json.dumps(told, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    packed = {"style": _bare(FRAME_STYLE + style), "script": script, "told": told_text}
    parts = "".join(
        f'<script type="text/plain" id="{name}">{_packed(text)}</script>\n'
        for name, text in packed.items()
    )
    return document(
        f"{escape(title)} · Backprop, live", "",
        f'''<main class="{kind}"></main>
{parts}<script type="module">
{UNPACK}</script>''',
    )  # fmt: skip


def document(title: str, style: str, body: str) -> str:
    """A whole HTML file that asks no host for anything; `title` and `body` are HTML already.

    Where its `style` is not that of a script it begins with `FRAME_STYLE`.
    """
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def _bare(style: str) -> str:
    """CSS without its comments and the blanks that say nothing."""
    bare = re.sub(r"\n\s+", " ", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))
    return re.sub(r"\s*([{};,])\s*|(?<=:)\s+", r"\1", bare)


_PLAIN = str.maketrans("&<>", ":,.")
"""In place of digits that HTML would need to escape, others; inflate.js knows them."""


def _packed(text: str) -> str:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    packed = deflate.compress(text.encode()) + deflate.flush()
    return base64.b85encode(packed).decode("ascii").translate(_PLAIN)

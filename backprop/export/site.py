"""Lessons, a playground, Chain rule and Microscope as a folder of pages: for any static host.

    python -m backprop.export.site FOLDER [ADDRESS] [--app APP]

ADDRESS is where the folder will stand, such as https://example.org/lessons; with it every card has
a QR code. APP is where the app stands, if anywhere: each page leads to what it shows there.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from backprop.drawing.scripts import bundle
from backprop.export import gallery
from backprop.export.booklet import of_lesson
from backprop.export.page import FRAME_STYLE, document, page, shelf_page
from backprop.export.playground import playground
from backprop.export.shelves import chain_rule, microscope
from backprop.lessons import LESSONS

HOME = "index.html"
_INDEX_STYLE = (gallery.HERE / "index.css").read_text("utf-8")
_INDEX_SCRIPT = bundle(gallery.HERE / "index.js")


def build(folder: Path, address: str = "", app: str = "") -> list[Path]:
    """Write the index, the lessons, the playground and the shelves into `folder`; what was written.

    Raises ValueError for an address that is not one of the web.
    """
    live = f"{_on_the_web('app', app)}/" if app else ""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {f"{name}.html": page(of_lesson(lesson, live=live), HOME)
             for name, lesson in LESSONS.items()}  # fmt: skip
    pages["playground.html"] = page(playground(live), HOME)
    pages["chain-rule.html"] = shelf_page(chain_rule(), HOME)
    pages["microscope.html"] = shelf_page(microscope(), HOME)
    pages[HOME] = index(address)
    for name, html in pages.items():
        (folder / name).write_text(html, "utf-8")
    return [folder / name for name in pages]


def index(address: str = "") -> str:
    """The HTML of the index; with `address`, where it will stand, also QR codes."""
    base = _on_the_web("site", address) if address else ""
    cards = gallery.gallery(
        LESSONS.values(), "{}.html".format, f"{base}/{{}}.html".format if base else None
    )
    return document(
        "Backprop, live: the lessons", FRAME_STYLE + gallery.STYLE + _INDEX_STYLE,
        f'''<header><div><h1>Backprop, live</h1>
<p>Watch backpropagation run, number by number, and see when, where and why floating point breaks
it. Each lesson asks you for a prediction first.</p></div>
<nav><a href="playground.html">Playground</a> <a href="chain-rule.html">Chain rule</a>
<a href="microscope.html">Microscope</a></nav>
<button type="button" id="theme">Dark</button></header>
<main>{cards}</main>
<script type="module">{_INDEX_SCRIPT}</script>''',
    )  # fmt: skip


def _on_the_web(what: str, address: str) -> str:
    """An address without its last slash; raises ValueError for one that is not of the web."""
    if not address.startswith(("https://", "http://")):
        raise ValueError(
            f"The address of the {what} must begin with https:// or http://, got {address!r}. "
            "Leave it out for pages that do not know it."
        )
    return address.rstrip("/")


def main(arguments: list[str]) -> int:
    """Build the site as the module says; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m backprop.export.site",
        description="Write all lessons and a playground as static pages, for any web server.",
    )
    parser.add_argument("folder", help="where the pages are written; it is made if need be")
    parser.add_argument(
        "address", nargs="?", default="",
        help="where the folder will stand on the web, such as https://example.org/lessons; "
        "with it every card of the index has a QR code",
    )  # fmt: skip
    parser.add_argument(
        "--app", default="", metavar="APP",
        help="where the app stands, such as https://example.org/app; pages lead to it",
    )  # fmt: skip
    asked = parser.parse_args(arguments)
    try:
        pages = build(Path(asked.folder), asked.address, asked.app)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in pages) / 1e6
    print(f"{len(pages)} pages, {size:.1f} MB, in {asked.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

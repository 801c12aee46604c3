"""All lessons as a folder of pages with an index: for any static host, and any number of students.

    python -m backprop.export.site FOLDER [ADDRESS]

ADDRESS is where the folder will stand, such as https://example.org/lessons; with it every card has
a QR code.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from backprop.drawing.scripts import bundle
from backprop.export import gallery
from backprop.export.booklet import of_lesson
from backprop.export.page import document, page
from backprop.lessons import LESSONS

_INDEX_STYLE = (gallery.HERE / "index.css").read_text("utf-8")
_INDEX_SCRIPT = bundle(gallery.HERE / "index.js")


def build(folder: Path, address: str = "") -> list[Path]:
    """Write index.html and a page for each lesson into `folder`; returns what was written.

    Raises ValueError for an address that is not one of the web.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = {f"{name}.html": page(of_lesson(lesson), "index.html")
             for name, lesson in LESSONS.items()}  # fmt: skip
    pages["index.html"] = index(address)
    for name, html in pages.items():
        (folder / name).write_text(html, "utf-8")
    return [folder / name for name in pages]


def index(address: str = "") -> str:
    """The HTML of the index; with `address`, where it will stand, also QR codes."""
    base = address.rstrip("/")
    if base and not base.startswith(("https://", "http://")):
        raise ValueError(
            f"The address of the site must begin with https:// or http://, got {address!r}. "
            "Leave it out for a site without QR codes."
        )
    cards = gallery.gallery(
        LESSONS.values(), "{}.html".format, f"{base}/{{}}.html".format if base else None
    )
    return document(
        "Backprop, live: the lessons", gallery.STYLE + _INDEX_STYLE,
        f'''<header><div><h1>Backprop, live</h1>
<p>Watch backpropagation run, number by number, and see when, where and why floating point breaks
it. Each lesson asks you for a prediction first.</p></div>
<button type="button" id="theme">Dark</button></header>
<main>{cards}</main>
<script type="module">{_INDEX_SCRIPT}</script>''',
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    """Build the site as the module says; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m backprop.export.site",
        description="Write all lessons as static pages with an index, for any web server.",
    )
    parser.add_argument("folder", help="where the pages are written; it is made if need be")
    parser.add_argument(
        "address", nargs="?", default="",
        help="where the folder will stand on the web, such as https://example.org/lessons; "
        "with it every card of the index has a QR code",
    )  # fmt: skip
    asked = parser.parse_args(arguments)
    try:
        pages = build(Path(asked.folder), asked.address)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in pages) / 1e6
    print(f"{len(pages)} pages, {size:.1f} MB, in {asked.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

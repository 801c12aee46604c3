"""The licences of everything that is shipped: the app's image and what `make run` installs.

python deploy/licenses.py          prints LICENSES.md as it should be
python deploy/licenses.py write    writes it

Names and versions are the lock's. What a package says of its licence is read where it is installed;
for one that this machine does not need, the line that is there already is kept.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE = Path(__file__).with_name("LICENSES.md")
LOCKED = re.compile(r"^([\w.-]+)==([\w.!+-]+)", re.MULTILINE)
ROW = re.compile(r"^(\| ([\w.-]+) \| .*)$", re.MULTILINE)
HEAD = """# What is shipped beside the app, and under which licence

Written by `make lock`. The app itself is under the MIT licence (LICENSE). Each package brings its
licence along, in the folder `NAME-VERSION.dist-info` where it is installed; the scripts that
Streamlit and Plotly bring are made of further packages, which their repositories name. The image
adds Python (PSF-2.0) and Debian, compose.yaml nginx (BSD-2-Clause). The static lessons, saved
pages and handed-out programs contain nothing but the app's own code.

| package | version | licence | its home |
|---|---|---|---|
"""


def locked(lock: str) -> dict[str, str]:
    """Name → version of what the text of a lock file installs."""
    return dict(LOCKED.findall(lock))


def licence(package: metadata.PackageMetadata) -> str:
    """What a package says of its licence: the SPDX expression, else classifiers, else its words.

    Raises ValueError for a package that says nothing.
    """
    if expression := package.get("License-Expression"):
        return expression
    classifiers = [c.rpartition(" :: ")[2] for c in package.get_all("Classifier", ())
                   if c.startswith("License ::") and not c.endswith("OSI Approved")]  # fmt: skip
    words = (package.get("License") or "").strip()
    said = ", ".join(classifiers) or (words if "\n" not in words else words.split("\n")[0])
    if not said:
        raise ValueError(f"{package['Name']} names no licence; look it up and say so here.")
    return said


def home(package: metadata.PackageMetadata) -> str:
    """Where a package comes from, as it says itself."""
    urls = dict(u.split(", ", 1) for u in package.get_all("Project-URL", ()))
    plain = {name.lower(): url for name, url in urls.items()}
    named = (plain.get(n) for n in ("homepage", "source", "source code", "repository", "code"))
    return package.get("Home-page") or next(filter(None, named), next(iter(plain.values()), "–"))


def table(lock: str, before: str) -> str:
    """LICENSES.md for a lock file's text; `before` is what the file says now."""
    kept = {name: line for line, name in ROW.findall(before)}
    lines = []
    for name, version in locked(lock).items():
        try:
            package = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            if f"| {name} | {version} |" not in kept.get(name, ""):
                raise ValueError(f"{name} {version} is neither installed nor known.") from None
            lines.append(kept[name])
            continue
        lines.append(f"| {name} | {version} | {licence(package)} | {home(package)} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    made = table(
        (ROOT / "requirements.lock").read_text("utf-8"),
        FILE.read_text("utf-8") if FILE.exists() else "",
    )
    if sys.argv[1:] == ["write"]:
        FILE.write_text(made, "utf-8")
    else:
        print(made, end="")

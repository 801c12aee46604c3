"""Every pin at its newest release: python deploy/newest.py LIST... (with uv beside this Python).

`make newest` writes the locks after it. What may break then stands in tests/test_upgrades.py.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PIN = re.compile(r"^([\w.-]+)==(\S+)$", re.MULTILINE)


def raised(pins: str, newest: dict[str, str]) -> str:
    """A list of pins, in the same order, with the versions of `newest`."""
    return PIN.sub(lambda pin: f"{pin[1]}=={newest[plain(pin[1])]}", pins)


def plain(name: str) -> str:
    """A package's name as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def newest(lists: list[Path]) -> dict[str, str]:
    """The newest versions of all that is pinned that go together, by plain names."""
    names = "\n".join(name for path in lists for name, _ in PIN.findall(path.read_text("utf-8")))
    command = [sys.executable, "-m", "uv", "pip", "compile", "-", "--quiet", "--no-header",
               "--no-annotate", "--python-version", "3.11"]  # fmt: skip
    done = subprocess.run(command, input=names, capture_output=True, text=True, check=True)
    return {plain(name): version for name, version in PIN.findall(done.stdout)}


if __name__ == "__main__":
    asked = [Path(name) for name in sys.argv[1:]]
    found = newest(asked)
    for path in asked:
        before = path.read_text("utf-8")
        path.write_text(raised(before, found), "utf-8")
        for (name, old), (_, new) in zip(PIN.findall(before), PIN.findall(path.read_text("utf-8")),
                                         strict=True):  # fmt: skip
            print(f"{name} {old}" + (f" → {new}" if old != new else ""))

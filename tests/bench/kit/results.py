"""RESULTS.md: what a whole run measured, the figures that the app wants to beat first."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from tests.bench.kit.figures import ratio, table

PATH = Path(__file__).parent.parent / "RESULTS.md"
PACKAGES = ("streamlit", "plotly", "numpy", "torch", "playwright")


@dataclass(frozen=True)
class Aim:
    """A figure to beat: the `what` of a benchmark's figure, and what it, or its ratio, must be."""

    title: str
    what: str
    beside: str
    limit: float
    of: str = "measured"
    least: bool = False

    def met(self, found: dict[str, float]) -> bool:
        value = ratio(found) if self.of == "ratio" else found["measured"]
        return value >= self.limit if self.least else value <= self.limit

    def words(self, unit: str) -> str:
        sign = "≥" if self.least else "≤"
        return f"{sign} {self.limit:g} {'×' if self.of == 'ratio' else unit}"


_CROWD = "100 sessions, "
AIMS = (
    Aim("playback, 2-4-2-1", "updates painted, 2-4-2-1", "", 57, least=True),
    Aim("playback, 2-4-2-1, beside", "updates painted, 2-4-2-1, beside", "", 57, least=True),
    Aim("playback, 6 hidden layers × 8", "updates painted, 2-6x8-1", "", 57, least=True),
    Aim("playback, 6 × 8, beside", "updates painted, 2-6x8-1, beside", "", 57, least=True),
    *(Aim(f"slider dragged → painted, {name}, {part}",
          f"dragged to painted, {name}, {part}", "", limit)
      for name in ("weight scale", "x₁", "learning rate", "output bias", "updates")
      for part, limit in (("median", 16), ("95 %", 33))),
    Aim("pictures of a drag, 2-6×8-1, 250 samples", "pictures of a drag, 2-6x8-1, 250 samples", "",
        30, least=True),
    Aim("slider released → settled", "let go to settled, weight scale", "", 100),
    Aim("numbers that change after it was released",
        "numbers changed after it was let go, weight scale", "", 0),
    Aim("first paint, app", "first paint of the Live page", "streamlit hello", 1.2, "ratio"),
    Aim("a lesson without a server, painted", "the slowest lesson, painted", "an empty page", 0.3),
    Aim("NumPy: a recorded update, 250 samples, 2-4-2-1", "an update, recorded, 2-4-2-1",
        "PyTorch eager", 1.0, "ratio"),
    Aim("NumPy: the same, 2-6×8-1", "an update, recorded, 2-8-8-8-8-8-8-1",
        "PyTorch eager", 1.0, "ratio"),
    Aim("JavaScript: the same, 2-4-2-1", "an update, 250 samples, (4, 2)",
        "PyTorch eager", 1.0, "ratio"),
    Aim("JavaScript: the same, 2-6×8-1", "an update, 250 samples, (8, 8, 8, 8, 8, 8)",
        "PyTorch eager", 1.0, "ratio"),
    Aim("JavaScript: 4 derivatives × 120 updates", "default, 4 × 120 updates, float64", "", 1.0),
    Aim("four derivatives in lockstep, 2-4-2-1", "four in lockstep, 2-4-2-1", "", 2.0, "ratio"),
    Aim("the same, 2-6×8-1", "four in lockstep, 2-8-8-8-8-8-8-1", "", 2.0, "ratio"),
    Aim("100 students: p95", f"{_CROWD}p95 of a change", "an empty page", 150),
    Aim("100 students on two replicas: p95", "100 sessions on two replicas, p95 of a change",
        "an empty page", 150),
    Aim("100 students: processor a change", f"{_CROWD}processor of a change", "", 10),
    Aim("100 students: sent a change", f"{_CROWD}sent for a change", "", 20),
    Aim("300 open it within 10 s: p95", "300 open it within 10 s, p95", "", 10),
    Aim("memory after 60 heavy links", "memory after 60 heavy links", "", 600),
)  # fmt: skip
ELSEWHERE = (
    ("text that overlaps or is cut: none", "tests/browser/test_layout.py"),
    ("δ_L in float64: ≤ 2.4 ulp over all h", "tests/test_logit_difference.py, test_derivatives.py"),
    ("the same bits in NumPy, Node, Chromium and Firefox", "tests/test_engines.py, tests/browser/"),
)
"""Figures that a test keeps, and which."""


def results(lines: list[str], ended: list[tuple[str, int, float]]) -> str:
    """The text of RESULTS.md: the figures of a run as lines of JSON, and how its scripts ended."""
    found = [json.loads(line) for line in lines]
    rows = [_row(aim, found) for aim in AIMS]
    kept = [f"| {what} | {where} |" for what, where in ELSEWHERE]
    return "\n".join([
        "# What the benchmarks measured", "", "Written by `make bench`. " + machine(), "",
        "## Figures to beat", "",
        "| what | ratio | measured | beside it in the same run | aim | |",
        "|---|---|---|---|---|---|", *rows, "",
        "What a test keeps is measured there, at every run of `make test`:", "",
        "| what | where |", "|---|---|", *kept, "", "## Everything", "", "```",
        table(lines, ended), "```", "",
    ])  # fmt: skip


def _row(aim: Aim, found: list[dict]) -> str:
    for one in found:
        if one["what"] == aim.what and one["beside"].startswith(aim.beside):
            verdict = "met" if aim.met(one) else "**falls short**"
            return (f"| {aim.title} | {ratio(one):.2f} × | {one['measured']:.4g} {one['unit']} | "
                    f"{one['beside']}: {one['other']:.4g} {one['unit']} | "
                    f"{aim.words(one['unit'])} | {verdict} |")  # fmt: skip
    return f"| {aim.title} | – | – | – | {aim.words('')} | not measured in this run |"


def machine() -> str:
    """Where and when: processor, memory, load, versions."""
    info = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"model name\s*: (.*)", info)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    installed = {one.metadata["Name"]: one.version for one in metadata.distributions()}
    versions = [f"{name} {installed[name]}" for name in PACKAGES if name in installed]
    if browser := os.environ.get("CHROMIUM"):
        said = subprocess.run([browser, "--version"], capture_output=True, text=True).stdout
        versions.append(" ".join(said.split()[:2]))
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {model[1] if model else platform.machine()}, "
        f"{os.cpu_count()} processors, {memory:.0f} GiB, {platform.system()}, Python "
        f"{platform.python_version()}, {', '.join(versions)}; load at the end "
        f"{os.getloadavg()[2]:.1f} (of the last 15 minutes, its own included)."
    )

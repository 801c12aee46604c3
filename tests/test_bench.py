"""The table of the benchmarks: each figure beside another of its run, each script with its end."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.bench.kit.figures import table
from tests.bench.kit.results import AIMS, PATH, results

FOLDER = Path(__file__).parent / "bench"


def test_the_table_has_a_ratio_for_each_figure_under_its_script():
    figures = [
        {"script": "bench_a", "what": "an update", "measured": 30.0, "unit": "µs",
         "beside": "PyTorch eager", "other": 120.0},
        {"script": "bench_c", "what": "first paint", "measured": 900, "unit": "ms",
         "beside": "an empty page", "other": 600},
    ]  # fmt: skip
    ended = [("bench_a", 0, 12.3), ("bench_b", 3, 1.0), ("bench_c", 0, 4.0)]
    lines = table([json.dumps(f) for f in figures], ended).splitlines()
    assert lines[1] == "bench_a (done, 12 s)"
    assert lines[2].split() == ["an", "update", "30", "µs", "PyTorch", "eager", "120", "µs",
                                "0.25", "×"]  # fmt: skip
    assert lines[3] == "bench_b (FAILED with exit code 3, 1 s)"
    assert lines[4] == "bench_c (done, 4 s)" and lines[5].endswith("1.50 ×")
    assert len({len(line) for line in (lines[2], lines[5])}) == 1  # the columns stand


def test_a_benchmark_that_is_not_there_is_refused_with_those_that_are():
    done = subprocess.run(
        [sys.executable, str(FOLDER), "bench_magic"], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "bench_engine" in done.stderr and "got bench_magic" in done.stderr


def test_every_script_stands_alone_and_says_what_it_measures():
    scripts = [path for path in FOLDER.glob("*.py") if not path.name.startswith("__")]
    assert len(scripts) >= 6
    for path in scripts:
        text = path.read_text("utf-8")
        assert text.startswith('"""') and '__name__ == "__main__"' in text, path.name


def test_the_results_say_of_each_figure_to_beat_whether_it_is_met():
    figures = [
        {"script": "bench_load", "what": "100 sessions, p95 of a change", "measured": 120.0,
         "unit": "ms", "beside": "an empty page", "other": 60.0},
        {"script": "bench_live", "what": "first paint of the Live page", "measured": 900.0,
         "unit": "ms", "beside": "streamlit hello", "other": 600.0},
        {"script": "bench_live", "what": "updates painted, 2-4-2-1", "measured": 31.0,
         "unit": "/s", "beside": "the browser's frames", "other": 60.0},
    ]  # fmt: skip
    text = results([json.dumps(f) for f in figures], [("bench_load", 0, 9.0)])
    rows = {line.split(" | ")[0].strip("| "): line for line in text.splitlines() if line[:1] == "|"}
    assert (
        "| 2.00 × | 120 ms | an empty page: 60 ms | ≤ 150 ms | met |" in rows["100 students: p95"]
    )
    assert rows["first paint, app"].endswith("≤ 1.2 × | **falls short** |")
    assert rows["playback, 2-4-2-1"].endswith("≥ 57 /s | **falls short** |")
    assert rows["memory after 60 heavy links"].endswith("not measured in this run |")


def test_every_figure_to_beat_is_one_that_a_script_measures():
    scripts = "\n".join(path.read_text("utf-8") for path in FOLDER.glob("*.py"))
    for aim in AIMS:
        stem = re.split(r", (?=2-|\(|float|p95)|\\d+ | of | while ", aim.what)[0].split()[-1]
        assert stem in scripts, aim.what
    if PATH.exists():
        assert "## Figures to beat" in PATH.read_text("utf-8")

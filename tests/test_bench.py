"""The table of the benchmarks: each figure beside another of its run, each script with its end."""

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.kit.figures import table

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

"""Run every script of this folder, each in a process of its own, and print one table at the end.

A script that fails stops none of the others; the run fails in the end. A whole run writes
RESULTS.md; with names, only those are run, and nothing is written.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from tests.bench.kit.figures import TABLE, table  # noqa: E402
from tests.bench.kit.results import PATH, results  # noqa: E402


def main(names):
    scripts = sorted(p for p in HERE.glob("*.py") if not p.name.startswith("__"))
    chosen = [script for script in scripts if not names or script.stem in names]
    unknown = set(names) - {script.stem for script in scripts}
    if unknown:
        known = ", ".join(script.stem for script in scripts)
        sys.exit(f"The benchmarks are {known}; got {', '.join(sorted(unknown))}.")
    ended = []
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.jsonl"
        figures.touch()
        environment = os.environ | {TABLE: str(figures), "PYTHONPATH": str(HERE.parent.parent)}
        for script in chosen:
            print(f"== {script.stem}", flush=True)
            start = time.perf_counter()
            code = subprocess.run([sys.executable, str(script)], env=environment).returncode
            ended.append((script.stem, code, time.perf_counter() - start))
        lines = figures.read_text("utf-8").splitlines()
    print(f"\n== all of {sum(seconds for _, _, seconds in ended):.0f} s")
    print(table(lines, ended))
    if not names:
        PATH.write_text(results(lines, ended), "utf-8")
    return int(any(code for _, code, _ in ended))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Every figure is a ratio to something real that was measured in the same run; one table of all."""

import json
import os
import sys
from pathlib import Path

TABLE = "BENCH_TABLE"
"""The environment variable that names the file in which a run collects its figures."""


def figure(what, measured, unit, beside, other):
    """Print a measured number beside another one of the same run, and remember it for the table.

    `measured` and `other` are in `unit`; `beside` says what the other one is.
    """
    found = {
        "script": Path(sys.argv[0]).stem, "what": what, "measured": measured, "unit": unit,
        "beside": beside, "other": other,
    }  # fmt: skip
    print("  " + _line(found))
    if TABLE in os.environ:
        with Path(os.environ[TABLE]).open("a", encoding="utf-8") as table:
            table.write(json.dumps(found) + "\n")


def ratio(found):
    """The measured number in units of the one beside it."""
    return found["measured"] / found["other"] if found["other"] else float("nan")


def _line(found):
    measured, other = f"{found['measured']:.4g}", f"{found['other']:.4g}"
    return (f"{found['what']}: {measured} {found['unit']}, {found['beside']} {other}: "
            f"{ratio(found):.2f} ×")  # fmt: skip


def table(lines, scripts):
    """All figures of a run as text, and how each of the scripts ended: (name, exit code, s)."""
    rows = [("measured", "", "beside", "", "ratio")]
    by_script = {}
    for line in lines:
        found = json.loads(line)
        by_script.setdefault(found["script"], []).append(found)
    for name, code, seconds in scripts:
        ended = "done" if code == 0 else f"FAILED with exit code {code}"
        rows.append((f"{name} ({ended}, {seconds:.0f} s)", "", "", "", ""))
        rows += [
            (f"  {f['what']}", f"{f['measured']:.4g} {f['unit']}", f["beside"],
             f"{f['other']:.4g} {f['unit']}", f"{ratio(f):.2f} ×")
            for f in by_script.get(name, [])
        ]  # fmt: skip
    widths = [max(len(row[c]) for row in rows if row[1] or c) for c in range(5)]
    printed = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), row[1].rjust(widths[1]), row[2].ljust(widths[2]),
                 row[3].rjust(widths[3]), row[4].rjust(widths[4])]  # fmt: skip
        printed.append("  ".join(cells).rstrip())
    return "\n".join(printed)

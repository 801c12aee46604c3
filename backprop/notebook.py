"""In a notebook: with `import backprop.notebook` a recording is the stage, and a trace a table.

`show` puts a whole race on one stage, with a toggle between its derivatives. What is shown is the
page that stands alone, in a frame: it plays without a kernel, and in an exported notebook too.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from backprop.drawing.palette import COLOURS
from backprop.engine.trace import Trace
from backprop.engine.training import Recording
from backprop.export.booklet import of_recordings
from backprop.export.numbers import COLUMNS, rows
from backprop.export.page import page

MOST_ROWS = 200
HEIGHT = 830

_CELL = 'style="text-align:right;font-family:monospace;padding:1px 10px"'
_BAD_CELL = _CELL.replace("padding", f"color:{COLOURS['fault'][0]};font-weight:bold;padding")


@dataclass(frozen=True)
class Shown:
    """HTML that a notebook displays."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def show(
    recordings: Recording | Mapping[str, Recording],
    current: str = "",
    sample: int = 0,
    features: Sequence[str] = (),
    height: int = HEIGHT,
) -> Shown:
    """The stage with a recording, or with a race of which `current` (or the first) is shown.

    `sample` counts from 0, `features` names the inputs, `height` is in pixels. Raises ValueError
    for a recording or a sample that is not there.
    """
    if isinstance(recordings, Recording):
        recordings = {recordings.derivative.name: recordings}
    first = current or next(iter(recordings), "")
    html = page(of_recordings(recordings, first, sample, features))
    return Shown(
        f'<iframe srcdoc="{escape(html)}" title="The stage" '
        f'style="width:100%;height:{int(height)}px;border:0"></iframe>'
    )


def table(trace: Trace) -> Shown:
    """h, z and δ of a trace with all digits, the first `MOST_ROWS` rows of it."""
    found = rows(trace)
    head = "".join(f"<th>{name}</th>" for name in COLUMNS)
    body = "".join(
        f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in found[:MOST_ROWS]
    )
    left = len(found) - MOST_ROWS
    more = f"<p>{left} more rows: backprop.export.numbers.table(trace)</p>" if left > 0 else ""
    return Shown(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}")


def _cell(value: object) -> str:
    bad = value in ("NaN", "Infinity", "-Infinity")
    return f"<td {_BAD_CELL if bad else _CELL}>{value}</td>"


def register(shell: Any) -> None:
    """Teach an IPython shell how recordings and traces look."""
    html = shell.display_formatter.formatters["text/html"]
    html.for_type(Recording, lambda r: show(r).html if r.parameters.dtype == r.X.dtype else None)
    html.for_type(Trace, lambda trace: table(trace).html)


_ipython = sys.modules.get("IPython")
_shell = None if _ipython is None else _ipython.get_ipython()
if _shell is not None:
    register(_shell)

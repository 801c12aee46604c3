"""A table before it is taken: its first rows as they stand, and what was read where that differs.

All names and cells are a stranger's text: they are escaped, and shown as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from pathlib import Path

import numpy as np

from backprop.scenario.datasets import Dataset
from backprop.scenario.tables import Look
from backprop.scenario.tables.column import Column

FIRST_ROWS = 5

STYLE = Path(__file__).with_name("preview.css").read_text("utf-8")


def preview(
    look: Look,
    targets: Sequence[int],
    inputs: Sequence[int],
    data: Dataset | None = None,
    refused: Collection[tuple[int, int]] = (),
) -> str:
    """The first rows of a table as HTML: names, roles, cells, and y as it was read.

    `refused` are the places, (line, column), that a message is about; their rows come first.
    """
    lines = look.columns[0].lines
    wrong = {line for line, _ in refused}
    gone = frozenset(() if data is None else data.rows_left_out)
    rows = sorted(range(len(lines)), key=lambda n: (lines[n] not in wrong, n))[:FIRST_ROWS]
    roles = {p: "target" for p in targets} | {p: "input" for p in inputs}
    head = "".join(
        f'<th class="{_kind(roles, c)}" title="{escape(c.name)}">'
        f"{escape(c.name or str(c.position))}</th>"
        for c in look.columns
    )
    said = "".join(
        f'<th class="role {_kind(roles, c)}">{roles.get(c.position, "left out")}</th>'
        for c in look.columns
    )
    names = data.target_names if data is not None and _told(look, targets, data) else ()
    samples = {} if data is None else _samples(data, lines, gone)
    head += "".join(f'<th class="target">{escape(name)}</th>' for name in names)
    said += '<th class="role target">as read</th>' * len(names)
    body = []
    for n in sorted(rows):
        cells = "".join(
            f'<td class="{_kind(roles, c)}'
            f'{" refused" if (lines[n], c.position) in refused else ""}">'
            f"{escape(c.cells[n]) or '&nbsp;'}</td>"
            for c in look.columns
        )
        if data is not None and names:
            at = samples.get(lines[n])
            cells += "".join(
                f'<td class="target read">{"" if at is None else f"{y:g}"}</td>'
                for y in (data.y[at] if at is not None else np.zeros(len(names)))
            )
        kind, told = (' class="gone"', " left out") if lines[n] in gone else ("", "")
        body.append(f'<tr{kind}><th class="role">{lines[n]}{told}</th>{cells}</tr>')
    more = len(lines) - len(rows)
    words = [f"and {more:,} more"] if more else []
    words += [f"{len(gone):,} left out in all"] if gone else []
    rest = f"<p class='role'>{', '.join(words)}</p>" if words else ""
    return (
        f'<style>{STYLE}</style><div class="preview"><table><thead><tr><th></th>{head}</tr>'
        f'<tr><th class="role">line</th>{said}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>{rest}</div>"
    )


def _kind(roles: dict[int, str], column: Column) -> str:
    return roles.get(column.position, "out")


def _told(look: Look, targets: Sequence[int], data: Dataset) -> bool:
    """Whether the targets were read as something else than what stands there."""
    return bool(data.mapping) or len(data.target_names) != len(targets)


def _samples(data: Dataset, lines: Sequence[int], gone: Collection[int]) -> dict[int, int]:
    """The sample that each line became, where lines were only left out."""
    kept = [line for line in lines if line not in gone]
    if len(kept) != len(data.X):  # a sample was drawn
        return {}
    return {line: n for n, line in enumerate(kept)}

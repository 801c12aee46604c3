"""A table of gradients three ways; digits in which they differ from the true value are marked."""

from __future__ import annotations

import decimal
from html import escape
from itertools import zip_longest
from pathlib import Path

import numpy as np

from backprop.engine.digits import scientific, written
from backprop.gradcheck.findings import Entry
from backprop.gradcheck.report import GradientReport
from backprop.gradcheck.words import brief

MOST_ROWS = 200
COLUMNS = ("backprop", "central differences", "50 digits", "off by, relative")
"""What stands in a row; on a narrow screen the name stands beside each value."""
_FEWEST, _MOST = 4, 17
"""Digits shown: as many as tell all numbers of the format apart (bfloat16 4, float64 17)."""

_NO_SIGN = "\N{FIGURE SPACE}"

STYLE = Path(__file__).with_name("table.css").read_text("utf-8")


def table(report: GradientReport) -> str:
    """The gradients as an HTML table: all of them, or the `MOST_ROWS` farthest off."""
    shown = report.entries
    said = ""
    if len(shown) > MOST_ROWS:
        shown = tuple(sorted(shown, key=_badness, reverse=True)[:MOST_ROWS])
        said = f"<p>The {MOST_ROWS} of {len(report.entries)} that are farthest off.</p>"
    fmt = report.trace.network.format
    digits = min(max(int(np.ceil(fmt.precision * 0.30103)) + 1, _FEWEST), _MOST)
    head = "".join(f'<th scope="col">{name}</th>' for name in ("gradient", *COLUMNS))
    rows = "".join(_row(entry, digits) for entry in shown)
    return (
        f'{said}<div class="check-scroll" tabindex="0" role="region" aria-label="All gradients">'
        f'<table class="check-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        "</div>"
    )


def _badness(entry: Entry) -> float:
    if not np.isfinite(entry.error):
        return np.inf
    return entry.error / entry.promise if entry.promise > 0 else entry.error


def _row(entry: Entry, digits: int) -> str:
    true = _scientific(entry.exact, digits)
    cells = (
        _against(entry.backprop, true, digits),
        _against(entry.difference, true, digits),
        escape(_scientific(entry.exact, digits + 4)),
        escape(brief(entry.relative)),
    )
    off = "" if entry.right else ' class="check-off"'
    columns = "".join(
        f'<td data-column="{name}">{cell}</td>' for name, cell in zip(COLUMNS, cells, strict=True)
    )
    return f'<tr{off}><th scope="row">{escape(entry.place.symbol)}</th>{columns}</tr>'


def _against(value: float, true: str, digits: int) -> str:
    """`value` with everything marked from the first digit in which it differs from `true`."""
    if not np.isfinite(value):
        return f'<span class="check-hatch">{brief(value)}</span>'
    text = _scientific(decimal.Decimal(value), digits)
    number, e, power = text.partition("e")
    true_number, _, true_power = true.partition("e")
    same = 0
    if power == true_power:
        for got, wanted in zip_longest(number, true_number):
            if got != wanted:
                break
            same += 1
    if same == len(number):
        return escape(text)
    return f"{escape(number[:same])}<mark>{escape(number[same:])}</mark>{escape(e + power)}"


def _scientific(value: decimal.Decimal, digits: int) -> str:
    text = scientific(value, digits) if value.is_finite() and value else written(value)
    return text if value < 0 or not value.is_finite() else _NO_SIGN + text

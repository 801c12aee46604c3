"""A check of gradients in words: the verdict, the worst place, what the format can promise."""

from __future__ import annotations

import decimal
from collections.abc import Iterator
from html import escape

import numpy as np

from backprop.drawing.palette import COLOURS
from backprop.engine.digits import shortest, significant
from backprop.gradcheck.findings import Entry, Findings
from backprop.gradcheck.subset import SEED

MOST_ROWS = 200
"""How many rows the table in a notebook has; `entries` has them all."""


def verdict(report: Findings) -> str:
    """Pass or fail, and why."""
    total = len(report.entries)
    if report.curve is None:
        return "Fail: the weights themselves are not finite, so there is nothing to compare."
    broken = [e for e in report.entries if not np.isfinite(e.backprop)]
    if broken or report.nan:
        why = (
            f"is in {report.nan or broken[0].place}"
            if report.fault is None
            else f"is at layer {report.fault.layer}: {report.fault.cause}"
        )
        return (
            f"Fail: {len(broken)} of {total} gradients are NaN or ∞. "
            f"The first value that is not finite {why}."
        )
    wrong = sum(not entry.right for entry in report.entries)
    if wrong:
        reason = " ε changes the derivative." if report.trace.derivative.form.has_epsilon else ""
        return (
            f"Fail: {wrong} of {total} gradients are farther off than rounding in "
            f"{report.format} can explain.{reason}"
        )
    return f"Pass: all {total} gradients are as right as {report.format} can promise."


def drawn(report: Findings) -> str | None:
    """Which samples were checked, where not all were."""
    if report.drawn is None:
        return None
    at, total, broken = report.drawn.at, report.drawn.total, report.drawn.broken
    few = len(at) if broken is None else len(at) - 1
    which = f"drawn with seed {SEED}"
    if broken is not None:
        which = f"{few} drawn with seed {SEED}, and sample {broken + 1}, which is not finite"
    return (
        f"Checked on {len(at):,} of {total:,} samples, {which}: "
        "the cost and its gradients here are averages over these."
    )


def note(report: Findings) -> str | None:
    """What was not finite on the way to gradients that are right all the same."""
    if not report.passed or report.fault is None:
        return None
    return f"On the way a value left {report.format} and did no harm: {report.fault.cause}."


def worst(report: Findings) -> str:
    """The worst disagreement with its place and its numbers."""
    entry = report.worst
    got, true = _as_far_as_they_part(entry.backprop, entry.exact)
    said = f"{entry.place}: backprop gives {got}, the true value is {true}"
    if not np.isfinite(entry.error):
        return f"{said}."
    if entry.error == 0:
        return f"{said}, exactly the same."
    share = entry.error / entry.promise if entry.promise > 0 else np.inf
    return f"{said}; off by {brief(entry.error)}, {brief(share)} × what rounding may do."


def promise(report: Findings) -> str:
    """What the number format can promise for these gradients."""
    fmt = report.trace.network.format
    said = f"{fmt.name} keeps {fmt.precision} bits, about {int(fmt.precision * 0.30103)} digits."
    if report.curve is None:
        return said
    shares = [
        float(c.promise.max()) / report.largest(c.layer)
        for c in report.comparisons
        if report.largest(c.layer) > 0
    ]
    if shares:
        said += (
            " Followed through both passes, rounding may put a gradient off by up to "
            f"{brief(max(shares))} of the largest in its layer; mostly it stays far below."
        )
    blind = sum(int(c.blind.sum()) for c in report.comparisons)
    if blind:
        said += (
            f" For {blind} of {len(report.entries)} gradients that may be as much as the gradient "
            "itself: no digit of them is promised, and a wrong one may pass."
        )
    return said


def differences(report: Findings) -> str:
    """How far off central differences are, and the step at which they are least."""
    if report.curve is None:
        return "Central differences need finite weights."
    step, best = shortest(report.step), report.curve.best
    error = report.curve.error(report.step)
    if not np.isnan(error):
        said = (
            f"With step {step} central differences are off by up to {brief(error)} of the "
            "largest gradient"
        )
        if report.curve.entries < len(report.entries):
            said += f" (measured on {report.curve.entries} of {len(report.entries)})"
    else:
        said = f"Step {step} vanishes in {report.format}: for some w, w + s = w − s"
    if best is None:
        return f"{said}; no step gives an answer."
    if best == report.step:
        return f"{said}; no step tried does better."
    least = brief(report.curve.error(best))
    return f"{said}; the best step tried is {shortest(best)}, off by {least}."


def _sentences(report: Findings) -> Iterator[str]:
    yield verdict(report)
    if some := drawn(report):
        yield some
    if hidden := note(report):
        yield hidden
    yield f"Worst: {worst(report)}"
    yield differences(report)
    yield promise(report)


def text(report: Findings) -> str:
    """The report as plain text."""
    first, *rest = _sentences(report)
    layers = [
        f"  layer {layer}: largest relative error {brief(error)}"
        for layer, error in report.by_layer.items()
    ]
    return "\n".join([first, *layers, *rest])


def html(report: Findings) -> str:
    """The report for a notebook, with a table of the gradients."""
    first, *rest = _sentences(report)
    colour = COLOURS["good" if report.passed else "fault"][0]
    names = ("", "backprop", "central differences", "50 digits", "relative error")
    head = "".join(f'<th style="text-align:left">{name}</th>' for name in names)
    rows = "".join(_row(entry) for entry in report.entries[:MOST_ROWS])
    more = len(report.entries) - MOST_ROWS
    after = f"<p>… and {more} more in <code>report.entries</code>.</p>" if more > 0 else ""
    return (
        f'<p style="color:{colour};font-weight:600">{escape(first)}</p>'
        + "".join(f"<p>{escape(sentence)}</p>" for sentence in rest)
        + f"<table><tr>{head}</tr>{rows}</table>{after}"
    )


def _row(entry: Entry) -> str:
    ground, ink = COLOURS["fault-soft"][0], COLOURS["fault"][0]
    mark = "" if entry.right else f' style="background:{ground};color:{ink}"'
    cells = (
        entry.place.symbol, significant(entry.backprop, 12), significant(entry.difference, 12),
        significant(entry.exact, 20), brief(entry.relative),
    )  # fmt: skip
    return f"<tr{mark}>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def brief(value: float) -> str:
    """A size for a sentence: two digits, 0 only for 0."""
    return significant(value, 2)


def _as_far_as_they_part(value: float, exact: decimal.Decimal) -> tuple[str, str]:
    """A number and the true one, to one digit more than is needed to see that they differ."""
    for digits in range(4, 60):
        if significant(value, digits) != significant(exact, digits):
            return significant(value, digits + 1), significant(exact, digits + 1)
    return significant(value, 17), significant(exact, 17)

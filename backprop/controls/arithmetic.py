"""The top row: the output derivative, its ε and clamp, and the number format."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from backprop.controls.session import bound, change, current, list_of, row_of, tied
from backprop.drawing.palette import DERIVATIVE_TITLES
from backprop.engine.arithmetic import FORMATS
from backprop.engine.derivatives import CLAMPS, sole
from backprop.scenario.fields import FIELDS
from backprop.scenario.offers import CLAMP_TITLES, TITLES, VARIANTS

CLAMP_HELP = "\nWhere ε stands. With w = z (1 − z), ∂J/∂z = (z − y) / w:\n" + "".join(
    f"- **{variant.menu}**: {variant.help}.\n" for variant in VARIANTS
)
EPSILONS = ("1e-3", "1e-4", "1e-7", "1e-8", "1e-12", "1e-15", "1e-16")
USUAL_LETTERS, MOST_LETTERS = 5, 10
"""How long the texts of those are, and how long one can be beside all other choices of a row."""


def arithmetic_controls(*beside: Callable[[], None]) -> None:
    """The output derivative, its ε and clamp where they apply, and the number format.

    `beside` draws what stands at the end of the same row.
    """
    scenario = current()
    labels: Any = "collapsed" if scenario.projector else "visible"
    chosen = tied("derivative", scenario.derivative, _take_derivative)
    running, only = scenario.output_derivative(scenario.derivative).form, sole(scenario.cost)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        st.segmented_control(
            TITLES["derivative"], required=True,
            **row_of(list(scenario.offered()), chosen),
            format_func=DERIVATIVE_TITLES.__getitem__, disabled=bool(only), label_visibility=labels,
        )  # fmt: skip
        if only:
            delta = running.of_two.removeprefix(" = ").replace(" ", "&nbsp;")
            st.caption(f"{running.cost.within.capitalize()} has one δ: {delta}.", width=205)
        elif running.variant is not None:
            st.selectbox(
                TITLES["clamp"], **list_of(list(CLAMPS), bound("clamp"), CLAMP_TITLES.__getitem__),
                width=140 if scenario.projector else 116, label_visibility=labels, help=CLAMP_HELP,
            )  # fmt: skip
            epsilon_list(112 if scenario.projector else 88, labels)
        st.segmented_control(
            TITLES["format"], **row_of(list(FORMATS)[::-1], bound("format")), required=True,
            label_visibility=labels,
        )  # fmt: skip
        for draw in beside:
            draw()


def epsilon_list(width: int, labels: Any = "visible") -> None:
    """The usual ε and the chosen one; `width` is that of the box, and wider for a longer number."""
    chosen = current().epsilon
    whole, text = FIELDS["epsilon"].write(chosen), in_box(chosen)
    choices = sorted({*map(float, EPSILONS), chosen}, reverse=True)
    more = max(0, min(len(whole), MOST_LETTERS) - USUAL_LETTERS)
    st.selectbox(
        "ε", **list_of(choices, bound("epsilon"), in_box), width=width + 7 * more,
        label_visibility=labels, help=None if text == whole else f"ε = {whole}",
    )  # fmt: skip


def in_box(epsilon: float) -> str:
    """An ε with all its digits; a long one lacks those in its middle: 1.2…e-300, not 1.2345."""
    whole = FIELDS["epsilon"].write(epsilon)
    if len(whole) <= MOST_LETTERS:
        return whole
    digits, e, power = whole.partition("e")
    return f"{digits[: MOST_LETTERS - 2 - len(e + power)]}…{e}{power}"


def _take_derivative(name: str) -> None:
    """Show a derivative; with the one that stands beside it, the shown one changes places."""
    scenario, chosen = current(), FIELDS["derivative"].parse(name)
    beside = scenario.derivative if chosen == scenario.beside else scenario.beside
    change(derivative=chosen, beside=beside)

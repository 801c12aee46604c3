"""Who takes part in a race: ready choices, a list to search and prune, a form for any runner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

import streamlit as st

from backprop.controls.arithmetic import EPSILONS
from backprop.controls.exact import as_number
from backprop.controls.plain import refuse
from backprop.controls.session import change, current, list_of, row_of, tied
from backprop.drawing.palette import DERIVATIVE_TITLES
from backprop.engine.arithmetic import FORMATS
from backprop.engine.derivatives import CLAMPED, CLAMPS, OutputDerivative
from backprop.engine.digits import number_of
from backprop.engine.forms import COSTS
from backprop.engine.runners import MOST_RUNNERS, Runner, parse_runner
from backprop.figures.race import label
from backprop.scenario.offers import CLAMP_TITLES

OWN_CHOICE = "Your own choice"
READY = {
    "As on the Live page": (),
    "Every clamp": (
        "clamped:denominator:1e-7", "clamped:clip:1e-7", "clamped:clip_both:1e-7",
        "clamped:floor:1e-12", "split",
    ),
    "ε from 1e-3 to 1e-16": (
        "clamped:clip:0.001", "clamped:clip:1e-7", "clamped:clip:1e-12", "clamped:clip:1e-16",
        "split",
    ),
    "float32: ε 1e-7 or 1e-8": (
        "naive@float32", "clamped:clip_both:1e-7@float32", "clamped:clip_both:1e-8@float32",
        "split@float32",
    ),
    "float16 beside float64": (
        "naive", "fused", "split", "naive@float16", "fused@float16", "split@float16",
    ),
    "Split in four formats": ("split", "split@float32", "split@float16", "split@bfloat16"),
}  # fmt: skip
"""Choices of runners by title, as their texts; none for those of the scenario."""


def runners_controls(*beside: Callable[[], None]) -> None:
    """Choose the runners: a ready choice, or up to eight of one's own; `beside` ends the row."""
    runners = current().runners()
    ready = next(
        (title for title, texts in READY.items() if _parsed(texts) == current().race), OWN_CHOICE
    )
    titles = [*READY, *([OWN_CHOICE] if ready == OWN_CHOICE else [])]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            "Race", **list_of(titles, tied("race.ready", ready, _take_ready)),
            width=340 if current().projector else 205,
        )  # fmt: skip
        st.multiselect(
            f"Runners (up to {MOST_RUNNERS})",
            **row_of(_options(runners), tied("race.runners", list(runners), _take)),
            format_func=label, max_selections=MOST_RUNNERS,
            placeholder="Search, such as clip float16", wrap=True,
        )  # fmt: skip
        with st.popover("Add a runner", disabled=len(runners) >= MOST_RUNNERS):
            _form(runners)
        for draw in beside:
            draw()
    costs = {runner.derivative.cost for runner in runners}
    if current().cost not in costs:
        called = " and ".join(COSTS[name].title.lower() for name in sorted(costs))
        st.caption(
            f"These runners keep their own cost: {called}. The sidebar’s is raced with “As on the "
            "Live page”."
        )


def _parsed(texts: tuple[str, ...]) -> tuple[Runner, ...]:
    return tuple(parse_runner(text) for text in texts)


def _options(present: tuple[Runner, ...]) -> list[Runner]:
    """The present runners, then every derivative in every format with the usual ε."""
    derivatives = [OutputDerivative(name) for name in current().offered() if name != CLAMPED]
    derivatives += [
        OutputDerivative(CLAMPED, float(epsilon), clamp)
        for clamp, epsilon in product(CLAMPS, EPSILONS)
    ]
    usual = [
        Runner(derivative, number_format)
        for number_format, derivative in product(FORMATS, derivatives)
    ]
    return list(dict.fromkeys([*present, *usual]))


def _take_ready(title: str) -> None:
    change(race=_parsed(READY.get(title, ())))


def _take(runners: Sequence[Runner]) -> None:
    """Remember the runners, or none if they are those of the scenario anyway."""
    if not all(isinstance(runner, Runner) for runner in runners):
        raise ValueError("Only what the list offers can take part.")
    own = replace(current(), race=()).runners()
    change(race=() if tuple(runners) == own else tuple(runners))


def _form(present: tuple[Runner, ...]) -> None:
    """Any derivative × clamp × ε × format, added to the present runners."""
    name = st.segmented_control(
        "Output derivative", list(current().offered()), default=CLAMPED, required=True,
        format_func=DERIVATIVE_TITLES.__getitem__, key="race.add.name",
    )  # fmt: skip
    clamp, epsilon = OutputDerivative.clamp, "1e-7"
    if name == CLAMPED:
        left, right = st.columns([3, 2])
        clamp = left.selectbox(
            "Clamp", list(CLAMPS), format_func=CLAMP_TITLES.__getitem__, key="race.add.clamp"
        )
        epsilon = right.text_input("ε", "1e-7", max_chars=24, key="race.add.epsilon")
    number_format = st.segmented_control(
        "Arithmetic",
        list(FORMATS)[::-1],
        default=current().format,
        required=True,
        key="race.add.format",
    )
    try:
        runner = Runner(OutputDerivative(str(name), _number(epsilon), clamp), str(number_format))
    except ValueError as error:
        refuse(error)
        return
    if runner in present:
        st.caption(f"{label(runner)} takes part already.")
    else:
        st.button(
            f"Add {label(runner)}", type="primary", on_click=_take, args=((*present, runner),)
        )


def _number(text: str) -> float:
    try:
        return number_of(as_number(text))
    except ValueError:
        raise ValueError(
            f"ε must be a number above 0 and below 0.5, got “{text}”. Try 1e-7."
        ) from None

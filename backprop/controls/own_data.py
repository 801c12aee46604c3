"""The dialog in which own data is typed, pasted or loaded, seen before it is taken, and taken."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import pandas as pd
import streamlit as st

from backprop.controls.dialogs import close, dialog
from backprop.controls.draft import FILE, MODES, MOST_CELLS, TABLE, TEXT, Draft, draft
from backprop.controls.plain import plain, refuse
from backprop.controls.preview import preview
from backprop.controls.session import change, current, open_data
from backprop.scenario.datasets import Dataset
from backprop.scenario.fields import OWN
from backprop.scenario.scaling import SCALINGS
from backprop.scenario.tables import MOST_INPUTS, MOST_SAMPLES, DataError, Look, target_ways
from backprop.scenario.tables.numbers import COMMA, meanings_of

LARGE = 10.0
"""An |x| from which on most networks learn better on scaled inputs."""

_PLACEHOLDER = "height;weight;fits\n1,80;75;yes\n1,65;82;no"


@dialog("Your own data", width="large")
def own_data_dialog() -> None:
    """A source, what is made of it, and the button that takes it."""
    scenario = current()
    source = draft(scenario.table, scenario.scaling)
    mode = st.segmented_control(
        "Source", MODES, default=source.mode, required=True, label_visibility="collapsed",
        key="own_mode",
    )  # fmt: skip
    if mode != source.mode:
        source.switch(mode)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        {TEXT: _text, FILE: _file, TABLE: _table}[source.mode](source)
    with right:
        _outcome(source)


def _outcome(source: Draft) -> None:
    """What the source is read as, or why not."""
    if source.empty:
        st.caption(
            "One sample a row: its inputs and its target. Commas, semicolons, tabs or blanks "
            "between them; decimal point or comma; names in the first line if you like."
        )
        return
    try:
        look = source.look()
    except DataError as error:
        refuse(error)
        _remedies(source, error)
        return
    _choose(source, look)


def _text(source: Draft) -> None:
    text = st.text_area(
        "Text", source.text, height=260, placeholder=_PLACEHOLDER, label_visibility="collapsed",
        key=f"own_text.{source.round}",
    )  # fmt: skip
    st.button("Read it", width="stretch", help="Ctrl+Enter does the same")  # it leaves the field
    if text != source.text:
        source.text = text
        source.forget_choices()


def _file(source: Draft) -> None:
    # of any name, so that a workbook is not hidden but answered with what to do
    uploaded = st.file_uploader("A file of text: CSV, TSV or the like")
    content = uploaded.getvalue() if uploaded is not None else source.file
    if content != source.file:
        source.file = content
        source.forget_choices()


def _table(source: Draft) -> None:
    """A table of texts, so that every cell goes through the same reader as a file."""
    if source.beyond:
        st.caption(
            f"Your data has more than the {MOST_CELLS:,} cells that can be edited here; this is "
            "another table. Go back to the text or the file to use yours."
        )
    key = f"own_table.{source.round}"
    if source.typed and key not in st.session_state:  # the dialog was left and opened again
        source.cells = source.typed
    width = len(source.cells[0])
    frame = pd.DataFrame(
        source.cells, columns=[str(n) for n in range(1, width + 1)],
        index=pd.RangeIndex(1, len(source.cells) + 1, name="line"), dtype=object,
    )  # fmt: skip
    st.caption("One sample in each row")  # the grid's own tools lie beside it, not on the tabs
    typed = st.data_editor(
        frame, num_rows="dynamic", width="stretch", height=260, hide_index=False,
        key=key,
        column_config={name: st.column_config.TextColumn(name) for name in frame.columns},
    )  # fmt: skip
    cells = [["" if pd.isna(c) else str(c) for c in row] for row in typed.to_numpy().tolist()]
    left, right = st.columns(2)
    more = left.button("Add a column", width="stretch", disabled=width >= MOST_INPUTS + 1)
    less = right.button("Remove the last column", width="stretch", disabled=width <= 2)
    if more or less:
        source.cells = cells
        source.resize(width + (1 if more else -1))
        st.rerun(scope="fragment")
    source.typed = cells


def _choose(source: Draft, look: Look) -> None:
    """Which column is what, how a target is read, and the preview of it all."""
    names = {c.position: c.name or f"column {c.position}" for c in look.columns}
    shape = f"{source.round}.{blake2b(repr(look.columns).encode(), digest_size=8).hexdigest()}"

    def label(position: int) -> str:
        return plain(names[position], 40)

    several = len(look.targets) > 1
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    if len(look.columns) > 2:
        several = right.toggle("Several targets", several, key=f"own_several.{shape}")
    chosen = left.pills(
        f"Target: guessed {look.why}", list(names), format_func=label, key=f"own_target.{shape}."
        f"{several}", selection_mode="multi" if several else "single",
        default=list(look.targets) if several else look.targets[0],
    )  # fmt: skip
    targets = tuple(sorted(chosen)) if isinstance(chosen, list) else (chosen,) if chosen else ()
    rest = [p for p in names if p not in targets]
    skipped = [p for p, _ in look.left_out if p in rest]
    inputs: Sequence[int] = rest
    if len(rest) > 1:
        inputs = st.pills(
            "Inputs", rest, format_func=label, selection_mode="multi",
            default=[p for p in rest if p not in skipped], key=f"own_inputs.{shape}.{targets}",
        )  # fmt: skip
    inputs = tuple(sorted(inputs))
    _meaning(source, look, shape)
    data, error = None, None
    try:
        ways = tuple(_way(source, look, target, names[target], shape) for target in targets)
        data = source.take(look, targets, inputs, ways)
    except DataError as refused:
        error = refused
    st.html(preview(look, targets, inputs, data, error.cells if error else ()))
    if error is not None:
        refuse(error)
        _remedies(source, error)
        st.button("Use these points", type="primary", disabled=True)
    elif data is not None:
        _offer(source, data)


def _meaning(source: Draft, look: Look, shape: str) -> None:
    """What 12,500 means where no column shows it: the guess, changed by a click."""
    if not look.doubt or COMMA not in look.in_doubt:
        return
    meanings = meanings_of(look.doubt)
    mark = st.pills(
        f"{plain(look.doubt, 40)} means", list(meanings), format_func=meanings.__getitem__,
        default=look.in_doubt[COMMA], key=f"own_meaning.{shape}",
    )  # fmt: skip
    if mark and mark != look.in_doubt[COMMA]:
        source.decimal = mark
        st.rerun(scope="fragment")


def _way(source: Draft, look: Look, target: int, name: str, shape: str) -> str | None:
    """How a target that is not in [0, 1] becomes so: one of the ways that fit."""
    ways = target_ways(look, target, source.leave_out, source.without)
    if len(ways) < 2:
        return ways[0].key if ways else None
    keys = {way.key: way.words for way in ways}
    chosen = st.pills(
        f"A target lies between 0 and 1. Read {plain(name, 40)} so:", list(keys),
        format_func=lambda key: plain(keys[key]), default=ways[0].key, key=f"own_way.{shape}."
        f"{target}",
    )  # fmt: skip
    return chosen or ways[0].key


def _remedies(source: Draft, error: DataError) -> None:
    """What can be done about a refusal by a click."""
    if error.incomplete:
        count = len(error.incomplete)
        said = f"Leave {count:,} row{'s' if count > 1 else ''} out"
        if st.button(said, help="Those in which a value is missing"):
            source.leave_out = True
            st.rerun(scope="fragment")
    if error.wrong is not None and st.button(f"Leave line {error.wrong} out"):
        source.without |= {error.wrong}
        st.rerun(scope="fragment")
    if error.sample_of:
        left, right = st.columns([1, 2], vertical_alignment="bottom")
        seed = left.number_input("Seed of the draw", 0, 9999, 0, key="own_seed")
        if right.button(f"Take a sample of {MOST_SAMPLES:,} rows"):
            source.sample = int(seed)
            st.rerun(scope="fragment")
    for column, (mark, number) in zip(st.columns(3), error.meanings.items(), strict=False):
        if column.button(f"It means {plain(number, 40)}", width="stretch"):
            source.decimal = mark
            st.rerun(scope="fragment")


def _offer(source: Draft, data: Dataset) -> None:
    """What will be taken, in words, and the button."""
    samples, inputs = data.X.shape
    targets = ", ".join(f"“{plain(name, 40)}”" for name in data.target_names)
    many = data.y.shape[1] > 1
    st.write(
        f"**{samples:,} sample{'s' if samples > 1 else ''}** with {inputs} "
        f"input{'s' if inputs > 1 else ''}, target{'s' if many else ''} {targets}."
    )
    if data.notes:
        st.caption("\n".join(f"- {plain(note)}" for note in data.notes))
    largest = float(np.abs(data.X).max())
    scaling = st.segmented_control(
        "Inputs"
        + (f" reach {largest:,.4g}: most networks learn better on scaled ones"
           if largest > LARGE else ""),
        list(SCALINGS), format_func=SCALINGS.__getitem__, default=source.scaling, required=True,
        key="own_scaling",
    )  # fmt: skip
    source.scaling = scaling
    if st.button("Use these points", type="primary"):
        open_data(OWN, data)
        change(scaling=scaling)
        del st.session_state["own_draft"]
        close()
        st.rerun()

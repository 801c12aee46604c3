"""Points of the user's own: typed into a table, or loaded from a CSV file."""

from __future__ import annotations

import numpy as np
import streamlit as st

from backprop.controls.session import change, current
from backprop.datasets import Dataset
from backprop.tables import DataError, read_table


@st.dialog("Your own points", width="medium")
def own_data_dialog() -> None:
    """A table to type in, or a CSV to load: inputs, then the target in the last column."""
    st.write(
        "One point a row: up to 8 inputs, and in the last column the target, from 0 to 1. "
        "Type here, or load a CSV file."
    )
    uploaded = st.file_uploader("CSV file", type=["csv", "txt", "tsv"])
    own = current().table
    rows = np.column_stack([own.X, own.y]).tolist() if own else [[-1.0, 1.0, 1.0], [1.0, 1.0, 0.0]]
    if uploaded is not None:
        try:
            data = read_table(uploaded.getvalue())
        except DataError as error:
            st.error(str(error))
        else:
            st.success(f"{len(data.X)} points with {data.X.shape[1]} inputs.")
            if st.button("Use these points", type="primary"):
                _take(data)
            return
    columns = [f"x{j + 1}" for j in range(len(rows[0]) - 1)] + ["y"]
    typed = st.data_editor(
        {name: [row[j] for row in rows] for j, name in enumerate(columns)},
        num_rows="dynamic", width="stretch", key="typed_points",
    )  # fmt: skip
    if st.button("Use this table", type="primary"):
        try:
            cells = zip(*(typed[c] for c in columns), strict=True)
            data = read_table("\n".join(";".join(map(str, row)) for row in cells))
        except (DataError, TypeError) as error:
            st.error(str(error))
        else:
            _take(data)


def _take(data: Dataset) -> None:
    change(table=data, edits=())
    st.rerun()

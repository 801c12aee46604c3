"""Files that are no table, told by how they begin, each with what to do instead."""

from __future__ import annotations

import re

from backprop.scenario.tables.errors import DataError

_SAVE = "Open it where it was made and save it as CSV, or copy its cells and paste them."
_COPY = "Open it, copy the cells of its table, and paste them."

_BYTES = (
    (rb"PK\x03\x04.{26,300}?\.npy", "NumPy arrays (.npz)", "Save one of them with np.savetxt."),
    (rb"PK\x03\x04", "a zip file, as Excel workbooks (.xlsx) are", _SAVE),
    (rb"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)", _SAVE),
    (rb"%PDF", "a PDF", _COPY),
    (rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf", "a compressed file", "Unpack it first."),
    (rb"PAR1|ARROW1|FEA1", "a Parquet or Feather file", "Save it with pandas’ to_csv."),
    (rb"\x93NUMPY", "a NumPy array (.npy)", "Save it with np.savetxt."),
    (rb"\x89HDF|MATLAB 5|SQLite format 3", "a file of HDF5, MATLAB or SQLite", _SAVE),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", "a picture", "Type its numbers, or find their source."),
)
_TEXTS = (
    (r"(%[^\n]*\n\s*)*@relation\b", "Weka’s (ARFF)", "Take the lines below @data alone."),
    (r"\[?\s*\{\s*[\"'}]", "JSON with names", "Write its numbers as [[1, 2, 0], [3, 4, 1]]."),
    (r"<(!doctype|\?xml|html|head|table|svg)\b", "a web page (HTML or XML)", _COPY),
    (r"\{\\rtf", "a word processor’s document (RTF)", _COPY),
    (r"\S+([ \t]+\d+:[^\s:]+)+\s*(\n|$)", "LIBSVM’s (index:value)",
     "Write all values of a row, zeros too, without their indices."),
)  # fmt: skip


def refuse_bytes(source: bytes) -> None:
    """Raises DataError if a file begins as one that is no text."""
    for start, what, advice in _BYTES:
        if re.match(start, source, re.DOTALL):
            raise DataError(f"Your file must be text, but it is {what}. {advice}")


def refuse_text(text: str) -> None:
    """Raises DataError if a text begins as one that is no table of cells."""
    for start, what, advice in _TEXTS:
        if re.match(rf"\s*{start}", text[:5000], re.IGNORECASE):
            raise DataError(f"Your text must be a table, but its form is {what}. {advice}")

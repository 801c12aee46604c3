"""Files that are no table are told by name, and what to do with them is said."""

import io
import json
import zipfile

import numpy as np
import pytest

from backprop.scenario.tables import DataError, read_table


def npz():
    file = io.BytesIO()
    np.savez(file, X=np.zeros((3, 2)))
    return file.getvalue()


def npy():
    file = io.BytesIO()
    np.save(file, np.zeros((3, 2)))
    return file.getvalue()


def workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "what", "advice"),
    [
        (workbook(), "Excel workbooks", "save it as CSV"),
        (npz(), r"NumPy arrays \(.npz\)", "np.savetxt"),
        (npy(), "a NumPy array", "np.savetxt"),
        (b"PAR1\x15\x04\x15\x10" + bytes(100), "Parquet", "to_csv"),
        (b"\x89HDF\r\n\x1a\n" + bytes(100), "HDF5", "as CSV"),
        (b"SQLite format 3\x00" + bytes(100), "SQLite", "as CSV"),
        (b"\x1f\x8b\x08\x00" + bytes(20), "compressed", "Unpack"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture", "Type its numbers"),
        (b"%PDF-1.7\n", "a PDF", "paste"),
    ],
)
def test_a_file_that_is_no_text_is_named(content, what, advice):
    with pytest.raises(DataError, match=f"must be text, but it is .*{what}.*{advice}"):
        read_table(content)


@pytest.mark.parametrize(
    ("text", "what", "advice"),
    [
        ("% iris\n\n@RELATION iris\n@ATTRIBUTE a NUMERIC\n@DATA\n5.1,x\n", "ARFF", "below @data"),
        (json.dumps([{"a": 1.5, "y": 0}, {"a": 2.5, "y": 1}]), "JSON", r"\[\[1, 2, 0\]"),
        (json.dumps({"X": [[1, 2]], "y": [0]}, indent=2), "JSON", r"\[\[1, 2, 0\]"),
        ('{"a": 1.5, "y": 0}\n{"a": 2.5, "y": 1}\n', "JSON", r"\[\[1, 2, 0\]"),
        ("<!DOCTYPE html>\n<html><body>data</body></html>", "HTML", "copy the cells"),
        ("<html><table><tr><td>1,5</td></tr></table></html>", "HTML", "copy the cells"),
        ('<?xml version="1.0"?>\n<rows/>', "XML", "copy the cells"),
        (r"{\rtf1\ansi 1,2,0\par}", "RTF", "copy the cells"),
        ("+1 1:0.5 2:-0.3\n-1 1:0.7 3:1\n", "LIBSVM", "zeros too"),
    ],
)
@pytest.mark.parametrize("encode", [str, str.encode])
def test_a_text_in_another_form_is_named(text, what, advice, encode):
    with pytest.raises(DataError, match=f"must be a table, but .*{what}.*{advice}"):
        read_table(encode(text))


@pytest.mark.parametrize("text", ["<b>,y\n1,0\n2,1", "%,y\n1,0\n2,1", "{a},y\n1,0\n2,1"])
def test_names_that_look_so_are_names(text):
    assert read_table(text).X.tolist() == [[1], [2]]

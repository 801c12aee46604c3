"""Weights given whole become edits with every bit, or are refused with their place."""

import io
import zipfile

import numpy as np
import pytest

from backprop.export.numbers import arrays
from backprop.scenario.fields import FIELDS
from backprop.scenario.pasted import edits_of, from_npz, pasted
from backprop.scenario.scenario import Scenario, from_query

SIZES = (2, 3, 1)
W1 = np.random.default_rng(5).normal(size=(3, 2))


def rows(separator, left="", right="", end="\n"):
    return end.join(left + separator.join(map(repr, row)) + right for row in W1.tolist())


@pytest.mark.parametrize(
    "text",
    [
        rows(", "), rows(","), rows("; "), rows(" "), rows("\t"), rows(",", right=","),
        repr(W1.tolist()), rows(", ", "[", "]"), rows(" ", "[", "]"),
        "[" + rows(" ", "[", "]") + "]", rows(",\n ", "[", "]", ","), rows(" ").replace("-", "−"),
        "\n" + rows(" ", end="\n\n") + "\n",
    ],
)  # fmt: skip
def test_the_usual_ways_to_write_a_matrix_are_read_alike(text):
    assert pasted(text, "W1", SIZES) == edits_of("W1", W1)


@pytest.mark.parametrize("show", [str, repr])
def test_what_numpy_prints_is_read_back(show):
    wide = np.random.default_rng(1).normal(size=(3, 32))
    with np.printoptions(floatmode="unique", linewidth=75):
        text = show(wide)
    assert len(text.splitlines()) > 3
    assert pasted(text, "W1", (32, 3)) == edits_of("W1", wide)


@pytest.mark.parametrize(
    "text",
    [
        "W1 = np.array([[1.5, -2.], [3., 4.25], [5., 6.]])",
        "Parameter containing:\ntensor([[ 1.5, -2.0],\n        [ 3.0,  4.25],\n        [ 5.,  6.]],"
        " requires_grad=True)",
        "W1 = [1.5 -2; 3 4.25; 5 6];",
        "| x1 | x2 |\n|---|---|\n| 1.5 | -2 |\n| 3 | 4.25 |\n| 5 | 6 |",
        "x1,x2\n1.5,-2\n3,4.25\n5,6",
        "1,5;–2\n3;4,25\n5;6",
        "1,5\t-2\n3\t4,25\n5\t6",
        '"1.5","-2"\n"3","4.25"\n"5","6"',
        "# W1\n1.5 -2;\n3 4.25;\n5 6;",
        "\ufeff1.5\u200b -2\n3 4.25\n5 6",
    ],
)
def test_a_matrix_is_read_as_programs_and_spreadsheets_write_it(text):
    assert pasted(text, "W1", SIZES) == edits_of("W1", np.array([[1.5, -2], [3, 4.25], [5, 6]]))


@pytest.mark.parametrize("text", ["1 2.5 -3", "1, 2.5, -3", "[1, 2.5, -3]", "1\n2.5\n-3"])
def test_biases_stand_in_a_row_or_in_a_column(text):
    assert pasted(text, "b1", SIZES) == (("b1.0", 1), ("b1.1", 2.5), ("b1.2", -3))


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("", "W1", "got none"),
        ("1 2\n3 4", "W1", "W1 must have 3 rows of 2 numbers, got 2 rows"),
        ("1 2 3\n4 5 6", "W1", "transposed"),
        ("1 2\n3 4\n5", "W1", "2 numbers, got 1 in row 3"),
        ("1 2\n3 cat\n5 6", "W1", "got “cat” in row 2"),
        ("1 2\n3 nan\n5 6", "W1", "got “nan” in row 2"),
        ("1 2\n3 1e999\n5 6", "W1", "got “1e999” in row 2"),
        ("1 2\n3 1e-999\n5 6", "W1", "got “1e-999” in row 2"),
        ("1 2\n3,500 4\n5 6", "W1", "got “3,500” in row 2"),
        ("[[1 2 ... 3]\n [4 5 ... 6]]", "W1", "“...” stands in it for numbers"),
        ('{"W1": [[1, 2], [3, 4], [5, 6]]}', "W1", "JSON with names"),
        ("1,,2\n3,4\n5,6", "W1", "got “” in row 1"),
        ("[[1 2] 7 [3 4] [5 6]]", "W1", "“7” stands outside"),
        ("1 2", "b1", "b1 must have 1 row of 3 numbers|3 numbers, got 2"),
        ("1", "W3", "up to layer 2"),
        ("1", "<b>", "up to layer 2"),
    ],
)
def test_what_is_no_such_matrix_is_refused_with_its_place(text, name, said):
    with pytest.raises(ValueError, match=said):
        pasted(text, name, SIZES)


def test_the_exported_arrays_give_the_weights_of_that_update():
    scenario = Scenario(updates=5, units=(3,))
    recording = scenario.recordings()["fused"]
    edits = from_npz(arrays(recording, 4), (2, 3, 1))
    opened, problems = from_query(Scenario(units=(3,), weights=tuple(sorted(edits))).query())
    assert not problems
    for opened_array, wanted in zip(
        (*opened.network().weights, *opened.network().biases),
        (*recording.network(4).weights, *recording.network(4).biases),
        strict=True,
    ):
        assert np.array_equal(opened_array, wanted)


def saved(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


HUGE = np.full((3, 2), np.longdouble("1e308") * 10)


def boundless():
    """An array of a few bytes that says that it has 16 terabytes."""
    head = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000, 2), }"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("W1.npy", b"\x93NUMPY\x01\x00v\x00" + head.ljust(117) + b"\n")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no zip at all", "got something else"),
        (b"PK\x03\x04 cut off", "got something else"),
        (saved(W1=np.zeros((3, 2))), "must hold W2 of shape"),
        (saved(W1=np.zeros((2, 3)), W2=np.zeros((1, 3))), r"shape \(3, 2\).*got \(2, 3\)"),
        (saved(W1=np.full((3, 2), np.nan), W2=np.zeros((1, 3))), "finite.*nan in W1.0.0"),
        (saved(W1=W1, W2=np.zeros((1, 3)), W3=np.zeros((1, 1))), "2 layers, got W3"),
        (saved(W1=HUGE, W2=np.zeros((1, 3))), "finite.*inf in W1.0.0"),
        (boundless(), "got something else"),
        (saved(W1=np.array([object()]), W2=np.zeros((1, 3))), "npz of numbers|must hold W1"),
    ],
)
def test_another_file_is_refused_with_what_it_must_be(content, said):
    with pytest.raises(ValueError, match=said):
        from_npz(content, SIZES)


def test_the_largest_network_can_be_given_whole():
    sizes = (32, *[16] * 6, 16)
    rng = np.random.default_rng(0)
    edits = []
    for i in range(1, 8):
        edits += edits_of(f"W{i}", rng.normal(size=(sizes[i], sizes[i - 1])) * 1e300)
        edits += edits_of(f"b{i}", rng.normal(size=sizes[i]))
    edits = tuple(sorted(edits))
    assert FIELDS["weights"].parse(FIELDS["weights"].write(edits)) == edits

"""Own data before it is taken: the same table as text, as a file and in cells."""

import pytest

from backprop.controls.draft import FILE, MOST_CELLS, TABLE, TEXT, Draft, text_of
from backprop.scenario.tables import DataError, read_table


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a;b;y\n1,5;2;ja\n3;4;nein\n", [["a", "b", "y"], ["1,5", "2", "ja"], ["3", "4", "nein"]]),
        ("1,2\n3,4,5\n6\n", [["1", "2", ""], ["3", "4", "5"], ["6", "", ""]]),
        ("[[1, 2, 0], [3, 4, 1]]", [["1", "2", "0"], ["3", "4", "1"]]),
    ],
)
def test_a_text_becomes_cells_of_which_every_row_has_as_many(text, cells):
    for draft in (Draft(text=text), Draft(mode=FILE, file=text.encode())):
        draft.switch(TABLE)
        assert draft.cells == cells


@pytest.mark.parametrize(
    "text",
    [
        "     a    b  label\n0  0.5  1.2      0\n1  1.5  2.2      1\n",  # as pandas prints it
        "# a b label\n0.5 1.2 0\n1.5 2.2 1\n",
        "Table 1;;\na;b;label\ncm;kg;\n0,5;1,2 kg;0\n1,5;2,2 kg;1\n",
        "X = [[0.5, 1.2], [1.5, 2.2]]\ny = [0, 1]",
        "a;b;label\n0,5;1,2;x\n1,5;2,2;\n",
    ],
)
def test_the_table_shows_what_was_read_and_is_read_alike(text):
    draft = Draft(text=text)
    before = read_table(draft.source)
    draft.switch(TABLE)
    assert read_table(draft.source) == before
    draft.typed = [list(row) for row in draft.cells]
    draft.switch(TEXT)
    assert read_table(draft.source) == before


def test_what_is_too_large_for_the_table_is_not_lost():
    text = "".join(f"{n},{n % 2}\n" for n in range(MOST_CELLS))
    draft = Draft(text=text)
    draft.switch(TABLE)
    assert draft.beyond
    draft.typed = [list(row) for row in draft.cells]
    draft.switch(TEXT)
    assert draft.text == text


def test_a_mark_that_must_be_asked_about_is_asked_about_in_every_shape():
    draft = Draft(text="a\ty\n1,250\t0\n2,500\t1\n")
    for mode in (TABLE, TEXT):
        draft.switch(mode)
        draft.typed = [list(row) for row in draft.cells]
        with pytest.raises(DataError, match=r"may be 1250 or 1\.25"):
            draft.take(draft.look(), (2,), (1,), (None,))


def test_a_table_that_was_taken_is_shown_as_a_text_that_is_read_alike():
    data = read_table("a,b,y\n12.345,1000.5,0\n67.891,2,1\n")
    assert read_table(text_of(data)) == data
    data = read_table("a,y\n12.345,0\n67.891,1\n")
    assert read_table(text_of(data)) == data


def test_what_is_no_table_leaves_the_cells_as_they_were():
    draft = Draft(mode=FILE, file=b"PK\x03\x04")
    before = draft.cells
    draft.switch(TABLE)
    assert draft.cells == before


def test_cells_become_the_text_that_is_read_alike():
    draft = Draft(text="x1;x2;y\n0,5;1e3;yes\n−2;7;no\n")
    before = draft.take(draft.look(), (3,), (1, 2), (None,))
    draft.switch(TABLE)
    draft.typed = [list(row) for row in draft.cells]
    as_cells = draft.take(draft.look(), (3,), (1, 2), (None,))
    draft.switch(TEXT)
    as_text = draft.take(draft.look(), (3,), (1, 2), (None,))
    for data in (as_cells, as_text):
        assert data.X.tolist() == before.X.tolist() == [[0.5, 1000], [-2, 7]]
        assert data.y.tolist() == before.y.tolist() == [[1], [0]]


def test_a_column_comes_and_goes_at_the_end_and_a_gap_is_named():
    draft = Draft(mode=TABLE, cells=[["a", "y"], ["1", "0"], ["2", "1"]])
    draft.resize(3)
    assert draft.cells == [["a", "y", ""], ["1", "0", ""], ["2", "1", ""]]
    draft.cells[0][2] = "b"
    with pytest.raises(DataError, match="column “b” is empty"):
        draft.take(draft.look(), (2,), (1, 3), (None,))
    draft.resize(2)
    assert draft.take(draft.look(), (2,), (1,), (None,)).X.tolist() == [[1], [2]]

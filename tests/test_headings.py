"""Titles, units and names said again are no samples; what is left out is said."""

import pytest

from backprop.scenario.tables import DataError, read_table

BELOW = "1.5;2;0\n3.5;4;1\n"


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("height;weight;fits\ncm;kg;\n", 2),
        ("height;weight;fits\n[cm];[kg];[-]\n", 2),
        ("height;weight;fits\nfloat;float;int\n", 2),
        ("Results of 2024;;\nheight;weight;fits\n", 1),
        ("Results of 2024;;\n;;\nheight;weight;fits\n", 1),
    ],
)
def test_the_fullest_line_above_the_numbers_has_the_names(above, line):
    data = read_table(above + BELOW)
    assert (*data.feature_names, *data.target_names) == ("height", "weight", "fits")
    assert data.X.tolist() == [[1.5, 2], [3.5, 4]] and data.y.tolist() == [[0], [1]]
    assert any(f"Line {line} is left out" in note for note in data.notes)


def test_a_title_stands_above_names_of_words_too():
    data = read_table("Table 1;\nsize;kind\n1.5;cat\n2.5;dog\n3.5;cat\n")
    assert data.feature_names == ("size",) and data.target_names == ("kind",)


def test_names_said_again_within_are_left_out():
    data = read_table("a;b;y\n1;2;0\na;b;y\n3;4;1\n")
    assert data.X.tolist() == [[1, 2], [3, 4]]
    assert any("Line 3 left out: the names again" in note for note in data.notes)


def test_a_table_of_words_alone_keeps_its_rows():
    data = read_table("T,T,T\nT,F,F\nF,T,F\nF,F,F\n")
    assert data.X.tolist() == [[1, 1], [1, 0], [0, 1], [0, 0]]
    assert data.y[:, 0].tolist() == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Na,Mg,Type", ("Na", "Mg", "Type")),  # sodium, not “not available”
        ("a,NA,y", ("a", "NA", "y")),
        ("-,?,y", ("-", "?", "y")),
        ("100m,200m,y", ("100m", "200m", "y")),
        ("0,1,2", ("0", "1", "2")),  # as pandas writes columns without names
    ],
)
def test_a_name_may_look_like_something_else(header, names):
    data = read_table(f"{header}\n1.5,2.25,0\n3.5,4.25,1\n")
    assert (*data.feature_names, *data.target_names) == names
    assert data.X.tolist() == [[1.5, 2.25], [3.5, 4.25]]


@pytest.mark.parametrize("row", ["NA,NA,yes", "?,?,?", "NA,3,no"])
def test_a_first_row_of_gaps_is_a_row(row):
    with pytest.raises(DataError, match="line 1, column") as refusal:
        read_table(f"{row}\n1,2,no\n3,4,yes\n5,?,?\n")
    assert 1 in refusal.value.incomplete


def test_a_first_sample_with_units_is_a_sample():
    data = read_table("180 cm;ja\n165 cm;nein\n172 cm;vielleicht\n")
    assert data.X.tolist() == [[180], [165], [172]]


def test_a_row_with_a_word_for_a_number_is_no_heading():
    with pytest.raises(DataError, match="line 2, column “a” holds “x”"):
        read_table("a,label\nx,no\n1,yes\n2,yes\n")


def test_whole_numbers_that_count_are_a_sample_among_whole_numbers():
    assert read_table("0,1,2\n3,4,5\n6,7,8\n").X.tolist() == [[0, 1], [3, 4], [6, 7]]

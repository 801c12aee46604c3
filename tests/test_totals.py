"""A last row of sums or means is no sample; numbers that only nearly are so stay."""

import pytest

from backprop.scenario.tables import read_table

ROWS = "A;1;2,5;0\nB;3;4;1\nC;5;9;1\nD;2;7;0\n"


@pytest.mark.parametrize(
    ("total", "what"),
    [
        ("Summe;11;22,5;2", "sums"),
        (";11;22,5;2", "sums"),
        ("Total;11;22,5;", "sums"),
        ("Mittelwert;2,75;5,625;0,5", "means"),
    ],
)
def test_a_last_row_of_sums_or_means_is_left_out_and_said(total, what):
    data = read_table(f"name;a;b;label\n{ROWS}{total}\n")
    assert data.X.tolist() == [[1, 2.5], [3, 4], [5, 9], [2, 7]]
    assert data.y[:, 0].tolist() == [0, 1, 1, 0] and not data.mapping
    assert any(f"Line 6 is left out: it has the {what}" in note for note in data.notes)


@pytest.mark.parametrize("last", ["E;11;22,5;1", "E;11;22;0", "E;2;2,5;1"])
def test_another_last_row_stays(last):
    assert len(read_table(f"name;a;b;label\n{ROWS}{last}\n").X) == 5


@pytest.mark.parametrize(
    "text",
    [
        "0,0,0\n0,1,0\n1,0,0\n1,1,0\n",  # and its sum, by chance
        "1,2,0\n1,2,0\n1,2,0\n1,2,0\n1,2,0\n",  # every row is the mean of the others
        "1e308,2,0\n1e308,3,1\n1e308,4,0\n-5,4,0\n1.7e308,13,1\n",
    ],
)
def test_chance_is_no_total(text):
    assert len(read_table(text).X) == len(text.splitlines())

"""A unit that all cells of a column have is left away, a mark and its absence are yes and no."""

import pytest

from backprop.scenario.tables import DataError, read_table
from backprop.scenario.tables.signs import unit_of


@pytest.mark.parametrize(
    ("cells", "values", "unit"),
    [
        (("180 cm", "165 cm"), [180, 165], "cm"),
        (("12,5 °C", "−3,0 °C"), [12.5, -3], "°C"),
        (("12 km/h", "30 km/h"), [12, 30], "km/h"),
        (("12.5°", "-3°"), [12.5, -3], "°"),
        (("20 m²", "35 m²"), [20, 35], "m²"),
        (("CHF 1’000.50", "CHF 950"), [1000.5, 950], "CHF"),
        (("−EUR 12,50", "EUR 7,25"), [-12.5, 7.25], "EUR"),
        (("7,25 kr", "12,50 kr"), [7.25, 12.5], "kr"),
        (("1.5e-3 V", "2.5E+2 V"), [0.0015, 250], "V"),
    ],
)
def test_a_unit_of_every_row_is_left_away_and_said(cells, values, unit):
    data = read_table(f"a;label\n{cells[0]};0\n{cells[1]};1\n")
    assert data.X[:, 0].tolist() == values
    assert any(f"“{unit}” in every row: “{cells[0]}”" in note for note in data.notes)


@pytest.mark.parametrize("cell", ["180", "cm", "Q1", "0x1F", "1st row", "5 ± 1", "10-20", "12:30",
                                  "1,Type", "", "2024-01-05"])  # fmt: skip
def test_what_is_no_number_with_a_unit(cell):
    assert unit_of(cell) == ""


def test_two_units_are_not_taken_for_one():
    text = "size;a;y\n180 cm;1;0\n1.65 m;2;1\n170 cm;3;1\n"
    with pytest.raises(DataError, match="line 2, column “size” holds “180 cm”"):
        read_table(text, target="y", inputs=["size", "a"])


def test_two_currencies_are_refused_and_a_bare_number_has_the_others():
    with pytest.raises(DataError, match=r"one currency, but line 3, column “p” holds “€7.25” .*\$"):
        read_table("p;y\n$12.50;1\n€7.25;0\n")
    assert read_table("p;y\n$1,250.50;1\n980;0\n").X[:, 0].tolist() == [1250.5, 980]


@pytest.mark.parametrize("mark", ["x", "✓", "yes", "ja", "X"])
def test_a_mark_or_nothing_is_yes_or_no(mark):
    text = f"a;b;done\n1.5;{mark};{mark}\n2.5;;\n3.5;{mark};\n4.5;;{mark}\n"
    data = read_table(text, target="done")
    assert data.y[:, 0].tolist() == [1, 0, 0, 1]
    assert data.X[:, 1].tolist() == [1, 0, 1, 0]
    assert data.mapping == (("done", (("(empty)", 0), (mark, 1))),)
    assert any(f"“{mark}” or (empty), which is taken for no" in note for note in data.notes)


@pytest.mark.parametrize("minus", ["-", "−", "–"])
def test_plus_and_minus_are_yes_and_no(minus):
    data = read_table(f"a,class\n1.5,+\n2.5,{minus}\n0.5,{minus}\n")
    assert data.y[:, 0].tolist() == [1, 0, 0]


@pytest.mark.parametrize(
    "cells", [("yes", "", "no"), ("x", "NA", "x"), ("1", "", "1"), ("+", "", "-")]
)
def test_a_gap_beside_two_words_or_a_number_is_a_gap(cells):
    rows = "".join(f"{n}.5,{cell}\n" for n, cell in enumerate(cells))
    with pytest.raises(DataError, match=r"line 3, column “done”"):
        read_table(f"a,done\n{rows}")


def test_a_remark_that_stands_once_is_no_mark():
    with pytest.raises(DataError, match="column “remark” is empty"):
        read_table(
            "a,remark,y\n1,see below,0\n2,,1\n3,,1\n4,,0\n", inputs=["a", "remark"], target="y"
        )

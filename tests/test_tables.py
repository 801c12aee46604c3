"""A table that people have is read with the values they mean, or refused by place with a remedy."""

import csv
import io

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import backprop
from backprop.scenario.tables import (
    MOST_INPUTS,
    MOST_SAMPLES,
    DataError,
    look_at,
    read_table,
    target_ways,
)

PLAIN = "1,-1,0\n-1,0.5,1\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        *(PLAIN.replace(",", separator) for separator in (";", "\t", "|", " ", "   ", " , ", ", ")),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.replace("\n", "\n\n,,\n"),
        PLAIN.replace("\n", ",\n"),
        "  " + PLAIN.replace(",", "   ").replace("\n", "  \n  "),
        PLAIN.replace("-", "−"),
        PLAIN.replace("-", "–"),
        PLAIN.rstrip(),
        '"1","-1","0"\n"-1","0.5","1"',
        "+1.,-1e0,.0\n-10E-1,5e-1,1",
        "1;-1;0\n-1;0,5;1",
        "1\t-1\t0\n-1\t0,5\t1",
        "1 -1 0\n-1 0,5 1",
        '1,-1,0\n-1,"0,5",1',
        "sep=;\n" + PLAIN.replace(",", ";"),
        '"sep=;"\n' + PLAIN.replace(",", ";"),
        "sep=,\n" + PLAIN,
        "# made by an instrument, 2024\n" + PLAIN + "# the end\n",
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        "\ufeff" + PLAIN,
        *(PLAIN.encode(encoding) for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32")),
        b"\xef\xbb\xbfsep=;\r\n" + PLAIN.replace(",", ";").encode(),
    ],
)
def test_the_usual_ways_to_write_a_table_are_read_alike(text):
    data = read_table(text)
    np.testing.assert_array_equal(data.X, [[1, -1], [-1, 0.5]])
    np.testing.assert_array_equal(data.y, [[0], [1]])
    assert data.feature_names == ("x₁", "x₂") and data.target_names == ("y",)


def test_it_is_public():
    assert backprop.read_table is read_table


def column(*cells, separator=";", header="a"):
    """The numbers of a column a that stands before a label."""
    labels = [str(n % 2) for n in range(len(cells))]
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(
        [(header, "label"), *zip(cells, labels, strict=True)]
    )
    return read_table(text.getvalue()).X[:, 0].tolist()


@pytest.mark.parametrize(
    ("cells", "separator", "values"),
    [
        (["0,5", "1,25"], ";", [0.5, 1.25]),
        (["0,5", "1,250"], ";", [0.5, 1.25]),
        (["1,250", "2,500"], ";", [1.25, 2.5]),  # Excel writes ; where the comma is decimal
        (["12,500", "9,100"], ",", [12500, 9100]),
        (["1,250,000", "9,100"], ";", [1250000, 9100]),
        (["12,500.75", "9,100"], "\t", [12500.75, 9100]),
        (["12.500,75", "9.100"], ";", [12500.75, 9100]),
        (["1.250", "2.500"], ",", [1.25, 2.5]),
        (["1.250", "0.500"], ";", [1.25, 0.5]),
        (["12'500", "9’100.5"], ";", [12500, 9100.5]),
        (["12 500", "9\u00a0100,5"], ";", [12500, 9100.5]),
        (["0,5", "0.5"], ";", [0.5, 0.5]),
        (["1e6", "1,5E+03"], ";", [1e6, 1500]),
        (["5.5%", "7.2 %"], ";", [0.055, 0.072]),
        (["5,5%", "0"], ";", [0.055, 0]),
        (["$1,250.50", "-$3"], ";", [1250.5, -3]),
        (["3,50 €", "−2 €"], ";", [3.5, -2]),
        (["1e-320", "-1e300"], ",", [1e-320, -1e300]),
        (["007", "08"], ",", [7, 8]),
        (["1,00,000", "12,34,567.50", "85,000"], ",", [100000, 1234567.5, 85000]),  # India
        (["₹ 1,00,000", "−₹ 500"], "\t", [100000, -500]),
        (["R$ 1.234,56", "R$ 980,00"], ";", [1234.56, 980]),
        (["７．５", "－１２"], ",", [7.5, -12]),
        (["१२.५", "٣", "٣٫٥"], ",", [12.5, 3, 3.5]),
        (["5,5\u00a0%", "７％"], ";", [0.055, 0.07]),
        (["7 267,681", "5 000,250"], ";", [7267.681, 5000.25]),  # one sign for groups in a number
        (["32’473,592", "8’792,194"], "\t", [32473.592, 8792.194]),
        (["1.5\u200b", "\u200e-2"], ",", [1.5, -2]),  # as web pages leave them
    ],
)
def test_a_column_is_read_in_the_way_it_is_written(cells, separator, values):
    assert column(*cells, separator=separator) == values


def test_another_column_shows_what_a_comma_means():
    text = "a\tb\tlabel\n1,250\t0,5\t1\n2,500\t1,5\t0\n"
    assert read_table(text).X.tolist() == [[1.25, 0.5], [2.5, 1.5]]
    text = "a\tb\tlabel\n1,250\t0.5\t1\n2,500\t1.5\t0\n"
    assert read_table(text).X.tolist() == [[1250, 0.5], [2500, 1.5]]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a\tlabel\n1,250\t1\n2,500\t0\n", {",": [[1.25], [2.5]], ".": [[1250], [2500]]}),
        ("a\tlabel\n1.250\t1\n2.500\t0\n", {",": [[1250], [2500]], ".": [[1.25], [2.5]]}),
        ("a;label\n1.250;1\n2.500;0\n", {",": [[1250], [2500]], ".": [[1.25], [2.5]]}),
    ],
)
def test_a_mark_that_nothing_explains_is_asked_about(text, meant):
    with pytest.raises(DataError, match=r"line 2, column “a” holds “1[.,]250”, which may") as asked:
        read_table(text)
    for mark, numbers in meant.items():
        data = read_table(text, decimal=mark)
        assert data.X.tolist() == numbers and float(asked.value.meanings[mark]) == numbers[0][0]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("0,5", "1"), "decimal comma: “0,5” is 0.5"),
        (("12,500.5", "1"), "thousands: “12,500.5” is 12500.5"),
        (("01.2024", "02.2024"), "decimal point, unlike others: “01.2024” is 1.2024"),
        (("5%", "0"), "per cent: “5%” is 0.05"),
    ],
)
def test_what_was_decided_about_a_column_is_said(cells, said):
    text = "a;b;label\n" + "\n".join(f"{cell};{n},5;{n}" for n, cell in enumerate(cells))
    assert any(said in note and "“a”" in note for note in read_table(text).notes)


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("height,weight,fits\n", ("height", "weight", "fits")),
        ('\n"height in m, barefoot", weight ,fits\n', ("height in m, barefoot", "weight", "fits")),
        ('"cost; in €","two\nlines",y\n', ("cost; in €", "two lines", "y")),
        (",,y\n", ("x₁", "x₂", "y")),
        ("height,,y\n", ("height", "x₂", "y")),
        ("2019,2020,label\n", ("2019", "2020", "label")),
        ("2019,2020,2021\n", ("2019", "2020", "2021")),
        ("# height,weight,fits\n", ("height", "weight", "fits")),
        ("a,a,y\n", ("a", "a (2)", "y")),
        ("<b>,![x](http://x),:x:\n", ("<b>", "![x](http://x)", ":x:")),
    ],
)
def test_a_header_names_the_columns(header, names):
    data = read_table(header + PLAIN)
    assert (*data.feature_names, *data.target_names) == names
    assert len(data.X) == 2


def test_the_first_row_is_no_header_when_its_words_are_labels():
    data = read_table("0.5,yes\n1.5,no\n2.5,yes\n")
    assert len(data.X) == 3 and data.feature_names == ("x₁",)


def test_rows_of_cells_are_read_like_a_file():
    rows = [["height", None, "fits"], ["0,5", 1, "yes"], [None, "", None], ["−1", 1e6, "no"]]
    data = read_table(rows)
    assert data.X.tolist() == [[0.5, 1], [-1, 1e6]] and data.y.tolist() == [[1], [0]]
    assert data.feature_names == ("height", "x₂")
    with pytest.raises(DataError, match="line 4, column “height” holds “cat”"):
        read_table([*rows[:3], ["cat", 2, "no"]])


@pytest.mark.parametrize(
    "rows",
    [[[1.125, 0], [2.375, 1]], "[[1.125 0]\n [2.375 1]]", [[np.float32(1.125), 0], [2.375, 1]]],
)
def test_a_program_writes_a_decimal_point(rows):
    assert read_table(rows).X.tolist() == [[1.125], [2.375]]


@pytest.mark.parametrize(
    ("text", "doubt", "guess"),
    [
        ('a,y\n"1,250",0\n"9,500",1\n', "1,250", [[1250], [9500]]),
        ("a;y\n1,250;0\n9,500;1\n", "1,250", [[1.25], [9.5]]),
        ("a;b;y\n1,250;0,5;0\n9,500;1;1\n", "", [[1.25, 0.5], [9.5, 1]]),
        ("a,y\n1.250,0\n9.500,1\n", "", [[1.25], [9.5]]),
    ],
)
def test_what_a_comma_is_guessed_to_mean_is_open_to_a_click(text, doubt, guess):
    assert look_at(text).doubt == doubt
    assert read_table(text).X.tolist() == guess


def test_latin1_is_read_and_said():
    data = read_table("größe,klasse\n1,0\n2,1\n".encode("latin-1"))
    assert data.feature_names == ("größe",) and any("Latin-1" in note for note in data.notes)


def test_utf16_without_a_mark_is_known_by_its_digits():
    text = "рост в метрах\tвес\tкласс\n1.5\t2\t0\n-0.25\t3\t1\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        data = read_table(text.encode(encoding))
        assert data.feature_names == ("рост в метрах", "вес")
        assert data.X.tolist() == [[1.5, 2], [-0.25, 3]]


def many(header, rows, count=12):
    return header + "".join(rows(n) for n in range(count))


@pytest.mark.parametrize(
    ("text", "features", "gone"),
    [
        (many(",a,label\n", lambda n: f"{n},{n / 7},{n % 2}\n"), ("a",), ("1",)),
        (many("Unnamed: 0,a,label\n", lambda n: f"{n},{n / 7},{n % 2}\n"), ("a",), ("Unnamed: 0",)),
        (many("a,label\n", lambda n: f"{n + 1},{n / 7},{n % 2}\n"), ("a",), ("1",)),  # as R does
        (many("id,a,label\n", lambda n: f"{900 + n},{n / 7},{n % 2}\n"), ("a",), ("id",)),
        (many("a,userId,y\n", lambda n: f"{n / 7},{n * 3},{n % 2}\n"), ("a",), ("userId",)),
        (many("name,a,label\n", lambda n: f"N{n},{n / 7},{n % 2}\n"), ("a",), ("name",)),
        (many("a,cabin,label\n", lambda n: f"{n / 7},{'B5' if n in (4, 9) else 'C1' * (n == 2)},"
              f"{n % 2}\n"), ("a",), ("cabin",)),
        (many("a,nothing,label\n", lambda n: f"{n / 7},NA,{n % 2}\n"), ("a",), ("nothing",)),
        (many("", lambda n: f"{n},{n / 7},{n % 2}\n"), ("x₁",), ("1",)),
        (many("", lambda n: f"{84230 + n * n},{'BM'[n % 2]},{n / 7}\n"), ("x₁",), ("1",)),
        (many("when,a,label\n", lambda n: f"0{n % 5 + 1}.02.2024,{n / 7},{n % 2}\n"), ("a",),
         ("when",)),
        (many("at,a,label\n", lambda n: f"12:{10 + n // 2},{n / 7},{n % 2}\n"), ("a",), ("at",)),
        (many("t,a,label\n", lambda n: f"{n},{n / 7},{n % 2}\n"), ("t", "a"), ()),
        (many("id,label\n", lambda n: f"{n},{n % 2}\n"), ("id",), ()),
        (many("", lambda n: f"{n},{n % 2}\n"), ("x₁",), ()),
    ],
)  # fmt: skip
def test_columns_that_number_the_rows_are_left_out_and_that_is_said(text, features, gone):
    data = read_table(text)
    assert data.feature_names == features and data.columns_left_out == gone
    assert data.y[:, 0].tolist() == [n % 2 for n in range(12)]
    for name in gone:
        assert any("is left out" in note and name in note for note in data.notes)


def test_what_is_left_out_can_be_asked_for():
    text = many("id,a,label\n", lambda n: f"{900 + n},{n / 7},{n % 2}\n")
    assert read_table(text, inputs=["id", "a"]).feature_names == ("id", "a")
    assert read_table(text, "a", inputs=[1], way="scaled").X[0] == 900


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("label,a,b\n0,1,2\n1,3,4\n", "label"),
        ("a,Diagnosis,b\n1,B,2\n3,M,4\n", "Diagnosis"),
        ("a,kind,b\n1,cat,2\n3,dog,4\n5,cat,6\n", "kind"),
        ("x,y,colour\n1,2,0\n3,4,1\n", "colour"),
        ("a,b,c\n1,2,0\n3,4,1\n", "c"),
        ("a,b,c\n0,2,10.5\n1,4,11.5\n0,3,9\n1,8,7\n", "a"),
        ("a,b,c\n7,0,10.5\n8,1,11.5\n9,0,9\n6,1,7\n", "c"),
        ("is_target,b,c\n0,0.5,1\n1,0.25,1\n", "is_target"),
        ("a,is_spam,b\n1,0,2\n3,1,4\n5,1,7\n", "is_spam"),
        ("a,sex,b\n1,male,0\n2,female,1\n3,male,1\n4,female,0\n", "b"),
        ("a,b,c\n0,2,-1\n1,4,1\n0,3,1\n1,8,-1\n", "c"),
    ],
)
def test_the_target_is_guessed_from_names_and_values(text, target):
    assert read_table(text).target_names == (target,)
    assert look_at(text).why


def test_a_first_column_of_three_classes_is_the_target_where_the_last_is_measured():
    text = many("", lambda n: f"{n // 4 + 1},{13 + n * 0.11:.2f},{800 + n * 31}\n")
    data = read_table(text)
    assert data.target_names == ("1", "2", "3")
    assert data.y.tolist() == [[float(n // 4 == k) for k in range(3)] for n in range(12)]


def test_numbered_targets_are_all_targets():
    data = read_table("a,b,y1,y2\n5,6,0,1\n7,8,1,0\n")
    assert data.target_names == ("y1", "y2") and data.y.tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize("target", ["kind", 1, -3, ["kind"]])
def test_the_target_can_be_named_or_counted(target):
    data = read_table("kind,a,label\n0.5,3,0\n1,4,1\n", target)
    assert data.target_names == ("kind",) and data.feature_names == ("a", "label")
    assert data.y[:, 0].tolist() == [0.5, 1]


@pytest.mark.parametrize("target", ["nothing", 0, 4, -4])
def test_an_unknown_column_is_answered_with_those_that_there_are(target):
    with pytest.raises(DataError, match="one of “kind”, “a”, “label”"):
        read_table("kind,a,label\n0.5,3,0\n1,4,1\n", target)


def targets(*cells, way=None):
    return read_table("\n".join(f"{n}.5;{cell}" for n, cell in enumerate(cells)), way=way)


@pytest.mark.parametrize(
    ("cells", "y", "meaning"),
    [
        (("-1", "1", "-1"), [0, 1, 0], (("-1", 0), ("1", 1))),
        (("2", "1", "2"), [1, 0, 1], (("1", 0), ("2", 1))),
        (("2.0", "1.0"), [1, 0], (("1", 0), ("2", 1))),
        (("yes", "no", "Yes"), [1, 0, 1], (("no", 0), ("yes", 1))),
        (("True", "False"), [1, 0], (("False", 0), ("True", 1))),
        (("ja", "nein"), [1, 0], (("nein", 0), ("ja", 1))),
        (("M", "B", "B"), [1, 0, 0], (("B", 0), ("M", 1))),
        (("passed", "not passed"), [1, 0], (("not passed", 0), ("passed", 1))),
        (("bestanden", "nicht bestanden"), [1, 0], (("nicht bestanden", 0), ("bestanden", 1))),
        (("correct", "incorrect"), [1, 0], (("incorrect", 0), ("correct", 1))),
        (("да", "нет"), [1, 0], (("нет", 0), ("да", 1))),
        (("evet", "hayır"), [1, 0], (("hayır", 0), ("evet", 1))),
        (("ano", "ne"), [1, 0], (("ne", 0), ("ano", 1))),
        (("是", "否"), [1, 0], (("否", 0), ("是", 1))),
        (("virginica", "setosa"), [1, 0], (("setosa", 0), ("virginica", 1))),
        (("no", "no"), [0, 0], (("no", 0),)),
        (("16972", "17093.5", "17000"), [0, 1, 28 / 121.5], (("16972", 0), ("17093.5", 1))),
        (("1.0000000597", "0"), [1, 0], (("0", 0), ("1.0000000597", 1))),
        (("50%", "75%"), [0.5, 0.75], ()),
        (("0,3", "1"), [0.3, 1], ()),
        (("1e-320", "1"), [1e-320, 1], ()),
        (("-1e308", "0", "1e308"), [0, 0.5, 1], (("-1e+308", 0), ("1e+308", 1))),
    ],
)
def test_a_target_becomes_numbers_from_0_to_1_and_its_mapping_is_told(cells, y, meaning):
    data = targets(*cells)
    assert data.y[:, 0].tolist() == pytest.approx(y, rel=1e-12)
    assert data.mapping == ((("y", meaning),) if meaning else ())
    assert any("Target" in note for note in data.notes) == bool(meaning)


@pytest.mark.parametrize(
    "cells", [("b", "c", "a", "b"), ("1", "2", "0", "1"), ("2", "3", "1", "2")]
)
def test_three_classes_become_one_target_each_or_one_against_the_rest(cells):
    data = targets(*cells)
    assert data.y.tolist() == [[0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0]]
    assert data.target_names == tuple(sorted(set(cells)))
    one = targets(*cells, way=f"one:{cells[0]}")
    assert one.y[:, 0].tolist() == [1, 0, 0, 1]


def test_labels_can_be_swapped():
    assert targets("yes", "no", way="swapped").y[:, 0].tolist() == [0, 1]
    look = look_at("1;yes\n2;no")
    assert [way.key for way in target_ways(look, 2)] == ["labels", "swapped"]
    assert target_ways(look, 2)[0].words == "“no” is 0, “yes” is 1"


def test_two_words_of_an_input_become_0_and_1_and_that_is_said():
    data = read_table("sex,a,y\nmale,1,0\nfemale,2,1\nmale,3,1\nfemale,4,0\n")
    assert data.X[:, 0].tolist() == [1, 0, 1, 0]
    assert any("“female” is 0, “male” is 1" in note for note in data.notes)


@pytest.mark.parametrize(("no", "yes"), [("FALSE", "TRUE"), ("FALSCH", "WAHR"), ("no", "Yes")])
def test_yes_and_no_of_an_input_become_1_and_0_however_seldom_they_are(no, yes):
    data = read_table(f"a;smoker;died\n1,5;{yes};{no}\n2;{no};{yes}\n3;{yes};{yes}\n")
    assert data.X.tolist() == [[1.5, 1], [2, 0], [3, 1]] and data.y[:, 0].tolist() == [0, 1, 1]
    assert any(f"“{no}” is 0, “{yes}” is 1" in note for note in data.notes)
    with pytest.raises(DataError, match="“male”"):
        read_table("a,sex,y\n1,male,0\n2,female,1\n3,female,0\n")


ARRAYS = (
    "[[1.5, -2, 0], [3, 4e-3, 1]]",
    "[[ 1.5   -2.  0. ]\n [ 3.    0.004  1. ]]",
    "Xy = np.array([\n    [1.5, -2.0, 0],\n    [3, 0.004, 1],\n])",
    "tensor([[1.5000, -2.0000, 0.0000],\n        [3.0000, 0.0040, 1.0000]])",
    "((1.5, -2, 0), (3, 0.004, 1))",
)


@pytest.mark.parametrize("text", ARRAYS)
def test_arrays_are_read_as_they_are_printed(text):
    data = read_table(text)
    assert data.X.tolist() == [[1.5, -2], [3, 0.004]] and data.y.tolist() == [[0], [1]]
    assert any("brackets" in note for note in data.notes)


@pytest.mark.parametrize(
    "text",
    [
        "a | b | y\n---|:-:|--:\n1,5 | 2 | 0\n3 | 4 | 1\n",
        "+--+--+--+\n| a | b | y |\n+--+--+--+\n| 1.5 | 2 | 0 |\n| 3 | 4 | 1 |\n+--+--+--+",
        "===  ===  ===\na    b    y\n===  ===  ===\n1.5  2    0\n3    4    1\n===  ===  ===\n",
        "|---+---+---|\n| a | b | y |\n|---+---+---|\n| 1.5 | 2 | 0 |\n| 3 | 4 | 1 |\n",
        "% a b y\n1.5 2 0\n3 4 1\n",
        "// from an instrument\na;b;y\n1,5;2;0;\n3;4;1;\n",
        "a,b,y,\n1.5,2,0,\n3,4,1,\n",
    ],
)
def test_lines_that_are_drawn_and_comments_are_no_rows(text):
    data = read_table(text)
    assert data.feature_names == ("a", "b") and data.X.tolist() == [[1.5, 2], [3, 4]]


def test_a_table_of_markdown_is_a_table():
    data = read_table("| a | b | y |\n|---|:-:|--:|\n| 1,5 | 2 | 0 |\n| 3 | 4 | 1 |\n\n")
    assert data.feature_names == ("a", "b") and data.X.tolist() == [[1.5, 2], [3, 4]]
    with pytest.raises(DataError, match="line 4, column “b” is empty"):
        read_table("| a | b | y |\n|--|--|--|\n| 1 | 2 | 0 |\n| 3 |  | 1 |\n| 3 | 5 | 1 |")


MISSING = "a,b,label\n1,2,0\n3,{},1\n5,6,{}\n7,8,1\n"


@pytest.mark.parametrize(
    "gap",
    ["", "NA", "n/a", "NaN", "nan", "null", "?", "-", "–", "#N/A", ".", "n.a.", "N.A.", "k. A.",
     "n/d", "--", "-.-", "*", "...", "(null)", "\\N", "<NA>", "#DIV/0!", "#WERT!"],
)  # fmt: skip
def test_rows_with_missing_values_are_named_and_can_be_left_out(gap):
    text = MISSING.format(gap, gap)
    with pytest.raises(DataError, match=r"line 3, column “b” .*lines 3, 4.*leave these") as refusal:
        read_table(text)
    assert refusal.value.incomplete == (3, 4) and refusal.value.cells == ((3, 2), (4, 3))
    data = read_table(text, leave_out_incomplete=True)
    assert data.X.tolist() == [[1, 2], [7, 8]] and data.y.tolist() == [[0], [1]]
    assert data.rows_left_out == (3, 4)
    assert any("2 rows with a missing value left out: lines 3, 4" in note for note in data.notes)


def test_a_gap_in_a_column_that_is_left_out_does_no_harm():
    assert len(read_table("id,a,label\n1,2,0\n,3,1\n").X) == 2


def test_a_large_file_is_offered_a_sample_drawn_by_a_seed():
    text = "a,label\n" + "".join(f"{n},{n % 2}\n" for n in range(2500))
    with pytest.raises(DataError, match=r"at most 2,000 samples, but it has 2,500.*sample"):
        read_table(text)
    first, again, other = (read_table(text, sample=seed) for seed in (5, 5, 6))
    assert first == again != other
    assert len(first.X) == MOST_SAMPLES == len(np.unique(first.X))
    assert (np.diff(first.X[:, 0]) > 0).all()  # in the order of the file
    assert (first.X[:, 0] % 2 == first.y[:, 0]).all()
    assert any("2,000 of 2,500 rows, drawn with seed 5" in note for note in first.notes)


def test_the_largest_table_is_taken_whole():
    text = (",".join(["0.125"] * MOST_INPUTS) + ",1\n") * MOST_SAMPLES
    assert read_table(text).X.shape == (MOST_SAMPLES, MOST_INPUTS)


@pytest.mark.parametrize(
    ("text", "required", "got", "advice"),
    [
        ("", "at least one sample", "none", "one sample a line"),
        (" \n,,\n", "at least one sample", "none", "one sample a line"),
        ("a,b,y\n", "at least one sample", "none below the header", "one sample a line"),
        ("height\n1\n", "at least one input", "line 2 has only one column", "commas, semicolons"),
        ("1,2,0\n\n1,0\n", "same number of cells", "line 1 has 3 and line 3 has 2", "Fill in"),
        ("a,y\n1,2,0\n", "same number of cells", "line 2 has 3 and line 1 has 2", "take out"),
        ("1,2,0\n1,cat,1\n1,3,1\n", "a number", "line 2, column 2 holds “cat”", "Write a number"),
        ("a,b,y\n1,2,0\n1,3,1\n1,x,1\n", "a number", "line 4, column “b” holds “x”", "leave the"),
        ("1,b,y\n1,2,0\n", "names or numbers", "line 1, column 2 holds “b”", "begin with a letter"),
        ("1,1_000,0\n2,3,1", "names or", "line 1, column 2 holds “1_000”", "Write a number"),
        ("1,2,0\n1,0x10,0\n", "a number", "line 2, column 2 holds “0x10”", "Write a number"),
        ("d,y\n2024-01-05,0\n2024-01-05,1\n3,1\n4,1\n", "number", "“2024-01-05”", "For a date"),
        ("1,,0\n2,3,1\n", "all its values", "line 1, column 2 is empty", "Fill it in"),
        ("1,2,0\nNA,NA,1\n", "all its values", "line 2, column 1 holds “NA”", "leave these rows"),
        ("1,NA,0\n2,3,NA\n", "all its values", "lines 1, 2", "Not one row"),
        ("x,y\n1,0\ninf,1\n", "finite", "line 3, column “x” holds “inf”", "the row out"),
        ("1,0\n-Infinity,1\n", "finite", "line 2, column 1 holds “-Infinity”", "below 1.8e308"),
        ("1,0\n1e999,1\n", "float64", "line 2, column 1 holds “1e999”", "the row out"),
        ("1,0\n1e-999,1\n", "float64", "line 2, column 1 holds “1e-999”", "the row out"),
        ("5,7\n5,7\n", "between 0 and 1", "column 2 is “7” in every row", "another target"),
        ("a;b\n5%;0\n7;1\n", "per cent", "line 3, column “a” holds “7”", "or nowhere"),
        ("1," * 33 + "0\n", "at most 32 inputs", "there are 33", "Leave some"),
        ("a,c,y\n1,red,0\n2,blue,1\n3,green,1\n4,red,0", "number", "“red”, one of 3", "Leave the"),
        ("".join(f"{n}.5,c{n % 20}\n" for n in range(40)), "16 classes", "20", "one:c0"),
        (b"PK\x03\x04...", "text", "Excel", "save it as CSV"),
        (b"\x00\x01\x02\x03\xff\xfe\x00\x00" * 40, "text", "", "Save it"),
        ('a,y\n1,yes\n2,"no\n3,yes\n', "lines of numbers", "line 3 cannot be", "quotation mark"),
        ("a,b,y\n1,23,4,0\n5,6,1\n", "number of cells", "line 2 has 4", "semicolons"),
        (b"\x81\x8d\x8f\x90" * 9, "must be text", "bytes that are none", "UTF-8"),
        ('1,0\n"' + "1" * 200_000, "lines of numbers", "line 2 cannot be read", "quotation mark"),
    ],
)
def test_bad_data_is_refused_with_what_is_required_what_was_got_and_what_to_try(
    text, required, got, advice
):
    with pytest.raises(DataError) as refusal:
        read_table(text)
    message = str(refusal.value)
    demand, _, rest = message.partition(", but ")
    assert required in demand
    assert got in rest
    assert advice in rest
    assert message.endswith(".")


def test_a_message_shows_only_the_beginning_of_a_long_cell_and_no_control_characters():
    with pytest.raises(DataError, match="holds “�aaaaaaaaaaaaaaaaaaa…”"):
        read_table("1,2,0\n1,\x00" + "a" * 5000 + ",0")


def test_a_quoted_line_break_does_not_shift_the_line_numbers():
    with pytest.raises(DataError, match="line 5, column “a b” holds “cat”"):
        read_table('"a\nb",y\n# a comment\n1,0\ncat,1\n3,1\n')


TABLE_LIKE = st.text(alphabet="0123456789.,;\t-+eE\"'\r\n naif%#=\ufeff−\x00", max_size=60)


@settings(deadline=None)
@given(st.binary(max_size=60) | TABLE_LIKE.map(str.encode) | st.text(max_size=60) | TABLE_LIKE)
@example("9" * 5000 + ",0")
@example("1,0\n\ud800,1")
@example("\ud800,y\n1,0")
def test_whatever_comes_in_either_a_sound_data_set_or_a_data_error_comes_out(source):
    try:
        data = read_table(source, leave_out_incomplete=True)
    except DataError as refusal:
        str(refusal).encode()
        return
    assert 1 <= len(data.X) == len(data.y)
    assert data.X.shape[1] == len(data.feature_names) and data.y.shape[1] == len(data.target_names)
    assert np.isfinite(data.X).all()
    assert ((data.y >= 0) & (data.y <= 1)).all()
    assert "\n".join((*data.feature_names, *data.target_names, *data.notes)).encode()
    assert all(name.isprintable() for name in (*data.feature_names, *data.target_names))


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@settings(deadline=None)
@given(
    st.lists(st.tuples(NUMBERS, NUMBERS, st.floats(0, 1)), min_size=1, max_size=20),
    st.sampled_from(",;\t "),
)
def test_numbers_survive_the_way_through_a_file_to_the_last_digit(rows, separator):
    text = "\n".join(separator.join(map(repr, row)) for row in [("a", "b", "label"), *rows])
    data = read_table(text.replace("'", ""))
    np.testing.assert_array_equal(np.column_stack([data.X, data.y]), rows)


@settings(deadline=None)
@given(st.lists(st.floats(-1e15, 1e15), min_size=2, max_size=20))
def test_german_numbers_are_the_same_numbers(values):
    rows = [f"{repr(v).replace('.', ',')};0,{n % 10}5" for n, v in enumerate(values)]
    assert read_table("\n".join(["a;label", *rows])).X[:, 0].tolist() == values

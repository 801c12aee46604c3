"""Data of your own is taken as it is usually written, or refused with its place and a remedy."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backprop import tables
from backprop.tables import DataError, from_csv, from_table

PLAIN = "1,-1,0\n-1,0.5,1\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", " , "),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.replace("\n", "\n\n,,\n"),
        PLAIN.replace("-", "−"),
        PLAIN.rstrip(),
        '"1","-1","0"\n"-1","0.5","1"',
        "+1.,-1e0,.0\n-10E-1,5e-1,1",
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        "\ufeff" + PLAIN,
    ],
)
def test_the_usual_ways_to_write_a_csv_are_read_alike(text):
    data = from_csv(text)
    np.testing.assert_array_equal(data.X, [[1, -1], [-1, 0.5]])
    np.testing.assert_array_equal(data.y, [[0], [1]])
    assert data.feature_names == ("x₁", "x₂")


@pytest.mark.parametrize(
    ("header", "features"),
    [
        ("height,weight,fits\n", ("height", "weight")),
        ('\n"height in m, barefoot", weight ,fits\n', ("height in m, barefoot", "weight")),
        ('"cost; in €","two\nlines",y\n', ("cost; in €", "two lines")),
        (",,y\n", ("x₁", "x₂")),
        ("height,,y\n", ("height", "x₂")),
    ],
)
def test_a_header_names_the_features(header, features):
    data = from_csv(header + PLAIN)
    assert data.feature_names == features
    assert len(data.X) == 2


def test_a_table_may_hold_numbers_texts_and_unfinished_rows():
    data = from_table(
        [[1, np.float32(0.1), "0"], [None, None, None], ["−2", 3, 1.0]], ["a", "b", "y"]
    )
    np.testing.assert_array_equal(data.X, [[1, 0.1], [-2, 3]])
    np.testing.assert_array_equal(data.y, [[0], [1]])
    assert data.feature_names == ("a", "b")


def test_a_target_may_lie_anywhere_from_0_to_1():
    np.testing.assert_array_equal(from_csv("5,0\n6,0.3\n7,1").y, [[0], [0.3], [1]])


def test_the_largest_data_set_allowed_is_taken():
    assert from_csv("1,2,3,4,5,6,7,8,1\n" * 1000).X.shape == (1000, 8)


@pytest.mark.parametrize(
    ("text", "required", "got", "advice"),
    [
        ("", "at least one sample", "none", "one sample a line"),
        (" \n,,\n", "at least one sample", "none", "one sample a line"),
        ("a,b,y\n", "at least one sample", "none below the header", "one sample a line"),
        ("1 2 0\n", "at least one feature", "line 1 has only one column", "commas, semicolons"),
        ("height\n1\n", "at least one feature", "line 1 has only one column", "Separate"),
        ("1,2,0\n\n1,0\n", "same number of columns", "line 1 has 3 and line 3 has 2", "Fill in"),
        ("a,y\n1,2,0\n", "same number of columns", "line 1 has 2 and line 2 has 3", "take out"),
        ("1,2,0\n1,cat,1\n", "hold a number", "line 2, column 2 holds “cat”", "Write a number"),
        ("1,b,y\n1,2,0\n", "hold a number", "line 1, column 2 holds “b”", "can be a header"),
        ("1,1_000,0\n", "hold a number", "line 1, column 2 holds “1_000”", "Write a number"),
        ("1,0x10,0\n", "hold a number", "line 1, column 2 holds “0x10”", "Write a number"),
        ("1,٣,0\n", "hold a number", "line 1, column 2 holds “٣”", "Write a number"),
        ("1,True,0\n", "hold a number", "line 1, column 2 holds “True”", "Write a number"),
        ("1,,0\n", "hold a number", "line 1, column 2 is empty", "Fill it in"),
        ("1,2,0,\n", "hold a number", "line 1, column 4 is empty", "take the sample out"),
        ("x,y\n1,0\nnan,1\n", "finite", "line 3, column 1 holds “nan”", "take the sample out"),
        ("1,0\n-Infinity,1\n", "finite", "line 2, column 1 holds “-Infinity”", "below 1.8e308"),
        ("1,0\n1e999,1\n", "finite", "line 2, column 1 holds “1e999”", "below 1.8e308"),
        ("1,inf\n", "finite", "line 1, column 2 holds “inf”", "below 1.8e308"),
        ("1;0,5;1\n", "decimal point", "line 1, column 2 holds “0,5”", "Write “0.5”"),
        ("0,5;0,5\n", "decimal point", "line 1, column 1 holds “0,5”", "Write “0.5”"),
        ("5,1\n5,2\n5,1\n", "between 0 and 1", "line 2, column 2 holds “2”", "0 for 1 and 1 for 2"),
        ("5,1\n5,-1\n", "between 0 and 1", "line 2, column 2 holds “-1”", "0 for -1 and 1 for 1"),
        (
            "5,3\n5,0\n5,9.5\n",
            "between 0 and 1",
            "column 2 holds “3”",
            "so that 0 becomes 0 and 9.5",
        ),
        ("5,7\n", "between 0 and 1", "line 1, column 2 holds “7”", "write 0 or 1"),
        ("1,2,3,4,5,6,7,8,9,0\n", "at most 8 features", "line 1 has 10 columns", "Leave some"),
        ("1,0\n" * 1001, "at most 1000 samples", "it has 1001", "Take some"),
        ("a,a,y\n1,2,0\n", "name of its own", "line 1 has “a” more than once", "Rename"),
        (b"1,0\n\xff,1\n", "UTF-8", "byte 5", "Save it again"),
        ("a,y\n1,0\n".encode("utf-16"), "UTF-8", "byte 1", "Save it again"),
        ('1,0\n"' + "1" * 200_000, "lines of numbers", "line 2 cannot be read", "quotation mark"),
    ],
)
def test_bad_data_is_refused_with_what_is_required_what_was_got_and_what_to_try(
    text, required, got, advice
):
    with pytest.raises(DataError) as refusal:
        from_csv(text)
    message = str(refusal.value)
    demand, _, rest = message.partition(", but ")
    assert required in demand
    assert got in rest
    assert advice in rest
    assert message.endswith(".")


def test_a_table_names_its_rows_where_a_file_names_its_lines():
    with pytest.raises(DataError, match="row 2, column 1 holds “cat”"):
        from_table([[1, 0], ["cat", 1]])
    with pytest.raises(DataError, match="the header has 3 and row 1 has 2"):
        from_table([[1, 0]], header=["a", "b", "y"])


def test_a_message_shows_only_the_beginning_of_a_long_cell_and_no_control_characters():
    with pytest.raises(DataError, match="holds “�aaaaaaaaaaaaaaaaaaa…”"):
        from_csv("1,\x00" + "a" * 5000 + ",0")


def test_a_quoted_line_break_does_not_shift_the_line_numbers():
    with pytest.raises(DataError, match="line 4, column 1 holds “cat”"):
        from_csv('"a\nb",y\n1,0\ncat,1\n')


CSV_LIKE = st.text(alphabet="0123456789.,;\t-+eE\"'\r\n naif\ufeff−\x00", max_size=60)


@settings(deadline=None)
@given(st.binary(max_size=60) | CSV_LIKE.map(str.encode) | st.text(max_size=60) | CSV_LIKE)
@example("9" * 5000 + ",0")
@example("1,0\n\ud800,1")
def test_whatever_comes_in_either_a_sound_data_set_or_a_data_error_comes_out(source):
    try:
        data = from_csv(source)
    except DataError as refusal:
        str(refusal).encode()
        return
    assert 1 <= len(data.X) == len(data.y) <= tables.MAX_SAMPLES
    assert 1 <= data.X.shape[1] == len(data.feature_names) <= tables.MAX_FEATURES
    assert np.isfinite(data.X).all()
    assert ((data.y >= 0) & (data.y <= 1)).all()


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@settings(deadline=None)
@given(
    st.lists(st.tuples(NUMBERS, NUMBERS, st.floats(0, 1)), min_size=1, max_size=20),
    st.sampled_from(",;\t"),
)
def test_numbers_survive_the_way_through_a_file_to_the_last_digit(rows, separator):
    data = from_csv("\n".join(separator.join(map(repr, row)) for row in rows))
    np.testing.assert_array_equal(np.column_stack([data.X, data.y]), rows)

"""Arrays that programs print are rows of cells; arrays side by side are columns of one table."""

import pytest

from backprop.scenario.tables import DataError, read_table
from backprop.scenario.tables.arrays import rows_of_arrays


@pytest.mark.parametrize(
    "text",
    [
        "[1.5, 2, 0]\n[3, 4, 1]",
        "[1.5, 2, 0], [3, 4, 1]",
        "(1.5, 2, 0),\n(3, 4, 1),\n",
        "A = [1.5 2 0; 3 4 1];",
        "A = [\n  1.5 2 0;\n  3 4 1];",
        "tensor([[1.5000, 2.0000, 0.0000],\n        [3., 4., 1.]], device='cuda:0')",
        "Parameter containing:\ntensor([[1.5, 2., 0.], [3., 4., 1.]], requires_grad=True)",
        "array([[1.5, 2. , 0. ],\n       [3. , 4. , 1. ]], dtype=float32)",
        "X = np.array([[1.5, 2], [3, 4]])\ny = np.array([0, 1])",
        "X = [[1.5, 2], [3, 4]]\ny = [[0], [1]]",
        "X = torch.tensor([[1.5, 2.],\n  [3., 4.]])\ny = torch.tensor([0., 1.]).reshape(-1, 1)",
        "x1 = [1.5, 3]\nx2 = [2, 4]\ny = [0, 1]",
    ],
)
def test_arrays_are_read_as_programs_write_them(text):
    data = read_table(text)
    assert data.X.tolist() == [[1.5, 2], [3, 4]] and data.y.tolist() == [[0], [1]]
    assert any("brackets is a row" in note or "side by side" in note for note in data.notes)


@pytest.mark.parametrize("text", ["a,b\n1,2", "(a),(b)\n1,2", "x = 3", "", "size (cm), y\n1, 0"])
def test_a_table_is_no_array(text):
    assert rows_of_arrays(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("X = [[0, 0], [0, 1], [1, 0]]\ny = [0, 1]", "the first has 3 and another has 1"),
        ("[[1.5 2.  ... 0. ]\n [3.  4.  ... 1. ]]", "“...” stands in it.*set_printoptions"),
        ("[[1, 2, 0], 7, [3, 4, 1]]", "“7” stands outside"),
        ("[[1, 2, 0], [3, 4", "“3” stands outside"),
    ],
)
def test_what_an_array_leaves_open_is_refused(text, said):
    with pytest.raises(DataError, match=said):
        read_table(text)

"""The Check page's drawings say what the report says."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from backprop import FORMATS, Network, check_gradients
from backprop.figures.check import charts as check
from backprop.figures.check import table as gradtable
from backprop.scenario.scenario import Scenario


class Cells(HTMLParser):
    """The classes and texts of all table cells."""

    def __init__(self, html):
        super().__init__()
        self.cells, self.inside = [], False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.inside = tag == "td"
        if self.inside:
            self.cells.append([dict(attributes).get("class", ""), ""])

    def handle_data(self, data):
        if self.inside:
            self.cells[-1][1] += data


def report(derivative="fused", dtype="float64", sizes=(2, 3, 1), shift=0.0, **more):
    net = Network.random(sizes, seed=6, dtype=dtype)
    biases = [*net.biases[:-1], net.format.round(net.biases[-1].astype(float) + shift)]
    X = np.random.default_rng(1).normal(size=(5, sizes[0]))
    built = Network(net.weights, biases)
    return check_gradients(built, X, [0, 1, 1, 0, 1], derivative, **more)


@pytest.mark.parametrize("dtype", FORMATS)
def test_a_cell_says_the_decade_of_its_error(dtype):
    checked = report(dtype=dtype)
    body = check.heatmap(checked).split('<p class="check-key">')[0]
    cells = [(kind, text) for kind, text in Cells(body).cells if "check-e" in kind]
    entries = sorted(checked.entries, key=lambda e: (e.place.layer, e.place.unit, e.place.name))
    assert len(cells) == len(entries) == 13
    for (kind, text), entry in zip(cells, entries, strict=True):
        assert ("check-wrong" in kind) is not entry.right
        if entry.relative == 0:
            assert text == "="
        elif text != "e0":
            decade = int(text.removeprefix("e−"))
            lowest = int(np.ceil(FORMATS[dtype].precision * np.log10(2)))
            assert f"check-e{decade} " in kind + " "
            assert entry.relative < 10.0 ** (1 - decade)
            assert entry.relative >= 10.0**-decade or decade == lowest
        else:
            assert entry.relative >= 1


def test_what_is_not_finite_is_hatched_and_said():
    checked = report("naive", shift=45.0)
    kinds = [kind for kind, text in Cells(check.heatmap(checked)).cells if text == "NaN"]
    assert len(kinds) == 13 and all("check-hatch" in kind for kind in kinds)
    assert 'check-nan" role="status" data-verdict="fail"' in check.verdict(checked)
    assert gradtable.table(checked).count('<span class="check-hatch">NaN</span>') == 13


def test_marked_digits_begin_where_the_true_value_differs():
    checked = report("clamped", epsilon=1e-5)
    rows = re.findall(r"<tr class=\"check-off\">(.*?)</tr>", gradtable.table(checked))
    assert len(rows) == 13
    for row in rows:
        got, _, true, _ = re.findall(r"<td[^>]*>(.*?)</td>", row)
        before, marked = re.fullmatch(r"(.*)<mark>(.*)</mark>.*", got).groups()
        assert true.startswith(before) and true[len(before)] != marked[0]


def test_equal_digits_are_not_marked():
    net = Network([np.array([[0.0]])])
    checked = check_gradients(net, [[0.5]], [1.0])  # δ = −1/2, ∂J/∂W = −1/4
    assert "−2.5000000000000000e−1</td>" in gradtable.table(checked)
    assert checked.entries[0].error == 0 and "the same" in check.heatmap(checked)


def test_many_gradients_are_shown_worst_first():
    checked = report(sizes=(4, 16, 16, 1))
    html = gradtable.table(checked)
    assert html.count("<tr>") == 201 and f"of {len(checked.entries)} that are farthest" in html
    assert checked.worst.place.symbol in html.split("</tr>")[1]


@pytest.mark.parametrize("dtype", FORMATS)
def test_the_v_marks_the_present_step_and_the_best(dtype):
    checked = report(dtype=dtype, step=0.05)
    figure = check.v_curve(checked)
    by_name = {trace.name: trace for trace in figure.data}
    assert checked.curve is not None
    assert list(by_name["measured"].x) == list(checked.curve.steps)
    assert by_name["this step: 0.05"].y[0] == checked.curve.error(0.05)
    best = next(trace for name, trace in by_name.items() if name.startswith("best"))
    assert best.x[0] == checked.curve.best and best.y[0] == np.nanmin(checked.curve.errors)
    for name, power in (("∼ s²", 2), ("∼ u / s", -1)):
        x, y = np.log(by_name[name].x), np.log(by_name[name].y)
        assert np.allclose(np.diff(y), power * np.diff(x))


@pytest.mark.parametrize(
    "changes",
    [
        {"scale": 0.0, "data": "moons"},
        {"scale": 0.0, "hidden": "relu", "bias": False},
        {"output_bias": 1000.0, "cost": "quadratic"},
    ],
)
def test_where_every_error_is_0_the_v_has_an_axis_all_the_same(changes):
    scenario = Scenario(**changes)
    data = scenario.dataset()
    report = check_gradients(
        scenario.network(), data.X[:4], data.y[:4], cost=scenario.cost, step=scenario.step
    )
    figure = check.v_curve(report)
    assert figure.layout.xaxis.type == "log" and figure.layout.yaxis.dtick >= 1
    measured = next(trace for trace in figure.data if trace.name == "measured")
    errors = np.array(report.curve.errors)
    shown = np.array(measured.y, dtype=float)
    assert np.array_equal(np.isnan(shown), ~(errors > 0)) and len(shown) == len(errors)

"""The microscope's block says what the engine computed: every digit, every bit, every verdict."""

import re
from decimal import Decimal
from html import unescape

import numpy as np
import pytest

from backprop import CLAMPS, FORMATS
from backprop.engine.cliffs import cliffs, saturation
from backprop.engine.digits import in_full
from backprop.engine.truth import Error
from backprop.figures.microscope import edges, marks, readings, upper
from backprop.figures.microscope.charts import delta_figure, error_figure
from backprop.figures.microscope.writing import cells, exact, number, size, strip
from backprop.microscope import look
from backprop.microscope.bits import bits_of, next_down, next_up
from backprop.microscope.sweep import place_of, sweep

PLACES = [(-800.0, 0.0), (-730.0, 1.0), (-3.5, 0.3), (0.0, 1.0), (30.0, 1.0), (40.0, 0.0)]


def said(html, form):
    """The data of the card of one form: result, verdict, and values by term."""
    card = html.split(f'data-form="{form}"')[1].split("</section>")[0]
    terms = dict(re.findall(r'data-term="(\w+)" data-value="([^"]*)"', card))
    result = re.search(r'data-result="([^"]*)"', card).group(1)
    return result, re.search(r'data-verdict="([^"]*)"', card).group(1), terms


def read(text, format_name):
    """A written number as a number of the format."""
    text = text.replace("−", "-").replace("+∞", "inf").replace("-∞", "-inf").replace("NaN", "nan")
    return FORMATS[format_name].round(float(text))[()]


def same(a, b):
    return bits_of(a) == bits_of(b) or (a != a and b != b)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(("h", "y"), PLACES)
@pytest.mark.parametrize("clamp", CLAMPS)
def test_every_written_number_reads_back_as_the_computed_one(format_name, h, y, clamp):
    fmt = FORMATS[format_name]
    neuron = look(fmt, h, y, 1e-7, clamp)
    top, beneath = upper(neuron, fmt), readings(neuron, fmt, 1e-7, clamp)
    for html, forms in ((top, neuron.deltas), (beneath, neuron.costs)):
        for name, form in forms.items():
            result, verdict, terms = said(html, name)
            assert verdict == form.verdict and same(read(result, format_name), form.result)
            assert set(terms) == {r.name for r in form.readings}
            for reading in form.readings:
                assert same(read(terms[reading.name], format_name), reading.value), reading.name


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_bits_of_one_minus_z_are_seen_to_become_zeros(format_name):
    fmt = FORMATS[format_name]
    cliff = fmt.round(saturation(fmt))[()]
    shown = []
    for h in (next_down(cliff), cliff):
        top = upper(look(fmt, float(h), 1.0, 1e-7, "clip"), fmt)
        row = top.split('data-row="complement"')[1].split("</div>")[0]
        shown.append("".join(re.findall(r'<i class="b\d">(\d)</i>', row)))
    width = 8 * fmt.dtype.itemsize
    assert len(shown[0]) == width and "1" in shown[0] and shown[1] == "0" * width


@pytest.mark.parametrize("value", [1.0, -0.0, np.nan, -np.inf, 5e-324, 0.1, -2.5e300])
def test_cells_and_strips_show_the_stored_bits(value):
    stored = bits_of(np.float64(value))
    assert "".join(re.findall(r">(\d)</i>", cells(np.float64(value)))) == stored.all
    drawn = strip(np.float64(value))
    ones = [int(x) for x in re.findall(r"M(\d+) 0h1v1h-1z", drawn.split('class="ones"')[1])]
    assert ones == [at for at, bit in enumerate(stored.all) if bit == "1"]
    assert stored.hex in drawn and stored.hex in cells(np.float64(value))


@pytest.mark.parametrize(
    ("value", "relative", "kept", "lost"),
    [
        (-9.348077867343818e-14, 1.02e-3, "−9.3", "48077867343818"),
        (16.118095651484676, 0.597, "", "16.118095651484676"),
        (1.0000000494736474e-07, 2.35e10, "", "1.0000000494736474"),
        (0.000123456789, 1e-4, "0.0001234", "56789"),
    ],
)
def test_lost_digits_are_marked_and_right_ones_are_not(value, relative, kept, lost):
    html = number(np.float64(value), Error(1e9, relative), 15.95)
    assert f'<span>{kept}<span class="lost">{lost}</span>' in html


def test_nothing_is_rounded_to_a_lie():
    assert in_full(np.float64(0.99999999999999989)) == "0.9999999999999999"
    assert in_full(np.float64(1)) == "1" and in_full(np.float64(-0.0)) == "−0"
    assert in_full(np.float32(-3e6)) == "−3e6" and in_full(np.float64(1e22)) == "1e22"
    assert exact(Decimal("1e-435")) == "1e−435"
    assert size(1.0) == "1" and size(1 - 9e-7) != "1" and size(0.0) == "0"
    assert size(0.99913138745808072) == "0.999" and size(1.2345e-17) == "1.2e−17"
    assert size(float("inf")) == "∞" and size(float("nan")) == "NaN"


@pytest.mark.parametrize("format_name", FORMATS)
def test_each_cliff_has_buttons_for_the_float_before_at_and_beyond(format_name):
    fmt = FORMATS[format_name]
    html = marks(fmt, 1e-7, "clip_both")["buttons"]
    goes = {float(x) for x in re.findall(r'data-go="([^"]+)"', html)}
    for cliff in cliffs(fmt):
        assert {float(cliff.h), float(next_up(cliff.h)), float(next_down(cliff.h))} <= goes
    assert html.count('data-where="at"') == len(edges(fmt, 1e-7, "clip_both"))


def test_the_libraries_table_says_the_verdicts_at_a_confident_mistake():
    fmt = FORMATS["float64"]
    html = readings(look(fmt, 40.0, 0.0, 1e-7, "clip"), fmt, 1e-7, "clip")
    rows = {unescape(row.split('"')[0]): row for row in html.split('data-library="')[1:]}
    values = {name: re.findall(r'<td data-value="([^"]*)"', row) for name, row in rows.items()}
    assert values["PyTorch, BCELoss after sigmoid"] == ["0", "100"]
    assert values["PyTorch, BCEWithLogitsLoss"] == ["1", "40"]
    dead, shown = values["Keras on JAX, from probabilities"]
    assert dead == "0" and float(shown) == pytest.approx(16.118095651484676)
    assert values["Autodiff of the textbook cost, σ one operation"] == ["NaN", "+∞"]
    assert "dead" in rows["Keras on JAX, from probabilities"]


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_charts_hold_the_sweep_and_mark_the_cliffs(format_name):
    fmt = FORMATS[format_name]
    seen, cliff = sweep(fmt, 1.0, 1e-7, "denominator"), edges(fmt, 1e-7, "denominator")
    for figure in (delta_figure(seen, cliff), error_figure(seen, cliff, fmt)):
        lines = sorted(shape.x0 for shape in figure.layout.shapes)
        assert lines == pytest.approx(sorted(float(place_of(float(c.h))) for c in cliff))
        naive, crosses = figure.data[0], figure.data[4]
        bad = ~np.isfinite(seen.deltas["naive"])
        assert np.isnan(np.asarray(naive.y, float)[bad]).all()
        assert np.array_equal(np.asarray(crosses.customdata), seen.h[bad])

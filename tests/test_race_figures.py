"""What the Race page draws is what was computed, and nothing that matters is left out."""

import base64
import io
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from backprop import Network, OutputDerivative, race, train
from backprop.drawing.chart import kept
from backprop.engine.runners import Runner, parse_runner
from backprop.figures.race import Entrant, planes, scene, table
from backprop.figures.race.charts import CHANNELS, charts
from backprop.figures.race.curves import Chart, Curve, draw
from backprop.figures.race.looks import label, looks
from backprop.figures.race.planes import POINTS, SIZE
from backprop.racing.boundary import axes, boundary
from backprop.racing.summary import summarise
from backprop.racing.verdicts import verdict
from backprop.scenario.scenario import Scenario

MIXED = ("naive", "clamped:clip:1e-7", "clamped:clip:1e-8", "fused", "split", "fused@float16")


def entrants(texts=MIXED, **changes):
    scenario = Scenario(**changes)
    data = scenario.dataset()
    recordings = race(
        scenario.network(), data.X, data.y, texts, updates=scenario.updates,
        learning_rate=scenario.learning_rate,
    )  # fmt: skip
    built = []
    for text, recording in recordings.items():
        summary = summarise(recording)
        built.append(Entrant(parse_runner(text), recording, summary, verdict(recording), "seed=1"))
    return built


@given(
    st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=400),
    st.integers(1, 50),
    st.integers(-5, 500),
)
def test_downsampling_keeps_the_ends_the_extremes_and_the_fault(values, points, fault):
    ks = kept(np.array(values), points, [fault])
    assert ks[0] == 0 and ks[-1] == len(values) - 1 and (np.diff(ks) > 0).all()
    assert min(values) in np.array(values)[ks] and max(values) in np.array(values)[ks]
    assert fault in ks or not 0 <= fault < len(values)
    assert len(ks) <= 4 * points + 5


def test_a_curve_is_broken_where_it_is_not_finite_and_says_so_on_a_rail():
    values = np.array([1.0, 2.0, np.nan, np.nan, 5.0, np.inf])
    svg = draw(Chart("c", [Curve(0, 0, values)]), looks([parse_runner("naive")]), [2])
    path = re.search(r'class="curve" d="([^"]*)"', svg).group(1)
    assert path.count("M") == 4 and "nan" not in svg and "inf" not in svg
    assert "NaN ∞" in svg and 'class="rail"' in svg and 'class="fault"' in svg
    calm = draw(Chart("c", [Curve(0, 0, values[:2])]), looks([parse_runner("naive")]), [None])
    assert "NaN" not in calm and "rail" not in calm and "fault" not in calm


def test_zero_has_a_place_of_its_own_below_a_logarithmic_axis():
    values = np.array([1.0, 1e-3, 0.0])
    svg = draw(Chart("c", [Curve(0, 0, values)]), looks([parse_runner("split")]), [None])
    path = re.search(r'class="curve" d="M([^"]*)"', svg).group(1)
    heights = np.cumsum([float(y) for y in re.findall(r"\S+", path.replace("l", " "))[1::2]])
    assert heights[0] < heights[1] < heights[2] - 5
    words = re.findall(r'class="tick" style="top:([\d.]+)%">([^<]*)<', svg)
    places = [float(top) for top, _ in words]
    assert words[-1][1] == "0" and max(places) == places[-1] > places[-2] + 10
    tiny = draw(
        Chart("c", [Curve(0, 0, np.array([1.0, 1e-300, 0.0]))]), looks([parse_runner("split")]),
        [None],
    )  # fmt: skip
    assert "&lt;1e−16" in tiny


def test_variants_of_one_derivative_share_a_colour_and_differ_in_dash_and_marker():
    seen = looks([parse_runner(text) for text in MIXED])
    assert seen[1].colour == seen[2].colour == "#e69f00" and seen[3].colour == seen[5].colour
    assert seen[1].dash != seen[2].dash and seen[1].marker != seen[2].marker
    eight = looks([Runner(OutputDerivative("clamped", 10.0**-n)) for n in range(1, 9)])
    assert len({(look.dash, look.marker) for look in eight}) == 8
    assert len({look.label for look in eight}) == 8


def test_a_label_says_clamp_epsilon_and_format():
    assert label(parse_runner("naive")) == "Naive"
    assert label(parse_runner("clamped:clip_both:1e-8@float16")) == (
        "ε-clamped, clip both 1e-8, float16"
    )
    assert label(parse_runner("clamped:floor:1.25e-12")) == "ε-clamped, max(w, 1.25e-12)"


def test_the_numbers_under_the_playhead_are_those_of_the_summaries():
    raced = entrants()
    packed = scene(raced)
    L = 3
    values = np.frombuffer(packed.values).reshape(len(raced), 121, len(CHANNELS) + L)
    assert packed.about["channels"] == len(CHANNELS) + L == len(packed.about["names"])
    for entrant, block in zip(raced, values, strict=True):
        for at, name in enumerate(CHANNELS):
            assert np.array_equal(block[:, at], getattr(entrant.summary, name), equal_nan=True)
        assert np.array_equal(block[:, len(CHANNELS) :], entrant.summary.norms, equal_nan=True)
    assert packed.about["rows"][0]["fault"] == 5


def test_every_curve_points_to_the_channel_of_its_values():
    raced = entrants()
    values = np.frombuffer(scene(raced).values).reshape(len(raced), 121, -1)
    for chart in charts(raced):
        for curve in chart.curves:
            channel = values[curve.runner, :, curve.channel]
            scaled = channel / 4 if chart.share else channel
            assert np.array_equal(scaled, curve.values, equal_nan=True), chart.title


def test_a_scene_packs_with_its_values_at_a_multiple_of_eight():
    packed = scene(entrants(("split",), updates=10))
    data = packed.pack()
    size = int.from_bytes(data[:4], "little")
    assert (4 + size) % 8 == 0 and data[4 + size :] == packed.values


def decoded(png):
    """Grey and alpha of a PNG."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("LA"))


def test_a_plane_is_z_as_alpha_with_the_second_input_upwards():
    (entrant,) = entrants(("split",))
    html = planes([entrant], 120)
    png = base64.b64decode(re.search(r"base64,([^)]*)\)", html).group(1))
    z = boundary(entrant.recording, 120, *axes(entrant.recording.X, POINTS))
    assert np.abs(decoded(png)[..., 1][::-1] / 255 - z).max() <= 0.5 / 255 + 1e-12


def test_the_line_of_a_plane_is_where_the_network_is_undecided():
    (entrant,) = entrants(("split",), updates=60)
    html = planes([entrant], 60)
    path = re.search(r'class="half" d="([^"]*)"', html).group(1)
    points = np.array([point.split() for point in re.split("[ML]", path)[1:]], dtype=float)
    assert len(points) > 10
    x1, x2 = axes(entrant.recording.X, POINTS)
    z = boundary(entrant.recording, 60, x1, x2)
    cell = SIZE / (POINTS - 1)
    for px, py in points:
        column, row = px / cell, (SIZE - py) / cell
        near = z[
            max(int(row - 0.2), 0) : int(row + 1.2) + 1,
            max(int(column - 0.2), 0) : int(column + 1.2) + 1,
        ]
        assert near.min() <= 0.5 <= near.max()


def test_dead_samples_are_marked_and_counted_on_the_plane():
    (silent, fine) = entrants(("clamped:clip:1e-7", "split"))
    assert planes([silent], 120).count('class="dead"') == 2 + 1  # and one in the key
    assert "2 dead" in planes([silent], 120)
    assert planes([fine], 120).count('class="dead"') == 1


def crowd(samples, features=2, outputs=1):
    rng = np.random.default_rng(samples)
    X = rng.normal(size=(samples, features))
    y = (X[:, :1] > 0).astype(float).repeat(outputs, axis=1)
    net = Network.random([features, 4, outputs], scale=3.0, seed=2)
    recording = train(net, X, y, 5, 30.0)
    summary = summarise(recording)
    runner = parse_runner("fused")
    return Entrant(runner, recording, summary, verdict(recording), "seed=1")


def test_two_thousand_samples_are_all_on_the_plane_in_a_few_kilobytes():
    entrant = crowd(2000)
    html = planes([entrant], 5)
    sizes = {}
    for kind in ("zero", "one"):
        edge, dot = (
            re.search(rf'class="dots {kind} {part}"[^>]* d="([^"]*)"', html).group(1)
            for part in ("edge", "dot")
        )
        assert edge == dot
        sizes[kind] = dot.count("h0")
    assert sizes == {
        "zero": int((entrant.recording.y == 0).sum()), "one": int((entrant.recording.y == 1).sum())
    }  # fmt: skip
    assert "<circle cx" in html.split("plane-key")[1] and html.count("<circle") == 2  # in the key
    assert len(html) < 200_000


@pytest.mark.parametrize("samples", [40, 400])
def test_a_sample_lies_where_its_inputs_say(samples):
    entrant = crowd(samples)
    html = planes([entrant], 0).split("plane-key")[0]
    found = re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', html) or re.findall(
        r"M([\d.]+) ([\d.]+)h0", html
    )
    x1, x2 = axes(entrant.recording.X, POINTS)
    wanted = {
        (f"{(a - x1[0]) / (x1[-1] - x1[0]) * SIZE:.1f}",
         f"{(1 - (b - x2[0]) / (x2[-1] - x2[0])) * SIZE:.1f}")
        for a, b in entrant.recording.X
    }  # fmt: skip
    assert set(found) == wanted


@pytest.mark.parametrize(
    ("features", "outputs", "why"),
    [(30, 1, "these samples have 30"), (1, 1, "these samples have one"),
     (2, 16, "this network has 16"), (32, 16, "these samples have 32")],
)  # fmt: skip
def test_where_there_are_no_boundaries_the_page_says_why(features, outputs, why):
    html = planes([crowd(20, features, outputs)], 3)
    assert why in html and "svg" not in html


def test_a_broken_plane_says_nan_in_words():
    (broken,) = entrants(("naive",))
    assert ">NaN<" in planes([broken], 6) and "not finite" in planes([broken], 6)
    assert "NaN" not in planes([broken], 5)


def test_the_table_says_fault_cause_last_finite_update_and_verdict():
    html = table(entrants())
    naive, clipped, *_ = html.split("<tr>")[2:]
    assert "update 5, layer 3, sample 3" in naive and "0 / 0 = NaN" in naive
    assert 'href="./?seed=1&amp;update=5"' in naive
    assert "Breaks at update 5, on sample 3, which the network has right" in naive
    assert "2 of 4" in clipped and "Goes silent" in clipped
    assert "It shows a cost of 8.059; the true one is 15.3" in clipped
    assert '<th scope="col" title="The last update at which all weights, biases' in html
    assert "w is z (1 − z)" in table(entrants(("clamped",))) and "w is z" not in html


@pytest.mark.parametrize("data", ["xor", "moons"])
def test_a_deeper_network_has_a_chart_for_each_layer(data):
    raced = entrants(("fused",), data=data, units=(3, 3, 3, 3), updates=10)
    titles = [chart.title for chart in charts(raced)]
    assert titles[3:8] == [f"‖δ{d}‖, {w}" for d, w in zip(
        "₅₄₃₂₁", ["output", "layer 4", "layer 3", "layer 2", "layer 1"], strict=True)]  # fmt: skip

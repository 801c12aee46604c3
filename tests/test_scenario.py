"""A link says everything, is short, and can do no harm."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop.arithmetic import FORMATS
from backprop.derivatives import OutputDerivative
from backprop.fields import FIELDS, OWN
from backprop.racing.runners import Runner
from backprop.scenario import Scenario, from_query, within
from backprop.training import race


def test_the_default_scenario_needs_no_query():
    assert Scenario().query() == {}
    assert from_query({}) == (Scenario(), [])


def test_the_defaults_break_naive_silence_clamped_and_teach_fused():
    scenario = Scenario()
    data = scenario.dataset()
    recordings = race(
        scenario.network(),
        data.X,
        data.y,
        [scenario.runner(n) for n in ("naive", "clamped", "fused", "split")],
        updates=scenario.updates,
        learning_rate=scenario.learning_rate,
    )
    fault = recordings["naive"].first_fault
    assert fault is not None and fault.update == 5 and fault.sample == scenario.sample - 1
    assert fault.z == 1 and fault.y == 1  # right, and yet NaN
    assert all(recordings[n].first_fault is None for n in ("clamped", "fused", "split"))
    assert recordings["clamped"].true_cost[-1] > 10
    assert recordings["fused"].true_cost[-1] < 1e-3
    assert recordings["split"].true_cost[-1] < 1e-3


def test_every_field_of_a_scenario_can_be_linked():
    assert set(FIELDS) == {f for f in Scenario.__dataclass_fields__}


scenarios = st.builds(
    Scenario,
    units=st.lists(st.integers(1, 16), max_size=6).map(tuple),
    hidden=st.sampled_from(["sigmoid", "tanh", "relu"]),
    bias=st.booleans(),
    scale=st.floats(0, 10),
    seed=st.integers(0, 9999),
    output_bias=st.floats(-1000, 1000),
    data=st.sampled_from(["xor", "moons", "xor_wrong_label", "spiral"]),
    edits=st.dictionaries(
        st.integers(0, 3),
        st.tuples(st.floats(-5, 5), st.floats(-5, 5), st.floats(0, 1)),
        max_size=3,
    ).map(lambda d: tuple(sorted(d.items()))),
    sample=st.integers(1, 4),
    cost=st.sampled_from(["bce", "quadratic"]),
    derivative=st.sampled_from(["naive", "clamped", "fused", "split"]),
    clamp=st.sampled_from(["denominator", "clip", "clip_both", "floor"]),
    epsilon=st.floats(1e-300, 0.4),
    format=st.sampled_from(sorted(FORMATS)),
    learning_rate=st.floats(1e-4, 1e4),
    updates=st.integers(10, 2000),
    race=st.lists(
        st.builds(
            Runner,
            st.builds(
                OutputDerivative,
                st.sampled_from(["naive", "clamped", "fused", "split"]),
                st.floats(1e-300, 0.4),
                st.sampled_from(["denominator", "clip", "clip_both", "floor"]),
            ),
            st.sampled_from(sorted(FORMATS)),
        ),
        max_size=8,
        unique=True,
    ).map(tuple),
    weights=st.dictionaries(
        st.sampled_from(["W1.0.0", "W1.15.1", "W2.0.3", "b1.0", "b7.15"]),
        st.floats(-1e6, 1e6),
        max_size=3,
    ).map(lambda d: tuple(sorted(d.items()))),
    update=st.integers(0, 10),
    operation=st.sampled_from(["start", "h.1", "delta.1", "cost.1", "update"]),
    selection=st.sampled_from(["", "W.1.0.1", "delta.1.3", "y.1.0"]),
    projector=st.booleans(),
    layer=st.integers(1, 2),
    factor=st.integers(1, 3),
    start=st.floats(1, 7),
).map(within)


@given(scenarios)
@settings(max_examples=300, deadline=None)
def test_a_link_opens_exactly_what_was_sent(scenario):
    assert from_query(scenario.query()) == (scenario, [])


def test_own_points_travel_in_the_link_up_to_64():
    rows = tuple((float(i), -0.5, float(i % 2)) for i in range(64))
    sent = Scenario(data=OWN, rows=rows)
    opened, problems = from_query(sent.query())
    assert opened == sent and not problems
    assert np.array_equal(opened.dataset().X[:, 0], np.arange(64))


HOSTILE = [
    "nan", "inf", "-inf", "1e999", "-1", "0", "", "NaN_1_1", "0:nan_1_1", "4-4-4-4-4-4-4",
    "9999999999999999999", "<script>", "../../etc/passwd", "٣", "²", "1_1_1~", ":", "0:", "~",
    "1e400", "0x10", "1_000", "٤-٤", "true", "\x00",
]  # fmt: skip
hostile = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE))


@given(
    st.dictionaries(
        st.one_of(st.sampled_from(sorted(FIELDS)), st.text(max_size=12)), hostile, max_size=8
    )
)
@settings(max_examples=500, deadline=None)
def test_no_link_raises_and_what_it_opens_is_valid(query):
    opens_something_valid(query)


def test_none_of_ten_thousand_drawn_links_raises():
    """Fewer kinds of text than above and no search for the shortest, but twenty times as many."""
    draw = random.Random(7)
    names = [*FIELDS, "", "x", "α", "sel\x00ection"]
    pieces = [
        *HOSTILE,
        *"0123456789-+._:~e,",
        "1e5",
        "xor",
        "clamped",
        "fused@float16",
        "٣",
        "\ud7ff",
    ]
    for _ in range(10_000):
        query = {
            draw.choice(names): "".join(draw.choices(pieces, k=draw.randrange(1, 7)))
            if draw.random() < 0.7
            else "".join(chr(draw.randrange(1, 0xD800)) for _ in range(draw.randrange(60)))
            for _ in range(draw.randrange(9))
        }
        opens_something_valid(query)


def opens_something_valid(query):
    scenario, problems = from_query(query)
    assert from_query(scenario.query())[0] == scenario
    assert np.isfinite(scenario.dataset().X).all()
    for problem in problems:
        assert problem.name in str(problem) and "required" in str(problem)
        assert len(str(problem)) < 400


@pytest.mark.parametrize(
    ("name", "text", "required"),
    [
        ("units", "4-99", "1 to 16"),
        ("scale", "wide", "0 to 10"),
        ("scale", "nan", "0 to 10"),
        ("seed", "1.5", "whole number"),
        ("derivative", "magic", "naive, clamped, fused, split"),
        ("sample", "7", "1 to 4"),
        ("race", "naive~naive", "up to 8 different runners"),
        ("race", "fused@float8", "up to 8 different runners"),
        ("race", "clamped:magic:1e-7", "up to 8 different runners"),
        ("nonsense", "1", "a parameter that this app knows"),
        ("update", "121", "0 to 120"),
        ("operation", "h.4", "3 layers"),
        ("selection", "W.9.0.0", "3 layers"),
        ("weights", "W1.0.0", "such as W1.0.2"),
    ],
)
def test_a_refused_parameter_is_named_with_what_was_required(name, text, required):
    scenario, (problem,) = from_query({name: text, "hidden": "tanh"})
    assert problem.name == name and text in str(problem) and required in str(problem)
    assert scenario == replace(Scenario(), hidden="tanh")


def test_an_edited_sample_replaces_the_one_of_the_data():
    data = Scenario(edits=((1, (0.25, -2.0, 0.5)),)).dataset()
    assert data.X[1].tolist() == [0.25, -2.0] and data.y[1].tolist() == [0.5]
    assert data.X[0].tolist() == Scenario().dataset().X[0].tolist()


def test_the_output_bias_is_added_in_the_format():
    net = Scenario(output_bias=45.0, format="float16").network()
    plain = Scenario(format="float16").network()
    assert net.biases is not None and plain.biases is not None
    assert float(net.biases[-1][0]) == pytest.approx(float(plain.biases[-1][0]) + 45, abs=0.05)
    assert net.biases[-1].dtype == np.float16


def test_an_edited_weight_replaces_the_one_of_the_start_and_no_other():
    edited = Scenario(weights=(("W1.0.1", 0.25), ("b2.3", -3.0), ("W3.9.9", 1.0))).network()
    plain = Scenario().network()
    assert edited.weights[0][0, 1] == 0.25 and edited.biases[1][3] == -3.0
    assert sum((a != b).sum() for a, b in zip(edited.weights, plain.weights, strict=True)) == 1
    assert sum((a != b).sum() for a, b in zip(edited.biases, plain.biases, strict=True)) == 1


def test_where_one_looks_does_not_change_what_is_computed():
    looking = Scenario(update=5, operation="delta.3", selection="h.1.0", sample=1, projector=True)
    assert looking.training() == Scenario().training()
    assert Scenario(seed=1).training() != Scenario().training()


@pytest.mark.parametrize("made", FORMATS)
def test_a_network_in_a_format_is_the_float64_one_rounded_once(made):
    asked = Scenario(output_bias=45.3, format=made, weights=(("W1.0.2", 0.1), ("b2.1", 0.7)))
    exact = replace(asked, format="float64").network()
    rounded = asked.network()
    assert exact.biases is not None and rounded.biases is not None
    for whole, part in zip(
        exact.weights + exact.biases, rounded.weights + rounded.biases, strict=True
    ):
        assert np.array_equal(FORMATS[made].round(whole), part)


def test_without_runners_of_its_own_the_race_is_between_those_of_the_scenario():
    texts = [r.text for r in Scenario(clamp="clip", epsilon=1e-8, format="float32").racers()]
    assert texts == ["naive@float32", "clamped:clip:1e-8@float32", "fused@float32", "split@float32"]
    chosen = (Runner(OutputDerivative("split"), "bfloat16"),)
    assert Scenario(race=chosen).racers() == chosen
    assert [r.text for r in Scenario(cost="quadratic").racers()] == ["quadratic"]


def test_the_track_forgets_what_its_racers_say_themselves():
    one = Scenario(clamp="clip", epsilon=1e-3, format="float16", derivative="naive", update=7)
    assert one.track() == Scenario().track() != Scenario(seed=1).track()


def test_a_ninth_runner_is_refused():
    text = "~".join(f"clamped:clip:0.{n}" for n in range(11, 20))
    assert len(from_query({"race": text[: text.rindex("~")]})[0].race) == 8
    scenario, (problem,) = from_query({"race": text})
    assert scenario.race == () and "up to 8" in str(problem)

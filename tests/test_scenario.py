"""A link says everything, is short, and can do no harm."""

import random
import re
import timeit
from dataclasses import replace
from urllib.parse import urlencode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop.engine.arithmetic import FORMATS
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.runners import Runner
from backprop.engine.training import race
from backprop.scenario.fields import FIELDS, OWN
from backprop.scenario.linked import WORDS, own_table
from backprop.scenario.scenario import Scenario, from_query, within


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
        [scenario.output_derivative(n) for n in ("naive", "clamped", "fused", "split")],
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
    zero_biases=st.booleans(),
    scaling=st.sampled_from(["none", "standard", "range"]),
    scale=st.floats(0, 10),
    seed=st.integers(0, 9999),
    output_bias=st.floats(-1000, 1000),
    data=st.sampled_from(["xor", "moons", "xor_wrong_label", "spiral"]),
    edits=st.dictionaries(
        st.integers(0, 3),
        st.tuples(st.floats(-1e300, 1e300), st.floats(-5, 5), st.floats(0, 1)),
        max_size=3,
    ).map(lambda d: tuple(sorted(d.items()))),
    sample=st.integers(1, 4),
    cost=st.sampled_from(["bce", "quadratic"]),
    derivative=st.sampled_from(["naive", "clamped", "fused", "split"]),
    clamp=st.sampled_from(["denominator", "clip", "clip_both", "floor"]),
    epsilon=st.floats(5e-324, 0.4999),
    format=st.sampled_from(sorted(FORMATS)),
    learning_rate=st.floats(1e-12, 1e12),
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
        st.floats(allow_nan=False, allow_infinity=False),
        max_size=3,
    ).map(lambda d: tuple(sorted(d.items()))),
    update=st.integers(0, 10),
    operation=st.sampled_from(["start", "h.1", "delta.1", "cost.1", "update"]),
    selection=st.sampled_from(["", "W.1.0.1", "delta.1.3", "y.1.0"]),
    projector=st.booleans(),
    layer=st.integers(1, 2),
    factor=st.integers(1, 3),
    start=st.floats(1, 7),
    step=st.one_of(st.none(), st.floats(1e-16, 1)),
)


@given(scenarios)
@settings(max_examples=300, deadline=None)
def test_a_link_opens_exactly_what_was_sent(scenario):
    assert from_query(scenario.query()) == (scenario, [])


def table_of(samples, inputs, targets=1, seed=0):
    """A table of the user's own with random numbers of all digits."""
    rng = np.random.default_rng(seed)
    return own_table(np.column_stack([
        rng.normal(size=(samples, inputs)), rng.uniform(size=(samples, targets))
    ]), targets=targets)  # fmt: skip


def test_own_points_travel_in_the_link_while_it_is_short():
    sent = Scenario(data=OWN, table=table_of(64, 2))
    opened, problems = from_query(sent.query())
    assert opened == sent and not problems and "rows" in sent.query()
    assert np.array_equal(opened.dataset().X, sent.table.X)
    assert sent.apart() == ()


def test_a_link_of_old_still_opens_its_points():
    scenario, problems = from_query({"data": "own", "rows": "0.5_-1_1~2_0_0"})
    assert not problems
    assert scenario.dataset().X.tolist() == [[0.5, -1], [2, 0]]
    assert scenario.dataset().y.tolist() == [[1], [0]]
    assert scenario.dataset().feature_names == ("x₁", "x₂")
    assert scenario.query() == {"data": "own", "rows": "0.5_-1_1~2_0_0", "sample": "2"}


NAMES = st.lists(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=9),
    min_size=5, max_size=5,
)  # fmt: skip


@given(NAMES)
def test_names_and_the_number_of_targets_travel_in_the_link(names):
    table = own_table([[1, 2, 3, 0, 1.0]], tuple(names), 2)
    sent = Scenario(data=OWN, table=table, sample=1)
    opened, problems = from_query(sent.query())
    assert opened == sent and not problems
    assert opened.dataset().feature_names == tuple(names[:3])
    assert opened.dataset().target_names == tuple(names[3:])


@pytest.mark.parametrize("value", [1e-320, 5e-324, 1e300, 0.1, -0.0, 1 / 3])
def test_own_numbers_keep_every_bit_in_a_link(value):
    opened, _ = from_query(Scenario(data=OWN, table=own_table([[value, 0.5]])).query())
    assert opened.table.X.tobytes() == np.array([[value]]).tobytes()


def test_a_link_names_what_is_too_long_for_it_and_this_server_still_knows_it():
    sent = Scenario(
        data=OWN, table=table_of(2000, 32, 3), units=(16, 16),
        edits=tuple((n, tuple(np.linspace(0, 1, 35) / 3)) for n in range(20)),
        weights=tuple(sorted((f"W1.{n}.{k}", n / 7 - k / 3) for n in range(16) for k in range(32))),
    )  # fmt: skip
    query = sent.query()
    assert len(urlencode(query)) < 4000
    assert query["table"] == sent.table.digest and query["edits"].startswith("@")
    assert sent.apart() == (
        "your own data (2,000 samples)", "20 edited samples", "512 edited weights and biases",
    )  # fmt: skip
    assert from_query(query) == (sent, [])


def test_a_link_to_data_that_nobody_keeps_says_so_and_points_to_the_file():
    lost = {"data": "own", "table": "0" * 32, "edits": "5:1_2_3_4_1"}
    scenario, (problem,) = from_query(lost)
    assert problem.name == "table" and "too large for a link" in str(problem)
    assert "open the scenario’s file" in str(problem)
    assert scenario.edits == () and scenario.dataset().name == "xor"
    _, (problem,) = from_query({"weights": "@" + "0" * 32})
    assert problem.name == "weights" and "open the scenario’s file" in str(problem)


def test_a_table_that_is_not_shown_may_be_lost_without_a_word():
    assert from_query({"data": "moons", "table": "0" * 32}) == (Scenario(data="moons"), [])
    hidden = Scenario(data="moons", table=table_of(2000, 2))
    assert hidden.apart() == () and hidden.training() == Scenario(data="moons").training()


def test_a_large_table_is_a_cheap_key():
    first, second = (Scenario(data=OWN, table=table_of(2000, 32)) for _ in range(2))
    assert first == second and hash(first) == hash(second)
    assert first != Scenario(data=OWN, table=table_of(2000, 32, seed=1))
    times = timeit.repeat(lambda: hash(first), number=100, repeat=5)
    assert min(times) / 100 < 1e-4  # seconds; hashing its 66,000 numbers takes ten times as long


@pytest.mark.parametrize(
    ("query", "name", "required"),
    [
        ({"rows": "1_2~3"}, "rows", "up to 32 inputs"),
        ({"rows": "1_0~2_1~x_0"}, "rows", "got “row 3: x_0”"),
        ({"rows": "1_0~2_1_1~2_0"}, "rows", "got “row 2: 2_1_1”"),
        ({"rows": "~".join(["1_0"] * 2001)}, "rows", "got “2,001 rows”"),
        ({"rows": "1_2"}, "rows", "a target from 0 to 1"),
        ({"rows": "nan_1"}, "rows", "1 to 2000 points"),
        ({"rows": "٣_1"}, "rows", "1 to 2000 points"),
        ({"rows": "1_0~2_1", "names": "a,b,c"}, "names", "the names of 2 columns"),
        ({"rows": "1_0~2_1", "names": 'a,"b'}, "names", "the names of 2 columns"),
        ({"rows": "1_0~2_1", "names": "a,\x07"}, "names", "the names of 2 columns"),
        ({"rows": "1_0~2_1", "targets": "17"}, "targets", "1 to 16"),
        ({"rows": "1_0~2_1", "targets": "2"}, "rows", "up to 32 inputs"),
        ({"edits": "4:1_1_1"}, "edits", "a sample from 0 to 3"),
        ({"edits": "0:1_1"}, "edits", "with 3 numbers"),
        ({"data": "worked_example", "edits": "0:1_1_3_0", "sample": "1"}, "edits", "from 0 to 1"),
    ],
)
def test_what_is_refused_of_a_table_is_named(query, name, required):
    _, (problem,) = from_query({"data": "own"} | query)
    assert problem.name == name and required in str(problem)


def test_samples_up_to_2000_can_be_edited_with_all_their_targets():
    row = (0.5, -0.5, 0.25, 0.75)
    sent = Scenario(data=OWN, table=table_of(2000, 2, 2), edits=((1999, row),), sample=2000)
    opened, problems = from_query(sent.query())
    assert not problems and opened.sample == 2000
    data = opened.dataset()
    assert (*data.X[1999], *data.y[1999]) == row


@pytest.mark.parametrize("scaling", ["standard", "range"])
@pytest.mark.parametrize("data", ["blobs", OWN])
def test_scaling_gives_every_input_the_size_it_promises(scaling, data):
    table = own_table([[1e-9, 1e6, 7, 0], [3e-9, 2e6, 7, 1], [9e-9, -1e6, 7, 0.5]])
    scenario = Scenario(data=data, table=table, scaling=scaling)
    X, raw = scenario.dataset().X, scenario._base().X
    varied = X[:, :2]
    if scaling == "standard":
        assert np.allclose(varied.mean(axis=0), 0, atol=1e-12)
        assert np.allclose(varied.std(axis=0), 1)
    else:
        assert np.allclose(varied.min(axis=0), -1) and np.allclose(varied.max(axis=0), 1)
    assert (X[:, 2:] == 0).all()  # a constant column
    found = scenario.dataset().scaling
    assert np.allclose(found.raw(X), raw, rtol=1e-12, atol=0)
    assert from_query(scenario.query()) == (scenario, [])


def test_an_edit_is_in_the_units_that_one_sees_and_moves_no_other_sample():
    table = own_table([[170, 0], [180, 1], [190, 0]])
    plain = Scenario(data=OWN, table=table, scaling="standard", sample=1)
    moved = replace(plain, edits=((0, (0.25, 1.0)),))
    assert moved.dataset().X[0] == 0.25
    assert np.array_equal(moved.dataset().X[1:], plain.dataset().X[1:])


def test_a_change_of_scaling_leaves_edited_samples_where_they_are():
    table = own_table([[170, 0], [180, 1], [190, 0]])
    raw = Scenario(data=OWN, table=table, edits=((0, (185.0, 1.0)),))
    ranged = raw.scaled("range")
    assert ranged.dataset().X[:, 0].tolist() == [0.5, 0, 1]
    assert ranged.scaled("standard").scaled("none").dataset().X[0, 0] == pytest.approx(185)


@pytest.mark.parametrize("size", [1e-320, 1e-9, 1.0, 1e6, 1e300, 1.7e308])
@pytest.mark.parametrize("scaling", ["none", "standard", "range"])
def test_scaling_and_reach_stay_finite_in_all_of_float64(size, scaling):
    scenario = Scenario(data=OWN, table=own_table([[-size, 0], [size, 1]]), scaling=scaling)
    X = scenario.dataset().X
    assert np.isfinite(X).all() and (X[0] < 0).all() and (X[1] > 0).all()
    (reach,), (step,) = scenario.reach(), scenario.steps()
    assert np.abs(X).max() <= reach < np.inf
    assert 0 < step < reach / 100


@pytest.mark.parametrize(
    ("largest", "reach", "step"), [(1, 3, 0.01), (1e-9, 3e-9, 1e-11), (1e6, 1.5e6, 1e3)]
)
def test_sliders_fit_their_column(largest, reach, step):
    scenario = Scenario(data=OWN, table=own_table([[largest, 0], [0, 1]]))
    assert scenario.reach() == pytest.approx((reach,)) and scenario.steps() == pytest.approx(
        (step,)
    )


def test_biases_can_start_at_0_with_the_same_weights():
    plain, zero = Scenario().network(), Scenario(zero_biases=True, output_bias=2.0).network()
    assert all(np.array_equal(a, b) for a, b in zip(plain.weights, zero.weights, strict=True))
    assert [b.tolist() for b in zero.biases] == [[0] * 4, [0] * 4, [2]]


def test_many_unknown_parameters_get_one_problem():
    _, (problem,) = from_query({f"k{n}": "1" for n in range(9000)})
    assert "k0" in str(problem) and len(str(problem)) < 400


HOSTILE = [
    "nan", "inf", "-inf", "1e999", "-1", "0", "", "NaN_1_1", "0:nan_1_1", "4-4-4-4-4-4-4",
    "9999999999999999999", "<script>", "../../etc/passwd", "٣", "²", "1_1_1~", ":", "0:", "~",
    "1e400", "0x10", "1_000", "٤-٤", "true", "\x00",
]  # fmt: skip
hostile = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE))


@given(
    st.dictionaries(
        st.one_of(st.sampled_from(sorted({*FIELDS, *WORDS})), st.text(max_size=12)),
        hostile,
        max_size=8,
    )
)
@settings(max_examples=500, deadline=None)
def test_no_link_raises_and_what_it_opens_is_valid(query):
    opens_something_valid(query)


def test_many_unknown_names_are_still_one_short_message():
    opens_something_valid({letter * 40: "x" for letter in "abcdefghijkl"})


@pytest.mark.heavy
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
        assert problem.name in str(problem) and re.search("required|does not know", str(problem))
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
        ("scale", "1_0", "a number from 0 to 1000"),
        ("scale", "٣", "a number from 0 to 1000"),
        ("learning_rate", "0x10", "a number from 1e-12"),
        ("epsilon", "nan", "above 0 and below 0.5"),
        ("beside", "magic", "one of naive, clamped, fused, split"),
        ("beside", "fused", "one of naive, clamped, split"),
        ("beside", "logit_difference", "one of naive, clamped, split"),
        ("race", "naive~naive", "up to 8 different runners"),
        ("race", "fused@float8", "up to 8 different runners"),
        ("race", "clamped:magic:1e-7", "up to 8 different runners"),
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


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("layers", "This app does not know “layers”. Did you mean “layer”?"),
        ("learningrate", "This app does not know “learningrate”. Did you mean “learning_rate”?"),
        ("qqq", "This app does not know “qqq”. It knows: beside, "),
    ],
)
def test_an_unknown_parameter_gets_the_nearest_name_or_all_names(name, said):
    scenario, (problem,) = from_query({name: "1"})
    assert str(problem).startswith(said) and scenario == Scenario()


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


def test_beside_stands_another_derivative_or_none():
    shown = Scenario(derivative="naive", beside="split")
    assert from_query(shown.query()) == (shown, [])
    assert within(replace(shown, derivative="split")).beside == ""
    assert within(replace(shown, cost="quadratic")).beside == ""
    soft = Scenario(edits=((0, (-1.0, -1.0, 0.25)),), beside="logit_difference")
    assert from_query(soft.query()) == (soft, [])
    assert within(replace(soft, edits=())).beside == ""
    _, (problem,) = from_query({"cost": "quadratic", "beside": "split"})
    assert problem.name == "beside" and "nothing" in str(problem)


def test_where_one_looks_does_not_change_what_is_computed():
    looking = Scenario(
        update=5, operation="delta.3", selection="h.1.0", sample=1, projector=True, beside="split"
    )
    assert looking.training() == Scenario().training()
    assert Scenario(seed=1).training() != Scenario().training()


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_network_in_a_format_is_the_float64_one_rounded_once(format_name):
    asked = Scenario(output_bias=45.3, format=format_name, weights=(("W1.0.2", 0.1), ("b2.1", 0.7)))
    exact = replace(asked, format="float64").network()
    rounded = asked.network()
    assert exact.biases is not None and rounded.biases is not None
    for whole, part in zip(
        exact.weights + exact.biases, rounded.weights + rounded.biases, strict=True
    ):
        assert np.array_equal(FORMATS[format_name].round(whole), part)


def test_without_runners_of_its_own_the_race_is_between_those_of_the_scenario():
    texts = [r.text for r in Scenario(clamp="clip", epsilon=1e-8, format="float32").runners()]
    assert texts == ["naive@float32", "clamped:clip:1e-8@float32", "fused@float32", "split@float32"]
    chosen = (Runner(OutputDerivative("split"), "bfloat16"),)
    assert Scenario(race=chosen).runners() == chosen
    assert [r.text for r in Scenario(cost="quadratic").runners()] == ["quadratic"]


def test_the_track_forgets_what_its_runners_say_themselves():
    one = Scenario(clamp="clip", epsilon=1e-3, format="float16", derivative="naive", update=7)
    assert one.track() == Scenario().track() != Scenario(seed=1).track()


def test_a_ninth_runner_is_refused():
    text = "~".join(f"clamped:clip:0.{n}" for n in range(11, 20))
    assert len(from_query({"race": text[: text.rindex("~")]})[0].race) == 8
    scenario, (problem,) = from_query({"race": text})
    assert scenario.race == () and "up to 8" in str(problem)

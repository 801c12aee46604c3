"""A runner's text says all that it computes, is short, and can do no harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop.engine.arithmetic import FORMATS
from backprop.engine.derivatives import CLAMPS, DERIVATIVES, OutputDerivative
from backprop.engine.runners import Runner, parse_runner

runners = st.builds(
    Runner,
    st.builds(
        OutputDerivative,
        st.sampled_from(DERIVATIVES),
        st.floats(0, 0.5, exclude_min=True, exclude_max=True),
        st.sampled_from(CLAMPS),
    ),
    st.sampled_from(sorted(FORMATS)),
)


@given(runners)
def test_the_text_of_a_runner_reads_back_as_the_same_runner(runner):
    assert parse_runner(runner.text) == runner


@pytest.mark.parametrize(
    ("text", "runner"),
    [
        ("naive", Runner(OutputDerivative("naive"))),
        ("clamped:clip:1e-7", Runner(OutputDerivative("clamped", 1e-7, "clip"))),
        ("fused@float16", Runner(OutputDerivative("fused"), "float16")),
        ("clamped:clip_both:0.001@bfloat16",
         Runner(OutputDerivative("clamped", 1e-3, "clip_both"), "bfloat16")),
    ],
)  # fmt: skip
def test_texts_are_as_short_as_they_look(text, runner):
    assert parse_runner(text) == runner and runner.text == text


def test_what_a_text_leaves_out_comes_from_the_other_runner():
    like = Runner(OutputDerivative("clamped", 1e-3, "floor"), "float32")
    assert parse_runner("clamped", like).text == "clamped:floor:0.001@float32"
    assert parse_runner("clamped:clip", like).text == "clamped:clip:0.001@float32"
    assert parse_runner("split@float16", like).text == "split@float16"


def test_runners_that_compute_the_same_are_equal():
    assert Runner(OutputDerivative("naive", 1e-3, "clip")) == Runner(OutputDerivative("naive"))
    assert Runner(OutputDerivative("clamped", 1e-3)) != Runner(OutputDerivative("clamped", 1e-4))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Try fused@float16"),
        ("magic", "one of naive, clamped, fused, split"),
        ("naive:clip:1e-7", "Try fused@float16"),
        ("clamped:magic:1e-7", "clamp must be one of denominator"),
        ("clamped:clip:1e-7e", "ε must be a number"),
        ("clamped:clip:1e999", "below 0.5"),
        ("clamped:clip:-1e-7", "above 0"),
        ("clamped:clip:0", "above 0"),
        ("clamped:clip:nan", "Try fused@float16"),
        ("fused@float8", "one of float64, float32, float16, bfloat16"),
        ("fused@", "Try fused@float16"),
        ("NAIVE", "Try fused@float16"),
        ("clamped:clip:٣", "Try fused@float16"),
    ],
)
def test_a_text_that_names_no_runner_is_refused_in_words(text, said):
    with pytest.raises(ValueError, match=said):
        parse_runner(text)


pieces = st.sampled_from(
    ["naive", "clamped", "fused", ":", "@", "clip", "1e-7", "1e-400", "1e999", "nan", "-", ".",
     "e", "float16", "float64", "∞", "\x00", "<script>", "~", " "]
)  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=80), st.text("ae1", max_size=9), st.lists(pieces, max_size=8).map("".join)
    )
)
@settings(max_examples=1_000, deadline=None)
def test_any_text_is_a_runner_or_is_refused_in_few_words(text):
    try:
        runner = parse_runner(text)
    except ValueError as error:
        assert "must" in str(error) and len(str(error)) < 300
    else:
        assert parse_runner(runner.text) == runner

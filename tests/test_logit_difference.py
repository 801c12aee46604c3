"""The difference of logits: right to the last digits for every label, also where σ(h) is near y."""

import contextlib
import io

import mpmath
import numpy as np
import pytest

from backprop import FORMATS, Network, OutputDerivative, train
from backprop.drawing.palette import DERIVATIVE_COLOURS, contrast
from backprop.engine.operations import logit
from backprop.engine.runners import parse_runner
from backprop.microscope import look
from backprop.microscope.bits import bits_of, next_down, next_up
from backprop.microscope.sweep import sweep
from backprop.programs.numpy_code import neuron_code, numpy_code
from backprop.programs.torch_code import torch_code
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario, from_query

mp = mpmath.mp.clone()
mp.prec = 1600
FORM = OutputDerivative("logit_difference")
SOFT = Scenario(edits=((0, (0.0, 0.0, 0.05)),))
DEFAULT = ["naive", "clamped", "fused", "split"]


def exactly(h, y):
    return 1 / (1 + mp.exp(-mp.mpf(float(h)))) - mp.mpf(float(y))


def worst(form, format_name, h, y):
    fmt = FORMATS[format_name]
    with np.errstate(divide="raise", invalid="raise"):
        got = OutputDerivative(form).delta(h, y)
    assert got.dtype == fmt.dtype and np.isfinite(got.astype(float)).all()
    errors = []
    for at, target, value in zip(h, y, got, strict=True):
        true = exactly(at, target)
        errors.append(abs(mp.mpf(float(value)) - true) / mp.mpf(fmt.ulp(float(true))))
    return float(max(errors))


def near(fmt, y, count=6):
    """The floats of a format around logit(y), a few on each side."""
    middle = fmt.round(float(mp.log(mp.mpf(float(y)) / (1 - mp.mpf(float(y))))))[()]
    found, low, high = [middle], middle, middle
    for _ in range(count):
        low, high = next_down(low), next_up(high)
        found += [low, high]
    return found


def labels(fmt, rng):
    ends = [fmt.smallest, fmt.tiny, 2.0**-fmt.precision, 1 - 2.0**-fmt.precision]
    usual = [0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 1e-3, 1e-5]
    y = fmt.round(np.concatenate([ends, usual, rng.uniform(0.01, 0.99, 20)]))
    return y[(y > 0) & (y < 1)]


@pytest.mark.parametrize("format_name", FORMATS)
def test_it_keeps_its_digits_where_the_answer_is_next_to_the_label(format_name):
    fmt, rng = FORMATS[format_name], np.random.default_rng(1)
    pairs = [(h, y) for y in labels(fmt, rng) for h in near(fmt, y)]
    h, y = (np.array(values, fmt.dtype) for values in zip(*pairs, strict=True))
    assert worst("logit_difference", format_name, h, y) <= 5
    assert worst("split", format_name, h, y) > 100  # what it is for


@pytest.mark.parametrize("format_name", FORMATS)
def test_it_is_right_to_the_last_digits_everywhere_for_soft_labels(format_name):
    fmt, rng = FORMATS[format_name], np.random.default_rng(2)
    places = np.concatenate(
        [rng.uniform(-1000, 1000, 300), rng.uniform(-40, 40, 500), [0.0, 1000.0, -1000.0]]
    )
    h = fmt.round(places)
    assert worst("logit_difference", format_name, h, rng.choice(labels(fmt, rng), len(h))) <= 5


@pytest.mark.parametrize("y", [0.0, 1.0])
@pytest.mark.parametrize("format_name", FORMATS)
def test_hard_labels_are_as_right_as_with_split(format_name, y):
    fmt, rng = FORMATS[format_name], np.random.default_rng(3)
    h = fmt.round(
        np.concatenate([rng.uniform(-1000, 1000, 300), rng.uniform(-40, 40, 300), [0.0, 1000.0]])
    )
    target = np.full_like(h, y)
    allowed = worst("split", format_name, h, target)
    assert worst("logit_difference", format_name, h, target) <= allowed
    ends = fmt.round([np.inf, -np.inf])
    at_the_ends = FORM.delta(ends, np.full_like(ends, y)).astype(float)
    assert np.array_equal(at_the_ends, [1 - y, -y])


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_logit_is_held_as_two_correctly_rounded_numbers(format_name):
    fmt = FORMATS[format_name]
    y = labels(fmt, np.random.default_rng(4))
    first, rest = logit(y)
    for label, a, b in zip(y, first, rest, strict=True):
        L = mp.log(mp.mpf(float(label)) / (1 - mp.mpf(float(label))))
        assert abs(mp.mpf(float(a)) - L) <= mp.mpf(fmt.ulp(float(L))) * 0.5001
        left = L - mp.mpf(float(a))
        assert abs(mp.mpf(float(b)) - left) <= mp.mpf(fmt.ulp(float(left))) * 0.5001
    ends = [np.asarray(part).tolist() for part in logit(fmt.round([[0.0], [1.0]]))]
    assert ends == [[[-np.inf], [np.inf]], [[0.0], [0.0]]]


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_lines_of_numpy_give_the_same_bits(format_name):
    fmt = FORMATS[format_name]
    for y in (0.0, 0.3, 0.95, 1.0):
        for h in (-750.0, -3.3, 0.0, *(near(fmt, y, 2) if 0 < y < 1 else ()), 40.0):
            at, target = fmt.round(float(h))[()], fmt.round(y)[()]
            room = {}
            exec(neuron_code(FORM, at, target), room)
            want = FORM.delta(np.array([at]), np.array([target]))[0]
            assert bits_of(np.asarray(room["delta"], fmt.dtype)[()]) == bits_of(want), (h, y)


def test_the_programs_say_what_they_do_and_numpys_gives_the_numbers():
    recording = recordings(replaced(SOFT))["logit_difference"]
    code = numpy_code(recording, 3)
    names = {}
    with np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "numbers.py", "exec"), names)
    last = recording.trace(3).layers[-1]
    assert np.allclose(names["delta"][names["L"]], last.delta, rtol=1e-9, atol=0)
    library = torch_code(recording, 3)
    compile(library, "numbers.py", "exec")
    assert "torch.expm1" in library and "np." not in library


def replaced(scenario):
    return from_query(scenario.query() | {"derivative": "logit_difference"})[0]


def test_it_is_offered_where_a_label_is_soft_and_where_a_link_names_it():
    assert list(Scenario().offered()) == DEFAULT == list(recordings(Scenario()))
    assert list(SOFT.offered()) == [*DEFAULT, "logit_difference"] == list(recordings(SOFT))
    named, problems = from_query({"derivative": "logit_difference"})
    assert not problems and named.running == "logit_difference"
    assert named.query() == {"derivative": "logit_difference"}
    assert "logit_difference" in recordings(named)
    assert [runner.text for runner in SOFT.runners()][-1] == "logit_difference"


def test_a_race_names_it_in_every_format():
    for format_name in FORMATS:
        runner = parse_runner(f"logit_difference@{format_name}")
        assert parse_runner(runner.text) == runner and runner.derivative == FORM
    race = from_query({"race": "split~logit_difference@float16"})
    assert not race[1] and race[0].runners()[1].text == "logit_difference@float16"


def test_the_microscope_shows_it_between_the_labels_alone():
    fmt = FORMATS["float64"]
    hard, soft = (look(fmt, 1.0, y, 1e-7, "floor").deltas for y in (0.0, 0.3))
    assert list(hard) == DEFAULT and list(soft) == [*DEFAULT, "logit_difference"]
    close = look(fmt, float(mp.log(mp.mpf(3) / 7)), 0.3, 1e-7, "floor").deltas
    assert close["logit_difference"].verdict == "right"
    assert close["split"].verdict == close["fused"].verdict == "lost digits"
    assert list(sweep(FORMATS["float16"], 0.3, 1e-3, "clip").deltas) == list(soft)


def test_training_reaches_a_soft_label_that_split_only_comes_near():
    net, X, y = Network([np.array([[1.0]])]), [[1.0]], [0.3]
    ends = {}
    for name in ("split", "logit_difference"):
        recording = train(net, X, y, 400, 4.0, name)
        ends[name] = abs(float(recording.trace(400).layers[-1].delta[0, 0]))
        assert recording.first_fault is None
    h = float(recording.h_out[-1, 0, 0])
    assert abs(exactly(h, 0.3)) < 1e-16
    assert ends["logit_difference"] > 0  # the last rounding of h, measured
    assert ends["logit_difference"] == pytest.approx(abs(float(exactly(h, 0.3))), rel=1e-14)


def test_its_colour_can_be_told_from_the_others_and_from_paper():
    own = DERIVATIVE_COLOURS["logit_difference"]
    for paper in ("#ffffff", "#0e1117"):
        assert contrast(own, paper) > 2.2
    blue = DERIVATIVE_COLOURS["fused"]  # the nearest in hue, so another lightness
    assert contrast(own, blue) > 1.5

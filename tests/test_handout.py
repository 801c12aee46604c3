"""A hand-out says what the player says as far as a step has come; a stranger's text is text."""

import re
from dataclasses import replace

import numpy as np
import pytest

from backprop.engine.digits import in_formula, short
from backprop.export.handout import handout
from backprop.lessons import LESSONS
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario
from backprop.stage import fault_place
from backprop.stage.filled import filled
from backprop.stage.protocol import numbered

NAIVE = recordings(Scenario())["naive"]


def said(html):
    return re.findall(r'<mn data-state="(\w[\w-]*)">([^<]+)</mn>', html)


def test_what_is_not_computed_yet_is_a_dash():
    early = filled(NAIVE, 2, 5, "h.3", "delta.3.0")
    assert {text for state, text in said(early.equation) if state == "unknown"} == {"–"}
    assert (early.cost, early.true_cost, early.faulty) == ("–", "", False)
    there = filled(NAIVE, 2, 5, "delta.3", "delta.3.0")
    assert said(there.equation)[-1] == ("nan", "NaN")
    assert (there.cost, there.true_cost, there.faulty) == (
        "NaN", short(NAIVE.true_cost[5], 4), True)  # fmt: skip


def test_the_numbers_of_an_equation_are_those_of_the_passes():
    layer = recordings(Scenario())["fused"].trace(3).layers[1]
    place = filled(recordings(Scenario())["fused"], 0, 3, "update", "delta.2.1")
    written = [text.strip("()") for _, text in said(place.equation)]
    assert written[-1] == in_formula(layer.delta[0, 1])
    assert in_formula(layer.slope[0, 1]) in written
    assert place.title == "Error of layer 2, unit 2"


def test_an_update_shows_the_weight_after_it_only_when_it_is_done():
    run = recordings(Scenario())["fused"]
    before = filled(run, 0, 3, "dW.1", "W.1.0.1")
    done = filled(run, 0, 3, "update", "W.1.0.1")
    assert said(before.equation)[-1][1] == "–"
    assert said(done.equation)[-1][1] == in_formula(run.network(4).weights[0][0, 1])
    last = filled(run, 0, run.updates, "dW.1", "W.1.0.1")
    assert said(last.equation)[-1][1] == "–"  # nothing follows the last pass


@pytest.mark.parametrize("hidden", ["relu", "tanh"])
@pytest.mark.parametrize("seed", range(6))
def test_at_the_fault_the_equation_is_that_of_the_number_that_broke(seed, hidden):
    wild = Scenario(hidden=hidden, format="float16", learning_rate=1000, seed=seed)
    for run in recordings(wild).values():
        fault = run.first_fault
        if fault is None:
            continue
        reached = fault_place(fault, 3)["operation"]
        operation = next(name for name, n in numbered(3).items() if n == reached)
        there = filled(run, fault.sample or 0, fault.update, operation)
        assert there.faulty
        state, text = said(there.equation)[-1]
        assert text in ("NaN", "+∞", "−∞") and state != "plain"
        if fault.unit is not None and run.start.sizes[fault.layer] > 1:
            assert f", unit {fault.unit + 1}" in there.title
            assert f"layer {fault.layer}" in there.title


@pytest.mark.parametrize("operation", numbered(3))
def test_every_operation_has_an_equation_and_words(operation):
    place = filled(NAIVE, 0, 1, operation)
    assert place.equation and place.title
    assert place.position.startswith("update 1 / 120 · ")


@pytest.mark.parametrize(
    ("update", "operation", "message"),
    [(0, "delta.9", "operation must be start, h.1"), (121, "start", "update must be 0 to 120")],
)
def test_a_place_that_is_not_there_is_refused(update, operation, message):
    with pytest.raises(ValueError, match=message):
        filled(NAIVE, 0, update, operation)


def test_a_strangers_text_is_text():
    lesson, mean = LESSONS["wrong-label"], "<img src=x onerror=alert(1)>&"
    steps = tuple(replace(step, text=mean, aside=mean) for step in lesson.steps)
    question = replace(lesson.question, text=mean, answers=(mean, "b", "c"), reveal=mean)
    html = handout(replace(lesson, title=mean, sentence=mean, steps=steps, question=question))
    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;&amp;") >= 2 * len(steps) + 5


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: lesson.id)
def test_the_answer_stands_behind_the_task_and_at_the_very_end(lesson):
    html = handout(lesson)
    task, over, answer = (html.index(f'class="{name}"') for name in ("task", "over", "answer"))
    assert task < over < answer
    assert html.count('class="moment"') == len(lesson.steps)
    assert html[:over].count('class="moment"') == lesson.question.after + 1


def test_numbers_nearly_one_are_written_as_differences_in_formulas():
    assert in_formula(np.nextafter(1.0, 0.0)) == "1−1.11e−16"
    assert in_formula(-(1 - 1e-9)) == "−(1−1e−9)"
    assert in_formula(1.0) == "1"

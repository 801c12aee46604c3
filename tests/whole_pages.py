"""What each page computes of a scenario, whole, without a browser and without a server.

`PAGES` has a function for each page: it computes, from the engine to the last drawn text, all that
the page shows, and hands the texts out. A page may refuse a scenario with a ValueError whose words
help; whatever else is raised is a death.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from backprop import FORMATS, backpropagate
from backprop.chain import chain, from_scratch, reusing
from backprop.chain.rescue import attempts, naive_factors
from backprop.engine.cliffs import saturation
from backprop.engine.faults import by_each_derivative
from backprop.export.booklet import of_recordings
from backprop.export.numbers import arrays, table
from backprop.export.page import page
from backprop.faults.spread import spread
from backprop.figures.chain_rule import charts, closed, graph, ladder, orders, steps
from backprop.figures.check import charts as check_figures
from backprop.figures.check import table as gradtable
from backprop.figures.microscope import edges, marks, readings, upper
from backprop.figures.microscope.charts import delta_figure, error_figure
from backprop.figures.race import Entrant, planes, scene
from backprop.figures.race import table as race_table
from backprop.gradcheck import check_gradients, words
from backprop.microscope import look
from backprop.microscope.sweep import sweep
from backprop.programs.numpy_code import numpy_code
from backprop.programs.plain_code import plain_code
from backprop.programs.torch_code import torch_code
from backprop.racing.summary import summarise
from backprop.racing.verdicts import verdict
from backprop.scenario.recordings import Course, recordings
from backprop.scenario.scenario import Scenario, from_query
from backprop.scenario.settings import from_json, to_json
from backprop.stage import View, fault_place, operations
from backprop.stage import scene as stage_scene
from backprop.stage.cards import fault_card
from backprop.stage.chart import chart_alone
from backprop.stage.experiment import experiment
from backprop.stage.still import still
from tests.truths import truths

LARGE_CHECK = 200
"""Samples × weights up to which a network is checked with 50 digits here."""


def live(scenario: Scenario) -> list[str]:
    """The stage with its cards, chart and answers, and what is seen in a drag."""
    found = recordings(scenario)
    recording, sample = found[scenario.running], scenario.sample - 1
    features = scenario.dataset().feature_names
    view = View(update=scenario.update, projector=scenario.projector, reach=scenario.reach())
    seen = stage_scene(experiment(scenario), features, view)
    last = recording.updates
    fault = recording.first_fault
    places = {0, scenario.update, last, *(() if fault is None else (fault.update,))}
    said = [json.dumps(truths(recording, k, sample), allow_nan=False) for k in sorted(places)]
    for k, chosen in zip(sorted(places), ("start", "", "delta.1", "update"), strict=False):
        said.append(still(recording, sample, features, k, chosen))
    spread(recording)
    by_each_derivative(recording.trace(last), sample, 0, "cost")
    said += [
        fault_card(recording),
        chart_alone(found, scenario.running),
        json.dumps(seen, allow_nan=False),
    ]
    if fault is not None:
        L = len(scenario.units) + 1
        assert not np.isfinite(fault.value) and fault_place(fault, L)["operation"] < len(
            operations(L)
        )
    return said


def racing(scenario: Scenario) -> list[str]:
    """The race with its charts, planes, verdicts and table; run in two stretches."""
    course = Course(scenario, [(runner.derivative, runner.format) for runner in scenario.runners()])
    course.run(1)
    course.run(scenario.updates)
    entrants = []
    for runner, recording in zip(scenario.runners(), course.recordings().values(), strict=True):
        summary = summarise(recording)
        entrants.append(Entrant(runner, recording, summary, verdict(recording), ""))
    packed = scene(entrants)
    packed.pack()
    said = [json.dumps(packed.about, allow_nan=False), race_table(entrants)]
    said += [planes(entrants, k) for k in {scenario.update, scenario.updates}]
    return said


def microscope(scenario: Scenario) -> list[str]:
    """The neuron under the microscope: its block, what stands beneath, and the marks."""
    fmt = FORMATS[scenario.format]
    neuron = look(fmt, scenario.h, scenario.y, scenario.epsilon, scenario.clamp)
    return [
        upper(neuron, fmt),
        readings(neuron, fmt, scenario.epsilon, scenario.clamp),
        *marks(fmt, scenario.epsilon, scenario.clamp).values(),
    ]


def microscope_charts(scenario: Scenario) -> list[str]:
    """The two charts of the microscope, which take a sweep over h with 50 digits."""
    fmt = FORMATS[scenario.format]
    seen = sweep(fmt, scenario.y, scenario.epsilon, scenario.clamp)
    cliffs = edges(fmt, scenario.epsilon, scenario.clamp)
    return [delta_figure(seen, cliffs).to_json(), error_figure(seen, cliffs, fmt).to_json()]


def chain_rule(scenario: Scenario) -> list[str]:
    """The chain of a layer step by step, the closed form, and where NaN enters."""
    found = recordings(scenario)
    trace = found[scenario.running].trace(scenario.checked)
    sample = scenario.sample - 1
    fused = backpropagate(trace.network, trace.X, trace.y, "fused")
    whole = chain(trace, scenario.layer, sample)
    sizes = trace.network.sizes
    said = [ladder.answer(sizes, scenario.layer, scenario.running)]
    for step in {1, 2, (len(whole.factors) + 2) // 2, len(whole.factors)}:
        said += [
            steps.running_product(whole, trace, step),
            steps.factor_row(whole, step),
            graph.graph(trace, whole, step),
        ]
    said += [
        closed.collapse(trace, sample),
        closed.before_output(trace, sample),
        closed.batch_product(fused),
        charts.effort(sizes).to_json(),
        f"{from_scratch(sizes):,} {reusing(sizes):,}",
    ]
    fmt = FORMATS[scenario.format]
    fault = found["naive"].first_fault if "naive" in found else None
    h, y = saturation(fmt), 0.0
    if fault and fault.h is not None and fault.y is not None and np.isfinite(fault.h):
        h, y = fault.h, fault.y
    factors = naive_factors(h, y, fmt)
    said.append(orders.orders(attempts(h, y, fmt), factors.closed_form, factors.true))
    return said


def check(scenario: Scenario) -> list[str]:
    """The check of the gradients, in words, tables and figures; small networks alone."""
    data, net = scenario.dataset(), scenario.network()
    if len(data.X) * net.layout.numbers > LARGE_CHECK:
        keep = max(1, LARGE_CHECK // net.layout.numbers)
        data = replace(data, X=data.X[:keep], y=data.y[:keep])
    if scenario.checked:
        net = recordings(scenario)[scenario.running].network(scenario.checked)
    report = check_gradients(
        net, data.X, data.y, scenario.output_derivative(scenario.derivative), step=scenario.step
    )
    said = [check_figures.verdict(report), str(report), report._repr_html_()]
    if report.curve is not None:
        said += [
            check_figures.heatmap(report),
            words.promise(report),
            words.differences(report),
            check_figures.v_curve(report).to_json(),
            gradtable.table(report),
        ]
    return said


def programs(scenario: Scenario) -> list[str]:
    """The programs that give the numbers of an update."""
    recording = recordings(scenario)[scenario.running]
    return [program(recording, scenario.update) for program in (numpy_code, plain_code, torch_code)]


def exports(scenario: Scenario) -> list[str]:
    """Arrays, table, scenario and a page that plays anywhere."""
    recording = recordings(scenario)[scenario.running]
    arrays(recording, scenario.update)
    shown = {scenario.running: recording}
    booklet = of_recordings(
        shown, scenario.running, scenario.sample - 1, scenario.dataset().feature_names
    )
    from_json(to_json(scenario))
    from_query(scenario.query())
    told = json.dumps(
        booklet.told(), allow_nan=False, ensure_ascii=False
    )  # the page has it deflated
    return [table(recording.trace(scenario.update)), page(booklet), told]


SELDOM = 20
"""Of so many scenarios one has the microscope's charts drawn, which take longest."""

PAGES: dict[str, Callable[[Scenario], list[str]]] = {
    "live": live,
    "race": racing,
    "microscope": microscope,
    "microscope charts": microscope_charts,
    "chain rule": chain_rule,
    "check": check,
    "programs": programs,
    "exports": exports,
}

_SPOILED = re.compile(
    r"""\b(?:[xydr]|[xy][12]|c[xy]|points|width|height|style|transform)="[^"]*\b(?:nan|inf)\b"""
    r"""|>[^<]*\b(?:nan|inf|None|Decimal)\b[^<]*<"""
)
"""A number that nobody thought could be NaN: Python's own words for it in a drawing or a text."""


def pages(number: int) -> list[str]:
    """The pages to compute for the scenario of this number."""
    return [name for name in PAGES if name != "microscope charts" or number % SELDOM == 0]


def run(name: str, scenario: Scenario) -> str:
    """Compute a page; "" or the words with which it was refused. Raises whatever kills the page."""
    try:
        texts = PAGES[name](scenario)
    except ValueError as error:
        if not _helps(str(error)):
            raise
        return str(error)
    for text in texts:
        spoiled = _SPOILED.search(text) if name not in ("programs", "exports") else None
        if spoiled is not None:
            raise AssertionError(f"The {name} page draws {spoiled[0][-200:]}")
    return ""


def _helps(words_: str) -> bool:
    """Whether a refusal is one of ours: what was required, what was got."""
    return (" must " in words_ and " got " in words_) or "would take about" in words_

"""The shelves of the site: the Chain rule of a few networks, and the Microscope at its cliffs.

They are the app's own drawings. Nothing in them follows a hand: that is what the app is for.
"""

from __future__ import annotations

from collections.abc import Iterator

from backprop.chain import chain
from backprop.engine.arithmetic import FORMATS, Format
from backprop.engine.cliffs import Cliff
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.digits import in_full
from backprop.engine.trace import Trace
from backprop.export.shelf import Axis, Shelf
from backprop.figures.chain_rule import STYLE as CHAIN_STYLE
from backprop.figures.chain_rule import closed, graph, ladder, steps
from backprop.figures.microscope import STYLE as LOOK
from backprop.figures.microscope import edges, upper
from backprop.figures.microscope.cards import cost_cards
from backprop.figures.microscope.tables import libraries_table
from backprop.microscope import look
from backprop.microscope.bits import next_down, next_up
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario

NETWORKS = {
    "xor": ("2-4-4-1 learns XOR", Scenario()),
    "naive": ("the same, naive, at its first NaN", Scenario(derivative="naive", checked=5)),
    "quadratic": ("the same with the quadratic cost", Scenario(cost="quadratic")),
    "single": ("2-1 without a hidden layer, AND", Scenario(units=(), data="and", scale=1.0)),
    "deep": ("2-3-3-3-1 with tanh, moons",
             Scenario(units=(3, 3, 3), hidden="tanh", data="moons", scale=1.0)),
}  # fmt: skip
"""The networks of the Chain rule, by the word of their address, with their titles."""

LABELS = (0.0, 1.0)
_EPSILON, _CLAMP = OutputDerivative.epsilon, OutputDerivative.clamp


def chain_rule() -> Shelf:
    """Every factor of every layer's chain, for each of `NETWORKS`."""
    drawings: dict[tuple[str, ...], tuple[str, ...]] = {}
    depth, length = 0, 0
    for name, (_, scenario) in NETWORKS.items():
        trace = recordings(scenario)[scenario.running].trace(scenario.checked)
        for layer in range(len(trace.layers), 0, -1):
            for step, blocks in enumerate(_steps_of(trace, layer, scenario), start=1):
                drawings[name, str(layer), str(step)] = blocks
                depth, length = max(depth, layer), max(length, step)
    axes = (
        Axis("network", "Network", {name: title for name, (title, _) in NETWORKS.items()}),
        Axis("layer", "The chain of", {str(i): f"W{i}" for i in range(1, depth + 1)}),
        Axis("factor", "Factors multiplied", {str(n): str(n) for n in range(1, length + 1)},
             walked=True),
    )  # fmt: skip
    lead = (
        "<p>The chain of each layer’s gradient, factor by factor, with the numbers of one sample. "
        "← and → go from factor to factor.</p>"
    )
    return Shelf("The chain rule, multiplied out", lead, CHAIN_STYLE, "drawn", axes, drawings)


def _steps_of(trace: Trace, layer: int, scenario: Scenario) -> Iterator[tuple[str, ...]]:
    sample = scenario.sample - 1
    whole = chain(trace, layer, sample)
    answer = ladder.answer(trace.network.sizes, layer, scenario.running)
    closing = (
        f"<h3>At the output two factors collapse</h3>{closed.collapse(trace, sample)}"
        "<h3>Before it nothing does, and no term leads from W to W</h3>"
        f"{closed.before_output(trace, sample)}"
    )
    for step in range(1, len(whole.factors) + 1):
        yield (
            answer,
            steps.running_product(whole, trace, step),
            steps.factor_row(whole, step),
            "<h3>The same in the network: values above, gradients below</h3>",
            graph.graph(trace, whole, step),
            closing,
        )


def microscope() -> Shelf:
    """One output neuron just before and at each cliff of each format, for both hard labels."""
    drawings: dict[tuple[str, ...], tuple[str, ...]] = {}
    places: dict[str, str] = {}
    for fmt in FORMATS.values():
        for y in LABELS:
            for number, (title, h) in enumerate(_places(fmt)):
                word = f"{fmt.name}.{number}"
                places[word] = title
                drawings[fmt.name, f"{y:g}", word] = _seen(fmt, h, y)
    axes = (
        Axis("format", "Arithmetic", {name: name for name in FORMATS}),
        Axis("y", "Target y", {f"{y:g}": f"{y:g}" for y in LABELS}),
        Axis("place", "h", places),
    )
    lead = (
        "<p>One output neuron gets h and should answer y. On paper all forms of δ are the same "
        "number; in a number format they are not. Struck-out digits are wrong, each cell is a bit."
        f" The ε-clamped form has ε = {in_full(_EPSILON)}, added to the denominator.</p>"
    )
    return Shelf("The microscope at its cliffs", lead, LOOK, "microscope-root", axes, drawings)


def _places(fmt: Format) -> Iterator[tuple[str, float]]:
    """From the lowest to the highest cliff the last number before it, and the first one past it."""

    def at(cliff: Cliff) -> tuple[float, float]:
        inwards = next_down if cliff.h > 0 else next_up
        return float(inwards(cliff.h)), float(cliff.h)

    for cliff in sorted(edges(fmt, _EPSILON, _CLAMP), key=lambda cliff: float(cliff.h)):
        before, past = at(cliff)
        yield f"{in_full(fmt.round(before)[()])}, before {cliff.name}", before
        yield f"{in_full(fmt.round(past)[()])}, {cliff.name}", past


def _seen(fmt: Format, h: float, y: float) -> tuple[str, ...]:
    neuron = look(fmt, h, y, _EPSILON, _CLAMP)
    return (
        f'<div class="microscope">{upper(neuron, fmt)}'
        f'<section class="panel"><h3>The cost J at this h</h3>{cost_cards(neuron, fmt)}</section>'
        f"{libraries_table(neuron, fmt)}</div>",
    )

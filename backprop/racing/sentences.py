"""The sentences of which verdicts are made: for each kind a caption, then what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from math import floor, log10

import numpy as np

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.digits import written
from backprop.engine.training import Recording
from backprop.racing.signs import LARGE, Signs
from backprop.racing.summary import is_right

Said = tuple[str, list[str]]

_NO_HIDDEN = "Try another α or a hidden layer: without one, only a straight line parts the samples."


def smaller(alpha: float) -> float:
    """A tenth of α, down to 1, 2, 3 or 5 times a power of ten."""
    tenth = alpha / 10 * (1 + 1e-9)
    power = 10.0 ** floor(log10(tenth))
    return float(f"{max(n for n in (1, 2, 3, 5) if n * power <= tenth) * power:.1g}")


def of_breaks(recording: Recording, seen: Signs) -> Said:
    finite = np.isfinite(recording.parameters).all(axis=1)
    fault = recording.first_fault
    if finite.all():
        k = recording.updates if fault is None else fault.update
        rest = (
            f"In the last update {_of(seen.lost, seen, 'has', 'have')} a δ or an h of the output "
            "that is not finite."
        )
    else:
        k = max(int(np.argmin(finite)) - 1, 0)
        bad, total = int((~np.isfinite(recording.parameters[-1])).sum()), recording.layout.numbers
        rest = (
            f"At the end {'all' if bad == total else f'{bad} of'} {total} weights and biases are "
            "NaN or ∞, and they stay so."
        )
    where = ""
    if fault is not None and fault.update == k and fault.sample is not None:
        where = f", on sample {fault.sample + 1}"
        if fault.operation != "h" and is_right(recording.h_out[k], recording.y)[fault.sample]:
            where += ", which the network has right"
    return f"breaks at update {k}", [f"Breaks at update {k}{where}.", rest]


def of_silent(recording: Recording, seen: Signs) -> Said:
    if seen.outputs > 1:
        said = (
            f"{_of(seen.dead, seen, 'has', 'have')} an output that is off its target by more than "
            "0.1 and yet has a δ of (nearly) 0, so (nearly) nothing is learned there."
        )
    else:
        its, it = ("its", "it") if seen.dead == 1 else ("their", "them")
        said = (
            f"{_of(seen.dead, seen, 'is', 'are')} off {its} target by more than 0.1 and yet "
            f"{its} δ is (nearly) 0, so (nearly) nothing is learned from {it}."
        )
    if why := recording.derivative.form.cost.silent:
        pass
    elif recording.first_fault is None and recording.first_cost_fault is None:
        why = "Every value is finite, and nothing warns you."
    else:
        why = ""
    short = f"silent: {seen.dead} of {seen.samples} dead"
    return short, [f"Goes silent: {said}", why, _beside(recording, seen)]


def of_learned(recording: Recording, seen: Signs) -> Said:
    who = "its one sample" if seen.samples == 1 else "every sample"
    if seen.soft:
        said = f"{who} is within 0.1 of its {'targets' if seen.outputs > 1 else 'target'}."
    else:
        said = f"{who} is right."
    alike = seen.samples > 1 and len(np.unique(recording.y, axis=0)) == 1
    return "learned", [
        f"Learned: {said}",
        "All samples have the same target, so one answer for all is enough." if alike else "",
        _beside(recording, seen) if seen.trend in ("swings", "grows") else "",
    ]


def of_deaf(recording: Recording, seen: Signs) -> Said:
    many, last = len(seen.deaf) > 1, seen.deaf[-1]
    names = f"layer{'s' if many else ''} {_listed([str(i) for i in seen.deaf])}"
    why = ACTIVATIONS[recording.start.hidden].silent
    if not why:
        size = "0" if seen.slope == 0 else f"at most {written(seen.slope, 1)}"
        why = f"every unit there is saturated for every sample, so every slope is {size}"
    none = ("No δ", "nothing") if seen.slope == 0 else ("Hardly any δ", "next to nothing")
    who = "layer 1 learns" if last == 1 else f"layers 1 {'and' if last == 2 else 'to'} {last} learn"
    if seen.reach > LARGE or seen.saturated:
        advice = ""  # what mends it is said of the inputs
    elif seen.born_deaf:
        advice = "It is so from the start: try another seed."
    else:
        advice = _too_large(recording, seen)
    return f"{names} dead", [
        f"Hidden {names} {'are' if many else 'is'} dead: {why}.",
        f"{none[0]} gets through, and {who} {none[1]}.",
        _beside(recording, seen), _score(seen), advice,
    ]  # fmt: skip


def of_swings(recording: Recording, seen: Signs) -> Said:
    late = _late(recording)
    said = f"between {_cost(min(late))} and {_cost(max(late))}, without a trend"
    return "swings", [
        f"Swings: its cost goes up and down {said}.", _score(seen), _too_large(recording, seen),
    ]  # fmt: skip


def of_grows(recording: Recording, seen: Signs) -> Said:
    return "cost grows", [
        f"Grows: its cost {_grown(recording)}.", _score(seen), _too_large(recording, seen),
    ]  # fmt: skip


def of_learning(recording: Recording, seen: Signs) -> Said:
    return "still learning", [
        f"Still learning: its cost falls, {_lately(recording, falls=True)}.",
        _score(seen), "Give it more updates.",
    ]  # fmt: skip


def of_base_rate(recording: Recording, seen: Signs) -> Said:
    learns = (
        "learns only the base rate so far" if seen.right == seen.same else "learns nothing so far"
    )
    short = "base rate only" if seen.right == seen.same else "learns nothing"
    more = "" if recording.start.weights[1:] else _NO_HIDDEN
    return short, [f"{_upper(learns)}: its cost {_lately(recording)}.", _score(seen), more]


def of_stalls(recording: Recording, seen: Signs) -> Said:
    return f"stands still: {seen.met} of {seen.samples}", [
        f"Stands still before all is learned: its cost {_lately(recording)}.", _score(seen),
        "Try another seed or another α." if recording.start.weights[1:] else _NO_HIDDEN,
    ]  # fmt: skip


SENTENCES: dict[str, Callable[[Recording, Signs], Said]] = {
    "breaks": of_breaks, "silent": of_silent, "learned": of_learned, "deaf": of_deaf,
    "swings": of_swings, "grows": of_grows, "learning": of_learning, "base rate": of_base_rate,
    "stalls": of_stalls,
}  # fmt: skip
"""By kind, in the order in which they are tried: the caption of a recording, and its sentences,
of which some may be empty."""


def of_fault(recording: Recording, seen: Signs) -> str:
    """What left the format and broke nothing, and whether it still does at the end."""
    fault, name = recording.first_fault, recording.start.format.name
    if fault is None:
        return ""
    is_last = fault.update == recording.updates
    if seen.beyond:
        first = "" if is_last else f"At update {fault.update} a value left {name} first; "
        whose = f"{_of(seen.beyond, seen, 'has', 'have')} an h that is not finite"
        end = "In the last update" if is_last else "at the end"
        return f"{first}{end} {whose}, and every weight and bias is finite."
    if is_last:
        return f"In the last update a gradient left {name}; no weight was changed by it."
    return f"On the way, at update {fault.update}, a value left {name}, and training went on."


def of_inputs(seen: Signs) -> str:
    """Inputs that are far too large, or else units that start saturated, and what to do."""
    if seen.reach > LARGE:
        also = ", and most units of layer 1 are saturated from the start" * seen.saturated
        return f"Inputs are as large as {_cost(seen.reach)}{also}: scale the inputs."
    if seen.saturated:
        return "Most units of layer 1 are saturated from the start: try a smaller weight scale."
    return ""


def _score(seen: Signs) -> str:
    """How many are right, and how many one answer for all would get."""
    if seen.soft:
        return f"At the end {_of(seen.met, seen, 'is', 'are')} within 0.1 of the target."
    said = f"At the end {_of(seen.right, seen, 'is', 'are')} right"
    if seen.classes > 1 and seen.right <= seen.same:
        many = "as many" if seen.right == seen.same else str(seen.same)
        said += f"; one and the same answer for all would get {many} right"
    return f"{said}."


def _of(n: int, seen: Signs, one: str, more: str) -> str:
    """How many of the samples, with the verb: “2 of 4 samples are”."""
    if seen.samples == 1:
        return f"{'the' if n else 'not even the'} only sample {one}"
    return f"{n or 'none'} of {seen.samples} samples {one if n == 1 else more}"


def _beside(recording: Recording, seen: Signs) -> str:
    """How the cost moves, said after a verdict that is not about the cost."""
    if seen.trend == "swings":
        late = _late(recording)
        return f"The cost swings between {_cost(min(late))} and {_cost(max(late))}."
    if seen.trend == "grows":
        return f"The cost {_grown(recording)}."
    if seen.trend == "falls":
        return f"The cost still falls, {_lately(recording, falls=True)}."
    return f"The cost {_lately(recording)}."


def _grown(recording: Recording) -> str:
    first, end = float(recording.true_cost[0]), float(recording.true_cost[-1])
    if end > first:
        return f"has grown from {_cost(first)} to {_cost(end)}"
    top = recording.updates // 2 + int(np.argmax(_late(recording)))
    low = float(recording.true_cost[: top + 1].min())
    return f"had fallen to {_cost(low)} and has risen to {_cost(float(recording.true_cost[top]))}"


def _too_large(recording: Recording, seen: Signs) -> str:
    alpha = f"α = {recording.learning_rate:g} is too large"
    if seen.reach > LARGE:
        return f"{alpha} for inputs of this size."
    return f"{alpha}: try {smaller(recording.learning_rate):g}."


def _lately(recording: Recording, falls: bool = False) -> str:
    """The cost over the second half, of which `trend` speaks."""
    late = _late(recording)
    n = len(late) - 1
    over = f"the last {n} updates" if n > 1 else "the last update"
    for digits in (3, 6):
        start, end = _cost(late[0], digits), _cost(late[-1], digits)
        if start != end:
            return f"{'' if falls else 'goes '}from {start} to {end} in {over}"
    return f"stays at {start} {'all through' if n > 1 else 'in'} {over}"


def _late(recording: Recording) -> list[float]:
    """The true cost in the second half."""
    return [float(cost) for cost in recording.true_cost[recording.updates // 2 :]]


def _cost(value: float, digits: int = 3) -> str:
    return written(value, digits)


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

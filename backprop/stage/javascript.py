"""The modules of the page's engine that are written from the records of Python's engine.

python -m backprop.stage.javascript     writes these five into engine/

tables          number formats, and the limits that both engines keep
records         activations, forms of δ_L and displayed costs as loops (`loops`)
exact/records   which function of exact/fifty.js gives an activation or a cost with 50 digits
sentences       the words of a fault, with places for numbers; the steps of each form in words
palettes        the colours of codes
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from backprop.drawing import palette
from backprop.engine import dead
from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import FORMATS, Format
from backprop.engine.faults import words
from backprop.engine.forms import BY_NAME, COSTS, FORMS, Form
from backprop.engine.steps import Steps
from backprop.microscope import LOST
from backprop.stage import digest
from backprop.stage.literals import HEAD, Raw, in_a_line, literal, member
from backprop.stage.loops import records
from backprop.stage.wording import CARD, zero_edge

ENGINE = Path(__file__).with_name("engine")


def tables() -> str:
    """The text of tables.js."""
    lines = [
        f"{HEAD} formats and limits.\n",
        "/** `bottom` and `top` are the exponents of the least normal and of the largest number;\n"
        " * a double reaches some formats `viaSingle`, so by two roundings. */",
        "export const FORMATS = [",
        *(f"  {_format(fmt)}," for fmt in FORMATS.values()),
        "];",
        "export const COLOUR_STEPS = " + f"{palette.STEPS};",
        "/** Where the scale of a kind of signed values is full. */",
        f"export const REACHES = {in_a_line(palette.REACHES)};",
        "/** Of the scale of δ, which is logarithmic and full at 1. */",
        f"export const DECADES = {palette.DECADES:g};",
        f"export const LEAST_SHARE = {palette.LEAST_SHARE};",
        "/** See dead.py and digest.py. */",
        f"export const WRONG = {dead.WRONG};",
        f"export const DEAD_SHARE = {dead.DEAD_SHARE};",
        f"export const MULTIPLIERS = {json.dumps(digest.MULTIPLIERS)};",
        "/** So many units in the last place off, a step has lost digits. */",
        f"export const LOST = {LOST};",
    ]
    return "\n".join(lines) + "\n"


def _format(fmt: Format) -> str:
    return in_a_line({
        "name": fmt.name,
        "precision": fmt.precision,
        "bottom": math.frexp(fmt.tiny)[1] - 1,
        "top": math.frexp(fmt.max)[1] - 1,
        "viaSingle": fmt.by_way_of_float32,
    })  # fmt: skip


def exact_records() -> str:
    """The text of exact/records.js."""
    hidden = {name: _name(one.exact) for name, one in ACTIVATIONS.items()}
    costs = {key: _name(COSTS[form.cost.name].exact) for key, form in FORMS.items()}
    used = ", ".join(sorted({*hidden.values(), *costs.values()}))
    parts = [
        f"{HEAD} activations, forms, costs.\n",
        f'import {{ {used} }} from "./fifty.js";\n',
        '/** @import { ExactActivation, ExactCost } from "../engine" */\n',
        "/** @type {Record<string, ExactActivation>} */",
        f"export const ACTIVATIONS = {_by_name(hidden)};\n",
        "/** By the key of a form. @type {Record<string, ExactCost>} */",
        f"export const COSTS = {_by_name(costs)};",
    ]
    return "\n".join(parts) + "\n"


def _name(function: Callable[..., object]) -> str:
    """What fifty.js calls a function of `fifty`."""
    first, *others = function.__name__.split("_")
    return first + "".join(map(str.capitalize, others))


def _by_name(functions: Mapping[str, str]) -> str:
    return literal({name: Raw(function) for name, function in functions.items()})


def sentences() -> str:
    """The text of sentences.js."""
    displays = {form.display.name: form for form in reversed(FORMS.values())}
    steps: dict[words.StepWords, str] = {}
    costs = {name: _named(form.display.steps, form, steps) for name, form in displays.items()}
    forms = {key: _form_in_words(form, steps) for key, form in FORMS.items()}
    known = {name: asdict(step) for step, name in steps.items()}
    looks = {
        name: {"title": form.title, "colour": form.colour, "soft": form.soft}
        for name, form in BY_NAME.items()
    }
    formats = {name: words.of_format(fmt) for name, fmt in FORMATS.items()}
    sums = {kind: asdict(said) for kind, said in words.SUMS.items()}
    parts = [
        f"{HEAD} forms and of the words of faults.\n",
        '/** @import { FormWords, Look, StepWords, SumWords } from "./engine" */\n',
        "/** About faults, with places; see faults/words.py. @type {Record<string, string>} */",
        f"export const SENTENCES = {literal(words.SENTENCES)};\n",
        "/** What is said of each kind of sum. @type {Record<string, SumWords>} */",
        f"export const SUMS = {literal(sums)};\n",
        "/** Sentences of the cards, as HTML; see wording.py. @type {Record<string, string>} */",
        f"export const CARD = {literal(CARD)};\n",
        "/** What a number format fills in. @type {Record<string, Record<string, string>>} */",
        f"export const OF_FORMAT = {literal(formats)};\n",
        "/** @type {Record<string, Look>} */",
        f"export const LOOKS = {literal(looks)};\n",
        "/** The steps of forms and costs, each once; another one of the same name is numbered. */",
        f"const STEPS = {literal(known)};\n",
        "/** The steps of costs, as forms display them. @type {Record<string, StepWords[]>} */",
        f"const COSTS = {literal(costs)};\n",
        "/** By the key of a form. @type {Record<string, FormWords>} */",
        f"export const FORM_WORDS = {literal(forms)};",
    ]
    return "\n".join(parts) + "\n"


def palettes() -> str:
    """The text of palettes.js."""
    themes = {
        theme: {
            kind: {"stops": stops, **_inks([ink for _, ink in palette.palettes()[theme][kind]])}
            for kind, stops in kinds.items()
        }
        for theme, kinds in palette.STOPS.items()
    }
    return (
        f"{HEAD} the palette.\n\n"
        "/** Of each theme and kind: the stops of the fills; the ink that is read on the first,\n"
        " * the other ink, and the codes at which one takes the place of the other.\n"
        " * @type {Record<string, Record<string, Ramp>>} */\n"
        f"export const PALETTES = {literal(themes)};\n\n"
        f"export const STEPS = {palette.STEPS};\n\n"
        "/** @typedef {{stops: string[], inks: string[], turns: number[]}} Ramp */\n"
    )


def _inks(inks: Sequence[str]) -> dict[str, object]:
    turns = [code for code in range(1, len(inks)) if inks[code] != inks[code - 1]]
    return {"inks": tuple(dict.fromkeys(inks)), "turns": tuple(turns)}


def _form_in_words(form: Form, known: dict[words.StepWords, str]) -> dict[str, object]:
    return {
        "delta": _named(form.steps, form, known),
        "cost": Raw(f"COSTS{member(form.display.name)}"),
        "hasEpsilon": form.has_epsilon,
        "zero": zero_edge(form),
        "best": BY_NAME[form.cost.best].key,
    }


def _named(steps: Steps, form: Form, known: dict[words.StepWords, str]) -> tuple[Raw, ...]:
    """The words of the steps by their names in STEPS, where `known` has those so far."""
    for step in words.of_steps(steps, form):
        alike = sum(one.name == step.name for one in known)
        known.setdefault(step, f"{step.name}_{alike + 1}" if alike else step.name)
    return tuple(Raw(f"STEPS.{known[step]}") for step in words.of_steps(steps, form))


WRITTEN = {
    ENGINE / "tables.js": tables,
    ENGINE / "records.js": records,
    ENGINE / "exact" / "records.js": exact_records,
    ENGINE / "sentences.js": sentences,
    ENGINE / "palettes.js": palettes,
}
"""What makes the text of each of the modules."""

if __name__ == "__main__":
    for path, text in WRITTEN.items():
        path.write_text(text(), "utf-8")

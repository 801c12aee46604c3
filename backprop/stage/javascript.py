"""The part of the page's engine that is written from the engine's own records.

    python -m backprop.stage.javascript     writes the five of them in engine/

`tables` has the number formats and the limits that both sides keep, `records` the activations, the
forms of δ_L and the displayed costs: each step becomes a line, by its operation's `javascript`.
`exact/records` has by which function of `exact/fifty.js` activations and costs get their digits.
`sentences` has the words of a fault, with places for its numbers, and the steps of each form,
`palettes` the colours of codes.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from backprop.drawing import palette
from backprop.engine import dead
from backprop.engine.activations import ACTIVATIONS, Activation
from backprop.engine.arithmetic import FORMATS, Format
from backprop.engine.faults import words
from backprop.engine.forms import BY_NAME, COSTS, FORMS, Form
from backprop.engine.forms.costs import BCE
from backprop.engine.forms.record import Display
from backprop.engine.operations import SHARED
from backprop.engine.steps import Steps
from backprop.microscope import LOST
from backprop.stage import digest
from backprop.stage.literals import Raw, in_a_line, key_of, listed, literal, member, number
from backprop.stage.wording import CARD, zero_edge

ENGINE = Path(__file__).with_name("engine")
_HEAD = "// Written by `python -m backprop.stage.javascript` from the records of"
_PLACE = re.compile(r"\{(\w+)\}")


def tables() -> str:
    """The text of tables.js."""
    lines = [
        f"{_HEAD} formats and limits.\n",
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


def records() -> str:
    """The text of records.js."""
    displays = {form.display.name: form.display for form in FORMS.values()}
    best = BY_NAME[BCE.best]
    parts = [
        f"{_HEAD} activations, forms, costs.\n",
        'import { exp, expm1, log, log1p, tanh } from "./elementary.js";\n'
        'import { rounded } from "./formats.js";\n'
        'import { aboveLogit } from "./logit.js";\n',
        '/** @import { Activation, Form, Steps } from "./engine" */\n',
        "/** Hidden activations: z and its slope of h, all rounded to the format f.\n"
        " * @type {Record<string, Activation>} */",
        f"export const ACTIVATIONS = {{\n{''.join(map(_activation, ACTIVATIONS.values()))}}};\n",
        "/** Costs as forms display them, by the name of the display: the last step is the cost.\n"
        " * @type {Record<string, Steps>} */",
        f"const DISPLAYS = {{\n{''.join(map(_display, displays.values()))}}};\n",
        "/** The forms of δ_L by their keys: the last step is δ.\n"
        " * @type {Record<string, Form>} */",
        f"export const FORMS = {{\n{''.join(map(_form, FORMS.values()))}}};\n",
        "/** The form and the cost that keep all digits of hard labels. */",
        f"export const TRUE_FORM = FORMS.{best.key};",
        f"export const TRUE_COST = DISPLAYS{member(best.display.name)};",
    ]
    return "\n".join(parts) + "\n"


def exact_records() -> str:
    """The text of exact/records.js."""
    hidden = {name: _name(one.exact) for name, one in ACTIVATIONS.items()}
    costs = {key: _name(COSTS[form.cost.name].exact) for key, form in FORMS.items()}
    used = ", ".join(sorted({*hidden.values(), *costs.values()}))
    parts = [
        f"{_HEAD} activations, forms, costs.\n",
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
    costs = {name: _steps_in_words(form.display.steps, form) for name, form in displays.items()}
    forms = {key: _form_in_words(form) for key, form in FORMS.items()}
    looks = {
        name: {"title": form.title, "colour": form.colour, "soft": form.soft}
        for name, form in BY_NAME.items()
    }
    formats = {name: words.of_format(fmt) for name, fmt in FORMATS.items()}
    sums = {kind: asdict(said) for kind, said in words.SUMS.items()}
    parts = [
        f"{_HEAD} forms and of the words of faults.\n",
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
        "/** The steps of costs, as forms display them. @type {Record<string, StepWords[]>} */",
        f"const COSTS = {literal(costs)};\n",
        "/** By the key of a form. @type {Record<string, FormWords>} */",
        f"export const FORM_WORDS = {literal(forms)};",
    ]
    return "\n".join(parts) + "\n"


def palettes() -> str:
    """The text of palettes.js."""
    themes = {
        theme: {kind: _palette(pairs) for kind, pairs in kinds.items()}
        for theme, kinds in palette.palettes().items()
    }
    return (
        f"{_HEAD} the palette.\n\n"
        "/** Of each theme and kind: the fills of all codes in hexadecimal digits, and in as many\n"
        " * places which of the inks can be read on them.\n"
        " * @type {Record<string, Record<string, Inked>>} */\n"
        f"export const PALETTES = {literal(themes)};\n\n"
        "/** @typedef {{fills: string, inks: string, ink: string[]}} Inked */\n"
    )


def _palette(pairs: Sequence[Sequence[str]]) -> dict[str, object]:
    inks = sorted({ink for _, ink in pairs})
    return {
        "fills": "".join(fill.removeprefix("#") for fill, _ in pairs),
        "inks": "".join(str(inks.index(ink)) for _, ink in pairs),
        "ink": tuple(ink.removeprefix("#") for ink in inks),
    }


def _form_in_words(form: Form) -> dict[str, object]:
    return {
        "delta": _steps_in_words(form.steps, form),
        "cost": Raw(f"COSTS{member(form.display.name)}"),
        "hasEpsilon": form.has_epsilon,
        "zero": zero_edge(form),
        "best": BY_NAME[form.cost.best].key,
    }


def _steps_in_words(steps: Steps, form: Form) -> list[dict[str, object]]:
    return [asdict(step) for step in words.of_steps(steps, form)]


def _activation(activation: Activation) -> str:
    shared: dict[str, str] = {}
    z, slope = (_spelled(text, ["h"], shared) for text in activation.javascript)
    lines = [
        "for (let n = 0; n < slopes.length; n += 1) {",
        "  const h = hs[n];",
        *(f"  const {name} = {text};" for name, text in shared.items()),
        f"  zs[n] = {z};",
        f"  slopes[n] = {slope};",
        "}",
    ]
    ends = listed(map(number, activation.ends))
    head = [f"colours: {json.dumps(activation.kind)}", f"ends: {ends}"]
    last = ", f" if any(", f)" in line for line in lines) else ""
    doubles = [line.replace(", f)", ", 0)") for line in lines]  # which a compiler leaves out
    return _record(
        activation.name,
        head,
        _method(f"compute(hs, zs, slopes{last})", lines)
        + _method("computeDoubles(hs, zs, slopes)", doubles),
    )


def _display(display: Display) -> str:
    return _record(key_of(display.name), [_names(display.steps)], _method(*_loop(display.steps)))


def _form(form: Form) -> str:
    head = [
        f"keepsSlope: {json.dumps(COSTS[form.cost.name].keeps_slope)}",
        f"display: DISPLAYS{member(form.display.name)}",
        _names(form.steps),
    ]
    return _record(form.key, head, _method(*_loop(form.steps)))


def _loop(steps: Steps) -> tuple[str, list[str]]:
    """Every step at every h, one after the other into `out`; y is that of h, again and again."""
    shared: dict[str, str] = {}
    lines = []
    for step in steps:
        before = set(shared)
        text = _spelled(step.operation.javascript, step.operands, shared)
        lines += [f"const {name} = {shared[name]};" for name in shared if name not in before]
        lines.append(f"const {step.name} = {text};")
    uses = {operand for step in steps for operand in step.operands}
    last = ", epsilon" if "epsilon" in uses else ""
    return f"run(hs, ys, f, out{last})", [
        "const count = hs.length;",
        "for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {",
        "  const h = hs[n];",
        *(["  const y = ys[s];"] if "y" in uses else []),
        *(f"  {line}" for line in lines),
        *(f"  out[{_at(k)}] = {step.name};" for k, step in enumerate(steps)),
        "}",
    ]


def _at(k: int) -> str:
    return "n" if k == 0 else "count + n" if k == 1 else f"{k} * count + n"


def _spelled(text: str, operands: Sequence[str], shared: dict[str, str]) -> str:
    """A spelling with its operands; what it has in common with others goes to `shared`."""

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if name.isdigit():
            return operands[int(name)]
        own = f"{name}_of_{operands[0]}"
        if own not in shared:
            written = _spelled(SHARED[name], operands[:1], shared)
            shared[own] = written
        return own

    return _PLACE.sub(fill, text)


def _record(name: str, fields: Sequence[str], methods: str) -> str:
    told = "".join(f"    {field},\n" for field in fields)
    return f"  {name}: {{\n{told}{methods}  }},\n"


def _method(call: str, lines: Iterable[str]) -> str:
    body = "".join(f"      {line}\n" for line in lines)
    return f"    {call} {{\n{body}    }},\n"


def _names(steps: Steps) -> str:
    names = [json.dumps(step.name) for step in steps]
    short = f"steps: {listed(names)}"
    if len(short) <= 110:
        return short
    return "steps: [\n" + "".join(f"      {name},\n" for name in names) + "    ]"


if __name__ == "__main__":
    (ENGINE / "tables.js").write_text(tables(), "utf-8")
    (ENGINE / "records.js").write_text(records(), "utf-8")
    (ENGINE / "exact" / "records.js").write_text(exact_records(), "utf-8")
    (ENGINE / "sentences.js").write_text(sentences(), "utf-8")
    (ENGINE / "palettes.js").write_text(palettes(), "utf-8")

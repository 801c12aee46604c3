"""Activations, forms of δ_L and costs as loops of JavaScript: the text of engine/records.js.

Each step of a record becomes a line, by its operation's `javascript`, in which {0}, {1} … stand for
the operands and a name for what `SHARED` computes of the first one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from backprop.engine.activations import ACTIVATIONS, Activation
from backprop.engine.forms import BY_NAME, COSTS, FORMS, Form
from backprop.engine.forms.costs import BCE
from backprop.engine.forms.record import Display
from backprop.engine.operations import SHARED
from backprop.engine.steps import Steps
from backprop.stage.literals import HEAD, key_of, listed, member, number

_PLACE = re.compile(r"\{(\w+)\}")


def records() -> str:
    """The text of records.js."""
    displays = {form.display.name: form.display for form in FORMS.values()}
    best = BY_NAME[BCE.best]
    parts = [
        f"{HEAD} activations, forms, costs.\n",
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

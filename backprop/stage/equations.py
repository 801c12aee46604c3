"""The equation of every quantity on the stage, in symbols and with places for its numbers.

A template names a layer and leaves {u} (the unit) and {v} (the source unit) open, so one template
serves a whole layer. Its slots name channels; the player fills them for each update and knows
nothing of the mathematics. A line is a row of small formulas: it may break between them.
"""

from __future__ import annotations

from functools import lru_cache

from backprop.engine.activations import ACTIVATIONS, SIGMOID
from backprop.engine.costs import cost_steps
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.forms import INPUTS
from backprop.engine.formula import Formula, call, first, frac, indexed, number, row, slot, times
from backprop.engine.formula import symbol as letter
from backprop.engine.steps import Steps
from backprop.stage.protocol import Template


@lru_cache(maxsize=64)
def templates(
    sizes: tuple[int, ...], hidden: str, bias: bool, derivative: OutputDerivative, samples: int
) -> dict[str, Template]:
    """A template for each quantity and layer, by a key such as "delta.2".

    The player names the first operand that is not finite where a value has been contaminated.
    """
    L = len(sizes) - 1
    by_key: dict[str, Template] = {}
    for i in range(1, L + 1):
        sources = range(sizes[i - 1])
        by_key[f"h.{i}"] = _template(
            f"Pre-activation of layer {i}", _h(i, sizes, bias),
            *(f"{name}.{v}" for v in sources for name in (f"W.{i}.{{u}}", f"z.{i - 1}")),
            *((f"b.{i}.{{u}}",) if bias else ()),
        )  # fmt: skip
        by_key[f"z.{i}"] = _template(f"Activation of layer {i}", _z(i, L, hidden), f"h.{i}.{{u}}")
        if i < L:
            by_key[f"delta.{i}"] = _template(
                f"Error of layer {i}", _delta(i, sizes, hidden),
                *(f"{name}" for n in range(sizes[i + 1])
                  for name in (f"W.{i + 1}.{n}.{{u}}", f"delta.{i + 1}.{n}")),
                f"h.{i}.{{u}}",
            )  # fmt: skip
        else:
            by_key[f"delta.{L}"] = _template(
                f"Error of the output layer, {derivative.form.called}",
                _steps(derivative.steps, "step", L),
                f"h.{L}.{{u}}",
            )
        shared = (f"delta.{i}.{{u}}@samples", f"z.{i - 1}.{{v}}@samples")
        by_key[f"dW.{i}"] = _template(
            f"Gradient of the weights of layer {i}", _dW(i, samples), *shared
        )
        by_key[f"W.{i}"] = _template(
            f"Weight of layer {i}", [*_dW(i, samples), *_update("W", i)],
            f"dW.{i}.{{u}}.{{v}}@before", f"W.{i}.{{u}}.{{v}}@before",
        )  # fmt: skip
        if bias:
            by_key[f"b.{i}"] = _template(
                f"Bias of layer {i}", [*_db(i, samples), *_update("b", i)],
                f"db.{i}.{{u}}@before", f"b.{i}.{{u}}@before",
            )  # fmt: skip
            by_key[f"db.{i}"] = _template(
                f"Gradient of the biases of layer {i}", _db(i, samples), shared[0]
            )
    by_key[f"cost.{L}"] = _template(
        "Cost of this sample, then the average over all",
        _cost(derivative, L),
        f"h.{L}.{{u}}@samples",
    )
    by_key[f"y.{L}"] = _template("Target of this sample", _target(L))
    by_key["z.0"] = _template("Input of this sample", _input())
    by_key["update.0"] = _template(
        "Update: one step against the gradient", _update("W", L),
        *(f"{name}.{L}.{{u}}.{{v}}@before" for name in ("dW", "W")),
    )  # fmt: skip
    return by_key


BREAK, NO_BREAK = "<wbr>", "\u2060"
"""Between two formulas of a line: where it may break, and where it may not."""


def _template(title: str, lines: list[str], *operands: str) -> Template:
    html = "".join(f'<div class="line">{line}</div>' for line in lines)
    return {"title": title, "html": html, "operands": list(operands)}


def _math(*parts: Formula | str) -> str:
    return row(*parts).pieces()


def _h(i: int, sizes: tuple[int, ...], bias: bool) -> list[str]:
    h, W, z, b = indexed("h", i), indexed("W", i), indexed("z", i - 1), indexed("b", i)
    sources = range(sizes[i - 1])
    pairs = [times(slot(f"W.{i}.{{u}}.{v}"), slot(f"z.{i - 1}.{v}")) for v in sources]
    sums = [_math("=" if n == 0 else "+", pair) for n, pair in enumerate(pairs)]
    if bias:
        sums.append(_math("+", slot(f"b.{i}.{{u}}", "!")))
    return [
        _math(h, "=", W, z, *(("+", b) if bias else ())),
        BREAK.join(sums),
        _math("=", slot(f"h.{i}.{{u}}")),
    ]


def _z(i: int, L: int, hidden: str) -> list[str]:
    activation = SIGMOID if i == L else ACTIVATIONS[hidden]
    h, place = indexed("h", i), slot(f"h.{i}.{{u}}")
    name = call(activation.symbol, h)
    symbols = [name] if activation.expanded is None else [name, "=", activation.write(h)]
    return [
        _math(indexed("z", i), "=", *symbols),
        _math("=", activation.write(place)),
        _math("=", slot(f"z.{i}.{{u}}")),
    ]


def _delta(i: int, sizes: tuple[int, ...], hidden: str) -> list[str]:
    slope = call(ACTIVATIONS[hidden].slope_symbol, indexed("h", i))
    transposed = Formula(f"<msubsup><mi>W</mi><mn>{i + 1}</mn><mi>T</mi></msubsup>", "Wᵀ")
    sums = [
        _math(
            *(("=", "(") if n == 0 else ("+",)),
            times(slot(f"W.{i + 1}.{n}.{{u}}"), slot(f"delta.{i + 1}.{n}")),
        )
        for n in range(sizes[i + 1])
    ]
    factor = slot(f"slope.{i}.{{u}}", "!")
    return [
        _math(indexed("δ", i), "=", row("(", transposed, indexed("δ", i + 1), ")"), "⊙", slope),
        BREAK.join(sums) + NO_BREAK + _math(")", "×", factor),
        _math("=", first(slot(f"weighted.{i}.{{u}}")), "×", factor, "=", slot(f"delta.{i}.{{u}}")),
    ]


def _dJ_d(letter_: str, i: int) -> Formula:
    below = f"<mrow><mi>∂</mi><msub><mi>{letter_}</mi><mn>{i}</mn></msub></mrow>"
    return Formula(f"<mfrac><mrow><mi>∂</mi><mi>J</mi></mrow>{below}</mfrac>", "")


def _dW(i: int, samples: int) -> list[str]:
    transposed = Formula(f"<msubsup><mi>δ</mi><mn>{i}</mn><mi>T</mi></msubsup>", "")
    average = frac(number("1"), number(str(samples)))
    return [
        _math(_dJ_d("W", i), "=", average, transposed, indexed("z", i - 1)),
        _words("this sample’s share")
        + _math(
            first(slot(f"delta.{i}.{{u}}")), "×", slot(f"z.{i - 1}.{{v}}", "!"), "=",
            slot(f"product.{i}.{{u}}.{{v}}"),
        ),
        _words(_average(samples)) + _math("=", slot(f"dW.{i}.{{u}}.{{v}}")),
    ]  # fmt: skip


def _db(i: int, samples: int) -> list[str]:
    average = frac(number("1"), number(str(samples)))
    return [
        _math(_dJ_d("b", i), "=", average, "∑", indexed("δ", i)),
        _words("this sample’s share") + _math(slot(f"delta.{i}.{{u}}")),
        _words(_average(samples)) + _math("=", slot(f"db.{i}.{{u}}")),
    ]


def _average(samples: int) -> str:
    return "of the only sample" if samples == 1 else f"average over {samples} samples"


def _update(name: str, i: int) -> list[str]:
    place = f"{name}.{i}.{{u}}" + (".{v}" if name == "W" else "")
    parameter = indexed(name, i)
    step = row(slot("alpha"), "×", slot(f"d{place}", "!"))
    return [
        _math(parameter, "←", parameter, "−", letter("α"), _dJ_d(name, i)),
        _math("=", first(slot(place)), "−", step, "=", slot(f"{place}@next")),
    ]


def _target(L: int) -> list[str]:
    return [
        _math(letter("y"), "=", slot(f"y.{L}.{{u}}")),
        _words("the network answers") + _math(indexed("z", L), "=", slot(f"z.{L}.{{u}}")),
    ]


def _input() -> list[str]:
    return [
        _math(indexed("z", 0), "=", letter("x"), "=", slot("z.0.{u}")),
        _words("Drag it up or down, or press ↑ and ↓ while it has the focus."),
    ]


def _words(text: str) -> str:
    return f'<span class="words">{text}</span>'


def _steps(steps: Steps, prefix: str, L: int) -> list[str]:
    """One line a step: what it is, in symbols, in numbers, and its value."""
    known = dict(INPUTS) | {step.name: step.symbol for step in steps}
    places = {"h": f"h_out.{L}.{{u}}", "y": f"y.{L}.{{u}}", "epsilon": "epsilon"}
    lines = []
    for step in steps:
        places[step.name] = f"{prefix}.{step.name}.{L}.{{u}}"
        numbers = [slot(places[name]) for name in step.operands]
        symbols = step.write(*[known[name] for name in step.operands])
        head = [step.symbol] if _alike(step.symbol, symbols) else [step.symbol, "=", symbols]
        lines.append(_math(*head, "=", step.write(*numbers), "=", slot(places[step.name])))
    return lines


def _alike(one: Formula, other: Formula) -> bool:
    """Whether they say the same, as z (1 − z) and z × (1 − z) do."""
    bare = (f.text.replace(" ", "").replace("×", "") for f in (one, other))
    return next(bare) == next(bare)


def _cost(derivative: OutputDerivative, L: int) -> list[str]:
    return [
        *_steps(cost_steps(derivative), "cost", L),
        _words("average over all samples") + _math(letter("J"), "=", slot(f"J.{L}.0")),
    ]

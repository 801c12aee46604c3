"""The equation of every quantity on the stage, in symbols and with places for its numbers.

A template names a layer and leaves {u} (the unit) and {v} (the source unit) open, so one template
serves a whole layer. Its slots name channels; the player fills them for each update and knows
nothing of the mathematics.
"""

from __future__ import annotations

from backprop.costs import cost_steps
from backprop.derivatives import INPUTS, OutputDerivative
from backprop.formula import Formula, call, exp, frac, indexed, negative, number, plus, row, slot
from backprop.formula import symbol as letter
from backprop.steps import Steps

SIGMOID = {"sigmoid": "σ", "tanh": "tanh", "relu": "ReLU"}


def templates(
    sizes: tuple[int, ...], hidden: str, bias: bool, derivative: OutputDerivative, samples: int
) -> dict[str, dict[str, str]]:
    """A template {title, html} for each quantity and layer, by a key such as "delta.2"."""
    L = len(sizes) - 1
    made: dict[str, dict[str, str]] = {}
    for i in range(1, L + 1):
        made[f"h.{i}"] = _template(f"Pre-activation of layer {i}", _h(i, sizes, bias))
        made[f"z.{i}"] = _template(f"Activation of layer {i}", _z(i, L, hidden))
        if i < L:
            made[f"delta.{i}"] = _template(f"Error of layer {i}", _delta(i, sizes, hidden))
        made[f"dW.{i}"] = _template(f"Gradient of the weights of layer {i}", _dW(i, samples))
    made[f"delta.{L}"] = _template(
        f"Error of the output layer, {TITLES[derivative.variant]}",
        _steps(derivative.steps, "step", L),
    )
    made[f"cost.{L}"] = _template(
        "Cost of this sample, then the average over all", _cost(derivative, L)
    )
    made["update.0"] = _template("Update: one step against the gradient", _update())
    return made


TITLES = {
    "naive": "naive",
    "denominator": "ε added to the denominator",
    "clip": "z clipped in the quotient",
    "clip_both": "z clipped in both factors",
    "floor": "the denominator floored at ε",
    "fused": "fused",
    "split": "split by label",
    "quadratic": "quadratic cost",
}


def _template(title: str, lines: list[str]) -> dict[str, str]:
    return {"title": title, "html": "".join(f'<div class="line">{line}</div>' for line in lines)}


def _math(*parts: Formula | str) -> str:
    return row(*parts).document()


def _h(i: int, sizes: tuple[int, ...], bias: bool) -> list[str]:
    h, W, z, b = indexed("h", i), indexed("W", i), indexed("z", i - 1), indexed("b", i)
    sources = range(sizes[i - 1])
    pairs = [row(slot(f"W.{i}.{{u}}.{v}!"), "×", slot(f"z.{i - 1}.{v}!")) for v in sources]
    sums = [_math("=" if n == 0 else "+", pair) for n, pair in enumerate(pairs)]
    if bias:
        sums.append(_math("+", slot(f"b.{i}.{{u}}!")))
    return [
        _math(h, "=", W, z, *(("+", b) if bias else ())),
        "".join(sums),
        _math("=", slot(f"h.{i}.{{u}}")),
    ]


def _z(i: int, L: int, hidden: str) -> list[str]:
    kind = "sigmoid" if i == L else hidden
    h, place = indexed("h", i), slot(f"h.{i}.{{u}}!")
    name = call(SIGMOID[kind], h)
    symbols = [name] if kind == "tanh" else [name, "=", _activation(kind, h)]
    return [
        _math(indexed("z", i), "=", *symbols),
        _math("=", _activation(kind, place)),
        _math("=", slot(f"z.{i}.{{u}}")),
    ]


def _activation(kind: str, h: Formula) -> Formula:
    if kind == "sigmoid":
        return frac(number("1"), plus(number("1"), exp(negative(h))))
    return call("tanh", h) if kind == "tanh" else call("max", number("0"), h)


def _delta(i: int, sizes: tuple[int, ...], hidden: str) -> list[str]:
    slope = call("σ′" if hidden == "sigmoid" else f"{SIGMOID[hidden]}′", indexed("h", i))
    transposed = Formula("W^T", f"<msubsup><mi>W</mi><mn>{i + 1}</mn><mi>T</mi></msubsup>", "Wᵀ")
    sums = [
        _math(
            "= (" if n == 0 else "+",
            row(slot(f"W.{i + 1}.{n}.{{u}}!"), "×", slot(f"delta.{i + 1}.{n}!")),
        )
        for n in range(sizes[i + 1])
    ]
    return [
        _math(indexed("δ", i), "=", row("(", transposed, indexed("δ", i + 1), ")"), "⊙", slope),
        "".join(sums) + _math(")", "×", slot(f"slope.{i}.{{u}}")),
        _math("=", slot(f"weighted.{i}.{{u}}"), "×", slot(f"slope.{i}.{{u}}"), "=")
        + _math(slot(f"delta.{i}.{{u}}")),
    ]


def _dW(i: int, samples: int) -> list[str]:
    dJ = Formula(
        "", f"<mfrac><mrow><mi>∂</mi><mi>J</mi></mrow><mrow><mi>∂</mi>"
        f"<msub><mi>W</mi><mn>{i}</mn></msub></mrow></mfrac>", ""
    )  # fmt: skip
    transposed = Formula("", f"<msubsup><mi>δ</mi><mn>{i}</mn><mi>T</mi></msubsup>", "")
    return [
        _math(dJ, "=", frac(number("1"), number(str(samples))), transposed, indexed("z", i - 1)),
        '<span class="words">this sample’s share</span>'
        + _math(
            slot(f"delta.{i}.{{u}}"),
            "×",
            slot(f"z.{i - 1}.{{v}}!"),
            "=",
            slot(f"product.{i}.{{u}}.{{v}}"),
        ),
        f'<span class="words">average over {samples} samples</span>'
        + _math("=", slot(f"dW.{i}.{{u}}.{{v}}")),
    ]


def _update() -> list[str]:
    W, dJ = letter("W"), Formula(
        "", "<mfrac><mrow><mi>∂</mi><mi>J</mi></mrow><mrow><mi>∂</mi><mi>W</mi></mrow></mfrac>", ""
    )  # fmt: skip
    return [
        _math(W, "←", W, "−", letter("α"), dJ),
        _math("=", slot("W.{i}.{u}.{v}"), "−", slot("alpha"), "×", slot("dW.{i}.{u}.{v}!")),
        _math("=", slot("W.{i}.{u}.{v}@next")),
    ]


def _steps(steps: Steps, prefix: str, L: int) -> list[str]:
    """One line a step: what it is, in symbols, in numbers, and its value."""
    known = dict(INPUTS) | {step.name: step.symbol for step in steps}
    places = {"h": f"h_out.{L}.{{u}}", "y": f"y.{L}.{{u}}", "epsilon": "epsilon"}
    lines = []
    for step in steps:
        places[step.name] = f"{prefix}.{step.name}.{L}.{{u}}"
        numbers = [slot(places[name] + "!") for name in step.operands]
        symbols = step.write(*[known[name] for name in step.operands])
        head = [step.symbol] if step.symbol.text == symbols.text else [step.symbol, "=", symbols]
        lines.append(_math(*head, "=", step.write(*numbers)) + _math("=", slot(places[step.name])))
    return lines


def _cost(derivative: OutputDerivative, L: int) -> list[str]:
    return [
        *_steps(cost_steps(derivative), "cost", L),
        '<span class="words">average over all samples</span>'
        + _math(letter("J"), "=", slot(f"J.{L}.0")),
    ]

"""The equation of every quantity on the stage, in symbols and with places for its numbers.

A template names a layer and leaves {u} (the unit) and {v} (the source unit) open, so one template
serves a whole layer; how many samples there are is filled in by `averaged`. Its slots name
channels; the player fills them for each update and knows nothing of the mathematics. A line is a
row of small formulas: it may break between them.
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
    """The template of each quantity of each layer, by a key such as "delta.2".

    `operands` of a template are in evaluation order, so that the player can name the first one that
    is not finite.
    """
    whole = of_network(sizes, hidden, bias) | of_form(derivative, len(sizes) - 1)
    return {key: {**one, "html": averaged(one["html"], samples)} for key, one in whole.items()}


AVERAGES = "of the only sample", "average over {samples} samples"
"""The words for {average} in a template: where there is one sample, and where there are more."""


def averaged(html: str, samples: int) -> str:
    """A template's HTML with {samples} and {average} filled for so many samples."""
    return html.replace("{average}", AVERAGES[samples > 1]).replace("{samples}", str(samples))


def of_network(sizes: tuple[int, ...], hidden: str, bias: bool) -> dict[str, Template]:
    """The templates that do not depend on the form of δ_L, with {samples} and {average} open."""
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
        shared = (f"delta.{i}.{{u}}@samples", f"z.{i - 1}.{{v}}@samples")
        by_key[f"dW.{i}"] = _template(f"Gradient of the weights of layer {i}", _dW(i), *shared)
        by_key[f"W.{i}"] = _template(
            f"Weight of layer {i}", [*_dW(i), *_update("W", i)],
            f"dW.{i}.{{u}}.{{v}}@before", f"W.{i}.{{u}}.{{v}}@before",
        )  # fmt: skip
        if bias:
            by_key[f"b.{i}"] = _template(
                f"Bias of layer {i}", [*_db(i), *_update("b", i)],
                f"db.{i}.{{u}}@before", f"b.{i}.{{u}}@before",
            )  # fmt: skip
            by_key[f"db.{i}"] = _template(f"Gradient of the biases of layer {i}", _db(i), shared[0])
    by_key[f"y.{L}"] = _template("Target of this sample", _target(L))
    by_key["z.0"] = _template("Input of this sample", _input())
    by_key["update.0"] = _template(
        "Update: one step against the gradient", _update("W", L),
        *(f"{name}.{L}.{{u}}.{{v}}@before" for name in ("dW", "W")),
    )  # fmt: skip
    return by_key


def of_form(derivative: OutputDerivative, L: int) -> dict[str, Template]:
    """The templates of δ_L and of the cost in a network of L layers."""
    return {
        f"delta.{L}": _template(
            f"Error of the output layer, {derivative.form.called}",
            _steps(derivative.steps, "step", L),
            f"h.{L}.{{u}}",
        ),
        f"cost.{L}": _template(
            "Cost of this sample, then the average over all",
            _cost(derivative, L),
            f"h.{L}.{{u}}@samples",
        ),
    }


def _template(title: str, steps: list[str], *operands: str) -> Template:
    return {"title": title, "html": "".join(steps), "operands": list(operands)}


def _math(*parts: Formula | str) -> str:
    return row(*parts).pieces()


def _row(symbols: str, numbers: str = "", value: str = "", name: str = "") -> str:
    """A step: what it is, the same with its numbers, and its value; each as pieces."""
    named = f' data-step="{name}"' if name else ""
    cells = zip(("symbols", "numbers", "value"), (symbols, numbers, value), strict=True)
    spans = "".join(f'<span class="{kind}">{html}</span>' for kind, html in cells)
    return f'<div class="step"{named}>{spans}</div>'


def _sum(terms: list[Formula]) -> str:
    """A sum of products, each a term of its own; the player folds a long one."""
    written = "".join(
        f'<span class="term">{_math("+" if n else "=", term)}</span>'
        for n, term in enumerate(terms)
    )
    fold = '<button type="button" class="unfold" data-fold="terms" hidden></button>'
    return f'<span class="sum">{written}{fold}</span>'


def _h(i: int, sizes: tuple[int, ...], bias: bool) -> list[str]:
    h, W, z, b = indexed("h", i), indexed("W", i), indexed("z", i - 1), indexed("b", i)
    products = [
        times(slot(f"W.{i}.{{u}}.{v}"), slot(f"z.{i - 1}.{v}")) for v in range(sizes[i - 1])
    ]
    return [
        _row(
            _math(h, "=", W, z, *(("+", b) if bias else ())),
            _sum(products) + (_math("+", slot(f"b.{i}.{{u}}", "!")) if bias else ""),
            _math("=", slot(f"h.{i}.{{u}}")),
        )
    ]


def _z(i: int, L: int, hidden: str) -> list[str]:
    activation = SIGMOID if i == L else ACTIVATIONS[hidden]
    h, place = indexed("h", i), slot(f"h.{i}.{{u}}")
    name = call(activation.symbol, h)
    symbols = [name] if activation.expanded is None else [name, "=", activation.write(h)]
    return [
        _row(
            _math(indexed("z", i), "=", *symbols),
            _math("=", activation.write(place)),
            _math("=", slot(f"z.{i}.{{u}}")),
        )
    ]


def _delta(i: int, sizes: tuple[int, ...], hidden: str) -> list[str]:
    activation = ACTIVATIONS[hidden]
    slope, h = call(activation.slope_symbol, indexed("h", i)), slot(f"h.{i}.{{u}}")
    transposed = Formula(f"<msubsup><mi>W</mi><mn>{i + 1}</mn><mi>T</mi></msubsup>", "Wᵀ")
    weighted = row(transposed, indexed("δ", i + 1))
    products = [
        times(slot(f"W.{i + 1}.{n}.{{u}}"), slot(f"delta.{i + 1}.{n}")) for n in range(sizes[i + 1])
    ]
    factors = slot(f"weighted.{i}.{{u}}"), slot(f"slope.{i}.{{u}}")
    return [
        _row(_math(weighted), _sum(products), _math("=", factors[0]), "weighted"),
        _row(_math(slope), _math("=", call(activation.slope_symbol, h)), _math("=", factors[1]),
             "slope"),
        _row(
            _math(indexed("δ", i), "=", row("(", weighted, ")"), "⊙", slope),
            _math("=", times(*factors)),
            _math("=", slot(f"delta.{i}.{{u}}")),
        ),
    ]  # fmt: skip


def _dJ_d(letter_: str, i: int) -> Formula:
    below = f"<mrow><mi>∂</mi><msub><mi>{letter_}</mi><mn>{i}</mn></msub></mrow>"
    return Formula(f"<mfrac><mrow><mi>∂</mi><mi>J</mi></mrow>{below}</mfrac>", "")


def _dW(i: int) -> list[str]:
    transposed = Formula(f"<msubsup><mi>δ</mi><mn>{i}</mn><mi>T</mi></msubsup>", "")
    average = frac(number("1"), number("{samples}"))
    return [
        _row(_math(_dJ_d("W", i), "=", average, transposed, indexed("z", i - 1))),
        _row(
            _words("this sample’s share"),
            _math(first(slot(f"delta.{i}.{{u}}")), "×", slot(f"z.{i - 1}.{{v}}", "!")),
            _math("=", slot(f"product.{i}.{{u}}.{{v}}")),
        ),
        _row(_words("{average}"), value=_math("=", slot(f"dW.{i}.{{u}}.{{v}}"))),
    ]


def _db(i: int) -> list[str]:
    average = frac(number("1"), number("{samples}"))
    return [
        _row(_math(_dJ_d("b", i), "=", average, "∑", indexed("δ", i))),
        _row(_words("this sample’s share"), value=_math("=", slot(f"delta.{i}.{{u}}"))),
        _row(_words("{average}"), value=_math("=", slot(f"db.{i}.{{u}}"))),
    ]


def _update(name: str, i: int) -> list[str]:
    place = f"{name}.{i}.{{u}}" + (".{v}" if name == "W" else "")
    parameter = indexed(name, i)
    step = row(slot("alpha"), "×", slot(f"d{place}", "!"))
    return [
        _row(
            _math(parameter, "←", parameter, "−", letter("α"), _dJ_d(name, i)),
            _math("=", first(slot(place)), "−", step),
            _math("=", slot(f"{place}@next")),
        )
    ]


def _target(L: int) -> list[str]:
    return [
        _row(_math(letter("y")), value=_math("=", slot(f"y.{L}.{{u}}"))),
        _row(
            _words("the network answers") + _math(indexed("z", L)),
            value=_math("=", slot(f"z.{L}.{{u}}")),
        ),
    ]


def _input() -> list[str]:
    return [
        _row(_math(indexed("z", 0), "=", letter("x")), value=_math("=", slot("z.0.{u}"))),
        _row(_words("Drag it up or down, or press ↑ and ↓ while it has the focus.")),
    ]


def _words(text: str) -> str:
    return f'<span class="words">{text}</span>'


def _steps(steps: Steps, prefix: str, L: int) -> list[str]:
    """One row a step: what it is, in symbols, in numbers, and its value."""
    known = dict(INPUTS) | {step.name: step.symbol for step in steps}
    places = {"h": f"h_out.{L}.{{u}}", "y": f"y.{L}.{{u}}", "epsilon": "epsilon"}
    rows = []
    for step in steps:
        places[step.name] = f"{prefix}.{step.name}.{L}.{{u}}"
        numbers = [slot(places[name]) for name in step.operands]
        symbols = step.write(*[known[name] for name in step.operands])
        head = [step.symbol] if _alike(step.symbol, symbols) else [step.symbol, "=", symbols]
        rows.append(
            _row(
                _math(*head), _math("=", step.write(*numbers)),
                _math("=", slot(places[step.name])), step.name,
            )
        )  # fmt: skip
    return rows


def _alike(one: Formula, other: Formula) -> bool:
    """Whether they say the same, as z (1 − z) and z × (1 − z) do."""
    bare = (f.text.replace(" ", "").replace("×", "") for f in (one, other))
    return next(bare) == next(bare)


def _cost(derivative: OutputDerivative, L: int) -> list[str]:
    return [
        *_steps(cost_steps(derivative), "cost", L),
        _row(
            _words("average over all samples") + _math(letter("J")),
            value=_math("=", slot(f"J.{L}.0")),
        ),
    ]

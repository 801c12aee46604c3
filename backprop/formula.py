"""One formula, three spellings: LaTeX, MathML (browsers typeset it without a library) and text.

A formula is built from parts, so the same builder that writes it in symbols writes it again with
numbers, or with empty slots which a player fills for each update.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

_SUBSCRIPTS = str.maketrans("0123456789L+-−", "₀₁₂₃₄₅₆₇₈₉L₊₋₋")


@dataclass(frozen=True)
class Formula:
    """A formula in its three spellings; `atomic` if no parentheses are needed around it."""

    latex: str
    mathml: str
    text: str
    atomic: bool = True

    def document(self) -> str:
        """The MathML as an element of its own."""
        return f"<math>{self.mathml}</math>"


def symbol(text: str, latex: str | None = None) -> Formula:
    """A named quantity, such as z or σ′."""
    return Formula(latex or text, f"<mi>{escape(text)}</mi>", text)


def number(text: str) -> Formula:
    """A number already written out; a negative one is put in parentheses by products."""
    return Formula(text.replace("∞", r"\infty"), f"<mn>{text}</mn>", text, text[:1] not in "-−")


def slot(channel: str) -> Formula:
    """An empty place for the number of `channel`, filled by the player."""
    return Formula(channel, f'<mn data-slot="{escape(channel)}">–</mn>', channel)


def subscript(index: str | int) -> str:
    """A layer's number as it stands in plain text: ₂."""
    return str(index).translate(_SUBSCRIPTS)


def indexed(base: str, index: str | int, latex: str | None = None) -> Formula:
    """A symbol with a subscript: z with L."""
    tag = "mn" if str(index).isdigit() else "mi"
    return Formula(
        f"{latex or base}_{{{index}}}",
        f"<msub><mi>{escape(base)}</mi><{tag}>{index}</{tag}></msub>",
        base + subscript(index),
    )


def row(*parts: Formula | str) -> Formula:
    """Parts side by side; a plain string is an operator."""
    latex, mathml, text = [], [], []
    for part in parts:
        if isinstance(part, str):
            latex.append({"×": r"\times", "−": "-", "·": r"\cdot", "⊙": r"\odot"}.get(part, part))
            mathml.append(f"<mo>{escape(part)}</mo>")
            text.append(part)
        else:
            latex.append(part.latex)
            mathml.append(part.mathml)
            text.append(part.text)
    return Formula(" ".join(latex), f"<mrow>{''.join(mathml)}</mrow>", " ".join(text), atomic=False)


def wrap(inner: Formula) -> Formula:
    """`inner` in parentheses, unless it needs none."""
    if inner.atomic:
        return inner
    return Formula(
        rf"\left({inner.latex}\right)",
        f"<mrow><mo>(</mo>{inner.mathml}<mo>)</mo></mrow>",
        f"({inner.text})",
    )


def frac(above: Formula, below: Formula) -> Formula:
    """above / below."""
    return Formula(
        rf"\frac{{{above.latex}}}{{{below.latex}}}",
        f"<mfrac>{above.mathml}{below.mathml}</mfrac>",
        f"{wrap(above).text} / {wrap(below).text}",
        atomic=False,
    )


def exp(power: Formula) -> Formula:
    """e to a power."""
    return Formula(
        f"e^{{{power.latex}}}",
        f"<msup><mi>e</mi>{power.mathml}</msup>",
        f"exp({power.text})",
    )


def call(name: str, *arguments: Formula, latex: str | None = None) -> Formula:
    """A function applied to its arguments: σ(h), log(z)."""
    commas = '<mo separator="true">,</mo>'.join(a.mathml for a in arguments)
    return Formula(
        rf"{latex or name}\left({', '.join(a.latex for a in arguments)}\right)",
        f"<mrow><mi>{escape(name)}</mi><mo>(</mo>{commas}<mo>)</mo></mrow>",
        f"{name}({', '.join(a.text for a in arguments)})",
    )


def times(a: Formula, b: Formula) -> Formula:
    """a × b."""
    return row(wrap(a), "×", wrap(b))


def minus(a: Formula, b: Formula) -> Formula:
    """a − b."""
    return row(a, "−", wrap(b))


def plus(a: Formula, b: Formula) -> Formula:
    """a + b."""
    return row(a, "+", wrap(b))


def negative(a: Formula) -> Formula:
    """−a."""
    return row("−", wrap(a))

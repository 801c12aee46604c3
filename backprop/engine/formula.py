"""One formula, two spellings: MathML (browsers typeset it without a library) and plain text.

A formula is built from parts, so the same builder that writes it in symbols writes it again with
numbers, or with empty slots which a player fills for each update. Whether a number needs
parentheses is known when it is there: a slot says where it stands (`slot`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree

_SUBSCRIPTS = str.maketrans("0123456789L+-−", "₀₁₂₃₄₅₆₇₈₉L₊₋₋")


@dataclass(frozen=True)
class Formula:
    """A formula in both spellings, and what decides whether parentheses stand around it.

    `atomic`: none anywhere. `product` (or a quotient): none as a term of a sum. `difference`, a
    number such as 1−5e−14: also as the first term of a sum. `channel` names the number that fills
    an empty slot, "" for all else.
    """

    mathml: str
    text: str
    atomic: bool = True
    difference: bool = False
    channel: str = ""
    product: bool = False

    def document(self) -> str:
        """The MathML as an element of its own."""
        return f"<math>{self.mathml}</math>"

    def pieces(self) -> str:
        """The MathML as several elements, between which a line may break.

        Browsers do not break formulas; these end before an operator that stands in no bracket, and
        after a comma. What follows an "=" is a part of its own, in which a line may break too.
        """
        parts: list[list[list[ElementTree.Element]]] = [[[]]]
        depth, before = 0, None
        for node in _flat(ElementTree.fromstring(self.mathml)):
            sign = node.text if node.tag == "mo" else None
            depth += (sign in _OPENING) - (sign in _CLOSING)
            infix = sign in _BREAKS and before is not None and before not in _BREAKS + _OPENING
            if sign == "=" and parts[-1] != [[]]:
                parts.append([[]])
            elif (node.tag == "mtext" or sign in ("+", "≤") or (infix and depth == 0)) and parts[
                -1
            ][-1]:
                parts[-1].append([])
            if infix or sign == "=" or (sign == "+" and before is None):
                node.set("form", "infix")  # spaced as between its two sides
            parts[-1][-1].append(node)
            if sign == ",":
                parts[-1].append([])
            before = sign or node.tag
        return "<wbr>".join(_part([piece for piece in part if piece]) for part in parts)


_OPENING, _CLOSING, _BREAKS = ("(", "["), (")", "]"), ("=", "+", "−", "×")


def _part(pieces: list[list[ElementTree.Element]]) -> str:
    written = ("".join(ElementTree.tostring(node, "unicode") for node in piece) for piece in pieces)
    return f'<span class="part">{"<wbr>".join(f"<math>{piece}</math>" for piece in written)}</span>'


def _flat(node: ElementTree.Element) -> list[ElementTree.Element]:
    """The parts of a row and of the rows in it, in their order."""
    return [part for inner in node for part in _flat(inner)] if node.tag == "mrow" else [node]


def symbol(text: str) -> Formula:
    """A named quantity, such as z or σ′."""
    return Formula(f"<mi>{escape(text)}</mi>", text)


def number(text: str) -> Formula:
    """A number already written out; a negative one is put in parentheses by products."""
    difference = re.search("[^e−-][−-]", text) is not None
    atomic = text[:1] not in "-−" and not difference
    return Formula(f"<mn>{text}</mn>", text, atomic, difference)


def slot(channel: str, guard: str = "") -> Formula:
    """An empty place for the number of `channel`, filled by the player; in plain text {channel}.

    With the guard "!" a negative number and a difference (1−5e−14) stand in parentheses there,
    with "?" only a difference. Sums, products and signs put the guard that they need.
    """
    name = f"{channel}{guard}"
    return Formula(f'<mn data-slot="{escape(name)}">–</mn>', f"{{{name}}}", channel=channel)


def words(text: str) -> Formula:
    """Words inside a formula, with a blank on both sides."""
    return Formula(f"<mtext>\u2005{escape(text)}\u2005</mtext>", text)


def subscript(index: str | int) -> str:
    """A layer's number as it stands in plain text: ₂."""
    return str(index).translate(_SUBSCRIPTS)


def indexed(base: str, index: str | int) -> Formula:
    """A symbol with a subscript: z with L."""
    tag = "mn" if str(index).isdigit() else "mi"
    return Formula(
        f"<msub><mi>{escape(base)}</mi><{tag}>{index}</{tag}></msub>",
        base + subscript(index),
    )


def row(*parts: Formula | str) -> Formula:
    """Parts side by side; a plain string is an operator."""
    mathml, text = [], []
    for part in parts:
        if isinstance(part, str):
            mathml.append(_bracket(part) if part in _BRACKETS else f"<mo>{escape(part)}</mo>")
            text.append(part)
        else:
            mathml.append(part.mathml)
            text.append(part.text)
    factors = {part for part in parts if isinstance(part, str)} <= {*_BRACKETS, "×", "²"}
    return Formula(
        f"<mrow>{''.join(mathml)}</mrow>", " ".join(text), atomic=False,
        product=factors and all(isinstance(p, str) or p.atomic or p.product for p in parts),
    )  # fmt: skip


_BRACKETS = ("(", ")", "[", "]", "|")


def _bracket(sign: str, around: str = "") -> str:
    """A bracket as high as the letters, so that it keeps its height on a line of its own."""
    stretchy = "" if "<mfrac>" in around else ' stretchy="false"'
    return f"<mo{stretchy}>{sign}</mo>"


def wrap(inner: Formula) -> Formula:
    """`inner` in parentheses, unless it needs none."""
    if inner.channel:
        return slot(inner.channel, "!")
    if inner.atomic:
        return inner
    opened, closed = (_bracket(sign, inner.mathml) for sign in "()")
    return Formula(
        f"<mrow>{opened}{inner.mathml}{closed}</mrow>",
        f"({inner.text})",
    )


def first(inner: Formula) -> Formula:
    """`inner` as the first term of a sum: in parentheses only if it is a number as a difference."""
    if inner.channel:
        return slot(inner.channel, "?")
    return wrap(inner) if inner.difference else inner


def term(inner: Formula) -> Formula:
    """`inner` as a term of a sum that is not its first."""
    return inner if inner.product else wrap(inner)


def absolute(inner: Formula) -> Formula:
    """|inner|."""
    return Formula(
        '<mrow><mo stretchy="false" form="prefix">|</mo>'
        f'{inner.mathml}<mo stretchy="false" form="postfix">|</mo></mrow>',
        f"|{inner.text}|",
    )


def frac(above: Formula, below: Formula) -> Formula:
    """above / below."""
    return Formula(
        f"<mfrac>{above.mathml}{below.mathml}</mfrac>",
        f"{wrap(above).text} / {wrap(below).text}",
        atomic=False,
        product=True,
    )


def exp(power: Formula) -> Formula:
    """e to a power."""
    return Formula(
        f"<msup><mi>e</mi>{power.mathml}</msup>",
        f"exp({power.text})",
    )


def call(name: str, *arguments: Formula) -> Formula:
    """A function applied to its arguments: σ(h), log(z)."""
    opened, closed = (_bracket(sign, "".join(a.mathml for a in arguments)) for sign in "()")
    commas = '<mo separator="true">,</mo>'.join(a.mathml for a in arguments)
    return Formula(
        f"<mrow><mi>{escape(name)}</mi>{opened}{commas}{closed}</mrow>",
        f"{name}({', '.join(a.text for a in arguments)})",
    )


def times(a: Formula, b: Formula) -> Formula:
    """a × b."""
    return row(wrap(a), "×", wrap(b))


def minus(a: Formula, b: Formula) -> Formula:
    """a − b."""
    return row(first(a), "−", term(b))


def plus(a: Formula, b: Formula) -> Formula:
    """a + b."""
    return row(first(a), "+", term(b))


def negative(a: Formula) -> Formula:
    """−a."""
    return row("−", term(a))

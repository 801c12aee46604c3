"""Why a value is special, in words: exactly 0 or 1, or dead. The player fills in the numbers.

Places are written {h.3.[u]}: a channel, with [u] for the unit. The layer's number is left open, as
{i}.
"""

from __future__ import annotations

from backprop.engine.activations import SIGMOID, Activation
from backprop.engine.arithmetic import Format
from backprop.engine.cliffs import cliffs
from backprop.engine.digits import tidy
from backprop.engine.forms.record import Form

DEAD = (
    "Dead: the sample is wrong, and yet nothing arrives here: weighted error "
    "{weighted.{i}.[u]} × slope {slope.{i}.[u]} = 0."
)
"""Of a hidden layer."""


def dead_output(form: Form) -> str:
    """Why a δ of 0 came out of this form at the output, with places for the numbers."""
    return (
        "Dead: the sample is wrong (true δ = {true_delta.{i}.[u]}), and yet "
        f"δ = {{delta.{{i}}.[u]}}: {form.dead}."
    )


def output_ends(fmt: Format, form: Form) -> dict[str, str]:
    """Why the output's z is exactly 0 or 1, by the value as a text ("0", "1")."""
    return _sigmoid_ends(fmt, form.is_textbook)


def hidden_ends(fmt: Format, activation: Activation) -> dict[str, str]:
    """Why z of a hidden layer is exactly one of the `ends` of its activation, by the value."""
    if activation is SIGMOID:
        return _sigmoid_ends(fmt, textbook=False)
    said = {}
    for end in activation.ends:
        shown = tidy(f"{end:g}")
        said[f"{end:g}"] = (
            f"z is exactly {shown}: for h = {{h.{{i}}.[u]}}, {activation.symbol} is closer to "
            f"{shown} than half a step of {fmt.name}."
        )
    return said


def _sigmoid_ends(fmt: Format, textbook: bool) -> dict[str, str]:
    """The cliffs of the form of σ that the layer uses."""
    first = {cliff.name: float(cliff.h) for cliff in cliffs(fmt)}
    low = first["e⁻ʰ = ∞" if textbook else "z = 0"]
    why = "e⁻ʰ overflows" if textbook else "σ(h) is below the smallest number"
    return {
        "1": (
            f"z is exactly 1: h = {{h.{{i}}.[u]}} is past {first['z = 1']:.6g}, the first h whose "
            f"σ rounds to 1 in {fmt.name}."
        ),
        "0": (
            f"z is exactly 0: h = {{h.{{i}}.[u]}} is past {tidy(f'{low:.6g}')}, "
            f"from where on {why} in {fmt.name}."
        ),
    }

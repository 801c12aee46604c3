"""Why a value is special, in words: exactly 0 or 1, or dead. The player fills in the numbers.

Places are written {h.3.[u]}: a channel, with [u] for the unit.
"""

from __future__ import annotations

from backprop.engine.activations import ACTIVATIONS, SIGMOID, Activation
from backprop.engine.arithmetic import Format
from backprop.engine.cliffs import cliffs
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.digits import tidy


def notes(
    sizes: tuple[int, ...], hidden: str, fmt: Format, derivative: OutputDerivative
) -> dict[str, str]:
    """A note for each quantity, layer and way of being special: by "z.3.1", "delta.2.dead"."""
    L = len(sizes) - 1
    said: dict[str, str] = {}
    for i in range(1, L + 1):
        activation = SIGMOID if i == L else ACTIVATIONS[hidden]
        if activation is SIGMOID:
            said |= _sigmoid_ends(i, fmt, i == L and derivative.form.is_textbook)
        else:
            said |= _ends(i, fmt, activation)
        said[f"delta.{i}.dead"] = (
            f"Dead: the sample is wrong (true δ = {{true_delta.{L}.[u]}}), and yet "
            f"δ = {{delta.{L}.[u]}}: {derivative.form.dead}."
            if i == L
            else f"Dead: the sample is wrong, and yet nothing arrives here: weighted error "
            f"{{weighted.{i}.[u]}} × slope {{slope.{i}.[u]}} = 0."
        )
    return said


def _ends(i: int, fmt: Format, activation: Activation) -> dict[str, str]:
    """The values at which the activation saturates."""
    said = {}
    for end in activation.ends:
        shown = tidy(f"{end:g}")
        said[f"z.{i}.{end:g}"] = (
            f"z is exactly {shown}: for h = {{h.{i}.[u]}}, {activation.symbol} is closer to "
            f"{shown} than half a step of {fmt.name}."
        )
    return said


def _sigmoid_ends(i: int, fmt: Format, textbook: bool) -> dict[str, str]:
    """The cliffs of the form of σ that the layer uses."""
    first = {cliff.name: float(cliff.h) for cliff in cliffs(fmt)}
    low = first["e⁻ʰ = ∞" if textbook else "z = 0"]
    why = "e⁻ʰ overflows" if textbook else "σ(h) is below the smallest number"
    return {
        f"z.{i}.1": (
            f"z is exactly 1: h = {{h.{i}.[u]}} is past {first['z = 1']:.6g}, the first h whose σ "
            f"rounds to 1 in {fmt.name}."
        ),
        f"z.{i}.0": (
            f"z is exactly 0: h = {{h.{i}.[u]}} is past {tidy(f'{low:.6g}')}, "
            f"from where on {why} in {fmt.name}."
        ),
    }

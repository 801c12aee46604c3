"""The words that networks, traces and recordings share when they print themselves."""

from __future__ import annotations

from typing import Any

from backprop.engine.derivatives import OutputDerivative
from backprop.engine.sums import length


def of_derivative(derivative: OutputDerivative) -> str:
    """Such as: naive, or clamped (clip, ε = 1e-07)."""
    if not derivative.form.has_epsilon:
        return derivative.name
    return f"{derivative.name} ({derivative.clamp}, ε = {derivative.epsilon:g})"


def of_cost(displayed: Any, true: Any) -> str:
    """The displayed cost, and the true one where four digits tell them apart."""
    shown, right = brief(displayed), brief(true)
    return shown if shown == right else f"{shown} (true {right})"


def counted(count: int, what: str) -> str:
    """Such as: 1 sample, or 4 samples."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def brief(value: Any) -> str:
    """A number in four digits, as code writes it."""
    number = float(value)
    return {"nan": "NaN", "inf": "∞", "-inf": "−∞"}.get(str(number)) or f"{number:.4g}"


def norm(values: Any) -> str:
    """‖values‖, the root of the sum of squares, in four digits."""
    return brief(length(values, values.ndim))

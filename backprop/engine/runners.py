"""Who takes part in a race: an output derivative in a number format, and the text that names it.

    naive        clamped:clip:1e-7        fused@float16

The text names the derivative; for the clamped one its clamp and its ε; after @ the number format.
What it leaves out comes from another runner, by default ε = 1e-7 in the denominator, in float64.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from backprop.engine.arithmetic import FORMATS
from backprop.engine.demands import choice, instance
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.digits import number_of
from backprop.engine.forms import BY_NAME

MOST_RUNNERS = 8

_TEXT = re.compile(
    r"(?P<name>[a-z][a-z0-9_]{0,30})(:(?P<clamp>[a-z][a-z0-9_]{0,30})(:(?P<epsilon>[0-9.e+-]{1,30}))?)?"
    r"(@(?P<format>[a-z0-9]{1,12}))?",
    re.ASCII,
)


@dataclass(frozen=True)
class Runner:
    """An output derivative and the name of the format in which its whole training computes.

    Where the derivative uses no ε, ε and clamp are set to their defaults, so that two runners are
    equal if they compute the same. Raises ValueError for an unknown format.
    """

    derivative: OutputDerivative
    format: str = "float64"

    def __post_init__(self) -> None:
        instance("A runner's derivative", self.derivative, OutputDerivative,
                 'OutputDerivative("fused")')  # fmt: skip
        choice("The number format", self.format, FORMATS)
        object.__setattr__(self, "derivative", self.derivative.plain)

    @property
    def text(self) -> str:
        """The runner as links and the results of a race name it; `parse_runner` reads it back."""
        text = self.derivative.name
        if self.derivative.form.variant is not None:
            text += f":{self.derivative.clamp}:{self.epsilon_text}"
        return text if self.format == Runner.format else f"{text}@{self.format}"

    @property
    def epsilon_text(self) -> str:
        """All digits of ε, such as 1e-7."""
        return repr(float(self.derivative.epsilon)).replace("e-0", "e-")


def parse_runner(text: str, like: Runner | None = None) -> Runner:
    """The runner that `text` names, such as clamped:clip:1e-7@float32; the rest is that of `like`.

    Raises ValueError for a text of another form, and as Runner and OutputDerivative do.
    """
    found = _TEXT.fullmatch(text) if isinstance(text, str) else None
    if found is None or (found["clamp"] and not _has_clamp(found["name"])):
        raise ValueError(
            "A runner must be a derivative such as naive, with clamp and ε where it is clamped, "
            f"such as clamped:clip:1e-7, and a format where you want one, got {text!r:.60}. "
            "Try fused@float16."
        )
    base = like or Runner(OutputDerivative())
    derivative = replace(base.derivative, name=found["name"])
    if found["clamp"]:
        derivative = replace(derivative, clamp=found["clamp"])
    if found["epsilon"]:
        derivative = replace(derivative, epsilon=_number(found["epsilon"]))
    return Runner(derivative, found["format"] or base.format)


def _has_clamp(name: str) -> bool:
    return name in BY_NAME and BY_NAME[name].variant is not None


def _number(text: str) -> float:
    try:
        return number_of(text)
    except ValueError:
        raise ValueError(
            f"ε must be a number above 0 and below 0.5, got {text!r:.60}. Try 1e-7."
        ) from None

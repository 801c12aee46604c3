"""What the stage asks of Python: the questions, one dataclass each.

Each is read as strictly as it stands (`controls.reading`): no field is left out or added, no number
is NaN or ∞, and what is annotated with `Within` lies there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal


@dataclass(frozen=True)
class Within:
    """The least and the greatest number, or of a text the fewest and the most characters."""

    least: float
    most: float


Natural = Annotated[int, Within(0, 2**53 - 1)]
Name = Annotated[str, Within(0, 64)]


@dataclass(frozen=True)
class Asked:
    """With every question: its number, from 1, and the recording and update that were shown."""

    number: Natural
    token: Name
    update: Natural


@dataclass(frozen=True)
class Placed:
    """An input (from 0), and the value at which it was let go."""

    input: Natural
    value: float


@dataclass(frozen=True)
class Drop(Asked):
    """Show a sample (from 0), with these inputs of it at these values."""

    kind: Literal["drop"]
    sample: Natural
    inputs: tuple[Placed, ...]


@dataclass(frozen=True)
class Edit(Asked):
    """Another value for a weight or bias of the start, named as in "W1.0.2" or "b2.1"."""

    kind: Literal["edit"]
    name: Name
    value: Annotated[float, Within(-1e6, 1e6)]


@dataclass(frozen=True)
class Rest(Asked):
    """The playhead rests at the update and here: the address follows, a digest is wanted.

    And a verdict, where it is shown how the training ends.
    """

    kind: Literal["rest"]
    ending: bool
    operation: Name
    selection: Name


@dataclass(frozen=True)
class ShowSample(Asked):
    """Show another sample, from 0."""

    kind: Literal["sample"]
    sample: Natural


@dataclass(frozen=True)
class ShowBeside(Asked):
    """Show another runner beside the shown one, "" for none."""

    kind: Literal["beside"]
    name: Name


@dataclass(frozen=True)
class Press(Asked):
    """Take the last edit back, or all; or switch the projector on or off."""

    kind: Literal["undo", "reset", "projector"]


Question = Drop | Edit | Rest | ShowSample | ShowBeside | Press


@dataclass(frozen=True)
class Questions:
    """All that a client has not seen heard yet, in order, so that none is lost on the way."""

    client: Annotated[str, Within(1, 40)]
    questions: tuple[Annotated[object, "Asked & Question"], ...]

"""What the scripts of other pages send: race, microscope, lessons, and a connection that is back.

Read as strictly as the stage's questions.
"""

from __future__ import annotations

from dataclasses import dataclass

from backprop.stage.protocol.questions import Name, Natural


@dataclass(frozen=True)
class RaceAt:
    """The race's playhead, in the visit that it moved in."""

    at: Natural
    visit: Name


@dataclass(frozen=True)
class RaceOpen:
    """A runner (from 0) and an update, to be opened on the Live page."""

    runner: Natural
    update: Natural


@dataclass(frozen=True)
class Wish:
    """Where h is to go: to a place on the slider, a typed text, by floats, or by a difference.

    One of the four. `held` while the slider is, `seen` if what stands beneath the charts is.
    """

    count: Natural
    place: float | None = None
    text: str | None = None
    floats: int | None = None
    by: float | None = None
    held: bool | None = None
    seen: bool | None = None

    def __post_init__(self) -> None:
        if sum(way is not None for way in (self.place, self.text, self.floats, self.by)) != 1:
            raise ValueError("One of place, text, floats and by is required.")


@dataclass(frozen=True)
class KeptLesson:
    """The lesson that the browser keeps, as JSON in parts, since no text may be longer."""

    parts: tuple[str, ...]


@dataclass(frozen=True)
class Move:
    """What a widget says that Python has not heard yet, by what it sets."""

    name: Name
    value: object


@dataclass(frozen=True)
class Resumed:
    """Where a page was whose connection is back: session, visit, the query of its address.

    `number` counts these messages, so that each gets an answer, which names it.
    `moves` are those of its widgets; None where no script follows them.
    """

    number: Natural
    session: Name
    visit: Name
    query: str
    moves: tuple[Move, ...] | None

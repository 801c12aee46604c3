"""What Python answers, and the events that scripts dispatch to each other."""

from __future__ import annotations

from typing import Annotated, TypedDict

from backprop.stage.protocol.messages import Resumed


class Computed(TypedDict):
    """What Python has computed of a recording, by its `token`.

    The digest of the parameters of all updates, which must be that of the page's own ("" while
    there is no time to compute it); how the training ends, in words, where that was asked for (""
    otherwise).
    """

    token: str
    digest: str
    verdict: str


Word = float | str | bool
Moves = Annotated[dict[str, Word], "Record<string, Word>"]
"""What widgets say that Python has not heard yet, by what they set; none of those it has heard."""


class Answers(TypedDict):
    """The client that was heard, up to which number; what was computed last."""

    heard: tuple[str, int]
    computed: Computed | None


class Limits(TypedDict):
    """Which numbers a field takes: "real" or "whole" ones, from the one to the other."""

    kind: str
    low: float
    high: float


class Watched(TypedDict):
    """A widget beside the stage, by its key: what it sets, and to what in Python's last word.

    One that chooses has `options`, and `labels` if it shows the chosen one only, as a text. One in
    which a number is typed has `limits`.
    """

    name: str
    value: Word
    options: list[Word]
    labels: list[str]
    limits: Limits | None


class Playhead(TypedDict):
    """A place that the player is led to: update, operation as "delta.3" or "start", selection."""

    update: int
    operation: str
    selection: str


Answer = Annotated[object, "{ computed: Computed | null }"]
"""What is known of an answer on the page: what Python computed last."""

Events = TypedDict(
    "Events",
    {
        "backprop:move": Moves,
        "backprop:ask": Annotated[object, "Asked & Question"],
        "backprop:answer": Answer,
        "backprop:go": Playhead,
        "backprop:hold": Playhead | None,
        "backprop:project": None,
        "backprop:brought": None,
        "backprop:resume": Resumed,
        "backprop:back": None,
    },
)
Events.__doc__ = (
    """What is dispatched: go, hold and project on a stage's root, the others on the document."""
)

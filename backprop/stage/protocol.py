"""What Python and the scripts of a page say to each other: scenes, questions, answers, events.

A scene goes to the player as the words of an envelope (`drawing.envelope`). The player computes
the numbers itself: a frame is an update, a channel one number of it.

    values   float64 (channels)         every format exactly, NaN and ∞ too
    codes    uint8 (channels)           places in a palette
    states   uint8 (channels)           places in `State`
    strips   uint8 (cells, striped)     codes of h, z and δ of all samples; 255: not finite

Channels are named name.layer.unit or name.layer.unit.source, layers from 1 (inputs are z of layer
0), the others from 0: "delta.3.0", "W.2.0.3". The terms of the output's δ and of the cost are
"step.width.3.0" and "cost.minus_log.3.0"; the cost of all samples is "J.3.0". Operations are named
name.layer, but "update" and "start" (before any) without a layer.

What a browser sends is a dataclass here, and is read as strictly as it stands (`controls.reading`):
no field is left out or added, no number is NaN or ∞. `protocol.d.ts` says the same to TypeScript.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypedDict

State = Literal["plain", "saturated", "dead", "nan", "plus-infinity", "minus-infinity"]
"""What is special about a value; from "nan" on it is not finite."""

Kind = Literal["signed", "unit", "weight", "h", "delta"]
"""How a block's numbers become colours: from 0 to 1 ("unit"), or of either sign."""

LETTERS = {"delta": "δ", "dW": "∂J/∂W", "db": "∂J/∂b", "true_J": "J"}
"""What people call a quantity, where it is not its name."""

# ---- channels and operations ------------------------------------------------------------------

_CHANNEL = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)\.(\d+)\.(\d+)(?:\.(\d+))?")


def channel(name: str, layer: int, *place: int) -> str:
    """The name of a channel: of a unit, or of a unit and its source, both from 0."""
    return ".".join((name, str(layer), *map(str, place)))


def parsed(text: str) -> tuple[str, int, tuple[int, ...]]:
    """Name, layer and place of a channel; raises ValueError for what is none."""
    found = _CHANNEL.fullmatch(text)
    if found is None:
        raise ValueError(f"A channel such as W.2.0.3 or delta.3.0 is required, got {text!r}.")
    name, layer, *place = found.groups()
    return name, int(layer), tuple(int(n) for n in place if n is not None)


class Operation(TypedDict):
    """One operation of an update; the update itself is of layer 0. `title` is for people."""

    name: Literal["h", "z", "cost", "delta", "dW", "update"]
    layer: int
    title: str


def operations(L: int) -> list[Operation]:
    """The operations of one update of L layers in the order in which they are computed."""
    listed: list[Operation] = []
    for i in range(1, L + 1):
        listed.append({"name": "h", "layer": i, "title": f"forward, h at layer {i}"})
        listed.append({"name": "z", "layer": i, "title": f"forward, z at layer {i}"})
    listed.append({"name": "cost", "layer": L, "title": "cost"})
    for i in range(L, 0, -1):
        listed.append({"name": "delta", "layer": i, "title": f"backward, δ at layer {i}"})
        listed.append({"name": "dW", "layer": i, "title": f"backward, ∂J/∂W at layer {i}"})
    listed.append({"name": "update", "layer": 0, "title": "update of all weights"})
    return listed


def numbered(L: int) -> dict[str, int]:
    """The operations by their names, such as "delta.3" or "update"; "start" is −1."""
    names = (f"{o['name']}.{o['layer']}".removesuffix(".0") for o in operations(L))
    return {"start": -1} | {name: n for n, name in enumerate(names)}


# ---- what the page computes itself ------------------------------------------------------------


class ExperimentRunner(TypedDict):
    """Who is trained: a name among the runners, the key of a form of δ_L, such as "clip", and ε."""

    name: str
    form: str
    epsilon: float


class Experiment(TypedDict):
    """What is to be trained, as both engines compute it: network, data, and who takes part.

    The start: of each layer W (nᵢ, nᵢ₋₁), row by row, and then b are `scale` × the next of `draws`;
    with `zeroBiases` each b is 0; `outputBias` is added to the last one; `weights` replace single
    numbers (["W1.0.2", 0.5]); then all is rounded once to the format. `draws` may be more than
    these sizes need. The samples X (samples, n₀) and y (samples, n_L) are replaced, row by row, by
    `edits` [sample, [x…, y…]], and rounded as well. `alpha` is the learning rate. The form of a
    runner says which cost it descends. `shown` is the name of the runner that is shown, `sample`
    (from 0) the sample.
    """

    sizes: list[int]
    bias: bool
    hidden: str
    format: str
    draws: list[float]
    scale: float
    zeroBiases: bool
    outputBias: float
    weights: list[tuple[str, float]]
    X: list[list[float]]
    y: list[list[float]]
    edits: list[tuple[int, list[float]]]
    alpha: float
    updates: int
    runners: list[ExperimentRunner]
    shown: str
    sample: int


# ---- the scene --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """Consecutive channels of one quantity of one layer, from `start` on in each frame.

    `shape` is (units,) or (units, sources); `known` the number of the operation from which on the
    block is known (−1: before any); `letter` what people call the quantity.
    """

    name: str
    layer: int
    start: int
    shape: tuple[int, ...]
    kind: Kind
    known: int
    letter: str


class Template(TypedDict):
    """An equation with places for its numbers, {u} and {v} left open for unit and source.

    `operands` are the channels that its value is computed from, in evaluation order; those of the
    update before end in "@before", those of all samples in "@samples".
    """

    title: str
    html: str
    operands: list[str]


class At(TypedDict):
    """An update, and the number of an operation of it."""

    update: int
    operation: int


@dataclass(frozen=True)
class View:
    """How a recording is looked at.

    The player goes to `update` and `operation` (as "delta.3"; none means the
    whole pass, but at update 0 its start) and selects `selection`
    (as "W.1.0.2") when `visit` is new to it; otherwise it stays where it is. `token` names what
    was recorded, so that a late answer to a question about another recording is not believed.
    `reach` is how far each input can be dragged from 0; empty where nobody answers when the
    visitor changes something (a file that stands alone), and then nothing can be changed.
    `edited` says that there are edits to be undone. `beside` is the name of another runner that is
    seen beside the shown one, "" for none.
    """

    update: int = 0
    operation: str = ""
    selection: str = ""
    projector: bool = False
    visit: str = ""
    token: str = ""
    reach: tuple[float, ...] = ()
    edited: bool = False
    beside: str = ""


class Notes(TypedDict):
    """Why a value is special: of hidden layers by "tanh float16", of outputs by "clip float16".

    Each by what the value is exactly; `dead` and `deadOutputs` (by the key of the form) are of a δ
    of 0. All leave {i}, the layer, open.
    """

    hidden: dict[str, dict[str, str]]
    outputs: dict[str, dict[str, str]]
    dead: str
    deadOutputs: dict[str, str]


class Library(TypedDict):
    """Python's words and equations for networks, of which the page takes those of an experiment.

    `networks` (by "2-4-1 tanh bias") and `forms` (by "clip 3", a form and the number of layers)
    have for each equation, such as "delta.2", the number of its template; `operations` are by the
    number of layers. `averages` are the words for {average}: of one sample, of more.
    """

    networks: dict[str, dict[str, int]]
    forms: dict[str, dict[str, int]]
    templates: list[Template]
    notes: Notes
    operations: dict[str, list[Operation]]
    letters: dict[str, str]
    averages: tuple[str, str]


class Scene(TypedDict):
    """What the page computes, and of what it speaks of it. `features` names the inputs."""

    experiment: Experiment
    view: Annotated[dict[str, Any], View]
    features: list[str]
    library: Library


class Staged(TypedDict):
    """A scene without its library, which the page was sent before by the name `library`."""

    experiment: Experiment
    view: Annotated[dict[str, Any], View]
    features: list[str]
    library: str


# ---- what a browser sends ---------------------------------------------------------------------


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


# ---- answers and events -----------------------------------------------------------------------


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


class Watched(TypedDict):
    """A widget beside the stage, by its key: what it sets, and to what in Python's last word.

    One that chooses has `options`, and `labels` if it shows the chosen one only, as a text.
    """

    name: str
    value: Word
    options: list[Word]
    labels: list[str]


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


class WindowAddress(TypedDict):
    """window.backpropAddress: what of the address outlives each mount, and a server started anew.

    `session` as Python names it; `query` is Python's last word on it, `said` what the scripts last
    wrote into it; `mark` one of Back or Forward that Python has not heard of yet ("" if none);
    `leaving` the path of a page from which a link to another was clicked. `stranger` is a session
    that did not know the page when it answered; `away` says that there is no connection, or one on
    which Python has not answered; `resumed` how often it was told where the page was. `moves` are
    those that Python has not heard, null where no script follows the widgets.
    """

    session: str | None
    visit: str
    stranger: str
    query: str | None
    said: str | None
    mark: str
    stepped: float
    listening: bool
    leaving: str | None
    away: bool
    resumed: int
    moves: Moves | None


class WindowWire(TypedDict):
    """window.backpropWire: the client's name, the last number, what was not heard yet, its page."""

    client: str
    number: int
    unheard: Annotated[list[object], "(Asked & Question)[]"]
    send: Annotated[object, '((event: "ask", questions: Questions) => void) | null']
    home: str


class WindowStage(TypedDict):
    """window.backpropStage: what a stage is made of, brought by components of their own.

    The library and its name, the stage's style, and what puts a scene on it.
    """

    name: str
    library: Library | None
    style: str
    mount: Annotated[
        object, "((component: { data: Scene; parentElement: HTMLElement }) => () => void) | null"
    ]

"""The scene: an experiment, how it is looked at, and the words and equations for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypedDict

from backprop.stage.protocol.experiment import Experiment
from backprop.stage.protocol.naming import PassOperation

State = Literal["plain", "saturated", "dead", "nan", "plus-infinity", "minus-infinity"]
"""What is special about a value; from "nan" on it is not finite."""

Kind = Literal["signed", "unit", "weight", "h", "delta"]
"""How a block's numbers become colours: from 0 to 1 ("unit"), or of either sign."""


@dataclass(frozen=True)
class Block:
    """The channels of one quantity of one layer, which follow each other from `start` on.

    `start` counts the channels of a frame; `shape` is (units,) or (units, sources), row by row.
    `known` is the number of the operation that computes the block (−1: there before any); `letter`
    is what people call the quantity.
    """

    name: str
    layer: int
    start: int
    shape: tuple[int, ...]
    kind: Kind
    known: int
    letter: str


class Template(TypedDict):
    """An equation with places for its numbers, and {u} and {v} for the unit and its source.

    `html` is the equation; `operands` are the channels that its value is computed from, in
    evaluation order; those of the update before end in "@before", those of all samples in
    "@samples".
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
    """Where the player goes in a recording, and what can be done there.

    It goes to `update` and `operation` (such as "delta.3"; "" is the whole pass, but at update 0
    its start) and selects the channel `selection` (such as "W.1.0.2") when `visit` is new to it;
    otherwise it stays where it is. `token` names what was recorded, so that an answer about another
    recording, which comes late, is dropped. `reach` is how far each input can be dragged from 0;
    it is empty where nothing can be changed, since nobody answers (a file that stands alone).
    `edited`: there are edits to be undone. `beside` is the name of the runner beside the shown one,
    "" for none.
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
    """Sentences on why a value is special, with the place {i} for the layer.

    `hidden` has those of hidden layers by "tanh float16", `outputs` those of outputs by
    "clip float16", both then by the value, as a text; `dead` and `deadOutputs` (by the key of the
    form) are about a δ of 0.
    """

    hidden: dict[str, dict[str, str]]
    outputs: dict[str, dict[str, str]]
    dead: str
    deadOutputs: dict[str, str]


class Library(TypedDict):
    """Words and equations for some networks, of which the page takes those of an experiment.

    `networks` (by a shape such as "2-4-1 tanh bias") and `forms` (by "clip 3", the key of a form
    and the number of layers) have the number in `templates` of each equation, by its name such as
    "delta.2"; `operations` are by the number of layers, `letters` by the quantity. `averages` are
    the words for {average}: of one sample, of several.
    """

    networks: dict[str, dict[str, int]]
    forms: dict[str, dict[str, int]]
    templates: list[Template]
    notes: Notes
    operations: dict[str, list[PassOperation]]
    letters: dict[str, str]
    averages: tuple[str, str]


class BareScene(TypedDict):
    """What the page computes, and how it is looked at. `features` names the inputs."""

    experiment: Experiment
    view: Annotated[dict[str, Any], View]
    features: list[str]


class Scene(BareScene):
    """A scene with the words and equations for its experiment."""

    library: Library


class Staged(BareScene):
    """A scene with the name of the library that the page was sent before."""

    library: str

"""What scripts keep at the window, beyond each mount of a component. Python reads none of it."""

from __future__ import annotations

from typing import Annotated, TypedDict

from backprop.stage.protocol.answers import Moves
from backprop.stage.protocol.scenes import Library


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

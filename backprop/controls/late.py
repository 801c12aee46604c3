"""What was chosen in the widgets of a page while its server was dead.

The browser knows more than its address says: a choice that was on its way, one that was made while
the next server was starting, a slider that was let go, or is still held. While the page is drawn
each tie notes its widget and, where it can, does not fill it; at the end of the run the choices
that are new are taken over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backprop.controls.reading import read
from backprop.stage.protocol import Resumed

Take = Callable[[Any], None]


@dataclass
class Late:
    """What a page says when its connection is back; `shown` is what this session put into widgets.

    In a session that `is_new` to the browser it also counts what Streamlit was sent of a widget.
    """

    page: Resumed
    is_new: bool
    shown: Mapping[str, object]
    noted: dict[str, tuple[str, object, Take, object]] = field(default_factory=dict)

    def note(self, key: str, name: str, value: object, take: Take, sent: object) -> bool:
        """Note a widget of which Streamlit has `sent` (None: nothing yet); whether to fill it."""
        self.noted[key] = name, value, take, None if sent == self.shown.get(key) else sent
        return sent is not None or not self.is_new

    def hear(self, state: Mapping[Any, Any]) -> bool:
        """Take over what the widgets show; whether any of it is new."""
        moves = {move.name: move.value for move in self.page.moves or ()}
        return any([self._hear(state.get(key), moves, *of) for key, of in self.noted.items()])

    def _hear(
        self, now: object, moves: Mapping[str, object],
        name: str, value: object, take: Take, sent: object,
    ) -> bool:  # fmt: skip
        said = (now if sent is None else sent) if self.is_new else None
        if said is None or said == value:
            said = moves.get(name, value)
        if said == value:
            return False
        try:
            take(read(type(value), said))
        except (LookupError, TypeError, ValueError):
            return False  # forged, or of a widget that has no place any more
        return True

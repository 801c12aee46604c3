"""What was refused of a link or of a file, in one sentence."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from backprop.scenario.tables.errors import printable

PROBLEM = "{name}: {required} is required, got “{got}”."
STRANGE = "This app does not know “{name}”. {required}"


@dataclass(frozen=True)
class Problem:
    """A part of a link that was refused: its name, what was required and what was got."""

    name: str
    got: str
    required: str

    def __str__(self) -> str:
        got = self.got if len(self.got) <= 40 else self.got[:40] + "…"
        return printable(PROBLEM.format(name=self.name, required=self.required, got=got))


@dataclass(frozen=True)
class Unknown(Problem):
    """A name that the app does not know; `required` says which it knows, or the nearest one."""

    def __str__(self) -> str:
        return printable(STRANGE.format(name=self.name, required=self.required))


def unknown(name: str, got: str, known: Iterable[str]) -> Unknown:
    """The problem with a parameter that is none of those `known`."""
    names = sorted(known)
    nearest = difflib.get_close_matches(name, names, n=1)
    said = f"Did you mean “{nearest[0]}”?" if nearest else f"It knows: {', '.join(names)}."
    return Unknown(name, got, said)

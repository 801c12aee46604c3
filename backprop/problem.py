"""What was refused of a link or of a file, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from backprop.tables.errors import printable


@dataclass(frozen=True)
class Problem:
    """A part of a link that was refused: its name, what was required and what was got."""

    name: str
    got: str
    required: str

    def __str__(self) -> str:
        got = self.got if len(self.got) <= 40 else self.got[:40] + "…"
        return printable(f"{self.name}: {self.required} is required, got “{got}”.")

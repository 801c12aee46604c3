"""What a check of gradients found, as callers get it: it prints itself in words and as a table."""

from __future__ import annotations

from backprop.gradcheck import words
from backprop.gradcheck.findings import Findings


class GradientReport(Findings):
    """The gradients of one network and batch three ways; prints itself in words and as a table."""

    @property
    def verdict(self) -> str:
        """Pass or fail, and why, in one sentence."""
        return words.verdict(self)

    def __repr__(self) -> str:
        return f"<GradientReport: {self.verdict}>"

    def __str__(self) -> str:
        return words.text(self)

    def _repr_html_(self) -> str:
        return words.html(self)

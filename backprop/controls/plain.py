"""A stranger's text where Streamlit expects Markdown: shown as it is, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

LONGEST = 300
"""Characters of a stranger's text that one message shows."""

_SPECIAL = re.compile(r"([!-/:-@\[-^`{-~]|(?<![^\W_])_|_(?![^\W_]))")
"""What means something else than itself; within a word _ does not."""
_LINKS = re.compile(r"\\:(?=\S)|\\@|www(?=\\\.)|\\[-<>=!](?=\\[-<>=])", re.IGNORECASE)
"""What Streamlit replaces in finished text, escaped or not: addresses, :icons:, arrows. A word
joiner, which cannot be seen, keeps their parts from each other."""
_UNSEEN = re.compile(r"[^\S ]+|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def plain(text: object, longest: int = LONGEST) -> str:
    """`text` as Markdown that shows it as it is: no link, no image, no formula, no HTML, no icon.

    Characters that cannot be seen, or that turn the direction of writing, become a space or �;
    what is longer than `longest` characters is cut, and says so.
    """
    shown = str(text).encode("utf-8", "replace").decode("utf-8")
    shown = _UNSEEN.sub(lambda found: " " if found[0].isspace() else "�", shown)
    if len(shown) > longest:
        shown = shown[:longest] + "…"
    return _LINKS.sub("\\g<0>\u2060", _SPECIAL.sub(r"\\\1", shown))


MOST_PROBLEMS = 6


def warn(what: str, problems: Sequence[object]) -> None:
    """Say in one message what happened, and the first of the problems, each in its sentence."""
    said = " ".join(plain(problem) for problem in problems[:MOST_PROBLEMS])
    more = len(problems) - MOST_PROBLEMS
    st.warning(f"{what} {said}" + (f" And {more:,} more." if more > 0 else ""))


def refuse(error: object) -> None:
    """Show the refusal `error` here, that is beside the control that caused it."""
    st.error(plain(error, 3 * LONGEST))

"""The scenario as JSON, out and in: the words of a link, read with the same care as a link."""

from __future__ import annotations

import json

from backprop.scenario.scenario import Problem, Scenario, from_query
from backprop.scenario.tables.errors import printable

_LARGEST = 10_000_000
"""Characters: 2,000 samples of 48 numbers with all digits need a quarter, as many edits too."""


def to_json(scenario: Scenario) -> str:
    """All of a scenario, also what is at its default, so that the file stays valid.

    Own data is in it whole, however large, with all digits.
    """
    return json.dumps({"scenario": scenario.words()}, indent=2, ensure_ascii=False) + "\n"


def from_json(text: str) -> tuple[Scenario, list[Problem]]:
    """The scenario of a file, with defaults in place of what was refused, and the refusals.

    Raises ValueError if the text is not such a file at all.
    """
    required = 'The file must be a scenario as this app saves it: {"scenario": {"seed": "7"}}'
    try:
        if len(text) > _LARGEST:
            raise ValueError
        said = json.loads(text.removeprefix("\ufeff"))["scenario"]
        query = {name: _word(value) for name, value in said.items() if _is_word(value)}
        odd = [Problem(name[:40], json.dumps(value), "a text or a number")
               for name, value in said.items() if name not in query]  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        start = printable(" ".join(text[:200].split())[:40])
        raise ValueError(
            f"{required}, got “{start}”. Save one here and compare, or pass on a link instead."
        ) from None
    scenario, problems = from_query(query)
    return scenario, [*odd, *problems]


def _is_word(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _word(value: object) -> str:
    """A value as a link would say it; a number may stand without quotes."""
    return value if isinstance(value, str) else repr(value)

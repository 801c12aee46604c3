"""The scenario as JSON, out and in: the words of a link, read with the same care as a link."""

from __future__ import annotations

import json
from dataclasses import fields

from backprop.fields import FIELDS
from backprop.scenario import Problem, Scenario, from_query

_LARGEST = 200_000
"""Characters; the longest scenario, 64 points of one's own, has a tenth of that."""


def to_json(scenario: Scenario) -> str:
    """All fields of a scenario, also those at their default, so that the file stays valid."""
    said = {f.name: FIELDS[f.name].write(getattr(scenario, f.name)) for f in fields(scenario)}
    return json.dumps({"backprop": 1, "scenario": said}, indent=2, ensure_ascii=False) + "\n"


def from_json(text: str) -> tuple[Scenario, list[Problem]]:
    """The scenario of a file, with defaults in place of what was refused, and the refusals.

    Raises ValueError if the text is not such a file at all.
    """
    required = 'The file must be a scenario as this app saves it: {"scenario": {"seed": "7"}}'
    try:
        if len(text) > _LARGEST:
            raise ValueError
        said = json.loads(text)["scenario"]
        query = {str(name): _word(value) for name, value in said.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        start = " ".join(text.split())[:40]
        raise ValueError(
            f"{required}, got “{start}”. Save one here and compare, or pass on a link instead."
        ) from None
    return from_query(query)


def _word(value: object) -> str:
    """A value as a link would say it; a number may stand without quotes."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError
    return repr(value)

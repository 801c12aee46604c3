"""The parameters of a link, each read by itself: the values of the fields, and what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backprop.scenario.fields import FIELDS
from backprop.scenario.linked import WORDS, parse_table
from backprop.scenario.problem import Problem, Unknown, unknown
from backprop.scenario.tables.errors import listed, printable

_MOST_STRANGE, _MOST_KNOWN = 5, 12
"""So many unknown parameters are named one by one; of more, the first, and so many known ones."""


def read_parameters(parameters: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """The values of those fields that are said and valid, and the problems with all else."""
    accepted: dict[str, Any] = {}
    problems: list[Problem] = []
    known = {*FIELDS, *WORDS}
    strange = [name for name in parameters if name not in known]
    for name, text in parameters.items():
        if name in FIELDS:
            try:
                accepted[name] = FIELDS[name].parse(text)
            except ValueError as error:
                problems.append(Problem(name, text, str(error)))
        elif name not in WORDS and len(strange) <= _MOST_STRANGE:
            problems.append(unknown(printable(name[:40]), text, known))
    if len(strange) > _MOST_STRANGE:
        said = listed([name[:40] for name in strange], _MOST_STRANGE)
        some = listed(sorted(known), _MOST_KNOWN)
        problems.append(Unknown(printable(said), "", f"It knows: {some}."))
    table, refused = parse_table(**{name: parameters.get(name, "") for name in WORDS})
    problems += refused
    return accepted if table is None else accepted | {"table": table}, problems

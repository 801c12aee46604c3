"""Which places a scenario has: samples, updates, layers, factors of a chain, operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Place = tuple[Callable[[Any], bool], str]
"""Whether a value is such a place, and what is required where it is none."""


def places(L: int, layer: int, samples: int, updates: int) -> dict[str, Place]:
    """For each field that names a place: a test of its value, and in words what is required.

    The network has L layers; `layer` is the one whose chain is shown.
    """
    most = factors(L, min(layer, L))
    in_time = (lambda k: k <= updates), f"a number from 0 to {updates}, the number of updates"
    inside = (lambda place: in_network(place, L)), f"a place in this network of {L} layers"
    return {
        "sample": ((lambda n: n <= samples), f"a number from 1 to {samples}"),
        "update": in_time,
        "checked": in_time,
        "layer": ((lambda i: i <= L), f"a number from 1 to {L}"),
        "factor": ((lambda n: n <= most), f"a number from 1 to {most}"),
        "operation": inside,
        "selection": inside,
    }


def factors(L: int, layer: int) -> int:
    """How many factors the chain of a layer has."""
    return 2 * (L - layer) + 3


def in_network(place: str, L: int) -> bool:
    """Whether a place such as delta.2.0 is in a network of L layers."""
    parts = place.split(".")
    return len(parts) == 1 or int(parts[1]) <= L

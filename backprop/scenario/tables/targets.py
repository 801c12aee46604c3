"""Which column is the target, and how its cells become numbers from 0 to 1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backprop.scenario.tables.column import Column
from backprop.scenario.tables.errors import DataError, listed, quoted
from backprop.scenario.tables.numbers import is_missing, looks_numeric, spelled
from backprop.scenario.tables.signs import EMPTY, MINUS

Array = NDArray[np.float64]

MOST_TARGETS = 16
"""As many as a layer can have units."""

_NAMES = (
    "target", "targets", "label", "labels", "class", "klasse", "classe", "y", "output", "outcome",
    "result", "ziel", "category", "kategorie", "diagnosis", "diagnose", "species", "survived",
    "churn", "default", "defaulted", "spam", "fraud", "response", "quality", "soll", "answer",
    "passed", "admitted", "approved", "purchased", "exited", "malignant", "cible", "etiqueta",
    "clase", "objetivo", "medv", "died", "death", "deceased", "event", "überlebt", "verstorben",
    "krank", "bestanden", "gekauft", "gekündigt",
)  # fmt: skip
"""Names of targets in the files that people have, the surest first."""

_NUMBERED = re.compile(r"(y|target|output|label|t)[ _]?([1-9]|1[0-6]|[₁₂₃₄₅₆₇₈₉])", re.IGNORECASE)
_POSITIVE = {
    "yes", "y", "true", "t", "on", "+", "ja", "j", "wahr", "oui", "vrai", "si", "sí", "sì", "vero",
    "verdadero", "sim", "verdadeiro", "da", "да", "tak", "ano", "igen", "kyllä", "evet", "ναι",
    "是", "はい", "예", "active", "abnormal", "positive", "pos", "present", "sick", "case",
}  # fmt: skip
_NEGATIVE = {
    "no", "n", "false", "f", "off", MINUS, EMPTY, "nein", "falsch", "non", "faux", "falso", "não",
    "nu", "нет", "nie", "ne", "nem", "ei", "nej", "nee", "hayır", "όχι", "否", "いいえ", "아니오",
    "inactive", "normal", "negative", "neg", "absent", "healthy", "control", "none of these",
}  # fmt: skip
"""Words for yes and no, in the languages of those who write tables."""

_NOT = re.compile(r"(no|not|non|un|in|nicht|kein|keine|ohne|without|pas|sans|sin|sem|não)[ -]?(.+)")
"""“not passed” is no where the other word is “passed”."""

_MOST_NUMBERED = 10
"""Whole numbers without a gap, up to so many, are classes rather than measurements."""

_FEWEST_TO_TELL = 4
"""Rows from which a column of 0 and 1 can be told from numbers that happen to be so."""


@dataclass(frozen=True)
class Way:
    """A way to read a target column: its key for `read_table`, and in words.

    The keys: "numbers" as they are, "labels" or "swapped" for two values, "classes" for one
    target each, "one:NAME" for a class against the rest, "scaled" from the least to the largest.
    """

    key: str
    words: str


@dataclass(frozen=True)
class Target:
    """A target as it is learned: y (rows,) in [0, 1], and what stood there with what it means.

    Its name may be empty, where its column has none.
    """

    name: str
    y: Array
    meaning: tuple[tuple[str, float], ...] = ()


def is_words(column: Column) -> bool:
    """Whether most of a column's cells are words."""
    filled = [cell for cell in column.cells if not is_missing(cell)]
    return 2 * sum(map(looks_numeric, filled)) < len(filled)


def guess(columns: Sequence[Column], skipped: Sequence[int]) -> tuple[tuple[int, ...], str]:
    """The positions of the target columns, guessed from names and values, and why in words."""
    free = [column for column in columns if column.position not in skipped]
    if not free:
        free = list(columns)
    numbered = [column for column in free if _NUMBERED.fullmatch(column.name)]
    if len(numbered) > 1 and len(numbered) < len(free) and numbered == free[-len(numbered) :]:
        return tuple(column.position for column in numbered), "by their names"
    named = [(_surety(column, free), -column.position) for column in free]
    if min(named)[0] <= len(_NAMES):
        return (-min(named)[1],), "by its name"
    words = [column for column in free if is_words(column)]
    last, first = free[-1], free[0]
    many = len(first.cells) >= _FEWEST_TO_TELL
    if len(words) == 1 and not (many and _binary(last)):
        return (words[0].position,), "because it alone holds words"
    if many and not is_words(last) and len(set(last.cells)) > 2:
        if _binary(first):
            return (first.position,), "because it holds 0 and 1 alone"
        if _three_classes(first) and len(set(last.cells)) > _MOST_NUMBERED:
            return (first.position,), "because it holds three classes"
    return (last.position,), "because it is the last column"


def _surety(column: Column, among: Sequence[Column]) -> int:
    """How surely a column is the target by its name: 0 is the surest."""
    name, no = _plain(column.name), len(_NAMES) + 1
    coordinate = name == "y" and column is not among[-1]
    if coordinate and any(_plain(other.name) == "x" for other in among):
        return no
    if name in _NAMES:
        return _NAMES.index(name)
    return no - 1 if name.split(" ")[-1] in ("target", "label", "labels", "class") else no


def _plain(name: str) -> str:
    return name.lower().strip(" _-:?").replace("_", " ").removeprefix("is ")


def _binary(column: Column) -> bool:
    return {cell.removesuffix(".0") for cell in column.cells if not is_missing(cell)} == {"0", "1"}


def _three_classes(column: Column) -> bool:
    """Whether the cells are 1, 2, 3 or 0, 1, 2, each more than once."""
    found = Counter(column.cells)
    return sorted(found) in (["0", "1", "2"], ["1", "2", "3"]) and min(found.values()) > 1


def ways(column: Column, values: Array | None) -> tuple[Way, ...]:
    """How a target column may be read, first as it is most likely meant.

    `values` are its numbers, or None for words. Raises DataError if there is no way.
    """
    labels = labels_of(column, values)
    if values is not None and values.min() >= 0 and values.max() <= 1:
        return (Way("numbers", "as it is, from 0 to 1"),)
    if values is not None and len(labels) == 1:
        raise DataError(
            f"A target must lie between 0 and 1 or have two values at least, but {column.label} "
            f"is {quoted(labels[0])} in every row. Write 0 or 1, or choose another target."
        )
    if len(labels) <= 2:
        zero, one = _two(labels)
        said = [f"{quoted(n)} is {v}" for n, v in ((zero, 0), (one, 1)) if n is not None]
        other = [f"{quoted(n)} is {v}" for n, v in ((one, 0), (zero, 1)) if n is not None]
        return Way("labels", ", ".join(said)), Way("swapped", ", ".join(other))
    rest = tuple(
        Way(f"one:{n}", f"{quoted(n)} is 1, all others are 0") for n in labels[:MOST_TARGETS]
    )
    classes = Way("classes", f"one target for each of {listed([quoted(n) for n in labels], 3)}")
    if values is None:
        if len(labels) > MOST_TARGETS:
            raise DataError(
                f"A target may have at most {MOST_TARGETS} classes, but {column.label} has "
                f"{len(labels)}, such as {quoted(labels[0])}. Choose another target, or a class "
                f"of it against the rest: one:{labels[0][:20]}."
            )
        return classes, *rest
    low, high = (spelled(float(v)) for v in (values.min(), values.max()))
    scaled = Way("scaled", f"scaled, so that {low} is 0 and {high} is 1")
    whole = np.unique(values)
    if len(whole) <= _MOST_NUMBERED and whole[0] in (0, 1) and np.array_equal(
        whole, whole[0] + np.arange(len(whole))
    ):  # fmt: skip
        return classes, scaled, *rest
    return (scaled,)


def labels_of(column: Column, values: Array | None) -> list[str]:
    """The different labels of a target column, sorted; words alike but for capitals are one."""
    if values is not None:
        return [spelled(value) for value in np.unique(values).tolist()]
    first: dict[str, str] = {}
    for cell in column.cells:
        first.setdefault(cell.casefold(), cell)
    return [first[key] for key in sorted(first)]


def _two(labels: Sequence[str]) -> tuple[str | None, str | None]:
    """Which label is 0 and which is 1, by what the words mean or else in their order."""
    if len(labels) == 1:
        return (labels[0], None) if labels[0].lower() in _NEGATIVE else (None, labels[0])
    zero, one = labels
    denied = _NOT.fullmatch(one.casefold())
    if (
        zero.lower() in _POSITIVE or one.lower() in _NEGATIVE
        or (denied and denied[2] == zero.casefold())
    ):  # fmt: skip
        return one, zero
    return zero, one


def mean_yes_and_no(labels: Sequence[str]) -> bool:
    """Whether one of two labels is a word for yes, and the other a word for no."""
    zero, one = _two(labels)
    return str(zero).lower() in _NEGATIVE and str(one).lower() in _POSITIVE


def read_targets(column: Column, values: Array | None, way: Way) -> list[Target]:
    """The targets that a column becomes in one of its `ways`."""
    name = column.name
    if way.key == "numbers" and values is not None:
        return [Target(name, values)]
    if way.key == "scaled" and values is not None:
        low, high = float(values.min()), float(values.max())
        size = max(abs(low), abs(high))  # high − low may leave float64
        y = (values / size - low / size) / (high / size - low / size)
        return [Target(name, y.clip(0, 1), ((spelled(low), 0.0), (spelled(high), 1.0)))]
    labels = labels_of(column, values)
    known = {label.casefold(): label for label in labels}
    said = [spelled(v) for v in values.tolist()] if values is not None else [
        known[cell.casefold()] for cell in column.cells]  # fmt: skip
    if way.key in ("labels", "swapped"):
        zero, one = _two(labels)
        if way.key == "swapped":
            zero, one = one, zero
        meaning = tuple((n, v) for n, v in ((zero, 0.0), (one, 1.0)) if n is not None)
        return [Target(name, np.array([float(label == one) for label in said]), meaning)]
    if way.key == "classes":
        classes = (Target(label, np.array([float(s == label) for s in said]), ((label, 1.0),))
                for label in labels)  # fmt: skip
        return list(classes)
    one = way.key.removeprefix("one:")
    meaning = tuple((label, float(label == one)) for label in labels)
    return [Target(name, np.array([float(label == one) for label in said]), meaning)]

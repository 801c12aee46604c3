"""What a browser sends, read as the structure that it must be; all else is refused."""

from __future__ import annotations

import reprlib
import sys
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from backprop.stage.protocol import Within

MOST_TEXT = 65536
"""Characters of a text that are read; browsers send no more of an address."""
SAFE = 2**53 - 1
"""The greatest whole number that JavaScript tells from its neighbours."""


class ForgedError(ValueError):
    """A message that no script of the app sends; it says where, what is required and what came."""


def heard(shape: Any, value: object) -> Any:
    """The same as `read`, but None for what is forged."""
    try:
        return read(shape, value)
    except ForgedError:
        return None


def read(shape: Any, value: Any, at: str = "The message") -> Any:
    """`value`, parsed from JSON, as a `shape`: a dataclass, a union, a type of their fields.

    Nothing is converted but whole numbers to float and lists to tuples: True is no number, 1.0 not
    whole, and NaN, ∞ and half a surrogate pair are nothing. A union of dataclasses is told apart by
    the Literal `kind`. Raises ForgedError.
    """
    origin, inner = get_origin(shape), get_args(shape)
    if is_dataclass(shape):
        return _structure(shape, value, at)
    if origin is Annotated:
        inner_value = read(inner[0], value, at)
        return _within(inner[1], inner_value, at) if isinstance(inner[1], Within) else inner_value
    if origin in (Union, UnionType):
        return read(_member(inner, value, at), value, at)
    if origin is Literal:
        _require(isinstance(value, str) and value in inner, f"one of {inner}", value, at)
    elif origin is tuple:
        if not isinstance(value, list):
            raise _refused("a list", value, at)
        return tuple(read(inner[0], one, f"{at}[{n}]") for n, one in enumerate(value))
    elif shape is float:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        _require(number and abs(value) <= sys.float_info.max, "a finite number", value, at)
        return float(value)
    elif shape is int:
        _require(type(value) is int and abs(value) <= SAFE, "a whole number", value, at)
    elif shape is str:
        _require(isinstance(value, str) and _is_text(value), "a text", value, at)
    elif shape is not object:
        _require(type(value) is shape, f"of type {shape.__name__}", value, at)
    return value


@cache
def _hints(shape: Any) -> dict[str, Any]:
    return get_type_hints(shape, include_extras=True)


def _structure(shape: Any, value: object, at: str) -> Any:
    known = {field.name: field for field in fields(shape)}
    needed = {name for name, field in known.items() if field.default is MISSING}
    if not isinstance(value, dict) or not needed <= value.keys() <= known.keys():
        raise _refused(f"an object with {', '.join(known)} and nothing else", value, at)
    values = {name: read(_hints(shape)[name], one, f"{at}.{name}") for name, one in value.items()}
    try:
        return shape(**values)
    except ValueError as error:
        raise ForgedError(f"{at}: {error}") from None


def _member(shapes: tuple[Any, ...], value: object, at: str) -> Any:
    """The member of a union that a value is to be read as."""
    if NoneType in shapes:
        return NoneType if value is None else next(s for s in shapes if s is not NoneType)
    kind = value.get("kind") if isinstance(value, dict) else None
    kinds = {name: shape for shape in shapes for name in get_args(_hints(shape)["kind"])}
    _require(isinstance(kind, str) and kind in kinds, f"of a kind of {', '.join(kinds)}", value, at)
    return kinds[kind]


def _within(domain: Within, value: Any, at: str) -> Any:
    size, what = (len(value), " characters") if isinstance(value, str) else (value, "")
    inside = domain.least <= size <= domain.most
    _require(inside, f"from {domain.least:.16g} to {domain.most:.16g}{what}", value, at)
    return value


def _is_text(value: str) -> bool:
    return len(value) <= MOST_TEXT and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _require(fits: bool, required: str, value: object, at: str) -> None:
    if not fits:
        raise _refused(required, value, at)


def _refused(required: str, value: object, at: str) -> ForgedError:
    try:
        shown = reprlib.repr(value)
    except ValueError:  # Python writes no whole number of more than 4300 digits
        shown = type(value).__name__
    return ForgedError(f"{at} must be {required}, got {shown}.")

"""What public functions ask of their arguments; ValueErrors say what was required, got, to try."""

from __future__ import annotations

import difflib
import reprlib
from collections.abc import Iterable
from numbers import Integral
from typing import Any

import numpy as np

from backprop.engine.arithmetic import Array

_BRIEF = reprlib.Repr()
_BRIEF.maxstring = _BRIEF.maxother = 60
_BRIEF.maxlist = _BRIEF.maxtuple = _BRIEF.maxdict = 4


def brief(value: Any) -> str:
    """`value` as an error shows it: its repr in one short line, an array by its shape."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {value.shape}"
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)
    return " ".join(_BRIEF.repr(value).split())


def choice(what: str, value: Any, names: Iterable[str]) -> str:
    """`value`, which must be one of `names`."""
    known = tuple(names)
    if isinstance(value, str) and value in known:
        return str(value)
    nearest = difflib.get_close_matches(str(value)[:60], known, n=1, cutoff=0)[0]
    raise ValueError(
        f"{what} must be one of {', '.join(known)}, got {brief(value)}. Try {nearest!r}."
    )


def whole(what: str, value: Any, least: int, try_: Any, most: int | None = None) -> int:
    """`value` as an int; it must be a whole number from `least` on (up to `most`)."""
    number = _counted(value)
    if number is None or number < least or (most is not None and number > most):
        span = f"of at least {least}" if most is None else f"from {least} to {most}"
        raise ValueError(f"{what} must be a whole number {span}, got {brief(value)}. Try {try_}.")
    return number


def _counted(value: Any) -> int | None:
    """The whole number that `value` is, be it of Python's or of NumPy's; else None."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, float | np.floating):
        return int(value) if value.is_integer() else None
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    return None


def real(what: str, value: Any, required: str, try_: Any) -> float:
    """`value` as a float, which may be NaN or ∞; it must be one number.

    `required` says in the message what is asked of it, here and by the caller.
    """
    try:
        if isinstance(value, str | bytes | bool | np.bool_) or np.ndim(value) != 0:
            raise TypeError
        return float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{what} must be {required}, got {brief(value)}. Try {try_}.") from None


def switch(what: str, value: Any) -> bool:
    """`value`, which must be True or False."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{what} must be True or False, got {brief(value)}. Try True.")
    return bool(value)


def instance(what: str, value: Any, kind: type, try_: str) -> None:
    """`value` must be a `kind`."""
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AEIOU" else "a"
        raise ValueError(
            f"{what} must be {article} {kind.__name__}, got {brief(value)}. Try {try_}."
        )


def several(what: str, values: Any, of: str, try_: str) -> tuple[Any, ...]:
    """`values` as a tuple; they must be a list (not one text or number)."""
    try:
        if isinstance(values, str | bytes):
            raise TypeError
        return tuple(values)
    except TypeError:
        raise ValueError(
            f"{what} must be a list of {of}, got {brief(values)}. Try {try_}."
        ) from None


def numbers(name: str, values: Any) -> Array:
    """`values` as an array of finite float64."""
    try:
        given = np.asarray(values)
        if given.dtype.kind not in "biufVOSU":  # complex numbers, dates: not without a loss
            raise TypeError
        array = given.astype(np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(
            f"{name} must be an array of numbers, got {brief(values)}. "
            "Put samples in rows, each as long as the others."
        ) from None
    require_finite(name, array)
    return array


def arrays_of_layers(what: str, values: Any, letter: str) -> tuple[Array, ...]:
    """The arrays of `values`, one for each layer, of whatever shape; `letter` is W or b."""
    given = several(what, values, "arrays, one for each layer", f"{what}=[{letter}1, ...]")
    arrays = []
    for i, value in enumerate(given, start=1):
        try:
            array = np.asarray(value)
        except ValueError:  # rows of different lengths
            array = np.asarray(None)
        if array.dtype.kind in "OSUMmc":
            raise ValueError(
                f"{letter}{i} must be an array of numbers, got {brief(value)}. "
                f"Try np.zeros({'(2, 3)' if letter == 'W' else '2'})."
            )
        arrays.append(array)
    return tuple(arrays)


def require_finite(name: str, array: Array) -> None:
    """No number of `array` may be NaN or ∞."""
    finite = np.isfinite(array)
    if not np.all(finite):
        raise ValueError(
            f"{name} must hold finite numbers, got {float(array[~finite].flat[0])}. "
            "Remove or replace the NaN or ∞."
        )


def require_format(name: str, array: Array, dtype: Any) -> None:
    """`array` must have the format of the first weights."""
    if array.dtype != dtype:
        raise ValueError(
            f"All weights and biases must have one format, got {dtype} for W1 and "
            f"{array.dtype} for {name}. Convert them, such as with array.astype({str(dtype)!r})."
        )

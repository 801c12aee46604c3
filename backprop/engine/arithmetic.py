"""The rules by which everything is computed, and the number formats.

Every processor gives the same bits, because nothing is left to it:

* Only + − × ÷, comparison, selection and |x| are used, each rounded once to the format.
* Sums start at +0 and go from left to right, as a person adds (`sums`); the bias comes last, as
  the weight of a source that is always 1. So the sum in an equation, added by hand, gives the very
  digits shown, and a sample alone has the bits it has among all.
* exp, log, log1p, expm1 and tanh are our own (`elementary`), computed in float64 and rounded once.
* In float16 and bfloat16 the products and sums are taken in float32 (`wide`) and rounded once at
  the end, as matrix hardware does.

Every array stays in one format from the input to the update: constants enter through `constant`,
because ``array * 1.0`` turns bfloat16 into float32.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ml_dtypes
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True)
class Format:
    """A binary floating-point format.

    `precision` counts the significant bits, the hidden one included; `max` is the largest finite
    number, `tiny` the smallest normal one and `smallest` the smallest above zero. `accumulator` is
    the wider type in which sums are taken, None for its own. `source` names its NumPy type in a
    program, which may need `imports`.
    """

    name: str
    dtype: np.dtype[Any]
    precision: int
    max: float
    tiny: float
    smallest: float
    accumulator: np.dtype[Any] | None
    source: str
    imports: tuple[str, ...] = ()

    def round(self, value: Any) -> Array:
        """`value` as an array of this format, rounded to nearest."""
        return np.asarray(value, dtype=np.float64).astype(self.dtype)

    @property
    def by_way_of_float32(self) -> bool:
        """Whether float64 is rounded to float32 first and then to this format: two roundings."""
        middle = 1 + 2.0**-self.precision  # is rounded to 1, if what lies above it was lost before
        return self.precision < 24 and float(self.round(middle + 2.0**-45)) == 1

    def ulp(self, value: float) -> float:
        """The spacing of the format's numbers at `value` (at least `smallest`)."""
        magnitude = abs(value)
        if magnitude < self.tiny:
            return self.smallest
        exponent = int(np.frexp(min(magnitude, self.max))[1])
        return float(np.ldexp(1.0, exponent - self.precision))


def _make(
    name: str, dtype: Any, accumulator: Any = None, source: str = "", imports: tuple[str, ...] = ()
) -> Format:
    info = ml_dtypes.finfo(dtype)  # type: ignore[no-untyped-call]
    return Format(
        name=name,
        dtype=np.dtype(dtype),
        precision=int(info.nmant) + 1,
        max=float(info.max),
        tiny=float(info.smallest_normal),
        smallest=float(info.smallest_subnormal),
        accumulator=None if accumulator is None else np.dtype(accumulator),
        source=source or f"np.{name}",
        imports=imports,
    )


FORMATS: dict[str, Format] = {
    fmt.name: fmt
    for fmt in (
        _make("float64", np.float64),
        _make("float32", np.float32),
        _make("float16", np.float16, np.float32),
        _make(
            "bfloat16",
            ml_dtypes.bfloat16,
            np.float32,
            "bfloat16",
            ("from ml_dtypes import bfloat16  # NumPy has none: pip install ml_dtypes",),
        ),
    )
}
_BY_DTYPE = {fmt.dtype: fmt for fmt in FORMATS.values()}
_ACCUMULATORS = {fmt.dtype: fmt.accumulator for fmt in FORMATS.values()}


def format_of(source: Any) -> Format:
    """The format of an array, a dtype, a NumPy type or a name.

    Raises ValueError for any other number type.
    """
    if isinstance(source, Format):
        return source
    if isinstance(source, str):
        found = FORMATS.get(source)
    elif isinstance(source, type) and issubclass(source, np.generic):
        found = _BY_DTYPE.get(np.dtype(source))
    else:
        dtype = getattr(source, "dtype", source)
        found = _BY_DTYPE.get(dtype) if isinstance(dtype, np.dtype) else None
    if found is None:
        is_array = isinstance(source, np.ndarray)
        got = f"an array of {source.dtype}" if is_array else f"{source!r:.60}"
        remedy = "Convert it, for example with array.astype('float64')." if is_array else (
            "Try 'float64'.")  # fmt: skip
        raise ValueError(f"The number format must be one of {', '.join(FORMATS)}, got {got}. "
                         f"{remedy}")  # fmt: skip
    return found


def fitted(name: str, array: Array, fmt: Format) -> Array:
    """`array` rounded to `fmt`; ValueError, which calls it `name`, if a finite number overflows."""
    with np.errstate(over="ignore"):  # what is too large for the format is named below
        rounded = fmt.round(array)
    lost = np.isfinite(array.astype(np.float64)) & ~np.isfinite(rounded)
    if np.any(lost):
        remedy = "Scale the inputs" if name == "X" else "Use a smaller number"
        raise ValueError(
            f"{name} must fit the format {fmt.name} (largest number {fmt.max:g}), got "
            f"{float(array[lost][0]):g}. {remedy} or choose a wider format."
        )
    return rounded


def constant(value: float, like: Array) -> Any:
    """`value` as a scalar in the format of `like`, so that it cannot promote an array."""
    return like.dtype.type(value)


_ONES = {fmt.dtype: np.ones((), fmt.dtype) for fmt in FORMATS.values()}


def one(like: Array) -> Any:
    """1 as an array () in the format of `like`; the number 1 where `like` holds Decimals.

    NumPy computes with such an array faster than with a scalar.
    """
    return _ONES.get(like.dtype, 1)


def wide(a: Array) -> Array:
    """`a` in the format in which its sums are accumulated: float32 for 16 bits, else `a` itself."""
    accumulator = _ACCUMULATORS[a.dtype]
    return a if accumulator is None else a.astype(accumulator)


def full_digits(value: Any) -> str:
    """The shortest decimal that reads back as the same number of the same format.

    NaN, Infinity and -Infinity are written so.
    """
    number = float(value)
    if np.isnan(number):
        return "NaN"
    if np.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if isinstance(value, ml_dtypes.bfloat16):  # its own str is not always the shortest
        candidates = (float(f"{number:.{digits}e}") for digits in range(4))
        return str(next(text for text in candidates if ml_dtypes.bfloat16(text) == value))
    return str(value.item() if isinstance(value, np.float64) else value)

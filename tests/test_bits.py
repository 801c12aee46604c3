"""Bits, neighbours: against struct, against ml_dtypes, and written out by hand."""

import math
import struct

import ml_dtypes
import numpy as np
import pytest

from backprop import FORMATS
from backprop.engine.arithmetic import full_digits
from backprop.microscope.bits import bits_of, next_down, next_up

LAYOUT = {"float64": (11, 52), "float32": (8, 23), "float16": (5, 10), "bfloat16": (8, 7)}
PACKED = {"float64": (">d", ">Q"), "float32": (">f", ">I"), "float16": (">e", ">H")}
SPECIAL = (0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, np.nan, 2.0**-14, 2.0**-24, 2.0**-126, 2.0**-133,
           5e-324, 2.0**-1022, 65504.0)  # fmt: skip


def numbers(format_name):
    """Numbers of a format from random bit patterns, subnormals and NaNs among them."""
    dtype = FORMATS[format_name].dtype
    rng = np.random.default_rng(5)
    raw = rng.integers(0, 256, 4000 * dtype.itemsize, dtype=np.uint8).view(dtype)
    tiny = rng.integers(1, 100, 50).astype(f"u{dtype.itemsize}").view(dtype)
    with np.errstate(over="ignore"):
        special = FORMATS[format_name].round(np.array(SPECIAL))
    return np.concatenate([raw, tiny, -tiny, special])


def whole(value, format_name):
    """The stored bits as an integer, by another road than the engine's."""
    if format_name == "bfloat16":  # the upper half of the float32 of the same value
        (stored,) = struct.unpack(">I", struct.pack(">f", float(value)))
        assert stored & 0xFFFF == 0
        return stored >> 16
    code, integer = PACKED[format_name]
    return struct.unpack(integer, struct.pack(code, value.item()))[0]


@pytest.mark.parametrize("format_name", FORMATS)
def test_bits_are_those_that_are_stored(format_name):
    exponent, fraction = LAYOUT[format_name]
    for value in numbers(format_name):
        bits = bits_of(value)
        assert (len(bits.sign), len(bits.exponent), len(bits.fraction)) == (1, exponent, fraction)
        assert int(bits.all, 2) == int(bits.hex, 16)
        assert len(bits.hex) == 2 + (1 + exponent + fraction) // 4
        if not math.isnan(value):  # which NaN it is need not survive a conversion
            assert int(bits.all, 2) == whole(value, format_name)


@pytest.mark.parametrize("format_name", FORMATS)
def test_sign_exponent_and_fraction_give_the_number_back(format_name):
    exponent_bits, fraction_bits = LAYOUT[format_name]
    bias = 2 ** (exponent_bits - 1) - 1
    for value in numbers(format_name):
        bits = bits_of(value)
        sign = -1.0 if bits.sign == "1" else 1.0
        exponent, fraction = int(bits.exponent, 2), int(bits.fraction, 2) / 2.0**fraction_bits
        if bits.kind == "NaN":
            assert math.isnan(value)
        elif bits.kind == "infinite":
            assert value == sign * np.inf
        elif bits.kind == "normal":
            assert float(value) == sign * np.ldexp(1 + fraction, exponent - bias)
        else:
            assert bits.kind == ("zero" if value == 0 else "subnormal")
            assert float(value) == sign * np.ldexp(fraction, 1 - bias)


@pytest.mark.parametrize(
    ("value", "written", "kind"),
    [
        (np.float64(1), "0x3ff0000000000000", "normal"),
        (np.float64(-0.0), "0x8000000000000000", "zero"),
        (np.float64(5e-324), "0x0000000000000001", "subnormal"),
        (np.float32(-np.inf), "0xff800000", "infinite"),
        (np.float16(7.625), "0x47a0", "normal"),
        (ml_dtypes.bfloat16(5.5625), "0x40b2", "normal"),
        (ml_dtypes.bfloat16(np.nan), "0x7fc0", "NaN"),
    ],
)
def test_bits_written_by_hand(value, written, kind):
    assert (bits_of(value).hex, bits_of(value).kind) == (written, kind)


def test_only_a_single_number_of_a_known_format_has_bits():
    with pytest.raises(ValueError, match="One number"):
        bits_of(np.zeros(2))
    with pytest.raises(ValueError, match="one of"):
        bits_of(np.int64(3))


@pytest.mark.parametrize("format_name", FORMATS)
def test_neighbours_are_one_step_of_the_stored_integer_apart(format_name):
    for value in numbers(format_name):
        if not math.isfinite(value) or value == 0:
            continue
        outwards = next_up(value) if value > 0 else next_down(value)
        inwards = next_down(value) if value > 0 else next_up(value)
        stored = int(bits_of(value).all, 2)
        assert int(bits_of(outwards).all, 2) == stored + 1
        assert int(bits_of(inwards).all, 2) == stored - 1
        assert outwards.dtype == inwards.dtype == FORMATS[format_name].dtype


@pytest.mark.parametrize("format_name", FORMATS)
def test_past_the_last_number_comes_infinity_and_around_zero_the_smallest(format_name):
    fmt = FORMATS[format_name]
    largest, zero = fmt.round(fmt.max)[()], fmt.round(-0.0)[()]
    assert next_up(largest) == np.inf and next_down(-largest) == -np.inf
    assert float(next_up(zero)) == fmt.smallest and float(next_down(zero)) == -fmt.smallest


@pytest.mark.parametrize("format_name", FORMATS)
def test_written_digits_read_back_as_the_same_number_and_none_could_be_spared(format_name):
    fmt = FORMATS[format_name]
    for value in numbers(format_name)[:1500]:
        if not math.isfinite(value):
            continue
        text = full_digits(value)
        assert fmt.round(float(text))[()] == value
        count = len(text.lower().split("e")[0].replace(".", "").replace("-", "").strip("0"))
        if value != 0 and count > 1:
            shorter = float(f"{float(value):.{count - 2}e}")
            assert float(fmt.round(shorter)) != float(value), (text, shorter)

"""Weights and biases given whole: pasted as rows of numbers, or from the .npz of the export.

    W2 (n₂, n₁)    a row for each unit of layer 2, a number for each of its sources
    b2 (n₂,)       a number for each unit

Both become edits of a `Scenario`, its `weights`, which `edited` puts into a network.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from backprop.engine.describe import counted
from backprop.engine.digits import number_of
from backprop.engine.network import Network
from backprop.scenario.tables.errors import quoted
from backprop.scenario.tables.numbers import POINT, as_typed, looks_numeric, mark_of
from backprop.scenario.tables.text import sheet_of

Weights = tuple[tuple[str, float], ...]

_LARGEST = 50_000_000
"""Bytes of an .npz, unpacked: more than the export of 2,000 samples in the largest network."""

_NAME = re.compile(r"([Wb])([1-7])", re.ASCII)


def edited(net: Network, zero_biases: bool, output_bias: float, weights: Weights) -> Network:
    """The network with its start changed: all biases 0, the output's moved, single numbers set.

    Edits of places that the network does not have are ignored.
    """
    arrays = {f"W{i}": W.copy() for i, W in enumerate(net.weights, start=1)}
    if net.biases is not None:
        start = {
            f"b{i}": np.zeros_like(b) if zero_biases else b.copy()
            for i, b in enumerate(net.biases, 1)
        }
        start[f"b{len(start)}"] += output_bias
        arrays |= start
    for name, value in weights:
        array, *place = name.split(".")
        at = tuple(map(int, place))
        if array in arrays and all(k < n for k, n in zip(at, arrays[array].shape, strict=True)):
            arrays[array][at] = value
    layers = range(1, len(net.weights) + 1)
    return replace(
        net,
        weights=[arrays[f"W{i}"] for i in layers],
        biases=None if net.biases is None else [arrays[f"b{i}"] for i in layers],
    )


def shape_of(name: str, sizes: Sequence[int]) -> tuple[int, ...]:
    """The shape of W1, b1, … in a network of sizes n₀ … n_L; raises ValueError if it has none."""
    found = _NAME.fullmatch(name)
    if found is None or not int(found[2]) < len(sizes):
        raise ValueError(
            f"The name must be W1 or b1 … up to layer {len(sizes) - 1}, got {quoted(name)}. Try W1."
        )
    i = int(found[2])
    return (sizes[i], sizes[i - 1]) if found[1] == "W" else (sizes[i],)


def pasted(text: str, name: str, sizes: Sequence[int]) -> Weights:
    """The numbers of one array, such as W2, from text as people and NumPy write it.

    It is taken apart as a table of one's own is (`tables.text`): separators, brackets as NumPy,
    PyTorch and MATLAB write them, a decimal comma. Raises ValueError with the place.
    """
    shape = shape_of(name, sizes)
    rows = _rows(text)
    if len(shape) == 1 and all(len(row) == 1 for row in rows):
        rows = [[row[0] for row in rows]]  # a bias a line
    wanted = shape if len(shape) == 2 else (1, *shape)
    if len(rows) != wanted[0]:
        turned = [len(rows), *{len(row) for row in rows}] == [wanted[1], wanted[0]]
        raise ValueError(
            f"{name} must have {counted(wanted[0], 'row')} of {counted(wanted[1], 'number')}, "
            f"got {counted(len(rows), 'row')}. "
            + ("It looks transposed: swap rows and columns." if turned
               else "Write one row for each unit, one number for each of its sources."
               if len(shape) == 2 else "Write one number for each unit.")
        )  # fmt: skip
    for at, row in enumerate(rows, start=1):
        if len(row) != wanted[1]:
            raise ValueError(
                f"Each row of {name} must have {counted(wanted[1], 'number')}, got {len(row)} in "
                f"row {at}. Fill in or take out numbers there."
            )
    return edits_of(name, np.array(rows).reshape(shape))


def edits_of(name: str, array: NDArray[np.float64]) -> Weights:
    """The numbers of an array by place: W1.0.2 is that of unit 0 from source 2, b1.0 of unit 0."""
    return tuple(
        (".".join([name, *map(str, place)]), float(value)) for place, value in np.ndenumerate(array)
    )


def from_npz(content: bytes, sizes: Sequence[int]) -> Weights:
    """All weights, and the biases if there are any, of an .npz that the page exports.

    Raises ValueError for another file, other shapes than those of `sizes`, and NaN or ∞.
    """
    arrays = _arrays(content)
    found: list[tuple[str, float]] = []
    layers = range(1, len(sizes))
    biased = any(f"b{i}" in arrays for i in layers)
    extra = f"W{len(sizes)}"
    if extra in arrays:
        raise ValueError(
            f"The file must hold the weights of {len(sizes) - 1} layers, got {extra} too. "
            "Choose as many hidden layers as the file has."
        )
    for name in [f"{letter}{i}" for i in layers for letter in ("Wb" if biased else "W")]:
        shape = shape_of(name, sizes)
        if name not in arrays:
            raise ValueError(
                f"The file must hold {name} of shape {shape}, got only "
                f"{', '.join(sorted(arrays)[:8]) or 'nothing'}. Export arrays here and compare."
            )
        array = arrays[name]
        if array.shape != shape:
            raise ValueError(
                f"{name} must have shape {shape} for this network, got {array.shape}. "
                "Choose the units that the file has, or another file."
            )
        bad = np.argwhere(~np.isfinite(array))
        if len(bad):
            place = ".".join(map(str, bad[0]))
            raise ValueError(
                f"Weights must be finite at the start, got {array[tuple(bad[0])]} in {name}.{place}"
                ". Export an update before the first fault."
            )
        found += edits_of(name, array)
    return tuple(found)


def _arrays(content: bytes) -> dict[str, NDArray[np.float64]]:
    required = "The file must be an .npz of numbers as this page exports it"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > _LARGEST:
            raise OSError
        opened = np.load(io.BytesIO(content), allow_pickle=False)
        with opened as file, np.errstate(over="ignore"):
            return {
                name: file[name].astype(np.float64)
                for name in file.files
                if _NAME.fullmatch(name) and file[name].dtype.kind in "fiu"
            }
    except (zipfile.BadZipFile, OSError, KeyError, EOFError, NotImplementedError, MemoryError,
            ValueError):  # fmt: skip
        raise ValueError(f"{required}, got something else. Use Export, Arrays.") from None


def _rows(text: str) -> list[list[float]]:
    """The rows of numbers, less a line of names above them."""
    rows = [[cell for cell in row.cells[: row.width]] for row in sheet_of(text).rows]
    if len(rows) > 1 and not any(map(looks_numeric, rows[0])):
        rows = rows[1:]
    mark = mark_of(cell for row in rows for cell in row) or POINT
    numbers = [[_number(cell, mark, at) for cell in row] for at, row in enumerate(rows, start=1)]
    if not numbers:
        raise ValueError("There must be rows of numbers, got none. Write such as 0.5, -1, 2.")
    return numbers


def _number(cell: str, mark: str, row: int) -> float:
    text = as_typed(cell).replace(mark, POINT)
    try:
        value = number_of(text)
        if value == 0 and re.search("[1-9]", text.lower().split("e")[0]):
            raise ValueError  # below float64's range
    except ValueError:
        raise ValueError(
            f"Every number must be finite and in float64’s range, got {quoted(cell)} in row {row}. "
            "Write such as 0.5 or 1e-3."
        ) from None
    return value

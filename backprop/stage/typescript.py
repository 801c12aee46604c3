"""The protocol as TypeScript's types: `python -m backprop.stage.typescript` writes protocol.d.ts.

A structure of the modules in `protocol` becomes a type with its fields, a union a union. Where
TypeScript's type is another than Python's, the annotation says it, as text or as a structure.
"""

from __future__ import annotations

import inspect
import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from backprop.stage.protocol import (
    answers,
    experiment,
    messages,
    naming,
    questions,
    scenes,
    window,
)

MODULES = (naming, experiment, scenes, questions, messages, answers, window)
WIDTH = 100
PATH = Path(__file__).with_name("protocol.d.ts")
_NAMES = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null",
          object: "unknown", Any: "unknown"}  # fmt: skip
_ALIASES = {
    shape: name
    for module in MODULES for name, shape in vars(module).items() if get_origin(shape) is not None
}  # fmt: skip


def declarations() -> str:
    """The text of protocol.d.ts."""
    parts = ["// Written by `python -m backprop.stage.typescript` from protocol/.\n"]
    for shape, name in _ALIASES.items():
        parts.append(f"export type {name} = {_written(shape, whole=True)};\n")
    for module in MODULES:
        for name, shape in vars(module).items():
            ours = isinstance(shape, type) and shape.__module__ == module.__name__
            if ours and shape is not questions.Within:
                parts.append(_declared(name, shape))
    return "\n".join(parts)


def _declared(name: str, shape: type) -> str:
    first = inspect.cleandoc(shape.__doc__ or "").split("\n\n")[0].replace("\n", " ")
    hints = get_type_hints(shape, include_extras=True)
    options = fields(shape) if is_dataclass(shape) else ()
    optional = {field.name for field in options if field.default is None}
    parts = [
        f"{field if field.isidentifier() else json.dumps(field)}{'?' * (field in optional)}: "
        f"{_written(hints[field])}"
        for field in inspect.get_annotations(shape)
    ]
    line = f"export type {name} = {{ {'; '.join(parts)} }};"
    lines = "".join(f"  {part};\n" for part in parts)
    text = line if len(line) <= WIDTH else f"export type {name} = {{\n{lines}}};"
    return f"/** {first} */\n{text}\n"


def _written(shape: Any, whole: bool = False) -> str:
    if shape in _ALIASES and not whole:
        return _ALIASES[shape]
    origin, inner = get_origin(shape), get_args(shape)
    if origin is Annotated:
        told = shape.__metadata__[0]
        if isinstance(told, str):
            return told
        return _written(shape.__origin__ if isinstance(told, questions.Within) else told)
    if origin is Literal:
        return " | ".join(json.dumps(value) for value in inner)
    if origin in (Union, UnionType):
        return " | ".join(map(_written, inner))
    if origin is dict:
        return f"Record<{', '.join(map(_written, inner))}>"
    if origin is list or (origin is tuple and inner[-1] is ...):
        one = _written(inner[0])
        return f"({one})[]" if " " in one and one[0] != "[" else f"{one}[]"
    if origin is tuple:
        return f"[{', '.join(map(_written, inner))}]"
    return _NAMES.get(shape) or shape.__name__


if __name__ == "__main__":
    PATH.write_text(declarations(), "utf-8")

"""What Python tells scripts, as TypeScript's types: `python -m backprop.export.typescript`.

Each file of `WRITTEN` has the structures of a few modules: of the protocol all, of the others each
TypedDict. A structure becomes a type with its fields, a union a union. Where TypeScript's type is
another than Python's, the annotation says it, as text or as a structure.
"""

from __future__ import annotations

import inspect
import json
import os
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)  # fmt: skip

from backprop.export import booklet, library, shelf
from backprop.figures.race import charts
from backprop.scenario import offers
from backprop.stage.protocol import (
    answers,
    experiment,
    messages,
    naming,
    questions,
    scenes,
    window,
)

WIDTH = 100
PACKAGE = Path(__file__).parents[1]
PROTOCOL = PACKAGE / "stage" / "protocol.d.ts"
WRITTEN: dict[Path, tuple[ModuleType, ...]] = {
    PROTOCOL: (naming, experiment, scenes, questions, messages, answers, window),
    PACKAGE / "figures" / "race" / "scene.d.ts": (charts,),
    PACKAGE / "export" / "told.d.ts": (offers, library, booklet, shelf),
}
_NAMES = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null",
          object: "unknown", Any: "unknown"}  # fmt: skip
_ALIASES = {
    shape: name
    for module in WRITTEN[PROTOCOL]
    for name, shape in vars(module).items() if get_origin(shape) is not None
}  # fmt: skip


def declarations(path: Path) -> str:
    """The text of a file of `WRITTEN`; what is the protocol's it imports."""
    own = dict(_structures(path))
    parts = [_declared(name, shape) for name, shape in own.items()]
    head = "// Written by `python -m backprop.export.typescript`.\n"
    if path == PROTOCOL:
        aliases = (
            f"export type {name} = {_written(shape, True)};\n" for shape, name in _ALIASES.items()
        )
        return "\n".join([head, *aliases, *parts])
    shared = {*dict(_structures(PROTOCOL)), *_ALIASES.values()} - own.keys()
    types = set(re.findall(r"\b[A-Z]\w+", re.sub(r"/\*\*.*?\*/", "", "\n".join(parts))))
    if used := sorted(shared & types):
        place = os.path.relpath(PROTOCOL, path.parent).removesuffix(".d.ts")
        head += f'\nimport type {{ {", ".join(used)} }} from "{place}";\n'
    return "\n".join([head, *parts])


def _structures(path: Path) -> Iterator[tuple[str, type]]:
    for module in WRITTEN[path]:
        for name, shape in vars(module).items():
            ours = isinstance(shape, type) and shape.__module__ == module.__name__
            whole = path == PROTOCOL and shape is not questions.Within
            if ours and (whole or is_typeddict(shape)):
                yield name, shape


def _declared(name: str, shape: type) -> str:
    first = inspect.cleandoc(shape.__doc__ or "").split("\n\n")[0].replace("\n", " ")
    hints = get_type_hints(shape, include_extras=True)
    options = fields(shape) if is_dataclass(shape) else ()
    optional = {field.name for field in options if field.default is None}
    optional |= {name for name, hint in hints.items() if get_origin(hint) is NotRequired}
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
    if origin is NotRequired:
        return _written(inner[0])
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
    for path in WRITTEN:
        path.write_text(declarations(path), "utf-8")

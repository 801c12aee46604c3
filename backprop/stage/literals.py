"""Values as JavaScript source, formatted as Biome formats it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

HEAD = "// Written by `python -m backprop.stage.javascript` from the records of"
"""How every script begins that Python writes."""
WIDTH = 120
"""Columns of a script, as our formatter has it."""


@dataclass(frozen=True)
class Raw:
    """A piece of JavaScript that `literal` writes as it is."""

    code: str


def literal(value: object, indent: str = "") -> str:
    """A value as JavaScript source, in one line where it fits; `indent` is that of its line."""
    deeper = indent + "  "
    if isinstance(value, Raw):
        return value.code
    if isinstance(value, dict):
        fields = [_field(key_of(key), literal(of, deeper), deeper) for key, of in value.items()]
        line = f"{{ {', '.join(fields)} }}"
        if len(line) < 100 and "\n" not in line:
            return line
        return "\n".join(["{", *(f"{deeper}{field}," for field in fields), f"{indent}}}"])
    if isinstance(value, list):
        return (
            f"[\n{''.join(f'{deeper}{literal(one, deeper)},{chr(10)}' for one in value)}{indent}]"
        )
    if isinstance(value, tuple):
        return listed(literal(one) for one in value)
    text = json.dumps(value, ensure_ascii=False)
    return f"'{value}'" if isinstance(value, str) and '"' in value else text


def _field(key: str, text: str, indent: str) -> str:
    """A field; a text that is too long beside its key (unless that is short) has its own line.

    Of a list of names that is too long for a line each name has one.
    """
    if len(f"{indent}{key}: {text},") <= WIDTH or "\n" in text:
        return f"{key}: {text}"
    if text[0] == "[":
        return (
            f"{key}: [\n"
            + f"{indent}  "
            + text[1:-1].replace(", ", f",\n{indent}  ")
            + (f",\n{indent}]")
        )
    return f"{key}:\n{indent}  {text}" if len(key) >= 5 and text[0] in "\"'" else f"{key}: {text}"


def key_of(name: str) -> str:
    """A name as the key of an object: in quotation marks where it needs them."""
    return name if name.isidentifier() else json.dumps(name)


def member(name: str) -> str:
    """A name as a member of an object: .name, or ["a name"]."""
    return f".{name}" if name.isidentifier() else f"[{json.dumps(name)}]"


def listed(items: Iterable[str]) -> str:
    """Texts as a list in one line."""
    return f"[{', '.join(items)}]"


def in_a_line(fields: Mapping[str, object]) -> str:
    """Numbers and texts as an object in one line."""
    return f"{{ {', '.join(f'{key}: {number(value)}' for key, value in fields.items())} }}"


def number(value: object) -> str:
    """A number as JavaScript writes it, a whole one without its .0; or anything else."""
    return json.dumps(value).removesuffix(".0")

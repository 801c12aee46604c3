"""One script out of ES modules, for Streamlit, notebooks and files that stand alone, without Node.

`bundle` follows the imports from an entry module and puts each module after those it imports, in a
scope of its own. What is understood is what the house writes: imports of names that the modules
declare, one declaration a statement.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_IMPORT = re.compile(r'^import (?:(\w+)|\{([^}]*)\}) from "(\.[^"]*)";\n', re.MULTILINE)
_EXPORTED = re.compile(
    r"^export (default )?(?:async )?(?:function\*?|class|const|let|var) (\w+)", re.MULTILINE
)
_UNKNOWN = re.compile(
    r"^(?:import\b.*|export (?!default function \w|(?:async )?\w+\*? \w).*)", re.M
)
_IDLE = re.compile(
    r"(`(?:[^`\\$]|\\.|\$\{(?:[^{}`]|`[^`]*`)*\}|\$)*`"  # texts and patterns: all of them counts
    r"|\"(?:[^\"\\\n]|\\.)*\""
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|(?:(?<=[(\[!])|(?<=[(,=:!&|?\[] ))/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/)"
    r"|^ *(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)\n"
    r"|/\*\*(?:(?!\*/).)*\*/ ?"
    r"| //[^\n]*$"
    r"|^ +"
    r"|^\n"
    r"|(?<=[,;({[])\n"
    r"|(?<=[\w)\]}]) (?=(?:[!=]==|=>?|&&|\|\||[?:]) )"
    r"|(?<=[,:;?=>&|]) (?=[\w({\[!$`\"])",
    re.MULTILINE | re.DOTALL,
)
"""Comments, what indents a line, empty lines, and blanks and ends of lines that say nothing."""


@cache
def bundle(entry: Path, around: Path | None = None) -> str:
    """The script of `entry` with all that it imports; what it exports itself stays exported.

    With `around` its only export is what that module's default export, a function, makes of its
    own. Raises ValueError for modules that import each other, for a name or a file that is not
    there, and for a spelling that is not understood.
    """
    return _IDLE.sub(r"\1", whole(entry, around))


def whole(entry: Path, around: Path | None = None) -> str:
    """The same with the comments and the spacing of the modules."""
    parts: dict[Path, str] = {}
    if around is not None and "default" not in _collect(around.resolve(), (), parts):
        raise ValueError(f"{around} is put around a script, but exports nothing by default.")
    _collect(entry.resolve(), (), parts)
    number = {path: n for n, path in enumerate(parts)}
    *imported, own = (_linked(path, text, number) for path, text in parts.items())
    if around is not None:
        imported.append(own)
        made = number[around.resolve()], number[entry.resolve()]
        own = "export default ${}.default(${}.default);\n".format(*made)
    return "".join((*(_scope(n, text) for n, text in enumerate(imported)), own))


def _linked(path: Path, text: str, number: dict[Path, int]) -> str:
    """A module's text with what it imports taken from the scopes before it."""

    def take(found: re.Match[str]) -> str:
        default, names, place = found.groups()
        scope = number[(path.parent / place).resolve()]
        wanted = f"default:{default}" if default else names.replace(" as ", ":")
        return f"const {{{''.join(wanted.split())}}}=${scope};\n"

    return _IMPORT.sub(take, text)


def _scope(n: int, text: str) -> str:
    """A module as a scope, which gives what the module exports."""
    names = [f"default:{name}" if default else name for default, name in _EXPORTED.findall(text)]
    plain = re.sub(r"^export (?:default )?", "", text, flags=re.MULTILINE)
    return f"const ${n} = (() => {{\n{plain}return {{{','.join(names)}}};\n}})();\n"


def _collect(path: Path, above: tuple[Path, ...], parts: dict[Path, str]) -> set[str]:
    """Put a module, without its imports, after those it imports; the names that it exports."""
    if path in above:
        raise ValueError(
            f"Modules may not import each other: {' → '.join(p.name for p in (*above, path))}. "
            "Move what both need into a third."
        )
    if path not in parts:
        if not path.is_file():
            chain = " → ".join(p.name for p in (*above, path))
            raise ValueError(f"The last module of {chain} is not there: {path}")
        text = path.read_text("utf-8")
        for default, names, place in _IMPORT.findall(text):
            listed = (name.split(" as ")[0].strip() for name in names.split(","))
            wanted = {"default"} if default else {name for name in listed if name}
            missing = wanted - _collect((path.parent / place).resolve(), (*above, path), parts)
            if missing:
                raise ValueError(
                    f"{path} imports {', '.join(sorted(missing))}, which {place} lacks."
                )
        if odd := _UNKNOWN.search(_IMPORT.sub("", text)):
            raise ValueError(f"{path} has a line that `bundle` does not understand: {odd[0]}")
        parts[path] = text
    return {"default" if default else name for default, name in _EXPORTED.findall(parts[path])}

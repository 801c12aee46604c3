"""One script out of ES modules, for Streamlit, notebooks and files that stand alone, without Node.

`bundle` follows the imports from an entry module and puts each module after those it imports. All
share one scope then, so a name may stand at the top of one module only. What is understood is what
the house writes: imports of names that the modules declare, one declaration a statement.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_IMPORT = re.compile(r'^import (?:(\w+)|\{([^}]*)\}) from "(\.[^"]*)";\n', re.MULTILINE)
_DECLARED = re.compile(
    r"^(export (?:default )?)?(?:async )?(?:function\*?|class|const|let|var) (\w+)", re.MULTILINE
)
_UNKNOWN = re.compile(r"^(?:import\b.*|export (?!default function \w|(?:async )?\w+ \w).*)", re.M)
_COMMENT = re.compile(  # or a text in backticks, in which nothing is a comment
    r"(`(?:[^`\\]|\\.)*`)|^ *(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL
)


@cache
def bundle(entry: Path) -> str:
    """The script of `entry` with all that it imports; what it exports itself stays exported.

    Raises ValueError for modules that import each other, for a name or a file that is not there,
    for a name that two modules declare, and for a spelling that is not understood.
    """
    parts: dict[Path, str] = {}
    _collect(entry.resolve(), (), parts)
    owner: dict[str, Path] = {}
    for path, text in parts.items():
        for _, name in _DECLARED.findall(text):
            if name in owner:
                raise ValueError(
                    f"{name} is declared by {owner[name]} and by {path}, which become one script. "
                    "Rename one of them."
                )
            owner[name] = path
    *imported, own = parts.values()
    plain = [re.sub(r"^export (?:default )?", "", text, flags=re.MULTILINE) for text in imported]
    return _COMMENT.sub(r"\1", "".join((*plain, own)))


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
            wanted = {name.strip() for name in (default or names).split(",") if name.strip()}
            missing = wanted - _collect((path.parent / place).resolve(), (*above, path), parts)
            if missing:
                raise ValueError(
                    f"{path} imports {', '.join(sorted(missing))}, which {place} lacks."
                )
        text = _IMPORT.sub("", text)
        if odd := _UNKNOWN.search(text):
            raise ValueError(f"{path} has a line that `bundle` does not understand: {odd[0]}")
        parts[path] = text
    return {name for exported, name in _DECLARED.findall(parts[path]) if exported}

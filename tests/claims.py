"""What a text says of the numbers on the stage, clause by clause, and whether the stage shows it.

A number belongs to the last quantity that its clause names before it: "z is 2.8e-9. δ is −1" says
2.8e-9 of z and −1 of δ. The stage shows what it has computed by then; a dash shows nothing.
"""

import re
from dataclasses import dataclass, field

NUMBER = re.compile(r"(?<![\w.])[−-]?\d+(?:\.\d+)?(?:e[−-]?\d+)?(?!\w|\.\d)")
_FORMULA = re.compile(
    r"\([^()]*[a-zεσ][^()]*\)|\[[^\]]*\]|\d+(?:-\d+)+|\S+ [/×] \S+|\d/\d|1 − 1e-\d+(?= in)"
)
_SUBJECTS = {
    "slope": r"slope(?: z)?|σ′", "dW": r"gradient|∂J/∂W", "W": r"weight\b", "J": r"cost\b|error is",
    "set": r"output bias|ε|targets?\b|[Ii]nputs\b|scale\b", "delta": r"δ", "h": r"\bh\b|σ(?=\(\d)",
    "z": r"\bz\b|outputs are",
}  # fmt: skip
_TOKEN = re.compile("|".join(f"(?P<{name}>{p})" for name, p in _SUBJECTS.items()))


@dataclass
class Shown:
    """The numbers that one sees: by quantity and layer, and those in words; what is set."""

    values: dict[tuple[str, int], list[float]]
    words: list[float]
    update: int
    updates: int
    sample: int
    layers: int
    settings: set[float] = field(default_factory=set)
    facts: set[float] = field(default_factory=set)

    def of(self, quantity, layer=None):
        found = [v for (q, i), listed in self.values.items() for v in listed
                 if q == quantity and layer in (None, i)]  # fmt: skip
        return [v for v in found if v == v]


def value(text):
    return float(text.replace("−", "-"))


def digits(text):
    """How many significant digits a number is written with."""
    return max(1, len(text.lower().lstrip("−-").split("e")[0].replace(".", "").lstrip("0")))


def says(text, number):
    """Whether the text is that number, rounded to the digits that the text has."""
    return number in (value(text), -value(text)) or (
        abs(number) < 1e300 and float(f"{abs(number):.{digits(text)}g}") == abs(value(text))
    )


def unshown(text, shown):
    """The clauses of a text that say a number which the stage does not show, with the number."""
    wrong = []
    for clause in re.split(r"[.;:](?:\s+|$)|, and ", text):
        bare = _FORMULA.sub(lambda found: " " * len(found[0]), clause)
        words = sorted(
            [(m.start(), m.lastgroup, m[0]) for m in _TOKEN.finditer(bare)]
            + [(m.start(), "", m[0]) for m in NUMBER.finditer(bare)]
        )
        for place, (at, kind, token) in enumerate(words):
            if kind:
                continue
            subject = next((k for _, k, _ in reversed(words[:place]) if k), "")
            before, after = bare[:at], bare[at + len(token) :]
            if re.match(r" (samples|weights|hidden|significant)\b", after) or before[-4:] == " of ":
                subject = "set"
            if named := re.search(r"([Uu]pdate|[Ss]ample|[Ll]ayer) $", before):
                subject = named[1].lower()
            if re.match(r" updates\b", after):
                subject = "update"
            layer = re.search(r"layer (\d)", bare)
            if not _is_shown(token, subject, before, int(layer[1]) if layer else None, shown):
                wrong.append(f"{token} in “{clause}”")
    return wrong


def _is_shown(token, subject, before, layer, shown):
    number = value(token)
    if number in shown.facts:
        return True
    if subject == "update":
        return number in (shown.update, shown.updates)
    if subject == "sample":
        return number == shown.sample or number in shown.settings
    if subject == "layer":
        return 1 <= number <= shown.layers
    if subject in ("", "set"):
        every = [v for listed in shown.values.values() for v in listed]
        return abs(number) in shown.settings or any(says(token, v) for v in [*every, *shown.words])
    pool = shown.of(subject, layer if subject in ("delta", "slope") else None)
    sizes = [abs(v) for v in pool]
    compared = re.search(r"(below|larger than|beyond|at most|reaches|nearly)\s*$", before)
    if compared:
        return (
            bool(pool)
            and {
                "below": lambda: min(sizes) < number,
                "larger than": lambda: max(sizes) < number and before.lstrip().startswith("no "),
                "beyond": lambda: max(sizes) > number,
                "at most": lambda: says(token, max(sizes)) or max(sizes) <= number,
                "nearly": lambda: any(abs(v - number) < 0.01 for v in sizes),
                "reaches": lambda: says(token, max(sizes)),
            }[compared[1]]()
        )
    return any(says(token, v) for v in [*pool, *shown.words])

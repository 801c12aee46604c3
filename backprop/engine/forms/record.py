"""What a cost, a way to display it, and a form of δ_L are: one record each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from backprop.engine.formula import Formula
from backprop.engine.steps import Steps


@dataclass(frozen=True)
class Cost:
    """The record of a cost, of one output of one sample.

    `title` names it in a menu, `words` beside a curve, `within` inside a sentence. `delta` is its
    δ_L on paper, which has the slope σ′(h) as a factor if `keeps_slope`; `closed` is the sentence
    on what becomes of that slope, `silent` the one on a δ that is (nearly) 0 on paper too. `usual`
    names the derivative that is the default, `best` the one that keeps all digits for labels 0
    and 1. `exact` gives z, δ_L and the cost at h and y as Decimals of 50 digits.
    """

    name: str
    title: str
    words: str
    within: str
    delta: Formula
    keeps_slope: bool
    closed: str
    silent: str
    usual: str
    best: str
    exact: Callable[[Decimal, Decimal], tuple[Decimal, Decimal, Decimal]]


@dataclass(frozen=True)
class Display:
    """One way to compute a cost from h and y; the last of `steps` is "cost"."""

    name: str
    title: str
    steps: Steps


@dataclass(frozen=True)
class Variant:
    """What tells the variants of one derivative apart, where ε can stand in several places.

    `name` is that of links, `menu` that of menus, `within` that beside its ε, which fills {};
    `help` explains it in a few words. `names_w`: these speak of w, which is z (1 − z).
    """

    name: str
    menu: str
    within: str
    help: str
    names_w: bool = False


@dataclass(frozen=True)
class Form:
    """The record of one way to compute δ_L of a `cost`: its steps, its looks and its sentences.

    The last of `steps` is "delta"; one of them is "z". `factors` names the steps that are ∂J/∂z and
    σ′(h), of which δ is the product; None for a form without them. `display` is the way in which
    its cost is displayed. `name` is that of the derivative; a `variant` of it has a name of its own
    besides. `title` and `colour` are those of its button and curves, `dash` and `width` those of
    its curve under the microscope, where curves coincide and later ones lie over earlier ones.

    Sentences, each the rest of one that begins elsewhere: `called` in the title of its equation,
    `does` and `breaks` in a program's comment (what it computes, where it fails), `dead` (why δ of
    a wrong answer can be 0), `of_two` (what the two factors of δ_L come to), `closed` (what that
    means for the closed form z − y). `torch` is PyTorch's own function of the cost, where its
    gradient is this form. A `soft` form is offered only where a target lies strictly between 0
    and 1.
    """

    name: str
    cost: Cost
    title: str
    colour: str
    dash: str
    width: float
    steps: Steps
    factors: tuple[str, str] | None
    display: Display
    called: str
    does: str
    breaks: str
    dead: str
    of_two: str
    closed: str = ""
    torch: str = ""
    soft: bool = False
    variant: Variant | None = None

    @property
    def key(self) -> str:
        """The name that tells it from all other forms: its variant's, or else its derivative's."""
        return self.name if self.variant is None else self.variant.name

    @property
    def has_epsilon(self) -> bool:
        """Whether ε occurs in it."""
        return any("epsilon" in step.operands for step in self.steps)

    @property
    def is_textbook(self) -> bool:
        """Whether z is computed as 1 / (1 + e⁻ʰ), which is 0 as soon as e⁻ʰ overflows."""
        return next(s for s in self.steps if s.name == "z").operation.name == "textbook"

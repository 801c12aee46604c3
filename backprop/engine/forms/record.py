"""What a cost, a way to display it, and a form of δ_L are: one record each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from backprop.engine.formula import Formula
from backprop.engine.steps import Steps


@dataclass(frozen=True)
class Cost:
    """A cost of one output of one sample.

    `title` names it in a menu, `words` beside a curve, `within` a sentence. `delta` is its δ_L on
    paper, which has the slope σ′(h) as a factor if `keeps_slope`; `closed` says what becomes of
    that slope. `silent` explains a δ of (nearly) 0 that is no fault of the arithmetic. `usual`
    names the form that is taken where none is asked for, `best` the one that keeps all digits of
    hard labels. `exact` gives z, δ_L and the cost at h and y with 50 digits.
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

    `name` as in a link; `menu` names it in a menu and `within` beside its ε ({}), both with
    w = z (1 − z) if `names_w`; `help` explains it.
    """

    name: str
    menu: str
    within: str
    help: str
    names_w: bool = False


@dataclass(frozen=True)
class Form:
    """One way to compute δ_L of a `cost`, and everything that is said of it anywhere.

    The last of `steps` is "delta"; one of them is "z". `factors` names the steps that are ∂J/∂z and
    σ′(h), of which δ is the product, or is None for a form that goes to δ directly. `display` is
    the cost that it shows. `name` is that of the derivative (its `variant` has one more name),
    `title` and `colour` its looks; the `dash` and `width` are those of its curve under the
    microscope, where curves coincide: later ones are drawn over earlier ones, so thinner or broken.

    The sentences: what it is `called` in the title of its equation, what it `does` and where it
    `breaks` as a program says it, why a δ of a wrong answer can be `dead`, how it makes δ_L
    `of_two` factors, and what that means for the `closed` form. `torch` is PyTorch's own function
    of the cost, where its gradient is this form. `soft` forms are offered where a target lies
    strictly between 0 and 1.
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
        """Its own name: of the variant where there is one, else of the derivative."""
        return self.name if self.variant is None else self.variant.name

    @property
    def has_epsilon(self) -> bool:
        """Whether ε occurs in it."""
        return any("epsilon" in step.operands for step in self.steps)

    @property
    def is_textbook(self) -> bool:
        """Whether its z is 0 already where e⁻ʰ overflows."""
        return next(s for s in self.steps if s.name == "z").operation.name == "textbook"

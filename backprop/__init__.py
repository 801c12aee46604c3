"""Backpropagation, recorded number by number, and the places where floating point breaks it.

Read the modules in this order:

    arithmetic    number formats, and how sums are accumulated in them
    bits          a number as its format stores it
    formula       one formula in LaTeX, MathML and text
    sigmoid       σ and its relatives, textbook and stable
    steps         a computation as named steps
    derivatives   δ_L: naive, clamped, fused, split
    costs         binary cross-entropy, displayed and true
    network       Network, forward, backward: Trace
    runners       who takes part in a race, and the text that names it
    training      gradient descent and the race: Recording
    dead, summary what a race is watched by: ‖δ‖, max |h|, dead samples, accuracy
    verdicts      what became of a runner, in words
    boundary      what a network with two inputs answers on the plane
    faults        the first non-finite value of a recording
    diagnosis     what is said of it: operands, cause, true value, what others give
    spread        the life of a NaN: what it contaminates, and what contaminated a value
    chain         the chain rule written out, factor by factor
    rescue        its first two factors in other orders and with more digits
    slow          one neuron, sure and wrong, taught by either cost
    exact         the same with 50 digits
    truth         named steps without rounding, and the error of a computed number
    cliffs        where a format breaks: the first h past each edge
    microscope    one output neuron: every term of every form, with its error and a verdict
    sweep         δ of every form and its error over all h
    libraries     what common libraries compute for δ and J
    gradcheck     every gradient three ways, judged by what the format can promise
    differences   central differences and their V of errors (for gradcheck)
    rounding      a bound on the rounding error of every gradient (for gradcheck)
    gradreport    what the check found; gradwords says it
    datasets      built-in data, tables and CSV
    scenario      everything a page or a link can ask for

Notation: L layers with weights; z₀ = x; hᵢ = Wᵢ zᵢ₋₁ + bᵢ; zᵢ = σ(hᵢ); target y; cost J;
δᵢ = ∂J/∂hᵢ of one sample; dW = ∂J/∂W and db = ∂J/∂b of the averaged cost; learning rate α.
"""

from backprop.arithmetic import FORMATS, Format
from backprop.derivatives import CLAMPS, DERIVATIVES, OutputDerivative
from backprop.faults import Fault
from backprop.gradcheck import check_gradients
from backprop.gradcheck.report import GradientReport
from backprop.network import Layer, Network, Trace, backpropagate
from backprop.training import Recording, continued, race, train

__all__ = [
    "CLAMPS",
    "DERIVATIVES",
    "FORMATS",
    "Fault",
    "Format",
    "GradientReport",
    "Layer",
    "Network",
    "OutputDerivative",
    "Recording",
    "Trace",
    "backpropagate",
    "check_gradients",
    "continued",
    "race",
    "train",
]

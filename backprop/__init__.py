"""Backpropagation, recorded number by number, and the places where floating point breaks it.

Read the modules in this order:

    arithmetic    number formats, and how sums are accumulated in them
    formula       one formula in LaTeX, MathML and text
    demands       what arguments must be, and what is said of those that are not
    sigmoid       σ and its relatives, textbook and stable
    steps         a computation as named steps
    derivatives   δ_L: naive, clamped, fused, split
    costs         binary cross-entropy and the quadratic cost, displayed and true
    passes        both passes, the two recursions
    network       Network, checked: Trace
    training      gradient descent and the race: Recording
    describe      networks, traces and recordings in a few lines
    exact, truth  the same with 50 digits; the error of a computed number
    dead          samples that are wrong and say nothing
    scaling       inputs standardised, or from −1 to 1
    datasets      built-in data
    tables        data of your own: tables and files, a folder
    pasted        weights given whole
    kept, linked  data in the words of a link; what is too large for one
    fields        everything a link can say, read and checked
    scenario      all of it together: what a page shows
    share         a link as a QR code
    hosting       the address under which others reach this machine

Around them, a folder for each question that is asked of a network:

    faults        the first non-finite value, why, and how it spreads
    racing        who takes part in a race, what is measured, what became of them
    microscope    one output neuron, bit by bit; the cliffs of a format; what libraries do
    chain         the chain rule written out; other orders of multiplication
    gradcheck     every gradient three ways
    lessons       the prepared scenarios
    export        programs, numbers, pages to take away

and above the engine: figures, stage and notebook (drawing), controls (Streamlit).

Notation: L layers with weights; z₀ = x; hᵢ = Wᵢ zᵢ₋₁ + bᵢ; zᵢ = σ(hᵢ); target y; cost J;
δᵢ = ∂J/∂hᵢ of one sample; dW = ∂J/∂W and db = ∂J/∂b of the averaged cost; learning rate α.
"""

from backprop.arithmetic import FORMATS, Format
from backprop.derivatives import CLAMPS, DERIVATIVES, OutputDerivative
from backprop.faults import Fault
from backprop.gradcheck import check_gradients
from backprop.gradcheck.report import GradientReport
from backprop.network import Layer, Network, Trace, backpropagate
from backprop.tables import DataError, read_table
from backprop.training import Recording, continued, race, train

__all__ = [
    "CLAMPS",
    "DERIVATIVES",
    "FORMATS",
    "DataError",
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
    "read_table",
    "train",
]

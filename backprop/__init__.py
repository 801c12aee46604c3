"""Backpropagation, recorded number by number, and the places where floating point breaks it.

Seven floors; a room imports from the floors below it:

    engine        the computation: numbers in, every intermediate value out; NumPy alone
    scenario      everything a link can say: network, data, training, what is looked at
    faults, racing, microscope, chain, gradcheck, lessons    a room for each question asked of it
    programs      what is handed out: training as a program of its own
    drawing       colours, charts, QR codes
    stage         the animated network and its player; figures: the pictures of the other pages
    export        pages to take away, the site; notebook: the stage in a cell
    controls      widgets ↔ scenario (Streamlit), below the pages

Notation: L layers with weights; z₀ = x; hᵢ = Wᵢ zᵢ₋₁ + bᵢ; zᵢ = σ(hᵢ); target y; cost J;
δᵢ = ∂J/∂hᵢ of one sample; dW = ∂J/∂W and db = ∂J/∂b of the averaged cost; learning rate α.
"""

from backprop.engine.arithmetic import FORMATS, Format
from backprop.engine.derivatives import CLAMPS, DERIVATIVES, OutputDerivative
from backprop.engine.faults import Fault
from backprop.engine.network import Network
from backprop.engine.trace import Layer, Trace, backpropagate
from backprop.engine.training import Recording, continued, race, train
from backprop.gradcheck import check_gradients
from backprop.gradcheck.report import GradientReport
from backprop.scenario.tables import DataError, read_table

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

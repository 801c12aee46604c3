"""What Python and the scripts of a page say to each other; `protocol.d.ts` says it to TypeScript.

A scene goes to the player as JSON. The player computes the numbers itself and packs them as
`stage.channels` does: a frame is an update, a channel one number of it.

    values   float64 (channels)         every format exactly, NaN and ∞ too
    codes    uint8 (channels)           places in a palette
    states   uint8 (channels)           places in `State`
    strips   uint8 (cells, striped)     codes of h, z and δ of all samples; 255: not finite

Each module is one part of it:

    naming       channels and operations: "delta.3.0", "W.2.0.3"
    experiment   what both engines train
    scenes       what the player is given: the experiment, a view, words and equations
    questions    what the stage asks of Python
    messages     what the scripts of the other pages send, and a connection that is back
    answers      what Python answers; the events that scripts dispatch
    window       what scripts keep at the window, for themselves alone

After a change `python -m backprop.export.typescript` writes protocol.d.ts anew.
"""

from backprop.stage.protocol.answers import (
    Answers,
    Computed,
    Events,
    Limits,
    Playhead,
    Watched,
)
from backprop.stage.protocol.experiment import Experiment, ExperimentRunner
from backprop.stage.protocol.messages import KeptLesson, RaceAt, RaceOpen, Resumed, Wish
from backprop.stage.protocol.naming import (
    LETTERS,
    channel,
    numbered,
    operations,
    parsed,
)
from backprop.stage.protocol.questions import (
    Drop,
    Edit,
    Press,
    Question,
    Questions,
    Rest,
    ShowBeside,
    ShowSample,
    Within,
)
from backprop.stage.protocol.scenes import (
    At,
    Block,
    Kind,
    Library,
    Notes,
    Scene,
    Staged,
    State,
    Template,
    View,
)

__all__ = [
    "LETTERS", "Answers", "At", "Block", "Computed", "Drop", "Edit", "Events", "Experiment",
    "ExperimentRunner", "KeptLesson", "Kind", "Library", "Limits", "Notes", "Playhead", "Press",
    "Question", "Questions", "RaceAt", "RaceOpen", "Rest", "Resumed", "Scene", "ShowBeside",
    "ShowSample", "Staged", "State", "Template", "View", "Watched", "Wish", "Within", "channel",
    "numbered", "operations", "parsed",
]  # fmt: skip

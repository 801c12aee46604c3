"""Widgets ↔ Scenario: the only part of the package that knows Streamlit.

    session        the session's scenario, and the widgets that are tied to it
    edits          edits of samples and weights, and the way back
    contents       which pages there are
    frame          what every page begins and ends with
    sidebar        network, data, training; away in projector mode
    component      a script of ours on a page
    message        what runs, and what the browser's message says that is new
    together       a part of a page that runs alone, unless something else was said as well
    exact          fields for exact values, weights and biases
    dialogs        what opens over the page, and stays until it is dismissed
    own_data       the dialog of own data: draft (what is typed and chosen), preview (before taking)
    plain          strangers' text, and messages
    remedy         a scenario that its format cannot hold, and the format that can
    arithmetic     the output derivative, ε, clamp, number format
    live           recordings, and the stage
    asking         what the stage asks, and the answers
    microscope     one output at h and y, and what follows it
    check          the check of gradients: update, step, report
    take_away      a link, programs, numbers; the projector's switch
    pictures       a drawing as SVG or PNG
    lessons        the gallery, and a lesson that has been opened
    own_lesson     the reader's own: a moment is added, kept in the browser; lesson_editor
    drawing        HTML of the drawing floor, with MathML and SVG, on a page
    runners        who takes part in a race
    race           the race, its charts and its table

Limits and defaults come from `fields.FIELDS`. What the user enters stays in the session's
state, also when it is refused, and the message stands beside the control that caused it.
"""

from backprop.controls.arithmetic import arithmetic_controls
from backprop.controls.asking import answers
from backprop.controls.check import check_controls, report, why_not_finite
from backprop.controls.drawing import drawing
from backprop.controls.following import following
from backprop.controls.frame import begin, finish
from backprop.controls.lessons import lesson_tools, lessons
from backprop.controls.live import recordings, stage
from backprop.controls.microscope import (
    live_neuron,
    neuron_block,
    neuron_charts,
    neuron_controls,
    neuron_notes,
)
from backprop.controls.own_lesson import keep_own_lesson
from backprop.controls.race import race_view
from backprop.controls.remedy import refuse_scenario
from backprop.controls.runners import runners_controls
from backprop.controls.session import bound, change, current, open_scenario, row_of
from backprop.controls.sidebar import network_sidebar, sidebar, way_out
from backprop.controls.take_away import projector_switch, take_away_buttons
from backprop.controls.together import part

__all__ = [
    "answers",
    "arithmetic_controls",
    "begin",
    "bound",
    "change",
    "check_controls",
    "current",
    "drawing",
    "finish",
    "following",
    "keep_own_lesson",
    "lesson_tools",
    "lessons",
    "live_neuron",
    "network_sidebar",
    "neuron_block",
    "neuron_charts",
    "neuron_controls",
    "neuron_notes",
    "open_scenario",
    "part",
    "projector_switch",
    "race_view",
    "recordings",
    "refuse_scenario",
    "report",
    "row_of",
    "runners_controls",
    "sidebar",
    "stage",
    "take_away_buttons",
    "way_out",
    "why_not_finite",
]

"""Microscope: one output neuron at one h, every term of every form, bit by bit."""

from backprop import controls

controls.begin("microscope")
controls.sidebar(controls.live_neuron, controls.neuron_notes)
controls.neuron_controls(*controls.way_out())
controls.neuron_charts()
controls.neuron_block()

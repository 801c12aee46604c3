"""Lessons: prepared scenarios, each with a prediction to make before it plays on."""

from backprop import controls

controls.begin("lessons", controls.lesson_tools)
controls.lessons()
controls.finish()

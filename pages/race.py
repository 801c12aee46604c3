"""Race: which output derivative breaks, which goes silent, which learns, from one start."""

from backprop import controls

controls.begin("race")
controls.network_sidebar()

controls.runners_controls(*controls.way_out())
try:
    controls.race_view(controls.current())
except ValueError as error:
    controls.refuse_scenario(error)
    controls.finish()

"""Live: a network, played forward and backward, number by number."""

from backprop import controls


@controls.part(key="live")
def live() -> None:
    """All but the frame, which a change on this page does not run again."""
    controls.network_sidebar()
    controls.arithmetic_controls(*controls.way_out(), controls.take_away_buttons)
    controls.stage()
    controls.answers()
    controls.following()
    controls.finish(player_moves=True)


controls.begin("live")
live()
controls.keep_own_lesson()

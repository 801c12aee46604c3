"""One scenario a session: what is chosen stays chosen, whatever address the browser tells."""

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from backprop.controls.live import token_of
from backprop.controls.session import MARK
from backprop.scenario.scenario import Scenario, from_query


def page():
    from backprop.controls import session
    from backprop.controls.sidebar import network_controls

    session.enter("live")
    network_controls()


def opened(**query):
    shown = AppTest.from_function(page, default_timeout=60)
    shown.query_params.update(query)
    return shown.run()


def slider(shown, name):
    return shown.slider(key=f"scenario-{name}")


def test_an_address_that_stays_the_links_does_not_undo_what_was_changed_since():
    shown = opened(seed="5", data="xor")
    for depth in (3, 4, 1):
        shown.query_params["seed"] = "5"
        slider(shown, "depth").set_value(depth).run()
        assert not shown.exception
        assert slider(shown, "depth").value == depth
        assert shown.session_state.scenario.seed == 5


def test_an_address_without_a_new_mark_says_nothing():
    shown = opened(seed="5")
    shown.query_params["seed"] = "7"
    shown.run()
    assert shown.session_state.scenario.seed == 5


def test_a_marked_address_is_a_link_again_and_is_read_once():
    shown = opened(seed="5")
    slider(shown, "depth").set_value(3).run()
    shown.query_params.update({"seed": "7", MARK: "one"})
    shown.run()
    assert shown.session_state.scenario.seed == 7
    assert slider(shown, "depth").value == 2
    slider(shown, "depth").set_value(4).run()  # the browser goes on telling the marked address
    assert len(shown.session_state.scenario.units) == 4


def test_layers_that_come_back_have_the_units_that_they_had():
    shown = opened(units="7-5-3")
    slider(shown, "depth").set_value(1).run()
    assert shown.session_state.scenario.units == (7,)
    slider(shown, "depth").set_value(3).run()
    assert shown.session_state.scenario.units == (7, 5, 3)


def test_a_value_that_no_widget_offers_leaves_a_scenario_that_exists():
    shown = opened()
    shown.number_input(key="scenario-seed").set_value(float("nan")).run()
    assert not shown.exception
    left = shown.session_state.scenario
    assert from_query(left.query()) == (left, [])


def test_recordings_that_pythons_hash_takes_for_one_have_names_of_their_own():
    one, other = (Scenario(edits=((1, (0.0, x, 1.0)),)) for x in (-1.0, -2.0))
    assert hash(one) == hash(other)  # or this proves nothing
    assert token_of(one) != token_of(other)
    assert token_of(one) == token_of(replace(one, update=5, sample=3))
    assert token_of(one) != token_of(replace(one, derivative="naive"))

"""What a visitor changes stays changed, whatever address the browser goes on telling."""

from streamlit.testing.v1 import AppTest

from backprop.controls import session


def page():
    from backprop.controls import session
    from backprop.controls.sidebar import network_controls

    session.enter()
    network_controls()
    session.leave()


def test_an_address_that_stays_the_links_does_not_undo_what_was_changed_since(monkeypatch):
    monkeypatch.setattr(session, "ECHO_SECONDS", 0.0)
    shown = AppTest.from_function(page, default_timeout=60)
    shown.query_params["seed"] = "5"
    shown.query_params["data"] = "xor"  # is the default: the address will not say it
    shown.run()
    for depth in (3, 4, 1):
        shown.query_params["seed"] = "5"
        shown.query_params["data"] = "xor"
        shown.slider(key=session.key("depth")).set_value(depth).run()
        assert not shown.exception
        assert shown.slider(key=session.key("depth")).value == depth
        assert shown.session_state[session.key("seed")] == 5


def test_another_address_is_a_link_again():
    shown = AppTest.from_function(page, default_timeout=60)
    shown.query_params["seed"] = "5"
    shown.run()
    shown.slider(key=session.key("depth")).set_value(3).run()
    shown.query_params["seed"] = "7"
    shown.run()
    assert shown.session_state[session.key("seed")] == 7
    assert shown.slider(key=session.key("depth")).value == 2

"""What is typed exactly is taken exactly, or refused beside its field with all that was typed."""

import pytest
from streamlit.testing.v1 import AppTest

from backprop.controls.exact import as_number


def page():
    from backprop.controls import session
    from backprop.controls.exact import exact_values

    session.enter("live")
    exact_values()


@pytest.fixture
def shown():
    shown = AppTest.from_function(page, default_timeout=60)
    shown.session_state["exact"] = True  # open
    return shown.run()


def typed(shown, name, text):
    shown.text_input(key=f"scenario-exact.{name}").set_value(text).run()
    assert not shown.exception
    return shown.session_state.scenario


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("learning_rate", "0.009", 0.009),
        ("learning_rate", "0,25", 0.25),
        ("scale", ".01", 0.01),
        ("output_bias", "−36.75", -36.75),
        ("epsilon", "3e-9", 3e-9),
        ("updates", "1", 1),
        ("updates", "2000", 2000),
    ],
)
def test_any_value_in_its_limits_is_taken_to_the_last_digit(shown, name, text, value):
    assert getattr(typed(shown, name, text), name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [("learning_rate", "abc"), ("updates", "1,5"), ("epsilon", "0.5"), ("scale", "nan"),
     ("learning_rate", "-1"), ("updates", "2001"), ("cell.2.2", "1.5")],
)  # fmt: skip
def test_what_is_refused_stays_as_typed_with_its_message(shown, name, text):
    before = shown.session_state.scenario
    assert typed(shown, name, text) == before
    assert shown.text_input(key=f"scenario-exact.{name}").value == text
    (message,) = shown.error
    assert "Required" in message.value and "Try" in message.value
    good = {"cell.2.2": "0.5"}.get(name, "0.25" if name != "updates" else "7")
    typed(shown, name, good)
    assert not shown.error


def test_inputs_and_soft_targets_are_edits_of_the_shown_sample(shown):
    typed(shown, "cell.2.0", "1e-9")
    data = typed(shown, "cell.2.2", "0,3").dataset()
    assert data.X[2].tolist() == [1e-9, -1] and data.y[2].tolist() == [0.3]


def test_all_biases_start_at_zero(shown):
    assert any((b != 0).any() for b in shown.session_state.scenario.network().biases)
    shown.toggle(key="scenario-zero_biases").set_value(True).run()
    assert all((b == 0).all() for b in shown.session_state.scenario.network().biases)


@pytest.mark.parametrize(
    ("text", "number"), [(" 0,5 ", "0.5"), ("−2", "-2"), ("1e6", "1e6"), ("1,2,3", "1,2,3")]
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert as_number(text) == number

"""A stranger's text is Markdown for itself: every sign escaped, nothing left to be replaced."""

import pytest

from backprop.controls.plain import plain


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("größe 1", "größe 1"),
        ("![x](y)", r"\!\[x\]\(y\)"),
        ("<b>$z$", r"\<b\>\$z\$"),
        (":x:", "\\:\u2060x\\:"),
        ("line 3: wrong", r"line 3\: wrong"),
        ("http://a.b", "http\\:\u2060\\/\\/a\\.b"),
        ("WWW.a", "WWW\u2060\\.a"),
        ("a@b.c", "a\\@\u2060b\\.c"),
        ("a -> b -- c", "a \\-\u2060\\> b \\-\u2060\\- c"),
        ("-0.5", r"\-0\.5"),
        ("feat_1_a", "feat_1_a"),
        ("_a_ b__c", r"\_a\_ b\_\_c"),
        ("two\nlines\x07\u202e", "two lines��"),
        ("\ud800", r"\?"),
    ],
)
def test_what_markdown_would_turn_into_something_else_stays_text(text, markdown):
    assert plain(text) == markdown


def test_what_is_too_long_is_cut_and_says_so():
    assert plain("x" * 500, 40) == "x" * 40 + "…"

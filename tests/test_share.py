"""A QR code says its link, and can be scanned in every theme."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
import segno

from backprop.drawing.qr import LONGEST, QUIET, qr_svg

LINK = "https://example.org/?derivative=naive&format=float16&seed=7"


def modules(svg):
    """The squares of an SVG, read back from its path: True where dark, the margin included."""
    root = ElementTree.fromstring(svg)
    side = int(root.get("viewBox").split()[2])
    squares = np.zeros((side, side), dtype=bool)
    x = y = 0.0  # a stroke one wide: m moves the pen, h draws to the right
    for order, numbers in re.findall(r"([Mmh])([^Mmh]+)", root[1].get("d")):
        steps = [float(number) for number in numbers.split()]
        if order == "h":
            squares[int(y - 0.5), int(x) : int(x + steps[0])] = True
            x += steps[0]
        else:
            x, y = (steps[0], steps[1]) if order == "M" else (x + steps[0], y + steps[1])
    return squares


@pytest.mark.parametrize("link", [LINK, "x", "https://example.org/?rows=" + "0.5_-1_1~" * 60])
def test_the_drawing_is_the_encoded_matrix(link):
    drawn = modules(qr_svg(link))
    encoded = np.array(segno.make_qr(link, error="l").matrix, dtype=bool)
    assert np.array_equal(drawn[QUIET:-QUIET, QUIET:-QUIET], encoded)


def test_the_margin_is_empty_and_light():
    drawn = modules(qr_svg(LINK))
    drawn[QUIET:-QUIET, QUIET:-QUIET] = False
    assert not drawn.any()
    assert 'fill="#fff"' in qr_svg(LINK)


def test_a_title_cannot_break_out_of_its_attribute():
    assert ElementTree.fromstring(qr_svg(LINK, '"><script>')).get("aria-label") == '"><script>'


@pytest.mark.parametrize("link", ["", "x" * (LONGEST + 1), "é" * LONGEST])
def test_a_link_that_no_camera_could_read_is_refused_with_what_to_try(link):
    with pytest.raises(ValueError, match=r"needs a link of 1 to 1000 bytes, got .*Copy the link"):
        qr_svg(link)

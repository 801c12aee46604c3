"""What Python tells of a recording, the page computes: the same bits of every number."""

import base64
import json

import numpy as np
import pytest

from backprop import Network, race
from backprop.drawing.scripts import bundle
from backprop.stage import fault_place, recorded
from backprop.stage.channels import pack
from backprop.stage.chart import chart
from backprop.stage.protocol import channel
from tests import engines
from tests.browser.conftest import ROOT

X = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
RACE = race(
    Network.random([2, 4, 4, 1], scale=3.0, seed=3102),
    X,
    [0, 1, 1, 0],
    updates=12,
    learning_rate=30.0,
)
START = """async (script) => {
  const module = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  window.read = (await import(module)).default;
}"""


@pytest.fixture
def sandbox(browser):
    page = browser.new_page()
    page.evaluate(START, bundle(ROOT / "tests" / "scripts" / "player.js"))
    yield page
    page.close()


def channels(packed):
    return [
        channel(block.name, block.layer, *map(int, place))
        for block in packed.blocks
        for place in np.ndindex(block.shape)
    ]


@pytest.mark.parametrize("name", ["naive", "split"])
def test_a_recording_is_the_same_on_both_sides(sandbox, name):
    recording, packed = RACE[name], pack(RACE[name], 2, np.arange(13))
    names = channels(packed)
    told = json.loads(json.dumps(recorded(RACE, name, 2, ("x₁", "x₂"))))
    seen = sandbox.evaluate("([scene, names]) => read(scene, names)", [told, names])
    assert seen["at"] == list(range(len(names)))
    strips = np.array([engines.strips(recording, k) for k in range(13)], np.uint8)
    arrays = packed.values, packed.codes, packed.states, strips
    for k, frame in enumerate(seen["frames"]):
        wanted = [base64.b64encode(array[k].tobytes()).decode() for array in arrays]
        assert frame == wanted, k
    fault = recording.first_fault
    place = None if fault is None else {**fault_place(fault, 3), "sample": fault.sample}
    assert seen["fault"] == place
    assert len(seen["frames"]) == 13 and seen["last"] == 12
    assert seen["chart"] == json.loads(json.dumps(chart(RACE, name)))

"""What Python packs the scripts unpack: the same words, and the same bits of every number."""

import base64
import json

import numpy as np
import pytest

from backprop import Network, race
from backprop.drawing.scripts import bundle
from backprop.export.booklet import of_recordings
from backprop.stage import HERE, glimpse, scene
from backprop.stage.channels import pack
from backprop.stage.protocol import channel

X = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
RACE = race(
    Network.random([2, 4, 4, 1], scale=3.0, seed=3102),
    X,
    [0, 1, 1, 0],
    updates=12,
    learning_rate=30.0,
)
RECORDING = HERE / "player" / "recording.js"
MODULE = bundle(RECORDING) + "\nexport { openEnvelope };"
START = """async (script) => {
  window.ours = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  window.bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  window.textOf = (array) =>
    btoa(Array.from(new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
                    (byte) => String.fromCharCode(byte)).join(""));
}"""
UNPACK = """([whole, part, channels]) => {
  const scene = ours.readRecording(bytesOf(whole));
  const at = channels.map((channel) => ours.channelOf(scene, channel)?.at);
  const seen = part ? ours.readRecording(bytesOf(part), scene) : scene;
  const arrays = [seen.values, seen.codes, seen.states, seen.strips].map(textOf);
  return { about: JSON.stringify(seen.about), arrays, at };
}"""


@pytest.fixture
def sandbox(browser):
    page = browser.new_page()
    page.evaluate(START, MODULE)
    yield page
    page.close()


def text(data):
    return base64.b64encode(data).decode()


def channels(packed):
    return [
        channel(block.name, block.layer, *map(int, place))
        for block in packed.blocks
        for place in np.ndindex(block.shape)
    ]


@pytest.mark.parametrize("name", ["naive", "split"])
def test_a_scene_is_the_same_on_both_sides(sandbox, name):
    whole, names = scene(RACE, name, 2, ("x₁", "x₂")), channels(pack(RACE[name], 2))
    seen = sandbox.evaluate(UNPACK, [text(whole.pack()), "", names])
    assert json.loads(seen["about"]) == json.loads(json.dumps(whole.about))
    arrays = whole.values, whole.codes, whole.states, whole.strips
    assert seen["arrays"] == list(map(text, arrays))
    assert seen["at"] == list(range(len(names)))


def test_a_glimpse_keeps_the_drawing_of_the_scene_before(sandbox):
    whole, part = scene(RACE, "naive", 2, ("x₁", "x₂")), glimpse(RACE["naive"], 2, 5)
    seen = sandbox.evaluate(UNPACK, [text(whole.pack()), text(part.pack()), []])
    assert json.loads(seen["about"]) == json.loads(json.dumps({**whole.about, **part.about}))
    assert seen["arrays"][0] == text(part.values) and len(part.values) < len(whole.values)


def test_a_booklet_opens_as_the_words_and_the_scenes(sandbox):
    page = of_recordings(RACE, "split")
    look = "(text) => { const { words, body } = ours.openEnvelope(bytesOf(text)); return [JSON"
    words, body = sandbox.evaluate(f"{look}.stringify(words), textOf(body)]; }}", text(page.pack()))
    assert json.loads(words) == page.about | {"lengths": list(map(len, page.scenes))}
    assert body == text(b"".join(page.scenes))

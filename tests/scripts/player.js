// What a test asks of the player's modules in a browser.

import { computed, computeUntil } from "../../backprop/stage/player/computing.js";
import { channelOf, frameAt } from "../../backprop/stage/player/recording.js";

/** A scene's recording: where channels lie, and every frame as base64 of its four arrays. */
export default function readScene(scene, channels) {
  const recording = computed(scene, scene.experiment);
  computeUntil(recording, scene.experiment.updates, 1e9);
  const text = ({ buffer }) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
  const frames = [...Array(recording.about.known + 1).keys()].map((k) => {
    const { values, codes, states, strips } = frameAt(recording, k);
    return [values, codes, states, strips].map(text);
  });
  const { last, fault, chart } = recording.about;
  return { at: channels.map((channel) => channelOf(recording, channel)?.at), frames, last, fault, chart };
}

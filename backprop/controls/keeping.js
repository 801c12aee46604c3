// The reader's own lesson outlives its session in this browser: what Python has is kept here, and a
// session that begins is told what is kept.

import { untilLeft } from "../drawing/leaving.js";

/** @import { KeptLesson } from "../stage/protocol" */

const MY_LESSON = "backprop.lesson";
const PART = 60_000; // characters; Python reads no longer text at once

/** `heard`: whether this session has a lesson, or knows what is kept; an empty `text` keeps nothing new.
 * @param {{data: {text: string, heard: boolean, cleared: boolean}, setTriggerValue: (event: "kept", said: KeptLesson) => void}} component */
export default function mountKeeping({ data: { text, heard, cleared }, setTriggerValue }) {
  try {
    const kept = heard ? "" : (localStorage.getItem(MY_LESSON) ?? "");
    if (kept) untilLeft(location.pathname, setTriggerValue)("kept", { parts: inParts(kept) });
    else if (text) localStorage.setItem(MY_LESSON, text);
    else if (cleared) localStorage.removeItem(MY_LESSON);
  } catch {
    // storage is forbidden or full: the lesson's file keeps it
  }
}

/** @param {string} text */
const inParts = (text) =>
  Array.from({ length: Math.ceil(text.length / PART) }, (_, n) => text.slice(n * PART, (n + 1) * PART));

// A component is mounted for what Streamlit said last, in whatever order its calls come.

import assert from "node:assert/strict";
import { test } from "node:test";
import latest from "../../backprop/controls/latest.js";

/** As Streamlit calls: what is returned is called at once where it has called anew since. */
async function call(mount, said, isStale) {
  const leave = await Promise.resolve(mount(said));
  if (isStale) Promise.resolve(leave).then((down) => down());
  else return leave;
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 5));

for (const said of [
  ["old", "new"],
  ["new", "old"],
])
  test(`only what was said last is mounted: ${said}`, async () => {
    const done = [];
    const mount = latest((word) => {
      done.push(`${word} comes`);
      return () => done.push(`${word} goes`);
    });
    const leaves = await Promise.all(said.map((word) => call(mount, word, word === "old")));
    await moment();
    assert.deepEqual(done, ["new comes"]);
    leaves.find(Boolean)();
    assert.deepEqual(done, ["new comes", "new goes"]);
  });

test("what is taken down before its moment is over never comes", async () => {
  const done = [];
  latest((word) => done.push(word))("seen")();
  await moment();
  assert.deepEqual(done, []);
});

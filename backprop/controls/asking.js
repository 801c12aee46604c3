// The wire between the stage and Python: questions go out until they are heard, answers come in.

const wire = (window.backpropWire ??= openWire());

function openWire() {
  const made = { client: Math.random().toString(36).slice(2), number: 0, unheard: [], send: null, home: null };
  document.addEventListener("backprop:ask", ({ detail }) => {
    // Of questions that the next of their kind makes void, only the last is kept.
    if (detail.kind === "drag" || detail.kind === "rest") made.unheard = made.unheard.filter(({ kind }) => kind !== detail.kind);
    made.unheard.push({ ...detail, number: (made.number += 1) });
    if (!window.backpropAddress?.left(made.home)) made.send?.("ask", { client: made.client, questions: made.unheard });
  });
  return made;
}

export default function ({ data, setTriggerValue }) {
  if (!wire.send) wire.home = location.pathname;
  wire.send = setTriggerValue;
  const { words: { heard: [who, last], truth }, body } = openEnvelope(data);
  if (who === wire.client) wire.unheard = wire.unheard.filter((question) => question.number > last);
  document.dispatchEvent(new CustomEvent("backprop:answer", { detail: body.length ? { glimpse: body } : { truth } }));
  return () => { if (wire.send === setTriggerValue) wire.send = null; };
}

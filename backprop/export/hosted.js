// A booklet inside the app: its bytes come at once, and the host calls again when the theme changes.

const opened = new WeakMap();

/** The inverse of Booklet.pack. */
function unpackBooklet(data) {
  const { words: about, body } = openEnvelope(data);
  let at = 0;
  const scenes = about.lengths.map((length) => body.subarray(at, (at += length)));
  return { about, sceneOf: (n) => scenes[n] };
}

export default function ({ data, parentElement }) {
  const before = opened.get(parentElement);
  const { about, sceneOf } = unpackBooklet(data);
  if (before && JSON.stringify(before.about) === JSON.stringify(about)) redraw(before);
  else {
    before?.close();
    opened.set(parentElement, openBooklet({ root: parentElement.querySelector(".booklet"), about, sceneOf, mount }));
  }
  return () => {
    opened.get(parentElement)?.close();
    opened.delete(parentElement);
  };
}

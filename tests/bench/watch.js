// In every page of the benchmark: when a control is used, when the answer leaves, when it is painted.

window.bench = { roots: [document], sends: [], started: 0 };

const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) {
  const root = attach.call(this, options);
  bench.roots.push(root);
  return root;
};

const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) {
  bench.sends.push(performance.now());
  return send.call(this, message);
};

for (const kind of ["pointerup", "keydown"]) {
  window.addEventListener(
    kind,
    () => {
      bench.started = performance.now();
    },
    true,
  );
}

bench.find = (selector) => bench.roots.map((root) => root.querySelector(selector)).find(Boolean);

/** The time after the next frame has been handed to the screen. */
bench.afterPaint = () =>
  new Promise((done) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now());
      channel.port2.postMessage(0);
    });
  });

/** Milliseconds since navigation until `selector` is first on the screen. */
bench.firstPaint = (selector) =>
  new Promise((done) => {
    const look = () => {
      if (bench.find(selector)) bench.afterPaint().then(done);
      else requestAnimationFrame(look);
    };
    look();
  });

/** From now on, wait until another number is shown inside `selector`. */
bench.arm = (selector) => {
  bench.sends.length = 0;
  const inside = bench.find(selector);
  const shown = () => [...inside.querySelectorAll("[data-value]")].map((node) => node.dataset.value).join(" ");
  const before = shown();
  bench.result = new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error(`Nothing changed in ${selector}: ${before}`)), 60_000);
    const observer = new MutationObserver(async () => {
      if (shown() === before) return;
      observer.disconnect();
      clearTimeout(late);
      const painted = await bench.afterPaint();
      const sent = bench.sends.find((time) => time >= bench.started);
      done({ waited: sent - bench.started, answered: painted - sent });
    });
    observer.observe(inside, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-value"] });
  });
};

/** Over `seconds`: how many frames the browser made, and in how many the update was another one. */
bench.play = (selector, seconds) =>
  new Promise((done) => {
    const node = bench.find(selector);
    const start = performance.now();
    let [frames, painted, last] = [0, 0, node.dataset.update];
    const tick = () => {
      frames += 1;
      if (node.dataset.update !== last) painted += 1;
      last = node.dataset.update;
      const gone = (performance.now() - start) / 1000;
      if (gone < seconds) requestAnimationFrame(tick);
      else done({ frames: frames / gone, painted: painted / gone, last: Number(last) });
    };
    requestAnimationFrame(tick);
  });

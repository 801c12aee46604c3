// In every page of the benchmark: when a control is used, when an answer comes, when it is painted.

window.bench = { roots: [document], heard: [], started: 0 };

const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) {
  const root = attach.call(this, options);
  bench.roots.push(root);
  return root;
};

const Wire = WebSocket;
window.WebSocket = class extends Wire {
  constructor(...options) {
    super(...options);
    this.addEventListener("message", () => bench.heard.push(performance.now()));
  }
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

/** Called with the time after each frame has been handed to the screen. @type {Set<(time: number) => void>} */
const watching = new Set();
const frames = new MessageChannel();
frames.port1.onmessage = () => {
  for (const tell of [...watching]) tell(performance.now());
};

function everyFrame() {
  frames.port2.postMessage(0); // a task, so after this frame
  requestAnimationFrame(everyFrame);
}
requestAnimationFrame(everyFrame);

/** The time after what stands in the page by now has been handed to the screen: in a frame, after it. */
bench.afterPaint = () =>
  new Promise((done) => {
    const tell = (time) => {
      watching.delete(tell);
      done(time);
    };
    watching.add(tell);
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

/** All numbers inside an element. */
const numbersIn = (inside) => [...inside.querySelectorAll("[data-value]")].map((node) => node.dataset.value).join(" ");
const CHANGES = { subtree: true, childList: true, attributes: true, attributeFilter: ["data-value"] };

/** From now on, wait until another number is shown inside `selector`. */
bench.arm = (selector) => {
  const inside = bench.find(selector);
  const shown = () => numbersIn(inside);
  const before = shown();
  bench.result = new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error(`Nothing changed in ${selector}: ${before}`)), 60_000);
    const observer = new MutationObserver(async () => {
      if (shown() === before) return;
      observer.disconnect();
      clearTimeout(late);
      done((await bench.afterPaint()) - bench.started);
    });
    observer.observe(inside, CHANGES);
  });
};

/** Watch a drag: from a move of the pointer until another number inside `selector` is on the screen. */
bench.watchHand = (selector) => {
  const hand = { moved: 0, late: [], painted: 0, began: 0, moves: 0, after: 0, ended: 0, shown: "" };
  const inside = bench.find(selector);
  bench.hand = hand;
  window.addEventListener(
    "pointermove",
    (event) => {
      if (!event.buttons) return;
      hand.moved ||= event.timeStamp;
      hand.began ||= event.timeStamp;
      hand.moves += 1;
    },
    true,
  );
  window.addEventListener(
    "pointerup",
    async (event) => {
      hand.ended = event.timeStamp;
      bench.heard.length = 0;
      await bench.afterPaint(); // of the last move
      await bench.afterPaint();
      hand.shown = numbersIn(inside);
    },
    true,
  );
  let drawing = false;
  new MutationObserver(async () => {
    if (hand.shown && numbersIn(inside) !== hand.shown) hand.after += 1;
    if (drawing || hand.ended) return;
    drawing = true;
    const moved = hand.moved;
    hand.moved = 0;
    const painted = await bench.afterPaint();
    drawing = false;
    hand.painted += 1;
    if (moved) hand.late.push(painted - moved);
  }).observe(inside, CHANGES);
};

/** What the hand saw, once the server has been silent for 600 ms: how late each picture was, how many
 * a second of how many moves, how often a number changed after it was let go, and when the last message
 * came. */
bench.handSaw = () =>
  new Promise((done) => {
    const { hand, heard } = bench;
    const look = () => {
      const last = heard.at(-1) ?? hand.ended;
      if (performance.now() - Math.max(last, hand.ended) < 600) return setTimeout(look, 50);
      const seconds = (hand.ended - hand.began) / 1000;
      // The page rests 250 ms later, and tells: that is no part of settling.
      const pause = heard.findIndex((time, n) => n && time - heard[n - 1] > 150);
      const settled = heard.slice(0, pause < 0 ? undefined : pause).at(-1) ?? hand.ended;
      done({
        late: hand.late,
        moves: hand.moves / seconds,
        pictures: hand.painted / seconds,
        after: hand.after,
        settled: settled - hand.ended,
      });
    };
    look();
  });

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

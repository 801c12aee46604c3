"""How long the Microscope takes from a changed h to its picture, beside an almost empty page.

The empty page has a button, a number and two Plotly charts of as many points. Both servers and one
Chromium run at the same time, and the rounds are interleaved, so that the ratio can be trusted
where the times cannot.
"""

import statistics
import tempfile
from pathlib import Path

from tests.bench.kit.chromium import chromium, served
from tests.bench.kit.figures import figure

ROUNDS = 25
EMPTY = """
import numpy as np, plotly.graph_objects as go, streamlit as st
st.set_page_config(layout="wide")
state = st.session_state
state.n = state.get("n", 0) + st.button("again")
state.m = state.get("m", 0) + st.button("redraw")
x = np.linspace(-6, 6, 611)
for side, place in enumerate(st.columns(2)):
    lines = [go.Scatter(x=x, y=np.sin(x * k + state.m)) for k in range(4)]
    place.plotly_chart(go.Figure(lines, {"height": 300}), config={"displayModeBar": False},
                       key=f"chart{side}")
st.html(f'<b class="count" data-n="{state.n}" data-m="{state.m}">{state.n}</b>')
"""
# Presses a button and waits until what `read` says has changed and two frames have been painted.
PRESS = """async ([press, read]) => {
  const find = (css) => {
    const found = document.querySelector(css);
    if (found) return found;
    for (const host of document.querySelectorAll("*")) {
      const inside = host.shadowRoot?.querySelector(css);
      if (inside) return inside;
    }
  };
  let at = null;
  const say = () => {
    if (!at?.isConnected) at = find(read[0]);
    return at ? at.getAttribute(read[1]) : null;
  };
  const before = say(), start = performance.now();
  find(press).click();
  while (say() === before || say() === null) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""
DRAG = """async (steps) => {
  const find = (css) => {
    for (const host of document.querySelectorAll("*")) {
      const inside = host.shadowRoot?.querySelector(css);
      if (inside) return inside;
    }
  };
  const slider = find(".track input"), root = slider.closest(".microscope-root");
  const seen = new Set(), start = performance.now();
  for (let k = 0; k < steps; k += 1) {
    slider.value = -6 + (12 * k) / steps;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
    seen.add(root.dataset.h);
  }
  return [seen.size, performance.now() - start];
}"""


def report(title, times, beside, base):
    figure(title, statistics.median(times), "ms", beside, statistics.median(base))


def main():
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        script = Path(folder, "empty.py")
        script.write_text(EMPTY)
        with served("run", "app.py") as app, served("run", str(script)) as empty:
            ours, theirs = (browser.new_page(viewport={"width": 1280, "height": 800})
                            for _ in range(2))  # fmt: skip
            ours.bring_to_front()
            ours.goto(app + "/microscope")
            ours.locator(".h-marker").nth(1).wait_for(timeout=60_000, state="attached")
            theirs.bring_to_front()
            theirs.goto(empty)
            theirs.locator(".js-plotly-plot").nth(1).wait_for(timeout=60_000)
            again = theirs.get_by_role("button", name="again")
            again.evaluate("b => b.id = 'again'")
            theirs.get_by_role("button", name="redraw").evaluate("b => b.id = 'redraw'")
            moved, blank, drawn = [], [], []
            for k in range(ROUNDS + 3):
                for page, press, read, times in (
                    (theirs, "#again", [".count", "data-n"], blank),
                    (ours, f'[data-by="{"-" if k % 2 else ""}0.1"]',
                     [".microscope-root", "data-count"], moved),
                    (theirs, "#redraw", [".count", "data-m"], drawn),
                ):  # fmt: skip
                    page.bring_to_front()
                    taken = page.evaluate(PRESS, [press, read])
                    if k >= 3:
                        times.append(taken)
            print("from a press to the picture, 1280×800, medians of", ROUNDS)
            empty_page = "an empty page, its charts as they were"
            report("Microscope: h changed, everything follows", moved, empty_page, blank)
            report("an empty page, its charts drawn anew", drawn, empty_page, blank)
            ours.bring_to_front()
            steps = 240
            fresh, taken = ours.evaluate(DRAG, steps)
            figure("Microscope: fresh pictures while h is dragged", fresh / taken * 1000, "/s",
                   "the browser's frames", steps / taken * 1000)  # fmt: skip


if __name__ == "__main__":
    main()

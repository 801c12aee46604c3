"""How long the Microscope takes from a changed h to its picture, beside an almost empty page.

The empty page has a button, a number and two Plotly charts of as many points. Both servers and one
Chromium run at the same time, and the rounds are interleaved, so that the ratio can be trusted
where the times cannot.
"""

import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent.parent
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
  const slider = find(".track input"), lens = slider.closest(".lens-root");
  const seen = new Set(), start = performance.now();
  for (let k = 0; k < steps; k += 1) {
    slider.value = -6 + (12 * k) / steps;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
    seen.add(lens.dataset.h);
  }
  return [seen.size, performance.now() - start];
}"""


@contextlib.contextmanager
def server(script, folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless", "true",
               "--server.address", "127.0.0.1", "--server.port", str(port),
               "--server.fileWatcherType", "none", "--runner.postScriptGC", "false"]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
                break
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


def report(title, times, base):
    ratio = statistics.median(times) / statistics.median(base)
    print(f"  {title:<52} {statistics.median(times):6.0f} ms   {ratio:4.2f} ×")


def main():
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        Path(folder, "empty.py").write_text(EMPTY)
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        with server("app.py", ROOT) as app, server("empty.py", folder) as empty:
            ours, theirs = (browser.new_page(viewport={"width": 1280, "height": 800})
                            for _ in range(2))  # fmt: skip
            ours.goto(app + "/microscope")
            ours.locator(".h-marker").nth(1).wait_for(timeout=60_000, state="attached")
            theirs.goto(empty)
            theirs.locator(".js-plotly-plot").nth(1).wait_for(timeout=60_000)
            again = theirs.get_by_role("button", name="again")
            again.evaluate("b => b.id = 'again'")
            theirs.get_by_role("button", name="redraw").evaluate("b => b.id = 'redraw'")
            moved, blank, drawn = [], [], []
            for k in range(ROUNDS + 3):
                for page, press, read, times in (
                    (theirs, "#again", [".count", "data-n"], blank),
                    (ours, f'[data-by="{"-" if k % 2 else ""}0.1"]', [".lens-root", "data-count"],
                     moved),
                    (theirs, "#redraw", [".count", "data-m"], drawn),
                ):  # fmt: skip
                    page.bring_to_front()
                    taken = page.evaluate(PRESS, [press, read])
                    if k >= 3:
                        times.append(taken)
            print("from a press to the picture, 1280×800, medians of", ROUNDS)
            report("an empty page, its two charts as they were", blank, blank)
            report("the Microscope: h changed, everything follows", moved, blank)
            report("an empty page, its two charts drawn anew", drawn, blank)
            ours.bring_to_front()
            fresh, taken = ours.evaluate(DRAG, 240)
            print(f"while h is dragged: {fresh / taken * 1000:.0f} fresh pictures a second")
        browser.close()


if __name__ == "__main__":
    main()

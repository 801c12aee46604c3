"""A Firefox for tests: started without a driver, spoken to over WebDriver BiDi."""

import itertools
import json
import os
import re
import subprocess
import time
from contextlib import contextmanager

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from tests.browser.conftest import PATIENCE, program

QUIET = {
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}
"""Preferences of a Firefox that opens what it is told and asks nobody else for anything."""

SECONDS = PATIENCE / 1000
LATE = "Cannot send rerun backMessage when disconnected"
"""What Streamlit complains of in a page that is left while it has something to say."""
ALL = """(selector) => {
  const found = [];
  const look = (root) => {
    found.push(...root.querySelectorAll(selector));
    for (const node of root.querySelectorAll("*")) if (node.shadowRoot) look(node.shadowRoot);
  };
  look(document);
  return found;
}"""
"""In every expression `all(selector)` are a page's elements, those in shadow trees too."""

KEYS = {"PageDown": "\ue00f", "ArrowRight": "\ue014", "End": "\ue010", "Escape": "\ue00c"}


@contextmanager
def started(folder, *arguments):
    """A headless Firefox with a profile in `folder`; gives the file of what it says."""
    prefs = (f"user_pref({json.dumps(name)}, {json.dumps(on)});\n" for name, on in QUIET.items())
    (folder / "user.js").write_text("".join(prefs), "utf-8")
    log = folder / "log"
    path = program("FIREFOX", ("firefox-esr", "firefox"), "This test needs Firefox")
    command = [path, "--headless", "--no-remote", "--profile", str(folder)]
    with log.open("a") as out:
        process = subprocess.Popen(
            [*command, *arguments], stdout=out, stderr=out,
            env=os.environ | {"HOME": str(folder)},
        )  # fmt: skip
    try:
        yield log
    finally:
        process.terminate()
        process.wait()


class Firefox:
    """One window, of which a test asks as of Playwright's page. `errors` are its complaints.

    That a page which is left had something to say (`LATE`) is none.
    """

    def __init__(self, socket):
        self.socket, self.numbers, self.errors = socket, itertools.count(1), []
        self.tell("session.new", capabilities={})
        self.tell("session.subscribe", events=["log.entryAdded"])
        self.context = self.tell("browsingContext.getTree")["contexts"][0]["context"]

    def tell(self, method, **parameters):
        """The result of a command; what happens meanwhile is noted."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=SECONDS))
            if message.get("method") == "log.entryAdded":
                entry = message["params"]
                if entry["level"] == "error" and not entry["text"].startswith(LATE):
                    self.errors.append(f"{entry['text']} {entry.get('stackTrace', '')}"[:500])
            elif message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]

    def open(self, url):
        self.tell("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def resize(self, width, height):
        size = {"width": width, "height": height}
        self.tell("browsingContext.setViewport", context=self.context, viewport=size)

    def evaluate(self, expression):
        """The value of an expression of JavaScript, or of its promise."""
        text = f"""((all) => Promise.resolve({expression}))({ALL})
          .then((value) => JSON.stringify(value ?? null))"""
        told = self.tell(
            "script.evaluate", expression=text, target={"context": self.context}, awaitPromise=True,
        )  # fmt: skip
        assert told["type"] == "success", told["exceptionDetails"]["text"]
        return json.loads(told["result"]["value"])

    def eventually(self, expression, wanted=True, seconds=SECONDS):
        """Wait until an expression has this value."""
        deadline = time.monotonic() + seconds
        while (found := self.evaluate(expression)) != wanted:
            assert time.monotonic() < deadline, (
                f"Wanted {wanted!r} of {expression[:200]}, got {found!r}."
            )
            self.evaluate("new Promise((done) => setTimeout(done, 25))")

    def click(self, expression):
        """Press the middle of an element with the mouse, once it is there."""
        self.eventually(f"!!({expression})")
        x, y = self.evaluate(
            f"(({{left, top, width, height}}) => [left + width / 2, top + height / 2])"
            f"(({expression}).getBoundingClientRect())"
        )
        place = {"type": "pointerMove", "x": round(x), "y": round(y)}
        self._act("pointer", [place, {"type": "pointerDown", "button": 0},
                              {"type": "pointerUp", "button": 0}])  # fmt: skip

    def press(self, key):
        value = KEYS.get(key, key)
        self._act("key", [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")])

    def _act(self, kind, actions):
        source = {"type": kind, "id": kind, "actions": actions}
        self.tell("input.performActions", context=self.context, actions=[source])


@contextmanager
def firefox(folder):
    """A window of a Firefox that has just started."""
    with started(folder, "--remote-debugging-port", "0") as log:
        deadline = time.monotonic() + SECONDS
        while not (found := re.search(r"BiDi listening on (ws://\S+)", log.read_text())):
            assert time.monotonic() < deadline, f"Firefox says only:\n{log.read_text()}"
            time.sleep(0.05)
        with connect(f"{found[1]}/session", max_size=None, open_timeout=SECONDS) as socket:
            try:
                yield Firefox(socket)
            except (TimeoutError, WebSocketException) as error:
                raise AssertionError(f"Firefox: {error!r}\n{log.read_text()}") from error

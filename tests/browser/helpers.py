"""What browser tests share: the guard that watches a page, and how to open and photograph one."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, FloatRect, Locator, Page, expect

from backprop.drawing import scripts

DIGITS = scripts.bundle(Path(scripts.__file__).with_name("digits.js")).replace("export ", "")
"""The player's way to write numbers, as functions for a page."""

PATIENCE = 60_000
"""Milliseconds that a wait may last; one that is met ends at once, so only a failure takes them."""
SCREENSHOTS = Path(__file__).parent / "screenshots"
STILL = """async () => {
  const roots = () => {
    const found = [document];
    for (const root of found) {
      const hosts = [...root.querySelectorAll("*")].filter((node) => node.shadowRoot);
      found.push(...hosts.map((host) => host.shadowRoot));
    }
    return found;
  };
  const place = (node) => {
    const box = node.getBoundingClientRect();
    return [box.x, box.y, box.width, box.height].map(Math.round).join(" ");
  };
  const places = () => roots().flatMap((r) => [...r.querySelectorAll("*")].map(place)).join(";");
  const moves = (a) => a.playState === "running" && a.effect.getTiming().iterations !== Infinity;
  const moving = () => roots().flatMap((root) => root.getAnimations()).filter(moves);
  const deadline = performance.now() + 60_000;
  while (document.querySelector("[data-test-script-state=running]")) {
    if (performance.now() > deadline) throw new Error("Its server is still at work.");
    await new Promise((done) => setTimeout(done, 25));
  }
  await document.fonts.ready;
  for (let before = "", now = places(); now !== before; before = now, now = places()) {
    await Promise.all(moving().map((animation) => animation.finished.catch(() => null)));
    await new Promise((done) => setTimeout(done, 50));
  }
}"""


@dataclass
class Sightings:
    """Everything a browser context did that a test must answer for."""

    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def taken(self) -> "Sightings":
        """What there is until now; from now on it is seen anew."""
        until_now = replace(self)
        self.console_errors, self.page_errors, self.requests = [], [], []
        return until_now


def watch(context: BrowserContext) -> Sightings:
    """Record from now on, in every page of the context."""
    seen = Sightings()

    def on_console(message):
        if message.type == "error" and not looks_for_its_server(message.location["url"]):
            seen.console_errors.append(f"{message.text} ({message.location['url']})")

    context.on("console", on_console)
    context.on(
        "weberror", lambda error: seen.page_errors.append(error.error.stack or str(error.error))
    )
    context.on("request", lambda request: seen.requests.append(request.url))
    context.on(
        "page",
        lambda page: page.on("websocket", lambda socket: seen.requests.append(socket.url)),
    )
    return seen


def looks_for_its_server(url: str) -> bool:
    """Whether Streamlit asked below a page's own path first, which answers 404, then above it."""
    parts = urlsplit(url).path.split("/")
    return len(parts) > 3 and parts[-2:] in (["_stcore", "health"], ["_stcore", "host-config"])


def complaints(seen: Sightings, app_url: str) -> list[str]:
    """What was wrong, one sentence each; empty if the page behaved."""
    return [
        *(f"The console showed an error: {text}" for text in seen.console_errors),
        *(f"The page threw an error: {text}" for text in seen.page_errors),
        *(
            f"The page asked another host: {url}"
            for url in dict.fromkeys(seen.requests)
            if is_foreign(url, app_url)
        ),
    ]


def is_foreign(url: str, app_url: str) -> bool:
    """Whether a request leaves the app: another host or port, over HTTP or a socket."""
    parts = urlsplit(url)
    inside = parts.scheme in {"about", "blob", "data"}
    return not inside and parts.netloc != urlsplit(app_url).netloc


def tracebacks(log: str) -> list[str]:
    """The exceptions in a server's log, which visitors are not shown."""
    return [f"The server logged an exception:\n{text}" for text in log.split("Traceback (most")[1:]]


def eventually(page: Page, read: Callable[[], Any], wanted: Any, seconds: float = 60) -> None:
    """Wait until `read()` gives `wanted`; Playwright's own waits see one element at a time.

    The page is asked again 25 ms after each answer, and between two questions it works on.
    """
    deadline = time.monotonic() + seconds
    while (found := read()) != wanted:
        assert time.monotonic() < deadline, f"Wanted {wanted!r}, after {seconds} s it is {found!r}."
        page.evaluate("new Promise((done) => setTimeout(done, 25))")


def painted(page: Page) -> None:
    """Wait until two frames have been painted: what was done before has had its effect, or none.

    For what must not happen; what must happen is waited for by name.
    """
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def still(page: Page) -> None:
    """Wait until nothing moves: the server has sent all of the page, fonts are there, every
    transition and animation has ended, and two pictures 50 ms apart have every element at the same
    place.
    """
    page.evaluate(STILL)


def box_of(element: Locator) -> FloatRect:
    """The place of an element at which a pointer that a test moves itself will find it."""
    expect(element).to_be_visible()
    still(element.page)
    box = element.bounding_box()
    assert box is not None
    return box


def middle(element: Locator) -> tuple[float, float]:
    """The middle of that place."""
    box = box_of(element)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def open_live(page: Page, url: str) -> None:
    """Go to the Live page and wait until its stage shows an update."""
    page.goto(url)
    page.locator("[data-update]").first.wait_for(timeout=60_000)


def screenshot(page: Page, name: str) -> Path:
    """Save what the window shows as a PNG, under a folder that git ignores."""
    path = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=path)
    return path

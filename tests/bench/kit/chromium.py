"""A Chromium and servers for benchmarks of pages."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.starting import BROWSERS, is_up

ROOT = Path(__file__).parent.parent.parent.parent
WATCH = (Path(__file__).parent.parent / "watch.js").read_text("utf-8")


@contextmanager
def chromium():
    """The browser that CHROMIUM names, or the first one on the PATH."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sys.exit("This benchmark needs Chromium: install it, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@contextmanager
def opened(browser, url, width=1280, height=800):
    """A page at `url`, in a window of its own, with `bench` of watch.js in it."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(60_000)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()


@contextmanager
def served(*arguments, config=True):
    """The address of a Streamlit server on a free port; with the app's configuration, or none."""
    with serving(*arguments, config=config) as (url, _):
        yield url


@contextmanager
def serving(*arguments, config=True):
    """The same, and its process.

    What a server throws is shown at its end: a page that shows an error is no page to measure.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {"headless": "true", "address": "127.0.0.1", "port": port, "fileWatcherType": "none"}
    command = [sys.executable, "-m", "streamlit", *arguments]
    for name, value in options.items():
        command += [f"--server.{name}", str(value)]
    with tempfile.TemporaryDirectory() as elsewhere:
        log = Path(elsewhere) / "server.log"
        with log.open("w") as out:
            server = subprocess.Popen(
                command, cwd=ROOT if config else elsewhere, stdout=out, stderr=subprocess.STDOUT,
                env=os.environ
                | {"PYTHONPATH": str(ROOT), "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "0"},
            )  # fmt: skip
            url = f"http://127.0.0.1:{port}"
            try:
                _wait(server, url)
                yield url, server
            finally:
                server.terminate()
                server.wait()
                text = log.read_text("utf-8", errors="replace")
                if "Traceback" in text:
                    print(text[text.index("Traceback") :][:4000], file=sys.stderr)
                    print(f"The server of {' '.join(arguments)} threw; see above.", file=sys.stderr)


def _wait(server, url):
    if not is_up(server, url):
        sys.exit(f"A server for the benchmark did not start at {url}.")

"""The page's engine in browsers: in Chromium and in Firefox the same bytes as Python's.

Firefox is started without a driver, at an address that gives it its work and takes its answer.
"""

import json
import queue
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from backprop.drawing.scripts import bundle
from tests import engines
from tests.browser.conftest import HERE, PATIENCE
from tests.browser.firefox import started

PAGE = """<!doctype html><link rel="icon" href="data:,"><script type="module">
import engine from "./engine.js";
import * as asked from "./asked.js";
const { what, given } = await (await fetch("./work")).json();
const answer = await Promise.resolve(asked[what](engine(), given)).catch(String);
await fetch("./answer", { method: "POST", body: JSON.stringify(answer) });
document.title = "done";
</script>"""


@contextmanager
def workplace(what, given):
    """The address of a page that does the work, and a queue with its answer."""
    answers = queue.Queue()
    texts = {
        "/": ("text/html; charset=utf-8", PAGE),
        "/engine.js": ("text/javascript; charset=utf-8", bundle(engines.ENGINE)),
        "/asked.js": ("text/javascript", (HERE.parent / "engines.js").read_text("utf-8")),
        "/work": ("application/json", json.dumps({"what": what, "given": given})),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer(*texts[self.path])

        def do_POST(self):
            answers.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.answer("text/plain", "")

        def answer(self, kind, text):
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", answers
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def ours():
    return engines.expected(2, engines.COUNT)


def ask_chromium(browser):
    """Asks engines.js in a page: "digests" of experiments, or one "whole"."""

    def ask(what, given):
        with workplace(what, given) as (url, answers):
            page = browser.new_page()
            page.goto(url)
            page.wait_for_function("document.title === 'done'", timeout=PATIENCE)
            page.close()
            return answers.get_nowait()

    return ask


def test_chromium_computes_the_same_bytes(browser, ours):
    engines.compare(ours, ask_chromium(browser))


def test_firefox_computes_the_same_bytes(ours, tmp_path):
    def ask(what, given):
        with workplace(what, given) as (url, answers), started(tmp_path, url) as log:
            try:
                return answers.get(timeout=PATIENCE / 1000)
            except queue.Empty:
                pytest.fail(f"No answer of Firefox:\n{log.read_text()}")

    engines.compare(ours, ask)

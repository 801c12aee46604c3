"""The guard of the browser tests catches what it is there to catch, and nothing else."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.helpers import complaints, is_foreign, tracebacks, watch


@contextmanager
def site(body=""):
    """A server on a free port that answers every request with one small page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(f'<!doctype html><link rel="icon" href="data:,">{body}'.encode())

        def log_message(self, *_):
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def complaints_about(browser, body):
    with site(body) as url:
        context = browser.new_context()
        seen = watch(context)
        context.new_page().goto(url, wait_until="networkidle")
        context.close()
        return complaints(seen, url)


def test_a_page_that_behaves_draws_no_complaint(browser):
    body = """<p>Good.</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
        <script>console.warn("fine"); fetch("/same-host");</script>"""
    assert complaints_about(browser, body) == []


def test_a_console_error_is_caught(browser):
    [complaint] = complaints_about(browser, "<script>console.error('z is NaN')</script>")
    assert complaint.startswith("The console showed an error: z is NaN")


def test_an_uncaught_exception_is_caught(browser):
    body = "<script>setTimeout(() => { throw new Error('no stage') })</script>"
    assert "The page threw an error: Error: no stage" in complaints_about(browser, body)[-1]


def test_a_request_to_another_host_is_caught_even_if_it_succeeds(browser):
    with site() as elsewhere:
        wanted = f"{elsewhere}/font.css"
        complaint = complaints_about(browser, f"<script>fetch('{wanted}')</script>")
    assert complaint == [f"The page asked another host: {wanted}"]


def test_a_socket_to_another_host_is_caught(browser):
    with site() as elsewhere:
        wanted = elsewhere.replace("http", "ws") + "/live"
        found = complaints_about(browser, f"<script>new WebSocket('{wanted}')</script>")
    assert f"The page asked another host: {wanted}" in found


def test_a_page_that_another_page_opens_is_watched_too(browser):
    with site() as elsewhere:
        body = f"<script>window.open('{elsewhere}/window')</script>"
        found = complaints_about(browser, body)
    assert f"The page asked another host: {elsewhere}/window" in found


@pytest.mark.parametrize(
    ("url", "foreign"),
    [
        ("http://127.0.0.1:8501/static/app.js", False),
        ("ws://127.0.0.1:8501/_stcore/stream", False),
        ("data:image/png;base64,AA==", False),
        ("blob:http://127.0.0.1:8501/9e1c", False),
        ("about:blank", False),
        ("http://127.0.0.1:8502/app.js", True),
        ("http://localhost:8501/app.js", True),
        ("https://fonts.example/sans.css", True),
        ("wss://metrics.example/", True),
    ],
)
def test_only_the_app_itself_and_what_is_inside_the_page_are_at_home(url, foreign):
    assert is_foreign(url, "http://127.0.0.1:8501") is foreign


def test_an_exception_that_visitors_are_not_shown_is_found_in_the_log():
    log = "Ready.\nTraceback (most recent call last):\nValueError: h\n"
    assert tracebacks("Ready.\n") == []
    [complaint] = tracebacks(log)
    assert complaint.endswith("ValueError: h\n")

"""The guard of the browser tests catches what it is there to catch, and nothing else."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.helpers import complaints, is_foreign, tracebacks, watch
from tests.browser.visitors import Visitors


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


WINDOW = {"width": 800, "height": 600}
KEPT = """async () => {
  const databases = await indexedDB.databases();
  const clipboard = await navigator.permissions.query({ name: "clipboard-read" });
  return {
    local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie,
    databases: databases.map(({ name }) => name), caches: await caches.keys(),
    clipboard: clipboard.state, online: navigator.onLine, name: window.name, left: window.left,
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    still: matchMedia("(prefers-reduced-motion)").matches,
    size: [innerWidth, innerHeight], tabs: history.length,
  };
}"""
LEAVE_ALL = """async () => {
  localStorage.mine = sessionStorage.mine = window.name = "mine";
  document.cookie = "mine=1; max-age=9999";
  await new Promise((done) => { indexedDB.open("mine").onsuccess = done; });
  await (await caches.open("mine")).put("/mine", new Response("mine"));
  history.pushState({}, "", "#mine");
  addEventListener("pagehide", () => { localStorage.late = "mine"; });
}"""


@pytest.fixture
def people(browser):
    visitors = Visitors(browser)
    yield visitors
    for visitor in visitors.known:
        visitor.context.close()


def test_one_who_comes_after_another_finds_nothing_of_them(people):
    with site() as url:
        first = people.arrive(url)
        page = first.open(WINDOW)
        page.goto(url)
        fresh = page.evaluate(KEPT)
        page.set_viewport_size({"width": 400, "height": 700})
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        page.add_init_script("window.left = true")
        page.reload()
        page.evaluate(LEAVE_ALL)
        first.context.grant_permissions(["clipboard-read"])
        other = first.context.new_page()
        other.goto(url)
        first.context.route("**/*", lambda route: route.abort())
        first.context.set_offline(True)
        full = page.evaluate(KEPT)
        assert [name for name in fresh if fresh[name] == full[name]] == []
        first.leave()
        assert page.is_closed() and other.is_closed()
        second = people.arrive(url)
        assert second is first
        page = second.open(WINDOW)
        page.goto(url)
        assert page.evaluate(KEPT) == fresh
        assert complaints(second.leave(), url) == []


def test_each_answers_for_what_they_did_themselves(people):
    with site("<script>console.error('late')</script>") as url:
        first = people.arrive(url)
        first.open(WINDOW).goto(url)
        seen = first.leave()
        assert [text.split(" (")[0] for text in seen.console_errors] == ["late"]
        assert f"{url}/" in seen.requests
    second = people.arrive(url)
    second.open(WINDOW)
    seen = second.leave()
    assert (seen.console_errors, seen.page_errors, seen.requests) == ([], [], [])


def test_two_who_are_there_at_once_share_nothing(people):
    with site() as url:
        one, other = people.arrive(url), people.arrive(url)
        for visitor in (one, other):
            page = visitor.open(WINDOW)
            page.goto(url)
            assert page.evaluate("localStorage.length") == 0
            page.evaluate("localStorage.mine = 1")
        assert one is not other
        one.leave()
        other.leave()


def test_a_file_keeps_nothing_for_the_next(people, tmp_path):
    file = tmp_path / "page.html"
    file.write_text("<!doctype html><title>file</title>")
    for _ in range(2):
        visitor = people.arrive(file.as_uri(), offline=True)
        page = visitor.open(WINDOW)
        page.goto(file.as_uri())
        assert not page.evaluate("navigator.onLine")
        assert page.evaluate("localStorage.length") == 0
        page.evaluate("localStorage.mine = 1")
        visitor.leave()


def test_what_nobody_could_take_back_is_refused(people):
    visitor = people.arrive("about:blank")
    with pytest.raises(NotImplementedError, match="ask this of the page"):
        visitor.context.add_init_script("window.left = true")

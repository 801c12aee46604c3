"""Two processes of the app behind a real nginx, with the configuration that compose.yaml uses."""

import contextlib
import functools
import http.server
import re
import socket
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import expect

from backprop.controls.contents import PAGES
from backprop.export.site import build
from tests.browser.behind_nginx import Replicas, asked, nginx
from tests.browser.conftest import PATIENCE, ROOT
from tests.browser.helpers import complaints, eventually, tracebacks, watch
from tests.browser.on_stage import at, choose, part, stage

PATH = "lecture/nets"
COOKIE = "backprop_replica"
HALL = 300  # people behind one address who open the app at the same moment
ELSEWHERE = '<!doctype html><title>Slides</title><iframe src="{}" width="1200" height="700">'


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("replicas") / "server.log"


@pytest.fixture(scope="module")
def replicas(log):
    both = Replicas(PATH, log)
    try:
        for n in range(2):
            both.start(n)
        yield both
    finally:
        both.close()
    assert tracebacks(log.read_text()) == []


@pytest.fixture(scope="module")
def front(replicas):
    with nginx("--path", PATH, *replicas.addresses) as origin:
        yield f"{origin}/{PATH}"


@pytest.fixture
def open_page(browser):
    contexts = []

    def opened(**options):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def replica_of(page):
    """The process that the page's browser is told to stay with."""
    return next(int(c["value"]) for c in page.context.cookies() if c["name"] == COOKIE)


def come_to(replicas, sessions):
    """Wait until each process counts so many sessions: one that was closed counts a moment more."""
    deadline = time.monotonic() + PATIENCE / 1000
    while (now := replicas.sessions()) != sessions:
        assert time.monotonic() < deadline, f"wanted {sessions}, after all that time {now}"
        time.sleep(0.02)


@pytest.fixture
def handshake():
    """Open a socket as a browser would: the status that answers, and the cookie that comes along.

    The sockets stay open until the test has ended.
    """
    with contextlib.ExitStack() as opened:

        def shake(url, cookie="", origin=None):
            parts = urllib.parse.urlsplit(url)
            one = opened.enter_context(
                socket.create_connection((parts.hostname, parts.port), timeout=60)
            )
            lines = [f"GET {parts.path}/_stcore/stream HTTP/1.1", f"Host: {parts.netloc}",
                     "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                     "Sec-WebSocket-Protocol: streamlit",
                     f"Origin: {origin or f'{parts.scheme}://{parts.netloc}'}"]  # fmt: skip
            lines += [f"Cookie: {COOKIE}={cookie}"] if cookie else []
            one.sendall("\r\n".join([*lines, "", ""]).encode())
            answer = b""
            while b"\r\n\r\n" not in answer and (more := one.recv(4096)):
                answer += more
            head = answer.partition(b"\r\n\r\n")[0].decode()
            said = re.search(rf"{COOKIE}=(\d+)", head)
            return int(head.split()[1]), said and said[1]

        yield shake


def test_browsers_are_spread_over_the_replicas_and_each_stays_with_its_own(
    replicas, front, handshake
):
    drawn = []
    while {*drawn} != {"0", "1"}:
        assert len(drawn) < 60, f"{len(drawn)} browsers drew {set(drawn)}"
        _, headers, _ = asked(front + "/")
        drawn.append(re.search(rf"{COOKIE}=(\d)", headers["Set-Cookie"])[1])
    come_to(replicas, {0: 0, 1: 0})
    for cookie, sessions in (("0", (1, 0)), ("1", (1, 1)), ("0", (2, 1)), ("1", (2, 2))):
        assert handshake(front, cookie) == (101, cookie)
        come_to(replicas, dict(enumerate(sessions)))
    _, headers, _ = asked(front + "/", cookie=f"{COOKIE}=1")
    assert COOKIE not in (headers["Set-Cookie"] or "")  # who has one keeps it
    _, headers, _ = asked(front + "/", cookie=f"{COOKIE}=7")
    assert COOKIE in headers["Set-Cookie"]  # of another time, with more of them


def test_a_client_without_cookies_always_meets_the_same_replica(front, handshake):
    assert len({said for _, said in (handshake(front) for _ in range(5))}) == 1


def test_all_pages_work_below_the_path_with_all_headers_and_an_empty_console(
    replicas, front, open_page
):
    page = open_page()
    seen = watch(page.context)
    warned = []
    page.on("console", lambda m: m.type == "warning" and warned.append(m.text))
    for name, title in PAGES.items():
        with page.expect_response(lambda r: r.request.is_navigation_request()) as found:
            page.goto(f"{front}/{'' if name == 'live' else name}")
        headers = found.value.headers
        policy = dict(part.strip().split(" ", 1) for part in
                      headers["content-security-policy"].split(";"))  # fmt: skip
        assert policy["default-src"] == "'none'" and policy["connect-src"] == "'self'"
        assert policy["frame-ancestors"] == "'self'"
        assert "unsafe" not in policy["script-src"] and "http" not in str(policy)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        here = page.locator("[data-testid=stPageLink-NavLink][disabled]:visible")
        expect(here).to_have_text(title)
        expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    assert complaints(seen, front) == [] and warned == []
    assert asked(f"{front}/_stcore/metrics")[0] == 404


def test_dialogs_downloads_and_files_of_ones_own_pass_the_policy_and_the_limits(
    replicas, front, open_page, tmp_path
):
    page = open_page()
    seen = watch(page.context)
    page.goto(f"{front}/?seed=11&derivative=naive")
    stage(page).wait_for()
    page.get_by_role("button", name="Share").click()
    image = page.get_by_role("dialog").get_by_alt_text("QR code of this link")
    eventually(page, lambda: image.evaluate("image => image.naturalWidth > 0"), True)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Export", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Scenario (.json)").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    page.goto(f"{front}/?seed=12")
    stage(page).wait_for()
    page.get_by_role("button", name="Export", exact=True).click()
    page.get_by_role("dialog").locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Open it").click()
    page.wait_for_url("**seed=11**")
    expect(page.get_by_role("radio", name="Naive")).to_have_attribute("aria-checked", "true")
    assert complaints(seen, front) == []


def test_when_a_replica_dies_while_a_page_plays_the_other_one_goes_on(replicas, front, open_page):
    page, neighbour = open_page(), open_page()
    page.goto(f"{front}/?updates=600&update=1")
    stage(page).wait_for()
    choose(page, "Output derivative", "Split")
    choose(page, "Arithmetic", "float32")
    page.wait_for_url("**format=float32**")
    page.get_by_label("Seed", exact=True).fill("17")
    page.keyboard.press("Enter")
    page.wait_for_url("**seed=17**")
    page.get_by_label("Speed").select_option(label="3 updates/s")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(stage(page)).not_to_have_attribute("data-update", "1")
    first = replica_of(page)
    replicas.kill(first)
    try:
        eventually(page, lambda: replica_of(page), 1 - first)
        reached = int(stage(page).get_attribute("data-update"))
        eventually(page, lambda: int(stage(page).get_attribute("data-update")) > reached, True)
        page.get_by_role("button", name="Pause", exact=True).click()
        shown = stage(page).get_attribute("data-update")
        choose(page, "Arithmetic", "float16")  # the one that took over answers
        page.wait_for_url("**format=float16**")
        page.wait_for_url(f"**update={shown}**")
        for kept in ("seed=17", "derivative=split", "updates=600"):
            assert kept in page.url
        expect(page.get_by_label("Seed", exact=True)).to_have_value("17")
        at(page, shown)
        neighbour.goto(front)  # who comes now does not notice
        stage(neighbour).wait_for()
        part(neighbour, "update-on").wait_for()
    finally:
        replicas.start(first)
    with page.expect_download() as saved:  # the first is back: what is asked goes on to the other
        page.get_by_role("button", name="Export", exact=True).click()
        page.get_by_role("button", name="Arrays (.npz)").click()
    assert saved.value.failure() is None
    assert replica_of(page) == 1 - first


def test_without_any_replica_the_answer_is_a_plain_refusal():
    with nginx("127.0.0.1:9", "127.0.0.1:9", "127.0.0.1:9") as origin:
        assert asked(origin + "/")[0] == 503


def test_a_lecture_hall_behind_one_address_passes_and_what_floods_does_not(replicas, handshake):
    with (
        nginx("--path", PATH, *replicas.addresses) as origin,
        ThreadPoolExecutor(50) as people,
    ):
        front = f"{origin}/{PATH}"
        answers = people.map(lambda n: handshake(front, str(n % 2)), range(HALL))
        assert [status for status, _ in answers] == [101] * HALL
        pages = people.map(lambda _: asked(front + "/")[0], range(HALL))
        assert [*pages] == [200] * HALL
        socket_of = f"{front}/_stcore/stream"
        found = [*people.map(lambda _: asked(socket_of)[0], range(900))]
        assert found.count(429) > 200 and {*found} == {200, 429}
        assert asked(front + "/")[0] == 200  # only what floods is refused


def test_pages_of_other_origins_open_no_sockets_and_the_server_is_not_even_asked(
    replicas, front, handshake
):
    come_to(replicas, {0: 0, 1: 0})
    for origin in ("http://other.example", "http://127.0.0.1:9", "null"):
        assert handshake(front, "0", origin)[0] == 403
    assert replicas.sessions() == {0: 0, 1: 0}


def test_limits_are_counted_for_whom_a_trusted_proxy_names_and_for_nobody_elses_word():
    refused = {}
    for trusted in ((), ("--behind", "127.0.0.1")):
        with nginx(*trusted, "127.0.0.1:9") as origin, ThreadPoolExecutor(50) as people:
            ask = functools.partial(_ask_upload, origin)
            answers = [*people.map(ask, range(600))]
        refused[trusted] = answers.count(429)
    assert refused[()] > 100
    assert refused["--behind", "127.0.0.1"] == 0


def _ask_upload(origin, n):
    address = f"198.51.100.{n % 200}"
    return asked(origin + "/_stcore/upload_file/x", **{"x-forwarded-for": address})[0]


def test_only_the_names_that_are_given_are_served(replicas):
    names = ("--hosts", "nets.example.org *.lab.example")
    with nginx("--path", PATH, *names, *replicas.addresses) as origin:
        found = {
            "nets.example.org": 200, "a.lab.example": 200,
            "127.0.0.1": 421, "nets.example.org.evil.example": 421,
        }  # fmt: skip
        for name, status in found.items():
            assert asked(f"{origin}/{PATH}/", host=name)[0] == status, name


def test_under_tls_the_cookie_is_sent_in_frames_of_other_sites_too(front):
    plain, secure = (
        asked(front + "/", **{"x-forwarded-proto": scheme})[1]["Set-Cookie"]
        for scheme in ("http", "https")
    )
    assert "SameSite=Lax" in plain and "Secure" not in plain
    assert "SameSite=None; Secure; Partitioned" in secure
    assert all("HttpOnly" in cookie and f"Path=/{PATH}/" in cookie for cookie in (plain, secure))


@pytest.fixture
def slides():
    """Another origin, and another site to a browser: localhost is not 127.0.0.1."""
    shown = {}

    class Slides(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(ELSEWHERE.format(shown["src"]).encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slides)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}", shown
    server.shutdown()
    server.server_close()


def test_who_may_embed_it_is_said_and_there_it_plays(replicas, slides, open_page):
    origin, shown = slides
    allowed = ("--path", PATH, "--embed-in", origin)
    with nginx(*allowed, *replicas.addresses) as front:
        page = open_page()
        seen = watch(page.context)
        shown["src"] = f"{front}/{PATH}/?embed=true&update=2&seed=9"
        page.goto(origin)
        inside = page.frame_locator("iframe")
        inside.locator(".stage[data-update='2']").wait_for()
        radio = inside.get_by_role("radio", name="Naive")
        radio.click()
        expect(radio).to_have_attribute("aria-checked", "true")
        inside.locator("[data-part=update-on]").click()
        inside.locator(".stage[data-update='3']").wait_for()
        assert [e for e in seen.console_errors if "favicon" not in e] == []
        assert seen.page_errors == []


def test_other_pages_may_not_embed_it(front, slides, open_page):
    origin, shown = slides
    page = open_page()
    seen = watch(page.context)
    shown["src"] = f"{front}/?embed=true"
    page.goto(origin)
    eventually(page, lambda: any("frame-ancestors" in text for text in seen.console_errors), True)
    expect(page.frame_locator("iframe").locator(".stage")).to_have_count(0)


def test_the_lessons_stand_beside_the_app_and_ask_for_nothing(open_page):
    with (
        TemporaryDirectory() as folder,
        nginx("--path", PATH, "--site", folder, "127.0.0.1:9") as origin,
    ):
        Path(folder).chmod(0o755)  # nginx works as nobody
        build(Path(folder))
        page = open_page()
        seen = watch(page.context)
        page.goto(f"{origin}/{PATH}/site/")
        page.get_by_role("link").filter(has_text=re.compile("wrong", re.I)).first.click()
        page.locator("[data-update]").first.wait_for()
        page.keyboard.press("PageDown")
        assert complaints(seen, origin) == []
        headers = asked(f"{origin}/{PATH}/site/")[1]
        assert "connect-src" not in headers["Content-Security-Policy"]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_compose_writes_this_configuration():
    prepare = (ROOT / "deploy" / "prepare.sh").read_text("utf-8")
    compose = (ROOT / "compose.yaml").read_text("utf-8")
    assert "python deploy/nginx.py" in prepare and "deploy/prepare.sh" in compose
    for name in re.findall(r'"\$([A-Z_]+)"', prepare):
        assert f"{name}: ${{{name}" in compose.replace("\n", " "), name
    assert re.search(r"^name: backprop$", compose, re.M) and "backprop-app-%d:8501" in prepare

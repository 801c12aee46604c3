"""The app behind a sub-path and in a frame, and a server that starts anew under an open page."""

import re
import subprocess
from contextlib import ExitStack
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import free_port, running, served
from tests.browser.on_stage import at, choose, part, stage
from tests.wire import Wire

ANEW = """(before) => backpropAddress.session !== before
  && location.search.includes("derivative=naive")"""


def query(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


@pytest.fixture
def log(tmp_path):
    yield tmp_path / "server.log"
    assert "Traceback" not in (tmp_path / "server.log").read_text()


@pytest.fixture
def bare_page(browser):
    """A page that may complain: its server goes away."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def test_a_page_whose_server_starts_anew_goes_on_where_it_was(bare_page, log):
    page, port = bare_page, free_port()
    with served(log, port=port) as url:
        page.goto(url + "/?seed=7")
        stage(page).wait_for(timeout=60_000)
        choose(page, "Output derivative", "Naive")
        page.wait_for_url("**derivative=naive**")
        part(page, "update-on").click()
        at(page, 1)
        page.wait_for_url("**update=1**")
        seen = query(page)
        assert seen["seed"] == "7" and seen["derivative"] == "naive"
    before = page.evaluate("backpropAddress.session")
    with served(log, port=port):
        page.wait_for_function(ANEW, arg=before, timeout=60_000)
        page.wait_for_url(lambda url: "update=1" in url and "derivative=naive" in url)
        choose(page, "Arithmetic", "float32")
        page.wait_for_url("**format=float32**")
        assert query(page) == seen | {"format": "float32"}
        expect(page.get_by_role("radio", name="Naive")).to_have_attribute("aria-checked", "true")
        at(page, 1)


@pytest.mark.parametrize("page_name", ["race", "check"])
def test_a_deep_link_is_the_first_that_a_fresh_server_hears(bare_page, log, page_name):
    page = bare_page
    with served(log) as url:
        page.goto(f"{url}/{page_name}?seed=9")
        ours = page.get_by_test_id("stSidebarUserContent")  # not those that a phone has
        expect(ours.get_by_role("link", name=page_name.title(), exact=True)).to_have_attribute(
            "disabled", ""
        )
        expect(page.get_by_label("Seed", exact=True)).to_have_value("9")
        assert urlsplit(page.url).path == f"/{page_name}" and query(page)["seed"] == "9"


def test_a_page_that_computed_other_numbers_than_the_server_says_so_and_logs_it(bare_page, log):
    page, said = bare_page, []
    page.on("console", lambda message: said.append(message.text))

    def tampered(socket):
        """What the server says, less the truth about the digest."""
        server = socket.connect_to_server()
        digest = rb'(?<="digest": ")[0-9a-f]{8}'

        def pass_on(message):
            is_text = isinstance(message, str)
            socket.send(message if is_text else re.sub(digest, b"01234567", message))

        server.on_message(pass_on)

    page.route_web_socket(re.compile("_stcore/stream"), tampered)
    with served(log) as url:
        page.goto(url)
        expect(part(page, "disagreement")).to_be_visible()
        expect(part(page, "disagreement")).to_contain_text("server")
        assert any("the server 01234567" in text for text in said)


def test_behind_a_sub_path_and_embedded_every_link_stays_there(bare_page, log):
    page = bare_page
    with served(log, path="lecture/nets") as url:
        page.goto(url + "/?seed=9&embed=true")
        stage(page).wait_for(timeout=60_000)
        choose(page, "Output derivative", "Split")
        page.wait_for_url("**derivative=split**")
        assert query(page) == {"seed": "9", "derivative": "split", "embed": "true"}
        page.get_by_role("button", name="Share").click()
        link = page.get_by_role("dialog").locator("code").first
        expect(link).to_have_text(re.compile(re.escape(url) + r"/?\?seed=9&derivative=split"))
        page.goto(link.inner_text())
        stage(page).wait_for(timeout=60_000)
        page.get_by_role("link", name="Race", exact=True).click()
        page.wait_for_url(f"{url}/race?**")
        expect(page.locator(".race-root[data-update]")).to_be_visible()


def megabytes(process):
    """What a process holds in memory now."""
    held = subprocess.run(["ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True)
    return int(held.stdout) / 1000


def test_races_that_stay_open_hold_no_recordings(log):
    race = "naive~clamped:clip:1e-7~clamped:floor:1e-12~fused~split~naive@float32~fused@float32"
    heavy = f"units=16-16-16-16&updates=400&data=blobs&race={race}"
    each = 7 * 401 * 881 * 8 / 1e6  # 20 MB: recordings of a network of 881 numbers
    with (
        running(log, BACKPROP_CACHE_MB="8") as (url, server),
        ExitStack() as sessions,
    ):
        held = []
        for seed in range(12):
            session = sessions.enter_context(Wire(url, f"{heavy}&seed={seed}"))
            assert session.run(page_name="race") == []
            held.append(megabytes(server))
    assert held[-1] - held[3] < 8 * each / 2, held

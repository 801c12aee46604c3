"""The app behind a sub-path and in a frame, and a server that starts anew under an open page."""

import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT
from tests.browser.on_stage import at, choose, part, stage

ANEW = """(before) => backpropAddress.session !== before
  && location.search.includes("derivative=naive")"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(port, log, path=""):
    """The app on this port, below `path`, until the block ends."""
    options = {"address": "127.0.0.1", "port": port, "headless": "true", "baseUrlPath": path}
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += [
        word for name, value in options.items() for word in (f"--server.{name}", str(value))
    ]
    with (
        log.open("a") as out,
        subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT) as server,
    ):
        try:
            url = f"http://127.0.0.1:{port}" + (f"/{path}" if path else "")
            for _ in range(600):
                try:
                    urlopen(f"{url}/_stcore/health", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield url
        finally:
            server.terminate()


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
    with served(port, log) as url:
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
    with served(port, log):
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
    with served(free_port(), log) as url:
        page.goto(f"{url}/{page_name}?seed=9")
        expect(page.get_by_role("link", name=page_name.title(), exact=True)).to_have_attribute(
            "disabled", ""
        )
        expect(page.get_by_label("Seed", exact=True)).to_have_value("9")
        assert urlsplit(page.url).path == f"/{page_name}" and query(page)["seed"] == "9"


def test_behind_a_sub_path_and_embedded_every_link_stays_there(bare_page, log):
    page = bare_page
    with served(free_port(), log, "lecture/nets") as url:
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

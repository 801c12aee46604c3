"""A real Chromium, the app on a free port, and pages that fail their test when they misbehave."""

import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.helpers import PATIENCE, complaints, tracebacks
from tests.browser.visitors import Visitors
from tests.starting import BROWSERS, is_up

HERE = Path(__file__).parent
SOME_FILE = (HERE / "measure.js").as_uri()
ROOT = HERE.parent.parent


def pytest_collection_modifyitems(items):
    """Browser tests last: the quick ones answer first, and run without Playwright's event loop."""
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def server_log(tmp_path_factory):
    log = tmp_path_factory.mktemp("app") / "server.log"
    log.touch()
    return log


@pytest.fixture(scope="session")
def app_url(server_log):
    """The address of the app, started for this session and stopped after it."""
    with served(server_log) as url:
        yield url


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(log, **options):
    """The address of the app while the block runs; the options are those of `running`."""
    with running(log, **options) as (url, _):
        yield url


@contextmanager
def running(log, address="127.0.0.1", port=None, path="", streamlit="streamlit", **environment):
    """The app listening on `address`, below `path`: where it is, and its process.

    No port is a free one; `streamlit` is the module that serves it; `environment` is added to that
    of the tests.
    """
    port = port or free_port()
    url = f"http://127.0.0.1:{port}" + (f"/{path}" if path else "")
    command = [sys.executable, "-m", streamlit, "run", "app.py"]
    options = {"headless": "true", "address": address, "port": port, "baseUrlPath": path,
               "fileWatcherType": "none"}  # fmt: skip
    for name, value in options.items():
        command += [f"--server.{name}", str(value)]
    with started(command, url, log, ROOT, os.environ | environment) as server:
        yield url, server


@contextmanager
def started(command, url, log, folder, environment):
    """The process of a command that serves the app at `url`, while the block runs."""
    with log.open("a") as out:
        server = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, env=environment
        )
    try:
        _wait_for_health(server, url, log)
        yield server
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for_health(server, url, log):
    if is_up(server, url):
        return
    end = "is not healthy" if server.poll() is None else f"ended with code {server.returncode}"
    pytest.fail(f"The app {end} after its start. Its log:\n{log.read_text()}", pytrace=False)


def program(variable, names, needed):
    """The path that a variable of the environment has, or the first program of these names.

    If there is none the test fails with what is `needed`, and what to do.
    """
    path = os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.fail(
            f"{needed}, and there is none on the PATH. "
            f"Run `make test`, which finds or installs one, or set {variable} to its path.",
            pytrace=False,
        )
    return path


@pytest.fixture(scope="session")
def browser():
    path = program("CHROMIUM", BROWSERS, "Browser tests need Chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--process-per-site",  # the next page finds compiled what the last one ran
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def visitors(browser):
    return Visitors(browser)


@pytest.fixture
def new_page(visitors, app_url, server_log):
    """Opens pages in any size and colour scheme, each as another person; other options are those
    of Playwright's `emulate_media` (reduced_motion) and `new_context` (has_touch, is_mobile).

    At its end the test fails if one of its pages showed a console error, threw, or asked another
    host for something, or if the server logged an exception meanwhile.
    """
    logged_before = len(server_log.read_text())
    present = []

    def open_page(width=1280, height=800, color_scheme="light", reduced_motion=None, **options):
        present.append(visitors.arrive(f"{app_url}/_stcore/health", **options))
        return present[-1].open(
            {"width": width, "height": height},
            color_scheme=color_scheme,
            reduced_motion=reduced_motion,
        )

    yield open_page

    wrong = [text for visitor in present for text in complaints(visitor.leave(), app_url)]
    wrong += tracebacks(server_log.read_text()[logged_before:])
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


@pytest.fixture
def page(new_page):
    """One page of 1280×800 in light colours."""
    return new_page()


@pytest.fixture
def open_file(visitors, tmp_path):
    """Opens HTML from the disk, offline; the test fails if it complains or asks for anything."""
    present = []

    def open_page(
        html, name="page.html", fragment="", viewport=None, color_scheme="light", **options
    ):
        present.append(visitors.arrive(SOME_FILE, offline=True, **options))
        page = present[-1].open(
            viewport or {"width": 1280, "height": 800}, color_scheme=color_scheme
        )
        path = tmp_path / name
        path.write_text(html, "utf-8")
        page.goto(path.as_uri() + fragment)
        if 'class="booklet"' in html:  # it unpacks itself when it has loaded, and hears keys then
            page.locator("[data-update]").first.wait_for()
        return page

    yield open_page
    wrong = []
    for visitor in present:
        seen = visitor.leave()
        seen.requests = [url for url in seen.requests if not url.startswith("file:")]
        wrong += complaints(seen, "file://")
    assert not wrong, "\n".join(wrong)

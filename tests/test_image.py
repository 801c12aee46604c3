"""What the image and a free cloud have: the files they copy, the packages they install, no more."""

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from websockets.exceptions import InvalidStatus

from backprop.controls.contents import PAGES
from tests.browser.conftest import free_port, started
from tests.wire import Wire

pytestmark = pytest.mark.heavy

ROOT = Path(__file__).parent.parent
CLOUD = ("app.py", "pages", "backprop", ".streamlit", "requirements.txt")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")


def instructions(word):
    """The arguments of an instruction of the Dockerfile's last stage, one for each time."""
    last = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    return re.findall(rf"^{word} (.*)$", last, re.MULTILINE)


def needed(names):
    """The distributions that these need on this machine, and themselves."""
    found, open_ends = {}, list(names)
    while open_ends:
        name = canonicalize_name(open_ends.pop())
        if name in found:
            continue
        found[name] = metadata.distribution(name)
        for asked in map(Requirement, found[name].requires or ()):
            if asked.marker is None or asked.marker.evaluate({"extra": ""}):
                open_ends.append(asked.name)
    return found.values()


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """A Python that has what requirements.txt installs, not the tests' packages, not ours."""
    place = tmp_path_factory.mktemp("fresh") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    (packages,) = place.glob("lib/python*/site-packages")
    names = [line.split("==")[0] for line in (ROOT / "requirements.txt").read_text().split()]
    for distribution in needed(names):
        for file in distribution.files:
            top = Path(file.parts[0])
            link = packages / top
            if top.name not in ("..", "__pycache__") and not link.exists():
                link.symlink_to(Path(distribution.locate_file(top)).resolve())
    return place / "bin" / "python"


def copy(names, folder):
    """Put files and folders of the repository into another place."""
    for name in names:
        if (ROOT / name).is_dir():
            leave = shutil.ignore_patterns("__pycache__", ".DS_Store")
            shutil.copytree(ROOT / name, folder / name, ignore=leave)
        else:
            shutil.copy(ROOT / name, folder)


def every_page_runs(url):
    for page in PAGES:
        with Wire(url) as session:
            assert session.run(page_name="" if page == "live" else page) == [], page


def tree(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_the_fresh_python_has_no_backprop_and_no_test_tools(python):
    for name in ("backprop", "pytest", "playwright", "setuptools"):
        done = subprocess.run([python, "-c", f"import {name}"], cwd="/", capture_output=True)
        assert b"ModuleNotFoundError" in done.stderr, name


def test_a_free_cloud_needs_the_list_of_pins_and_the_entry_script_alone(python, tmp_path):
    copy(CLOUD, tmp_path)
    log, port = tmp_path / "server.log", free_port()
    command = [python, "-m", "streamlit", "run", "app.py", f"--server.port={port}",
               "--server.headless=true"]  # fmt: skip
    with started(command, f"http://localhost:{port}", log, tmp_path, os.environ):
        every_page_runs(f"http://localhost:{port}")
    assert "Traceback" not in log.read_text()


def image_files(folder):
    """Do what the COPY lines of the image's last stage do, in `folder`."""
    for line in instructions("COPY"):
        if not line.startswith("--from"):
            *sources, _ = line.split()
            copy(sources, folder)


def test_what_the_image_copies_is_not_ignored():
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().split("\n")
               if line.startswith("!")]  # fmt: skip
    for line in re.findall(r"^COPY (?!--)(.*)$", DOCKERFILE, re.MULTILINE):
        for source in line.split()[:-1]:
            assert any(fnmatch.fnmatch(name, source + "*") for name in allowed), source
            assert (ROOT / source).exists(), source


def test_the_image_starts_as_its_environment_says_writes_nothing_and_knows_its_health(
    python, tmp_path
):
    app, home = tmp_path / "app", tmp_path / "nowhere"
    app.mkdir()
    image_files(app)
    before = tree(app)
    said = dict(re.findall(r"(\w+)=(\S+)", " ".join(instructions("ENV"))))
    assert said["STREAMLIT_SERVER_ADDRESS"] == "0.0.0.0" and said["PYTHONDONTWRITEBYTECODE"] == "1"
    port = free_port()
    said |= {"STREAMLIT_SERVER_ADDRESS": "127.0.0.1", "STREAMLIT_SERVER_PORT": str(port),
             "STREAMLIT_SERVER_BASE_URL_PATH": "lecture/nets", "HOME": str(home),
             "STREAMLIT_SERVER_ALLOWED_HOSTS": "nets.example.org 127.0.0.1",
             "PATH": os.environ["PATH"]}  # fmt: skip
    assert json.loads(instructions("CMD")[-1]) == ["streamlit", "run", "app.py"]
    (check,) = re.findall(r'"(deploy/\w+\.py)"', instructions("HEALTHCHECK")[0])

    def health():
        return subprocess.run([python, check], cwd=app, env=said, capture_output=True).returncode

    assert health() == 1
    log, url = tmp_path / "server.log", f"http://127.0.0.1:{port}/lecture/nets"
    with started([python, "-m", "streamlit", "run", "app.py"], url, log, app, said):
        assert health() == 0
        every_page_runs(url)
        with pytest.raises(InvalidStatus, match="403"):
            Wire(url.replace("127.0.0.1", "localhost"))  # which is not among the allowed hosts
    assert health() == 1
    assert tree(app) == before and not home.exists()
    assert "Traceback" not in log.read_text()


def test_the_image_runs_as_nobody_in_particular():
    assert instructions("USER") == ["1000"]

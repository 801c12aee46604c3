"""What is installed is what is pinned, hash by hash, with licences; nobody is told of it."""

import importlib.util
import re
import tomllib
from email.message import Message
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements", "tests/requirements")
ENTRY = re.compile(
    r"^([\w.-]+)==([^\s;\\]+)([^\\\n]*)((?:\\\n +--hash=sha256:[0-9a-f]{64} ?)*)", re.M
)


@pytest.fixture
def licenses():
    found = importlib.util.spec_from_file_location("licenses", ROOT / "deploy" / "licenses.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def read(path):
    return (ROOT / path).read_text("utf-8")


def pinned(path):
    """Name → version of the direct pins of a list, and of those it includes."""
    found = {}
    for line in read(path).splitlines():
        if line.startswith("-r "):
            found |= pinned((Path(path).parent / line[3:]).as_posix())
        elif line:
            name, version = line.split("==")
            found[canonicalize_name(name)] = version
    return found


def locked(path):
    """Name → [(version, where it is needed, how many hashes)] of a lock."""
    found = {}
    for name, version, marker, hashes in ENTRY.findall(read(path)):
        found.setdefault(canonicalize_name(name), []).append(
            (version, marker.strip(" ;"), hashes.count("--hash"))
        )
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_agrees_with_the_pins_and_names_a_hash_for_everything_and_no_host(name):
    lock, text = locked(f"{name}.lock"), read(f"{name}.lock")
    for pin, version in pinned(f"{name}.txt").items():
        assert {v for v, _, _ in lock[pin]} == {version}, f"{pin}: run `make lock`"
    assert all(hashes for entries in lock.values() for *_, hashes in entries)
    rest = [line for line in ENTRY.sub("", text).splitlines() if line.strip()]
    assert all(line.startswith("#") for line in rest), rest
    assert "://" not in text and "index" not in text


def test_both_locks_install_the_same_app():
    app, tests = locked("requirements.lock"), locked("tests/requirements.lock")
    assert {name: tests[name] for name in app} == app


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_has_all_that_its_packages_ask_for_here(name):
    lock = locked(f"{name}.lock")
    for package, entries in lock.items():
        try:
            distribution = metadata.distribution(package)
        except metadata.PackageNotFoundError:
            assert all(marker for _, marker, _ in entries), f"{package} is not installed"
            continue
        assert distribution.version in {version for version, _, _ in entries}, package
        for asked in map(Requirement, distribution.requires or ()):
            if asked.marker is None or asked.marker.evaluate({"extra": ""}):
                found = lock[canonicalize_name(asked.name)]
                assert any(asked.specifier.contains(v, True) for v, _, _ in found), (package, asked)


def test_the_lock_is_for_every_platform():
    lock = locked("requirements.lock")
    for compiled in ("numpy", "ml-dtypes", "pillow", "pandas"):
        assert lock[compiled][0][2] > 20, compiled  # wheels of systems × processors × Pythons
    assert "win32" in read("tests/requirements.lock")


def test_every_shipped_package_stands_in_the_list_of_licences_as_it_is_now(licenses):
    listed = read("deploy/LICENSES.md")
    assert licenses.table(read("requirements.lock"), listed) == listed, "run `make lock`"
    for copyleft in ("GPL", "AGPL"):
        assert copyleft not in listed


def test_a_package_of_which_nothing_is_known_is_refused(licenses):
    unsaid = Message()
    unsaid["Name"] = "secret"
    with pytest.raises(ValueError, match="secret names no licence"):
        licenses.licence(unsaid)
    with pytest.raises(ValueError, match="neither installed nor known"):
        licenses.table("no-such-package==1.0 \\\n", "")


def test_what_is_run_and_what_is_shipped_come_from_the_locks():
    makefile, image = read("Makefile"), read("Dockerfile")
    installs = re.findall(r"\$\(INSTALL\) (.*requirements\.lock)", makefile)
    locks = ("requirements.lock", "tests/requirements.lock")
    assert installs == [f"--require-hashes -r {lock}" for lock in locks]
    assert "--require-hashes" in image and "requirements.lock" in image


def test_nothing_is_told_to_anybody():
    config = tomllib.loads(read(".streamlit/config.toml"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["browser"]["serverAddress"]  # or a start asks a host outside for its address
    assert config["server"]["showEmailPrompt"] is False
    assert "access_log off;" in read("deploy/nginx.conf.template")

"""Links lead others to this machine if, and only if, its server listens for them."""

import os
import socket
import subprocess
import tomllib
from pathlib import Path

import pytest

from backprop import hosting
from backprop.hosting import for_others, is_this_machine, own_address, said

ROOT = Path(__file__).parent.parent
HERE = "http://localhost:8501/race"


@pytest.fixture
def in_a_network(monkeypatch):
    monkeypatch.setattr(hosting, "own_address", lambda: "192.168.7.20")


@pytest.fixture
def in_no_network(monkeypatch):
    monkeypatch.setattr(hosting, "own_address", lambda: None)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.8.0.1", "::1", "a.localhost", None]
)
def test_some_names_lead_back_to_who_uses_them(host):
    assert is_this_machine(host)


@pytest.mark.parametrize("host", ["192.168.7.20", "lab-7", "example.org", "0.0.0.0", "2001:db8::2"])
def test_others_do_not(host):
    assert not is_this_machine(host)


@pytest.mark.parametrize("listens_on", ["0.0.0.0", "::", "", None])
@pytest.mark.parametrize("opened", ["localhost", "127.0.0.1", "[::1]"])
def test_a_page_opened_here_gives_others_the_address_of_the_network(
    in_a_network, listens_on, opened
):
    url = f"http://{opened}:8501/race"
    assert for_others(url, listens_on) == "http://192.168.7.20:8501/race"


@pytest.mark.parametrize("listens_on", ["localhost", "127.0.0.1", "::1"])
def test_a_server_for_this_machine_alone_gives_no_address_that_cannot_work(
    in_a_network, listens_on
):
    assert for_others(HERE, listens_on) == HERE
    assert "Only this machine" in said(listens_on, "8501")


def test_an_address_that_others_used_is_theirs_already(in_a_network):
    for url in ("http://10.0.0.5:8501/", "https://example.org/backprop/lessons", "http://lab-7/"):
        assert for_others(url, "0.0.0.0") == url


def test_a_server_that_listens_on_one_address_is_reached_there(in_a_network):
    assert for_others(HERE, "10.0.0.5") == "http://10.0.0.5:8501/race"
    assert for_others("http://localhost/", "2001:db8::2") == "http://[2001:db8::2]/"


def test_without_a_network_the_address_stays(in_no_network):
    assert for_others(HERE, "0.0.0.0") == HERE
    assert "no network" in said("0.0.0.0", "8501")


def test_the_start_says_what_others_open(in_a_network):
    assert said("0.0.0.0", "8600") == "Others in your network open http://192.168.7.20:8600"


def test_the_own_address_is_one_that_this_machine_can_listen_on():
    found = own_address()
    if found is None:  # a machine without a network has none to listen on either
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, pytest.raises(OSError):
            probe.connect(("192.0.2.1", 9))
        return
    family = socket.AF_INET6 if ":" in found else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as server:
        server.bind((found, 0))


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ([], "localhost"),
        (["HOST=0.0.0.0"], "0.0.0.0"),
        (["HOST=10.0.0.5", "PORT=8600"], "10.0.0.5"),
    ],
)
def test_make_run_listens_on_this_machine_alone_unless_it_is_told_otherwise(given, address):
    command = ["make", "--dry-run", *given, "run"]
    plain = {k: v for k, v in os.environ.items() if k not in ("HOST", "PORT", "MAKEFLAGS")}
    done = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True)
    assert f"--server.address {address} " in done.stdout
    port = "8600" if "PORT=8600" in given else "8501"
    assert f'-m backprop.hosting "{address}" "{port}"' in done.stdout


def test_without_make_the_app_listens_on_this_machine_alone_too():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert is_this_machine(config["server"]["address"])

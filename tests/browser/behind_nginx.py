"""Replicas of the app behind a real nginx, with the configuration that compose.yaml has it use."""

import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPMessage
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, free_port, program, running

PLACES = ("nginx", "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx")
START_SECONDS = 30


def written(*arguments):
    """The configuration that deploy/nginx.py writes for these arguments, run as compose runs it."""
    command = [sys.executable, "deploy/nginx.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@contextmanager
def nginx(*arguments):
    """The address of an nginx with that configuration while the block runs."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # started by root, it works as nobody
        run = Path(folder) / "run"
        run.mkdir()
        conf, log = run / "nginx.conf", run / "errors.log"
        conf.write_text(written("--listen", f"127.0.0.1:{port}", "--run", run, *arguments))
        with log.open("w") as out:
            path = program("NGINX", PLACES, "Tests of the deployment need nginx")
            command = [path, "-p", str(run), "-c", str(conf), "-g", "daemon off;"]
            server = subprocess.Popen(command, stderr=out)
        try:
            _wait(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def _wait(server, port, log):
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"nginx did not start:\n{log.read_text()}", pytrace=False)


@dataclass
class Replicas:
    """So many processes of the app below one path; each can be killed and started again."""

    path: str
    log: Path
    ports: list[int] = field(default_factory=lambda: [free_port(), free_port()])
    processes: dict[int, tuple[ExitStack, subprocess.Popen]] = field(default_factory=dict)

    @property
    def addresses(self):
        return [f"127.0.0.1:{port}" for port in self.ports]

    def start(self, n):
        stack = ExitStack()
        _, server = stack.enter_context(running(self.log, port=self.ports[n], path=self.path))
        self.processes[n] = stack, server

    def kill(self, n):
        """End a process as a machine that goes down does: it says no good-bye."""
        stack, server = self.processes.pop(n)
        server.kill()
        server.wait()
        stack.close()

    def close(self):
        for n in list(self.processes):
            self.processes.pop(n)[0].close()

    def sessions(self):
        """How many sessions each process that runs has open now, as it counts them itself."""
        return {n: self._sessions(n) for n in self.processes}

    def _sessions(self, n):
        url = f"http://{self.addresses[n]}/{self.path}/_stcore/metrics?families=active_sessions"
        with urllib.request.urlopen(url, timeout=30) as answer:
            return int(re.search(r"^active_sessions (\d+)", answer.read().decode(), re.M)[1])


def asked(url, **headers) -> tuple[int, HTTPMessage, bytes]:
    """Status, headers and body of an answer; one that refuses is an answer too."""
    request = urllib.request.Request(url, headers={k.title(): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()

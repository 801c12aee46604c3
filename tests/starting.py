"""What starts for a test or a benchmark: which browsers serve, and whether a server is up."""

import time
import urllib.error
import urllib.request

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START_SECONDS = 180
"""A busy machine takes its time; a server that ended is noticed at once."""


def is_up(server, url):
    """Whether the app at `url` becomes healthy before its process ends, and soon enough."""
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return True
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    return False

"""Ends with 0 if the app answers on this machine, and with 1 if not: the image's health check."""

import os
import sys
import urllib.request

port = os.environ.get("STREAMLIT_SERVER_PORT", "8501")
path = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
url = f"http://127.0.0.1:{port}/{path and path + '/'}_stcore/health"
try:
    with urllib.request.urlopen(url, timeout=4):
        pass
except OSError as error:
    sys.exit(f"{url}: {error}")

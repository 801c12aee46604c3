"""Where others reach this machine's server: the address of the network in place of localhost.

python -m backprop.hosting HOST PORT     says where a server that listens on HOST is reached
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from urllib.parse import urlsplit

EVERYWHERE = ("", "0.0.0.0", "::")
"""What a server is told to listen on if others shall reach it; nothing means the same."""


def is_this_machine(host: str | None) -> bool:
    """Whether a name or number leads back to the machine that uses it."""
    if not host or host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def own_address() -> str | None:
    """This machine's number in the network that it is in; None if it is in none.

    A datagram socket learns it from the table of routes when it is connected; nothing is sent.
    """
    for family, elsewhere in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((elsewhere, 9))  # of the ranges kept for documentation (RFC 5737)
                found = str(probe.getsockname()[0])
        except OSError:
            continue
        if not is_this_machine(found) and found not in EVERYWHERE:
            return found
    return None


def for_others(url: str, listens_on: str | None) -> str:
    """`url` as others can open it, if the server listens for them; else as it is.

    `listens_on` is the address that the server was told to listen on. A url that names no local
    host is one that others can open already.
    """
    parts = urlsplit(url)
    if not is_this_machine(parts.hostname) or (listens_on and is_this_machine(listens_on)):
        return url
    host = own_address() if (listens_on or "") in EVERYWHERE else listens_on
    if host is None:
        return url
    name = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(netloc=name + port).geturl()


def said(host: str, port: str) -> str:
    """Who reaches a server on `host` and `port`, and how, in one line."""
    if host and is_this_machine(host):
        return "Only this machine can open it; HOST=0.0.0.0 make run shares it with your network."
    here = f"http://localhost:{port}"
    there = for_others(here, host)
    if there == here:
        return "Others could open it, but this machine is in no network now."
    return f"Others in your network open {there}"


if __name__ == "__main__":
    print(said(*sys.argv[1:3]))

"""The configuration of the nginx that stands in front of the app's replicas.

python deploy/nginx.py REPLICA... > nginx.conf

A REPLICA is a host with its port, as in `127.0.0.1:8501`; `--replicas 3 app-%d:8501` names three.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import importlib.util
import re
import string
import sys
from pathlib import Path

TEMPLATE = Path(__file__).with_name("nginx.conf.template")
WORD = re.compile(r"[\w.:/*'@\[\]-]+")
"""What an option may be made of: nothing that means something to nginx."""


class Template(string.Template):
    """Places are @{name}, because $ is nginx's own."""

    delimiter = "@"
    pattern = r"@(?:(?P<braced>\{)(?P<named>\w+)\}|(?P<escaped>(?!))|(?P<invalid>(?!)))"


def configuration(
    replicas: list[str],
    *,
    listen: str = "8080",
    path: str = "",
    run: str = "/tmp/nginx",
    hosts: tuple[str, ...] = (),
    embed_in: tuple[str, ...] = (),
    behind: tuple[str, ...] = (),
    resolver: str = "",
    site: str = "",
) -> str:
    """The whole nginx.conf for replicas (host:port), which have `path` as their base URL path.

    `run` is a folder that nginx may write to. `hosts` are the names under which it serves, all if
    there are none; `embed_in` the origins whose pages may frame the app beside its own; `behind`
    the networks of proxies that say whom they speak for; `resolver` a name server, needed where a
    replica is a name; `site` the folder of the static lessons.

    Raises ValueError if there is no replica, or for a word that nginx would read as something else.
    """
    if not replicas:
        raise ValueError("nginx needs at least one replica to stand before, such as 127.0.0.1:8501")
    words = [*replicas, *hosts, *embed_in, *behind, *filter(None, (resolver, listen, site, run))]
    for word in words:
        if not WORD.fullmatch(word):
            raise ValueError(f"An option must be letters, digits and . : / * @ -, got {word!r}.")
    below = "/" + path.strip("/") if path.strip("/") else ""
    if not re.fullmatch(r"[\w/-]*", below):
        raise ValueError(f"A path must be letters, digits, _, - and /, got {path!r}.")
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        listen=listen, path=below, run=run,
        resolver=f"resolver {resolver} valid=5s;" if resolver else "",
        behind=" ".join([*(f"set_real_ip_from {n};" for n in behind),
                         *(["real_ip_header X-Forwarded-For;"] if behind else [])]),
        shares=_shares(len(replicas)),
        names=" ".join(f"{n} {n};" for n in range(len(replicas))),
        ring="\n".join(_ring(replicas)),
        fallbacks="\n".join(_fallback(n, len(replicas)) for n in range(len(replicas))),
        inline=" ".join(inline_scripts()),
        embed_in=" ".join(("'self'", *embed_in)),
        hosts="default 0; " + " ".join(f"{name} 1;" for name in hosts) if hosts else "default 1;",
        site=f"\n        location {below}/site/ {{\n            alias {site}/;\n"
             f"            index index.html;\n        }}\n" if site else "",
    )  # fmt: skip


def inline_scripts() -> list[str]:
    """The sources of a policy that let Streamlit's own page run the scripts it is written with."""
    found = importlib.util.find_spec("streamlit")
    if found is None or found.origin is None:
        raise ValueError("Streamlit must be installed: its page's scripts are allowed one by one.")
    page = (Path(found.origin).parent / "static" / "index.html").read_bytes()
    scripts = re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(s).digest()).decode()}'" for s in scripts]


def _shares(count: int) -> str:
    """Equal parts for `split_clients`; the last takes what rounding leaves."""
    return " ".join([*(f"{100 / count:.2f}% {n};" for n in range(count - 1)), f"* {count - 1};"])


def _ring(replicas: list[str]) -> list[str]:
    """Who answers at each try, and where: after one replica comes the next, and the first again."""
    count, lines = len(replicas), []
    for tried in range(count):
        if tried:
            after = " ".join(f"{n} {(n + tried) % count};" for n in range(count))
            lines.append(f"    map $replica_0 $replica_{tried} {{ {after} }}")
        where = " ".join(f"{n} {address};" for n, address in enumerate(replicas))
        lines.append(f"    map $replica_{tried} $address_{tried} {{ {where} }}")
    return lines


def _fallback(tried: int, count: int) -> str:
    """Where a request goes when `tried` + 1 replicas did not answer."""
    opening = f"        location @after_{tried} {{\n"
    if tried + 1 == count:
        return f"{opening}            return 503;\n        }}\n"
    return (f"{opening}            set $answering $replica_{tried + 1};\n"
            f"            error_page 502 504 = @after_{tried + 1};\n"
            f"            proxy_pass http://$address_{tried + 1};\n        }}\n")  # fmt: skip


def main(arguments: list[str]) -> str:
    """The configuration that a command line asks for."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("replica", nargs="+", help="host:port of an app")
    asked.add_argument("--replicas", type=int, metavar="N", help="put 1 … N for %%d in REPLICA")
    asked.add_argument("--listen", default="8080", help="the port, or address:port, to listen on")
    asked.add_argument("--path", default="", help="the path below which the app is")
    asked.add_argument("--run", default="/tmp/nginx", help="a folder that nginx may write to")
    asked.add_argument("--hosts", default="", help="the names under which it serves; all if empty")
    asked.add_argument("--embed-in", default="", help="origins whose pages may frame the app")
    asked.add_argument("--behind", default="", help="networks of proxies that stand before it")
    asked.add_argument("--resolver", default="", help="a name server, where replicas are names")
    asked.add_argument("--site", default="", help="the folder of the static lessons")
    given = asked.parse_args(arguments)
    replicas = given.replica
    if given.replicas is not None:
        replicas = [name.replace("%d", str(n + 1)) for name in replicas
                    for n in range(given.replicas)]  # fmt: skip
    return configuration(
        replicas, listen=given.listen, path=given.path, run=given.run,
        hosts=tuple(given.hosts.split()), embed_in=tuple(given.embed_in.split()),
        behind=tuple(given.behind.split()), resolver=given.resolver, site=given.site,
    )  # fmt: skip


if __name__ == "__main__":
    try:
        print(main(sys.argv[1:]), end="")
    except ValueError as error:
        sys.exit(str(error))

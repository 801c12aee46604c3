"""People at a browser: each test has its own, but not each a browser that starts cold.

A browser context costs Chromium a window with surfaces of its own, and Streamlit's bundle to fetch
and to compile: more than the page. So contexts are kept. A test has one to itself, with nothing in
it but the cache of what any page may fetch; when the test has ended all else is gone.
"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.browser.helpers import PATIENCE, Sightings, watch

FOR_GOOD = "add_init_script", "expose_binding", "expose_function"
"""What nobody can take from a context again; a page's own go with the page."""


def _refused(*_args: Any, **_options: Any) -> None:
    raise NotImplementedError("The context outlives the test: ask this of the page.")


class Visitor:
    """A context with these options, in which one test at a time opens pages.

    `home` is a small page of the site to which those of the tests belong.
    """

    def __init__(self, browser: Browser, home: str, options: dict[str, Any]) -> None:
        self.home, self.options, self.present = home, options, False
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self._seen = watch(self.context)
        self._first = self.context.new_page()  # keeps the window open, and the site's process
        self._first.goto(home)
        self._devtools = self.context.new_cdp_session(self._first)
        self._seen.taken()
        for name in FOR_GOOD:
            setattr(self.context, name, _refused)

    def open(self, viewport: dict[str, int], **media: Any) -> Page:
        """A page of this size; the media are those of Playwright's `emulate_media`."""
        page = self.context.new_page()
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        page.emulate_media(**media)
        return page

    def leave(self) -> Sightings:
        """Close every page and forget what they kept; gives what was seen of them."""
        for page in self.context.pages:
            if page is not self._first:
                page.close()
        seen = self._seen.taken()
        self.context.unroute_all()
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.context.set_offline(self.options.get("offline", False))
        for origin in {origin_of(url) for url in seen.requests}:
            wanted = {"origin": origin, "storageTypes": "all"}
            self._devtools.send("Storage.clearDataForOrigin", wanted)
        self.present = False
        return seen


def origin_of(url: str) -> str:
    """What a page at this address shares its storage with."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@dataclass
class Visitors:
    """Those of one browser, by their options; two that are there at once are two people."""

    browser: Browser
    known: list[Visitor] = field(default_factory=list)

    def arrive(self, home: str, **options: Any) -> Visitor:
        """One who is not there now, with such a context; sizes and media are asked of `open`."""
        for visitor in self.known:
            if not visitor.present and (visitor.home, visitor.options) == (home, options):
                break
        else:
            visitor = Visitor(self.browser, home, options)
            self.known.append(visitor)
        visitor.present = True
        return visitor

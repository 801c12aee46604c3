"""The site is a folder of whole pages: every lesson, an index, and nothing from elsewhere."""

import json
import re
from html.parser import HTMLParser

import pytest

from backprop.export import site
from backprop.lessons import LESSONS
from tests.test_booklet import unpacked

pytestmark = pytest.mark.heavy


class Links(HTMLParser):
    """Every address that the tags of a page name."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in ("href", "src", "action")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    site_folder = tmp_path_factory.mktemp("site")
    site.build(site_folder, "https://example.org/lessons/")
    return site_folder


def test_every_lesson_has_a_page_and_every_link_of_the_index_leads_to_one(folder):
    files = {path.name for path in folder.iterdir()}
    others = ("playground.html", "chain-rule.html", "microscope.html")
    assert files == {"index.html", *others, *(f"{name}.html" for name in LESSONS)}
    assert sorted(Links((folder / "index.html").read_text("utf-8")).found) == sorted(
        [*others, *(f"{name}.html" for name in LESSONS)]
    )


@pytest.mark.parametrize("name", ["playground", "chain-rule", "microscope"])
def test_pages_that_are_no_lesson_are_small(folder, name):
    assert (folder / f"{name}.html").stat().st_size < 250_000


def test_no_page_names_another_host(folder):
    for path in folder.iterdir():
        html = path.read_text("utf-8")
        hosts = {host for host in re.findall(r"https?://[\w.]+", html)}
        assert hosts <= {"http://www.w3.org"}, path.name
        assert "default-src 'none'" in html


def test_a_lesson_leads_back_to_the_index(folder):
    told = json.loads(unpacked((folder / "wrong-label.html").read_text("utf-8"), "told"))
    assert told["home"] == "index.html"


def test_codes_are_there_only_where_the_address_is_known(folder):
    assert (folder / "index.html").read_text("utf-8").count('class="qr"') == len(LESSONS)
    assert 'class="qr"' not in site.index()
    with pytest.raises(ValueError, match="must begin with https:// or http://, got 'example"):
        site.index("example.org")


def test_pages_lead_to_the_app_where_its_address_is_known(tmp_path):
    site.build(tmp_path, app="https://example.org/app")
    for name in ("playground", "float16"):
        told = json.loads(unpacked((tmp_path / f"{name}.html").read_text("utf-8"), "told"))
        assert told["about"]["live"] == "https://example.org/app/"
    with pytest.raises(ValueError, match="address of the app must begin with https://"):
        site.build(tmp_path, app="example.org")


def test_the_command_says_what_it_made_and_what_it_could_not(tmp_path, capsys):
    assert site.main([str(tmp_path / "a")]) == 0
    assert f"{len(LESSONS) + 4} pages" in capsys.readouterr().out
    assert site.main([str(tmp_path / "b"), "example.org"]) == 1
    assert "must begin with https://" in capsys.readouterr().err
    (tmp_path / "file").write_text("in the way")
    assert site.main([str(tmp_path / "file")]) == 1
    assert "file" in capsys.readouterr().err

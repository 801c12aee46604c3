"""A server that listens for others says so: Share names an address that they can open."""

import pytest
from playwright.sync_api import expect

from backprop.hosting import own_address
from tests.browser.conftest import served
from tests.browser.helpers import complaints, open_live, tracebacks, watch

ALONE = "This address works on this computer only"


def shared_link(page):
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_alt_text("QR code of this link")).to_be_visible()
    return dialog


def test_a_page_opened_here_shares_the_address_of_the_network(browser, tmp_path):
    others = own_address()
    if others is None:
        pytest.fail("This test needs a machine in a network, be it of its own containers.")
    log = tmp_path / "server.log"
    with served(log, address="0.0.0.0") as url:
        port = url.rpartition(":")[2]
        context = browser.new_context()
        seen = watch(context)
        page = context.new_page()
        open_live(page, f"{url}/?derivative=naive")
        dialog = shared_link(page)
        host = f"[{others}]" if ":" in others else others
        expect(dialog.locator("code")).to_contain_text(f"http://{host}:{port}")
        expect(dialog.locator("code")).to_contain_text("derivative=naive")
        expect(dialog.get_by_text(ALONE)).to_have_count(0)
        context.close()
    assert complaints(seen, url) + tracebacks(log.read_text()) == []


def test_a_server_for_this_machine_alone_says_that_its_address_is_no_use_elsewhere(page, app_url):
    open_live(page, app_url)
    dialog = shared_link(page)
    expect(dialog.locator("code")).to_contain_text(app_url)
    expect(dialog.get_by_text(ALONE)).to_be_visible()
    expect(dialog.get_by_text("HOST=0.0.0.0 make run")).to_be_visible()

"""The field app in a real browser with the network cut: a shift of visits, closed and opened again, and catching up."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys import phones
from tests.journeys.phones import WITHIN

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
#: Whoever has a grid full of doors with open questions; no other journey works there.
WORKER, OTHER = "jieer-1", "dongshan-2"


def open_at_server(page: Page) -> int:
    """How many doors the server's own list of this person holds."""
    page.goto("/field/")
    return int(re.sub(r"\D", "", page.locator(".tabs a[aria-current] .tabs-count").inner_text()))


def tapped(page: Page, door: int, outcome: str) -> None:
    page.locator(".task-link").nth(door).click()
    page.locator(f".outcome.{outcome}").click()
    expect(page.locator(".task").first).to_be_visible()


def answered(page: Page, count: int | None = None) -> None:
    """Answer so many questions of the form that is open, or all: the first choice of each."""
    expect(page.locator(".web-form .question-container").first).to_be_visible(timeout=WITHIN)
    names = page.locator(".web-form input[type=radio]").evaluate_all("all => all.map((one) => one.name)")
    for name in list(dict.fromkeys(names))[:count]:
        page.locator(f".web-form input[type=radio][name='{name}']").first.check(force=True)


def half_filled(page: Page, door: int) -> str:
    """Begin a door's form; returns its address."""
    page.locator(".task-link").nth(door).click()
    page.get_by_role("link", name="打开表").click()
    answered(page, 1)
    page.wait_for_timeout(1200)  # the last touch is kept half a second later
    return page.url


def test_a_shift_without_a_network(
    browser: Browser, base_url: str, sign_in: SignIn, looked_at: Look, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, base_url) as phone:
        page = phone.pages[0]
        sign_in(page, WORKER)
        before = open_at_server(page)
        phones.app(page)
        phones.ready_for_no_network(page)
        phone.set_offline(True)
        page.reload()
        expect(page.locator(".task").first).to_be_visible(timeout=WITHIN)
        tapped(page, 0, "outcome-done")
        tapped(page, 0, "is-absent")
        tapped(page, 1, "is-refused")
        phones.waits(page, 3)
        assert "断网也能记" in page.locator(".phone-line").inner_text()
        form = half_filled(page, 4)
        page.reload()
        expect(page.get_by_text("上次没存完的已经填回来了")).to_be_visible(timeout=WITHIN)
        phones.expect_states(page, ["在手机上，待发"] * 3)
        looked_at(page, "phone-waiting")
    with phones.opened(browser, tmp_path, base_url) as phone:  # switched off and on again
        phone.set_offline(True)
        page = phone.pages[0]
        phones.app(page)
        phones.waits(page, 3)
        page.goto(form)
        expect(page.get_by_text("上次没存完的已经填回来了")).to_be_visible(timeout=WITHIN)
        expect(page.locator(".web-form input[type=radio]:checked")).to_have_count(1)
        looked_at(page, "phone-form")
        answered(page)
        page.get_by_role("button", name="保存回答").click()
        phones.waits(page, 4)
        phone.set_offline(False)
        phones.caught_up(page)
        phones.expect_states(page, ["服务器已收"] * 4)
        expect(page.get_by_text("回执")).to_have_count(5)  # one of them in the page's own words
        looked_at(page, "phone-sent")
        _the_figures_agree(page, before - 1)


def _the_figures_agree(page: Page, most: int) -> None:
    """What followed (a door ticked off without answers is put again) is on the phone after its next contact."""
    for _ in range(10):
        page.goto("/phone/")
        phones.caught_up(page)
        shown = int(page.locator(".tabs-count").first.inner_text())
        if shown == open_at_server(page):
            break
    assert shown == open_at_server(page) <= most


def test_a_lost_phone_holds_nothing_after_its_next_contact(
    browser: Browser, base_url: str, open_page: Open, sign_in: SignIn, looked_at: Look, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, base_url) as phone:
        page = phone.pages[0]
        sign_in(page, OTHER)
        phones.app(page)
        desk = open_page()
        sign_in(desk, OTHER)
        desk.goto("/me/")
        while (end := desk.locator("form[action*='/me/phones/'] button")).count():  # other journeys' too
            end.first.click()
        page.reload()
        expect(page.get_by_role("heading", name="这部手机已停用")).to_be_visible(timeout=WITHIN)
        looked_at(page, "phone-ended")
        stores = "indexedDB.databases().then((all) => all.map((one) => one.name))"
        assert page.evaluate(stores) == []
        assert page.evaluate("caches.keys()") == []


def test_another_language_is_there_at_once_and_without_a_network(
    browser: Browser, base_url: str, sign_in: SignIn, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, base_url) as phone:
        page = phone.pages[0]
        sign_in(page, "bingsi-5")
        phones.app(page)
        phones.ready_for_no_network(page)
        page.get_by_role("button", name="English").click()
        expect(page.locator(".nav-item").first).to_have_text("Today", timeout=WITHIN)
        page.wait_for_timeout(3000)  # the new version, which another language is, takes over
        phone.set_offline(True)
        page.reload()
        expect(page.locator(".nav-item").first).to_have_text("Today", timeout=WITHIN)
        expect(page.locator(".phone-line")).to_contain_text("No network")
        expect(page.locator(".task").first).to_be_visible()

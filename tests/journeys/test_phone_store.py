"""What lies on the phone: an older version's store, a full disk, a wrong clock, a session that is over, others."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys import phones
from tests.journeys.phones import DAY_AHEAD, WITHIN
from tests.journeys.product import Account, Product

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
WORKER, ONE, ANOTHER = "jieer-1", "bingsi-5", "dongshan-2"
QUOTA = 32_000  # ms for which Chromium believes what it last knew of the disk
OLDER = Path(__file__).with_name("older_store.js")
PACKAGE = """async () => {
  const headers = { "X-Wangge-App": "0.1.0", "Content-Type": "application/json" };
  const contact = await (await fetch("/sync/contact", { method: "POST", headers, body: "{}" })).json();
  const { doors } = await (await fetch("/sync/package?since=", { headers })).json();
  return { account: contact.who.account, task: doors[9].task, door: doors[9].door };
}"""


def somebody_else(page: Page, account: Account) -> None:
    """Sign in on a phone that knows others."""
    page.goto("/sign-in?who=else")
    page.locator("#id_username").fill(account.username)
    page.locator("#id_password").fill(account.password)
    page.locator("form:has(#id_password) button").first.click()
    expect(page.locator("#id_password")).to_have_count(0)


def test_a_store_of_an_older_version_is_brought_along_and_what_is_refused_is_put_right(
    browser: Browser, base_url: str, sign_in: SignIn, looked_at: Look, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, base_url) as phone:
        page = phone.pages[0]
        sign_in(page, WORKER)
        page.evaluate(OLDER.read_text(encoding="utf-8"), page.evaluate(PACKAGE))
        phones.app(page)
        expect(page.locator(".phone-line")).to_contain_text("有 2 条服务器没有收", timeout=WITHIN)
        phones.expect_states(page, ["没有收", "没有收", "服务器已收"])
        expect(page.get_by_text("旧版记的一户")).to_be_visible()
        page.get_by_role("link", name="记错的一户").click()
        expect(page.get_by_text("服务器没有收这一条")).to_be_visible()
        looked_at(page, "phone-refused")
        page.locator(".outcome.is-absent").click()
        phones.expect_states(page, ["服务器已收", "没有收", "已改好重发", "服务器已收"])
        page.get_by_role("link", name="北门").click()
        expect(page.get_by_role("link", name="到卡点页面重新登记")).to_be_visible()
        looked_at(page, "phone-refused-pass")
        page.get_by_role("button", name="原样再发一次").click()
        phones.expect_states(page, ["没有收", "服务器已收", "已改好重发", "已改好重发", "服务器已收"])


def test_a_full_disk_is_said_and_what_was_entered_stays(
    browser: Browser, base_url: str, sign_in: SignIn, looked_at: Look, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, base_url) as phone:
        page = phone.pages[0]
        sign_in(page, WORKER)
        phones.app(page)
        phones.caught_up(page)
        phone.set_offline(True)
        page.locator(".task-link").nth(20).click()
        page.get_by_text("电话", exact=True).click()
        disk = phone.new_cdp_session(page)
        disk.send("Storage.overrideQuotaForOrigin", {"origin": base_url, "quotaSize": 1})
        page.wait_for_timeout(QUOTA)
        page.locator(".outcome.is-absent").click()
        expect(page.get_by_role("alert")).to_contain_text("手机存满了", timeout=WITHIN)
        looked_at(page, "phone-full")
        expect(page.locator(".outcome.is-absent")).to_be_visible()  # still at the door
        disk.send("Storage.overrideQuotaForOrigin", {"origin": base_url})
        page.wait_for_timeout(QUOTA)
        page.locator(".outcome.is-absent").click()
        phones.waits(page, 1)


def test_a_clock_a_day_ahead_is_said_and_put_right_by_the_server(
    browser: Browser, base_url: str, sign_in: SignIn, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, base_url) as phone:
        page = phone.pages[0]
        sign_in(page, WORKER)
        page.add_init_script(DAY_AHEAD)
        phones.app(page)
        expect(page.get_by_text("手机时间差了 1440 分钟")).to_be_visible(timeout=WITHIN)
        page.locator(".task-link").nth(30).click()
        page.locator(".outcome.is-absent").click()
        phones.caught_up(page)
        phones.expect_states(page, ["服务器已收"])


def test_a_session_that_is_over_and_another_account_lose_nothing(
    browser: Browser, product: Product, sign_in: SignIn, looked_at: Look, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, product.base_url) as phone:
        page = phone.pages[0]
        sign_in(page, ONE)
        phones.app(page)
        phones.ready_for_no_network(page)
        phone.set_offline(True)
        page.locator(".task-link").first.click()
        page.locator(".outcome.is-unreachable").click()
        phones.waits(page, 1)
        phone.clear_cookies(name="sessionid")
        phone.set_offline(False)
        expect(page.get_by_text("您已退出登录")).to_be_visible(timeout=WITHIN)
        phones.waits(page, 1)
        looked_at(page, "phone-signed-out")
        somebody_else(page, product.account(ANOTHER))
        phones.app(page)
        phones.caught_up(page)
        phones.expect_states(page, [])
        expect(page.get_by_text("1 条加密留着")).to_be_visible()
        phone.clear_cookies(name="sessionid")
        somebody_else(page, product.account(ONE))
        phones.app(page)
        phones.caught_up(page)
        phones.expect_states(page, ["服务器已收"])

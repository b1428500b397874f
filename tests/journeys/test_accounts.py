"""Getting in, in a browser: invited on the stairs, a desk with app and passkey, a lost phone, a badge checked."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from tests.journeys.product import Product

from wangge.base import clock
from wangge.domains.duty import badges

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
PIN, PASSWORD = "407182", "quiet-river-71"


def invite(desk: Page, title: str, name: str, phone: str) -> str:
    """Invite somebody as a deputy of a post; returns the digits on the screen."""
    desk.goto("/command/posts/?q=" + title)
    desk.locator("main table th a").first.click()
    form = desk.locator("form[action$='/invite']")
    form.locator("#id_name").fill(name)
    form.locator("#id_phone").fill(phone)
    form.locator("input[value=deputy]").check()
    form.locator("button.button-main").click()
    return desk.locator("#code").inner_text()


def accept(page: Page, code: str, username: str, password: str) -> None:
    page.goto("/invited/")
    page.locator("#id_code").fill(code)
    page.locator("main form button.button-main").click()
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(password)
    page.locator("main form button.button-main").click()


def app_code(key: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(key, int(datetime.now(UTC).timestamp()) // 30))


def test_invited_on_the_stairs_and_a_lost_phone(open_page: Open, sign_in: SignIn, looked_at: Look) -> None:
    desk, phone = open_page(), open_page(phone=True)
    sign_in(desk, "bingsi-shuji")
    code = invite(desk, "网格员", "李梅", "13800001111")
    looked_at(desk, "account-code")
    phone.goto(f"/invited/{code.replace(' ', '')}")
    expect(phone.locator("main")).to_contain_text("李梅")
    looked_at(phone, "account-invited")
    accept(phone, code, "limei", PIN)
    expect(phone).to_have_url(re.compile("/rule/first-shift"))  # once, before the first door
    phone.locator("form[action='/rule/first-shift/read'] button").click()
    expect(phone).to_have_url(re.compile("/field/$"))
    looked_at(phone, "account-first-day")
    phone.goto("/me/")
    looked_at(phone, "account-me")
    phone.locator("header details summary").click()
    phone.locator("header form[action='/sign-out'] button").click()
    expect(phone.locator("h1")).to_have_text("李梅")
    looked_at(phone, "account-known-phone")
    phone.locator("#id_password").fill(PIN)
    phone.locator("form:has(#id_password) button").click()
    expect(phone).to_have_url(re.compile("/field/$"))

    stranger = open_page(phone=True)
    stranger.goto("/sign-in")
    stranger.locator("#id_username").fill("13800001111")
    stranger.locator("#id_password").fill(PIN)
    stranger.locator("form:has(#id_password) button").click()
    expect(stranger.locator("h1")).to_have_text("这部手机没有登记")
    looked_at(stranger, "account-unknown-phone")

    desk.goto("/command/posts/?q=李梅")
    desk.goto("/command/posts/?q=网格员")
    desk.locator("main table th a").first.click()
    desk.get_by_role("link", name=re.compile("手机与登录.*李梅")).click()
    looked_at(desk, "account-staff")
    desk.get_by_role("button", name="丢了，停用").click()
    expect(desk.locator("main")).to_contain_text("没有登记手机")
    phone.goto("/field/")
    expect(phone).to_have_url(re.compile("/sign-in"))


def test_a_desk_sets_up_an_app_and_a_passkey_and_signs_in_with_it(
    product: Product, open_page: Open, sign_in: SignIn, looked_at: Look
) -> None:
    leader, desk = open_page(), open_page()
    sign_in(leader, "yingze")
    code = invite(leader, "检测", "王芳", "13800002222")
    base = product.base_url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, not to a number
    devtools = desk.context.new_cdp_session(desk)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    desk.goto(base + "/invited/")
    desk.locator("#id_code").fill(code)
    desk.locator("main form button.button-main").click()
    desk.locator("#id_username").fill("wangfang")
    desk.locator("#id_password").fill(PASSWORD)
    desk.locator("main form button.button-main").click()
    expect(desk).to_have_url(re.compile("/me/security/$"))
    looked_at(desk, "account-security")
    desk.get_by_role("link", name="设置验证器").click()
    looked_at(desk, "account-app")
    desk.locator("summary", has_text="图扫不了").click()
    key = desk.locator("#totp-key").inner_text()
    desk.locator("#id_code").fill(app_code(key))
    desk.get_by_role("button", name="设好").click()
    expect(desk.locator("ul.codes li")).to_have_count(10)
    looked_at(desk, "account-recovery-codes")
    desk.goto(base + "/me/security/passkeys/new")
    looked_at(desk, "account-passkey")
    desk.get_by_role("button", name="添加").click()
    expect(desk).to_have_url(re.compile("/me/security/$"))
    expect(desk.locator("main")).to_contain_text("通行密钥1")
    sign_out(desk)
    looked_at(desk, "account-sign-in")
    desk.get_by_role("button", name="用通行密钥登录").click()
    expect(desk).to_have_url(re.compile("/desk/"))
    sign_out(desk)
    desk.locator("#id_username").fill("wangfang")
    desk.locator("#id_password").fill(PASSWORD)
    desk.locator("form:has(#id_password) button").click()
    expect(desk).to_have_url(re.compile("/sign-in/second"))
    looked_at(desk, "account-second")


def sign_out(page: Page) -> None:
    page.locator("header details summary").click()
    page.locator("header form[action='/sign-out'] button").click()


def test_a_badge_is_checked_without_an_account_and_refused_the_next_day(
    product: Product, open_page: Open, sign_in: SignIn, looked_at: Look, settings: Settings
) -> None:
    worker, desk, resident = open_page(phone=True), open_page(), open_page(phone=True)
    sign_in(worker, "shuangsan-1")
    worker.goto("/me/")
    number, name = worker.locator(".badge-number").inner_text(), worker.locator(".badge-name strong").inner_text()
    resident.goto("/badge/")
    looked_at(resident, "badge-ask")
    resident.locator("#id_number").fill(number)
    resident.locator("main form button").click()
    expect(resident.locator("h1")).to_have_text(name)
    expect(resident.locator("main")).to_contain_text("今日有效")
    looked_at(resident, "badge-valid")
    sign_in(desk, "shuangsan-shuji")
    account = _account(desk, int(number.split()[0]))
    settings.WANGGE_KEYS = product.var / "keys.json"
    assert badges.number_of(account) == number
    with clock.held(clock.now() - timedelta(days=1)):
        photographed = badges.code_of(account)
    resident.goto(f"/badge/{badges.code_of(account)}")
    expect(resident.locator("h1")).to_have_text(name)
    resident.goto(f"/badge/{photographed}")
    expect(resident.locator("h1")).to_contain_text("无效")
    expect(resident.locator("main")).not_to_contain_text(name)
    looked_at(resident, "badge-not-valid")


def _account(desk: Page, key: int) -> Any:
    """What the office knows of the worker: the id in the address of their page."""
    desk.goto("/command/posts/?q=双三第1网格网格员")
    desk.locator("main table th a").first.click()
    link = desk.get_by_role("link", name=re.compile("手机与登录")).first.get_attribute("href") or ""
    return SimpleNamespace(pk=key, uuid=UUID(link.strip("/").split("/")[-1]))

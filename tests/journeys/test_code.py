"""A resident gets a code at the desk onto their own phone, and sees there what it is, why, and who looked."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey


def test_from_the_desk_to_the_phone(
    open_page: Callable[..., Page], sign_in: Callable[[Page, str], None], looked_at: Callable[[Page, str], None]
) -> None:
    desk, phone = open_page(), open_page(phone=True)
    sign_in(desk, "bingsi-shuji")
    desk.goto("/desk/people/?q=王")
    desk.locator("main table tbody a").first.click()
    expect(desk.locator("input[name=words]")).to_be_visible()
    desk.locator("input[name=reason][value=other]").check()
    desk.locator("input[name=words]").fill("来窗口办健康码")
    desk.locator("main form button").last.click()
    desk.get_by_role("link", name="健康码").click()
    expect(desk.locator(".code-word")).to_be_visible()
    looked_at(desk, "code-desk")
    desk.locator("input[name=consent][value=own]").check()
    desk.get_by_role("button", name="显示二维码").click()
    expect(desk.locator(".code-picture")).to_be_visible()
    looked_at(desk, "code-link")
    address = re.search(r"/r/codes/add/[\w-]+", desk.locator("main").inner_text())
    assert address

    phone.goto(address.group())
    looked_at(phone, "code-add")
    phone.get_by_role("button", name="放到这部手机上").click()
    expect(phone.locator(".code-picture")).to_be_visible()
    looked_at(phone, "code")
    phone.get_by_role("link", name="我现在的颜色和原因").click()
    expect(phone.locator(".code-word")).to_have_text(re.compile("码"))
    expect(phone.locator("main")).to_contain_text("并四社区")
    looked_at(phone, "code-why")
    phone.goto("/r/codes/")
    expect(phone.locator(".code-picture")).to_be_visible()

    desk.go_back()
    expect(desk.get_by_role("button", name="打印纸质码")).to_be_visible()
    desk.get_by_role("button", name="打印纸质码").click()
    expect(desk.locator(".code-paper")).to_be_visible()
    looked_at(desk, "code-paper")
    desk.goto("/desk/appeals/")
    looked_at(desk, "code-appeals")

"""A message to a building in a real browser: looked at, sent, and whoever no gateway tells is called and reached."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
BUILDING = "粮油宿舍1号楼"  # nobody else's journey goes there
FILLED = {"what": "地下室进水", "when": "今晚9点", "where": "社区活动室", "bring": "药和身份证"}


def test_a_building_is_told_and_somebody_is_reached_by_a_call(
    open_page: Open, sign_in: SignIn, looked_at: Look
) -> None:
    office = open_page()
    sign_in(office, "bingsi-shuji")
    people = _the_office_sends(office, looked_at)
    _all_fall_to_the_call_list(office, people, looked_at)
    worker = open_page(phone=True)
    sign_in(worker, "helpline")
    _the_worker_calls(worker, looked_at)
    office.reload()
    expect(office.locator(".tile").first).to_contain_text(re.compile(rf"[1-9]\d*\s*/\s*{people}"))
    looked_at(office, "message-reached")


def _the_office_sends(office: Page, looked_at: Look) -> int:
    office.goto("/desk/messages/new")
    office.locator("[name=template][value=evacuate]").check()
    office.locator("[name=audience][value=households]").check()
    office.locator("#area").fill(BUILDING)
    office.get_by_role("button", name="先看内容和人数").click()
    expect(office.locator(".field-wrong")).to_have_count(3)  # what is missing is said at its field
    looked_at(office, "message-new")
    for name, text in FILLED.items():
        office.locator(f"#{name}").fill(text)
    office.get_by_role("button", name="先看内容和人数").click()
    expect(office.locator("main")).to_contain_text(FILLED["what"])
    expect(office.locator("main")).to_contain_text("12345")
    looked_at(office, "message-look")
    send = office.get_by_role("button", name=re.compile(r"发给 \d+ 人"))
    people = int(re.findall(r"\d+", send.inner_text())[0])
    assert people > 10
    send.click()
    expect(office).to_have_url(re.compile(r"/desk/messages/[0-9a-f-]{36}/"))
    return people


def _all_fall_to_the_call_list(office: Page, people: int, looked_at: Look) -> None:
    """Nothing is connected in a new installation: within seconds everybody stands on the call list, and says so."""
    for _ in range(40):
        office.reload()
        if f"{people}" in office.locator(".tile").nth(4).inner_text().split("/")[0]:
            break
        office.wait_for_timeout(500)
    expect(office.locator("main")).to_contain_text("没有接通网关")
    looked_at(office, "message")
    office.goto("/desk/messages/")
    looked_at(office, "messages")
    office.go_back()


def _the_worker_calls(worker: Page, looked_at: Look) -> None:
    worker.goto("/desk/calls/")
    looked_at(worker, "calls")
    worker.locator("main a.button-wide").first.click()
    expect(worker.locator("main")).not_to_contain_text(re.compile(r"1\d{10}"))
    worker.get_by_role("button", name="显示号码").click()
    expect(worker.locator("a[href^='tel:']").first).to_be_visible()
    expect(worker.locator("blockquote").first).to_contain_text(FILLED["what"])
    looked_at(worker, "call")
    worker.locator("[name=outcome][value=reached]").check()
    worker.get_by_role("button", name="记下").click()
    expect(worker).to_have_url(re.compile(r"/desk/calls/$"))

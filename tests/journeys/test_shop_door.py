"""A shop's door without a network: a code that is shown checks in once, its receipt comes, a tracer finds the person;
whoever has neither phone nor code goes in after a tally, a rider and a lorry after a line of the register."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys import coding, phones
from tests.journeys.phones import WITHIN
from tests.journeys.product import Product
from tests.journeys.test_checkpoint import KEEPER, SECRETARY, counts, says
from tests.journeys.test_gate_slips import opens, stands, typed

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]


def a_venue_with_its_poster(desk: Page) -> str:
    """The first one in the list of the secretary's venues, which another journey may have given one; its name."""
    desk.goto("/desk/venues/")
    desk.locator("tbody a, main li a").first.click()
    name = desk.locator("h1").inner_text()
    if desk.get_by_role("heading", name="第一张海报").count():
        desk.get_by_role("button", name="发出").click()
    expect(desk.get_by_role("link", name="海报（PDF）")).to_be_visible()
    return name


def comes_by(page: Page, kind: str, purpose: str, plate: str, drop: str) -> None:
    """The form for vehicles; two quick taps at its end are one line."""
    page.get_by_role("button", name="车辆、快递外卖").click()
    page.locator("label.choice", has_text=kind).click()
    page.get_by_role("button", name=purpose).click()
    page.get_by_label("车牌，有才写").fill(plate)
    page.get_by_label("放在哪里").fill(drop)
    page.get_by_role("button", name="登记，放行").dblclick()
    says(page, "through", "已记下，请进")
    page.get_by_role("button", name="下一位").click()


def the_register_has_them(desk: Page) -> None:
    """Under the lines' own words; somebody who has no plate left none."""
    desk.get_by_role("link", name="来访和车辆登记").click()
    lines = desk.locator("main li.card")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("车辆")
    expect(lines.nth(0)).to_contain_text("晋A00000")
    expect(lines.nth(1)).to_contain_text("快递、外卖")
    expect(lines.nth(1)).not_to_contain_text("车牌")


def test_a_code_checks_in_at_a_shops_door(
    browser: Browser, product: Product, open_page: Open, sign_in: SignIn, looked_at: Look, tmp_path: Path
) -> None:
    codes, desk = coding.texts(product.var), open_page()
    sign_in(desk, SECRETARY)
    venue = a_venue_with_its_poster(desk)
    opens(desk, "店门口", venue)
    looked_at(desk, "checkpoint-of-a-venue")
    with phones.opened(browser, tmp_path / "phone", product.base_url) as phone:
        page = phone.pages[0]
        sign_in(page, KEEPER)
        page.goto("/phone/")
        stands(page, "店门口")
        phone.set_offline(True)
        while (missing := page.locator(".gate-toggles [aria-pressed=false]")).count():
            missing.first.click()
        typed(page, codes["red"])
        says(page, "aside", "红码，请到一旁")
        page.get_by_role("button", name="下一位").click()
        typed(page, codes["green"])
        expect(page.locator(".gate-checked-in")).to_have_text(f"已登记到访：{venue}", timeout=WITHIN)
        looked_at(page, "checkpoint-checked-in")
        page.get_by_role("button", name="没手机没码").click()
        says(page, "through", "已记下，请进")
        expect(page.locator(".gate-checked-in")).to_have_count(0)
        page.get_by_role("button", name="下一位").click()
        comes_by(page, "快递外卖", "送餐", "", "一楼前台")
        comes_by(page, "车辆", "搬家", "晋 a·00000", "后门")
        assert counts(page) == {"passes": 5, "aside": 1, "entries": 2, "emergencies": 0}
        assert coding.told(product.var, "tracing.py", codes["green"], venue) == {"rows": 0, "met": False}
        phone.set_offline(False)
        expect(page.locator("#gate-count-unsent")).to_have_text("0", timeout=WITHIN)
        page.locator(".nav-item", has_text="我发的").click()
        entry = page.locator(".task", has_text=f"凭码登记到访：{venue}")
        expect(entry).to_have_count(1)
        expect(entry.locator(".tag")).to_have_text("服务器已收", timeout=WITHIN)
        expect(entry).to_contain_text("回执")
    assert coding.told(product.var, "tracing.py", codes["green"], venue) == {"rows": 1, "met": True}
    assert coding.told(product.var, "tracing.py", codes["red"], venue)["rows"] == 0
    the_register_has_them(desk)

"""From the call in 水产宿舍 to the patient's own "received": taken down at the helpline, bought and brought by the grid
worker, closed by the patient on their page. On the way the insurance card goes out and comes back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey
WORKER, SECRETARY, COMPOUND = "shuangsan-1", "shuangsan-shuji", "水产宿舍"
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]


def the_call(page: Page, looked_at: Look) -> None:
    """Somebody from the compound rings the community's number: two tablets left, two a day."""
    page.goto("/desk/helpline/")
    looked_at(page, "helpline")
    page.get_by_role("link", name="药快吃完了").click()
    page.locator("#q").fill("李")
    page.locator("form:has(#q) button").click()
    page.locator("main a.button", has_text=COMPOUND).last.click()
    looked_at(page, "medicine-new")
    page.get_by_label("什么药？").fill("左甲状腺素钠片")
    page.get_by_label("还剩几片？").fill("2")
    page.get_by_label("一天几片？").fill("0")
    page.get_by_role("button", name="登记").click()
    expect(page.locator(".errorlist")).to_contain_text("请问清每天吃几片")
    page.get_by_label("一天几片？").fill("2")
    page.get_by_role("button", name="登记").click()
    expect(page.locator("main")).to_contain_text("不够一天")
    looked_at(page, "medicine-one")


def step(page: Page, name: str) -> None:
    """Open the form of a move if it is closed, and send it."""
    card = page.locator("details.card", has=page.locator("summary", has_text=name)).first
    if card.get_attribute("open") is None:
        card.locator("summary").click()
    card.get_by_role("button", name=name).click()


def bought_and_brought(page: Page, looked_at: Look) -> None:
    page.get_by_label("或写医院、别的药店名称").fill("市第二人民医院")
    step(page, "定医院或药店")
    page.get_by_text("我自己").click()
    step(page, "定谁去买")
    page.get_by_label("药费（元）").fill("31.80")
    page.get_by_label("病人给您的钱（元）").fill("50")
    page.get_by_label("小票号码").fill("002931")
    step(page, "买到了")
    page.goto("/desk/medicine/buying/")
    looked_at(page, "medicine-buying")
    page.locator("main a", has_text="左甲状腺素钠片").click()
    step(page, "出发去送")
    page.get_by_label("交了什么药？").fill("左甲状腺素钠片")
    page.get_by_label("多少？").fill("2盒")
    page.get_by_text("同住的人").click()
    page.get_by_label("收药人姓名").fill("李小明")
    page.get_by_label("找回给病人的钱（元）").fill("18.20")
    step(page, "已交到手")
    expect(page.locator("main")).to_contain_text("已送到，等病人确认")
    expect(page.locator("summary", has_text="病人说收到了")).to_have_count(0)


def the_card_comes_back(page: Page, looked_at: Look) -> None:
    page.goto("/desk/medicine/cards/")
    looked_at(page, "medicine-cards")
    held = page.get_by_role("button", name="已还病人")
    before = held.count()
    held.first.click()
    expect(held).to_have_count(before - 1)
    page.get_by_label("下班清点：您手上数出几张？").fill(str(before))
    page.locator("form[action$='cards/count'] button").click()
    expect(page.locator("main")).to_contain_text("逐个姓名核对")


def test_from_the_call_to_the_patients_own_word(open_page: Open, sign_in: SignIn, looked_at: Look) -> None:
    worker, secretary, patient = open_page(phone=True), open_page(), open_page(phone=True)
    sign_in(secretary, SECRETARY)
    the_call(secretary, looked_at)
    where = secretary.url
    secretary.goto("/desk/medicine/")
    expect(secretary.locator(f"main a[href='/{where.split('/', 3)[-1]}']")).to_be_visible()
    sign_in(worker, WORKER)
    worker.goto("/desk/medicine/")
    looked_at(worker, "medicine")
    worker.goto(where)
    worker.get_by_role("button", name="发一个查询网址").click()
    address = worker.locator(".poster-address").inner_text()
    looked_at(worker, "medicine-link")
    patient.goto(address)
    expect(patient.locator("main")).to_contain_text("已登记")
    expect(patient.locator("main")).not_to_contain_text("左甲状腺素钠片")
    patient.get_by_role("button", name="我还在等").click()
    looked_at(patient, "medicine-told")
    worker.goto(where)
    worker.get_by_role("button", name="病人把医保卡交给我").click()
    worker.goto(where)
    bought_and_brought(worker, looked_at)
    patient.reload()
    patient.get_by_role("button", name="我收到了", exact=True).click()
    expect(patient.locator("main")).to_contain_text("谢谢，已办结")
    worker.goto(where)
    expect(worker.locator("main")).to_contain_text("已收到")
    worker.get_by_role("button", name="打电话问候").click()
    looked_at(worker, "medicine-call")
    the_card_comes_back(worker, looked_at)

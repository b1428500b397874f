"""A notice is pasted, placed, put in force; the worker sees the zone at a door and asks what is needed there; the
page of its release names what is open."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Window = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Looked = Callable[[Page, str], None]
NOTICE = """关于划定封控区的通告
第33号
一、封控区
迎泽区：水产宿舍1号楼、水产宿舍3号楼西单元、晋鑫便利店
二、管控区
迎泽区：水产宿舍(水产宿舍1号楼除外)"""


def test_a_notice_becomes_zones_that_a_worker_meets_at_the_door(
    open_page: Window, sign_in: SignIn, looked_at: Looked
) -> None:
    office = open_page()
    sign_in(office, "yingze")
    office.goto("/desk/zones/notices/new")
    looked_at(office, "zone-notice-new")
    office.locator("#text").fill(NOTICE)
    _press(office, "main form .button-main")
    expect(office.locator("#left")).to_contain_text("4条中还有4条没有落实到地点")
    looked_at(office, "zone-notice")
    _press(office, "#line-1 button.button-main")
    _press(office, "#line-2 button[name=said][value=chosen]")
    _press(office, "#line-3 button[value=waiting]")
    _press(office, "#line-4 button.button-main")
    expect(office.locator("#left")).to_contain_text("4条中还有1条")
    office.locator("#authority").fill("太原市疫情防控工作领导小组办公室")
    _press(office, "main section form .button-main")
    looked_at(office, "zones")
    _press(office, "main tbody a:text-is('水产宿舍1号楼')")
    expect(office.locator("#needs ~ .tiles .tile").first).to_contain_text("36")
    looked_at(office, "zone")
    _press(office, "section[aria-labelledby=release] a.button")
    expect(office.locator("main")).to_contain_text("项条件没有满足")
    expect(office.locator("main")).to_contain_text("连续14天没有新增感染者")
    looked_at(office, "zone-release")
    office.goto("/desk/zones/")
    _press(office, "main tbody a:text-is('水产宿舍3号楼西单元')")
    _press(office, ".notice a.button")
    looked_at(office, "zone-edge")
    _at_the_door(open_page(phone=True), sign_in, looked_at)
    secretary = open_page()
    sign_in(secretary, "shuangsan-shuji")
    secretary.goto("/desk/zones/")
    _press(secretary, "main tbody a:text-is('水产宿舍1号楼')")
    _press(secretary, "#needs ~ .buttons a")
    looked_at(secretary, "zone-service")
    anybody = open_page(phone=True)
    anybody.goto("/r/zones/?q=水产宿舍1号楼")
    expect(anybody.locator("#found")).to_contain_text("足不出户")
    looked_at(anybody, "zones-here")


def _at_the_door(phone: Page, sign_in: SignIn, looked_at: Looked) -> None:
    """The door's page says what applies, and its form asks what the household needs."""
    sign_in(phone, "shuangsan-1")
    for _try in range(20):  # the worker puts the doors on the list within seconds
        phone.goto("/field/?q=水产宿舍")
        if phone.locator("main a[href*='/field/door/']").count():
            break
        phone.wait_for_timeout(500)
    _press(phone, "main a[href*='/field/door/'] >> nth=0")
    expect(phone.locator("main")).to_contain_text("这一户在封控区内")
    expect(phone.locator("main")).to_contain_text("要问")
    looked_at(phone, "zone-door")


def _press(page: Page, where: str) -> None:
    with page.expect_navigation():
        page.locator(where).first.click()

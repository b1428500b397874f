"""The town asks the question of the article (基本生活物资): what is known counts, two doors are asked, all see it."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import Window

SignIn = Callable[[Page, str], None]
Looked = Callable[[Page, str], None]
WITHIN = 45_000  # ms; the engine is 1.7 MB of script on a busy machine
SUM = re.compile(r"应问\s*(\d+)\s*=(.*)")


def figures(page: Page) -> dict[str, int]:
    """The sum as the page writes it out, checked: the parts are the whole."""
    said = SUM.search(" ".join(page.locator("#sum").inner_text().split()))
    assert said
    parts = {word: int(number) for word, number in re.findall(r"([^\d+\s]+)\s*(\d+)", said[2])}
    assert sum(parts.values()) == int(said[1])
    return {"应问": int(said[1]), **parts}


def opened(page: Page) -> Locator:
    """The door's form in Web Forms."""
    expect(page.locator("html.web-form-here")).to_have_count(1, timeout=WITHIN)
    return page.locator("[data-web-form-place]")


def ask(page: Page, title: str, area: str, looked_at: Looked | None = None) -> tuple[int, int]:
    """Ask of an area whether supplies last; returns how many were known, of how many, before anything was sent."""
    page.goto("/asks/new")
    part = page.locator("details", has=page.locator("summary", has_text="基本生活物资"))
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    part.locator("input[name=questions]").first.check()
    page.locator("#id_area").select_option(label=area)
    page.locator("#id_title").fill(title)
    page.locator("#id_purpose").fill("给缺东西的家庭送东西")
    if looked_at:
        looked_at(page, "ask-new")
    page.locator("button[value=check]").click()
    said = re.search(r"应问 (\d+)，已知 (\d+)", page.locator("#estimate").inner_text())
    assert said
    if looked_at:
        looked_at(page, "ask-check")
    return int(said[2]), int(said[1])


def visit(page: Page, number: int, answer: str) -> str:
    """Fill in the form of one of the doors on today's list; returns what the page said afterwards."""
    page.goto("/field/")
    link = page.locator("a.task-link", has_text="摸排").nth(number)
    page.goto(str(link.get_attribute("href")))
    page.locator("a[href*='/questions']").click()
    form = opened(page)
    form.locator("label", has_text=answer).first.click()
    page.get_by_role("button", name="保存回答").click()
    page.wait_for_url("**/field/", timeout=WITHIN)
    return page.locator("#messages").inner_text()


def test_the_town_asks_once_and_sees_every_number_settle(open_page: Window, sign_in: SignIn, looked_at: Looked) -> None:
    town = open_page()
    sign_in(town, "qiaodong")
    known, total = ask(town, "统计无基本生活物资的", "　双塔北路社区", looked_at)
    assert (known, total > 50) == (0, True)
    town.locator("button[value=send]").click()
    expect(town.locator("#messages")).to_contain_text("已下发")
    assert figures(town) == {"应问": total, "已知": 0, **dict.fromkeys(figures(town).keys() - {"应问", "已知"}, 0)} | {
        "未问到": total
    }
    looked_at(town, "ask")

    worker = open_page(phone=True)
    sign_in(worker, "shuangbei-1")
    assert "已记下" in visit(worker, 0, "没有了")
    assert "已记下" in visit(worker, 0, "够用")
    looked_at(worker, "field-after")

    town.reload()
    after = figures(town)
    assert (after["已答"], after["未问到"], after["应问"]) == (2, total - 2, total)

    # Asked again by the community: what two doors said is known, and it is pointed to the ask of the town.
    secretary = open_page()
    sign_in(secretary, "shuangbei-shuji")
    again, of = ask(secretary, "社区也问物资", "双塔北路社区")
    assert (again, of) == (2, total)
    expect(secretary.get_by_role("heading", name="已经有人在问")).to_be_visible()
    expect(secretary.locator("button.button-main[value=send]")).to_have_count(0)
    looked_at(secretary, "ask-covered")

    town.get_by_role("link", name=re.compile("未问到")).first.click()
    expect(town.locator("tbody tr").first).to_contain_text("网格员")
    looked_at(town, "ask-lines")

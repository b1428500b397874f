"""An evacuation before a flood: opened by an order, everybody called and answered, followed on the board."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]


def test_opened_by_an_order_and_answered_person_by_person(open_page: Open, sign_in: SignIn, looked_at: Look) -> None:
    office = open_page()
    sign_in(office, "qingxu-zhengling")
    _the_office_opens_it(office, looked_at)
    worker = open_page(phone=True)
    sign_in(worker, "dengqiao-1")
    _the_worker_calls(worker, looked_at)
    office.goto("/command/board/")
    expect(office.locator("main")).to_contain_text("乌马河")
    looked_at(office, "board-flood")


def _the_office_opens_it(office: Page, looked_at: Look) -> None:
    office.goto("/command/responses/open")
    office.locator("[name=title]").fill("乌马河沿岸转移(演练)")
    office.locator("[name=protocol][value=flood-evacuation]").check()
    office.locator("[name=area]").fill("邓桥村")
    office.locator("[name=authority]").fill("清徐县防汛抗旱指挥部")
    office.locator("[name=document_no]").fill("清汛演〔2021〕1号")
    office.locator("[name=ground]").fill("《中华人民共和国防洪法》")
    office.locator("[name=remedy]").fill("可拨打12345")
    office.locator("[name=drill]").check()
    looked_at(office, "response-open")
    office.locator("main form button.button-main").first.click()
    looked_at(office, "response-check")  # says whom it concerns before anything is done
    expect(office.locator("main")).to_contain_text(re.compile(r"\d+"))
    office.locator("main form button.button-main").first.click()
    expect(office).to_have_url(re.compile(r"/command/responses/[0-9a-f-]{36}/"))


def _the_worker_calls(worker: Page, looked_at: Look) -> None:
    for _ in range(20):  # the worker process answers the order within seconds
        worker.goto("/field/")
        if worker.locator(".task").count():
            break
        worker.wait_for_timeout(500)
    doors = int(worker.locator(".tabs-count").first.inner_text())
    assert doors > 100
    worker.locator(".task-link").first.click()
    looked_at(worker, "door-flood")
    each = worker.locator("form button[name=outcome][value=done]:not(.outcome-done)")
    while each.count():  # each person called and answered
        left = each.count()
        each.first.click()
        expect(each).to_have_count(left - 1)
    worker.locator(".outcome-done").click()
    expect(worker.locator(".tabs-count").first).to_have_text(str(doors - 1))

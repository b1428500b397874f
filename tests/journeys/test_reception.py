"""The article's "接待红码、黄码居民": who meets them, where they wait, by which way they go, and how it ends."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.coding import told
from tests.journeys.product import Product

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
TENT, WAY = "西门值班室旁", "沿东墙到楼门，走楼梯"


def test_a_red_and_a_yellow_code_come_back(product: Product, open_page: Open, sign_in: SignIn, looked_at: Look) -> None:
    case = told(product.var, "receiving.py")
    secretary = open_page()
    sign_in(secretary, "bingsi-shuji")
    _a_place_for_waiting_is_set_up(secretary, case, looked_at)

    gate, worker = open_page(phone=True), open_page(phone=True)
    sign_in(gate, "bingsi-kadian")
    sign_in(worker, case["worker"])
    _the_gate_takes_a_red_code_down(gate, case, looked_at)
    _the_worker_meets_them_and_nobody_is_bound_yet(worker, case, looked_at)
    authority = open_page()
    sign_in(authority, "yingze-zhengling")
    _the_authority_confirms(authority, case)
    _handed_to_who_takes_them(worker, looked_at)

    _a_yellow_code_was_announced_and_goes_in(secretary, case)
    secretary.goto("/desk/receptions/?tab=over")
    expect(secretary.locator("main")).to_contain_text("交给送隔离点的人")
    expect(secretary.locator("main")).to_contain_text("问过情况，进去了")
    looked_at(secretary, "reception-over")


def _a_place_for_waiting_is_set_up(secretary: Page, case: dict[str, str], looked_at: Look) -> None:
    secretary.goto("/desk/receptions/places/")
    secretary.locator("#place").select_option(case["place"])
    secretary.locator("#name").fill(TENT)
    secretary.locator("#way").fill(WAY)
    for mark in ("sheltered", "warm"):
        secretary.locator(f"input[name={mark}]").check()
    secretary.locator("main .form-end button").click()
    expect(secretary.locator("main")).to_contain_text(TENT)
    looked_at(secretary, "reception-places")


def _taken_down(page: Page, case: dict[str, str], shown: str, how: str) -> None:
    page.goto("/desk/receptions/new")
    page.locator(f"input[name=how][value={how}]").check()
    page.locator("#place").select_option(case["place"])
    page.locator(f"input[name=shown][value={shown}]").check()


def _the_gate_takes_a_red_code_down(gate: Page, case: dict[str, str], looked_at: Look) -> None:
    _taken_down(gate, case, "red", "gate")
    gate.locator("input[name=care][value=old]").check()
    looked_at(gate, "reception-new")
    gate.locator("main .form-end button").click()
    main = gate.locator("main")
    for said in ("谁去接", TENT, WAY, "红码", "老人"):
        expect(main).to_contain_text(said)
    expect(main.locator("a[href='tel:120']").first).to_be_visible()
    expect(main).not_to_contain_text("住哪一户")  # who lives where is not the gate's to see
    looked_at(gate, "reception-gate")


def _the_worker_meets_them_and_nobody_is_bound_yet(worker: Page, case: dict[str, str], looked_at: Look) -> None:
    if worker.locator("form[action='/rule/first-shift/read'] button").count():
        worker.locator("form[action='/rule/first-shift/read'] button").click()
    worker.goto("/field/")
    worker.locator("main .notice a[href='/desk/receptions/']").click()
    looked_at(worker, "reception-list")
    worker.locator("main .card h2 a").first.click()
    worker.get_by_role("button", name="我接到人了").click()
    worker.locator("#home").fill(case["door"])
    worker.locator("form:has(#home) button").click()
    masked = worker.locator("main form:has(input[name=person])")
    expect(masked).not_to_contain_text(case["name"])
    masked.locator(".choice", has_text=case["name"][0]).first.locator("input").check()
    masked.locator("button").click()
    main = worker.locator("main")
    expect(main).to_contain_text(case["name"])
    expect(main).to_contain_text("先回家，请本人先不出门")
    expect(main.locator("input[name=how][value=home]")).to_have_count(0)
    looked_at(worker, "reception-met")


def _the_authority_confirms(authority: Page, case: dict[str, str]) -> None:
    authority.goto(f"/desk/orders/?response={case['response']}&role=close_contact")
    authority.locator(f"input[name=order][value='{case['order']}']").check()
    authority.locator("[name=document_no]").fill("迎防办演隔〔2022〕41号")
    authority.locator("[data-bulk-button]").click()


def _handed_to_who_takes_them(worker: Page, looked_at: Look) -> None:
    worker.reload()
    main = worker.locator("main")
    expect(main).to_contain_text("到隔离点执行")
    looked_at(worker, "reception-ordered")
    main.locator("input[name=how][value=transfer]").check()
    main.get_by_role("button", name="记下").click()
    expect(worker).to_have_url(re.compile("/desk/receptions/$"))


def _a_yellow_code_was_announced_and_goes_in(secretary: Page, case: dict[str, str]) -> None:
    _taken_down(secretary, case, "yellow", "phone")
    secretary.locator("#expected_at").fill(secretary.evaluate(
        "new Date(Date.now() + 3600e3 - new Date().getTimezoneOffset() * 60e3).toISOString().slice(0, 16)"
    ))  # fmt: skip
    secretary.locator("main .form-end button").click()
    secretary.get_by_role("button", name="人到了").click()
    secretary.get_by_role("button", name="我接到人了").click()
    secretary.locator("main input[name=how][value=let_in]").check()
    secretary.get_by_role("button", name="记下").click()
    expect(secretary).to_have_url(re.compile("/desk/receptions/$"))

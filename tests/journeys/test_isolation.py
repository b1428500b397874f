"""An isolation from the authority's confirmation to a green code, each step by the person whose step it is."""

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


def test_from_the_order_to_a_green_code(product: Product, open_page: Open, sign_in: SignIn, looked_at: Look) -> None:
    case = told(product.var, "isolating.py", "order")
    authority = open_page()
    sign_in(authority, "yingze-zhengling")
    _the_authority_confirms(authority, case)

    worker = open_page(phone=True)
    sign_in(worker, case["worker"])
    case |= told(product.var, "isolating.py", "door", case["order"])
    _the_worker_hands_the_paper_over(worker, case, looked_at)

    secretary = open_page()
    sign_in(secretary, "bingsi-shuji")
    _the_five_are_complete(secretary, case, looked_at)

    told(product.var, "isolating.py", "last", case["order"])
    resident = open_page(phone=True)
    _the_resident_reads_who_answers(resident, case, looked_at)

    doctor = open_page()
    sign_in(doctor, "yisheng")
    _the_doctor_signs(doctor, case, looked_at)
    _the_authority_releases(authority, case, looked_at)
    _the_code_is_green_and_the_paper_opens(resident)


def _the_authority_confirms(authority: Page, case: dict[str, str]) -> None:
    authority.goto(f"/desk/orders/?response={case['response']}&role=close_contact")
    authority.locator(f"input[name=order][value='{case['order']}']").check()
    authority.locator("[name=document_no]").fill("迎防办演隔〔2022〕31号")
    authority.locator("[data-bulk-button]").click()
    authority.goto(f"/desk/orders/{case['order']}/")
    expect(authority.locator("main")).to_contain_text("迎防办演隔〔2022〕31号")


def _the_worker_hands_the_paper_over(worker: Page, case: dict[str, str], looked_at: Look) -> None:
    if worker.locator("form[action='/rule/first-shift/read'] button").count():
        worker.locator("form[action='/rule/first-shift/read'] button").click()
    worker.goto(case["door"])
    worker.locator("a", has_text=f"{case['name']}的隔离通知书").click()
    looked_at(worker, "isolation-paper")
    worker.locator("input[name=signed][value=signed]").check()
    worker.locator("form:has(input[name=signed]) .form-end button").click()
    expect(worker.locator("main")).to_contain_text("本人已签")
    looked_at(worker, "isolation-door")


def _the_five_are_complete(secretary: Page, case: dict[str, str], looked_at: Look) -> None:
    address = f"/desk/isolation/{case['response']}/{case['home']}/helpers"
    for kind, name in (("police", "周强"), ("volunteer", "赵小燕")):
        secretary.goto(address)
        secretary.locator(f"input[name=kind][value={kind}]").check()
        secretary.locator("[name=name]").fill(name)
        secretary.locator("[name=phone]").fill("13900001111")
        secretary.locator("input[name=place]").first.check()
        secretary.locator("main form .form-end button").click()
        expect(secretary.locator("main dl")).to_contain_text(name)
    expect(secretary.locator("main dl")).not_to_contain_text("还没有人")
    looked_at(secretary, "isolation-helpers")


def _the_resident_reads_who_answers(resident: Page, case: dict[str, str], looked_at: Look) -> None:
    resident.goto(case["code"])
    resident.locator("main form button").first.click()
    resident.locator("a[href$='/why']").first.click()
    resident.locator("a", has_text="我的隔离").click()
    expect(resident.locator("main")).to_contain_text("周强")
    expect(resident.locator("main a[href='tel:13900001111']").first).to_be_visible()
    looked_at(resident, "isolation-own")


def _the_doctor_signs(doctor: Page, case: dict[str, str], looked_at: Look) -> None:
    box = f"input[name=order][value='{case['order']}']"
    for _try in range(20):  # the clock's alarm proposes it within seconds
        doctor.goto("/desk/isolation/signing/")
        if doctor.locator(box).count():
            break
        doctor.wait_for_timeout(1000)
    looked_at(doctor, "isolation-signing")
    doctor.locator(box).check()
    doctor.locator("[data-bulk-button]").click()
    expect(doctor.locator(box)).to_have_count(0)


def _the_authority_releases(authority: Page, case: dict[str, str], looked_at: Look) -> None:
    box = authority.locator(f"input[name=order][value='{case['order']}']")
    authority.goto("/desk/isolation/releases/")
    looked_at(authority, "isolation-releases")
    box.check()
    authority.locator("[data-bulk-button]").click()
    expect(box).to_have_count(0)


def _the_code_is_green_and_the_paper_opens(resident: Page) -> None:
    resident.locator("a[href$='/why']").click()
    expect(resident.locator(".code-word")).to_have_text(re.compile("绿"))
    resident.locator("a", has_text="我的隔离").click()
    paper = resident.locator("a[href$='/release.pdf']").get_attribute("href")
    assert paper
    answer = resident.request.get(paper)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF")

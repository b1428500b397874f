"""A resident asks, the desk checks, shows and prints, the Response is closed, days pass, and the proof is there."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.installation import ROOT, Installation, install
from tests.journeys.product import answers, end, free_port

pytestmark = pytest.mark.journey
PASSWORD = "spring-2022-drill"
BUILD = f"""
import json
from datetime import timedelta
from wangge.base import clock, worker
from wangge.demo import small
from wangge.domains.duty.models import Account
from wangge.domains.testing.actions import record_result
from wangge.domains.testing.inputs import ResultInput
from wangge.domains.testing.rules import Purpose, Value
city = small.build()
worker.run_pending()
at = clock.now() - timedelta(hours=5)
person = city.family[0]
for purpose in (Purpose.SCREEN, Purpose.RETEST):
    typed = ResultInput(city.document(person), "lab", f"L-{{purpose}}", purpose, Value.POSITIVE, True, at, at)
    record_result(typed=typed, by=city.by("jiance"))
    worker.run_pending()
for account in Account.objects.all():
    account.set_password({PASSWORD!r})
    account.save()
print(json.dumps({{"response": str(city.response.uuid), "name": person.name, "document": city.document(person)}}))
"""
DAYS_PASS = """
from datetime import timedelta
from wangge.base import clock, worker
from wangge.domains.protocol.queries import closed_responses
worker.run_pending()
for days in (1, 31):
    with clock.held(closed_responses()[0].closed_at + timedelta(days=days)):
        worker.ring_alarms()
        worker.run_pending()
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Installation, str]]:
    """A small installation of its own, whose days can pass without the other journeys' noticing."""
    installation = install(tmp_path / "own")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "wangge", "serve", "--port", str(port)], env=installation.env, cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until = time.monotonic() + 60
    while not answers(f"{url}/healthz") and time.monotonic() < until:
        time.sleep(0.2)
    yield installation, url
    end(process)


def test_from_the_question_to_the_proof(
    served: tuple[Installation, str], open_page: Callable[..., Page], looked_at: Callable[[Page, str], None]
) -> None:
    installation, url = served
    built = installation.run(BUILD)
    number = _a_resident_asks(open_page(phone=True), url, built, looked_at)
    desk = open_page()
    _sign_in(desk, url, "bingsi-shuji")
    _the_desk_answers(desk, url, built, number, looked_at)
    office = open_page()
    _sign_in(office, url, "zhihuibu")
    office.goto(f"{url}/command/responses/{built['response']}/close")
    office.locator("main form button").first.click()
    expect(office.locator("main")).to_contain_text("删除证明")
    installation.run(DAYS_PASS)
    anybody = open_page(phone=True)
    anybody.goto(f"{url}/r/{built['response']}/deleted/")
    expect(anybody.locator("main")).to_contain_text("检测结果")
    expect(anybody.locator("main")).not_to_contain_text(built["name"])
    expect(anybody.locator("table td[data-label=删除后]").first).to_have_text("0")
    looked_at(anybody, "deletion")


def _a_resident_asks(page: Page, url: str, built: dict[str, str], looked_at: Callable[[Page, str], None]) -> str:
    page.goto(f"{url}/r/{built['response']}/")
    expect(page.locator("main")).to_contain_text("12345")
    looked_at(page, "notice")
    page.get_by_role("link", name="申请查阅、更正或删除").first.click()
    page.locator("[name=kind][value=access]").check()
    page.locator("[name=name]").fill(built["name"])
    page.locator("[name=phone]").fill("139 0000 1111")
    page.locator("[name=community]").fill("并州东街四社区")
    looked_at(page, "ask")
    page.locator("main form button.button-main").click()
    expect(page.locator("h1")).to_have_text("您的申请已收到")
    looked_at(page, "asked")
    return page.locator("dd.code").inner_text()


def _sign_in(page: Page, url: str, username: str) -> None:
    page.goto(f"{url}/sign-in")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("form:has(#id_password) button").click()
    expect(page.locator("#id_password")).to_have_count(0)


def _the_desk_answers(
    desk: Page, url: str, built: dict[str, str], number: str, looked_at: Callable[[Page, str], None]
) -> None:
    desk.goto(f"{url}/desk/requests/")
    expect(desk.locator("tbody")).to_contain_text(number)
    looked_at(desk, "requests")
    desk.locator("tbody a").first.click()
    expect(desk.locator("main")).not_to_contain_text(built["document"])
    looked_at(desk, "request")
    desk.locator("form[action$=check] button").first.click()
    desk.get_by_role("link", name="查看保存的全部信息").click()
    expect(desk.locator("main")).to_contain_text(built["document"])
    expect(desk.locator("main")).to_contain_text("阳性")
    expect(desk.locator("[data-print]")).to_be_visible()
    looked_at(desk, "held")
    desk.go_back()
    desk.locator("[name=outcome][value=given]").check()
    desk.locator("[name=told][value=desk]").check()
    desk.locator("form[action$=answer] button.button-main").click()
    expect(desk.locator("main")).to_contain_text("已当面提供")

"""The published list comes in, a daughter reports for her parents on her phone, the worker finds it at the door.

Of somebody else there the worker looks up whether they were in a risk area, as they tell it.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.domains.risk.conftest import HERE, written
from tests.installation import ROOT, Installation, install
from tests.journeys.product import answers, end, free_port

from wangge.base import clock

pytestmark = pytest.mark.journey
PASSWORD = "spring-2022-drill"
BUILD = f"""
import json
from datetime import timedelta
from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.demo import small
from wangge.domains.asking.actions import Wish, send_ask
from wangge.domains.asking.actions.taking import take_questionnaire
from wangge.domains.asking.shipped import shipped_files
from wangge.domains.duty.models import Account
from wangge.domains.places.models import Place
city = small.build()
worker.run_pending()
for name, content in shipped_files():
    take_questionnaire(content=content, by=SYSTEM)
now = clock.now()
send_ask(wish=Wish(
    response=city.response, area=city.places["community"], title="行程摸排", purpose="及早找到需要检测的人",
    questions=("came_back", "came_from", "came_on", "risk_area"), deadline=now + timedelta(hours=6),
    ends_at=now + timedelta(days=2)), by=SYSTEM)
worker.run_pending()
for account in Account.objects.all():
    account.set_password({PASSWORD!r})
    account.save()
print(json.dumps({{"compound": str(Place.objects.get(kind="compound").uuid)}}))
"""
WORK = "from wangge.base import worker; worker.run_pending()"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Installation, str]]:
    """A small installation of its own: only here a list of risk areas is in force."""
    installation = install(tmp_path / "own")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "wangge", "serve", "--port", str(port)], env=installation.env, cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until = time.monotonic() + 120
    while not answers(f"{url}/healthz") and time.monotonic() < until:
        time.sleep(0.2)
    yield installation, url
    end(process)


def test_from_the_published_list_to_the_door(
    served: tuple[Installation, str], open_page: Callable[..., Page], looked_at: Callable[[Page, str], None],
    tmp_path: Path,
) -> None:  # fmt: skip
    installation, url = served
    built = installation.run(BUILD)
    office = open_page()
    _sign_in(office, url, "zhihuibu")
    _a_list_comes_in(office, url, tmp_path, looked_at)
    secretary = open_page()
    _sign_in(secretary, url, "bingsi-shuji")
    secretary.goto(f"{url}/desk/returns/posters/{built['compound']}/")
    expect(secretary.locator(".poster-address")).to_contain_text(f"/r/back/{built['compound']}/")
    looked_at(secretary, "poster")
    phone = open_page(phone=True)
    phone.goto(secretary.locator(".poster-address").inner_text())
    _a_daughter_reports(phone, "101", looked_at)
    phone.goto(f"{url}/r/back/{built['compound']}/")
    _a_daughter_reports(phone, "909", None)
    installation.run(WORK)
    _the_worker_finds_it(open_page(phone=True), url, looked_at)
    _the_secretary_settles_the_other(secretary, url, looked_at)


def _sign_in(page: Page, url: str, username: str) -> None:
    page.goto(f"{url}/sign-in")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("form:has(#id_password) button").click()
    expect(page.locator("#id_password")).to_have_count(0)


def _a_list_comes_in(office: Page, url: str, folder: Path, looked_at: Callable[[Page, str], None]) -> None:
    office.goto(f"{url}/desk/risk/")
    looked_at(office, "risk-none")
    for days, name in ((12, "list"), (13, "older")):
        stamp = clock.now().astimezone(clock.LOCAL) - timedelta(days=days)
        path = folder / f"{name}.json"
        path.write_bytes(written(f"{stamp:%Y-%m-%d %H}时", {HERE: ["学府小区7栋"]}, {HERE: ["柳林镇洋河村"]}))
        office.locator("input[type=file]").set_input_files(path)
        office.locator("form[enctype] button").click()
    expect(office.locator("main")).to_contain_text("早于现行名单")
    looked_at(office, "risk-older")
    office.goto(f"{url}/desk/risk/?q=xfxq")
    expect(office.locator("tbody").first).to_contain_text("学府小区7栋")
    looked_at(office, "risk")
    office.locator("tbody a").first.click()
    looked_at(office, "risk-area")


def _a_daughter_reports(phone: Page, door: str, looked_at: Callable[[Page, str], None] | None) -> None:
    today = date.fromisoformat(f"{clock.today()}")
    phone.locator("[name=whom][value=parents]").check()
    phone.locator("[name=people]").fill("张建国、李秀英")
    phone.locator("[name=phone]").fill("138 0000 0000")
    phone.locator("[name=came_from]").fill("山西云州松原区学府小区")
    phone.locator("[name=first]").fill((today - timedelta(days=6)).isoformat())
    phone.locator("[name=last]").fill((today - timedelta(days=1)).isoformat())
    phone.get_by_label("学府小区7栋").check()  # appears while she writes
    phone.locator("[name=travel]").select_option("train")
    phone.locator("[name=building]").fill("1")
    phone.locator("[name=unit]").fill("1")
    phone.locator("[name=door]").fill(door)
    phone.locator("[name=needs]").fill("降压药只剩三天")
    if looked_at:
        looked_at(phone, "back")
    phone.locator("main form button.button-main").click()
    expect(phone.locator("h1")).to_have_text("已收到您的报备")
    expect(phone.locator("main")).to_contain_text("集中隔离14天")
    if looked_at:
        looked_at(phone, "back-told")


def _the_worker_finds_it(phone: Page, url: str, looked_at: Callable[[Page, str], None]) -> None:
    _sign_in(phone, url, "bingsi-1")
    phone.goto(f"{url}/field/")
    phone.get_by_role("link", name="101").first.click()
    expect(phone.locator("main")).to_contain_text("返并人员已自行报备")
    looked_at(phone, "door-reported")
    phone.locator("a[href*='/desk/returns/']").first.click()
    expect(phone.locator("main")).to_contain_text("降压药只剩三天")
    looked_at(phone, "return-at-door")
    _the_worker_looks_up_where_somebody_was(phone, url, looked_at)


def _the_worker_looks_up_where_somebody_was(phone: Page, url: str, looked_at: Callable[[Page, str], None]) -> None:
    phone.goto(f"{url}/field/")
    phone.get_by_role("link", name="101").first.click()
    links = phone.locator("a[href*='/stays/']")
    open_for = links.count()
    links.first.click()
    phone.locator("#id_q").press_sequentially("xfxq")  # nothing is pressed: it is found while it is typed
    phone.locator("#found button[name=add]").first.click()
    expect(phone.locator("#stays")).to_contain_text("学府小区7栋")
    today = date.fromisoformat(f"{clock.today()}")
    phone.locator("[name=first]").fill((today - timedelta(days=6)).isoformat())
    phone.locator("[name=left]").fill((today - timedelta(days=5)).isoformat())
    phone.locator("[name=left]").blur()
    expect(phone.locator("#judged")).to_contain_text("高风险")
    expect(phone.locator("#judged")).to_contain_text("集中隔离14天")
    looked_at(phone, "stays")
    phone.locator("button[name=record]").click()
    expect(phone.locator("main")).to_contain_text("已记录")
    phone.goto(f"{url}/field/")
    phone.get_by_role("link", name="101").first.click()
    expect(phone.locator("a[href*='/stays/']")).to_have_count(open_for - 1)


def _the_secretary_settles_the_other(desk: Page, url: str, looked_at: Callable[[Page, str], None]) -> None:
    desk.goto(f"{url}/desk/returns/")
    expect(desk.locator("tbody tr")).to_have_count(1)
    expect(desk.locator("tbody")).not_to_contain_text("张建国")
    looked_at(desk, "returns")
    desk.locator("tbody a").first.click()
    expect(desk.locator("main")).to_contain_text("张建国")
    looked_at(desk, "return")
    desk.locator("[name=away][value=no_such_door]").check()
    desk.locator("form[action$=turn-away] button").click()
    expect(desk.locator("main")).to_contain_text("每条报备都对应到户了")

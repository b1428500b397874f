"""Somebody at home reports on a page of their own, also without a network; then nothing comes: the worker finds it on
the list and calls; a fever comes out of the call, and a doctor has it on the list and calls.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.installation import Installation
from tests.journeys.own import PASSWORDS, WORK, serving, sign_in

pytestmark = pytest.mark.journey
Look = Callable[[Page, str], None]
BUILD = f"""
import json
from datetime import timedelta
from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.demo import small
from wangge.domains.isolation.models import Order, Stage
from wangge.domains.monitoring import actions
from wangge.domains.monitoring.queries import watch_of
city = small.build(check_ins=False)
worker.run_pending()
person, now, today = city.family[0], clock.now(), clock.today()
order = Order.objects.create(
    response=city.response, person=person, role="close_contact", state="in_force", protocol="covid19-v8",
    clause="第八版·密切接触者管理", starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=6),
    authority="迎泽区领导小组办公室", document_no="迎防办演隔〔2022〕9号", ground="传染病防治法", remedy="12345",
    proposed_at=now, confirmed_at=now)
Stage.objects.create(order=order, measure="home_monitoring", first_day=today - timedelta(days=1),
                     last_day=today + timedelta(days=5))
with clock.held(clock.start_of(today) + timedelta(hours=1)):
    actions.keep_watches(response=city.response, by=SYSTEM)
{PASSWORDS}
print(json.dumps({{"watch": str(watch_of(person).uuid), "name": person.name}}))
"""
#: A day later nothing has come: two reports are missing.
SILENT = """
from datetime import timedelta
from wangge.base import clock, worker
for hour in (1, 12, 21):
    with clock.held(clock.start_of(clock.today() + timedelta(days=1)) + timedelta(hours=hour)):
        worker.ring_alarms()
        worker.run_pending()
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Installation, str]]:
    """A small installation of its own: only here a day goes by."""
    with serving(tmp_path / "own") as own:
        yield own


def test_from_a_page_of_ones_own_to_the_doctor(
    served: tuple[Installation, str], open_page: Callable[..., Page], looked_at: Look
) -> None:
    installation, url = served
    built = installation.run(BUILD)
    worker, resident = open_page(phone=True), open_page(phone=True)
    sign_in(worker, url, "bingsi-1")
    address = _the_worker_makes_a_page(worker, f"{url}/field/watch/{built['watch']}/", looked_at)
    _the_resident_reports(resident, address, looked_at)
    installation.run(SILENT)
    worker = open_page(phone=True)  # a day later the shift of yesterday is over
    sign_in(worker, url, "bingsi-1")
    _the_worker_calls(worker, url, built["name"], looked_at)
    installation.run(WORK)
    _the_doctor_calls(open_page(), url, built["name"], looked_at)


def _the_worker_makes_a_page(worker: Page, address: str, looked_at: Look) -> str:
    worker.goto(address)
    looked_at(worker, "watch")
    worker.locator("form[action$='/page'] button").click()
    looked_at(worker, "watch-page")
    return worker.locator(".poster-address").inner_text()


def _the_resident_reports(resident: Page, address: str, looked_at: Look) -> None:
    resident.goto(address)
    looked_at(resident, "daily")
    send = resident.locator("form[data-daily] button.button-main")
    resident.locator("[name=temperature]").fill("365")
    send.click()
    expect(resident.locator("main")).to_contain_text("是36.5℃吗")
    looked_at(resident, "daily-asked-back")
    resident.context.set_offline(True)
    resident.locator("[name=meant]").check()
    send.click()
    expect(resident.locator("[data-kept]")).to_be_visible()
    resident.context.set_offline(False)
    expect(resident.locator("h1")).to_have_text("已收到您的上报")
    looked_at(resident, "daily-sent")


def _the_worker_calls(worker: Page, url: str, name: str, looked_at: Look) -> None:
    worker.goto(f"{url}/field/silent/")
    expect(worker.locator("tbody tr").first).to_contain_text("待打电话")
    expect(worker.locator("main")).not_to_contain_text(name)
    looked_at(worker, "silent")
    worker.locator("tbody a").first.click()
    worker.locator("form[action$='/number'] button").click()
    expect(worker.locator("main")).to_contain_text("体温计上是多少度")
    looked_at(worker, "watch-call")
    worker.locator("a[href*='by=phone']").click()
    worker.locator("[name=temperature]").fill("38.4")
    worker.locator("form[action$='/report'] button.button-main").click()
    expect(worker.locator("main")).to_contain_text("没有人漏报")


def _the_doctor_calls(doctor: Page, url: str, name: str, looked_at: Look) -> None:
    sign_in(doctor, url, "yisheng")
    doctor.goto(f"{url}/desk/doctor/")
    expect(doctor.locator("tbody")).to_contain_text("发烧")
    looked_at(doctor, "doctor")
    doctor.locator("tbody a").first.click()
    expect(doctor.locator("h1")).to_have_text(name)
    expect(doctor.locator("main")).to_contain_text("38.4")
    looked_at(doctor, "doctor-call")
    doctor.locator("[name=outcome][value=well]").check()
    doctor.locator("main form[method=post] .form-end button").click()
    expect(doctor.locator("main")).to_contain_text("没有人在等电话")

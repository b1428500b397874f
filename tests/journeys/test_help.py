"""A daughter in another city asks for medicine for her mother; her mother is called and wants it; the worker brings it;
the daughter says that it was received. On the way: the form keeps its draft, and what a hazard's neighbour sees."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.installation import Installation
from tests.journeys.own import PASSWORDS, WORK, serving, sign_in

pytestmark = pytest.mark.journey
BUILD = f"""
import json
from wangge.base import worker
from wangge.demo import small
from wangge.domains.places.models import Place
city = small.build()
worker.run_pending()
{PASSWORDS}
print(json.dumps({{"compound": str(Place.objects.get(kind="compound").uuid)}}))
"""
Looked = Callable[[Page, str], None]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Installation, str]]:
    """A small installation of its own: requests stand in every list of it."""
    with serving(tmp_path / "own") as own:
        yield own


def test_from_another_city_to_the_mothers_door(
    served: tuple[Installation, str], open_page: Callable[..., Page], looked_at: Looked
) -> None:
    installation, url = served
    built = installation.run(BUILD)
    daughter = open_page(phone=True)
    receipt = _she_asks(daughter, f"{url}/r/help/{built['compound']}/", looked_at)
    installation.run(WORK)
    desk = open_page()
    sign_in(desk, url, "bingsi-shuji")
    _her_mother_is_called(desk, url, looked_at)
    installation.run(WORK)
    _the_worker_brings_it(open_page(phone=True), url, looked_at)
    installation.run(WORK)
    _she_says_received(daughter, receipt, looked_at)
    for address, name in (("r/now/", "now"), ("r/now/hospital", "now-hospital"), ("r/talk", "talk")):
        daughter.goto(f"{url}/{address}")
        looked_at(daughter, name)
    for address, name in (("desk/helpline/", "helpline"), ("desk/helpline/new", "helpline-new"),
                          ("desk/promises/", "promises")):  # fmt: skip
        desk.goto(f"{url}/{address}")
        looked_at(desk, name)
    desk.goto(f"{url}/desk/help/?tab=closed")
    expect(desk.locator("tbody")).to_contain_text("收到了")
    looked_at(desk, "help-closed")


def _she_asks(phone: Page, address: str, looked_at: Looked) -> str:
    phone.goto(address)
    expect(phone.locator(".numbers a[href='tel:120']")).to_be_visible()
    phone.locator("[name=kind][value=medicine]").check()
    phone.locator("[name=whom][value=other]").check()
    phone.locator("[name=where]").fill("1号楼1单元101")
    phone.locator("[name=phone]").fill("138 0000 0000")
    phone.locator("[name=words]").fill("我妈的降压药只剩两天，氨氯地平")
    phone.reload()  # the phone rang, the page is gone: the draft is there
    expect(phone.locator("[name=words]")).to_have_value("我妈的降压药只剩两天，氨氯地平")
    expect(phone.locator("[name=kind][value=medicine]")).to_be_checked()
    looked_at(phone, "help")
    phone.locator("main form button.button-main").click()
    expect(phone.locator("main")).to_contain_text("先问本人")
    assert phone.evaluate("localStorage.getItem('wangge-help-draft')") is None
    looked_at(phone, "help-told")
    return phone.url


def _her_mother_is_called(desk: Page, url: str, looked_at: Looked) -> None:
    desk.goto(f"{url}/desk/help/")
    expect(desk.locator("tbody tr")).to_have_count(1)
    expect(desk.locator("tbody")).not_to_contain_text("氨氯地平")
    looked_at(desk, "help-requests")
    desk.locator("tbody a").first.click()
    expect(desk.locator("main")).to_contain_text("氨氯地平")
    looked_at(desk, "help-request")
    desk.get_by_role("button", name="问过本人：要", exact=True).click()
    expect(desk.locator("main")).to_contain_text("有人在办")


def _the_worker_brings_it(phone: Page, url: str, looked_at: Looked) -> None:
    sign_in(phone, url, "bingsi-1")
    phone.goto(f"{url}/field/")
    phone.get_by_role("link", name="101").first.click()
    expect(phone.locator("main")).to_contain_text("求助：药")
    expect(phone.locator("main")).to_contain_text("氨氯地平")
    looked_at(phone, "door-asked")
    phone.locator("button[name=outcome][value=done]").last.click()
    expect(phone.locator("main")).to_contain_text("已记录")


def _she_says_received(phone: Page, receipt: str, looked_at: Looked) -> None:
    phone.goto(receipt)
    expect(phone.locator("main")).to_contain_text("说办好了")
    looked_at(phone, "help-done")
    phone.locator("button[value=receive]").click()
    expect(phone.locator("dl.facts")).to_contain_text("收到了")

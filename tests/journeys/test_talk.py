"""What is told apart leaves nothing on the phone: no cookie, no store, no entry in the history, no referrer, no cache,
and no copy with the service worker that keeps residents' codes."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Request, expect
from tests.installation import ROOT, install
from tests.journeys.product import answers, end, free_port

pytestmark = pytest.mark.journey
BUILD = """
from wangge.base.access.by import SYSTEM
from wangge.demo import small
from wangge.domains.help import apart
city = small.build()
apart.name(place=city.places["district"], account=city.accounts["zhiban"], by=SYSTEM)
print("{}")
"""
WORDS = "他打我，晚上七点以后不要打电话"
STORES = """async () => ({
  local: Object.entries(localStorage), session: Object.entries(sessionStorage),
  databases: (await indexedDB.databases()).map((one) => one.name), cookie: document.cookie, referrer: document.referrer,
  caches: await Promise.all((await caches.keys()).map(async (name) => {
    const store = await caches.open(name);
    return Promise.all((await store.keys()).map(async (one) => [one.url, await (await store.match(one)).text()]));
  })),
})"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """A small installation of its own, in which somebody is named who reads what is told apart."""
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
    installation.run(BUILD)
    yield url
    end(process)


def test_nothing_of_it_stays_on_the_phone(served: str, open_page: Callable[..., Page]) -> None:
    phone = open_page(phone=True)
    sent: list[Request] = []
    phone.on("request", lambda one: sent.append(one))  # the driver cannot hold a method of a list
    phone.goto(f"{served}/r/codes/")  # the page whose service worker keeps codes: it is there first
    phone.evaluate("navigator.serviceWorker.register('/r/codes/worker.js').then(() => navigator.serviceWorker.ready)")
    phone.reload()
    phone.goto(f"{served}/r/help/")
    before = phone.evaluate(STORES)
    cookies = {one["name"] for one in phone.context.cookies()}
    phone.goto(f"{served}/r/talk")
    length = phone.evaluate("history.length")
    came: list[Any] = []
    phone.on("response", lambda one: came.append(one))
    expect(phone.locator(".numbers a[href='tel:110']")).to_be_visible()
    assert not any(word in phone.title() + phone.url for word in ("家暴", "求助", "help", "violence", "打"))
    phone.locator("#what").fill(WORDS)
    phone.locator("#phone").fill("13800000000")
    phone.locator("main form button").click()
    expect(phone.locator("h1")).to_have_text("已经收到")
    (page,) = [one for one in came if one.request.method == "POST"]
    assert page.header_value("cache-control") == "no-store"
    assert page.header_value("referrer-policy") == "no-referrer"
    assert page.header_value("set-cookie") is None
    after = phone.evaluate(STORES)
    assert after == before | {"referrer": ""}
    assert "/r/talk" not in str(after["caches"])
    assert WORDS not in str(after)
    assert {one["name"] for one in phone.context.cookies()} == cookies
    assert phone.evaluate("history.length") == length  # sent and answered in the place of the form
    _left_at_once(phone, served, sent)


def _left_at_once(phone: Page, served: str, sent: list[Request]) -> None:
    """With one tap, in the place of the page: nobody comes back to it, and the next page does not know of it."""
    phone.locator("[data-leave]").click()
    phone.wait_for_url(lambda url: "/r/talk" not in url)
    assert phone.evaluate("document.referrer") == ""
    assert not any("/r/talk" in (one.header_value("referer") or "") for one in sent)
    phone.go_back()
    expect(phone.locator("body")).not_to_contain_text("12338")
    assert "/r/talk" not in phone.url
    phone.context.set_offline(True)
    try:
        phone.goto(f"{served}/r/talk")
        kept = phone.content()
    except Error:  # the browser's own page: nothing answers
        kept = ""
    phone.context.set_offline(False)
    assert WORDS not in kept
    assert "12338" not in kept

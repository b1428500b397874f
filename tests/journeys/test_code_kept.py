"""A resident's code without a network: there until it is over, and taken by the checkpoint's decoder and verifier."""

from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.journeys import coding, phones
from tests.journeys.product import Product

pytestmark = pytest.mark.journey
KEPT = """async () => {
  const cache = await caches.open("wangge-codes");
  const paths = (await cache.keys()).map((one) => new URL(one.url).pathname);
  return paths.includes(location.pathname) && paths.includes("/r/codes/over");
}"""
#: What was kept is over, as if midnight had passed: a page cannot turn the clock of its worker.
NEXT_DAY = """async () => {
  const cache = await caches.open("wangge-codes");
  const kept = await cache.match(location.pathname, { ignoreVary: true });
  const headers = new Headers(kept.headers);
  headers.set("Wangge-Ends", String(Date.now() - 1000));
  await cache.put(location.pathname, new Response(await kept.blob(), { status: 200, headers }));
}"""


def picture(page: Page) -> Image.Image:
    source = page.locator(".code-picture").get_attribute("src") or ""
    return Image.open(BytesIO(b64decode(source.split(",")[1])))


def test_a_code_is_there_without_a_network_until_it_is_over(
    open_page: Callable[..., Page], product: Product, looked_at: Callable[[Page, str], None], tmp_path: Path
) -> None:
    phone = open_page(phone=True)
    phone.goto(coding.own_link(product.var))
    phone.get_by_role("button", name="放到这部手机上").click()
    expect(phone.locator(".code-picture")).to_be_visible()
    address = phone.url
    phones.until(phone, KEPT, "the page was not kept")
    phone.reload()
    expect(phone.get_by_text("没有网络也打得开")).to_be_visible()
    looked_at(phone, "code-kept")

    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator(".code-picture")).to_be_visible()
    expect(phone.locator(".code-card")).to_have_css("text-align", "center")  # its styles are there too
    phone.get_by_role("link", name="我现在的颜色和原因").click()
    expect(phone.get_by_text("现在没有网络")).to_be_visible()
    expect(phone.locator(".code-picture")).to_be_visible()
    for opened in ("/r/codes/", address):
        phone.goto(opened)
        expect(phone.locator(".code-picture")).to_be_visible()
        assert phone.url == address
    said = coding.seen(product.base_url, picture(phone), tmp_path)
    assert (said["seen"], said["initials"]) == ("good", phone.locator("h1").inner_text())

    phone.evaluate(NEXT_DAY)
    phone.goto(address)
    expect(phone.get_by_role("heading", name="这是另一天的码，已经过期")).to_be_visible()
    expect(phone.locator(".code-picture")).to_have_count(0)
    expect(phone.locator("main")).to_contain_text("没有码也能进商店")
    looked_at(phone, "code-over")
    phone.context.set_offline(False)
    phone.get_by_role("link", name="打开今天的码").click()
    expect(phone.locator(".code-picture")).to_be_visible()
    phones.until(phone, KEPT, "the new page was not kept")
    phone.get_by_role("button", name="English").click()  # and not what was kept in the other language
    expect(phone.get_by_role("link", name="My colour now, and why")).to_be_visible()

"""A visitor checks in: a shop's screen through a camera, a number typed, a receipt; sent twice it is one."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.journeys import coding

pytestmark = pytest.mark.journey


def photographed(page: Page, base_url: str, folder: Path) -> str:
    """What a phone's camera reads off a screen."""
    shot = page.locator(".poster-code").screenshot()
    with Image.open(BytesIO(shot)) as picture:
        return coding.seen(base_url, picture, folder)["text"]


def test_a_visitor_checks_in_before_a_shops_screen(
    open_page: Callable[..., Page], sign_in: Callable[[Page, str], None], looked_at: Callable[[Page, str], None],
    base_url: str, tmp_path: Path,
) -> None:  # fmt: skip
    desk, screen, phone = open_page(), open_page(), open_page(phone=True)
    sign_in(desk, "bingsi-shuji")
    desk.goto("/desk/venues/")
    looked_at(desk, "venues")
    desk.locator("main table tbody a").first.click()
    if desk.get_by_role("heading", name="第一张海报").count():
        desk.get_by_role("button", name="发出").click()
    looked_at(desk, "venue")
    address = re.search(r"/r/venue/screen/\S+", desk.locator("main").inner_text())
    assert address
    screen.goto(address.group())
    looked_at(screen, "venue-screen")
    text = photographed(screen, base_url, tmp_path)
    assert text.startswith(f"{base_url}/c/")

    phone.goto(text)
    looked_at(phone, "check-in")
    phone.locator("#phone").fill("12")
    phone.get_by_role("button").click()
    expect(phone.locator(".note")).to_contain_text("号码")
    looked_at(phone, "check-in-wrong")
    phone.locator("#phone").fill("138 0013 8000")
    with phone.expect_response("**/check-in") as first:
        phone.get_by_role("button").click()
    expect(phone.locator(".done")).to_have_text("登记好了")
    looked_at(phone, "check-in-receipt")
    receipt = phone.locator("body").inner_text()
    with phone.expect_response("**/check-in") as again:
        phone.reload()  # what a hesitant finger does: the browser sends the same form once more
    assert (first.value.status, again.value.status) == (200, 200)
    assert phone.locator("body").inner_text() == receipt
    assert "13800138000" not in receipt

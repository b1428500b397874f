"""What slips at a gate in a real browser: a fever beside a green screen, an emergency that cannot be kept, two taps,
a shift that the phone lost, a gate that is closed while somebody stands there."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys import coding, phones
from tests.journeys.phones import WITHIN
from tests.journeys.product import Product
from tests.journeys.test_checkpoint import DECODER, KEEPER, KEPT, SECRETARY, camera, counts, says

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
SHIFTS = """async () => {
  const answer = await fetch("/sync/checkpoints", { headers: { "X-Wangge-App": "0.1.0" } });
  return (await answer.json()).shifts.map((one) => one.name).filter((name) => name === "西门");
}"""
#: (table, action, row) in the app's store, as a phone that ran out of something would have it.
STORE = """([table, action, row]) => new Promise((done) => {
  const opened = indexedDB.open("wangge-phone");
  opened.onsuccess = () => {
    const rows = opened.result.transaction(table, "readwrite").objectStore(table);
    const asked = rows.getAll();
    asked.onsuccess = () => {
      if (action === "lose") { globalThis.lost = asked.result; rows.clear(); }
      if (action === "find") for (const one of globalThis.lost) rows.put(one);
      if (action === "delete") rows.delete(row);
      done(asked.result.length);
    };
  };
})"""
#: A tap on a number, on a phone without a dialler that would take the screen.
CALL = "(link) => { link.addEventListener('click', (event) => event.preventDefault()); link.click(); }"
CAMERA = "document.querySelector('video').srcObject"


def until(page: Page, script: str) -> None:
    """Asked again and again: the policy lets no page evaluate a text by itself."""
    for _ in range(60):
        if page.evaluate(script):
            return
        page.wait_for_timeout(500)
    raise AssertionError(script)


def opens(desk: Page, name: str, venue: str = "") -> None:
    """The secretary opens a gate, or a venue's door, for the keeper's post."""
    desk.goto("/command/checkpoints/open")
    desk.locator("#name").fill(name)
    desk.locator("#place").select_option(index=1)
    desk.locator(f"input[name=kind][value={'shop' if venue else 'gate'}]").check(force=True)
    if venue:
        desk.locator("#venue").select_option(label=venue)
    desk.locator("input[name=post]").last.check(force=True)
    desk.locator("main form button").last.click()
    expect(desk.locator("h1")).to_contain_text(name)


def stands(page: Page, name: str) -> None:
    """By two quick taps, as a glove makes them."""
    card = page.locator(".card", has=page.locator("h2", has_text=name))
    card.get_by_role("button", name="在这里上岗").dblclick(timeout=WITHIN)
    expect(page.locator(".gate-age")).to_contain_text(re.compile("刚更新的名单|分钟前的名单"), timeout=70_000)
    until(page, DECODER)


def typed(page: Page, text: str) -> None:
    """By a scanner or a thermometer that types, with no field in the focus."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def a_fever_beside_somebody_who_went_in(page: Page, codes: dict[str, str]) -> None:
    normal = page.get_by_role("button", name="体温正常")
    normal.click()
    typed(page, "WG1:A B C")  # the spaces of a code press no button, whichever has the focus
    says(page, "again", "扫不出来")
    page.get_by_role("button", name="下一位").click()
    expect(normal).to_have_attribute("aria-pressed", "true")
    normal.focus()
    typed(page, codes["green"])
    says(page, "through", "绿码，请进")
    typed(page, "37.8")
    says(page, "aside", "发热，请先坐下")
    page.wait_for_timeout(3000)  # longer than "through" stays
    says(page, "aside", "发热，请先坐下")
    typed(page, "36.6")
    says(page, "aside", "发热，请先坐下")
    page.get_by_role("button", name="下一位").click()
    assert counts(page) == {"passes": 2, "aside": 1, "entries": 0, "emergencies": 0}


def an_emergency_that_cannot_be_kept(page: Page, looked_at: Look) -> None:
    assert page.evaluate(STORE, ["keys", "lose", ""]) == 1
    page.locator(".gate-emergency").click()
    panel = page.locator(".gate-need")
    expect(panel.get_by_role("paragraph").first).to_have_text("马上放行")
    expect(panel).to_contain_text("这一班的钥匙到期了")
    expect(panel).not_to_contain_text("已经记下")
    looked_at(page, "checkpoint-emergency-not-kept")
    page.evaluate(STORE, ["keys", "find", ""])
    panel.locator("a[href^='tel:']").last.evaluate(CALL)
    expect(panel).to_contain_text("已经记下", timeout=WITHIN)
    panel.get_by_role("button", name="人已经走了").click()
    assert counts(page)["emergencies"] == 1


def a_shift_that_the_phone_lost(page: Page, made: dict[str, int], looked_at: Look) -> None:
    page.evaluate(STORE, ["kept", "delete", "checkpoint-shift"])
    page.reload()
    expect(page.get_by_text("您在这里有一班没有下岗")).to_be_visible(timeout=WITHIN)
    looked_at(page, "checkpoint-left")
    page.get_by_role("button", name="接着这一班").click()
    expect(page.locator("#gate-count-passes")).to_be_visible(timeout=WITHIN)
    assert counts(page) == made
    until(page, f"{CAMERA}?.active")


def closed_meanwhile(desk: Page, page: Page, phone: Any) -> None:
    phone.set_offline(True)
    desk.get_by_role("link", name="撤掉这个卡点").click()
    desk.locator("main form button").click()
    expect(desk.locator("h1")).to_be_visible()
    assert page.evaluate(f"{CAMERA}.active")
    phone.set_offline(False)
    expect(page.get_by_text("这个卡点已经撤了，请下岗。")).to_be_visible(timeout=WITHIN)
    until(page, f"{CAMERA} === null")
    assert "checkpoint-list" not in page.evaluate(KEPT)
    page.get_by_role("button", name="体温正常").click()
    typed(page, "WG1:HELD")  # nothing is looked up any more
    expect(page.locator(".gate-word")).to_have_text("请进", timeout=WITHIN)


def test_what_slips_at_a_gate(
    browser: Browser, product: Product, open_page: Open, sign_in: SignIn, looked_at: Look, tmp_path: Path
) -> None:
    codes, video, desk = coding.texts(product.var), tmp_path / "camera.y4m", open_page()
    coding.blank(video)
    sign_in(desk, SECRETARY)
    opens(desk, "西门")
    with phones.opened(browser, tmp_path / "phone", product.base_url, flags=camera(video)) as phone:
        page, asked = phone.pages[0], []
        page.on("request", lambda one: asked.append(one.url))
        sign_in(page, KEEPER)
        page.goto("/phone/")
        stands(page, "西门")
        until(page, f"{CAMERA}?.active")
        lists = [url for url in asked if "/sync/list" in url or "/sync/keys" in url]
        assert lists
        assert all("at=" in url for url in lists), "the list of one's own gate, whichever others are open"
        phone.set_offline(True)
        a_fever_beside_somebody_who_went_in(page, codes)
        an_emergency_that_cannot_be_kept(page, looked_at)
        made = counts(page)
        phone.set_offline(False)
        expect(page.locator("#gate-count-unsent")).to_have_text("0", timeout=WITHIN)
        assert page.evaluate(SHIFTS) == ["西门"], "two taps are one shift"
        a_shift_that_the_phone_lost(page, made, looked_at)
        closed_meanwhile(desk, page, phone)
        assert page.evaluate(SHIFTS) == []

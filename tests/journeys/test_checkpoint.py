"""A checkpoint in a real browser with the network cut and a camera fed from a file; then the server's totals agree."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys import coding, phones
from tests.journeys.coding import STRAIGHT, Drawn
from tests.journeys.phones import WITHIN
from tests.journeys.product import Product

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
KEEPER, SECRETARY = "bingsi-kadian", "bingsi-shuji"
DECODER = """async () => {
  for (const name of await caches.keys()) {
    const kept = (await (await caches.open(name)).keys()).map((one) => one.url);
    if (name === "wangge-later" && kept.some((url) => /zxing.*[.]wasm$/.test(url))) return true;
  }
  return false;
}"""
KEPT = """() => new Promise((done) => {
  const opened = indexedDB.open("wangge-phone");
  opened.onsuccess = () => {
    const asked = opened.result.transaction("kept").objectStore("kept").getAllKeys();
    asked.onsuccess = () => done(asked.result);
  };
})"""
TOOK = "performance.getEntriesByName('scan-to-verdict').map((one) => one.duration)"
FAST = 300  # ms with a processor four times as slow


def camera(file: Path) -> list[str]:
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    return [*fake, f"--use-file-for-fake-video-capture={file}"]


def sees(page: Page, file: Path, text: str, how: Drawn = STRAIGHT) -> None:
    """The camera opens anew with this before it: the app was closed and opened, with the network still cut."""
    coding.draw(file, text, how)
    page.reload()


def says(page: Page, shown: str, words: str) -> None:
    verdict = page.locator(f".gate-verdict.gate-{shown}")
    expect(verdict).to_be_visible(timeout=WITHIN)
    expect(verdict.locator(".gate-word")).to_have_text(words)
    expect(page.locator(".gate-emergency")).to_be_visible()


def counted(page: Page, passes: int) -> None:
    """What the screen counts is kept: from then on a page that goes away takes nothing along."""
    expect(page.locator("#gate-count-passes")).to_have_text(str(passes), timeout=WITHIN)


def counts(page: Page) -> dict[str, int]:
    names = ("passes", "aside", "entries", "emergencies")
    return {name: int(page.locator(f"#gate-count-{name}").inner_text()) for name in names}


def stands(page: Page) -> None:
    """A shift begins, and everything is there for having no network: the list, the decoder, the app."""
    page.get_by_role("button", name="在这里上岗").click(timeout=WITHIN)  # where a post without doors begins
    expect(page.locator(".gate-age")).to_contain_text(re.compile("刚更新的名单|分钟前的名单"), timeout=70_000)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    for _ in range(60):
        if page.evaluate(DECODER):
            return
        page.wait_for_timeout(500)
    raise AssertionError("the decoder was not kept")


def test_a_gate_without_a_network(
    browser: Browser, product: Product, open_page: Open, sign_in: SignIn, looked_at: Look, tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    codes, video = coding.texts(product.var), tmp_path / "camera.y4m"
    coding.blank(video)
    with phones.opened(browser, tmp_path / "phone", product.base_url, flags=camera(video)) as phone:
        page = phone.pages[0]
        sign_in(page, KEEPER)
        page.goto("/phone/")
        stands(page)
        phone.set_offline(True)
        page.get_by_role("button", name="体温正常").click()
        looked_at(page, "checkpoint")
        sees(page, video, codes["green"])
        says(page, "complete", "还差一项")
        page.get_by_role("button", name="测一下体温").click()
        says(page, "through", "绿码，请进")
        counted(page, 1)
        sees(page, video, codes["red"], Drawn(scale=5, turned=14))
        says(page, "aside", "红码，请到一旁")
        looked_at(page, "checkpoint-red")
        counted(page, 2)
        sees(page, video, codes["yellow"], Drawn(scale=3))
        says(page, "aside", "黄码，请到一旁")
        counted(page, 3)
        for name, words in (("expired", "码过期了"), ("forged", "这个码不是本市发的")):
            sees(page, video, codes[name])
            says(page, "again", words)
        sees(page, video, codes["green"], Drawn(torn=True))
        says(page, "again", "扫不出来")
        sees(page, video, "wxp://f2f0AbCdEfGh")
        says(page, "again", "这是别的码")
        page.get_by_role("button", name="记一笔，放行").click()
        says(page, "complete", "还差一项")
        page.get_by_role("button", name="测一下体温").click()
        says(page, "through", "已记下，请进")
        counted(page, 4)
        coding.blank(video)
        page.reload()
        expect(page.locator("#gate-text")).to_be_visible()
        page.keyboard.type(codes["yellow"])  # a scanner that types, with no field in the focus
        page.keyboard.press("Enter")
        says(page, "aside", "黄码，请到一旁")
        counted(page, 5)
        page.get_by_role("button", name="下一位").click()
        page.locator("#gate-text").fill("37.9")
        page.keyboard.press("Enter")
        says(page, "aside", "发热，请先坐下")
        page.get_by_role("button", name="下一位").click()
        page.get_by_role("button", name="来访").click()
        page.get_by_role("button", name="看望家人").click()
        page.get_by_label("去哪一户").fill("2-1-301")
        looked_at(page, "checkpoint-visitor")
        page.get_by_role("button", name="登记，放行").click()
        assert page.evaluate("document.querySelector('video').srcObject.active"), "it goes on beside the register"
        page.get_by_role("button", name="下一位").click()
        page.locator(".gate-emergency").click()
        expect(page.get_by_text("马上放行", exact=True)).to_be_visible()
        looked_at(page, "checkpoint-emergency")
        page.get_by_role("button", name="人已经走了，下一位").click()
        expect(page.locator("#gate-count-emergencies")).to_have_text("1", timeout=WITHIN)
        made = counts(page)
        assert made == {"passes": 6, "aside": 4, "entries": 1, "emergencies": 1}
        took = with_a_slow_processor(page, video, codes["green"])
        record_property("scan to verdict in ms, processor slowed four times", round(took))
        assert 0 < took < FAST, took
        coding.blank(video)
        phone.set_offline(False)
        page.reload()
        expect(page.locator("#gate-count-unsent")).to_have_text("0", timeout=WITHIN)
        looked_at(page, "checkpoint-sent")
        desk = open_page()
        sign_in(desk, SECRETARY)
        desk.goto("/command/checkpoints/")
        desk.get_by_role("link", name="北门").click()
        row = desk.locator("tbody tr").first
        assert [int(cell) for cell in row.locator("td").all_inner_texts()[2:]] == [
            made["passes"], made["aside"], made["emergencies"],
        ]  # fmt: skip
        closes(desk, page)


def closes(desk: Page, page: Page) -> None:
    """The secretary closes the gate: the phone hears of it, and the list leaves it."""
    desk.get_by_role("link", name="撤掉这个卡点").click()
    desk.locator("main form button").click()
    page.reload()
    expect(page.get_by_text("这个卡点已经撤了，请下岗。")).to_be_visible(timeout=WITHIN)
    page.get_by_role("button", name="下岗").click()
    page.get_by_role("button", name="下岗").click()
    expect(page.get_by_text("没有您可以守的卡点")).to_be_visible(timeout=WITHIN)
    assert [name for name in page.evaluate(KEPT) if name in ("checkpoint-list", "checkpoint-shift")] == []


def with_a_slow_processor(page: Page, video: Path, text: str) -> float:
    """The longest scan to verdict, in ms. The temperature is not taken: nobody is counted."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    sees(page, video, text)
    says(page, "complete", "还差一项")
    took = max(page.evaluate(TOOK))
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    session.detach()
    return float(took)

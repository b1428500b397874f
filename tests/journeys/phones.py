"""A phone with the field app: a browser with a folder of its own, so that closing it loses nothing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.journeys import looking
from tests.journeys.conftest import FLAGS

import chromium

WITHIN = 30_000  # ms; the engine of forms is 1.7 MB of script on a busy machine
DAY_AHEAD = """{
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length ? given : [Real.now() + 86400000])); }
    static now() { return Real.now() + 86400000; }
  };
}"""
READY = """async () => {
  await navigator.serviceWorker.ready;
  for (const name of await caches.keys()) {
    const kept = (await (await caches.open(name)).keys()).map((one) => one.url);
    if (name === "wangge-later" && kept.some((url) => url.endsWith("web-forms.css"))) return true;
  }
  return false;
}"""


@contextmanager
def opened(browser: Browser, folder: Path, base_url: str, flags: Sequence[str] = ()) -> Iterator[BrowserContext]:
    """The phone switched on: whatever its folder holds is there. Fails on script errors and what the policy stopped.

    ``flags``: what else Chromium is told, such as what its camera sees.
    """
    width, height = looking.PHONE
    context = browser.browser_type.launch_persistent_context(
        folder, executable_path=chromium.ready(), args=[*FLAGS, *flags], base_url=base_url, locale="zh-CN",
        timezone_id="Asia/Shanghai", has_touch=True, viewport={"width": width, "height": height},
    )  # fmt: skip
    # Whatever is not granted is refused: above all sending in the background, which passes by a network that is cut for
    # the page alone and would make every count a race.
    context.grant_permissions(["clipboard-write"], origin=base_url)
    wrong = looking.listen(context.pages[0])
    try:
        yield context
    finally:
        context.close()
    assert wrong == []


def app(page: Page) -> None:
    """Open the app and wait until today's doors are there."""
    page.goto("/phone/")
    expect(page.locator(".task").first).to_be_visible(timeout=WITHIN)


def ready_for_no_network(page: Page) -> None:
    """Until the app itself and the engine of forms are kept."""
    until(page, READY, "the app did not get ready for having no network")


def until(page: Page, script: str, otherwise: str) -> None:
    """Until this is true in the page; half a minute at most."""
    for _ in range(60):
        if page.evaluate(script):
            return
        page.wait_for_timeout(500)
    raise AssertionError(otherwise)


def waits(page: Page, count: int) -> None:
    """The one line at the top says how many entries wait."""
    expect(page.locator(".phone-line")).to_contain_text(f"{count} 条待发", timeout=WITHIN)


def caught_up(page: Page) -> None:
    """Until the server has answered for everything."""
    expect(page.locator(".phone-line")).to_contain_text("服务器都收到了", timeout=WITHIN)


def expect_states(page: Page, states: list[str]) -> None:
    """The state of each entry under "What I sent", the latest first."""
    page.locator(".nav-item", has_text="我发的").click()
    expect(page.locator("h1", has_text="我发的")).to_be_visible()
    expect(page.locator(".task .task-top .tag")).to_have_text(states, timeout=WITHIN)

"""A shift in trouble: its key ends without a network, the line stands still, somebody else was there, an old app."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys import phones
from tests.journeys.phones import DAY_AHEAD, WITHIN

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
WORKER, SECRETARY = "jieer-1", "jieer-shuji"
LEAVER = "jieer-2"  # no other journey needs them
IN_BACKGROUND = "navigator.serviceWorker.ready.then((one) => one.sync.{})"
#: With which tables of the store the cursor is emptied: a browser may be ended between any two transactions.
TOGETHER = """{
  const put = IDBObjectStore.prototype.put;
  globalThis.together = [];
  IDBObjectStore.prototype.put = function (row, ...more) {
    if (row?.name === "cursor" && !row.value) globalThis.together.push([...this.transaction.objectStoreNames]);
    return put.call(this, row, ...more);
  };
}"""
#: The body of the first package stops half-way and never ends.
STANDS_STILL = """{
  const asked = globalThis.fetch;
  let once = true;
  globalThis.fetch = async (address, how) => {
    const answer = await asked(address, how);
    if (!once || !String(address).startsWith("/sync/package")) return answer;
    once = false;
    const half = (await answer.text()).slice(0, 100);
    const body = new ReadableStream({
      start: (line) => {
        line.enqueue(new TextEncoder().encode(half));
        how.signal.addEventListener("abort", () => line.error(how.signal.reason));
      },
    });
    return new Response(body, { status: 200, headers: answer.headers });
  };
}"""
IN_STORE = """([work, name, given]) => new Promise((done) => {
  const opening = indexedDB.open("wangge-phone");
  opening.onsuccess = () => {
    const writing = opening.result.transaction(name, "readwrite");
    const asked = writing.objectStore(name)[work](given);
    writing.oncomplete = () => { opening.result.close(); done(asked.result); };
  };
})"""


def begun(page: Page, who: str, sign_in: SignIn) -> None:
    """Signed in, today's doors here, ready for no network."""
    sign_in(page, who)
    phones.app(page)
    phones.ready_for_no_network(page)
    phones.caught_up(page)


def task_of(page: Page, door: int) -> str:
    """The task of a door of today's list."""
    return str(page.locator(".task-link").nth(door).get_attribute("href")).rsplit("/", 1)[-1]


def test_the_end_of_a_shifts_key_without_a_network_loses_nothing(
    browser: Browser, base_url: str, sign_in: SignIn, looked_at: Look, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, base_url) as phone:
        page = phone.pages[0]
        begun(page, WORKER, sign_in)
        phone.set_offline(True)
        page.locator(".task-link").nth(24).click()
        page.locator(".outcome.is-absent").evaluate("button => { button.click(); button.click(); }")
        phones.waits(page, 1)  # a tap too many is no second entry
        with page.expect_request("**/sync/contact") as asked:
            page.reload()
        assert len(json.loads(asked.value.post_data or "{}")["keys"]) == 1  # also of the key that is still held
        page.add_init_script(TOGETHER)
        page.add_init_script(DAY_AHEAD)
        page.reload()
        expect(page.get_by_text("没联网，现在看不了")).to_be_visible(timeout=WITHIN)
        phones.waits(page, 1)
        expect(page.locator(".task")).to_have_count(0)
        expect(page.get_by_text("没有待办的户")).to_have_count(0)  # nobody is told that all is done
        emptied = page.evaluate("together")
        assert emptied
        assert all({"doors", "keys"} <= set(tables) for tables in emptied)
        phones.expect_states(page, [])
        looked_at(page, "phone-key-ended")
        phone.set_offline(False)
        phones.caught_up(page)
        phones.expect_states(page, ["服务器已收"])
        page.locator(".nav-item").first.click()
        expect(page.locator(".task").first).to_be_visible()


def test_a_line_that_stands_still_is_let_go_and_what_waits_goes_out(
    browser: Browser, base_url: str, sign_in: SignIn, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, base_url) as phone:
        page = phone.pages[0]
        begun(page, WORKER, sign_in)
        page.add_init_script(STANDS_STILL)
        page.reload()
        expect(page.locator(".phone-line")).to_contain_text("断网也能记", timeout=WITHIN)
        page.locator(".task-link").nth(26).click()
        page.locator(".outcome.is-absent").click()
        phones.caught_up(page)


def test_somebody_else_said_otherwise_and_the_worker_reads_it(
    browser: Browser, base_url: str, open_page: Open, sign_in: SignIn, looked_at: Look, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, base_url) as phone:
        page = phone.pages[0]
        begun(page, WORKER, sign_in)
        task = task_of(page, 28)
        phone.set_offline(True)
        page.goto(f"/phone/#/door/{task}")
        page.locator(".outcome.is-refused").click()
        phones.waits(page, 1)
        desk = open_page()
        sign_in(desk, SECRETARY)
        desk.goto(f"/field/door/{task}/")
        desk.locator(".outcome-done").click()
        expect(desk.locator(".outcome-done")).to_have_count(0)
        phone.set_offline(False)
        phones.caught_up(page)
        phones.expect_states(page, ["服务器已存，与别人记的不一样"])
        page.locator(".task-link").first.click()
        expect(page.get_by_text("两份都留着")).to_be_visible()
        looked_at(page, "phone-kept")


def test_an_app_that_is_too_old_says_what_to_do_and_keeps_everything(
    browser: Browser, base_url: str, sign_in: SignIn, looked_at: Look, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, base_url) as phone:
        page = phone.pages[0]
        begun(page, WORKER, sign_in)
        phone.set_extra_http_headers({"X-Wangge-App": "0.0.9"})
        page.locator(".task-link").nth(30).click()
        page.locator(".outcome.is-absent").click()
        expect(page.get_by_text("这个版本太旧")).to_be_visible(timeout=WITHIN)
        expect(page.get_by_text("关掉再打开一次")).to_be_visible()
        phones.waits(page, 1)
        looked_at(page, "phone-too-old")
        phone.set_extra_http_headers({})
        page.reload()
        phones.caught_up(page)
        phones.expect_states(page, ["服务器已收"])


def test_a_half_finished_form_of_a_door_that_is_gone_is_said_and_goes_in_time(
    browser: Browser, base_url: str, sign_in: SignIn, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, base_url) as phone:
        page = phone.pages[0]
        begun(page, WORKER, sign_in)
        task = task_of(page, 5)
        page.goto(f"/phone/#/form/{task}/door")
        page.locator(".web-form input[type=radio]").first.check(force=True, timeout=WITHIN)
        page.wait_for_timeout(1200)  # the last touch is kept half a second later
        page.goto("/phone/#/")
        page.evaluate(IN_STORE, ["delete", "doors", task])  # as a package does whose "gone" names it
        page.reload()
        notice = page.locator(".notice", has_text="有张没填完的表")
        expect(notice).to_be_visible(timeout=WITHIN)
        expect(notice).to_contain_text("会从这部手机删除")
        page.evaluate(IN_STORE, ["put", "plain", {"name": "drafts-gone", "value": {task: 1}}])
        page.reload()
        phones.caught_up(page)
        expect(notice).to_have_count(0)
        assert page.evaluate(IN_STORE, ["getAllKeys", "drafts", None]) == []


def test_whoever_holds_no_post_any_more_keeps_no_doors(
    browser: Browser, base_url: str, open_page: Open, sign_in: SignIn, looked_at: Look, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, base_url) as phone:
        page = phone.pages[0]
        sign_in(page, LEAVER)
        page.goto("/phone/")
        phones.caught_up(page)
        held = [page.evaluate(IN_STORE, ["count", name, None]) for name in ("keys", "kept")]
        phone.set_offline(True)
        desk = open_page()
        sign_in(desk, SECRETARY)
        desk.goto("/command/posts/?q=解二第2网格网格员")
        desk.locator("main table th a").first.click()
        desk.locator("a.button[href*='/end/']").click()
        desk.locator("main form button").click()
        expect(desk.locator("a.button[href*='/end/']")).to_have_count(0)
        phone.set_offline(False)
        over = page.get_by_text("您在这部手机上的权限已结束")
        for _ in range(8):  # until the flow that answers the end has run
            page.wait_for_timeout(1500)
            page.reload()
            page.wait_for_timeout(1500)
            if over.is_visible():
                break
        expect(over).to_be_visible()
        expect(page.get_by_text("没有待办的户")).to_have_count(0)
        assert all(held)
        left = [page.evaluate(IN_STORE, ["count", name, None]) for name in ("keys", "kept", "doors", "forms")]
        assert left == [0, 0, 0, 0]
        looked_at(page, "phone-access-over")


def test_sending_in_the_background_is_tried_again_while_the_server_is_busy(
    browser: Browser, base_url: str, sign_in: SignIn, tmp_path: Path
) -> None:
    with phones.opened(browser, tmp_path, base_url) as phone:
        phone.grant_permissions(["clipboard-write", "background-sync"], origin=base_url)
        page = phone.pages[0]
        begun(page, WORKER, sign_in)
        (behind,) = phone.service_workers
        behind.evaluate("self.fetch = async () => ((self.asked = 1), new Response('{}', { status: 503 }))")
        page.evaluate(IN_BACKGROUND.format("register('catch-up')"))
        for _ in range(20):
            page.wait_for_timeout(250)
            if behind.evaluate("self.asked"):
                break
        page.wait_for_timeout(1000)
        assert behind.evaluate("self.asked")
        assert page.evaluate(IN_BACKGROUND.format("getTags()")) == ["catch-up"]  # the browser has it before it still

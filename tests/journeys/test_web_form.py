"""Web Forms in a real browser under the product's own content policy: words, relevance, drafts, what is sent."""

from collections.abc import Callable, Iterator
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.journeys import form_pages, looking

Looked = Callable[[Page, str], None]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.form_pages")]
WITHIN = 30_000  # ms; the engine is 1.7 MB of script on a busy machine


@pytest.fixture
def window(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A phone's browser beside the form's page; it fails on any script error and on whatever the policy stopped."""
    form_pages.received.clear()
    width, height = looking.PHONE
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", has_touch=True, viewport={"width": width, "height": height}
    )
    page = context.new_page()
    wrong = looking.listen(page)
    yield page
    context.close()
    assert wrong == []


def opened(page: Page) -> Locator:
    """The form, ready to be filled in by Web Forms and nobody else."""
    page.goto("/test-form/")
    expect(page.locator("html.web-form-here")).to_have_count(1, timeout=WITHIN)
    expect(page.locator("[data-web-form-plain]")).to_be_hidden()
    return page.locator("[data-web-form-place]")


def filled(form: Locator, words: str = "") -> None:
    form.get_by_label("家里还有几天的粮食？").press_sequentially("2")
    form.get_by_text("药", exact=True).click()
    form.get_by_text("没有", exact=True).click()
    form.get_by_label("想说的话").fill(words)


def test_it_speaks_chinese_and_says_what_is_wrong_under_the_policy(window: Page, looked_at: Looked) -> None:
    form = opened(window)
    expect(form.get_by_text("缺什么？")).to_have_count(0)  # asked only where food is short
    form.get_by_label("家里还有几天的粮食？").press_sequentially("99")
    window.get_by_role("button", name="保存回答").click()
    expect(form.get_by_text("请填 0 到 60 之间的天数。")).to_be_visible()
    expect(form.get_by_text("请回答这个问题。")).to_be_visible()
    expect(form.get_by_text("还有 2 个问题要再看一下")).to_be_visible()
    looked_at(window, "web-form-wrong")
    said = form.inner_text()
    assert [word for word in ("Send", "Condition", "error", "Powered") if word in said] == []
    assert form_pages.received == []


def test_the_answers_arrive_as_xml_once_whole(window: Page, looked_at: Looked) -> None:
    form = opened(window)
    filled(form)
    form.get_by_label("药哪天吃完？").click()
    expect(window.get_by_text("今天", exact=True)).to_be_visible()  # the calendar's own words
    expect(window.locator(".p-datepicker-panel")).to_have_css("opacity", "1")  # it comes slowly
    looked_at(window, "web-form-calendar")  # open: once a day is chosen it fades, and what axe sees is a matter of luck
    window.locator(".p-datepicker-day:visible", has_text="15").first.click()
    expect(window.locator(".p-datepicker-day:visible")).to_have_count(0)
    looked_at(window, "web-form")
    window.get_by_role("button", name="保存回答").click()
    window.wait_for_url("**/test-form/?sent=1")
    (sent,) = form_pages.received
    root = ElementTree.fromstring(sent["xml"])
    assert sent["submission"] == str(form_pages.SUBMISSION)
    assert [root.findtext(name) for name in ("h/food", "h/missing", "p1/helper")] == ["2", "medicine", "no"]
    assert str(root.findtext("p1/runs_out")).endswith("-15")


def test_a_draft_outlives_the_page_unreadable_and_goes_once_it_was_sent(window: Page) -> None:
    filled(opened(window), words="门铃坏了")
    stored = "Object.entries(localStorage).filter(([name]) => name.startsWith('wangge-draft:'))"
    window.wait_for_timeout(1500)  # the last touch is kept half a second later
    assert len(window.evaluate(stored)) == 1
    form = opened(window)
    expect(window.get_by_text("上次没存完的已经填回来了")).to_be_visible()
    expect(form.get_by_label("想说的话")).to_have_value("门铃坏了")
    assert "门铃坏了" not in str(window.evaluate(stored))
    assert "food" not in str(window.evaluate(stored))
    window.get_by_role("button", name="保存回答").click()
    window.wait_for_url("**/test-form/?sent=1")
    assert window.evaluate(stored) == []


def test_a_refusal_and_a_dead_network_leave_everything_where_it_was(window: Page) -> None:
    form = opened(window)
    filled(form, words="refused")
    window.get_by_role("button", name="保存回答").click()
    expect(window.get_by_text("请先写明是哪一户。")).to_be_visible()
    window.context.set_offline(True)
    window.get_by_role("button", name="保存回答").click()
    expect(window.get_by_text("填过的都留在这部手机上")).to_be_visible()
    expect(form.get_by_label("想说的话")).to_have_value("refused")


def test_a_browser_that_cannot_run_it_shows_the_plain_form(window: Page) -> None:
    window.add_init_script("delete globalThis.WebAssembly")
    window.goto("/test-form/")
    expect(window.locator("[data-web-form-plain]").get_by_label("家里还有几天的粮食？")).to_be_visible(timeout=WITHIN)
    expect(window.locator("html.web-form-here")).to_have_count(0)

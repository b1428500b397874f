"""The three main faces as a screen reader says them, and used by keyboard alone.

``heard/*.txt`` are the transcripts, for people to read. A page that says something else fails: write them anew with
``WANGGE_TEST_WRITE_HEARD=1 pytest tests/journeys/test_screen_reader.py``, read the difference aloud, and commit it.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextvars import Context, copy_context
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Route
from pytest_django.fixtures import Settings
from tests.flows.stage import Stage
from tests.journeys import looking
from tests.journeys.hearing import CONTROLS, Heard, hear, told

from wangge.base.worker import run_pending
from wangge.demo import small
from wangge.domains.cases.actions import decide
from wangge.domains.cases.rules import ExposureState

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
HEARD = Path(__file__).with_name("heard")
SITE = "http://wangge.test"
Show = Callable[[str, str], Page]
#: The one transcript in which the head of every page is written down.
HEAD = "field-today"
#: Who sees which page; the name is the transcript's.
FACES = {
    "field-today": ("bingsi-1", "/field/"),
    "field-door": ("bingsi-1", "door"),
    "desk-results": ("jiance", "/desk/results/"),
    "desk-result-new": ("jiance", "/desk/results/new"),
    "desk-orders": ("yingze-zhengling", "/desk/orders/"),
    "command-board": ("bingsi-shuji", "/command/board/"),
}


@pytest.fixture
def stage(db: None, frozen: Any, settings: Settings, tmp_path: Path) -> Stage:
    """The tiny city at noon of one and the same day, with a case, its household and its orders."""
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"
    settings.ALLOWED_HOSTS = ["wangge.test"]
    made = Stage(small.build())
    run_pending()
    case = made.case_of(made.tiny.family[0])
    for exposure in made.exposures(made.tiny.roommates[0], case=case):
        decide(exposure=exposure, state=ExposureState.CONFIRMED, by=made.tiny.by("liudiao"))
    run_pending()
    return made


@pytest.fixture
def show(stage: Stage, browser: Browser) -> Iterator[Show]:
    """A page as somebody sees it, answered in this process: the same clock and the same city every time."""
    contexts, here = [], copy_context()

    def shown(username: str, address: str) -> Page:
        client = Client(headers={"host": "wangge.test"})
        client.force_login(stage.tiny.accounts[username], backend="django.contrib.auth.backends.ModelBackend")
        width, height = looking.DESK
        context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai",
                                      viewport={"width": width, "height": height})  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", lambda route: answer(client, route, here))
        page.goto(SITE + (door_of(stage) if address == "door" else address))
        return page

    yield shown
    for context in contexts:
        context.close()


def door_of(stage: Stage) -> str:
    task = stage.tasks()[stage.tiny.homes[0].pk]
    return f"/field/door/{task.uuid}/"


def answer(client: Client, route: Route, here: Context) -> None:
    """Ask the product itself, as its middleware sees a browser. The driver answers in contexts of its own: the test's
    has the clock that is held, and the connection to the test's database."""
    asked = route.request
    address = asked.url.removeprefix(SITE)
    kept = {name: value for name, value in asked.headers.items() if name in ("hx-request", "hx-target", "x-csrftoken")}
    posted = asked.post_data_buffer or b"" if asked.method == "POST" else None
    kind = asked.headers.get("content-type", "")

    def ask() -> tuple[int, dict[str, str], bytes]:
        if posted is None:
            got: Any = client.get(address, headers=kept, follow=True)
        else:
            got = client.post(address, posted, content_type=kind, headers=kept, follow=True)
        return got.status_code, dict(got.headers), b"".join(got.streaming_content) if got.streaming else got.content

    status, headers, body = here.run(ask)
    route.fulfill(status=status, headers=headers, body=body)


@pytest.fixture(params=sorted(FACES))
def face(request: pytest.FixtureRequest, show: Show) -> tuple[str, Page]:
    return request.param, show(*FACES[request.param])


def test_a_page_says_what_its_transcript_says(face: tuple[str, Page]) -> None:
    name, page = face
    heard = hear(page)
    if name != HEAD:
        heard.inside = [one for one in heard.inside if one.role not in ("banner", "navigation")]
    said = "\n".join([f"page {heard.name}", *told(heard)]) + "\n"
    path = HEARD / f"{name}.txt"
    if os.environ.get("WANGGE_TEST_WRITE_HEARD"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


def test_landmarks_and_headings_are_in_order(face: tuple[str, Page]) -> None:
    heard = hear(face[1])
    landmarks = [one.role for one in heard.inside if one.role in ("banner", "navigation", "main")]
    assert landmarks == ["banner", "navigation", "main"]
    names = [one.name for one in heard.all() if one.role in ("navigation", "complementary", "region")]
    assert all(names), "a landmark that can occur twice has a name"
    assert len(names) == len(set(names))
    levels = [int(one.properties["level"]) for one in heard.all() if one.role == "heading"]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_every_control_has_a_name_and_no_two_share_one_for_different_things(face: tuple[str, Page]) -> None:
    page = face[1]
    heard = hear(page)
    controls = [one for one in heard.all() if one.role in CONTROLS and one.focusable]
    assert len(controls) > 5
    assert [one.line() for one in controls if not one.name] == []
    leads: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in controls:
        leads[one.role, one.name].add(target(page, one))
    assert {name: ways for name, ways in leads.items() if len(ways) > 1} == {}


def target(page: Page, control: Heard) -> str:
    """What a control does: where it leads, or which form it sends with which value."""
    session = page.context.new_cdp_session(page)
    found = session.send("DOM.resolveNode", {"backendNodeId": control.dom})["object"]["objectId"]
    said = session.send("Runtime.callFunctionOn", {
        "objectId": found, "returnByValue": True, "functionDeclaration": """function () {
            const form = this.form ? this.form.getAttribute("action") || "" : "";
            return [this.getAttribute("href") || "", form, this.name || "", this.value || ""].join(" ");
        }""",
    })["result"]["value"]  # fmt: skip
    session.detach()
    return str(said)


def test_tables_have_a_caption_and_headers_and_live_regions_wait_for_messages(face: tuple[str, Page]) -> None:
    page = face[1]
    tables = [one for one in hear(page).all() if one.role == "table"]
    for table in tables:
        heads = [one.name for one in table.all() if one.role == "columnheader"]
        assert table.name
        assert heads
        assert all(heads)
        rows = [one for one in table.all() if one.role == "row"][1:]
        assert all(any(cell.role == "rowheader" for cell in row.all()) for row in rows), table.name
    assert page.locator("[aria-live], [role=status], [role=alert]").count() >= 1


STOPS = """() => {
    const seen = document.activeElement;
    if (!seen || seen === document.body) return null;
    const style = getComputedStyle(seen), label = seen.closest("label");
    const around = label ? getComputedStyle(label) : style;
    const rings = one => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0;
    const box = seen.getBoundingClientRect();
    if (!window.stops) { window.stops = []; }
    const last = window.stops[window.stops.length - 1];
    const after = !last || !!(last.compareDocumentPosition(seen) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (last === seen) return "the same";
    if (window.stops.includes(seen)) return null;
    window.stops.push(seen);
    const ring = rings(style) || rings(around) || style.boxShadow !== "none";
    return {name: seen.outerHTML.slice(0, 120), after, ring, seen: box.width > 0 && box.height > 0};
}"""


def test_the_keyboard_stops_in_the_order_of_reading_and_one_sees_where(face: tuple[str, Page]) -> None:
    page = face[1]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content", "the skip link leads into the content"
    page.goto(page.url.removesuffix("#content"))  # to the very start: a reload would begin behind the head at times
    stops = []
    for _ in range(300):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOPS)
        if stop is None:
            break
        stops += [] if stop == "the same" else [stop]  # a date has several parts
    wanted = [one for one in hear(page).all() if one.role in CONTROLS and one.focusable]
    assert [one["name"] for one in stops if not one["after"]] == []
    assert [one["name"] for one in stops if not one["ring"]] == []
    assert [one["name"] for one in stops if not one["seen"]] == []
    radios = sum(one.role == "radio" for one in wanted)  # one stop for each group
    assert len(wanted) - radios <= len(stops) <= len(wanted) + 1


def test_a_mistake_is_tied_to_its_field(show: Show) -> None:
    page = show("jiance", "/desk/results/new")
    with page.expect_navigation():
        page.locator("main form button.button-main").press("Enter")
    heard = hear(page)
    wrong = [one for one in heard.all() if one.properties.get("invalid") in (True, "true")]
    assert len(wrong) >= 4
    assert [one.line() for one in wrong if not one.description] == []
    assert any(one.role == "textbox" and "没有" in one.description for one in wrong)


def test_a_door_is_recorded_by_keyboard_alone(show: Show) -> None:
    page = show("bingsi-1", "door")
    before = page.locator("h1").inner_text()
    for _ in range(100):
        page.keyboard.press("Tab")
        if "不在家" in page.evaluate("document.activeElement.textContent || ''"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    said = [one for one in hear(page).all() if one.properties.get("live")]
    text = " ".join(inner.name for one in said for inner in one.all())
    assert before.split()[-1] in text or "已记录" in text
    assert "不在家" in text


def test_orders_are_chosen_and_confirmed_by_keyboard_alone(show: Show) -> None:
    page = show("yingze-zhengling", "/desk/orders/")
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('input[data-pick]')"):
            break
    page.keyboard.press("Space")
    assert page.locator("input[data-pick]:checked").count() == 1
    chosen = [one for one in hear(page).all() if one.role == "checkbox" and one.properties.get("checked") == "true"]
    assert [one.name for one in chosen if "东岗里" in one.name] != [], "a box says for whom it is"

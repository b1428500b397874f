"""Every page of the product, found by links as each kind of person, in both languages; the main faces in the third."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.journey
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
PEOPLE = ("jiance", "liudiao", "yingze-zhengling", "shuangsan-2", "bingsi-shuji", "zhihuibu", "shenji")
#: Three English words in a row on a Chinese page were forgotten by somebody.
ENGLISH = re.compile(r"\b[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}\b")


def shape(address: str) -> str:
    """An address without ids and without most of its question: one page of each shape is looked at."""
    parts = urlsplit(address)
    asked = sorted(re.findall(r"(?:^|&)(tab|show|kind)=(\w+)", parts.query))
    return UUID.sub("…", parts.path) + "".join(f"?{name}={value}" for name, value in asked)


def links(page: Page) -> Iterator[str]:
    written = page.locator("a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    for address in (urljoin(page.url, one) for one in written):  # a link in a picture has no address of its own
        parts = urlsplit(address)
        if parts.netloc == urlsplit(page.url).netloc and not parts.path.startswith("/static/"):
            yield address


def walk(page: Page, look: Callable[[str], None]) -> None:
    """Follow links breadth first, one page of each shape, and look at each."""
    seen: set[str] = set()
    waiting = [page.url, "/me/"]
    while waiting:
        address = waiting.pop(0)
        if shape(address) in seen:
            continue
        seen.add(shape(address))
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, (address, answer.status)
        look(shape(address))
        waiting += [one for one in links(page) if shape(one) not in seen]


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_in_chinese(
    who: str, page: Page, sign_in: Callable[[Page, str], None], looked_at: Callable[[Page, str], None]
) -> None:
    sign_in(page, who)

    def look(name: str) -> None:
        looked_at(page, f"{who}{name.replace('/', '_')}")
        text = page.locator("main").inner_text()
        assert not ENGLISH.search(text), (name, ENGLISH.findall(text)[:5])

    walk(page, look)


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_in_english(who: str, open_page: Callable[..., Page], sign_in: Callable[[Page, str], None]) -> None:
    page = open_page(phone=True)
    sign_in(page, who)
    page.locator("button[value=en]").click()

    def look(name: str) -> None:
        assert page.locator("html").get_attribute("lang") == "en"
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, (name, wide)

    walk(page, look)


@pytest.mark.parametrize(
    ("who", "faces"),
    [
        ("shuangsan-2", ("/field/", "/me/")),
        ("jiance", ("/", "/desk/results/", "/desk/results/new")),
        ("yingze-zhengling", ("/desk/orders/",)),
        ("liudiao", ("/", "/trace/cases/")),
        ("zhihuibu", ("/", "/command/posts/", "/command/responses/")),
    ],
)
def test_the_main_faces_in_traditional_characters(
    who: str, faces: tuple[str, ...], open_page: Callable[..., Page], sign_in: Callable[[Page, str], None]
) -> None:
    """The derived catalogue is tested word by word; here it reaches the page, and the page still fits a phone."""
    page = open_page(phone=True)
    sign_in(page, who)
    page.locator("button[value=zh-hant]").click()
    for address in faces:
        answer = page.goto(urljoin(page.url, address))
        assert answer is not None
        assert answer.status == 200, address
        assert page.locator("html").get_attribute("lang") == "zh-hant"
        assert page.locator("a.skip").inner_text() == "跳到正文"
        menu = page.locator("header .menu summary").text_content()
        assert menu is not None
        assert "崗位與退出" in menu
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, (address, wide)
        assert not ENGLISH.search(page.locator("main").inner_text()), address

"""What a journey stands on: the running product, a browser, somebody signed in, a page looked at.

Every test in this folder is a journey, in a leg of its own. It speaks to the product through pages alone: the city
is shared by all journeys of a run, so each begins at something nobody else touches.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.journeys import looking
from tests.journeys.product import Product, running

import chromium
from machine import CannotRun

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
HERE = Path(__file__).resolve().parent
Window = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)  # before -m sorts out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, so that no journey strays into the other legs."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product with its demo city: ``base_url``, ``accounts``, ``account(kind or user name)``."""
    with running(tmp_path_factory.mktemp("product")) as product:
        yield product


@pytest.fixture(scope="session")
def base_url(product: Product) -> str:
    """The product's address, without a slash at the end."""
    return product.base_url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium. Its driver runs a loop in this thread, beside which tests may ask the database."""
    try:
        executable = chromium.ready()
    except CannotRun as reason:
        pytest.fail(str(reason), pytrace=False)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, base_url: str) -> Iterator[Window]:
    """Somebody's own browser window: ``open_page()`` at a desk, ``open_page(phone=True)`` outside.

    Each call is another person, with cookies of their own. Addresses are relative to the product: ``goto("/me/")``.
    The journey fails when any of its pages had a script error or ran into the content policy.
    """
    contexts, wrong = [], []

    def opened(phone: bool = False) -> Page:
        width, height = looking.PHONE if phone else looking.DESK
        context = browser.new_context(
            base_url=base_url, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=phone,
            viewport={"width": width, "height": height},
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        wrong.append(looking.listen(page))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [line for lines in wrong for line in lines] == []


@pytest.fixture
def page(open_page: Window) -> Page:
    """One window at a desk, for a journey of one person."""
    return open_page()


@pytest.fixture
def sign_in(product: Product) -> Callable[[Page, str], None]:
    """``sign_in(page, "grid_worker")``: by kind of post or by user name; ends on that person's first page."""

    def signed_in(page: Page, who: str) -> None:
        account = product.account(who)
        page.goto("/sign-in")
        page.locator("#id_username").fill(account.username)
        page.locator("#id_password").fill(account.password)
        page.locator("form:has(#id_password) button").click()
        expect(page.locator("#id_password")).to_have_count(0)

    return signed_in


@pytest.fixture
def looked_at() -> Callable[[Page, str], None]:
    """``looked_at(page, "door")``: pictures at 360 and 1280 px in var/screens; nothing serious for axe, nothing too
    wide for a phone."""

    def looked(page: Page, name: str) -> None:
        faults = looking.faults(page, name)
        assert faults == []

    return looked

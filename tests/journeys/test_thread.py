"""The thread, from the laboratory's file to the city's board, each step by the person whose step it is."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.product import ROOT, Product, environment

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def file(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The laboratory's file of today, about people of this city."""
    path = tmp_path_factory.mktemp("laboratory") / "结果.csv"
    env = {**environment(product.var, 1), "PYTHONPATH": "src", "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-m", "wangge", "demo", "--csv", str(path)], env=env, cwd=ROOT, check=True)
    return path


def expected_doors(page: Page) -> int:
    """The sum over the board's rows of what is expected."""
    shares = page.locator(".board tbody .board-of").all_inner_texts()
    return sum(int(re.sub(r"\D", "", share)) for share in shares)


def test_from_the_laboratorys_file_to_the_citys_board(
    file: Path, open_page: Open, sign_in: SignIn, looked_at: Look
) -> None:
    city = open_page()
    sign_in(city, "zhihuibu")
    _choose_the_drill(city)
    before = expected_doors(city)

    desk = open_page()
    sign_in(desk, "jiance")
    _file_is_taken(desk, file, looked_at)
    _a_refused_row_comes_back_with_its_reason(desk)
    _the_result_shows_what_it_set_off(desk, looked_at)

    tracer = open_page()
    sign_in(tracer, "liudiao")
    _the_tracer_looks_and_decides(tracer, looked_at)

    authority = open_page()
    sign_in(authority, "yingze-zhengling")
    _the_authority_confirms(authority, looked_at)

    worker = open_page(phone=True)
    sign_in(worker, "bingsi-1")
    _the_worker_finishes_a_door(worker, looked_at)

    city.reload()
    assert expected_doors(city) > before
    looked_at(city, "board-city")
    _the_secretary_sees_the_same(open_page(), sign_in, city)


def _choose_the_drill(board: Page) -> None:
    """Several Responses may be open: the board has a tab for each."""
    tab = board.locator(".tabs a", has_text="新冠")
    if tab.count():
        tab.click()


def _file_is_taken(desk: Page, file: Path, looked_at: Look) -> None:
    desk.goto("/desk/results/files/")
    desk.locator("input[type=file]").set_input_files(file)
    desk.locator("form[enctype] button").click()
    expect(desk.locator("#refused details")).to_have_count(5)
    looked_at(desk, "intake")
    address = desk.url
    desk.goto("/desk/results/files/")
    desk.locator("input[type=file]").set_input_files(file)  # the same file again is the same file
    desk.locator("form[enctype] button").click()
    assert desk.url == address


def _a_refused_row_comes_back_with_its_reason(desk: Page) -> None:
    unreadable = desk.locator("#refused details", has_text="样本溢洒")
    unreadable.locator("summary").click()
    value = unreadable.locator("[name=value]")
    if value.evaluate("field => field.tagName") == "SELECT":
        value.select_option("negative")
    else:
        value.fill("阴性")
    unreadable.locator("button").click()
    expect(desk.locator("#refused details")).to_have_count(4)


def _the_result_shows_what_it_set_off(desk: Page, looked_at: Look) -> None:
    """The latest positive re-test: once the worker has answered it, its page leads to the case it became."""
    desk.goto("/desk/results/?value=positive&purpose=retest")
    looked_at(desk, "results")
    desk.locator("tbody tr th a").first.click()
    expect(desk.locator("main a[href*='/trace/cases/'], main .timeline li").first).to_be_visible(timeout=10_000)
    looked_at(desk, "result")


def _the_tracer_looks_and_decides(tracer: Page, looked_at: Look) -> None:
    tracer.goto("/trace/cases/")
    looked_at(tracer, "cases")
    tracer.locator("a[href*='/trace/cases/']").first.wait_for()
    addresses = tracer.locator("main a[href*='/trace/cases/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    chosen = next(address for address in addresses if re.search(r"/trace/cases/[0-9a-f-]{36}/$", address))
    tracer.goto(chosen)
    expect(tracer.locator("figure.chain svg").first).to_be_visible()
    looked_at(tracer, "case")
    confirm = tracer.locator("button[value=confirmed]")
    left = confirm.count()
    assert left > 0
    confirm.first.click()
    tracer.wait_for_timeout(500)
    tracer.reload()
    assert tracer.locator("button[value=confirmed]").count() <= left


def _the_authority_confirms(authority: Page, looked_at: Look) -> None:
    authority.goto("/desk/orders/")
    expect(authority.locator("[data-pick]").first).to_be_visible()
    looked_at(authority, "orders")
    waiting = authority.locator("[data-pick]").count()
    authority.locator("[data-pick-all]").first.check()
    authority.locator("[name=document_no]").fill("迎防办演隔〔2022〕7号")
    authority.locator("[data-bulk-button]").click()
    expect(authority.locator("[data-pick]")).not_to_have_count(waiting)
    authority.locator(".tabs a[href*='tab=in_force']").click()
    authority.locator("tbody tr", has_text="迎防办演隔〔2022〕7号").locator("th a").first.click()
    expect(authority.locator("main")).to_contain_text("迎防办演隔〔2022〕7号")
    looked_at(authority, "order")


def _the_worker_finishes_a_door(worker: Page, looked_at: Look) -> None:
    looked_at(worker, "first-shift")  # shown by itself before the first door
    worker.locator("form[action='/rule/first-shift/read'] button").click()
    expect(worker.locator(".task").first).to_be_visible()
    looked_at(worker, "today")
    doors = worker.locator(".task").count()
    worker.locator(".task-link").first.click()
    looked_at(worker, "door")
    worker.locator(".outcome-done").click()
    expect(worker).to_have_url(re.compile("/field/$"))
    expect(worker.locator(".task")).to_have_count(doors - 1)


def _the_secretary_sees_the_same(page: Page, sign_in: SignIn, city: Page) -> None:
    """Following the community's name down from the city's board gives the secretary's own figures."""
    sign_in(page, "bingsi-shuji")
    page.goto("/command/board/")
    city.goto(page.url)
    mine, theirs = (where.locator(".board tbody").inner_text() for where in (page, city))
    assert mine == theirs

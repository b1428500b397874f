"""A list handed down: looked at, taken, checked at two doors, reported up in its sender's own columns."""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook
from tests.base.receipts.sheets import card
from tests.journeys.product import ROOT, Product, environment

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
HEADING = ("序号", "下发批次", "人员姓名", "证件号码", "现住址", "核查结果", "核查人", "核查时间")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Person = tuple[str, str]


@pytest.fixture(scope="module")
def residents(product: Product, tmp_path_factory: pytest.TempPathFactory) -> list[Person]:
    """Name and document of people of 并四, out of the demo's laboratory file."""
    path = tmp_path_factory.mktemp("residents") / "结果.csv"
    env = {**environment(product.var, 1), "PYTHONPATH": "src", "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-m", "wangge", "demo", "--csv", str(path)], env=env, cwd=ROOT, check=True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["姓名"], row["证件号码"]) for row in list(csv.DictReader(file))[3:27]]


def book(rows: list[tuple[str, str, str]]) -> bytes:
    """The sender's workbook: a title, the batch merged over all rows, columns left empty for the answer."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = workbook.add_worksheet("协查")
    sheet.merge_range(0, 0, 0, len(HEADING) - 1, "桥东街道转来协查人员名单")
    sheet.write_row(1, 0, HEADING)
    for number, (name, document, address) in enumerate(rows, 2):
        sheet.write_row(number, 0, [str(number - 1), "", name, document, address, "", "", ""])
    if len(rows) > 1:
        sheet.merge_range(2, 1, len(rows) + 1, 1, "第7批")
    workbook.close()
    return out.getvalue()


def send(page: Page, content: bytes, name: str) -> None:
    page.goto("/desk/lists/")
    page.locator("[name=file]").set_input_files({"name": name, "mimeType": XLSX, "buffer": content})
    press(page, page.locator("main form[enctype] button"))


def press(page: Page, button: object) -> None:
    with page.expect_navigation():
        button.click()  # type: ignore[attr-defined]  # a locator


def say(page: Page) -> None:
    """What the list is, and on to whom it is about."""
    page.locator("[name=sender]").fill("桥东街道防控办")
    page.locator("[name=batch]").fill("第7批")
    page.locator("[name=due]").fill((datetime.now() + timedelta(days=1)).strftime("%Y-%m-%dT18:00"))
    press(page, page.locator("main form button.button-main"))


def cells(page: Page, number: int) -> list[str]:
    """A row of the list as it stands on the page."""
    return page.locator("#rows tbody tr", has=page.locator(f"th:has-text('{number}')")).first.locator(
        "td"
    ).all_inner_texts()  # fmt: skip


def test_a_list_goes_down_is_checked_at_doors_and_reported_up(
    residents: list[Person], open_page: Open, sign_in: SignIn, looked_at: Look
) -> None:
    desk = open_page()
    sign_in(desk, "bingsi-shuji")
    name, document = _somebody_of_the_second_grid(desk, residents)
    stranger = card(Random("journey of a list"))
    rows = [
        (name, document, ""),
        (name, "　" + document.lower(), ""),
        ("甄测试", stranger, "织锦苑9-3-602"),
        ("贾测试", "", "大同市平城区某小区2-1-101"),
    ]
    send(desk, book(rows), "协查名单.xlsx")
    looked_at(desk, "list-columns")
    say(desk)
    _what_it_is_about(desk, looked_at)
    press(desk, desk.locator("form[action$='/take'] button"))
    address = desk.url.split("?", maxsplit=1)[0]
    _decide(desk, address, looked_at)
    _at_the_doors(open_page(phone=True), sign_in, looked_at)
    states = _report(desk, address, rows, looked_at)
    assert states == ["办结", "办结", "办结", "已退回"]


def _somebody_of_the_second_grid(desk: Page, residents: list[Person]) -> Person:
    """A first look at many people, which asks nobody and is thrown away; the page says where each lives."""
    send(desk, book([(name, document, "") for name, document in residents]), "先看看.xlsx")
    say(desk)
    at = next(n for n in range(3, 3 + len(residents)) if "织锦苑" in cells(desk, n)[1])
    assert "证件" in cells(desk, at)[3]
    press(desk, desk.locator("form[action$='/throw-away'] button"))
    return residents[at - 3]


def _what_it_is_about(desk: Page, looked_at: Look) -> None:
    looked_at(desk, "list-looked")
    expect(desk.locator("main")).to_contain_text("还没有打扰任何人")
    assert [cells(desk, number)[2].splitlines()[0] for number in (3, 4, 5, 6)] == [
        "已对上，未下派", "同一人重复", "待确认", "不属本辖区",
    ]  # fmt: skip


def _decide(desk: Page, address: str, looked_at: Look) -> None:
    """Somebody new is noted at the door the list names; a row of another city goes back."""
    desk.goto(f"{address}rows/5/")
    looked_at(desk, "list-row")
    press(desk, desk.locator("form:has([value=door]) button"))
    desk.goto(f"{address}rows/6/")
    desk.locator("[name=reason][value=not_ours]").check()
    press(desk, desk.locator("form:has([value=return]) button"))
    desk.goto(address)
    expect(desk.locator("form[action$='/report-up']")).to_have_count(0)


def _at_the_doors(worker: Page, sign_in: SignIn, looked_at: Look) -> None:
    """Two doors of the grid's worker: the man of the list is in one, the stranger in the other."""
    sign_in(worker, "bingsi-2")
    if worker.locator("form[action='/rule/first-shift/read'] button").count():
        worker.locator("form[action='/rule/first-shift/read'] button").click()
    for _ in range(2):
        worker.goto("/field/")
        worker.locator(".task", has_text="下发名单").first.locator(".task-link").click()
        expect(worker.locator("main")).to_contain_text("核查本人是否在此")
        looked_at(worker, "list-door")
        worker.locator(".outcome-done").first.click()
        worker.wait_for_url("**/field/")
    expect(worker.locator(".task", has_text="下发名单")).to_have_count(0)


def _report(desk: Page, address: str, rows: list[tuple[str, str, str]], looked_at: Look) -> list[str]:
    """What happened at the doors is in the list by itself; the table goes back as it came. Returns each row's state."""
    button = desk.locator("form[action$='/report-up'] button")
    for _ in range(30):
        desk.goto(address)
        if button.count():
            break
        desk.wait_for_timeout(500)
    press(desk, button)
    looked_at(desk, "list-reported")
    with desk.expect_download() as download:
        desk.locator("form[action$='/report']:has([value=xlsx]) button").click()
    sheet = CalamineWorkbook.from_path(Path(download.value.path())).get_sheet_by_index(0)
    title, heading, *table = sheet.to_python()
    assert title[0] == "桥东街道转来协查人员名单"
    assert heading == [*HEADING, "核查说明"]
    assert [tuple(row[2:5]) for row in table] == [(name, document.strip("　"), where) for name, document, where in rows]
    assert {row[1] for row in table} == {"第7批"}
    assert all(row[6] and row[7] for row in table)
    assert table[1][8].startswith("与第 3 行是同一人")
    desk.goto(f"{address}receipt")
    looked_at(desk, "list-receipt")
    expect(desk.locator("main")).to_contain_text("退回下发单位")
    return [str(row[5]) for row in table]

"""An office's own workbook: sent as it is, columns corrected by hand, looked at, taken; what came back goes in too."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook
from tests.base.receipts.sheets import card

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
HEADING = ("序号", "居民 姓名*", "身份证号（18位）", "号码", "小区名称", "楼号", "单元号", "门牌", "与户主关系", "备注")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def messy(title: str = "并州东街四社区居民信息登记表（二季度）") -> bytes:
    """Two households of 东岗里: a title, merged cells, full-width figures, an old number, one phone for three."""
    random = Random("journey")  # invented people
    good = [card(random) for _ in range(6)]
    wrong = good[4][:17] + ("0" if good[4][17] != "0" else "1")
    old = next(one for one in iter(lambda: card(random), "") if one[6:8] == "19")
    old = old[:6] + old[8:17]  # as written before 1999
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, note = book.add_worksheet("二季度"), book.add_worksheet("填表说明")
    note.write(0, 0, "请逐户填写")
    sheet.merge_range(0, 0, 0, 9, title)
    sheet.write_row(1, 0, ["填表人：", "某某"])
    sheet.write_row(3, 0, HEADING)
    rows = [
        ("1", "尹测试甲", good[0], "１３９００００１２３４", "户主", "独居老人，敲门要久一点"),
        ("2", "尹测试乙", old, "", "配偶", ""),
        ("3", "尹测试　丙", good[2], "", "子", ""),
        ("4", "欧测试丁", good[3], 13900005678, "户主", ""),
        ("5", "欧测试戊", wrong, "0351-4012345/13900005679", "妻", ""),
        ("6", "", good[5], "", "女", ""),
    ]
    for number, (order, name, document, phone, relation, remark) in enumerate(rows, 4):
        sheet.write_row(number, 0, [order, name, document, phone, "东岗里", "", "", "", relation, remark])
    for place, first, second in ((5, "1号楼", "1"), (6, "1单元", "2单元"), (7, "101", 201)):
        sheet.merge_range(4, place, 6, place, first)
        sheet.merge_range(7, place, 9, place, second)
    sheet.merge_range(4, 3, 6, 3, rows[0][3])
    book.close()
    return out.getvalue()


def send(page: Page, content: bytes, name: str) -> None:
    page.goto("/desk/imports/")
    page.locator("[name=kind][value='people.people']").check()
    page.locator("[name=file]").set_input_files({"name": name, "mimeType": XLSX, "buffer": content})
    with page.expect_navigation():
        page.locator("main form button.button-main").click()


def press(page: Page, action: str) -> None:
    with page.expect_navigation():
        page.locator(f"form[action$='/{action}'] button").first.click()


def tiles(page: Page) -> list[int]:
    """The figures of the page's tiles: of a dry run new, changed, known, come back."""
    figures = page.locator(".tile-figure").all_inner_texts()
    return [int(re.split(r"\D", figure)[0]) for figure in figures]


def test_a_messy_workbook_and_its_rejects_go_in_and_again_change_nothing(
    page: Page, sign_in: SignIn, looked_at: Look
) -> None:
    sign_in(page, "bingsi-shuji")
    page.goto("/desk/imports/")
    looked_at(page, "imports")
    content = messy()
    send(page, content, "居民表.xlsx")
    expect(page.locator("main")).to_contain_text("二季度")
    _correct_the_columns(page, looked_at)
    assert tiles(page)[:4] == [4, 0, 0, 2]
    looked_at(page, "import-foreseen")
    press(page, "take")
    expect(page.locator("form[action$='/take']")).to_have_count(0)
    expect(page.locator("#rows tbody tr")).to_have_count(2)
    looked_at(page, "import-done")
    again = _correct_the_rejects(page)
    send(page, again, "居民表-退回-改好.xlsx")
    press(page, "look")
    assert tiles(page)[:4] == [2, 0, 0, 0]
    press(page, "take")
    expect(page.locator(".empty")).to_contain_text("没有退回的行")
    looked_at(page, "import-all-in")
    _send_the_same_again(page, content)


def _correct_the_columns(page: Page, looked_at: Look) -> None:
    """The second column of figures was not sure enough to be recognised, or was: it is the telephone."""
    recognised = {
        page.locator(f"#column-{at}-heading").inner_text(): page.locator(f"[name=column-{at}]").input_value()
        for at in range(len(HEADING))
    }
    assert recognised["居民 姓名*"] == "name"
    assert recognised["备注"] == ""
    assert [recognised[one] for one in HEADING[4:9]] == ["compound", "building", "unit", "room", "relation"]
    page.locator("[name=column-3]").select_option("phone")
    page.locator("[name=column-8]").select_option("")
    looked_at(page, "import-columns")
    press(page, "look")
    page.locator("details summary", has_text="改正各列").click()
    page.locator("[name=column-8]").select_option("relation")
    press(page, "look")


def _correct_the_rejects(page: Page) -> bytes:
    """The download is a workbook of the same form with a reason beside each row; somebody corrects it in Excel."""
    with page.expect_download() as download:
        page.locator("form[action$='/refused'] button").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    sheet = CalamineWorkbook.from_path(Path(download.value.path())).get_sheet_by_index(0)
    heading, *rows = sheet.to_python()
    assert heading[:9] == [" ".join(one.split()) for one in HEADING[:9]]
    assert heading[-2:] == ["行号", "原因"]
    assert [row[0] for row in rows] == ["5", "6"]
    assert all("。" in str(row[-1]) for row in rows)
    rows[0][2], rows[1][1] = "", "欧测试己"
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page_ = book.add_worksheet()
    for number, cells in enumerate([heading, *rows]):
        page_.write_row(number, 0, cells)
    book.close()
    return out.getvalue()


def _send_the_same_again(page: Page, content: bytes) -> None:
    """The same bytes are the same file; the same rows in another file are all known."""
    send(page, content, "居民表.xlsx")
    expect(page.locator("main")).to_contain_text("以前发过")
    send(page, messy("同一批人，另存的表"), "居民表-另存.xlsx")
    page.locator("[name=column-3]").select_option("phone")
    press(page, "look")
    assert tiles(page)[:4] == [0, 0, 4, 2]

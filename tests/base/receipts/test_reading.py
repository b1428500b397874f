"""Workbooks and text as offices keep them: what is read, which sheet, which columns and why, what is refused whole."""

import os
import resource
import time
from datetime import date
from pathlib import Path

import pytest
from tests.base.receipts import sheets

from wangge.base.problems import Problem
from wangge.base.receipts.forms import DATED, Sheet
from wangge.base.receipts.tables import read_sheet
from wangge.base.receipts.writing import as_it_came
from wangge.domains.people.columns import FORM

ROWS = sheets.people(30)
DATA = Path(__file__).parents[2] / "data"
SHEET = "xl/worksheets/sheet1.xml"


def fields(sheet: Sheet) -> dict[str, str]:
    return {column.heading: column.field for column in sheet.columns}


def refused(content: bytes) -> str:
    with pytest.raises(Problem) as problem:
        read_sheet(content, FORM)
    return problem.value.code


def test_a_workbook_is_read_below_its_title_with_every_column() -> None:
    sheet = read_sheet(sheets.book(ROWS, top=(["并州东街四社区居民信息表"], [], sheets.HEADING)), FORM)
    assert (sheet.line, len(sheet.rows), sheet.rows[0][0]) == (3, 30, 4)
    assert [list(cells) for _, cells in sheet.rows] == [row[:10] for row in ROWS]
    assert fields(sheet) == {
        "序号": "", "姓名": "name", "性别": "sex", "身份证号码": "document", "联系电话": "phone", "小区": "compound",
        "楼栋": "building", "单元": "unit", "房号": "room", "与户主关系": "relation", "备注": "",
    }  # fmt: skip
    assert {column.why for column in sheet.columns if column.field} == {"heading"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_is_read_in_every_encoding_and_goes_back_in_the_same(encoding: str, separator: str) -> None:
    sheet = read_sheet(sheets.text(ROWS, separator=separator).encode(encoding), FORM)
    assert (sheet.shape.encoding, sheet.shape.separator) == (encoding, separator)
    assert [list(cells) for _, cells in sheet.rows] == ROWS
    heading = [column.heading for column in sheet.columns]
    back, media, ending = as_it_came(heading, [cells for _, cells in sheet.rows], sheet.shape)
    assert (media, ending) == ("text/csv", "csv")
    assert read_sheet(back, FORM) == sheet


def test_a_workbook_goes_back_as_a_workbook_with_text_alone() -> None:
    rows = [[*row[:10], "=1+1"] for row in ROWS]
    sheet = read_sheet(sheets.book(ROWS, name="二季度[1]".replace("[1]", "1")), FORM)
    back, _media, ending = as_it_came(sheets.HEADING, rows, sheet.shape)
    again = read_sheet(back, FORM)
    assert (ending, again.shape.sheet) == ("xlsx", "二季度1")
    assert [list(cells) for _, cells in again.rows] == rows


def test_merged_cells_stand_for_every_row_they_cover() -> None:
    rows = [[*row] for row in ROWS[:6]]
    for row in rows[1:3] + rows[4:]:
        row[6] = row[4] = ""
    read = read_sheet(sheets.book(rows, merged=[(1, 6, 3), (4, 6, 6), (1, 4, 3)]), FORM)
    assert [cells[6] for _, cells in read.rows] == ["1号楼"] * 6
    assert [cells[4] for _, cells in read.rows] == [ROWS[0][4]] * 3 + [ROWS[3][4]] + [""] * 2


def test_a_heading_of_two_lines_is_read_where_it_says_most() -> None:
    top = (["序号", "姓名", "身份证号", "电话", "住址", "", ""], ["", "", "", "", "楼栋", "单元", "房号"])
    rows = [[row[0], row[1], row[3], row[4], *row[6:9]] for row in ROWS]
    read = read_sheet(sheets.book(rows, top=top, merged=[(0, at, 1) for at in range(4)]), FORM)
    assert (read.line, len(read.rows)) == (2, 30)
    assert [column.field for column in read.columns] == ["", "name", "document", "phone", "building", "unit", "room"]


def test_blank_rows_and_columns_and_a_repeated_heading_are_no_rows() -> None:
    rows = [["", "", *row[:10]] for row in ROWS[:3]]
    heading = ["", "", *sheets.HEADING]
    read = read_sheet(sheets.book([rows[0], [], rows[1], heading, rows[2]], top=([], [], heading)), FORM)
    assert [number for number, _ in read.rows] == [4, 6, 8]
    assert [list(cells) for _, cells in read.rows] == [row[:10] for row in ROWS[:3]]


def test_of_several_sheets_the_one_that_fits_is_read_and_the_others_are_named() -> None:
    read = read_sheet(
        sheets.book(ROWS, name="名册", sheets={"填表说明": ["请如实填写", "不要改动表头"], "空": []}), FORM
    )
    assert (read.shape.sheet, read.shape.others) == ("名册", ("填表说明",))


def test_columns_are_recognised_by_content_where_there_is_no_heading() -> None:
    rows = [[row[1], row[3], row[4], f"东岗里{row[6]}{row[7]}{row[8]}室", "x"] for row in ROWS]
    for content in (sheets.book(rows, top=()), sheets.text(rows[1:], heading=rows[0]).encode()):
        read = read_sheet(content, FORM)
        assert (read.line, len(read.rows)) == (0, 30)
        assert [(one.heading, one.field, one.why) for one in read.columns[:4]] == [
            ("A", "name", "content"), ("B", "document", "content"), ("C", "phone", "content"),
            ("D", "address", "content"),
        ]  # fmt: skip
        assert read.columns[4].field == ""


def test_a_strange_heading_is_kept_and_the_content_decides() -> None:
    rows = [[row[1], row[3], row[4]] for row in ROWS]
    read = read_sheet(sheets.book(rows, top=(["XM", "SFZ", "DH"],)), FORM)
    assert (read.line, len(read.rows)) == (1, 30)
    assert [(one.heading, one.field) for one in read.columns] == [("XM", "name"), ("SFZ", "document"), ("DH", "phone")]


def test_columns_shifted_under_their_headings_are_recognised_by_content() -> None:
    rows = [[row[3], row[1], row[4]] for row in ROWS]
    read = read_sheet(sheets.book(rows, top=(["姓名", "身份证号", "电话"],)), FORM)
    assert [(one.field, one.why) for one in read.columns] == [
        ("document", "content"), ("name", "content"), ("phone", "heading"),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["配偶姓名", "紧急联系人电话", "身份证有效期", "核酸日期", "工作单位"])
def test_a_column_about_somebody_or_something_else_is_not_taken(heading: str) -> None:
    rows = [[row[1], row[3], "2020-01-02" if "日期" in heading or "有效" in heading else row[4]] for row in ROWS]
    read = read_sheet(sheets.book(rows, top=(["姓名", "身份证号", heading],)), FORM)
    assert [column.field for column in read.columns] == ["name", "document", ""]


def test_numbers_dates_and_formulas_are_read_as_they_stand() -> None:
    rows = [["王伟", 13812345678, 140106199001010015, date(1990, 1, 1), 501.0, "=HYPERLINK(\"http://x\")"],
            ["李芳", "１３８１２３４５６７９", "140106199001010031", "1991年2月3日", 1.5, ""]]  # fmt: skip
    read = read_sheet(
        sheets.book(rows, top=(["姓名", "电话", "身份证号", "出生日期", "房号", "备注"],), stored="值"), FORM
    )
    first, second = (list(cells) for _, cells in read.rows)
    assert first == ["王伟", "13812345678", "1.40106199001010E+17", DATED + "1990-01-01", "501", "值"]
    assert second == ["李芳", "１３８１２３４５６７９", "140106199001010031", "1991年2月3日", "1.5"]


def test_a_workbook_with_macros_is_read_and_nothing_of_them_is_run() -> None:
    assert read_sheet(sheets.with_macro(sheets.book(ROWS)), FORM).rows == read_sheet(sheets.book(ROWS), FORM).rows


def test_an_open_document_table_is_read() -> None:
    assert [list(cells) for _, cells in read_sheet(sheets.ods([sheets.HEADING, *ROWS]), FORM).rows] == [
        row[:10] for row in ROWS
    ]


def test_a_workbook_of_the_old_kind_is_read() -> None:
    """``residents.xls`` (BIFF8) holds twelve of the invented people below a merged title."""
    sheet = read_sheet((DATA / "residents.xls").read_bytes(), FORM)
    assert (sheet.line, sheet.shape.sheet) == (2, "居民信息")
    assert [list(cells) for _, cells in sheet.rows] == [row[:10] for row in sheets.people(12)]


def test_a_file_cut_in_its_last_row_says_so() -> None:
    content = sheets.text(ROWS).encode()
    for end in (-4, -20, -35):
        read = read_sheet(content[:end], FORM)
        assert read.cut == read.rows[-1][0]
    assert read_sheet(content, FORM).cut == 0
    assert read_sheet(content[:-2], FORM).cut == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"PK\x03\x04" + bytes(500), "workbook_broken"),
        (sheets.book(ROWS)[:-300], "workbook_broken"),
        (sheets.book(ROWS)[:400], "workbook_broken"),
        (sheets.repacked(sheets.book(ROWS), {"xl/workbook.xml": None}), "workbook_broken"),
        (sheets.repacked(sheets.book(ROWS), {SHEET: None}), "workbook_broken"),
        (sheets.repacked(sheets.book(ROWS), {SHEET: b"<worksheet><sheetData><row"}), "workbook_broken"),
        (sheets.book([], top=()), "workbook_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "workbook_broken"),
        ("今天天气很好，没有表格\n明天也是\n".encode(), "file_no_heading"),
        (os.urandom(200_000), "file_is_binary"),
        (b"%PDF-1.4", "file_is_pdf"),
        (sheets.book([], top=(sheets.HEADING,)), "file_without_rows"),
        (sheets.book([[*["x"] * 300]], top=()), "file_too_wide"),
        (sheets.bomb(sheets.book(ROWS), 500), "workbook_too_big"),
        (sheets.text([*ROWS, ['"开口', *ROWS[0][1:]]]).encode(), "file_quotes"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_whole(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_an_archive_that_lies_about_its_size_costs_no_memory_here() -> None:
    content = sheets.bomb(sheets.book(ROWS), 2500, lie=True)
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert refused(content) in ("workbook_too_big", "workbook_broken")
    assert time.monotonic() - begun < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # KiB


def test_a_cell_far_away_is_refused_and_does_not_fill_memory() -> None:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    far += b"</sheetData></worksheet>"
    assert refused(sheets.repacked(sheets.book(ROWS), {SHEET: head + far})) in (
        "workbook_too_big", "file_too_wide", "workbook_broken",
    )  # fmt: skip


def test_a_hundred_megabytes_are_refused_at_once() -> None:
    begun = time.monotonic()
    assert refused(b"\x00" * (100 << 20)) == "file_too_big"
    assert refused(b"PK\x03\x04" + os.urandom(60 << 20)) == "workbook_broken"
    assert time.monotonic() - begun < 10

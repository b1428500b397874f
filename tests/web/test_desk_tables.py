"""The desk's pages of tables: what there is, what is known of it, out as a file, made by the clock, made anew."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.domains.tables.conftest import answer, bank
from tests.web.conftest import checkins_file, tiny

from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.demo.small import Small
from wangge.domains.asking.models import Question
from wangge.domains.people.models import Person
from wangge.domains.tables.models import SavedTable, TableSchedule

__all__ = ["bank", "checkins_file", "tiny"]
Enter = Callable[[str], Client]
Bank = dict[str, Question]


@pytest.fixture
def enter(tiny: Small) -> Enter:
    def entered(username: str) -> Client:
        client = Client(headers={"accept-language": "zh-hans"})
        client.force_login(tiny.accounts[username], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return entered


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_list_names_every_table_and_leads_to_it(enter: Enter) -> None:
    page = text(enter("bingsi-shuji").get("/desk/tables/"))
    assert page.count("/tables/returnees/") == 1
    assert "独居老人台账" in page
    assert enter("bingsi-1").get("/desk/tables/").status_code == 403


def test_one_table_shows_masked_rows_and_what_is_known(enter: Enter, tiny: Small, bank: Bank) -> None:
    person = Person.objects.within(EVERYTHING).filter(home=tiny.homes[0])[0]
    answer(bank["came_back"], "yes", person=person)
    answer(bank["code_colour"], "yellow", person=person)
    page = text(enter("bingsi-shuji").get("/desk/tables/returnees/"))
    assert person.name[0] + "*" in page
    assert person.name not in page
    assert "黄码" not in page
    assert "1 × 从何地返并" in page  # to be asked, in the words of the bank
    assert AccessLog.objects.count() == 0
    assert enter("bingsi-shuji").get("/desk/tables/nothing/").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_it_goes_out_as_a_file_with_its_reason_on_record(enter: Enter, tiny: Small, form: str) -> None:
    client = enter("bingsi-shuji")
    asked = {"reason": "街道要", "format": form, "area": "东岗里 1号楼"}
    sent = client.post("/desk/tables/building-register/export", asked)
    content = b"".join(sent.streaming_content)
    assert sent.headers["Cache-Control"] == "no-store"
    assert f"-6rows.{form}" in sent.headers["Content-Disposition"]
    assert content.startswith(b"PK" if form == "xlsx" else "\ufeff序号".encode())
    assert AccessLog.objects.get(kind="exported").reason == "table:building-register 街道要"


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"reason": ""}, "请用几个字写明"), ({"reason": "x", "area": "不存在小区"}, "没有唯一叫“不存在小区”的地方")],
)
def test_what_cannot_be_taken_says_what_to_do(enter: Enter, typed: dict[str, str], words: str) -> None:
    answered = enter("bingsi-shuji").post("/desk/tables/returnees/export", typed)
    assert (answered.status_code, words in text(answered)) == (422, True)
    assert AccessLog.objects.count() == 0


def test_it_is_made_by_the_clock_until_that_is_ended(enter: Enter) -> None:
    client = enter("bingsi-shuji")
    client.post("/desk/tables/returnees/schedule", {"reason": "每天", "format": "csv", "every": "week"})
    one = TableSchedule.objects.get()
    assert (one.every, one.form, one.reason) == ("week", "csv", "每天")
    assert enter("qiaodong").post(f"/desk/tables/schedules/{one.uuid}/end").status_code == 404
    client.post(f"/desk/tables/schedules/{one.uuid}/end")
    assert TableSchedule.objects.get().ended_at is not None


HEADINGS = "序号\t姓名\t身份证号\t是否独居\t宠物数量"


def test_a_new_table_comes_from_a_heading_row(enter: Enter, bank: Bank) -> None:
    client = enter("bingsi-shuji")
    head = {"title": "养老摸底表", "table_name": "elderly", "office": "民政局", "subject": "person"}
    page = text(client.post("/desk/tables/new", {**head, "headings": HEADINGS}))
    assert '<option value="person.document" selected>' in page
    assert '<option value="answer.lives_alone" selected>' in page
    assert "有 1 个表头拿不准" in page
    assert SavedTable.objects.count() == 0
    chosen = ["row.number", "person.name", "person.document", "answer.lives_alone", ""]
    columns = {f"source-{at}": source for at, source in enumerate(chosen)}
    columns |= {f"heading-{at}": heading for at, heading in enumerate(HEADINGS.split("\t"))}
    assert client.post("/desk/tables/new", {**head, **columns}).headers["Location"] == "/desk/tables/elderly/"
    table = SavedTable.objects.get()
    assert [one["source"] for one in table.definition["columns"]] == chosen
    assert "养老摸底表" in text(client.get("/desk/tables/elderly/"))
    again = client.post("/desk/tables/new", {**head, **columns})
    assert (again.status_code, "已经有一张叫“elderly”的表了" in text(again)) == (422, True)
    assert enter("dengqiao-shuji").get("/desk/tables/elderly/").status_code == 404


def test_the_heading_is_found_below_a_title_in_a_workbook(enter: Enter, bank: Bank) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.merge_range("A1:C1", "某某区养老摸底表（2022年4月）")
    for at, heading in enumerate(("姓名", "联系电话", "是否独居")):
        sheet.write(1, at, heading)
    book.close()
    file = SimpleUploadedFile("空表.xlsx", out.getvalue())
    head = {"title": "x", "table_name": "x-1", "subject": "person", "sheet": file}
    page = text(enter("bingsi-shuji").post("/desk/tables/new", head))
    assert page.count('name="heading-') == 3
    assert '<option value="person.phone" selected>' in page


@pytest.mark.parametrize("headings", ["", "   \n"])
def test_no_headings_is_told(enter: Enter, headings: str) -> None:
    head = {"title": "x", "table_name": "x-1", "subject": "person", "headings": headings}
    answered = enter("bingsi-shuji").post("/desk/tables/new", head)
    assert (answered.status_code, "没有找到表头" in text(answered)) == (422, True)

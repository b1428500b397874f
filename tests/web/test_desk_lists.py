"""Lists handed down at the desk: sent, looked at, taken, decided row by row, passed on, reported up."""

import csv
import io
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from python_calamine import CalamineWorkbook
from tests.domains.lists.sent import HEADING, content

from wangge.base import clock, worker
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.demo.small import Small
from wangge.domains.lists import queries
from wangge.domains.lists.models import HandedList, ListRow
from wangge.domains.lists.rules import ITEM
from wangge.domains.work.models import Task

SignIn = Callable[..., Client]
AT = "/desk/lists/"
SAID = {"title": "协查名单", "sender": "桥东街道防控办", "batch": "第3批", "due": "2099-04-08T18:00"}


def english(words: Any) -> str:
    with translation.override("en"):
        return str(words)


def send(client: Client, body: bytes, name: str = "协查名单.xlsx") -> Any:
    return client.post(AT, {"file": SimpleUploadedFile(name, body)})


def look(client: Client, body: bytes, **said: str) -> HandedList:
    page = client.get(send(client, body).url)
    fields = {one.name: next(key for key, _, chosen in one.options if chosen) for one in page.context["columns"]}
    assert client.post(page.request["PATH_INFO"], fields | SAID | said).status_code == 302
    return HandedList.objects.within(EVERYTHING).latest("id")


def shown(client: Client, one: HandedList, show: str = "") -> Any:
    return client.get(f"{AT}{one.uuid}/?show={show}")


def decide(client: Client, one: HandedList, number: int, **said: Any) -> Any:
    return client.post(f"{AT}{one.uuid}/rows/{number}/decide", said)


def row(one: HandedList, number: int) -> ListRow:
    return queries.row(one, number)


def door(tiny: Small, sign_in: SignIn, who: str, person: Any) -> None:
    """Whoever answers for the door records that the person is there."""
    task = Task.objects.within(EVERYTHING).get(items__person=person, items__kind=ITEM, state="open")
    said = {"outcome": "done", "channel": "door", "person": person.uuid}
    assert sign_in(who).post(f"/field/door/{task.uuid}/record", said).status_code == 302
    worker.run_pending()


def test_columns_are_recognised_and_what_is_missing_is_said(tiny: Small, sign_in: SignIn) -> None:
    desk, body = sign_in("bingsi-shuji"), content(tiny)
    answer = send(desk, body)
    page = desk.get(answer.url)
    chosen = [next(key for key, _, is_it in one.options if is_it) for one in page.context["columns"]]
    assert chosen[1:7] == ["name", "document", "phone", "address", "batch", "mark"]
    assert page.context["form"].initial["title"] == "协查名单"
    bad = desk.post(answer.url, {"column-1": "name", "title": "", "due": "x"})
    assert bad.status_code == 422
    assert set(bad.context["form"].errors) == {"title", "sender", "due"}
    assert send(desk, body).url == answer.url


def test_a_list_is_looked_at_before_it_is_taken(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("bingsi-shuji")
    one = look(desk, content(tiny))
    page = shown(desk, one)
    assert page.context["looked"]
    assert {english(tile["label"]): tile["value"] for tile in page.context["tiles"]} == {
        "to resolve": 2, "belongs elsewhere": 2, "matched, not sent yet": 2, "the same person again": 5, "no person": 2,
    }  # fmt: skip
    assert sum(tile["value"] for tile in page.context["tiles"]) == page.context["sums"]["rows"] == 13
    first = next(line for line in page.context["rows"] if line.number == 3)
    assert (first.evidence, first.name) == ("document, birth date, name", tiny.family[0].name[:1] + "*" * max(
        1, len(tiny.family[0].name) - 1))  # fmt: skip
    assert page.context["rows"][0].urgent
    assert tiny.document(tiny.family[0]) not in page.content.decode()
    assert [line.number for line in shown(desk, one, "to_resolve").context["rows"]] == [9, 10]
    desk.post(f"{AT}{one.uuid}/throw-away")
    assert not HandedList.objects.within(EVERYTHING).exists()


def test_rows_are_decided_passed_on_and_the_list_reported_up(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("bingsi-shuji")
    one = look(desk, content(tiny))
    desk.post(f"{AT}{one.uuid}/take")
    page = desk.get(f"{AT}{one.uuid}/rows/9/")
    assert [entry.label for entry in page.context["doors"]][:1] == ["东岗里 2号楼 2单元 301"]
    assert "甄无名" in page.content.decode()
    decide(desk, one, 9, decision="door", door=tiny.homes[11].uuid)
    assert decide(desk, one, 10, decision="return", reason="nonsense").status_code == 422
    decide(desk, one, 10, decision="return", reason="no_such_address")
    assert shown(desk, one).context["away"] == 1
    desk.post(f"{AT}{one.uuid}/forward")
    assert shown(desk, one).context["below"][0].office == "邓桥村"
    decide(desk, one, 12, decision="return", reason="not_ours")
    assert "still open" in desk.post(f"{AT}{one.uuid}/report-up", follow=True).content.decode()
    village = tiny.living[tiny.yards[0].pk][0]
    there = sign_in("dengqiao-shuji")
    below = HandedList.objects.within(EVERYTHING).get(above=one)
    assert shown(there, below).context["to_sign"]
    there.post(f"{AT}{below.uuid}/accept")
    there.post(f"{AT}{below.uuid}/take")
    assert shown(desk, one).context["below"][0].accepted
    door(tiny, sign_in, "dengqiao-1", village)
    door(tiny, sign_in, "bingsi-1", tiny.family[0])
    door(tiny, sign_in, "bingsi-zhibu-1", tiny.roommates[0])
    door(tiny, sign_in, "bingsi-zhibu-1", row(one, 9).person)
    desk.post(f"{AT}{one.uuid}/report-up")
    assert shown(desk, one).context["reported"]
    receipt = desk.get(f"{AT}{one.uuid}/receipt")
    assert [line.number for line in receipt.context["rows"]] == [10, 12]
    _reported(tiny, desk, one)


def _reported(tiny: Small, desk: Client, one: HandedList) -> None:
    """Both files hold the sender's columns with the answers, and each download is on record."""
    answer = desk.post(f"{AT}{one.uuid}/report", {"as": "xlsx"})
    title, heading, *table = (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    )
    assert title[0] == "桥东街道转发协查人员名单（第3批）"
    assert heading == [*HEADING, "Note"]
    assert len(table) == 13
    name = tiny.accounts["bingsi-1"].name
    assert table[0][:3] == ["1", tiny.family[0].name, tiny.document(tiny.family[0])]
    assert table[0][7] == table[5][7] == table[8][7] == "done"
    assert name in table[0][8]
    assert "same as row 3" in table[5][10]
    assert (table[7][7], table[7][10]) == ("returned", "There is no such address")
    assert table[12][:2] == ["合计", "12人"]
    text = desk.post(f"{AT}{one.uuid}/report", {"as": "csv"}).content.decode("utf-8-sig")
    above, *lines = csv.reader(io.StringIO(text))
    assert above == [title[0]]
    assert [line[7] for line in lines] == [heading[7], *(line[7] for line in table)]
    assert AccessLog.objects.filter(kind=AccessLog.Kind.EXPORTED, count=13).count() == 2


def test_a_row_stands_beside_its_candidates_and_the_look_is_on_record(tiny: Small, sign_in: SignIn) -> None:
    man, desk = tiny.family[0], sign_in("bingsi-shuji")
    one = look(desk, content(None, [["1", "不同名", tiny.document(man), "", "", "", ""]]))
    page = desk.get(f"{AT}{one.uuid}/rows/3/")
    (beside,) = page.context["candidates"]
    assert beside.uuid == man.uuid
    assert [english(word) for word in beside.evidence] == ["document", "birth date"]
    assert [english(word) for word in beside.against] == ["another name"]
    assert AccessLog.objects.filter(person=man.uuid, reason=f"list:{one.uuid}").count() == 1
    decide(desk, one, 3, decision="person", person=man.uuid)
    assert (row(one, 3).state, row(one, 3).person) == ("matched", man)
    desk.post(f"{AT}{one.uuid}/take")
    assert row(one, 3).state == "asked"
    assert decide(desk, one, 3, decision="person", person=man.uuid).status_code == 422


def test_nobody_outside_is_shown_or_chosen(tiny: Small, sign_in: SignIn) -> None:
    village = tiny.living[tiny.yards[0].pk][0]
    desk = sign_in("bingsi-shuji")
    one = look(desk, content(None, [["1", village.name, tiny.document(village), "", "东岗里1-1-101", "", ""]]))
    page = desk.get(f"{AT}{one.uuid}/rows/3/")
    assert all(beside.uuid != village.uuid for beside in page.context["candidates"])
    assert decide(desk, one, 3, decision="person", person=village.uuid).status_code == 404
    assert sign_in("dengqiao-shuji").get(f"{AT}{one.uuid}/").status_code == 404


def test_a_list_of_many_rows_opens_with_as_many_queries_as_one_of_few(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("bingsi-shuji")
    counts = []
    for size in (2, 8):
        people = [person for person in tiny.people if tiny.document(person)][:size]
        some = [[str(at), person.name, tiny.document(person), "", "", "", ""] for at, person in enumerate(people)]
        one = look(desk, content(None, some, title=f"{size}"))
        desk.get(f"{AT}{one.uuid}/")
        with CaptureQueriesContext(connection) as found:
            desk.get(f"{AT}{one.uuid}/")
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_the_level_above_sees_the_lists_below_it_down_to_the_rows(tiny: Small, sign_in: SignIn) -> None:
    desk, town = sign_in("bingsi-shuji"), sign_in("qiaodong")
    one = look(desk, content(tiny))
    desk.post(f"{AT}{one.uuid}/take")
    HandedList.objects.within(EVERYTHING).update(due_at=clock.now())
    page = town.get(f"{AT}below/")
    (office,) = page.context["offices"]
    sums = queries.sums([one])[one.pk]
    people = sums["rows"] - sums["repeated"] - sums["remark"]
    expected = {"lists": 1, "people": people, "checked": 0, "open": people, "forwarded": 0, "returned": 0,
                "late": people}  # fmt: skip
    assert (office.name, office.figures) == ("并州东街四社区", expected)
    assert page.context["whole"] == expected
    below = town.get(office.url)
    (card,) = below.context["cards"]
    assert town.get(card.url).context["sums"]["rows"] == sums["rows"]
    assert b"lists/below/" in town.get(AT).content
    assert b"lists/below/" not in desk.get(AT).content
    assert [each.figures["people"] for each in sign_in("zhihuibu").get(f"{AT}below/").context["offices"]] == [people]
    assert sign_in("jiyi").get(f"{AT}below/").context["offices"] == []
    assert sign_in("jiyi").get(office.url).status_code == 404

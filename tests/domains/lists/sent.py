"""Lists as offices send them, about people of the tiny city; all invented."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from tests.base.receipts.sheets import book, card

from wangge.base import clock
from wangge.base.access.by import By
from wangge.demo.small import Small
from wangge.domains.lists import actions, queries
from wangge.domains.lists.inputs import read_list
from wangge.domains.lists.models import HandedList, ListRow
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details

HEADING = ("序号", "人员姓名", "证件号码", "联系方式", "现住址", "批次", "备注", "核查结果", "核查人", "核查时间")
RANDOM = Random("lists")
FATHER_STRANGER, OTHER_STRANGER = card(RANDOM), card(RANDOM)


def phone(person: Person) -> str:
    return str(details(person).get("phone", ""))


def address(tiny: Small, home: int) -> str:
    """A home of the twelve, as offices write it."""
    return f"东岗里{home // 6 + 1}-{home // 3 % 2 + 1}-{home % 3 + 1}01"


@dataclass
class Sent:
    """A list with who it is about, by the row that Excel shows."""

    list: HandedList
    tiny: Small

    def row(self, number: int) -> ListRow:
        return queries.row(self.list, number)

    def states(self) -> dict[int, str]:
        return dict(queries.rows(self.list).values_list("number", "state"))

    def sums(self) -> dict[str, int]:
        found = queries.sums([self.list])[self.list.pk]
        return {name: number for name, number in found.items() if number}


def rows(tiny: Small) -> list[list[Any]]:
    """Rows 3 to 14 below a title and a heading."""
    man = tiny.family[0]
    lodger, village = tiny.roommates[0], tiny.living[tiny.yards[0].pk][0]
    late = tiny.living[tiny.homes[4].pk][0]
    body = [
        [man.name, tiny.document(man), "", "", ""],  # 3 by document
        [man.name, "", phone(man), "", ""],  # 4 the same man by name and phone
        [man.name, "", "", "东岗里1-1-101", ""],  # 5 and by name and address
        [man.name.replace(man.name[0], man.name[0] + " "), tiny.document(man).lower(), "", "", "重点"],  # 6
        [man.name, tiny.document(man), phone(man), "东岗里1号楼1单元101", ""],  # 7
        [man.name, tiny.document(man), "", "东岗里2-1-101", ""],  # 8 another address, the same man
        ["甄无名", FATHER_STRANGER, "13900007777", "东岗里2-2-301", ""],  # 9 a stranger at a known door
        ["贾无处", OTHER_STRANGER, "", "某某大院后面", ""],  # 10 no door
        [village.name, tiny.document(village), "", "", ""],  # 11 lives in the village
        ["远无关", "", "13900008888", "大同市平城区某小区1-1-101", ""],  # 12 outside the city
        [late.name, tiny.document(late), "", "", "作废"],  # 13 struck out
        [lodger.name, tiny.document(lodger), "", "", ""],  # 14
    ]
    made = [[str(at), name, number, call, where, "第3批", mark] for at, (name, number, call, where, mark) in enumerate(
        body, 1)]  # fmt: skip
    return [*made, ["合计", "12人"]]


def content(tiny: Small | None, some: list[list[Any]] | None = None, title: str = "") -> bytes:
    """As a workbook: the list of the tiny city, or other rows."""
    top = ([title or "桥东街道转发协查人员名单（第3批）"], HEADING)
    return book(some or (rows(tiny) if tiny else []), name="名单", top=top)


def look(tiny: Small, by: By, body: bytes | None = None, *, name: str = "协查名单.xlsx", **said: str) -> Sent:
    """Send a file and have its rows matched."""
    intake, _ = actions.keep_file(name=name, content=body or content(tiny, title=said.get("title", "")), by=by)
    due = (clock.now() + timedelta(days=1)).astimezone(clock.LOCAL).strftime("%Y-%m-%dT%H:%M")
    typed = {"title": "协查名单", "sender": "桥东街道防控办", "batch": "第3批", "due": due} | said
    fields = [field for field, _ in intake.columns]
    one = actions.look_at(intake=intake, fields=fields, said=read_list(typed), by=by)
    while actions.read_on(list_=one, by=by):
        continue
    one.refresh_from_db()
    return Sent(one, tiny)

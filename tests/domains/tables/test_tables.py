"""Any table of an office from one set of facts: who is in it, what stands in it, in whose words; on record."""

import csv
import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.domains.tables.conftest import answer

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.asking.models import Question
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.tables import queries, writing
from wangge.domains.tables.coverage import Cover, coverage
from wangge.domains.tables.inputs import as_data, of_data, read_definition
from wangge.domains.tables.matching import match
from wangge.domains.tables.rules import Subject

Bank = dict[str, Question]


def everybody(tiny: Small) -> list[Person]:
    return list(Person.objects.within(EVERYTHING).select_related("home", "home__parent").order_by("home__path", "id"))


def taken(name: str, by: By = SYSTEM) -> list[dict[str, str]]:
    """The rows of a table as its CSV file gives them, without what the file says of itself."""
    about = writing.begin(definition=queries.table(name, by), area=None, reason="测试", by=by)
    text = b"".join(writing.as_csv(about)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text.split("\r\n\r\n")[0])))


def test_thirteen_tables_come_with_the_product() -> None:
    titles = [one.title for one in queries.shipped().values()]
    assert len(titles) == 13
    assert {"返并人员排查台账", "独居老人台账", "未报告名单", "楼栋住户底册", "入户排查统计表"} <= set(titles)


def test_each_of_them_is_the_same_as_data() -> None:
    for name, one in queries.shipped().items():
        assert of_data(as_data(one), name) == one


def test_each_of_them_can_be_taken_where_nothing_was_asked_yet(tiny: Small) -> None:
    for name, one in queries.shipped().items():
        rows = taken(name)
        assert all(list(row) == [column.heading for column in one.columns] for row in rows)
        look = AccessLog.objects.order_by("-pk")[0]
        assert (look.count, look.reason) == (len(rows), f"table:{name} 测试")


def test_all_are_derived_from_one_set_of_facts(tiny: Small, bank: Bank) -> None:
    """One person's answers, given once, stand in five offices' tables, each in its own codes."""
    one = max(everybody(tiny), key=lambda person: person.birth_date is not None and person.birth_date.year < 1962)
    one.birth_date = clock.today().replace(year=clock.today().year - 82, day=1)
    one.save()
    for name, value in {
        "came_back": "yes", "came_from": "西安市", "code_colour": "yellow", "lives_alone": "yes", "can_come_down": "no",
        "medicine": "out", "medicine_days": "1", "dialysis": "yes",
    }.items():  # fmt: skip
        answer(bank[name], value, person=one)
    answer(bank["has_supplies"], "no", door=one.home)
    tables = {name: taken(name) for name in queries.shipped()}
    mine = {name: [row for row in rows if one.name in row.values()] for name, rows in tables.items()}
    assert [len(mine[name]) for name in ("returnees", "red-yellow-codes", "lives-alone", "cannot-come-down")] == [1] * 4
    assert mine["returnees"][0]["从何地返并"] == "西安市"
    assert mine["returnees"][0]["健康码"] == "黄码"
    assert mine["red-yellow-codes"][0]["码色"] == "黄"
    assert mine["lives-alone"][0]["能否下楼"] == "不能"
    assert mine["lives-alone"][0]["用药情况"] == "已断药"
    assert mine["dialysis-pregnant"][0]["是否透析"] == "1"
    assert mine["key-groups"][0]["不能下楼"] == "√"
    assert [row["剩余天数"] for row in tables["medicine"]] == ["1"]
    assert [row["基本生活物资"] for row in tables["supplies"]] == ["无"]
    numbers = {mine["returnees"][0]["身份证号"], mine["red-yellow-codes"][0]["证件号码"]}
    assert numbers == {details(one)["document"], mine["cannot-come-down"][0]["身份证号"]}


def test_a_stale_answer_is_not_known(tiny: Small, bank: Bank) -> None:
    one, other = everybody(tiny)[:2]
    answer(bank["came_back"], "yes", person=one, days_ago=13)
    answer(bank["came_back"], "yes", person=other, days_ago=15)
    assert [row["姓名"] for row in taken("returnees")] == [one.name]
    with clock.held(clock.now() + timedelta(days=2)):
        assert taken("returnees") == []


def test_a_door_that_says_little_is_in_the_table_of_needs(tiny: Small, bank: Bank) -> None:
    for door, name, value in (
        (tiny.homes[0], "has_supplies", "no"), (tiny.homes[1], "has_supplies", "yes"),
        (tiny.homes[2], "food_days", "2"), (tiny.homes[3], "food_days", "4"),
    ):  # fmt: skip
        answer(bank[name], value, door=door)
    found = [(row["楼号"], row["单元"], row["房号"], row["可维持天数"]) for row in taken("supplies")]
    assert sorted(found) == sorted([("1号楼", "1单元", "101", ""), ("1号楼", "1单元", "301", "2")])


def test_a_register_of_a_building_has_every_door_and_a_dormitory_by_rooms(tiny: Small) -> None:
    rows = taken("building-register")
    assert len(rows) == len(tiny.homes) + len(tiny.yards) + 1
    room = next(row for row in rows if row["小区"] == "职工宿舍")
    living = [one for one in everybody(tiny) if one.home.parent_id == tiny.room.pk]
    assert room["家庭人口"] == str(len(living))


def test_counts_by_grid_add_up(tiny: Small, bank: Bank) -> None:
    one = everybody(tiny)[0]
    answer(bank["came_back"], "yes", person=one)
    answer(bank["has_supplies"], "no", door=tiny.homes[0])
    rows = taken("household-rounds")
    assert [row["网格"] for row in rows] == [grid.name for grid in (*tiny.grids, tiny.village_grid)]
    assert sum(int(row["总户数"]) for row in rows) == len(tiny.homes) + len(tiny.yards) + 1
    assert sum(int(row["总人数"]) for row in rows) == len(everybody(tiny))
    assert [sum(int(row[heading]) for row in rows) for heading in ("返并人数", "无生活物资户数")] == [1, 1]
    assert rows[0]["网格员"] == tiny.accounts["bingsi-1"].name


def test_the_file_says_what_it_is(tiny: Small) -> None:
    about = writing.begin(
        definition=queries.table("lives-alone", SYSTEM), area=tiny.places["district"], reason="民政走访", by=SYSTEM
    )
    text = b"".join(writing.as_csv(about)).decode("utf-8-sig")
    said = dict(line.split(",", 1) for line in text.split("\r\n\r\n")[1].strip().split("\r\n"))
    assert said["记录数"] == "0"
    assert (said["用途"], said["筛选条件"]) == ("民政走访", "person.age ≥ 60；answer.lives_alone = yes")
    assert said["范围"].endswith("迎泽区")
    assert said["导出时间"].startswith(str(clock.today().year))
    assert about.file_name("csv").startswith("lives-alone-")
    assert about.file_name("csv").endswith("-0rows.csv")
    with writing.as_workbook(about) as book, zipfile.ZipFile(book) as parts:
        strings = parts.read("xl/worksheets/sheet2.xml").decode() + "".join(
            parts.read(name).decode() for name in parts.namelist() if "sharedStrings" in name
        )
    assert "民政走访" in strings


def test_it_is_within_the_places_of_who_takes_it_and_on_record(tiny: Small, bank: Bank) -> None:
    secretary = tiny.by("bingsi-shuji")
    rows = taken("building-register", secretary)
    assert len(rows) == len(tiny.homes) + 1  # not the village's yards
    look = AccessLog.objects.get(kind="exported")
    assert (look.account, look.count, look.reason) == (secretary.account, len(rows), "table:building-register 测试")
    definition = queries.table("building-register", secretary)
    with pytest.raises(NotAllowed):
        writing.begin(definition=definition, area=None, reason="x", by=tiny.by("bingsi-1"))
    with pytest.raises(Problem, match="table_reason_missing"):
        writing.begin(definition=definition, area=None, reason=" ", by=secretary)


def test_an_area_outside_gives_nothing(tiny: Small) -> None:
    secretary = tiny.by("bingsi-shuji")
    definition = queries.table("building-register", secretary)
    assert queries.how_many(definition, secretary, tiny.places["village"]) == 0
    assert queries.how_many(definition, secretary, tiny.places["district"]) == len(tiny.homes) + 1


def test_what_is_shown_before_a_reason_is_masked(tiny: Small, bank: Bank) -> None:
    one = everybody(tiny)[0]
    answer(bank["came_back"], "yes", person=one)
    answer(bank["came_from"], "西安市", person=one)
    answer(bank["code_colour"], "yellow", person=one)
    text = str(queries.first_rows(queries.table("returnees", SYSTEM), SYSTEM))
    numbers = details(one)
    assert one.name not in text
    for secret in (str(numbers["document"]), str(numbers["phone"]), "西安市", "黄码"):
        assert secret == "" or secret not in text
    assert AccessLog.objects.count() == 0


def test_coverage_says_what_is_known_what_worked_out_and_what_to_ask(tiny: Small, bank: Bank) -> None:
    people = everybody(tiny)
    for one in people[:3]:
        answer(bank["lives_alone"], "yes", person=one)
    answer(bank["lives_alone"], "no", person=people[3], days_ago=200)
    definition = read_definition(
        """
title: 新表
subject: person
columns:
  - {heading: 姓名, source: person.name}
  - {heading: 年龄, source: person.age}
  - {heading: 独居, source: answer.lives_alone}
  - {heading: 透析, source: answer.dialysis}
  - {heading: 宠物, source: answer.pets}
  - {heading: 备注}
""",
        "new-table",
    )
    found = coverage(definition, SYSTEM)
    born = sum(one.birth_date is not None for one in people)
    assert [(one.cover, one.count, one.total) for one in found] == [
        (Cover.KNOWN, len(people), len(people)), (Cover.DERIVED, born, len(people)),
        (Cover.PARTLY, 3, len(people)), (Cover.ASK, 0, len(people)), (Cover.NOBODY, 0, len(people)),
        (Cover.EMPTY, 0, len(people)),
    ]  # fmt: skip
    assert found[3].question is not None
    assert found[3].question.label == {"zh": "是否透析"}
    assert found[2].missing == len(people) - 3


def test_every_shipped_table_has_its_coverage(tiny: Small, bank: Bank) -> None:
    for one in queries.shipped().values():
        found = coverage(one, SYSTEM)
        assert len(found) == len(one.columns)
        assert all(0 <= column.count <= column.total for column in found)


def test_headings_find_their_sources_and_leave_the_doubtful_to_a_person(bank: Bank) -> None:
    headings = [
        "序号",
        "姓名",
        "身份证号码",
        "家庭住址",
        "健康码颜色",
        "是否独居（是/否）",
        "药品还能用多少天",
        "宠物数量",
        "姓名",
    ]
    found = match(headings, Subject.PERSON, list(bank.values()))
    assert [one.source for one in found] == [
        "row.number", "person.name", "person.document", "place.address", "answer.code_colour", "answer.lives_alone",
        "", "", "",
    ]  # fmt: skip
    assert found[6].candidates[0] == "answer.medicine_days"
    assert found[7].candidates == ()
    assert found[8].candidates[0] == "person.name"  # the second of two like headings is not taken for the same


ONE = "title: x\nsubject: person\ncolumns: [{heading: a}]\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("subject: person", "table_title_missing"),
        ("title: x\nsubject: dog", "table_subject_wrong"),
        ("title: x\nsubject: person", "table_columns_wrong"),
        ("title: x\nsubject: person\ncolumns: [{source: person.name}]", "table_heading_missing"),
        ("title: x\nsubject: person\ncolumns: [{heading: a, source: person.wings}]", "table_source_unknown"),
        ("title: x\nsubject: household\ncolumns: [{heading: a, source: person.name}]", "table_source_unknown"),
        (ONE + "where: [{source: person.name, is: [x]}]", "table_condition_wrong"),
        (ONE + "where: [{source: person.age, at_least: old}]", "table_condition_wrong"),
        (ONE + "where: [drop]", "table_condition_wrong"),
        ("title: [", "table_not_yaml"),
        ("- 1", "table_not_yaml"),
    ],
)  # fmt: skip
def test_a_broken_definition_is_told(text: str, code: str) -> None:
    with pytest.raises(Problem, match=code):
        read_definition(text, "broken")


def test_rows_cost_the_same_statements_for_few_and_many(tiny: Small, bank: Bank) -> None:
    people = everybody(tiny)

    def statements(some: list[Person]) -> int:
        for one in some:
            answer(bank["came_back"], "yes", person=one)
            answer(bank["came_from"], "西安市", person=one)
        with CaptureQueriesContext(connection) as caught:
            assert len(taken("returnees")) >= len(some)
        return len(caught)

    assert statements(people[:1]) == statements(people[1:4])


def test_names_that_begin_a_formula_do_nothing(tiny: Small, bank: Bank) -> None:
    one = everybody(tiny)[0]
    answer(bank["came_back"], "yes", person=one)
    answer(bank["came_from"], "=HYPERLINK(1)", person=one)
    assert taken("returnees")[0]["从何地返并"] == "'=HYPERLINK(1)"


def rights(by: By) -> Any:
    return by.may(Right.OPEN_RECORD)


def test_who_may_not_open_a_record_sees_no_table(tiny: Small) -> None:
    assert not rights(tiny.by("bingsi-1"))
    with pytest.raises(NotAllowed):
        queries.first_rows(queries.shipped()["returnees"], tiny.by("bingsi-1"))

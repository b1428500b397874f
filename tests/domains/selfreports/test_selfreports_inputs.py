"""What a report may say, every mistake at once, and what applies from when to when."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from wangge.base.problems import Problems
from wangge.domains.selfreports.inputs import read_report
from wangge.domains.selfreports.rules import MOST_PEOPLE, applies

GOOD = {
    "uuid": "0190c6f0-0000-7000-8000-000000000001", "whom": "together", "people": "张三、李四",
    "phone": "138 0000 0000",
    "came_from": "山西省云州市松原区", "first": "2022-04-01", "last": "2022-04-06", "arrives": "2022-04-07",
    "travel": "train", "number": "D1661", "building": "３号楼", "unit": "2", "door": "501", "needs": "降压药",
}  # fmt: skip


def wrong(typed: Mapping[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(Problems) as refused:
        read_report(typed, [], 14)
    return [(one.field, one.code) for one in refused.value.problems]


def test_a_report_is_read_and_made_uniform(frozen: object) -> None:
    said = read_report(GOOD, ["nonsense", "0190c6f0-0000-7000-8000-00000000000a"], 14)
    assert said.people == ("张三", "李四")
    assert (said.phone, said.building) == ("13800000000", "3号楼")
    assert len(said.areas) == 1


def test_every_mistake_is_said_at_once(frozen: object) -> None:
    fields = {field for field, _code in wrong({"uuid": GOOD["uuid"]})}
    assert fields == {"whom", "travel", "people", "phone", "arrives", "first", "last", "came_from", "door"}


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("people", "、".join("张" * 2 for _ in range(MOST_PEOPLE + 1)), "report_too_many"),
        ("phone", "123", "report_phone"),
        ("arrives", "2021-04-07", "report_arrives"),
        ("arrives", "2022-12-07", "report_arrives"),
        ("arrives", "tomorrow", "report_day"),
        ("last", "2022-03-31", "report_stay"),
        ("first", "0001-01-01", "report_stay"),
        ("travel", "carpet", "report_travel"),
        ("whom", "everybody", "report_whom"),
        ("came_from", "   ", "report_from"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(frozen: object, name: str, typed: str, code: str) -> None:
    assert [found for _field, found in wrong(GOOD | {name: typed})] == [code]


def test_a_form_without_its_id_asks_to_be_sent_again(frozen: object) -> None:
    assert wrong(GOOD | {"uuid": "x"}) == [("", "report_number")]


def test_a_text_is_no_longer_than_its_field_and_one_line(frozen: object) -> None:
    said = read_report(GOOD | {"needs": "药\n" * 5000, "number": "D" * 500}, [], 14)
    assert len(said.needs) == 300
    assert "\n" not in said.needs
    assert len(said.number) == 20


def test_measures_follow_each_other_from_the_day_after_arrival() -> None:
    found = applies(date(2022, 4, 7), [("central_isolation", "central", 7), ("home_monitoring", "home", 3)], [1, 10])
    assert [(part.first.day, part.last.day) for part in found.parts] == [(8, 14), (15, 17)]
    assert [day.day for day in found.tests] == [8, 17]
    assert found.until == date(2022, 4, 17)
    assert applies(date(2022, 4, 7), [], []).until is None

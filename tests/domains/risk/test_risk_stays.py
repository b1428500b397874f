"""A stay in words: each of its days by the list in force on it, with the list that says so."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from tests.domains.risk.conftest import published, written

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem
from wangge.domains.risk import queries
from wangge.domains.risk.actions import take_list
from wangge.domains.risk.inputs import LONGEST_STAY, read_list, read_stay
from wangge.domains.risk.models import RiskArea
from wangge.domains.risk.rules import Level, Span, in_risk_area, level_until
from wangge.domains.risk.stays import Piece, Stay, day_by_day, judge

NAME = "学府小区7栋"


@pytest.fixture(autouse=True)
def end_of_april() -> Iterator[None]:
    with clock.held(datetime(2022, 4, 30, 4, 0, tzinfo=UTC)):
        yield


def at(day: int, hour: int) -> datetime:
    return datetime(2022, 4, day, hour, tzinfo=clock.LOCAL).astimezone(UTC)


def pieces(first: int, last: int) -> list[Piece]:
    area = RiskArea.objects.get(name=NAME).uuid
    return day_by_day(judge([Stay(area, date(2022, 4, first), date(2022, 4, last))])[0], queries.times())


@pytest.mark.django_db
def test_each_day_is_judged_by_its_own_list() -> None:
    for when, high, mid in (
        ("2022-04-15 11时", [NAME], []),
        ("2022-04-17 8时", [], [NAME]),
        ("2022-04-19 8时", [], ["洋河村"]),
    ):
        take_list(published=published(when, high=high, mid=mid), by=SYSTEM)
    day = {number: date(2022, 4, number) for number in range(13, 22)}
    assert pieces(13, 21) == [
        Piece(day[13], day[14], None, None),  # nobody has a list of these days: nobody says "not listed"
        # On the 17th it was high until eight, when the next list came: the list that says high is that of the 15th.
        Piece(day[15], day[17], Level.HIGH, (at(15, 11), at(15, 11))),
        Piece(day[18], day[19], Level.MID, (at(17, 8), at(17, 8))),
        Piece(day[20], day[21], None, (at(19, 8), at(19, 8))),
    ]
    assert pieces(18, 18) == [Piece(day[18], day[18], Level.MID, (at(17, 8), at(17, 8)))]


@pytest.mark.django_db
def test_of_many_lists_the_first_and_the_last_are_named() -> None:
    for hour in ("2022-04-15 11时", "2022-04-16 8时", "2022-04-17 8时"):
        take_list(published=published(hour, high=[NAME]), by=SYSTEM)
    [piece] = pieces(15, 17)
    assert (piece.level, piece.lists) == (Level.HIGH, (at(15, 11), at(17, 8)))


@pytest.mark.django_db
def test_around_a_place_that_a_sentence_names_stands_what_is_listed_there_on_the_days() -> None:
    city = {
        ("山西省", "云州市", "松原区"): [NAME, "柳林镇洋河村"], ("山西省", "云州市", "平城区"): ["古城街"],
        ("吉林省", "江城市", "松原区"): ["南湖花园"],
    }  # fmt: skip
    take_list(published=read_list(written("2022-04-15 11时", city, {})), by=SYSTEM)
    take_list(published=published("2022-04-20 11时", high=[NAME]), by=SYSTEM, many_endings=True)

    def around(text: str, first: int) -> list[str]:
        found = queries.near(text, date(2022, 4, first), date(2022, 4, 25))
        return [one.area.name for one in found]

    assert around("从山西云州松原区柳林镇回来", 15) == ["柳林镇洋河村", NAME]
    assert around("云州松原", 21) == [NAME]  # the others stood in no list any more
    assert around("云州", 15) == [NAME, "柳林镇洋河村", "古城街"]
    assert around("江城", 21) == []
    assert around("海边", 15) == []


def test_the_strictest_of_a_day_says_until_when_it_held() -> None:
    spans = [Span(Level.MID, at(10, 8), None), Span(Level.HIGH, at(10, 8), at(12, 6))]
    assert level_until(spans, at(12, 0), at(13, 0)) == (Level.HIGH, at(12, 6))
    assert level_until(spans, at(13, 0), at(14, 0)) == (Level.MID, at(14, 0))
    assert level_until(spans, at(9, 0), at(10, 0)) == (None, at(10, 0))


@pytest.mark.parametrize(
    ("level", "unknown", "answer"),
    [
        (Level.HIGH, False, "yes"),
        (Level.MID, True, "yes"),
        (Level.LOW, False, "no"),
        (None, False, "no"),
        (None, True, ""),
        (Level.LOW, True, ""),
    ],
)
def test_without_a_list_nobody_says_no(level: Level | None, unknown: bool, answer: str) -> None:
    assert in_risk_area(level, unknown=unknown) == answer


AREA = RiskArea().uuid


def test_a_stay_is_read_and_a_first_day_may_be_unknown() -> None:
    assert read_stay(AREA, "2022-04-03", " 2022-04-05 ") == Stay(AREA, date(2022, 4, 3), date(2022, 4, 5))
    assert read_stay(AREA, "", "2022-04-05") == Stay(AREA, date(2022, 4, 5) - LONGEST_STAY, date(2022, 4, 5))


@pytest.mark.parametrize(
    ("first", "left", "code"),
    [
        ("2022-04-03", "", "risk_stay_left"),
        ("2022-04-05", "2022-04-03", "risk_days"),
        ("3 April", "2022-04-05", "risk_days"),
        ("", "0001-01-01", "risk_days"),
        ("0001-01-01", "2022-04-05", "risk_days"),
        ("2022-04-30", "2022-05-01", "risk_stay_ahead"),
    ],
)
def test_a_stay_that_cannot_be_is_refused(first: str, left: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        read_stay(AREA, first, left)
    assert refused.value.code == code

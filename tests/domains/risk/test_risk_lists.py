"""Taking lists in: each at its own time, an old one never as news, a broken one not at all."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.domains.risk.conftest import HERE, published, written

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.domains.risk import queries
from wangge.domains.risk.actions import take_list
from wangge.domains.risk.inputs import Published, read_list
from wangge.domains.risk.models import RiskArea, RiskInterval, RiskList, RiskRun
from wangge.domains.risk.rules import Level
from wangge.domains.risk.stays import Stay, judge

ROOT = Path(__file__).resolve().parents[3]
REAL = next((one for up in (ROOT.parent, ROOT.parent.parent) if (one := up / "shared/data/risk_feed").is_dir()), None)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def end_of_april() -> Iterator[None]:
    with clock.held(datetime(2022, 4, 30, 4, 0, tzinfo=UTC)):
        yield


def take(one: Published, **how: bool) -> RiskList:
    return take_list(published=one, by=SYSTEM, **how)


def held() -> list[tuple[str, str, datetime, datetime | None]]:
    rows = RiskInterval.objects.order_by("area__name", "starts")
    return list(rows.values_list("area__name", "level", "starts", "ends"))


def at(day: int, hour: int) -> datetime:
    return datetime(2022, 4, day, hour, tzinfo=clock.LOCAL)


def test_lists_become_intervals_with_history() -> None:
    take(published("2022-04-15 11时", high=["学府小区7栋"], mid=["柳林镇洋河村"]))
    take(published("2022-04-17 8时", mid=["学府小区7栋", "柳林镇洋河村"]))
    take(published("2022-04-19 8时", mid=["柳林镇洋河村"]))
    assert held() == [
        ("学府小区7栋", "high", at(15, 11), at(17, 8)),
        ("学府小区7栋", "mid", at(17, 8), at(19, 8)),
        ("柳林镇洋河村", "mid", at(15, 11), None),
    ]
    assert {one.area.name for one in queries.in_force(date(2022, 4, 19))} == {"学府小区7栋", "柳林镇洋河村"}
    assert {one.area.name for one in queries.in_force(date(2022, 4, 20))} == {"柳林镇洋河村"}
    assert {one.level for one in queries.at_instant(at(16, 0))} == {"high", "mid"}


def test_the_same_list_twice_is_one_however_it_is_written() -> None:
    one = take(published("2022-04-15 11时", mid=["学府小区7栋", "柳林镇洋河村"]))
    other = take(published("2022-04-15 11时", mid=["柳林镇 洋河村", "学府小区７栋"]))
    assert one == other
    assert RiskArea.objects.count() == 2
    assert Event.objects.filter(kind="risk.list_taken").count() == 1


def test_an_older_list_is_no_news_and_changes_nothing() -> None:
    take(published("2022-04-15 11时", mid=["柳林镇洋河村"]))
    before = held()
    with pytest.raises(Problem) as refused:
        take(published("2022-04-14 11时", high=["学府小区7栋"]))
    assert refused.value.code == "risk_list_older"
    assert refused.value.values == {"at": "2022-04-14 11:00", "current": "2022-04-15 11:00"}
    assert held() == before
    assert RiskList.objects.count() == 1


def test_an_older_list_meant_as_history_is_put_into_it() -> None:
    take(published("2022-04-15 11时", mid=["柳林镇洋河村"]))
    late = take(published("2022-04-13 11时", high=["学府小区7栋"]), into_history=True)
    assert late.into_history
    assert queries.latest() != late
    assert held() == [("学府小区7栋", "high", at(13, 11), at(15, 11)), ("柳林镇洋河村", "mid", at(15, 11), None)]


def test_a_list_that_lacks_half_of_what_stands_waits_for_a_word() -> None:
    names = [f"学府小区{number}栋" for number in range(1, 31)]
    take(published("2022-04-15 11时", mid=names))
    with pytest.raises(Problem) as refused:
        take(published("2022-04-15 15时", mid=names[:10]))
    assert (refused.value.code, refused.value.values) == ("risk_list_many_endings", {"gone": 20, "standing": 30})
    assert RiskInterval.objects.filter(ends=None).count() == 30
    take(published("2022-04-15 15时", mid=names[:10]), many_endings=True)
    assert RiskInterval.objects.filter(ends=None).count() == 10


def test_only_who_keeps_the_lists_may_take_one() -> None:
    desk = By(account=None, post=None, scopes={Right.ENTER_RESULTS: EVERYTHING})
    with pytest.raises(NotAllowed):
        take_list(published=published("2022-04-15 11时", mid=["柳林镇洋河村"]), by=desk)
    tracer = By(account=None, post=None, scopes={Right.TAKE_RISK_LISTS: EVERYTHING})
    take_list(published=published("2022-04-15 11时", mid=["柳林镇洋河村"]), by=tracer)


def invented(chance: random.Random) -> list[Published]:
    """Thirty lists with changes, gaps and two of one time."""
    names = [f"学府小区{number}栋" for number in range(1, 13)]
    found = []
    for number in range(30):
        hours = number * 5 if number != 17 else 16 * 5
        stamp = at(10, 0) + timedelta(hours=hours)
        listed = chance.sample(names, 8)
        found.append(published(f"{stamp:%Y-%m-%d %H}时", high=listed[:3], mid=listed[3:]))
    return found


def everything() -> tuple[Any, ...]:
    runs = RiskRun.objects.order_by("area__name", "first").values_list("area__name", "level", "first", "last")
    return (*held(), *runs)


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_gives_the_same_intervals(seed: int) -> None:
    lists = invented(random.Random(7))
    for one in lists:
        take(one, into_history=True, many_endings=True)
    in_order = everything()
    RiskList.objects.all().delete()
    RiskArea.objects.all().delete()
    random.Random(seed).shuffle(lists)
    for one in lists:
        take(one, into_history=True, many_endings=True)
    assert everything() == in_order
    assert len(in_order) > 50


@pytest.mark.skipif(REAL is None, reason="the published lists are not beside the repository")
def test_the_lists_of_april_2022_in_any_order() -> None:
    assert REAL
    lists = [read_list(path.read_bytes()) for path in sorted(REAL.glob("*.json"))]
    assert len(lists) == 72
    for one in lists:
        take(one)
    in_order = everything()
    standing = lists[-1].levels
    assert RiskInterval.objects.filter(ends=None).count() == len(standing)
    assert RiskArea.objects.count() == len({key for one in lists for key in one.levels})
    RiskList.objects.all().delete()
    RiskArea.objects.all().delete()
    random.Random(4).shuffle(lists)
    for one in lists:
        take(one, into_history=True, many_endings=True)
    assert everything() == in_order
    park = next(one.area for one in queries.search("清徐元跃", date(2022, 4, 15), date(2022, 4, 15)))
    assert (park.name, park.unit) == ("王答乡元跃物流园区", "site")


def test_stays_are_judged_by_the_list_of_their_days() -> None:
    take(published("2022-04-15 11时", high=["学府小区7栋"]))
    take(published("2022-04-17 8时", mid=["学府小区7栋"]))
    take(published("2022-04-19 8时", mid=["柳林镇洋河村"]))
    building = RiskArea.objects.get(name="学府小区7栋").uuid

    def level(first: int, last: int) -> tuple[Level | None, bool]:
        judged = judge([Stay(building, date(2022, 4, first), date(2022, 4, last))])[0]
        return judged.level, judged.unknown

    assert level(15, 16) == (Level.HIGH, False)
    assert level(18, 18) == (Level.MID, False)
    assert level(17, 18) == (Level.HIGH, False)  # in the morning of the 17th it was high still
    assert level(20, 25) == (None, False)
    assert level(13, 14) == (None, True)  # no list of those days is known: nobody says "none"
    assert judge([Stay(uuid, date(2022, 4, 15), date(2022, 4, 15)) for uuid in [RiskList().uuid]]) == []


@pytest.mark.parametrize("typed", ["学府7", "云州松原学府", "松原区 7栋", "yzsyxf", "xfxq7d", "学府小区"])
def test_areas_are_found_as_they_are_typed(typed: str) -> None:
    take(published("2022-04-15 11时", high=["学府小区7栋"], mid=["柳林镇洋河村"]))
    found = queries.search(typed, date(2022, 4, 15), date(2022, 4, 16))
    assert [(one.area.name, one.level) for one in found] == [("学府小区7栋", Level.HIGH)]


def test_what_stood_on_the_days_comes_first_and_a_search_is_four_queries(django_assert_num_queries: Any) -> None:
    take(published("2022-04-10 11时", mid=["学府小区7栋"]))
    take(published("2022-04-15 11时", mid=["学府小区八期北院12栋"]))
    with django_assert_num_queries(4):  # what holds it as it is, what holds its characters, the areas, their history
        found = queries.search("学府", date(2022, 4, 15), date(2022, 4, 20))
    assert [one.area.name for one in found] == ["学府小区7栋", "学府小区八期北院12栋"]
    later = queries.search("学府", date(2022, 4, 16), date(2022, 4, 20))
    assert [(one.area.name, one.level) for one in later] == [
        ("学府小区八期北院12栋", Level.MID), ("学府小区7栋", None),
    ]  # fmt: skip
    assert queries.search("  ", date(2022, 4, 16), date(2022, 4, 20)) == []


GOOD = json.loads(written("2022-04-15 11时", {HERE: ["学府小区7栋"]}, {}))


def changed(**data: Any) -> bytes:
    return json.dumps(GOOD | {"data": GOOD["data"] | data}).encode()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "risk_list_unreadable"),
        (b"\xff\xfe{}", "risk_list_unreadable"),
        (b"[" * 100_000, "risk_list_unreadable"),
        (b"[1, 2]", "risk_list_form"),
        (json.dumps(GOOD | {"code": 500}).encode(), "risk_list_form"),
        (b'{"data": {"highlist": []}}', "risk_list_lacks"),
        (changed(hcount=15), "risk_list_cut"),
        (changed(hcount=None), "risk_list_cut"),
        (changed(hcount=True), "risk_list_cut"),
        (changed(highlist="all"), "risk_list_form"),
        (changed(highlist=[7]), "risk_list_entry"),
        (changed(highlist=[{"province": "山西省", "communitys": [3]}]), "risk_list_entry"),
        (changed(highlist=[{"province": "", "communitys": ["学府小区"]}]), "risk_list_entry"),
        (changed(highlist=[{"province": "山西省", "communitys": ["学" * 500]}]), "risk_list_entry"),
        (changed(end_update_time="yesterday"), "risk_list_time"),
        (changed(end_update_time="2022-13-15 11时"), "risk_list_time"),
        (changed(end_update_time="2022-04-15 25时"), "risk_list_time"),
        (changed(end_update_time=20220415), "risk_list_time"),
        (changed(end_update_time="2022-05-02 11时"), "risk_list_future"),
    ],
)  # fmt: skip
def test_a_list_that_is_not_whole_is_refused_and_says_why(content: bytes, code: str) -> None:
    with pytest.raises(Problem) as refused:
        read_list(content)
    assert refused.value.code == code


def test_a_list_in_other_spellings_is_the_same_list() -> None:
    plain = read_list(changed())
    assert read_list(b"\xef\xbb\xbf" + changed()).digest == plain.digest
    assert read_list(changed(end_update_time="2022年4月15日 11时")).digest == plain.digest
    assert read_list(changed(end_update_time="2022-04-15 11:00")).digest == plain.digest
    assert read_list(changed(end_update_time="2022-04-14 24时")).at == at(15, 0)

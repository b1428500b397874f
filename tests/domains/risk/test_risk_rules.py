"""Lists become intervals: the same whatever order they come in, and calm where the feed flaps."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.domains.risk.rules import (
    FLAP,
    Level,
    Run,
    Span,
    Unit,
    closest,
    holds,
    insert,
    level_between,
    pairs,
    shortened,
    spans,
    strongest,
    unit_of,
)

START = datetime(2022, 4, 15, tzinfo=UTC)


def hour(number: float) -> datetime:
    return START + timedelta(hours=number)


def taken(lists: Sequence[tuple[datetime, Level | None]]) -> tuple[list[Run], list[datetime]]:
    """One area's runs after lists came in, in this order."""
    runs: list[Run] = []
    times: list[datetime] = []
    for at, level in lists:
        before = max((one for one in times if one < at), default=None)
        after = min((one for one in times if one > at), default=None)
        runs = insert(runs, level=level, at=at, before=before, after=after, again=at in times)
        times = sorted({*times, at})
    return runs, times


def intervals(lists: Sequence[tuple[float, Level | None]]) -> list[Span]:
    runs, times = taken([(hour(at), level) for at, level in lists])
    return spans(runs, times)


def test_an_area_holds_from_its_first_list_until_the_first_one_that_lacks_it() -> None:
    found = intervals([(0, None), (5, Level.MID), (9, Level.MID), (40, None), (50, None)])
    assert found == [Span(Level.MID, hour(5), hour(40))]


def test_what_stands_in_the_last_list_holds_still() -> None:
    assert intervals([(0, Level.HIGH), (5, Level.HIGH)]) == [Span(Level.HIGH, hour(0), None)]


def test_listed_again_within_a_day_it_was_listed_all_the_time() -> None:
    gone_for_24 = [(0, Level.HIGH), (5, None), (29, Level.HIGH)]
    assert intervals(gone_for_24) == [Span(Level.HIGH, hour(0), None)]
    gone_for_longer = [(0, Level.HIGH), (5, None), (29.1, Level.HIGH)]
    assert intervals(gone_for_longer) == [Span(Level.HIGH, hour(0), hour(5)), Span(Level.HIGH, hour(29.1), None)]


def test_a_change_of_level_is_no_gap() -> None:
    found = intervals([(0, Level.HIGH), (30, Level.MID), (90, None)])
    assert found == [Span(Level.HIGH, hour(0), hour(30)), Span(Level.MID, hour(30), hour(90))]


def test_left_out_for_hours_and_back_at_another_level_the_first_one_went_on() -> None:
    found = intervals([(0, Level.HIGH), (30, None), (40, Level.MID)])
    assert found == [Span(Level.HIGH, hour(0), hour(40)), Span(Level.MID, hour(40), None)]


def test_a_level_that_flaps_stays_at_the_stricter_one() -> None:
    found = intervals([(0, Level.HIGH), (30, Level.MID), (40, Level.HIGH), (90, Level.MID)])
    assert found == [Span(Level.HIGH, hour(0), hour(90)), Span(Level.MID, hour(90), None)]


def test_of_two_lists_with_one_time_the_stricter_counts() -> None:
    for first, second in permutations((Level.HIGH, Level.MID)):
        assert intervals([(0, first), (0, second)]) == [Span(Level.HIGH, hour(0), None)]
    for first, second in permutations((Level.MID, None)):
        assert intervals([(0, first), (0, second)]) == [Span(Level.MID, hour(0), None)]


LISTS = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from([None, *Level])), min_size=1, max_size=25
)  # the same hour may come twice, as in the feed


@given(LISTS, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_runs_and_intervals(lists: list[tuple[int, Level | None]], chance: object) -> None:
    shuffled = list(lists)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, times = taken([(hour(at), level) for at, level in sorted(lists, key=lambda each: each[0])])
    other, others = taken([(hour(at), level) for at, level in shuffled])
    assert (one, times) == (other, others)
    assert spans(one, times) == spans(other, others)


def plainly(lists: Sequence[tuple[int, Level | None]]) -> Mapping[int, Level | None]:
    """What stood in the lists of each hour, read straight from them."""
    found: dict[int, Level | None] = {}
    for at, level in lists:
        found[at] = strongest((found.get(at), level))
    return found


@given(LISTS)
def test_runs_hold_exactly_what_the_lists_said(lists: list[tuple[int, Level | None]]) -> None:
    runs, times = taken([(hour(at), level) for at, level in lists])
    said = plainly(lists)
    for at in times:
        found = [run.level for run in runs if run.first <= at <= run.last]
        wanted = said[round((at - START).total_seconds() / 3600)]
        assert found == ([wanted] if wanted else [])
    assert all(one.last < two.first for one, two in pairwise(runs))


@given(LISTS)
def test_spans_never_lie_over_each_other_never_flap_and_are_never_milder_than_a_list(
    lists: list[tuple[int, Level | None]],
) -> None:
    runs, times = taken([(hour(at), level) for at, level in lists])
    found = spans(runs, times)
    for one, two in pairwise(found):
        assert one.ends is not None
        assert one.ends <= two.starts
        if one.ends < two.starts:
            assert two.starts - one.ends > FLAP
        else:
            assert one.level is not two.level
    order = (Level.LOW, Level.MID, Level.HIGH)
    for at, level in plainly(lists).items():
        if level:
            held = [span.level for span in found if holds(span, hour(at))]
            assert len(held) == 1
            assert order.index(held[0]) >= order.index(level)


def test_a_stay_is_judged_by_what_held_on_its_days() -> None:
    found = [Span(Level.HIGH, hour(0), hour(48)), Span(Level.MID, hour(48), None)]
    assert level_between(found, hour(-24), hour(0)) is None
    assert level_between(found, hour(-24), hour(1)) is Level.HIGH
    assert level_between(found, hour(47), hour(71)) is Level.HIGH
    assert level_between(found, hour(48), hour(72)) is Level.MID


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("松原街道", Unit.TOWNSHIP),
        ("柳林镇全域", Unit.TOWNSHIP),
        ("全域", Unit.DISTRICT),
        ("松原街道小南街社区", Unit.COMMUNITY),
        ("柳林镇洋河村", Unit.COMMUNITY),
        ("柳林镇许泾村八组", Unit.COMMUNITY),
        ("松原街道月季小区", Unit.COMPOUND),
        ("学府小区C区（工农大街625号）", Unit.COMPOUND),
        ("水产宿舍", Unit.COMPOUND),
        ("学府小区7栋", Unit.BUILDING),
        ("兴田小区7号楼A座", Unit.BUILDING),
        ("学府小区11号楼西单元", Unit.UNIT),
        ("学府小区3号楼2单元501室", Unit.DOOR),
        ("柳林镇元和物流园", Unit.SITE),
        ("柳林镇长征路15号", Unit.SITE),
        ("云山路以北、资兴路以东、龙源路以南的围合区域", Unit.SITE),
    ],
)
def test_granularity_from_street_to_unit_of_a_building(name: str, unit: Unit) -> None:
    assert unit_of(name) is unit


def test_names_are_found_without_the_words_people_leave_out() -> None:
    assert shortened("北京市朝阳区酒仙桥街道") == "北京朝阳酒仙桥"
    assert shortened("区") == "区"


def test_what_shares_most_with_a_text_comes_first() -> None:
    names = [(4, "柳林镇洋河村"), (1, "学府小区7栋"), (3, "学府路12号"), (2, "洋河新村")]
    assert closest(pairs("学府小区"), names, 3) == [1, 3, 2]
    assert closest(pairs("学府小区"), names, 1) == [1]
    assert closest(frozenset(), names, 9) == [1, 2, 3, 4]

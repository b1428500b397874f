"""Co-presence: windows, overlap, rank and cap, against a slow and obvious account of the same rule."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.domains.venues.rules import (
    Candidate,
    Kept,
    Ranked,
    Seen,
    Visit,
    first_kept,
    order_of,
    overlap_minutes,
    presumed,
    rank,
    refusal,
    window,
    windows,
)

CASE = 1
NOON = 1_648_958_400
STAYS = {1: 45, 2: 20, 3: 600}  # venue: minutes

instants = st.integers(NOON - 7200, NOON + 7200)
stays = st.integers(1, 700)
visits_ = st.lists(st.tuples(st.sampled_from([1, 2, 3]), instants), max_size=6).map(
    lambda some: [Visit(venue, at, STAYS[venue]) for venue, at in some]
)
seen_ = st.lists(st.tuples(st.sampled_from([1, 2, 3, 4]), instants, st.integers(1, 12)), max_size=60)


def slowly(visits: list[Visit], seen: list[Seen], cap: int) -> Ranked:
    """The rule as one would tell it."""
    met: list[tuple[int, int, int, int, int]] = []
    for visit in visits:
        best: dict[int, tuple[int, int]] = {}
        for venue, at, person in seen:
            minutes = overlap_minutes(visit.at, visit.stay, at, visit.stay)
            if venue == visit.venue and person != CASE and minutes:
                best[person] = min(best.get(person, (0, 0)), (-minutes, max(at, visit.at)))
        met += [(minus, len(best), person, visit.venue, starts) for person, (minus, starts) in best.items()]
    met.sort()
    order: list[int] = []
    for _, _, person, _, _ in met:
        if person not in order:
            order.append(person)
    found = [
        Candidate(person, venue, datetime.fromtimestamp(starts, UTC), -minus, crowd, number)
        for number, person in enumerate(order[:cap], start=1)
        for minus, crowd, whose, venue, starts in met
        if whose == person
    ]
    return Ranked(found, max(0, len(order) - cap))


@given(visits_, seen_, st.integers(0, 14))
def test_rank_is_the_rule_told_slowly(visits: list[Visit], seen: list[Seen], cap: int) -> None:
    assert rank(visits, seen, case=CASE, cap=cap) == slowly(visits, seen, cap)


@given(visits_, seen_)
def test_windows_lose_nobody_and_read_no_row_twice(visits: list[Visit], seen: list[Seen]) -> None:
    read = [
        row for venue, starts, ends in windows(visits) for row in seen if row[0] == venue and starts <= row[1] < ends
    ]
    assert rank(visits, read, case=CASE, cap=99) == rank(visits, seen, case=CASE, cap=99)
    merged = windows(visits)
    assert all(a.venue < b.venue or a.ends < b.starts for a, b in pairwise(merged))


@given(instants, stays, instants)
def test_a_window_is_where_stays_overlap(at: int, stay: int, other: int) -> None:
    starts, ends = window(at, stay)
    overlap_seconds = min(at, other) + stay * 60 - max(at, other)
    assert (starts <= other < ends) == (overlap_seconds > 0)


@given(instants, stays, instants, stays)
def test_overlap_is_mutual_and_never_longer_than_the_shorter_stay(a: int, a_stay: int, b: int, b_stay: int) -> None:
    minutes = overlap_minutes(a, a_stay, b, b_stay)
    assert minutes == overlap_minutes(b, b_stay, a, a_stay)
    assert 0 <= minutes <= min(a_stay, b_stay)


@given(visits_, seen_, st.integers(1, 14))
def test_the_cap_counts_persons_and_says_how_many_it_cut(visits: list[Visit], seen: list[Seen], cap: int) -> None:
    everybody, some = rank(visits, seen, case=CASE, cap=99), rank(visits, seen, case=CASE, cap=cap)
    persons = {one.person for one in everybody.candidates}
    assert CASE not in persons
    assert len({one.person for one in some.candidates}) == min(cap, len(persons))
    assert some.cut == len(persons) - min(cap, len(persons))
    assert some.candidates == [one for one in everybody.candidates if one.rank <= cap]


def test_long_overlap_first_then_the_smaller_crowd() -> None:
    visits = [Visit(1, NOON, 45), Visit(2, NOON + 4000, 20)]
    seen = [(1, NOON + 600, 10), (1, NOON + 1500, 11), (1, NOON + 1500, 12), (2, NOON + 4000, 13)]
    ranked = rank(visits, seen, case=CASE, cap=10)
    assert [(one.person, one.minutes, one.crowd, one.rank) for one in ranked.candidates] == [
        (10, 35, 3, 1), (13, 20, 1, 2), (11, 20, 3, 3), (12, 20, 3, 4),
    ]  # fmt: skip


def test_somebody_met_twice_keeps_both_meetings_under_one_rank() -> None:
    visits = [Visit(1, NOON, 45), Visit(2, NOON + 86_400, 20)]
    seen = [(2, NOON + 86_460, 10), (1, NOON - 60, 10), (1, NOON + 60, 11)]
    ranked = rank(visits, seen, case=CASE, cap=1)
    assert [(one.person, one.venue, one.minutes, one.rank) for one in ranked.candidates] == [
        (10, 1, 44, 1), (10, 2, 19, 1),
    ]  # fmt: skip
    assert ranked.candidates[0].starts == datetime.fromtimestamp(NOON, UTC)
    assert ranked.candidates[1].starts == datetime.fromtimestamp(NOON + 86_460, UTC)
    assert ranked.cut == 1


def test_nobody_anywhere() -> None:
    assert rank([], [], case=CASE, cap=10) == Ranked([], 0)
    assert rank([Visit(1, NOON, 45)], [], case=CASE, cap=10) == Ranked([], 0)
    assert windows([]) == []


def test_a_kind_the_protocol_does_not_name_presumes_no_stay() -> None:
    kinds = {1: "market", 2: "cinema"}
    went = [(1, NOON), (2, NOON), (3, NOON)]
    assert presumed(went, kinds, {"market": 45, "shop": 20}) == [Visit(1, NOON, 45)]


NOW = datetime(2022, 4, 14, 4, tzinfo=UTC)
TODAY = date(2022, 4, 14)


@pytest.mark.parametrize(
    ("at", "keep_days", "code"),
    [
        (NOW, 14, None),
        (NOW + timedelta(minutes=5), 14, None),
        (NOW + timedelta(minutes=5, seconds=1), 14, "check_in_in_future"),
        (NOW - timedelta(days=14), 14, None),
        (NOW - timedelta(days=15), 14, "check_in_too_old"),
        (NOW, 0, "check_ins_off"),
    ],
)
def test_refusal(at: datetime, keep_days: int, code: str | None) -> None:
    assert refusal(at, NOW, TODAY, (at + timedelta(hours=8)).date(), keep_days) == code


def test_fourteen_days_before_today_are_kept() -> None:
    assert first_kept(TODAY, 14) == date(2022, 3, 31)
    assert first_kept(TODAY, 0) == TODAY


def test_the_order_under_which_a_venue_takes_check_ins() -> None:
    """A drill prolongs no real check-in and takes none away; two real orders keep what the longer one asks for."""
    city, drill, district = Kept("/1/", 7, True), Kept("/1/2/", 14, False), Kept("/1/2/", 10, True)
    assert order_of("/1/2/3/", [drill, city]) == city
    assert order_of("/1/2/3/", [city, drill, district]) == district
    assert order_of("/1/2/3/", [Kept("/1/2/", 7, True), city]) == city  # the wider of two alike
    assert order_of("/1/4/", [drill, district]) is None
    assert order_of("/1/2/3/", [drill]) == drill

"""Who is inside, which level holds, when a zone is over."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.domains.protocol.queries import protocol
from wangge.domains.protocol.rules_zones import ReleaseCondition
from wangge.domains.zones.rules import (
    Clash,
    Entry,
    Evidence,
    Finding,
    Part,
    Standing,
    Stands,
    clashes,
    findings,
    holding,
    inside,
    may_release,
)

IN, OUT, EDGE = Part.IN, Part.OUT, Part.EDGE
D0 = date(2022, 4, 7)
COMPOUND, BUILDING, UNIT, DOOR = "aaaa", "aaaabbbb", "aaaabbbbcccc", "aaaabbbbccccdddd"


def conditions(key: str, level: str) -> tuple[ReleaseCondition, ...]:
    zone = protocol(key).areas[level].zone
    assert zone
    return zone.release_all_of


def test_the_closest_place_decides_whether_a_door_is_in() -> None:
    entries = [Entry(COMPOUND, IN), Entry(BUILDING, OUT), Entry(UNIT, IN)]
    assert [inside(entries, path) for path in (COMPOUND + "x", BUILDING, DOOR, "zzzz")] == [IN, OUT, IN, None]
    assert inside([Entry(BUILDING, EDGE), Entry(DOOR, IN)], DOOR) is IN
    assert inside([Entry(BUILDING, EDGE)], DOOR) is EDGE


def test_the_stricter_zone_holds_where_two_do() -> None:
    sealed, controlled = Standing(1, 3, (Entry(BUILDING, IN),)), Standing(2, 2, (Entry(COMPOUND, IN),))
    assert holding([controlled, sealed], DOOR) == sealed
    assert holding([controlled, sealed], COMPOUND + "x") == controlled
    assert holding([sealed], COMPOUND) is None


def test_only_a_contradiction_is_shown_to_be_decided() -> None:
    strict_inside = [Standing(1, 3, (Entry(BUILDING, IN),)), Standing(2, 2, (Entry(COMPOUND, IN),))]
    assert clashes(strict_inside) == [], "a sealed building in a controlled compound is how zones are drawn"
    twice = [Standing(1, 3, (Entry(COMPOUND, IN),)), Standing(2, 2, (Entry(COMPOUND, IN),))]
    assert clashes(twice) == [Clash(COMPOUND, 1, 2)]
    milder_inside = [Standing(1, 3, (Entry(COMPOUND, IN),)), Standing(2, 2, (Entry(BUILDING, IN),))]
    assert clashes(milder_inside) == [Clash(BUILDING, 1, 2)]
    left_out = [Standing(1, 3, (Entry(COMPOUND, IN), Entry(BUILDING, OUT))), Standing(2, 2, (Entry(BUILDING, IN),))]
    assert clashes(left_out) == []


def evidence(**more: Any) -> Evidence:
    return Evidence(**({"began": D0, "people": 3} | more))


def stands(found: list[Finding]) -> list[bool]:
    return [one.stands is Stands.MET for one in found]


def test_a_sealed_zone_of_the_eighth_edition_needs_all_three() -> None:
    asked = conditions("covid19-v8", "lockdown")
    contact = {"contacts": {"close_contact": D0}, "cleared": {"close_contact": (D0 + timedelta(14),)}}
    day = D0 + timedelta(14)
    whole = evidence(**contact, sampled={(day - timedelta(1), True): 2, (day, True): 1})
    assert stands(findings(asked, whole, day)) == [True, True, True]
    assert may_release(findings(asked, whole, day))
    assert stands(findings(asked, whole, day - timedelta(1))) == [False, False, False]


def test_each_condition_is_open_for_its_own_reason() -> None:
    asked, day = conditions("covid19-v8", "lockdown"), D0 + timedelta(20)
    samples = {(day, True): 3}
    again = evidence(infected=(D0 + timedelta(7),), sampled=samples)
    assert stands(findings(asked, again, day)) == [False, True, True]
    assert findings(asked, again, day)[0].earliest == D0 + timedelta(21)
    early = evidence(contacts={"close_contact": D0 + timedelta(2)}, sampled=samples,
                     cleared={"close_contact": (D0 + timedelta(15), D0 + timedelta(16))})  # fmt: skip
    found = findings(asked, early, day)
    assert (stands(found), found[1].done, found[1].of) == ([True, False, True], 1, 2)
    assert stands(findings(asked, evidence(sampled={(day, True): 2}), day)) == [True, True, False]
    assert stands(findings(asked, evidence(sampled={(day, True): 3, (day, False): 1}), day)) == [True, True, False]
    assert stands(findings(asked, evidence(sampled={(day - timedelta(3), True): 3}), day)) == [True, True, False]


def test_the_ninth_edition_wants_the_round_of_the_seventh_day_or_later() -> None:
    asked = conditions("covid19-v9", "high")
    assert stands(findings(asked, evidence(sampled={(D0 + timedelta(6), True): 3}), D0 + timedelta(7))) == [True, False]
    assert stands(findings(asked, evidence(sampled={(D0 + timedelta(7), True): 3}), D0 + timedelta(7))) == [True, True]


def test_a_contact_of_another_role_does_not_hold_a_zone_up() -> None:
    asked = conditions("covid19-v8", "lockdown")
    known = evidence(contacts={"secondary_contact": D0 + timedelta(9)}, sampled={(D0 + timedelta(14), True): 3})
    assert may_release(findings(asked, known, D0 + timedelta(14)))


@given(
    st.sampled_from([("covid19-v8", "lockdown"), ("covid19-v8", "control"), ("covid19-v9", "high"),
                     ("covid19-twenty-measures", "high"), ("covid19-new-ten", "high")]),
    st.integers(0, 40), st.lists(st.integers(0, 40), max_size=3),
)  # fmt: skip
def test_no_zone_is_released_before_its_days_whatever_else_is_known(
    which: tuple[str, str], on: int, infected: list[int]
) -> None:
    asked = conditions(*which)
    today = D0 + timedelta(on)
    known = evidence(infected=tuple(D0 + timedelta(day) for day in infected), sampled={(today, True): 3})
    days = asked[0].days
    assert may_release(findings(asked, known, today)) == (on - max([0, *infected]) >= days)


@pytest.mark.parametrize("key", ["covid19-v8", "covid19-v9", "covid19-twenty-measures", "covid19-new-ten"])
def test_every_level_that_closes_people_in_says_when_it_is_over_and_asks_what_they_need(key: str) -> None:
    levels = [area.zone for area in protocol(key).areas.values() if area.zone]
    assert levels
    for one in levels:
        assert bool(one.care_hours) == bool(one.release_all_of)

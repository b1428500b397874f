"""Who shares a room, what is wrong with a plan, what is missing: the rules alone."""

from dataclasses import replace

import pytest

from wangge.domains.transfer.missing import Lack, missing
from wangge.domains.transfer.rules import (
    Alone,
    Hotel,
    Household,
    Limits,
    Member,
    Need,
    Plan,
    Problem,
    RoomKind,
    Stop,
    Trip,
    Vehicle,
    plan_cost,
    rooming,
)  # fmt: skip
from wangge.domains.transfer.rules_faults import HARD, Fault, by_night, faults

ALONE = Alone(14, frozenset({Need.PREGNANT, Need.SEVERE, Need.CARE}), "255")
LIMITS = Limits("road", "care")
NINE = 9 * 60


def member(key: str, age: int | None = 40, *needs: Need) -> Member:
    return Member(key, age, frozenset(needs))


def home(key: str = "d1", *members: Member, compound: str = "c1", klass: str = "close", ready: int = 0) -> Household:
    return Household(key, compound, klass, members or (member(f"{key}-a"),), ready)


def trip(*households: str, key: str = "1", at: int = NINE, vehicle: str = "v1", hotel: str = "h1") -> Trip:
    return Trip(key, vehicle, hotel, (Stop("c1", at, at + 10),), at + 40, households)


def problem(*households: Household, **other: object) -> Problem:
    hotel = Hotel("h1", {RoomKind.SINGLE: 3, RoomKind.FAMILY: 1, RoomKind.ACCESSIBLE: 1}, frozenset({Need.INFANT}))
    made = Problem(households, (hotel,), (Vehicle("v1", 20),), {("c1", "h1"): 30}, ALONE, LIMITS)
    return replace(made, **other)  # type: ignore[arg-type]  # fields by name


def found(*trips: Trip, of: Problem) -> set[Fault]:
    return {one.fault for one in faults(of, Plan(trips))}


def test_a_child_shares_a_family_room_with_somebody_named_and_adults_are_alone() -> None:
    made = rooming([member("a"), member("b"), member("c", 7)], ALONE)
    assert (made.rooms[RoomKind.FAMILY], made.rooms[RoomKind.SINGLE]) == (1, 1)
    assert (made.shared, made.lacking) == ((("c", "a"),), ())


@pytest.mark.parametrize("alone", [member("x", 13), member("x", 30, Need.PREGNANT), member("x", 60, Need.SEVERE)])
def test_who_may_not_be_alone_is_named_where_nobody_goes_along(alone: Member) -> None:
    assert rooming([alone], ALONE).lacking == ("x",)


def test_a_wheelchair_takes_an_accessible_room_alone_or_with_who_helps() -> None:
    assert rooming([member("a", 50, Need.WHEELCHAIR)], ALONE).rooms[RoomKind.ACCESSIBLE] == 1
    made = rooming([member("a", 80, Need.WHEELCHAIR, Need.CARE), member("b")], ALONE)
    assert (made.rooms[RoomKind.ACCESSIBLE], made.rooms[RoomKind.SINGLE], made.shared) == (1, 0, (("a", "b"),))


def test_four_small_children_need_two_adults() -> None:
    children = [member(f"k{n}", 5) for n in range(4)]
    assert rooming([*children, member("a")], ALONE).lacking == ("k3",)
    assert rooming([*children, member("a"), member("b")], ALONE).rooms[RoomKind.FAMILY] == 2


def test_a_plan_that_serves_everybody_has_no_fault() -> None:
    assert faults(problem(home()), Plan((trip("d1"),))) == []


def test_each_limit_is_found() -> None:
    crowd = [home(f"d{n}", *(member(f"{n}-{m}") for m in range(3))) for n in range(7)]
    assert Fault.SEATS in found(trip(*(one.key for one in crowd)), of=problem(*crowd))
    assert Fault.ROOMS in found(trip("d0", "d1"), of=problem(*crowd[:2]))
    mixed = problem(home(), home("d2", klass="case"))
    assert Fault.CLASSES in found(trip("d1", "d2"), of=mixed)
    assert found(trip("d1"), of=problem(home("d1", member("k", 6)))) == {Fault.ALONE}
    assert found(of=problem(home())) == {Fault.UNPLACED}
    assert Fault.TWICE in found(trip("d1"), trip("d1", key="2", at=800), of=problem(home()))
    assert Fault.OVERLAP in found(trip("d1"), trip("d2", key="2", at=NINE + 5), of=problem(home(), home("d2")))
    assert found(trip("d1"), of=problem(home("d1", member("a", 50, Need.DIALYSIS)))) == {Fault.CARE}
    assert found(trip("d1"), of=problem(home(ready=NINE + 30))) == {Fault.EARLY}
    assert found(trip("d1"), of=problem(home(compound="c2"))) == {Fault.NO_STOP}


def test_the_road_and_the_waiting_have_their_limits_with_clause() -> None:
    night = faults(problem(home()), Plan((trip("d1", at=100),)))
    assert [(one.fault, one.clause, one.hard) for one in night] == [(Fault.NIGHT, "road", True)]
    assert found(trip("d1", at=100), of=problem(home(), vehicles=(Vehicle("v1", 5),))) == set(), "a car is no coach"
    slow = replace(trip("d1"), stops=(Stop("c1", NINE, NINE + 31),), arrives=NINE + 300)
    frail = problem(home("d1", member("a", 82)))
    assert found(slow, of=frail) == {Fault.OUTDOORS, Fault.MEAL, Fault.TOILET}
    assert found(replace(slow, meal=True, toilet=True), of=frail) == {Fault.OUTDOORS}
    assert found(slow, of=problem(home())) == {Fault.MEAL, Fault.TOILET}


def test_a_driver_pauses_after_four_hours_and_stops_after_eight() -> None:
    far = {("c1", "h1"): 100}
    homes = [home(f"d{n}") for n in range(3)]
    one = replace(trip("d0", at=NINE), arrives=NINE + 110)
    again = NINE + 110 + 10 + 100
    two = replace(trip("d1", key="2", at=again), arrives=again + 110)
    rooms = (Hotel("h1", {RoomKind.SINGLE: 9}),)
    given = problem(*homes, minutes=far, hotels=rooms)
    assert found(one, two, of=given) == {Fault.DRIVE, Fault.UNPLACED}
    later = replace(trip("d1", key="2", at=again + 20), arrives=again + 130)
    paused = faults(given, Plan((one, later)))
    assert all(each.fault is not Fault.DRIVE for each in paused)
    assert Fault.DAY in found(one, two, replace(two, key="3", stops=(Stop("c1", again + 300, again + 310),)), of=given)


@pytest.mark.parametrize(
    ("begins", "ends", "is_night"),
    [(60, 119, False), (60, 121, True), (180, 200, True), (300, 400, False), (1400, 1500, False), (1400, 1570, True)],
)
def test_the_night_is_every_night(begins: int, ends: int, is_night: bool) -> None:
    assert by_night(begins, ends, 2, 5) is is_night


def test_what_no_reason_makes_good() -> None:
    assert {Fault.SEATS, Fault.ROOMS, Fault.CLASSES, Fault.ALONE, Fault.NIGHT} <= HARD
    assert Fault.UNPLACED not in HARD


def test_what_is_missing_is_said_with_its_number() -> None:
    child = home("d2", member("k", 3), member("m"))
    given = problem(*(home(f"e{n}") for n in range(4)), child, home("d3", member("k2", 3), member("m2")))
    lacks = {(one.lack, one.what): one.number for one in missing(given)}
    assert lacks == {(Lack.ROOMS, "family"): 1}
    more = problem(*(home(f"e{n}") for n in range(6)), home("x", member("p", 40, Need.DIALYSIS)))
    assert {(one.lack, one.what): one.number for one in missing(more)} == {
        (Lack.ROOMS, "single"): 2, (Lack.CARE, "dialysis"): 1,
    }  # fmt: skip
    assert [one.lack for one in missing(problem(home(), vehicles=()))] == [Lack.VEHICLES]
    big = home("big", *(member(f"b{n}") for n in range(5)))
    assert (Lack.SEATS, 1) in {(one.lack, one.number) for one in missing(problem(big, vehicles=(Vehicle("v", 4),)))}
    assert [one.lack for one in missing(problem(home("d1", member("k", 5))))] == [Lack.CARER]


def test_a_plan_costs_the_minutes_of_its_vehicles() -> None:
    assert plan_cost(problem(home()), Plan((trip("d1"),))) == 30 + 10 + 30 + 10

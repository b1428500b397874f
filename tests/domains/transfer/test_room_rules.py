"""Who may sleep in which room, which one is proposed, and how a range or a list of rooms is read."""

from dataclasses import replace

import pytest

from wangge.base.problems import Problem
from wangge.domains.transfer.inputs_rooms import RoomLine, numbers, read_rooms
from wangge.domains.transfer.rules import RoomKind
from wangge.domains.transfer.rules_rooms import (
    Guest,
    NoRoom,
    Room,
    RoomState,
    RoomZone,
    may_check_in,
    proposed,
    usable,
)

MOTHER, CHILD, OTHER = Guest("m", "door"), Guest("k", "door", dependent=True), Guest("o", "elsewhere")
SINGLE = Room("301", RoomKind.SINGLE, RoomZone.CONTAMINATED)
FAMILY = Room("310", RoomKind.FAMILY, RoomZone.CONTAMINATED)
WIDE = Room("102", RoomKind.ACCESSIBLE, RoomZone.CONTAMINATED)


def test_each_reason_against_a_room_is_named() -> None:
    assert may_check_in(SINGLE, [MOTHER]) is None
    assert may_check_in(SINGLE, []) is NoRoom.NOBODY
    assert may_check_in(replace(SINGLE, guests=(OTHER,)), [MOTHER]) is NoRoom.TAKEN
    assert may_check_in(replace(SINGLE, state=RoomState.CLEANING), [MOTHER]) is NoRoom.CLEANING
    assert may_check_in(replace(SINGLE, state=RoomState.OUT), [MOTHER]) is NoRoom.OUT
    assert may_check_in(replace(SINGLE, zone=RoomZone.CLEAN), [MOTHER]) is NoRoom.ZONE
    assert may_check_in(SINGLE, [MOTHER, CHILD]) is NoRoom.BEDS
    assert may_check_in(FAMILY, [MOTHER, OTHER]) is NoRoom.STRANGERS
    assert may_check_in(SINGLE, [CHILD]) is NoRoom.ALONE
    assert may_check_in(SINGLE, [replace(MOTHER, wheels=True)]) is NoRoom.WHEELS


def test_a_child_follows_its_mother_into_her_room() -> None:
    assert may_check_in(replace(FAMILY, guests=(MOTHER,)), [CHILD]) is None
    assert may_check_in(replace(FAMILY, guests=(MOTHER, CHILD)), [MOTHER, CHILD]) is None, "again is no other room"


def test_the_smallest_that_fits_is_proposed_and_the_wide_one_left_to_wheelchairs() -> None:
    rooms = [WIDE, FAMILY, SINGLE]
    assert proposed(rooms, [MOTHER]) == SINGLE
    assert proposed(rooms, [MOTHER, CHILD]) == FAMILY
    assert proposed(rooms, [replace(MOTHER, wheels=True)]) == WIDE
    assert proposed([replace(SINGLE, state=RoomState.OUT)], [MOTHER]) is None


def test_rooms_of_staff_taken_ones_and_those_being_cleaned_are_not_free() -> None:
    rooms = [SINGLE, replace(SINGLE, zone=RoomZone.HALF), replace(SINGLE, guests=(OTHER,)),
             replace(SINGLE, state=RoomState.CLEANING), FAMILY]  # fmt: skip
    assert usable(rooms) == {RoomKind.SINGLE: 1, RoomKind.FAMILY: 1}


def test_a_range_and_single_numbers_are_read() -> None:
    found = read_rooms({"numbers": "301-303， 310 A01 - A02", "kind": "single"})
    assert [one.number for one in found] == ["301", "302", "303", "310", "A01", "A02"]
    assert {(one.kind, one.zone) for one in found} == {(RoomKind.SINGLE, RoomZone.CONTAMINATED)}
    assert numbers("008-011") == ["008", "009", "010", "011"], "as on the doors"


def test_a_pasted_list_is_read_in_both_languages() -> None:
    found = read_rooms({"list": "301，单人间，污染区\n310\tfamily\n\n101-102, 单间, 清洁区\n301 家庭房"})
    family, staff = (RoomKind.FAMILY, RoomZone.CONTAMINATED), (RoomKind.SINGLE, RoomZone.CLEAN)
    wanted = [("301", *family), ("310", *family), ("101", *staff), ("102", *staff)]
    assert found == [RoomLine(*one) for one in wanted], "the last line about a room counts"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({}, "room_kind_missing"), ({"kind": "single"}, "room_numbers_missing"),
        ({"kind": "single", "numbers": "320-301"}, "room_range"),
        ({"kind": "single", "numbers": "A1-B9"}, "room_range"),
        ({"kind": "single", "numbers": "1-9999"}, "room_too_many"),
        ({"kind": "single", "numbers": "x" * 13}, "room_number"),
        ({"list": "301, penthouse"}, "room_line"), ({"list": "301"}, "room_line"),
        ({"list": "301, single, clean, more"}, "room_line"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(typed: dict[str, str], code: str) -> None:
    with pytest.raises(Problem) as problem:
        read_rooms(typed)
    assert problem.value.code == code

"""Rooms one by one at a place of isolation: listed, checked into, cleaned; overbooked is caught at the door."""

import pytest
from tests.domains.transfer.taking import Taking

from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.transfer import actions, handing, queries, rooms, staying
from wangge.domains.transfer.inputs_rooms import read_rooms
from wangge.domains.transfer.models import (
    GuestAsk,
    Passenger,
    SiteRoom,
    TransferAlert,
)
from wangge.domains.transfer.rules import Need
from wangge.domains.transfer.rules_hands import Hand
from wangge.domains.transfer.rules_live import Alarm
from wangge.domains.transfer.rules_rooms import RoomState


def listed(taking: Taking, numbers: str, kind: str, who: str = "qiantai") -> None:
    rows = read_rooms({"numbers": numbers, "kind": kind})
    rooms.list_rooms(site=taking.site, rows=rows, by=taking.by(who))
    taking.site.refresh_from_db()


def received(taking: Taking) -> list[Passenger]:
    """The first family at the desk of the hotel."""
    people = taking.listed(*taking.tiny.family)
    taking.adopted()
    people = taking.ready(taking.now(*taking.tiny.family))
    people = taking.passed_on(people, Hand.ESCORT, "bingsi-1", "husong")
    people = taking.passed_on(people, Hand.DRIVER, "husong", "siji")
    return taking.passed_on(people, Hand.DESK, "siji", "qiantai")


def child_of(people: list[Passenger]) -> Passenger:
    return next(one for one in people if one.person.birth_date and one.person.birth_date.year > 2010)


def refused(taking: Taking, people: list[Passenger], number: str) -> str:
    with pytest.raises(Problem) as problem:
        rooms.check_in(site=taking.site, people=people, number=number, by=taking.by("qiantai"))
    return problem.value.code


def free(taking: Taking) -> dict[str, int]:
    return {kind.value: number for kind, number in queries.free_rooms([taking.site])[taking.site.pk].items() if number}


def test_listed_rooms_are_the_numbers_by_kind(taking: Taking) -> None:
    listed(taking, "301-304", "single")
    listed(taking, "310", "family", "yingze")
    assert (taking.site.single, taking.site.family, taking.site.accessible) == (4, 1, 0)
    assert free(taking) == {"single": 4, "family": 1}
    rooms.set_state(site=taking.site, number="301", state=RoomState.OUT, by=taking.by("qiantai"))
    rooms.set_state(site=taking.site, number="302", state=RoomState.CLEANING, by=taking.by("qiantai"))
    assert free(taking) == {"single": 2, "family": 1}
    listed(taking, "301-304", "single")
    assert SiteRoom.objects.count() == 5, "said twice it changes nothing"
    for who in ("siji", "bingsi-1", "qingxu"):
        with pytest.raises(NotAllowed):
            listed(taking, "399", "single", who)


def test_checked_in_a_room_is_taken_and_after_they_left_it_is_cleaned(taking: Taking) -> None:
    listed(taking, "301-308", "single")
    listed(taking, "310-312", "family")
    people = received(taking)
    before = free(taking)
    rooms.check_in(site=taking.site, people=people, number="310", by=taking.by("qiantai"))
    assert {one.room for one in taking.now(*taking.tiny.family)} == {"310"}
    assert free(taking) == {"single": 8, "family": 2}
    assert before["single"] < 8, "before that, a room each was kept for them"
    with pytest.raises(Problem) as problem:
        rooms.set_state(site=taking.site, number="310", state=RoomState.OUT, by=taking.by("qiantai"))
    assert problem.value.code == "room_in_use"
    with pytest.raises(Problem):
        listed(taking, "310", "single")
    actions.take_off(orders=[one.order for one in people if one.order], why="order_over", by=SYSTEM)
    assert staying.room_row(taking.site, "310").state == RoomState.CLEANING


def test_a_child_is_never_left_alone_in_a_room(taking: Taking) -> None:
    listed(taking, "301-308", "single")
    listed(taking, "310-311", "family")
    people = received(taking)
    child = child_of(people)
    assert refused(taking, [child], "301") == "room_alone"
    rooms.check_in(site=taking.site, people=people, number="310", by=taking.by("qiantai"))
    grown_up = [one for one in taking.now(*taking.tiny.family) if one.pk != child.pk]
    assert refused(taking, grown_up, "311") == "room_alone", "also when the grown-ups move out"


def test_overbooked_at_the_room_is_caught_and_another_place_named(taking: Taking) -> None:
    other = taking.opened(taking.a_hotel("康宁酒店"))
    people = received(taking)
    site = people[0].site
    assert site
    taking.site = site
    listed(taking, "301", "single")
    assert refused(taking, people, "301") in ("room_beds", "room_strangers")
    assert refused(taking, people, "302") == "room_unknown"
    for _again in range(2):
        alert = rooms.no_room(site=site, people=people, by=taking.by("qiantai"))
    assert TransferAlert.objects.get() == alert
    assert alert.kind == Alarm.OVERBOOKED
    assert alert.nearest in (other, taking.site)
    assert alert.nearest != site


def test_before_a_desk_accepts_it_is_said_that_there_is_no_room_and_where_there_is(taking: Taking) -> None:
    other = taking.opened(taking.a_hotel("康宁酒店"))
    people = taking.listed(*taking.tiny.family)
    taking.adopted()
    people = taking.ready(taking.now(*taking.tiny.family))
    people = taking.passed_on(people, Hand.ESCORT, "bingsi-1", "husong")
    people = taking.passed_on(people, Hand.DRIVER, "husong", "siji")
    taking.site = people[0].trip.site if people[0].trip else taking.site
    listed(taking, "301", "single")
    offer = taking.offers(people, Hand.DESK, "siji")
    full, nearest = handing.room_for(offer, queries.people_in(offer))
    assert full
    assert nearest is not None
    assert nearest != taking.site
    assert other in (nearest, taking.site)
    with pytest.raises(Problem) as problem:
        taking.accepts(offer, people, "qiantai")
    assert problem.value.code == "hand_no_room"
    assert {one.hand for one in taking.now(*taking.tiny.family)} == {"driver"}, "nobody stands between two"


def test_what_a_guest_asks_for_is_open_until_it_was_brought(taking: Taking) -> None:
    people, uuid = received(taking), uuid7()
    for _again in range(2):
        one = rooms.ask(uuid=uuid, passenger=people[0], what="meal", by=taking.by("qiantai"))
    assert list(staying.asked(taking.site)) == [one]
    with pytest.raises(NotAllowed):
        rooms.serve(ask=one, by=taking.by("siji"))
    for _again in range(2):
        rooms.serve(ask=staying.ask_at(taking.site, uuid), by=taking.by("qiantai"))
    assert not staying.asked(taking.site).exists()
    assert GuestAsk.objects.count() == 1


def test_what_the_desk_has_to_know_is_sealed(taking: Taking) -> None:
    (one,) = taking.listed(taking.tiny.family[0])
    by = taking.by("bingsi-1")
    actions.note_needs(passenger=one, needs=[Need.PREGNANT], ready_at=None, by=by, note="清真，胰岛素18点")
    row = Passenger.objects.within(EVERYTHING).get(pk=one.pk)
    assert "胰岛素".encode() not in bytes(row.sealed)
    assert queries.sealed(row)["note"] == "清真，胰岛素18点"

"""Parcels for households: a frozen list, each door once, out of the stock and back into it."""

from datetime import timedelta

import pytest
from tests.domains.supplies.standing import Shelf

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.base.worker import run_pending
from wangge.domains.people.actions import register_people
from wangge.domains.people.inputs import PersonInput
from wangge.domains.protocol.actions import close_response
from wangge.domains.supplies import parcels, queries
from wangge.domains.supplies.actions import giving
from wangge.domains.supplies.inputs import ItemInput, ParcelInput, ParcelLine, read_parcel
from wangge.domains.supplies.models import Parcel, ParcelDoor, SupplyItem
from wangge.domains.supplies.rules import Bag, Book, Given

pytestmark = pytest.mark.django_db


def begun(shelf: Shelf, item: SupplyItem, **more: object) -> Parcel:
    line = ParcelLine(ItemInput(item.uuid, "", ""), 1, 2, 3)
    typed = ParcelInput("蔬菜包", None, (line,))
    area = shelf.tiny.places["community"]
    return giving.begin(store=shelf.room, area=area, typed=typed, by=shelf.tiny.by("bingsi-shuji"), **more)  # type: ignore[arg-type]


def doors(one: Parcel) -> list[ParcelDoor]:
    return list(parcels.doors(one, EVERYTHING))


def gives(shelf: Shelf, one: Parcel, given: Given, *numbers: int) -> dict[Given, int]:
    chosen = {doors(one)[number].door.uuid: given for number in numbers}
    return giving.give(parcel=one, doors=chosen, by=shelf.tiny.by("bingsi-1"))


def test_the_list_is_frozen_with_who_lives_there(shelf: Shelf) -> None:
    one = begun(shelf, shelf.comes(500))
    living = {row.door_id: (row.people, row.bag) for row in doors(one)}
    first, room = shelf.tiny.homes[0], shelf.tiny.room
    assert (living[first.pk], living[room.pk]) == ((4, Bag.MIDDLE), (4, Bag.MIDDLE)), "a room's beds are one door"
    assert len(living) == len(shelf.tiny.homes) + 1
    register_people(rows=[(PersonInput("新来的"), first, uuid7())], by=SYSTEM)
    assert {row.door_id: row.people for row in doors(one)}[first.pk] == 4


def test_what_is_promised_counts_against_the_stock(shelf: Shelf) -> None:
    item = shelf.comes(30)
    one = begun(shelf, item)
    amount = {Bag.SMALL: 1, Bag.MIDDLE: 2, Bag.LARGE: 3}
    everything = sum(amount[Bag(row.bag)] for row in doors(one))
    line = queries.lines([shelf.room], clock.now())[shelf.room.pk, item.pk]
    assert line.outlook.planned == everything
    gives(shelf, one, Given.HANDED, 0)
    gives(shelf, one, Given.REFUSED, 1)
    line = queries.lines([shelf.room], clock.now())[shelf.room.pk, item.pk]
    first, second = (amount[Bag(row.bag)] for row in doors(one)[:2])
    assert (line.outlook.planned, line.total) == (everything - first - second, 30 - first)


def test_each_door_once_however_often_a_sheet_is_sent(shelf: Shelf) -> None:
    item = shelf.comes(100)
    one = begun(shelf, item)
    assert gives(shelf, one, Given.HANDED, 0, 1, 2)[Given.HANDED] == 3
    left = sum(shelf.there(item).values())
    assert gives(shelf, one, Given.HANDED, 0, 1, 2, 3)[Given.HANDED] == 1
    assert sum(shelf.there(item).values()) < left
    assert gives(shelf, one, Given.ABSENT, 0)[Given.ABSENT] == 0, "who has it is not absent"
    counts = parcels.counted([one])[one.pk]
    assert (counts[Given.HANDED], sum(counts.values())) == (4, len(doors(one)))
    assert shelf.adds_up()


def test_a_tick_by_mistake_brings_the_same_lots_back(shelf: Shelf) -> None:
    soon = str(clock.today() + timedelta(days=3))
    item = shelf.comes(1, expires_on=soon)
    shelf.comes(50)
    one = begun(shelf, item)
    gives(shelf, one, Given.HANDED, 0, 1)
    gives(shelf, one, Given.WAITING, 0, 1)
    assert shelf.there(item) == {soon: 1, "": 50}
    assert {row.given for row in doors(one)} == {Given.WAITING}
    assert queries.balance(shelf.room, item)[Book.UNDONE] > 0
    assert shelf.adds_up()


def test_it_begins_once_within_a_response_and_ends_with_it(shelf: Shelf) -> None:
    item, own = shelf.comes(), uuid7()
    one = begun(shelf, item, uuid=own)
    assert begun(shelf, item, uuid=own) == one
    with pytest.raises(NotAllowed):
        giving.close(parcel=one, by=shelf.tiny.by("bingsi-1"))
    close_response(response=shelf.tiny.response, by=SYSTEM)
    run_pending()
    one.refresh_from_db()
    assert one.closed_at is not None
    with pytest.raises(Problem, match="parcel_closed"):
        gives(shelf, one, Given.HANDED, 0)
    with pytest.raises(Problem, match="parcel_no_response"):
        begun(shelf, item)
    closed = Event.objects.get(kind="supplies.parcel_closed")
    assert sum(closed.data.values()) == len(doors(one))
    line = queries.lines([shelf.room], clock.now())[shelf.room.pk, item.pk]
    assert line.outlook.planned == 0


def test_a_grid_worker_sees_the_doors_of_their_grid(shelf: Shelf) -> None:
    one = begun(shelf, shelf.comes())
    mine = parcels.doors(one, Scope(grids=frozenset({shelf.tiny.grids[0].pk})))
    assert {row.door.grid_id for row in mine} == {shelf.tiny.grids[0].pk}
    assert sum(sum(each.given.values()) for each in parcels.buildings(one, EVERYTHING)) == len(doors(one))


def test_what_is_in_it_is_read_with_every_mistake() -> None:
    with pytest.raises(Problems) as error:
        read_parcel({"item0": str(uuid7()), "small0": "0"})
    assert [one.code for one in error.value.problems] == ["parcel_name", "parcel_area", "parcel_amounts"]
    item = str(uuid7())
    with pytest.raises(Problems) as error:
        read_parcel({"name": "x", "area": item, "item0": item, "small0": "1", "item1": item, "large1": "2"})
    assert [one.code for one in error.value.problems] == ["parcel_twice"]
    with pytest.raises(Problems) as error:
        read_parcel({"name": "x", "area": item})
    assert [one.code for one in error.value.problems] == ["parcel_empty"]

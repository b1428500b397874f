"""A ledger that adds up: in, out, handed over, counted, sent and accepted at both ends."""

from datetime import timedelta

import pytest
from tests.domains.supplies.standing import Shelf

from wangge.base import clock
from wangge.base.access.rights import NotAllowed
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.supplies import queries
from wangge.domains.supplies.actions import booking, sending
from wangge.domains.supplies.inputs import read_count, read_in
from wangge.domains.supplies.models import Stock, Store, SupplyEntry
from wangge.domains.supplies.rules import Book, Kind, Step, Way

pytestmark = pytest.mark.django_db


def test_what_comes_in_twice_under_one_id_came_in_once(shelf: Shelf) -> None:
    own = uuid7()
    item = shelf.comes(uuid=own)
    shelf.comes(uuid=own)
    assert shelf.there(item) == {"": 100}
    assert Event.objects.filter(kind="supplies.booked").count() == 1


def test_what_expires_first_is_handed_over_first(shelf: Shelf) -> None:
    late, soon = clock.today() + timedelta(days=400), clock.today() + timedelta(days=20)
    item = shelf.comes(10, expires_on=str(late))
    shelf.comes(2, expires_on=str(soon))
    shelf.hands(item, 3)
    assert shelf.there(item) == {str(late): 9, str(soon): 0}
    assert shelf.adds_up()


def test_a_mask_for_a_passer_by_is_a_row_without_a_name_and_no_event(shelf: Shelf) -> None:
    item = shelf.comes()
    before = Event.objects.count()
    own = shelf.hands(item, username="bingsi-kadian")
    shelf.hands(item, username="bingsi-kadian", uuid=own)
    assert shelf.there(item) == {"": 99}
    assert Event.objects.count() == before
    assert {field.name for field in SupplyEntry._meta.fields}.isdisjoint({"person", "name", "home", "sealed"})


def test_what_was_handed_over_is_never_refused_and_shown_below_nothing(shelf: Shelf) -> None:
    item = shelf.comes(2)
    shelf.hands(item, 5)
    assert shelf.there(item) == {"": -3}
    line = queries.lines([shelf.room], clock.now())[shelf.room.pk, item.pk]
    assert (line.below, line.total) == (True, -3)
    assert shelf.adds_up()


def test_a_slip_of_the_thumb_is_taken_back_once_and_only_by_who_made_it(shelf: Shelf) -> None:
    item = shelf.comes()
    own = shelf.hands(item, 10)
    with pytest.raises(Problem, match="undo_other"):
        booking.undo(store=shelf.room, batch=own, by=shelf.tiny.by("bingsi-shuji"))
    booking.undo(store=shelf.room, batch=own, by=shelf.tiny.by("bingsi-1"))
    with pytest.raises(Problem, match="undone_already"):
        booking.undo(store=shelf.room, batch=own, by=shelf.tiny.by("bingsi-1"))
    assert shelf.there(item) == {"": 100}
    assert queries.handed_on(shelf.room, clock.start_of(clock.today())) == {item.pk: 0}
    later = shelf.hands(item)
    with clock.held(clock.now() + timedelta(minutes=61)), pytest.raises(Problem, match="undo_other"):
        booking.undo(store=shelf.room, batch=later, by=shelf.tiny.by("bingsi-1"))


def test_a_count_corrects_with_a_reason(shelf: Shelf) -> None:
    item = shelf.comes()
    stock, by = Stock.objects.get(store=shelf.room, item=item), shelf.tiny.by("bingsi-shuji")
    with pytest.raises(Problem, match="supply_why"):
        booking.count(store=shelf.room, stock=stock, typed=read_count({"counted": "96"}), by=by)
    typed, own = read_count({"counted": "96", "why": "broken"}), uuid7()
    assert booking.count(store=shelf.room, stock=stock, typed=typed, by=by, uuid=own) == -4
    assert booking.count(store=shelf.room, stock=stock, typed=typed, by=by, uuid=own) == 0
    assert booking.count(store=shelf.room, stock=stock, typed=read_count({"counted": "96"}), by=by) == 0
    assert shelf.there(item) == {"": 96}
    assert queries.balance(shelf.room, item) == {Book.IN: 100, Book.COUNTED: -4}
    assert SupplyEntry.objects.filter(kind=Book.COUNTED).count() == 2, "that it agreed is a fact too"


def test_a_transfer_is_accepted_at_both_ends_and_what_is_missing_is_said(shelf: Shelf) -> None:
    item = shelf.comes(500, store=shelf.warehouse, username="qiaodong")
    own, town = shelf.tiny.by("bingsi-shuji"), shelf.tiny.by("qiaodong")
    one = sending.ask(origin=shelf.warehouse, to=shelf.room, item=item, amount=200, by=own)
    assert (one.way, shelf.there(item, shelf.warehouse)) == (Way.ASKED, {"": 500})
    with pytest.raises(NotAllowed):
        sending.take_step(shipment=one, step=Step.SEND, by=own)
    sent = sending.take_step(shipment=one, step=Step.SEND, by=town)
    assert (sent.way, shelf.there(item, shelf.warehouse), shelf.there(item)) == (Way.ON_WAY, {"": 300}, {})
    with pytest.raises(Problem, match="transfer_more"):
        sending.take_step(shipment=one, step=Step.ACCEPT, by=own, arrived=201)
    came = sending.take_step(shipment=one, step=Step.ACCEPT, by=own, arrived=195)
    assert sending.take_step(shipment=one, step=Step.ACCEPT, by=own, arrived=195) == came, "twice is once"
    with pytest.raises(Problem, match="transfer_over"):
        sending.take_step(shipment=one, step=Step.ACCEPT, by=own, arrived=200)
    assert (came.arrived, shelf.there(item)) == (195, {"": 195})
    assert came.amount - (came.arrived or 0) == 500 - 300 - 195, "what left is there, or missing on the way"
    assert shelf.adds_up()


def test_what_is_not_taken_comes_back_lot_by_lot(shelf: Shelf) -> None:
    soon = str(clock.today() + timedelta(days=9))
    item = shelf.comes(30, store=shelf.warehouse, username="qiaodong", expires_on=soon)
    shelf.comes(30, store=shelf.warehouse, username="qiaodong")
    town, own = shelf.tiny.by("qiaodong"), uuid7()
    one = sending.send(origin=shelf.warehouse, to=shelf.room, item=item, amount=40, by=town, uuid=own)
    again = sending.send(origin=shelf.warehouse, to=shelf.room, item=item, amount=40, by=town, uuid=own)
    assert (again.pk, shelf.there(item, shelf.warehouse)) == (one.pk, {soon: 0, "": 20})
    back = sending.take_step(shipment=one, step=Step.RETURN, by=shelf.tiny.by("bingsi-shuji"))
    assert (back.way, shelf.there(item, shelf.warehouse)) == (Way.BACK, {soon: 30, "": 30})
    assert shelf.adds_up()


def test_a_declined_transfer_moved_nothing(shelf: Shelf) -> None:
    item = shelf.comes(5, store=shelf.warehouse, username="qiaodong")
    one = sending.ask(origin=shelf.warehouse, to=shelf.room, item=item, amount=5, by=shelf.tiny.by("bingsi-shuji"))
    sending.take_step(shipment=one, step=Step.DECLINE, by=shelf.tiny.by("qiaodong"))
    assert shelf.there(item, shelf.warehouse) == {"": 5}
    with pytest.raises(Problem, match="transfer_same"):
        sending.ask(origin=shelf.room, to=shelf.room, item=item, amount=1, by=shelf.tiny.by("bingsi-shuji"))


def test_who_keeps_what(shelf: Shelf) -> None:
    grid = shelf.opens(
        "community", "bingsi-shuji", "第2网格柜", Kind.GRID, grid=shelf.tiny.grids[1]
    )  # fmt: skip

    def keeps(username: str) -> set[str]:
        by = shelf.tiny.by(username)
        return {one.name for one in (shelf.room, shelf.warehouse, grid) if queries.keeps(by, one)}

    assert keeps("bingsi-1") == {"社区库房"}, "not another grid's"
    assert keeps("bingsi-zhibu-1") == {"社区库房", "第2网格柜"}
    assert keeps("bingsi-kadian") == keeps("bingsi-shuji") == {"社区库房", "第2网格柜"}
    assert keeps("qiaodong") == {"社区库房", "街道仓库", "第2网格柜"}
    assert keeps("dengqiao-shuji") == keeps("jiance") == set()
    with pytest.raises(NotAllowed):
        booking.open_store(
            name="自己的", kind=Kind.CHECKPOINT, place=shelf.tiny.places["community"],
            post=shelf.tiny.posts["bingsi-kadian"], by=shelf.tiny.by("bingsi-kadian"),
        )  # fmt: skip


def test_one_open_store_of_a_name_and_none_is_closed_before_it_is_empty(shelf: Shelf) -> None:
    with pytest.raises(Problem, match="store_open_already"):
        shelf.opens("community", "bingsi-shuji", "社区库房", Kind.COMMUNITY)
    item, by = shelf.comes(1), shelf.tiny.by("bingsi-shuji")
    with pytest.raises(Problem, match="store_not_empty"):
        booking.close_store(store=shelf.room, by=by)
    booking.use_up(store=shelf.room, item=item, amount=1, by=by)
    booking.close_store(store=shelf.room, by=by)
    with pytest.raises(Problem, match="store_closed"):
        shelf.comes(1)
    assert Store.objects.get(pk=shelf.room.pk).closed_at


def test_every_mistake_is_said_at_once() -> None:
    with pytest.raises(Problems) as error:
        read_in({"amount": "0", "expires_on": "morgen"})
    assert {one.code for one in error.value.problems} == {"supply_item", "supply_amount", "supply_date", "supply_came"}
    with pytest.raises(Problem, match="supply_counted"):
        read_count({"counted": "-1"})

"""Supplies in the browser: a store opened and filled, one tap at the gate, sent and counted, running out."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.domains.supplies.standing import Shelf
from tests.web.test_medicine import text

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.supplies.actions import booking, giving, sending
from wangge.domains.supplies.inputs import ItemInput, ParcelInput, ParcelLine
from wangge.domains.supplies.models import Parcel, Shipment, Shortage, Stock, Store, SupplyItem
from wangge.domains.supplies.rules import Kind, Way
from wangge.flows import supplies
from wangge.web import printing

SignIn = Callable[..., Client]


@pytest.fixture
def shelf(tiny: Small) -> Shelf:
    return Shelf(tiny)


def test_a_store_is_opened_and_says_what_is_missing(tiny: Small, sign_in: SignIn) -> None:
    secretary, address = sign_in("bingsi-shuji"), reverse("store-new")
    answer = secretary.post(address, {"name": "北门柜"})
    assert (answer.status_code, "Choose what kind of store it is" in text(answer)) == (422, True)
    typed = {
        "name": "北门柜", "kind": "checkpoint", "place": str(tiny.places["community"].uuid),
        "post": str(tiny.posts["bingsi-kadian"].uuid),
    }  # fmt: skip
    page = text(secretary.post(address, typed, follow=True))
    assert ("北门柜" in page, "Nothing has been booked in yet" in page) == (True, True)
    assert "北门柜" in text(sign_in("bingsi-kadian").get(reverse("supplies")))
    assert sign_in("bingsi-kadian").post(address, typed | {"name": "x"}).status_code == 403
    assert sign_in("jiance").get(reverse("supplies")).status_code == 403


def test_what_comes_in_is_there_once_and_in_the_ledger(shelf: Shelf, sign_in: SignIn) -> None:
    secretary, address = sign_in("bingsi-shuji"), reverse("store-book", args=[shelf.room.uuid, "in"])
    wrong = secretary.post(address, {"name": "口罩", "amount": "many"})
    assert wrong.status_code == 422
    assert ("whole number" in text(wrong), "Say in what it is counted" in text(wrong)) == (True, True)
    typed = {"name": "口罩", "unit": "只", "amount": "100", "came": "bought", "number": "R-17", "uuid": str(uuid7())}
    for _time in range(2):
        page = text(secretary.post(address, typed, follow=True))
    assert "口罩 100 只" in page
    ledger = text(secretary.get(reverse("store-ledger", args=[shelf.room.uuid])))
    assert ("R-17" in ledger, ledger.count("+100")) == (True, 1)


def test_one_tap_hands_one_over_and_the_last_can_be_taken_back(shelf: Shelf, sign_in: SignIn) -> None:
    item, keeper = shelf.comes(), sign_in("bingsi-kadian")
    address = reverse("supplies-hand", args=[shelf.room.uuid])
    tap = {"item": str(item.uuid), "amount": "1", "uuid": str(uuid7())}
    for _time in range(2):
        page = text(keeper.post(address, tap, follow=True))
    assert ("Today 1" in page, "99 只 left" in page) == (True, True)
    page = text(keeper.post(address, {"undo": tap["uuid"]}, follow=True))
    assert ("Taken back" in page, "100 只 left" in page, "Take it back" in page) == (True, True, False)
    assert "Type a whole number" in text(keeper.post(address, tap | {"amount": "0"}, follow=True))


def test_a_count_that_differs_asks_why(shelf: Shelf, sign_in: SignIn) -> None:
    item = shelf.comes()
    lot, secretary = Stock.objects.get(item=item), sign_in("bingsi-shuji")
    address = reverse("store-count", args=[shelf.room.uuid, lot.uuid])
    asked = secretary.post(address, {"counted": "90"})
    assert (asked.status_code, "differs by -10" in text(asked)) == (422, True)
    page = text(secretary.post(address, {"counted": "90", "why": "missing"}, follow=True))
    assert ("Put right by -10" in page, "口罩 90 只" in page) == (True, True)
    sums = text(secretary.get(reverse("store-ledger", args=[shelf.room.uuid]) + f"?item={item.uuid}"))
    assert ("-10" in sums, "90 只" in sums) == (True, True)


def test_sent_on_and_counted_at_the_other_end(shelf: Shelf, sign_in: SignIn) -> None:
    item = shelf.comes(50, store=shelf.warehouse, username="qiaodong")
    town, secretary = sign_in("qiaodong"), sign_in("bingsi-shuji")
    asked = {"item": str(item.uuid), "amount": "30", "store": str(shelf.warehouse.uuid)}
    page = text(secretary.post(reverse("store-book", args=[shelf.room.uuid, "ask"]), asked, follow=True))
    assert "Nothing leaves 街道仓库 before they say so" in page
    assert "We send it" in text(town.get(reverse("supplies")))
    one = Shipment.objects.get()
    town.post(reverse("supplies-step", args=[one.uuid]), {"do": "send"})
    assert "We have it" in text(secretary.get(reverse("supplies")))
    counted = {"do": "accept", "arrived": "28"}
    said = secretary.post(reverse("supplies-step", args=[one.uuid]), counted, follow=True)
    assert "Missing on the way: 2" in text(said)
    assert "missing on the way: 2" in text(town.get(reverse("store", args=[shelf.warehouse.uuid])))
    assert Shipment.objects.get().way == Way.ARRIVED
    lost = secretary.post(reverse("store-book", args=[shelf.room.uuid, "send"]), asked | {"store": str(uuid7())})
    assert "Choose the other store" in text(lost)


def test_what_runs_out_stands_on_top_for_the_level_above_who_answers(shelf: Shelf, sign_in: SignIn) -> None:
    shelf.hands(shelf.comes(100), 80)
    supplies.due(clock.now())
    town, one = sign_in("qiaodong"), Shortage.objects.get()
    page = text(town.get(reverse("supplies")))
    assert ("Runs out: yours to answer" in page, "less than a day left" in page) == (True, True)
    assert "yours to answer" not in text(sign_in("bingsi-shuji").get(reverse("supplies")))
    address = reverse("supplies-shortage", args=[one.uuid])
    assert sign_in("bingsi-shuji").post(address, {"answer": "enough"}).status_code == 404
    assert "Say by which day it comes" in text(town.post(address, {"answer": "ordered"}, follow=True))
    answered = text(town.post(address, {"answer": "ordered", "by_day": str(clock.today())}, follow=True))
    assert "It is ordered and comes by a day" in answered
    assert "With 桥东街道" in text(sign_in("bingsi-shuji").get(reverse("store", args=[shelf.room.uuid])))


def _asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_list_asks_the_database_as_often_for_many_stores(shelf: Shelf, sign_in: SignIn) -> None:
    town, counts = sign_in("qiaodong"), []
    for first in (0, 1):  # two more stores, each with two items of which one runs out
        for number in range(first, 3 * first + 1):
            store = shelf.opens("community", "bingsi-shuji", f"柜{number}", Kind.GRID, grid=shelf.tiny.grids[0])
            for name in ("口罩", "手套"):
                item = shelf.comes(9, store=store, name=name)
            booking.hand_over(store=store, item=item, amount=8, by=SYSTEM)
            _wanted(shelf, store, item)
        supplies.due(clock.now())
        counts.append(_asked(town, reverse("supplies")))
    assert counts[0] == counts[1]


def _wanted(shelf: Shelf, store: Store, item: SupplyItem) -> None:
    """And something that waits for a yes."""
    sending.ask(origin=shelf.warehouse, to=store, item=item, amount=1, by=SYSTEM)


def test_a_store_and_its_ledger_too(shelf: Shelf, sign_in: SignIn) -> None:
    secretary, counts = sign_in("bingsi-shuji"), []
    for number in (1, 3):
        for each in range(number):
            item = shelf.comes(9, name=f"物资{number}{each}")
            shelf.hands(item)
            _wanted(shelf, shelf.room, item)
        pages = [reverse(name, args=[shelf.room.uuid]) for name in ("store", "store-ledger", "supplies-hand")]
        counts.append([_asked(secretary, page) for page in pages])
    assert counts[0] == counts[1]


def test_parcels_are_begun_ticked_and_typed_in_from_a_sheet(shelf: Shelf, sign_in: SignIn) -> None:
    item, secretary = shelf.comes(200), sign_in("bingsi-shuji")
    address = reverse("parcel-new", args=[shelf.room.uuid])
    assert "at least one item" in text(secretary.post(address, {"name": "蔬菜包"}))
    typed = {
        "name": "蔬菜包", "area": str(shelf.tiny.places["community"].uuid), "item0": str(item.uuid), "small0": "1",
        "middle0": "2", "large0": "3", "uuid": str(uuid7()),
    }  # fmt: skip
    page = text(secretary.post(address, typed, follow=True))
    one = Parcel.objects.get()
    first = shelf.tiny.homes[0]
    building = first.parent.parent if first.parent else None
    assert building
    sheet = reverse("parcel-building", args=[one.uuid, building.uuid])
    assert (sheet in page, "still to bring" in page) == (True, True)
    worker = sign_in("bingsi-1")
    assert "Handed over: 1" in text(worker.post(sheet, {"door": f"handed:{first.uuid}"}, follow=True))
    assert "No door was ticked" in text(worker.post(sheet, {}, follow=True))
    both = [f"handed:{home.uuid}" for home in shelf.tiny.homes[:3]]
    assert "Handed over: 2" in text(worker.post(sheet, {"door": both}, follow=True)), "the first has it already"
    assert "The stock has it again" in text(worker.post(sheet, {"door": f"waiting:{first.uuid}"}, follow=True))
    assert "promised to households" in text(secretary.get(reverse("store", args=[shelf.room.uuid])))
    assert "蔬菜包" in text(worker.get(reverse("parcels")))
    assert worker.post(reverse("parcel-close", args=[one.uuid])).status_code == 403
    assert "is over" in text(secretary.post(reverse("parcel-close", args=[one.uuid]), follow=True))
    assert sign_in("dengqiao-shuji").get(reverse("parcel", args=[one.uuid])).status_code == 404


def test_the_list_on_paper_is_an_export_on_record(shelf: Shelf, sign_in: SignIn) -> None:
    line = ParcelLine(ItemInput(shelf.comes().uuid, "", ""), 1, 1, 1)
    one = giving.begin(
        store=shelf.room, area=shelf.tiny.places["community"], typed=ParcelInput("x", None, (line,)), by=SYSTEM
    )
    answer = sign_in("bingsi-shuji").get(reverse("parcel-paper", args=[one.uuid]))
    if not printing.has_chinese():
        assert answer.status_code == 422
        return
    assert answer.content.startswith(b"%PDF")
    assert AccessLog.objects.filter(kind="exported", reason=f"parcel:{one.uuid}").exists()


def test_lists_of_parcels_ask_as_often_for_many(shelf: Shelf, sign_in: SignIn) -> None:
    line, counts = ParcelLine(ItemInput(shelf.comes().uuid, "", ""), 1, 1, 1), []
    worker = sign_in("bingsi-shuji")
    for number in (1, 3):
        for each in range(number):
            one = giving.begin(
                store=shelf.room, area=shelf.tiny.places["community"], by=SYSTEM,
                typed=ParcelInput(f"第{number}{each}批", None, (line,)),
            )  # fmt: skip
        pages = [reverse("parcels"), reverse("parcel", args=[one.uuid]), reverse("supplies")]
        counts.append([_asked(worker, page) for page in pages])
    assert counts[0] == counts[1]

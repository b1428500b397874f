"""Distributions: begun for an area with a frozen list, ticked door by door, closed. Each door gets its parcel once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import held_open
from wangge.domains.supplies import parcels, queries
from wangge.domains.supplies.actions.booking import enter, held, take_out, the_item
from wangge.domains.supplies.inputs import ParcelInput
from wangge.domains.supplies.models import Parcel, ParcelDoor, ParcelItem, Stock, Store, SupplyEntry
from wangge.domains.supplies.rules import CHANGES, Bag, Book, Given, Lot, arrived_of, bag_for

BATCH = 1000


@transaction.atomic
def begin(*, store: Store, area: Place, typed: ParcelInput, by: By, uuid: UUID | None = None) -> Parcel:
    """Freeze the list: every door of the area, with the parcel for as many people as are known to live there. What is
    still to be given counts against the stock from now on. Raises Problem outside an open Response."""
    if uuid and (known := Parcel.objects.filter(uuid=uuid).first()):
        return known
    one = held(store, by)
    if not (by.system or queries.leads(by)):
        raise NotAllowed(Right.KEEP_SUPPLIES)
    by.need(Right.KEEP_SUPPLIES, area.path, area.grid_id)
    response = parcels.response_at(area)
    if response is None or not held_open(response.uuid):
        raise Problem("parcel_no_response")
    made = Parcel.objects.create(
        uuid=uuid or uuid7(), response=response.uuid, store=one, area=area, name=typed.name, begun_at=clock.now(),
        begun_post=by.post,
    )  # fmt: skip
    for each in typed.items:
        ParcelItem.objects.create(
            parcel=made, item=the_item(each.item), small=each.small, middle=each.middle, large=each.large
        )
    number = _frozen(made, area)
    _look_at(made)
    record(
        "supplies.parcel_begun", by=by, subject=made.uuid, place=area.uuid, response=response.uuid,
        data={"doors": number, "store": str(one.uuid)},
    )  # fmt: skip
    return made


def _frozen(made: Parcel, area: Place) -> int:
    living = parcels.people_by_door(area)
    rows = [
        ParcelDoor(parcel=made, door=door, people=living.get(door.pk, 0), bag=bag_for(living.get(door.pk, 0)))
        for door in parcels.list_of(area)
    ]
    if not rows:
        raise Problem("parcel_no_doors", field="area")
    ParcelDoor.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


@transaction.atomic
def give(*, parcel: Parcel, doors: Mapping[UUID, Given], by: By) -> dict[Given, int]:
    """What came of some doors, by their ids: handed, absent, refused; a tick taken back is waiting again. A door that
    stands there already is left alone, so that a sheet may be sent twice; one that may not go there too. Returns how
    many went where. Raises Problem once it is closed."""
    held(parcel.store, by)
    one = Parcel.objects.select_for_update(of=("self",)).select_related("store__place", "area").get(pk=parcel.pk)
    if one.closed_at or not held_open(one.response):
        raise Problem("parcel_closed")
    rows = ParcelDoor.objects.within(EVERYTHING).filter(parcel=one, door__uuid__in=list(doors)).select_related("door")
    moved = [row for row in rows if doors[row.door.uuid] in CHANGES[Given(row.given)]]
    _book(one, moved, doors, by)
    now, went = clock.now(), dict.fromkeys(Given, 0)
    for row in moved:
        row.given, row.at, row.account = doors[row.door.uuid], now, by.account
        went[Given(row.given)] += 1
    ParcelDoor._base_manager.bulk_update(moved, ["given", "at", "account"], batch_size=BATCH)
    if moved:
        _look_at(one)
        record(
            "supplies.parcels_given", by=by, subject=one.uuid, place=one.area.uuid, response=one.response,
            data={given.value: number for given, number in went.items() if number},
        )  # fmt: skip
    return went


def _book(one: Parcel, moved: Sequence[ParcelDoor], doors: Mapping[UUID, Given], by: By) -> None:
    """Out of the stock what was handed over, back into it what was ticked by mistake."""
    out = [Bag(row.bag) for row in moved if doors[row.door.uuid] is Given.HANDED]
    back = [Bag(row.bag) for row in moved if row.given == Given.HANDED]
    for line in one.items.select_related("item"):
        each = queries.amounts(line)
        if amount := sum(each[bag] for bag in out):
            take_out(one.store, line.item, amount, Book.PARCEL, by, uuid7(), parcel=one)
        if amount := sum(each[bag] for bag in back):
            enter(one.store, line.item, _lots(one, line, amount), Book.UNDONE, by, uuid7(), parcel=one)


def _lots(one: Parcel, line: ParcelItem, amount: int) -> list[Lot]:
    """The lots that left with this distribution, as far as an amount goes."""
    left: dict[object, Lot] = {}
    for entry in SupplyEntry.objects.filter(parcel=one, item=line.item).order_by("id"):
        before = left.get(entry.expires_on, Lot(entry.expires_on, 0))
        left[entry.expires_on] = Lot(entry.expires_on, before.amount - entry.amount)
    return arrived_of([lot for lot in left.values() if lot.amount > 0], amount)


@transaction.atomic
def close(*, parcel: Parcel, by: By, cause: UUID | None = None) -> Parcel:
    """It is over: what was not given counts against the stock no more. The list stays until the Response's data go."""
    one = Parcel.objects.select_for_update(of=("self",)).select_related("store__place", "area").get(pk=parcel.pk)
    if not queries.keeps(by, one.store) or not (by.system or queries.leads(by)):
        raise NotAllowed(Right.KEEP_SUPPLIES)
    if one.closed_at is None:
        _close(one, clock.now(), by, cause)
    return one


def _close(one: Parcel, now: datetime, by: By, cause: UUID | None) -> None:
    one.closed_at = now
    one.save(update_fields=["closed_at"])
    _look_at(one)
    record(
        "supplies.parcel_closed", by=by, subject=one.uuid, place=one.area.uuid, response=one.response, cause=cause,
        data={given.value: number for given, number in parcels.counted([one])[one.pk].items()},
    )  # fmt: skip


def end_of_response(*, response: Response, by: By, cause: UUID) -> None:
    """Distributions end with their Response."""
    for one in Parcel.objects.filter(response=response.uuid, closed_at__isnull=True):
        close(parcel=one, by=by, cause=cause)


def _look_at(one: Parcel) -> None:
    """What is promised changed: whether it runs out is worked out again."""
    Stock.objects.filter(store=one.store, item__in=one.items.values("item")).update(looked_at=None)

"""Stores and their ledger: opened, booked in, used up, handed over, counted. An entry is never changed: what was wrong
is put right by another one."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.events.actions import record
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem
from wangge.domains.duty.models import Post
from wangge.domains.places.models import Grid, Place
from wangge.domains.supplies import queries
from wangge.domains.supplies.inputs import CountInput, InInput, ItemInput
from wangge.domains.supplies.models import Shipment, Stock, Store, SupplyEntry, SupplyItem
from wangge.domains.supplies.rules import GOING, Book, Kind, Lot, first_out

UNDO_WITHIN = timedelta(hours=1)


@transaction.atomic
def open_store(
    *, name: str, kind: Kind, place: Place, post: Post, by: By, grid: Grid | None = None,
    checkpoint: UUID | None = None, uuid: UUID | None = None,
) -> Store:  # fmt: skip
    """Open a store. Raises Problem where one of this name is open there."""
    if uuid and (known := Store.objects.filter(uuid=uuid).first()):
        return known
    if not (by.system or queries.leads(by)):
        raise NotAllowed(Right.KEEP_SUPPLIES)
    by.need(Right.KEEP_SUPPLIES, place.path, grid.pk if grid else place.grid_id)
    try:
        with transaction.atomic():
            one = Store.objects.create(
                uuid=uuid or uuid7(), name=name, kind=kind, place=place, grid=grid, checkpoint=checkpoint, post=post,
                opened_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Problem("store_open_already", field="name", name=name) from error
    record("supplies.store_opened", by=by, subject=one.uuid, place=place.uuid, data={"kind": kind.value})
    return one


@transaction.atomic
def close_store(*, store: Store, by: By) -> Store:
    """Close an empty store. Raises Problem as long as something lies in it or is on the way."""
    one = held(store, by)
    if not (by.system or queries.leads(by)):
        raise NotAllowed(Right.KEEP_SUPPLIES)
    going = queries.transfers([one]).filter(way__in=list(GOING))
    if one.stock.exclude(amount=0).exists() or going.exists():
        raise Problem("store_not_empty")
    one.closed_at = clock.now()
    one.save(update_fields=["closed_at"])
    record("supplies.store_closed", by=by, subject=one.uuid, place=one.place.uuid)
    return one


def held(store: Store, by: By) -> Store:
    """The store, held until the transaction ends: bookings follow each other. Raises NotAllowed, Problem."""
    if not queries.keeps(by, store):
        raise NotAllowed(Right.KEEP_SUPPLIES)
    one = Store.objects.select_for_update(of=("self",)).select_related("place").get(pk=store.pk)
    if one.closed_at:
        raise Problem("store_closed")
    return one


def the_item(typed: ItemInput) -> SupplyItem:
    """A known item, or a new one of that name; of two who add the same both have one. Raises Problem."""
    if typed.item:
        if found := SupplyItem.objects.filter(uuid=typed.item).first():
            return found
        raise Problem("supply_item", field="item")
    return SupplyItem.objects.get_or_create(name=typed.name, defaults={"unit": typed.unit})[0]


def enter(
    store: Store, item: SupplyItem, lots: Iterable[Lot], kind: Book, by: By, batch: UUID, **fields: Any
) -> list[SupplyEntry]:
    """Write entries, one for each lot, and the stock with them. For a store that is held."""
    now, made = clock.now(), []
    for one in lots:
        entry = SupplyEntry.objects.create(
            uuid=derived("supply", batch, kind, item.uuid, one.expires_on), batch=batch, store=store, item=item,
            expires_on=one.expires_on, kind=kind, amount=one.amount, at=now, account=by.account, post=by.post, **fields,
        )  # fmt: skip
        stock, _new = Stock.objects.get_or_create(
            store=store, item=item, expires_on=one.expires_on, defaults={"first_at": now}
        )
        Stock.objects.filter(pk=stock.pk).update(amount=F("amount") + one.amount, looked_at=None)
        made.append(entry)
    return made


def take_out(
    store: Store, item: SupplyItem, amount: int, kind: Book, by: By, batch: UUID, **fields: Any
) -> list[SupplyEntry]:
    """Take an amount from the lots that expire first. For a store that is held."""
    rows = Stock.objects.filter(store=store, item=item)
    out = first_out([Lot(row.expires_on, row.amount) for row in rows], amount, clock.today())
    return enter(store, item, [Lot(one.expires_on, -one.amount) for one in out], kind, by, batch, **fields)


@transaction.atomic
def take_in(*, store: Store, typed: InInput, by: By, uuid: UUID | None = None) -> None:
    """Something comes from outside. Raises Problem."""
    batch = uuid or uuid7()
    one = held(store, by)
    if queries.known(batch):
        return
    item = the_item(typed.item)
    enter(one, item, [Lot(typed.expires_on, typed.amount)], Book.IN, by, batch, came=typed.came, number=typed.number)
    _booked(one, item, Book.IN, typed.amount, batch, by)


@transaction.atomic
def use_up(*, store: Store, item: SupplyItem, amount: int, by: By, uuid: UUID | None = None) -> None:
    """Staff use something up. Raises Problem."""
    batch = uuid or uuid7()
    one = held(store, by)
    if queries.known(batch):
        return
    take_out(one, item, amount, Book.USED, by, batch)
    _booked(one, item, Book.USED, amount, batch, by)


@transaction.atomic
def hand_over(*, store: Store, item: SupplyItem, by: By, amount: int = 1, uuid: UUID | None = None) -> None:
    """Somebody is given something: a mask at a gate. Nobody's name is asked, and like a pass it is a row and not an
    event. Never refused for want of stock: it was handed over."""
    batch = uuid or uuid7()
    one = held(store, by)
    if not queries.known(batch):
        take_out(one, item, amount, Book.HANDED, by, batch)


@transaction.atomic
def undo(*, store: Store, batch: UUID, by: By) -> None:
    """A hand-over was none: a slip of the thumb. Raises Problem."""
    one = held(store, by)
    entries = list(SupplyEntry.objects.filter(store=one, batch=batch, kind=Book.HANDED).select_related("item"))
    if not entries or any(each.account != by.account or clock.now() - each.at > UNDO_WITHIN for each in entries):
        raise Problem("undo_other")
    if SupplyEntry.objects.filter(undoes__in=[each.uuid for each in entries]).exists():
        raise Problem("undone_already")
    own = derived("undone", batch)
    for each in entries:
        enter(one, each.item, [Lot(each.expires_on, -each.amount)], Book.UNDONE, by, own, undoes=each.uuid)


@transaction.atomic
def count(*, store: Store, stock: Stock, typed: CountInput, by: By, uuid: UUID | None = None) -> int:
    """Somebody counted a lot. A difference is booked with its reason; returns it. Raises Problem where it has none."""
    batch = uuid or uuid7()
    one = held(store, by)
    row = Stock.objects.select_related("item").get(pk=stock.pk, store=one)
    by_how_many = typed.counted - row.amount
    if queries.known(batch):
        return 0
    if by_how_many and typed.why is None:
        raise Problem("supply_why", field="why", by=f"{by_how_many:+d}")
    why = typed.why.value if by_how_many and typed.why else ""
    enter(one, row.item, [Lot(row.expires_on, by_how_many)], Book.COUNTED, by, batch, why=why)
    record(
        "supplies.counted", by=by, subject=one.uuid, place=one.place.uuid, uuid=derived("supplies", "counted", batch),
        data={"item": str(row.item.uuid), "counted": typed.counted, "by": by_how_many, "why": why},
    )  # fmt: skip
    return by_how_many


def _booked(store: Store, item: SupplyItem, kind: Book, amount: int, batch: UUID, by: By) -> None:
    record(
        "supplies.booked", by=by, subject=store.uuid, place=store.place.uuid, uuid=derived("supplies", "booked", batch),
        data={"item": str(item.uuid), "kind": kind.value, "amount": amount},
    )  # fmt: skip


def lots_of(shipment: Shipment) -> list[Lot]:
    """Which lots left with a transfer."""
    rows = SupplyEntry.objects.filter(shipment=shipment, kind=Book.SENT)
    return [Lot(row.expires_on, -row.amount) for row in rows]

"""Transfers: asked for, sent by those who keep the one store, counted and accepted by those who keep the other."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.events.actions import record
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem
from wangge.domains.supplies import queries
from wangge.domains.supplies.actions.booking import enter, held, lots_of, take_out
from wangge.domains.supplies.models import Shipment, Store, SupplyItem
from wangge.domains.supplies.rules import GOING, STEPS, Book, Side, Step, Way, arrived_of


@transaction.atomic
def ask(*, origin: Store, to: Store, item: SupplyItem, amount: int, by: By, uuid: UUID | None = None) -> Shipment:
    """Something is wanted of another store. Nothing leaves before the giving side has said so. Raises Problem."""
    if known := queries.shipment_known(uuid):
        return known
    if origin.pk == to.pk:
        raise Problem("transfer_same", field="store")
    if not (queries.keeps(by, origin) or queries.keeps(by, to)):
        raise NotAllowed(Right.KEEP_SUPPLIES)
    if origin.closed_at or to.closed_at:
        raise Problem("store_closed", field="store")
    one = Shipment.objects.create(
        uuid=uuid or uuid7(), origin=origin, to=to, item=item, amount=amount, way=Way.ASKED, asked_at=clock.now(),
        asked_post=by.post,
    )  # fmt: skip
    _moved(one, by)
    return one


@transaction.atomic
def send(*, origin: Store, to: Store, item: SupplyItem, amount: int, by: By, uuid: UUID | None = None) -> Shipment:
    """Those of the giving store send something of their own accord. Raises Problem."""
    if known := queries.shipment_known(uuid):
        return known
    one = ask(origin=origin, to=to, item=item, amount=amount, by=by, uuid=uuid)
    return take_step(shipment=one, step=Step.SEND, by=by)


@transaction.atomic
def take_step(*, shipment: Shipment, step: Step, by: By, arrived: int | None = None) -> Shipment:
    """One step of a transfer. ``arrived``: how many were counted where it is accepted; what is fewer is missing on the
    way and said at both ends. Asked twice it is one. Raises Problem."""
    begins, ends, side = STEPS[step]
    ends_of = Store.objects.filter(Q(sent=shipment.pk) | Q(coming=shipment.pk)).order_by("pk")
    list(Store.objects.select_for_update(of=("self",)).filter(pk__in=ends_of.values("pk")).order_by("pk"))
    rows = Shipment.objects.select_for_update(of=("self",)).select_related("origin__place", "to__place", "item")
    row = rows.get(pk=shipment.pk)
    held(row.origin if side is Side.FROM else row.to, by)
    if row.way == ends and (ends is not Way.ARRIVED or row.arrived == arrived):
        return row
    if row.way != begins:
        raise Problem("transfer_over")
    row.way = ends
    if ends not in GOING:
        row.ended_at, row.ended_post = clock.now(), by.post
    {Step.SEND: _sent, Step.ACCEPT: _accepted, Step.RETURN: _returned}.get(step, _nothing)(row, by, arrived)
    row.save()
    _moved(row, by)
    return row


def _sent(row: Shipment, by: By, _arrived: int | None) -> None:
    row.sent_at, row.sent_post = clock.now(), by.post
    take_out(row.origin, row.item, row.amount, Book.SENT, by, derived("sent", row.uuid), shipment=row)
    _look_at(row)


def _accepted(row: Shipment, by: By, arrived: int | None) -> None:
    if arrived is None:
        raise Problem("supply_counted", field="arrived")
    if arrived > row.amount:
        raise Problem("transfer_more", field="arrived", amount=row.amount)
    row.arrived = arrived
    lots = arrived_of(lots_of(row), arrived)
    enter(row.to, row.item, lots, Book.ARRIVED, by, derived("arrived", row.uuid), shipment=row)
    _look_at(row)


def _returned(row: Shipment, by: By, _arrived: int | None) -> None:
    enter(row.origin, row.item, lots_of(row), Book.BACK, by, derived("back", row.uuid), shipment=row)
    _look_at(row)


def _nothing(_row: Shipment, _by: By, _arrived: int | None) -> None:
    """Declined: nothing had left."""


def _look_at(row: Shipment) -> None:
    """What is on the way counts where it goes: whether it runs out there is worked out again."""
    row.to.stock.filter(item=row.item).update(looked_at=None)


def _moved(row: Shipment, by: By) -> None:
    arrived = {"arrived": row.arrived} if row.arrived is not None else {}
    record(
        "supplies.transfer_moved", by=by, subject=row.uuid, place=row.to.place.uuid,
        uuid=derived("supplies", "transfer", row.uuid, row.way),
        data={"way": str(row.way), "item": str(row.item.uuid), "amount": row.amount} | arrived,
    )  # fmt: skip

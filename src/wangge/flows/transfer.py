"""What a transfer sets off, and what sets one off.

isolation.orders_confirmed   whose measure is spent away from home today is to be taken        to_take
isolation.order_changed      shorter or elsewhere: the seat is kept only where days away from home are left  settle
isolation.orders_ended and
order_withdrawn              whose order is over is off the list                               off
transfer.asked               what and who stays behind is one open thing each at the door       behind
transfer.handed_over         received at a desk: the order is spent there                       received
"""

from datetime import datetime, timedelta
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import derived
from wangge.domains.isolation import queries as isolation
from wangge.domains.isolation.changes import elsewhere
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.placing import spend_at
from wangge.domains.isolation.rules import OrderState
from wangge.domains.places.queries import by_uuid
from wangge.domains.protocol.queries import protocol, response
from wangge.domains.protocol.rules import Where
from wangge.domains.transfer import actions, queries
from wangge.domains.transfer.actions import ToTake
from wangge.domains.transfer.rules_hands import Hand
from wangge.domains.work.actions import Wanted, put_items
from wangge.flows.named_orders import orders_named

#: Hours within which what stays behind is seen to: a child and a stove at once.
WITHIN = {"child": 1, "stove": 1, "elder": 2, "pet": 12, "medicine": 6, "card": 24}


def to_take(event: Event) -> None:
    """Answer ``isolation.orders_confirmed``."""
    named = [UUID(text) for text in event.data["orders"]]
    orders = [one for one in isolation.chosen(EVERYTHING, named) if one.state == OrderState.IN_FORCE]
    for within in {one.response for one in orders}:
        mine = [one for one in orders if one.response_id == within.pk]
        older = [one.supersedes.uuid for one in mine if one.supersedes]
        wanted = [taken for one in mine if (taken := _taken(one))]
        actions.list_people(response=within, wanted=wanted, by=SYSTEM, cause=event.uuid)
        actions.take_off(orders=older, why="replaced", by=SYSTEM, cause=event.uuid)


def _taken(order: Order) -> ToTake | None:
    """Somebody whose measure of today is spent at a site or in hospital, under an edition that says how they go."""
    edition, today = protocol(order.protocol), clock.today()
    stage = next((one for one in order.stages.all() if one.last_day >= today), None)
    if stage is None or edition.transfer is None or order.person.died_on:
        return None
    where = edition.where(stage.measure)
    return None if where is Where.HOME else ToTake(order.person, order.uuid, order.role, where.value, stage.last_day)


def settle(event: Event) -> None:
    """Answer ``isolation.order_changed``. Whoever was moved goes where the authority said, not where the seat leads:
    who explains it at the door asks whether they need a vehicle."""
    for one in isolation.chosen(EVERYTHING, orders_named(event)):
        if one.state != OrderState.IN_FORCE:
            continue  # a longer one, and the end, have facts of their own
        taken, moved = _taken(one), bool(elsewhere([one]))
        if moved or taken is None:
            why = "order_moved" if moved else "order_shorter"
            actions.take_off(orders=[one.uuid], why=why, by=SYSTEM, cause=event.uuid)
        else:
            actions.keep_until(order=one.uuid, where=taken.where, until=taken.until)


def off(event: Event) -> None:
    """Answer ``isolation.orders_ended`` and ``isolation.order_withdrawn``."""
    actions.take_off(orders=orders_named(event), why="order_over", by=SYSTEM, cause=event.uuid)


def behind(event: Event) -> None:
    """Answer ``transfer.asked``: one open thing for each at that door, however often it is said."""
    if event.place is None or event.response is None:
        return
    door, within = by_uuid(event.place), response(event.response)
    wanted = [
        Wanted(door, f"behind_{what}", derived("behind", within.uuid, door.uuid, what), _due(what))
        for what in event.data["behind"]
    ]
    put_items(response=within, wanted=wanted, by=SYSTEM, cause=event.uuid)


def _due(what: str) -> datetime:
    return clock.now() + timedelta(hours=WITHIN[what])


def received(event: Event) -> None:
    """Answer ``transfer.handed_over``: whoever a desk accepted spends the order there from now on."""
    if event.data["to"] != Hand.DESK:
        return
    for one in queries.by_ids([UUID(text) for text in event.data["people"]]):
        if one.order and one.site:
            spend_at(orders=[one.order], place=one.site.place, by=SYSTEM, cause=event.uuid)

"""Whoever an order binds is told so by message, and told when it is over; the paper at the door stays what it is.

Who cannot be told by a message stands on the call list by themselves. Nobody is told what is no longer true.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.isolation import queries
from wangge.domains.isolation.changes import change, changes_of
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.rules import OrderState
from wangge.domains.isolation.rules_change import Change
from wangge.domains.messages.actions import Told, stop_about, tell
from wangge.domains.messages.queries import template
from wangge.domains.protocol.models import Response

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def confirmed(event: Event) -> None:
    """Answer ``isolation.orders_confirmed``."""
    orders = [one for one in _orders(event) if one.state == OrderState.IN_FORCE]
    for response, mine in _by_response(orders).items():
        _tell(response, "order_in_force", [Told(one.person, one.uuid, _until(one)) for one in mine], event)


def changed(event: Event) -> None:
    """Answer ``isolation.order_changed``: shorter, whoever still waits to be told the old end hears the new one
    instead, and whoever knew it hears it too. Where somebody is to stay is said at the door and nowhere else."""
    one = change(subject_of(event))
    if one.kind != Change.SHORTENED or one.order.state != OrderState.IN_FORCE:
        return
    stop_about(response=one.order.response, subjects=[one.order.uuid], by=SYSTEM, cause=event.uuid)
    told = Told(one.order.person, one.uuid, _until(one.order))
    _tell(one.order.response, "order_shorter", [told], event)


def ended(event: Event) -> None:
    """Answer ``isolation.orders_ended``: who was not told of the order yet hears of its end alone."""
    for response, mine in _by_response(_orders(event)).items():
        stop_about(response=response, subjects=_about(mine), by=SYSTEM, cause=event.uuid)
        bound = _bound_still(mine, response)
        free = [one for one in mine if _knew(one) and one.person_id not in bound]
        _tell(response, "order_ended", [Told(one.person, one.uuid, _ended(one)) for one in free], event)


def withdrawn(event: Event) -> None:
    """Answer ``isolation.order_withdrawn``: somebody explains it at the door; the order itself is told to nobody."""
    for one in queries.chosen(EVERYTHING, [subject_of(event)]):
        stop_about(response=one.response, subjects=_about([one]), by=SYSTEM, cause=event.uuid)


def _about(orders: list[Order]) -> list[UUID]:
    """The orders, and changes of theirs that somebody may still wait to be told."""
    return [uuid for one in orders for uuid in (one.uuid, *(each.uuid for each in changes_of(one)))]


def _orders(event: Event) -> list[Order]:
    return list(queries.chosen(EVERYTHING, [UUID(text) for text in event.data["orders"]]))


def _by_response(orders: list[Order]) -> dict[Response, list[Order]]:
    found: dict[Response, list[Order]] = {}
    for one in orders:
        found.setdefault(one.response, []).append(one)
    return found


def _tell(response: Response, name: str, told: list[Told], event: Event) -> None:
    said = template(name, response.area)
    tell(response=response, template=said, told=told, by=SYSTEM, uuid=event.uuid, cause=event.uuid)


def _knew(one: Order) -> bool:
    """An authority's act was handed over; a proposal nobody heard of, and what ends a protective step is explained."""
    return one.confirmed_at is not None and not one.provisional


def _bound_still(orders: list[Order], response: Response) -> set[int]:
    """Whom another order binds (by key): they are not free, and nobody says that they are."""
    standing = queries.of_people([one.person for one in orders], response)
    return {one.person_id for one in standing if one.state == OrderState.IN_FORCE}


def _until(one: Order) -> Mapping[str, Mapping[str, str]]:
    return {"until": _moment(one.ends_at)}


def _ended(one: Order) -> Mapping[str, Mapping[str, str]]:
    day = clock.day_of(one.ended_at or clock.now())
    return {"day": {"zh": f"{day.month}月{day.day}日", "en": f"{day.day} {MONTHS[day.month - 1]}"}}


def _moment(at: datetime) -> Mapping[str, str]:
    """The end as people say it: a day's midnight is the end of that day, not the beginning of the next."""
    local = at.astimezone(clock.LOCAL)
    if local.hour == local.minute == 0:
        day = (local - timedelta(minutes=1)).date()
        return {"zh": f"{day.month}月{day.day}日24时", "en": f"{day.day} {MONTHS[day.month - 1]}, midnight"}
    return {
        "zh": f"{local.month}月{local.day}日{local:%H:%M}",
        "en": f"{local.day} {MONTHS[local.month - 1]}, {local:%H:%M}",
    }  # fmt: skip

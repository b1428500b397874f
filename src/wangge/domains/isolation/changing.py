"""An authority changes an order in force: longer where a reason asks for it, shorter, elsewhere, or ended."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.base.problems import Problem
from wangge.domains.isolation import queries
from wangge.domains.isolation.actions import confirm_orders
from wangge.domains.isolation.inputs import ChangeInput
from wangge.domains.isolation.models import CHANGES, Order, OrderChange
from wangge.domains.isolation.releases import BY_AUTHORITY
from wangge.domains.isolation.rules import OrderState
from wangge.domains.isolation.rules_change import Cause, Change, extending_refusal, shortening_refusal
from wangge.domains.protocol.queries import held_open

A_MOMENT = timedelta(microseconds=1)  # an order ends at midnight of its last day


@transaction.atomic
def change_order(*, order: Order, typed: ChangeInput, by: By) -> OrderChange:
    """The competent authority's act, with a document and a cause; each is a fact, and explained at the door. Sent
    twice under one id it is one. Raises Problem."""
    if known := OrderChange.objects.within(EVERYTHING).filter(uuid=typed.uuid).first():
        return known
    home = order.person.home
    by.need(Right.CONFIRM_ORDERS, home.path, home.grid_id)
    one = Order.objects.within(EVERYTHING).select_for_update(of=("self",)).get(pk=order.pk)
    one.person, one.response = order.person, order.response
    _check(one)
    before = one.ends_at
    into = _extend(one, typed, by) if typed.kind is Change.EXTENDED else None
    after = into.ends_at if into else _apply(one, typed)
    made = OrderChange.objects.create(
        uuid=typed.uuid, order=one, kind=typed.kind, why=typed.why, clause=into.clause if into else one.clause,
        authority=typed.authority, document_no=typed.document_no, ends_before=before, ends_after=after, into=into,
        at=clock.now(), account=by.account, post=by.post, sealed=_where(one, typed),
    )  # fmt: skip
    _record(made, one, by)
    return made


@transaction.atomic
def shorten_with(*, change: OrderChange, orders: Sequence[Order], by: By) -> list[OrderChange]:
    """The orders of those who were bound only because they live with somebody whose order was shortened end with it:
    the same act, document and cause. Done again it changes nothing; returns what was made."""
    made = []
    for order in orders:
        uuid = derived("shortened with", change.uuid, order.uuid)
        last = clock.day_of(change.order.ends_at - A_MOMENT)
        if OrderChange.objects.within(EVERYTHING).filter(uuid=uuid).exists() or order.ends_at <= change.order.ends_at:
            continue
        before, kind = order.ends_at, Change.SHORTENED if _first(order) <= last else Change.ENDED
        typed = ChangeInput(uuid, kind, Cause(change.why), change.authority, change.document_no, last, "")
        after = _apply(order, typed)
        one = OrderChange.objects.create(
            uuid=uuid, order=order, kind=kind, why=change.why, clause=order.clause, authority=change.authority,
            document_no=change.document_no, ends_before=before, ends_after=after, at=clock.now(),
            account=change.account, post=change.post,
        )  # fmt: skip
        _record(one, order, by)
        made.append(one)
    return made


def _first(order: Order) -> date:
    return next(iter(order.stages.all())).first_day


def _check(order: Order) -> None:
    if order.person.died_on is not None:
        raise Problem("order_person_died")
    if not held_open(order.response.uuid):
        raise Problem("paper_response_closed")
    if order.state != OrderState.IN_FORCE or order.provisional:
        raise Problem("change_not_in_force")


def _extend(order: Order, typed: ChangeInput, by: By) -> Order:
    """The plan that the rule proposed for the reasons that stand comes into force in its place."""
    planned = queries.standing(order.person, order.response).get(OrderState.PROPOSED)
    if code := extending_refusal(order.ends_at, planned.ends_at if planned else None):
        raise Problem(code, field="kind")
    assert planned is not None
    (into,) = confirm_orders(
        orders=[planned], authority=typed.authority, document_no=typed.document_no, ground=order.ground,
        remedy=order.remedy, by=by,
    )  # fmt: skip
    return into


def _apply(order: Order, typed: ChangeInput) -> datetime | None:
    """Shorter, elsewhere or ended; returns the end from now on."""
    if typed.kind is Change.ENDED:
        order.state, order.ended_at, order.end_cause = OrderState.ENDED, clock.now(), BY_AUTHORITY
        order.save(update_fields=["state", "ended_at", "end_cause"])
        return order.ended_at
    if typed.kind is Change.SHORTENED:
        _shorten(order, typed)
    return order.ends_at


def _shorten(order: Order, typed: ChangeInput) -> None:
    stages = list(order.stages.all())
    first, last, wanted = stages[0].first_day, stages[-1].last_day, typed.last
    if wanted is None:
        raise Problem("change_day_missing", field="last")
    if code := shortening_refusal(first=first, last=last, today=clock.today(), wanted=wanted):
        raise Problem(code, field="last", day=wanted)
    order.stages.filter(first_day__gt=wanted).delete()
    order.stages.filter(last_day__gt=wanted).update(last_day=wanted)
    order.ends_at = clock.end_of(wanted)
    order.save(update_fields=["ends_at"])


def _where(order: Order, typed: ChangeInput) -> bytes:
    if typed.kind is not Change.MOVED:
        return b""
    return sealing.seal(CHANGES, typed.uuid, {"place": typed.place}, response=order.response.uuid)


def _record(made: OrderChange, order: Order, by: By) -> None:
    same = {"by": by, "place": order.person.home.uuid, "response": order.response.uuid, "protocol": order.protocol}
    record(
        "isolation.order_changed", subject=made.uuid, clause=made.clause, **same,  # type: ignore[arg-type]
        data={"order": str(order.uuid), "kind": made.kind, "why": made.why},
    )  # fmt: skip
    if made.kind == Change.ENDED:
        record("isolation.orders_ended", **same, data={"orders": [str(order.uuid)]})  # type: ignore[arg-type]

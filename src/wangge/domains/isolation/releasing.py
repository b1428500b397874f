"""Releases: the rule proposes them on the last day, a doctor signs, the authority that ordered confirms; in bulk."""

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
from wangge.domains.duty.models import Post
from wangge.domains.isolation import releases
from wangge.domains.isolation.models import Order, Release
from wangge.domains.isolation.rules import OrderState
from wangge.domains.isolation.rules_release import Checked, ready

Seen = Mapping[int, Sequence[Checked]]  # by the order's key: worked out from the facts by whoever calls
RELEASED = "released"


@transaction.atomic
def propose_releases(*, now: datetime, by: By) -> list[Release]:
    """Propose the release of every order whose last day has begun; once for each."""
    orders = list(releases.unproposed(now))
    made = [Release(uuid=uuid7(), order=one, proposed_at=now) for one in orders]
    Release.objects.bulk_create(made, batch_size=500)
    if made:
        record("isolation.releases_proposed", by=by, data={"orders": [str(one.uuid) for one in orders]})
    return made


@transaction.atomic
def sign_releases(*, orders: Sequence[Order], seen: Seen, by: By) -> list[Release]:
    """A doctor's sign under some releases. Signing again changes nothing. Raises Problem where a condition is open."""
    rows = [one for one in _held(orders, Right.SIGN_MEDICAL, by) if one.signed_at is None]
    _check(rows, seen)
    now = clock.now()
    for one in rows:
        one.signed_at, one.signed_account, one.signed_post = now, by.account, by.post
        one.seen = {**one.seen, "signed": told(seen[one.order_id])}
        one.save(update_fields=["signed_at", "signed_account", "signed_post", "seen"])
    if rows:
        _record("isolation.releases_signed", rows, by)
    return rows


@transaction.atomic
def confirm_releases(*, orders: Sequence[Order], seen: Seen, by: By) -> list[Release]:
    """The act of the authority that ordered it: the order ends at this moment. Confirming again changes nothing.

    Raises Problem where a doctor has not signed, a condition is not met any more, or another authority made the order.
    """
    rows = [one for one in _held(orders, Right.CONFIRM_ORDERS, by) if one.confirmed_at is None]
    if any(one.signed_at is None for one in rows):
        raise Problem("release_unsigned")
    if any(not _made_by(one.order, by) for one in rows):
        raise Problem("release_of_another")
    _check(rows, seen)
    now = clock.now()
    for one in rows:
        one.confirmed_at, one.confirmed_account, one.confirmed_post = now, by.account, by.post
        one.seen = {**one.seen, "confirmed": told(seen[one.order_id])}
        one.save(update_fields=["confirmed_at", "confirmed_account", "confirmed_post", "seen"])
    ended = Order.objects.within(EVERYTHING).filter(pk__in=[one.order_id for one in rows])
    ended.update(state=OrderState.ENDED, ended_at=now, end_cause=RELEASED)
    if rows:
        _record("isolation.releases_confirmed", rows, by)
        _record("isolation.orders_ended", rows, by)
    return rows


def _held(orders: Sequence[Order], right: Right, by: By) -> list[Release]:
    """The proposed releases of these orders, locked with them. Raises NotAllowed outside the right's places, Problem
    where an order ended meanwhile or nothing was proposed yet."""
    keys = {one.pk for one in orders}
    if not keys:
        raise Problem("nothing_chosen")
    mine = Order.objects.within(by.scope(right)).filter(pk__in=keys).order_by("id")
    locked = list(mine.select_for_update(of=("self",)))
    if len(locked) < len(keys):
        raise NotAllowed(right)
    rows = list(releases.of_orders(locked))
    if any(one.state != OrderState.IN_FORCE and one.end_cause != RELEASED for one in locked):
        raise Problem("release_over")
    if len(rows) < len(locked):
        raise Problem("release_too_early")
    return rows


def _check(rows: Sequence[Release], seen: Seen) -> None:
    if any(not ready(seen.get(one.order_id, ())) for one in rows):
        raise Problem("release_not_ready")


def _made_by(order: Order, by: By) -> bool:
    """Whether this post made the order; where that post exists no more, any authority of the place stands for it."""
    made = order.confirmed_post
    return made is None or made == by.post or not Post.objects.filter(uuid=made, closed__isnull=True).exists()


def told(checked: Sequence[Checked]) -> dict[str, list[str | int]]:
    """Conditions and their states as they are kept."""
    return {one.condition.value: [one.state.value, one.had, one.asked] for one in checked}


def _record(kind: str, rows: Sequence[Release], by: By) -> None:
    orders: list[UUID] = [one.order.uuid for one in rows]
    first = rows[0].order
    record(
        kind, by=by, response=first.response.uuid, protocol=first.protocol,
        data={"orders": [str(one) for one in orders]},
    )  # fmt: skip

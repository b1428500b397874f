"""Named reads of releases: what is to be proposed, what waits for a doctor, for the authority, what was."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.isolation.models import Order, OrderReason, Release
from wangge.domains.isolation.rules import OrderState

#: Ends after which a paper says that it is over.
OVER = ("term_over", "released")
#: An authority ended it with a cause. Like those, it answers the reasons it rested on: they make no order again.
BY_AUTHORITY = "by_authority"
SETTLED = (*OVER, BY_AUTHORITY)


def unproposed(now: datetime) -> ScopedQuerySet[Order]:
    """Orders of an authority in force whose last day has begun, without a release: locked, for the rule."""
    until = clock.end_of(clock.day_of(now))
    orders = Order.objects.within(EVERYTHING).filter(
        state=OrderState.IN_FORCE, provisional=False, ends_at__gt=now, ends_at__lte=until, release__isnull=True,
        person__died_on__isnull=True,
    )  # fmt: skip
    return orders.select_for_update(of=("self",)).order_by("id")


def of_orders(orders: Iterable[Order]) -> ScopedQuerySet[Release]:
    """The releases of some orders."""
    found = Release.objects.within(EVERYTHING).filter(order__in=[one.pk for one in orders]).order_by("order")
    return found.select_related("order", "order__response", "order__person")


def waiting(scope: Scope, *, signed: bool | None = None) -> ScopedQuerySet[Release]:
    """Releases of orders still in force, the next to end first; ``signed``: only those with a doctor's sign, or
    without."""
    found = Release.objects.within(scope).filter(order__state=OrderState.IN_FORCE, confirmed_at__isnull=True)
    if signed is not None:
        found = found.filter(signed_at__isnull=not signed)
    reasons = OrderReason.objects.filter(withdrawn_at__isnull=True).order_by("since", "id")
    whole = found.select_related("order", "order__response", "order__person", "order__person__home")
    some = ("order__stages", "order__response__phases", Prefetch("order__reasons", queryset=reasons))
    return whole.prefetch_related(*some).order_by("order__ends_at", "order__person__home__path", "id")


def release_of(order: Order) -> Release | None:
    """The release of an order, if the rule has proposed one."""
    return Release.objects.within(EVERYTHING).filter(order=order).first()


def newer(orders: Iterable[Order]) -> dict[int, int]:
    """How many orders of a later reason wait for the authority beside each of these, by the order's key."""
    orders = list(orders)
    waits = Order.objects.within(EVERYTHING).filter(
        person__in={one.person_id for one in orders}, state=OrderState.PROPOSED, ends_at__gt=clock.now()
    )
    pairs = list(waits.values_list("person", "response", "ends_at"))
    return {
        one.pk: sum(
            (person, response) == (one.person_id, one.response_id) and ends > one.ends_at
            for person, response, ends in pairs
        )
        for one in orders
    }


def released(people: Iterable[int]) -> ScopedQuerySet[Order]:
    """Orders of an authority about some people (by key) that are over by their term or a release, the latest first."""
    found = Order.objects.within(EVERYTHING).filter(
        person__in=list(people), state=OrderState.ENDED, end_cause__in=OVER, provisional=False
    )
    return found.select_related("person", "person__home", "response").prefetch_related("stages").order_by("-ended_at")

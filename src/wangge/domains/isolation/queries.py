"""Named reads of orders, always within a scope."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.isolation.models import Order, OrderReason, Stage
from wangge.domains.isolation.rules import OrderState
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response

STANDING = (OrderState.PROPOSED, OrderState.IN_FORCE)


def _whole(orders: ScopedQuerySet[Order]) -> ScopedQuerySet[Order]:
    reasons = OrderReason.objects.filter(withdrawn_at__isnull=True).order_by("since", "id")
    return orders.select_related("person", "person__home", "response").prefetch_related(
        "stages", "response__phases", Prefetch("reasons", queryset=reasons)
    )


def order(scope: Scope, uuid: UUID) -> Order:
    """Raises Order.DoesNotExist, also outside the scope."""
    return _whole(Order.objects.within(scope)).get(uuid=uuid)


def proposed(scope: Scope, response: Response) -> ScopedQuerySet[Order]:
    """Orders waiting for the authority, role by role, the oldest first. One whose term has passed is ``over``."""
    orders = Order.objects.within(scope).filter(_waits(), response=response)
    return _whole(orders).order_by("role", "proposed_at", "person__home__path", "person__birth_date", "person", "id")


def in_force(scope: Scope, response: Response) -> ScopedQuerySet[Order]:
    """Orders that stand now, the next to end first."""
    orders = Order.objects.within(scope).filter(response=response, state=OrderState.IN_FORCE)
    return _whole(orders).order_by("ends_at", "id")


def over(scope: Scope, response: Response) -> ScopedQuerySet[Order]:
    """Orders that ended, fell or were replaced, and proposals that nobody confirmed in time; the latest first."""
    orders = Order.objects.within(scope).filter(~_waits(), response=response).exclude(state=OrderState.IN_FORCE)
    return _whole(orders).order_by("-ends_at", "-id")


def _waits() -> Q:
    return Q(state=OrderState.PROPOSED, ends_at__gt=clock.now())


def resting_on(causes: Sequence[UUID]) -> tuple[list[Order], list[Order]]:
    """The standing orders that have one of these causes as their only reasons, and those with another besides."""
    reasons = OrderReason.objects.filter(withdrawn_at__isnull=True, order__state__in=STANDING)
    named = reasons.filter(cause__in=causes).values_list("order_id", flat=True)
    alone: list[Order] = []
    shared: list[Order] = []
    for order in _whole(Order.objects.within(EVERYTHING).filter(pk__in=set(named))).order_by("id"):
        others = [reason for reason in order.reasons.all() if reason.cause not in causes]
        (shared if others else alone).append(order)
    return alone, shared


def chosen(scope: Scope, uuids: Sequence[UUID]) -> ScopedQuerySet[Order]:
    """Some orders by id; those outside the scope are absent."""
    return _whole(Order.objects.within(scope).filter(uuid__in=uuids)).order_by("id")


def by_key(keys: Iterable[int]) -> list[Order]:
    """Some orders by key, within the system's scope: a flow asks."""
    return list(_whole(Order.objects.within(EVERYTHING).filter(pk__in=list(keys))).order_by("id"))


def standing(person: Person, response: Response) -> dict[str, Order]:
    """The person's proposed order and the one in force, by state."""
    orders = Order.objects.within(EVERYTHING).filter(person=person, response=response, state__in=STANDING)
    return {one.state: one for one in orders.select_for_update().prefetch_related("stages")}


def of_people(people: Iterable[Person], response: Response) -> ScopedQuerySet[Order]:
    """The standing orders of some people."""
    orders = Order.objects.within(EVERYTHING).filter(response=response, person__in=list(people), state__in=STANDING)
    return _whole(orders)


def of_person(scope: Scope, person: Person) -> ScopedQuerySet[Order]:
    """Every order about a person, the latest first."""
    return _whole(Order.objects.within(scope).filter(person=person)).order_by("-proposed_at", "-id")


def standing_of(people: Iterable[Person], response: Response) -> ScopedQuerySet[Order]:
    """The standing orders of some people with everything about them, locked: whoever confirms takes turns."""
    orders = Order.objects.within(EVERYTHING).filter(response=response, person__in=list(people), state__in=STANDING)
    list(orders.select_for_update().order_by("id").values_list("pk"))
    return _whole(orders).order_by("id")


def people_in(response: Response, after: int) -> QuerySet[Order, int]:
    """The keys of the people with a standing order, beyond a key, in order."""
    orders = Order.objects.within(EVERYTHING).filter(response=response, state__in=STANDING, person__gt=after)
    return orders.order_by("person").values_list("person", flat=True).distinct()


def milder_over(now: datetime) -> ScopedQuerySet[Order]:
    """Proposals under a later edition whose term is over, while the order they were to replace still stands."""
    lapsed = Order.objects.within(EVERYTHING).filter(
        state=OrderState.PROPOSED, ends_at__lte=now, supersedes__state=OrderState.IN_FORCE
    )
    return lapsed.exclude(protocol=F("supersedes__protocol")).select_related("supersedes")


def past_end(now: datetime) -> ScopedQuerySet[Order]:
    """Orders in force whose term is over, locked: whoever withdraws one at this moment is waited for."""
    orders = Order.objects.within(EVERYTHING).filter(state=OrderState.IN_FORCE, ends_at__lte=now)
    return orders.select_for_update(of=("self",)).select_related("person", "person__home", "response")


def counts(scope: Scope, response: Response) -> dict[str, int]:
    """How many orders wait, how many stand, how many are over."""
    orders = Order.objects.within(scope).filter(response=response)
    return orders.aggregate(
        proposed=Count("pk", filter=_waits()),
        in_force=Count("pk", filter=Q(state=OrderState.IN_FORCE)),
        over=Count("pk", filter=~_waits() & ~Q(state=OrderState.IN_FORCE)),
    )


def waiting_by_role(scope: Scope, response: Response) -> dict[str, int]:
    """How many proposed orders each role has."""
    orders = Order.objects.within(scope).filter(_waits(), response=response)
    return dict(orders.order_by("role").values_list("role").annotate(number=Count("pk")))


def waiting_by_response(scope: Scope) -> dict[int, int]:
    """How many proposed orders each Response (by key) has in a scope."""
    orders = Order.objects.within(scope).filter(_waits())
    return dict(orders.order_by("response").values_list("response").annotate(number=Count("pk")))


def listed(scope: Scope, response: UUID | None = None, state: str = "") -> ScopedQuerySet[Order]:
    """Orders of a scope for a reader that goes through all of them, page by page by key."""
    found = _whole(Order.objects.within(scope)).select_related("supersedes")
    found = found.filter(response__uuid=response) if response else found
    return found.filter(state=state) if state else found


def measures_on(response: Response, day: date) -> QuerySet[Stage]:
    """The measures of every order in force that are due on a civil day. Set-based: narrowed by whoever asks."""
    running = Stage.objects.filter(order__response=response, order__state=OrderState.IN_FORCE)
    return running.filter(first_day__lte=day, last_day__gte=day, order__person__died_on__isnull=True)


def spent_on(orders: Iterable[UUID]) -> QuerySet[Stage]:
    """The measures of some orders, ended ones too: where somebody was on the day of a test."""
    return Stage.objects.filter(order__uuid__in=list(orders)).order_by()


def confirmed_by(uuid: UUID) -> UUID | None:
    """The post that confirmed an order; None where there is none, or nobody had to."""
    return Order.objects.within(EVERYTHING).filter(uuid=uuid).values_list("confirmed_post", flat=True).first()

"""Named reads of changes to orders."""

from collections.abc import Iterable
from uuid import UUID

from wangge.base import sealing
from wangge.base.access.scope import EVERYTHING
from wangge.domains.isolation.models import CHANGES, Order, OrderChange
from wangge.domains.isolation.rules import OrderState
from wangge.domains.isolation.rules_change import Change
from wangge.domains.people.models import Person


def change(uuid: UUID) -> OrderChange:
    """One change with its order, for a flow. Raises OrderChange.DoesNotExist."""
    found = OrderChange.objects.within(EVERYTHING).select_related(
        "order", "order__response", "order__person", "order__person__home", "order__person__home__parent"
    )
    return found.get(uuid=uuid)


def changes_of(order: Order) -> list[OrderChange]:
    """Every change of an order, and of the shorter one that it came from; the latest last."""
    found = list(OrderChange.objects.within(EVERYTHING).filter(order=order).order_by("at", "id"))
    came = OrderChange.objects.within(EVERYTHING).filter(into=order).select_related("order").first()
    return [*changes_of(came.order), *found] if came else found


def elsewhere(orders: Iterable[Order]) -> set[int]:
    """The keys of those of these orders that an authority moved, also as the shorter ones from which they came."""
    of = {one.pk: one.pk for one in orders}
    moved: set[int] = set()
    while of:
        rows = OrderChange.objects.within(EVERYTHING)
        here = rows.filter(order__in=list(of), kind=Change.MOVED).values_list("order", flat=True)
        moved |= {of[key] for key in here}
        came = rows.filter(into__in=list(of)).values_list("into", "order")
        of = {order: of[into] for into, order in came if into is not None}
    return moved


def is_elsewhere(person: Person) -> bool:
    """Whether somebody's order in force is spent where an authority moved it: what is brought goes there."""
    orders = list(Order.objects.within(EVERYTHING).filter(person=person, state=OrderState.IN_FORCE))
    return bool(orders) and bool(elsewhere(orders))


def place_of(one: OrderChange) -> str:
    """Where a moved order is spent; '' for other changes. Log the look before showing it."""
    return str(sealing.unseal(CHANGES, one.uuid, one.sealed).get("place", "")) if one.sealed else ""


def moved_to(changes: Iterable[OrderChange]) -> str:
    """Where the order is spent now, if it was moved."""
    return next((place_of(one) for one in reversed(list(changes)) if one.kind == Change.MOVED), "")

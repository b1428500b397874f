"""The whole household, where it cannot keep apart: asked at the door, ordered only by the authority."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.isolation.homes import at_home
from wangge.domains.isolation.models import HomeRooms, Order
from wangge.domains.isolation.queries import whole
from wangge.domains.isolation.releases import OVER
from wangge.domains.isolation.rules import OrderState
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import held_open

HOUSEHOLD = "household"  # the kind of a reason


@transaction.atomic
def tell_rooms(*, order: Order, separate: bool, uuid: UUID, by: By) -> HomeRooms:
    """What was said at the door of a home in isolation. It proposes, and orders nobody. Raises Problem."""
    if known := HomeRooms.objects.within(EVERYTHING).filter(uuid=uuid).first():
        return known
    home = order.person.home
    by.need(Right.WORK_DOORS, home.path, home.grid_id)
    if home.kind == Kind.BED:
        raise Problem("rooms_of_strangers")
    if order.state != OrderState.IN_FORCE or order.provisional or order.person.died_on is not None:
        raise Problem("change_not_in_force")
    if not held_open(order.response.uuid):
        raise Problem("paper_response_closed")
    one = HomeRooms.objects.create(
        uuid=uuid, response=order.response, home=home, separate=separate, at=clock.now(), account=by.account,
        post=by.post,
    )  # fmt: skip
    record(
        "isolation.rooms_told", by=by, subject=one.uuid, place=home.uuid, response=order.response.uuid,
        protocol=order.protocol, clause=order.clause, data={"separate": separate},
    )  # fmt: skip
    return one


def rooms(uuid: UUID) -> HomeRooms:
    """One answer, for a flow. Raises HomeRooms.DoesNotExist."""
    return HomeRooms.objects.within(EVERYTHING).select_related("response", "home").get(uuid=uuid)


def said_of(home: Place, response: Response) -> HomeRooms | None:
    """What was said last of a home."""
    return HomeRooms.objects.within(EVERYTHING).filter(home=home, response=response).order_by("-at", "-id").first()


@dataclass(frozen=True, slots=True)
class Shared:
    """A reason of somebody's from the household: whose order it follows, counted from which day."""

    cause: UUID
    role: str
    since: date


def shared_by(response: Response, people: Sequence[Person]) -> dict[int, list[Shared]]:
    """For each person (by key) the orders of others in a home that cannot keep apart, as reasons.

    An order that itself rests on the household alone is nobody's reason, so that it cannot hold itself up. One that is
    over by its term stays one: the others' term is the same.
    """
    told = _not_separate(response, {person.home_id for person in people if person.home.kind != Kind.BED})
    found: dict[int, list[Shared]] = defaultdict(list)
    for order in _orders(response, told):
        own = [one for one in order.reasons.all() if one.kind != HOUSEHOLD and one.role == order.role]
        if own:
            reason = Shared(told[order.person.home_id].uuid, order.role, max(one.since for one in own))
            for person in people:
                if person.home_id == order.person.home_id and person.pk != order.person_id:
                    found[person.pk].append(reason)
    return found


def _not_separate(response: Response, homes: Iterable[int]) -> dict[int, HomeRooms]:
    rows = HomeRooms.objects.within(EVERYTHING).filter(response=response, home__in=list(homes)).order_by("at", "id")
    latest = {one.home_id: one for one in rows}
    return {home: one for home, one in latest.items() if not one.separate}


def _orders(response: Response, homes: Iterable[int]) -> list[Order]:
    stands = Q(state=OrderState.IN_FORCE) | Q(state=OrderState.ENDED, end_cause__in=OVER)
    found = Order.objects.within(EVERYTHING).filter(
        stands, response=response, provisional=False, person__home__in=list(homes)
    )
    return list(whole(found).order_by("id")) if homes else []


def bound_with(order: Order) -> list[Order]:
    """Whoever is bound only because they live with this person, and with nobody else who is bound for longer."""
    told = _not_separate(order.response, {order.person.home_id})
    here = [one for one in _orders(order.response, told) if one.state == OrderState.IN_FORCE]
    only = [one for one in here if all(reason.kind == HOUSEHOLD for reason in one.reasons.all())]
    keys = {one.pk for one in only}
    longer = any(one.ends_at > order.ends_at for one in here if one.pk not in keys)
    return [] if longer or order.pk in keys else only


def can_ask(order: Order) -> bool:
    """Whether the question is put at this door: spent there, others live there, and it is no dormitory."""
    home = order.person.home
    if home.kind == Kind.BED or order.state != OrderState.IN_FORCE or order.provisional:
        return False
    spent_there = at_home(EVERYTHING, order.response).filter(pk=order.pk).exists()
    others = Person.objects.within(EVERYTHING).filter(home=home, died_on__isnull=True).exclude(pk=order.person_id)
    return spent_there and others.exists()

"""What is fixed to doors and gates goes when its ground does, and at once when somebody has to get out.

recorded by whoever fixed it       an order or a zone that stands there, or the document alone            record
isolation.orders_confirmed         a thing whose order was replaced rests on the new one; its end stays   settle
isolation.orders_ended, .order_withdrawn, .order_changed, zones.released, .superseded, .ended
                                   it has to be taken away                                         settle, zone_over
protocol.edition_began             what the new edition does not allow has to be taken away              edition
protocol.response_closed           everything has; nothing is walked any more                             closed
sensors.silenced for safety, sensors.smoke
                                   the whole stairwell is freed now                                       safety
protocol.response_opened, clock.day_began
                                   exits, gates and fire lanes are walked                          opened, walks
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.problems import Problem
from wangge.domains.fixtures import actions, queries
from wangge.domains.fixtures.inputs import FixtureInput
from wangge.domains.fixtures.models import Fixture
from wangge.domains.fixtures.rules import Origin, Thing, Why, may_hang
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.rules import OrderState
from wangge.domains.people.queries import at_door
from wangge.domains.places.models import Place
from wangge.domains.places.rules import DOORS
from wangge.domains.protocol.queries import in_force, open_responses, response
from wangge.domains.sensors import queries as sensors
from wangge.domains.sensors.rules import Silent
from wangge.domains.zones.queries import at as zones_at

MOST = 500  # rows of one look at the clock


@dataclass(frozen=True, slots=True)
class Rest:
    """An order or a zone on which a thing may rest. ``ends``: an order's end; a zone has none before it is over."""

    uuid: UUID
    zone: str
    ends: datetime | None


def grounds_at(place: Place) -> list[Rest]:
    """What stands at a place now: its zones, and the orders for those who live behind a door."""
    found = [Rest(one.uuid, one.name, None) for one in zones_at(place)]
    if place.kind in DOORS:
        orders = Order.objects.within(EVERYTHING).filter(
            person__in=list(at_door(EVERYTHING, place)), state=OrderState.IN_FORCE, ends_at__gt=clock.now(),
            response__closed_at__isnull=True,
        )  # fmt: skip
        found += [Rest(one.uuid, "", one.ends_at) for one in orders.order_by("ends_at", "id")]
    return found


@transaction.atomic
def record(*, place: Place, typed: FixtureInput, by: By) -> Fixture:
    """Record what was fixed: on an order or zone only where it stands at this place, and not beyond the order's end.
    Raises Problem."""
    if typed.rests_on:
        rest = next((one for one in grounds_at(place) if one.uuid == typed.rests_on), None)
        if rest is None:
            raise Problem("fixture_ground_unknown", field="rests_on")
        if rest.ends and typed.ends > rest.ends:
            raise Problem("fixture_beyond_order", field="ends")
    return actions.record_fixture(place=place, typed=typed, by=by)


def settle(event: Event) -> None:
    """Answer what confirms, replaces, ends or withdraws orders."""
    named = [UUID(text) for text in event.data.get("orders", ())] or [subject_of(event)]
    replaced = Order.objects.within(EVERYTHING).filter(superseded_by__uuid__in=named).values_list("uuid", flat=True)
    over: list[UUID] = []
    for order in Order.objects.within(EVERYTHING).filter(uuid__in=[*named, *replaced]):
        if order.state in (OrderState.IN_FORCE, OrderState.PROPOSED):
            continue
        new = Order.objects.within(EVERYTHING).filter(supersedes=order, state=OrderState.IN_FORCE).first()
        if new:
            actions.rest_on(fixtures=queries.resting_on([order.uuid]), ground=new.uuid)
        else:
            over.append(order.uuid)
    _over(over, event)


def zone_over(event: Event) -> None:
    """Answer ``zones.released``, ``zones.superseded`` and ``zones.ended``."""
    _over([subject_of(event)], event)


def _over(grounds: list[UUID], event: Event) -> None:
    if rows := queries.resting_on(grounds):
        actions.want_removal(fixtures=rows, why=Why.GROUND_OVER, by=SYSTEM, cause=event.uuid)


def edition(event: Event) -> None:
    """Answer ``protocol.edition_began``: an allowance holds as long as its edition."""
    here = response(subject_of(event))
    allowed = in_force(here).fixtures.allowed
    rows = [
        one for one in queries.hanging_in(here.uuid)
        if one.origin == Origin.RECORDED and not may_hang(Thing(one.thing), one.place.kind, allowed)
    ]  # fmt: skip
    if rows:
        actions.want_removal(fixtures=rows, why=Why.NOT_ALLOWED, by=SYSTEM, cause=event.uuid)


def closed(within: UUID, cause: UUID) -> None:
    """A Response was closed: what hangs stays on the list until it is gone."""
    actions.withdraw_walks(response=within, by=SYSTEM)
    if rows := queries.hanging_in(within):
        actions.want_removal(fixtures=rows, why=Why.RESPONSE_CLOSED, by=SYSTEM, cause=cause)


def safety(event: Event) -> None:
    """Answer ``sensors.silenced`` and ``sensors.smoke``: whoever has to get out finds the way free."""
    if event.kind == "sensors.smoke":
        doors = [sensors.fit(subject_of(event)).door]
    elif event.data["why"] == Silent.SAFETY:
        doors = [one.door for one in sensors.fits_named(UUID(one) for one in event.data["fits"])]
    else:
        return
    for door in doors:
        actions.free_stairwell(place=door, by=SYSTEM, cause=event.uuid)


def opened(event: Event) -> None:
    """Answer ``protocol.response_opened``: the first walk is now."""
    here = response(subject_of(event))
    actions.put_walks(response=here, day=clock.day_of(here.opened_at), by=SYSTEM, cause=event.uuid)


def walks(event: Event) -> None:
    """Answer ``clock.day_began``."""
    for one in open_responses().prefetch_related("phases"):
        actions.put_walks(response=one, day=clock.day_of(event.recorded_at), by=SYSTEM, cause=event.uuid)


def over(now: datetime) -> None:
    """An alarm: what is past its end has to be taken away, and what is late goes up a level."""
    past = Fixture.objects.within(EVERYTHING).filter(to_remove_at__isnull=True, ends_at__lte=now)
    if rows := list(past.order_by("ends_at", "id")[:MOST]):
        actions.want_removal(fixtures=rows, why=Why.END, by=SYSTEM)
    actions.late(now=now, by=SYSTEM)

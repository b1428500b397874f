"""Somebody to be taken, a place, a vehicle, a plan, a hand-over and an alarm on one side of the tiny city."""

from dataclasses import dataclass
from datetime import timedelta

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.people.models import Person
from wangge.domains.people.queries import door_of
from wangge.domains.places.actions import add_place
from wangge.domains.places.rules import Kind
from wangge.domains.transfer.models import (
    GuestAsk,
    MeetingPoint,
    Passenger,
    PeopleOffer,
    TransferAlert,
    TransferPlan,
    TransferSite,
    TransferVehicle,
    Trip,
)


@dataclass(frozen=True)
class Taken:
    """What the addresses of transfers are about."""

    passenger: Passenger
    plan: TransferPlan
    trip: Trip
    offer: PeopleOffer
    alert: TransferAlert
    ask: GuestAsk
    point: MeetingPoint


def taken(tiny: Small, key: str, person: Person) -> Taken:
    """The desk, driver and escort are the district's; the other side has none of its own."""
    now, place, response = clock.now(), tiny.places[key], tiny.response.uuid
    hotel = add_place(kind=Kind.SITE, name="平安酒店", parent=place, order=91, by=SYSTEM)
    near = key == "community"
    posts = {kind: tiny.posts[name] if near else None for kind, name in
             (("desk", "qiantai"), ("driver", "siji"), ("escort", "husong"))}  # fmt: skip
    site = TransferSite.objects.create(
        response=response, place=hotel, desk=posts["desk"], where="central", single=9, opened_at=now
    )  # fmt: skip
    vehicle = TransferVehicle.objects.create(
        response=response, place=place, name="1号车", seats=20, driver=posts["driver"], escort=posts["escort"],
        free_from=now,
    )  # fmt: skip
    plan = TransferPlan.objects.create(
        response=response, area=place, day=clock.today(), made_at=now, state=TransferPlan.State.ADOPTED
    )  # fmt: skip
    trip = Trip.objects.create(
        plan=plan, number=1, vehicle=vehicle, site=site, begins_at=now, arrives_at=now + timedelta(hours=1)
    )  # fmt: skip
    passenger = Passenger.objects.create(
        response=response, person=person, door=door_of(person.home), order=uuid7(), role="close_contact",
        where="central", listed_at=now, since=now, trip=trip,
    )  # fmt: skip
    offer = PeopleOffer.objects.create(
        uuid=uuid7(), response=response, trip=trip, hand="escort", holder=uuid7(), to_hand="driver",
        to_holder=posts["driver"].uuid if posts["driver"] else uuid7(), offered_at=now, offered=1,
    )  # fmt: skip
    alert = TransferAlert.objects.create(
        uuid=uuid7(), response=response, place=place, kind="late", trip=trip, since=now, raised_at=now
    )  # fmt: skip
    ask = GuestAsk.objects.create(uuid=uuid7(), passenger=passenger, what="meal", asked_at=now)
    point = MeetingPoint.objects.create(
        response=response, place=hotel, name="东出站口", post=posts["escort"], opened_at=now
    )  # fmt: skip
    return Taken(passenger, plan, trip, offer, alert, ask, point)

"""Named reads of one person's own way: when the vehicle calls where they live, and through which hands they went."""

from datetime import datetime

from wangge.base.access.scope import EVERYTHING
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.rules import ancestors
from wangge.domains.protocol.models import Response
from wangge.domains.transfer.models import Passenger, PeopleOffer, Trip

WHOLE = (
    "person", "door", "trip", "trip__vehicle", "trip__vehicle__driver", "trip__vehicle__escort", "trip__site",
    "trip__site__place", "site", "site__place",
)  # fmt: skip


def own(person: Person, response: Response) -> Passenger | None:
    """Somebody on the list or received, for that person's own page; None for whoever is taken nowhere."""
    found = Passenger.objects.within(EVERYTHING).filter(person=person, response=response.uuid, off_at__isnull=True)
    return found.select_related(*WHOLE).first()


def together(one: Passenger) -> list[Passenger]:
    """Those of the same door on the same trip: one slip goes with them."""
    found = Passenger.objects.within(EVERYTHING).filter(
        door=one.door, party=one.party, trip=one.trip, response=one.response, off_at__isnull=True
    )
    return list(found.select_related(*WHOLE).order_by("person__birth_date", "id"))


def calls_at(trip: Trip, door: Place) -> tuple[datetime, datetime] | None:
    """From when to when a trip's vehicle stands where a door is; None where it does not call there."""
    paths = [*ancestors(door.path), door.path]
    around = {str(uuid) for uuid in Place.objects.filter(path__in=paths).values_list("uuid", flat=True)}
    for place, arrives, leaves in trip.stops:
        if place in around:
            return datetime.fromisoformat(arrives), datetime.fromisoformat(leaves)
    return None


def hands_of(one: Passenger) -> list[PeopleOffer]:
    """The hand-overs in which somebody was accepted, in order."""
    taken = PeopleOffer.objects.filter(lines__passenger=one, lines__taken=True, state=PeopleOffer.State.ACCEPTED)
    return list(taken.order_by("answered_at", "id"))


def replaced_trips(one: Passenger) -> list[Trip]:
    """The trips of plans that were replaced and named somebody: what was said of them is no longer true."""
    older = Trip.objects.filter(plan__response=one.response, plan__state="replaced")
    return [trip for trip in older if str(one.uuid) in trip.people]

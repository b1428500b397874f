"""Whoever a plan takes away is told so by message before the door opens; who cannot be told stands on the call list.

transfer.adopted             when the vehicle comes, where to, what to bring; what a replaced plan said stops  adopted
transfer.taken_off           who is not taken any more is told no further                                      taken_off
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.ids import derived
from wangge.domains.messages.actions import Told, stop_about, tell
from wangge.domains.messages.queries import template
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import response as response_named
from wangge.domains.transfer import journey, queries
from wangge.domains.transfer.models import Passenger, Trip
from wangge.domains.transfer.rules_hands import Hand
from wangge.flows.orders_told import MONTHS

BRING = {
    "zh": "身份证、医保卡、药、手机和充电器、换洗衣服",
    "en": "ID, insurance card, medicine, phone, charger, clothes",
}


def adopted(event: Event) -> None:
    """Answer ``transfer.adopted``."""
    plan = queries.plan_named(subject_of(event))
    response = response_named(plan.response)
    trips = queries.trips_of(plan)
    people = [one for trip in trips for one in queries.aboard(trip) if one.hand in (Hand.DOOR, Hand.MEETING)]
    older = [about(one, trip) for one in people for trip in journey.replaced_trips(one)]
    _stop(response, older, event)
    told = [
        Told(one.person, about(one, one.trip), _values(one, one.trip))
        for one in people
        if one.person and one.trip and one.refused_at is None
    ]
    tell(
        response=response, template=template("transfer_planned", response.area), told=told, by=SYSTEM,
        uuid=event.uuid, cause=event.uuid,
    )  # fmt: skip


def taken_off(event: Event) -> None:
    """Answer ``transfer.taken_off``."""
    some = queries.by_ids([UUID(text) for text in event.data.get("passengers", ())])
    for within in {one.response for one in some}:
        subjects = [about(one, one.trip) for one in some if one.response == within and one.trip]
        _stop(response_named(within), subjects, event)


def about(one: Passenger, trip: Trip) -> UUID:
    """What a message about somebody's trip is about: another plan is another message."""
    return derived("going", one.uuid, trip.uuid)


def _stop(response: Response, subjects: list[UUID], event: Event) -> None:
    if subjects:
        stop_about(response=response, subjects=subjects, by=SYSTEM, cause=event.uuid)


def _values(one: Passenger, trip: Trip) -> Mapping[str, Mapping[str, str]]:
    stands = journey.calls_at(trip, one.door)
    name = trip.site.place.name
    return {"when": _moment(stands[0] if stands else trip.begins_at), "where": {"zh": name, "en": name}, "bring": BRING}


def _moment(at: datetime) -> Mapping[str, str]:
    local = at.astimezone(clock.LOCAL)
    return {
        "zh": f"{local.month}月{local.day}日{local:%H:%M}",
        "en": f"on {local.day} {MONTHS[local.month - 1]} at {local:%H:%M}",
    }

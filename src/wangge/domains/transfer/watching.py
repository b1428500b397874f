"""What the clock and the people on the way say: alarms for whoever leads, meals and pauses, relief for who waits."""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import response as response_named
from wangge.domains.transfer import queries
from wangge.domains.transfer import waiting as waiting_now
from wangge.domains.transfer.models import InClothing, Passenger, TransferAlert, Trip
from wangge.domains.transfer.queries import limits_of, member, rule_of
from wangge.domains.transfer.rules import COACH, Limits
from wangge.domains.transfer.rules_hands import Hand
from wangge.domains.transfer.rules_live import Alarm, Raised, Under, raised

CARE = {"food": "fed_at", "roof": "sheltered_at"}
STOPS = {"meal": "meal_at", "toilet": "toilet_at", "rest": "rest_at"}


def under(trip: Trip, outdoors: datetime | None) -> Under:
    """A trip as the rule of alarms sees it."""
    at = timezone.localtime(clock.now())
    return Under(
        trip.vehicle.seats >= COACH, trip.started_at, trip.begins_at, trip.arrives_at, trip.meal_at, trip.toilet_at,
        trip.rest_at, outdoors, at.hour + at.minute / 60,
    )  # fmt: skip


@transaction.atomic
def raise_alarms(*, now: datetime, by: By) -> int:
    """Note what is over its limit now, each thing once. Returns how many are new."""
    trips, new = queries.all_under_way(), 0
    outdoors = _frail_outdoors()
    for trip in trips:
        if (limits := _limits(trip.plan.response)) is None:
            continue
        for one in raised(under(trip, outdoors.get(trip.pk)), now, limits):
            new += _raise(one, trip.plan.response, trip.plan.area, derived(trip.uuid, one.alarm, one.since), by, trip)
    for waiting in waiting_now.still_waiting():
        limits = _limits(waiting.response)
        if limits and now - waiting.since > timedelta(minutes=limits.relief):
            one = Raised(Alarm.RELIEF, waiting.since, limits.care_clause)
            new += _raise(one, waiting.response, waiting.place, derived("relief", waiting.uuid), by)
    return new


def _limits(response: UUID) -> Limits | None:
    rule = rule_of(response_named(response))
    return limits_of(rule) if rule else None


def _frail_outdoors() -> dict[int, datetime]:
    """Since when somebody frail waits with the escort of each trip: between the door and the vehicle."""
    found: dict[int, datetime] = defaultdict(clock.now)
    waits = Passenger.objects.within(EVERYTHING).filter(hand=Hand.ESCORT, off_at__isnull=True, trip__isnull=False)
    for one in waits.select_related("person"):
        if member(one).frail and one.trip_id:
            found[one.trip_id] = min(found[one.trip_id], one.since)
    return dict(found)


def _raise(one: Raised, response: UUID, place: Place, uuid: UUID, by: By, trip: Trip | None = None) -> int:
    _alert, new = TransferAlert.objects.get_or_create(
        uuid=uuid,
        defaults={
            "response": response, "place": place, "kind": one.alarm, "trip": trip, "clause": one.clause[:80],
            "since": one.since, "raised_at": clock.now(),
        },
    )  # fmt: skip
    if new:
        record(
            "transfer.alarm", by=by, subject=uuid, place=place.uuid, response=response, clause=one.clause[:80],
            data={"alarm": one.alarm.value},
        )  # fmt: skip
    return int(new)


@transaction.atomic
def settle_alert(*, alert: TransferAlert, by: By) -> TransferAlert:
    """Somebody saw to it. What is still over its limit is raised again by its next beginning."""
    by.need(Right.PLAN_TRANSFER, alert.place.path, alert.place.grid_id)
    one = TransferAlert.objects.select_for_update(of=("self",)).get(pk=alert.pk)
    if one.settled_at is None:
        one.settled_at, one.settled_post = clock.now(), by.post
        one.save(update_fields=["settled_at", "settled_post"])
        record(
            "transfer.settled", by=by, subject=one.uuid, place=alert.place.uuid, response=one.response,
            data={"alarm": one.kind},
        )  # fmt: skip
    return one


@transaction.atomic
def note_stop(*, trip: Trip, what: str, by: By) -> None:
    """A meal, a toilet or the driver's pause on the way. A pause has both a toilet and a rest."""
    if what not in STOPS:
        raise Problem("transfer_stop_unknown")
    if trip.started_at is None:
        raise Problem("transfer_not_begun")
    now = clock.now()
    changes = {STOPS[what]: now} | ({"toilet_at": now} if what == "rest" else {})
    Trip.objects.filter(pk=trip.pk).update(**changes)
    record("transfer.stopped", by=by, subject=trip.uuid, response=trip.plan.response, data={"what": what})


@transaction.atomic
def begin_waiting(*, uuid: UUID, response: Response, place: Place, by: By) -> InClothing:
    """Somebody puts protective clothing on and waits; after the protocol's time whoever leads has to relieve them."""
    if by.account is None or not by.may(Right.HAND_OVER):
        raise NotAllowed(Right.HAND_OVER)
    if known := InClothing.objects.filter(uuid=uuid).first() or waiting_now.in_clothing(by):
        return known
    one = InClothing.objects.create(
        uuid=uuid, response=response.uuid, place=place, account=by.account, post=by.post, since=clock.now()
    )
    record("transfer.waits", by=by, subject=one.uuid, place=place.uuid, response=response.uuid)
    return one


@transaction.atomic
def note_care(*, what: str, by: By) -> None:
    """Whoever waits in protective clothing had food and drink, or came under a roof. The alarm stands until they are
    relieved."""
    field = CARE.get(what)
    one = waiting_now.in_clothing(by)
    if field is None or one is None:
        raise Problem("transfer_care_unknown")
    setattr(one, field, clock.now())
    one.save(update_fields=[field])
    record(
        "transfer.cared", by=by, subject=one.uuid, place=one.place.uuid, response=one.response, data={"what": what}
    )  # fmt: skip


@transaction.atomic
def end_waiting(*, by: By) -> None:
    """They took it off: relieved, fed, under a roof. The alarm about it is settled with it."""
    if (one := waiting_now.in_clothing(by)) is None:
        return
    one.ended_at = clock.now()
    one.save(update_fields=["ended_at"])
    alerts = TransferAlert.objects.filter(uuid=derived("relief", one.uuid), settled_at__isnull=True)
    alerts.update(settled_at=clock.now(), settled_post=by.post)
    record("transfer.relieved", by=by, subject=one.uuid, place=one.place.uuid, response=one.response)

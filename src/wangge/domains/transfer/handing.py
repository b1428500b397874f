"""The hand-over at each hand: offered by one, accepted by the next, counted by both. Everything sent twice is one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.base.problems import Problem
from wangge.domains.protocol.queries import response as response_named
from wangge.domains.transfer import queries
from wangge.domains.transfer.models import OfferedPerson, Passenger, PeopleOffer, TransferAlert, TransferSite, Trip
from wangge.domains.transfer.queries import alone_of, rule_of
from wangge.domains.transfer.rules import Alone, RoomKind, rooming
from wangge.domains.transfer.rules_hands import Hand, Stop, may_offer, settle
from wangge.domains.transfer.rules_live import Alarm

FULL = "full"


@transaction.atomic
def offer(*, uuid: UUID, people: Sequence[Passenger], to: Hand, by: By) -> PeopleOffer:
    """One hand offers people to the next. They stay in it until the next accepts. Raises Problem with what is against
    it: whom nobody told or asked, a child alone, somebody who is in another hand."""
    if known := PeopleOffer.objects.filter(uuid=uuid).first():
        return known
    rows = held([one.pk for one in people])
    if not rows:
        raise Problem(Stop.NOBODY.value)
    _holds(by, rows)
    first = rows[0]
    holder = str(first.holder or first.hand)
    if stop := may_offer(queries.going(rows, alone_at(first.response)), holder, to):
        raise Problem(stop.value)
    if len({one.trip_id for one in rows}) > 1:
        raise Problem(Stop.TRIPS.value)
    if any(one.refused_at for one in rows):
        raise Problem("hand_refused")
    if any(one.point_id and one.came_at is None for one in rows):
        raise Problem("hand_not_come")
    trip = first.trip
    to_holder = next_post(first, to)
    made = PeopleOffer.objects.create(
        uuid=uuid, response=first.response, trip=trip, hand=first.hand, holder=first.holder, to_hand=to,
        to_holder=to_holder, offered_at=clock.now(), offered=len(rows),
    )  # fmt: skip
    OfferedPerson.objects.bulk_create(OfferedPerson(offer=made, passenger=one) for one in rows)
    _said("transfer.offered", made, by, {"offered": len(rows)})
    return made


def held(keys: Sequence[int]) -> list[Passenger]:
    """Some people on the list, locked in one order: two hands that reach for one person take turns."""
    found = Passenger.objects.within(EVERYTHING).filter(pk__in=keys, off_at__isnull=True)
    list(found.select_for_update().order_by("id").values_list("pk"))
    whole = (
        "person",
        "point__post",
        "door",
        "trip",
        "trip__vehicle__driver",
        "trip__vehicle__escort",
        "trip__site__desk",
    )
    return list(found.select_related(*whole).order_by("id"))


def alone_at(response: UUID) -> Alone:
    """Who may not be alone under the edition in force. Raises Problem where it takes nobody away from home."""
    rule = rule_of(response_named(response))
    if rule is None:
        raise Problem("transfer_response_closed")
    return alone_of(rule)


def _holds(by: By, rows: Sequence[Passenger]) -> None:
    """Whether somebody holds all of these people now. Raises NotAllowed."""
    for one in rows:
        if one.holder is None and one.point and one.point.post and one.point.post.uuid in queries.mine(by):
            continue
        if one.holder is None:
            by.need(Right.HAND_OVER, one.door.path, one.door.grid_id)
        elif not by.system and one.holder not in queries.mine(by):
            raise NotAllowed(Right.HAND_OVER)


def next_post(one: Passenger, to: Hand) -> UUID | None:
    """The post that is to accept. Raises Problem where the plan names nobody."""
    if to is Hand.DOOR:
        return None
    if one.trip is None:
        raise Problem("hand_no_trip")
    vehicle, site = one.trip.vehicle, one.trip.site
    post = {Hand.ESCORT: vehicle.escort, Hand.DRIVER: vehicle.driver, Hand.DESK: site.desk}[to]
    if post is None:
        raise Problem("hand_no_post")
    return post.uuid


@transaction.atomic
def accept(*, offer: PeopleOffer, present: Sequence[UUID], count: int, by: By) -> PeopleOffer:
    """The next hand accepts those it sees. ``count`` is what it counted and must agree with whom it ticked; whoever is
    missing stays with the offering hand, by name. Raises Problem."""
    one = PeopleOffer.objects.select_for_update(of=("self",)).select_related("trip", "trip__site").get(pk=offer.pk)
    _receives(by, one)
    if one.state != PeopleOffer.State.OPEN:
        return one
    rows = held(list(one.lines.values_list("passenger_id", flat=True)))
    alone = alone_at(one.response)
    dependent = {str(row.uuid) for row in rows if queries.member(row).not_alone(alone)}
    settled = settle([str(row.uuid) for row in rows], [str(key) for key in present], count, dependent)
    if isinstance(settled, Stop):
        raise Problem(settled.value, count=count, named=len(set(present)))
    taken = [row for row in rows if str(row.uuid) in settled.taken]
    if one.to_hand == Hand.DESK and one.trip:
        _has_room(one.trip.site, taken, alone)
    moved(one, taken, clock.now())
    one.lines.filter(passenger__in=[row.pk for row in taken]).update(taken=True, open=False)
    one.lines.filter(open=True).update(taken=False, open=False)
    _answered(one, PeopleOffer.State.ACCEPTED, len(taken))
    data = {
        "accepted": len(taken), "missing": [str(row.uuid) for row in rows if row not in taken], "to": one.to_hand,
        "people": [str(row.uuid) for row in taken],
    }  # fmt: skip
    _said("transfer.handed_over", one, by, data)
    return one


def moved(one: PeopleOffer, taken: Sequence[Passenger], at: datetime) -> None:
    """They are in the next hand from this moment on: one write, so that nobody is between two."""
    changes: dict[str, Any] = {"hand": one.to_hand, "holder": one.to_holder, "since": at}
    if one.to_hand == Hand.DESK and one.trip:
        changes["site"] = one.trip.site
    Passenger.objects.within(EVERYTHING).filter(pk__in=[row.pk for row in taken]).update(**changes)
    if one.trip is None or not taken:
        return
    if one.to_hand == Hand.DRIVER and one.trip.started_at is None:
        Trip.objects.filter(pk=one.trip.pk).update(started_at=at)
    left = Passenger.objects.within(EVERYTHING).filter(trip=one.trip, off_at__isnull=True, site__isnull=True)
    if one.to_hand == Hand.DESK and not left.filter(refused_at__isnull=True).exists():
        Trip.objects.filter(pk=one.trip.pk).update(ended_at=at)


def _has_room(site: TransferSite, taken: Sequence[Passenger], alone: Alone) -> None:
    """Raises Problem where the site has not the rooms: the desk then refuses, and the people stay with the driver."""
    free = queries.free_rooms([site])[site.pk]
    for some in {row.together for row in taken}:
        free.subtract(rooming([queries.member(row) for row in taken if row.together == some], alone).rooms)
    larger = free[RoomKind.FAMILY] < 0 or free[RoomKind.ACCESSIBLE] < 0
    if larger or sum(free.values()) < 0:
        raise Problem("hand_no_room")


def room_for(one: PeopleOffer, rows: Sequence[Passenger]) -> tuple[bool, TransferSite | None]:
    """Whether a desk has no room for those offered to it, and the nearest site that has: said before they accept."""
    if one.to_hand != Hand.DESK or one.trip is None or one.state != PeopleOffer.State.OPEN:
        return False, None
    try:
        _has_room(one.trip.site, rows, alone_at(one.response))
    except Problem:
        return True, nearest_with_room(one.trip.site, rows)
    return False, None


def _answered(one: PeopleOffer, state: PeopleOffer.State, number: int, why: str = "") -> None:
    one.state, one.answered_at, one.accepted, one.why = state, clock.now(), number, why
    one.save(update_fields=["state", "answered_at", "accepted", "why"])


def _receives(by: By, one: PeopleOffer) -> None:
    """Only the hand it was offered to answers. Raises NotAllowed."""
    if by.system:
        return
    if one.to_holder is None:
        for row in queries.people_in(one):
            by.need(Right.HAND_OVER, row.door.path, row.door.grid_id)
    elif one.to_holder not in queries.mine(by):
        raise NotAllowed(Right.HAND_OVER)


@transaction.atomic
def refuse(*, offer: PeopleOffer, why: str, by: By) -> PeopleOffer:
    """The next hand does not accept: everybody stays where they are. A desk without room raises an alarm that names
    the nearest site with room."""
    one = PeopleOffer.objects.select_for_update(of=("self",)).select_related("trip", "trip__site").get(pk=offer.pk)
    _receives(by, one)
    if one.state != PeopleOffer.State.OPEN:
        return one
    rows = queries.people_in(one)
    one.lines.filter(open=True).update(taken=False, open=False)
    _answered(one, PeopleOffer.State.REFUSED, 0, why)
    if why == FULL and one.trip:
        _overbooked(one, one.trip, rows)
    _said("transfer.not_accepted", one, by, {"why": why, "people": len(rows)})
    return one


def _overbooked(one: PeopleOffer, trip: Trip, rows: Sequence[Passenger]) -> None:
    TransferAlert.objects.get_or_create(
        uuid=derived("overbooked", one.uuid),
        defaults={
            "response": one.response, "place": trip.site.place, "kind": Alarm.OVERBOOKED, "trip": trip,
            "nearest": nearest_with_room(trip.site, rows), "since": clock.now(), "raised_at": clock.now(),
        },
    )  # fmt: skip


def nearest_with_room(full: TransferSite, rows: Sequence[Passenger]) -> TransferSite | None:
    """The open site nearest by divisions that has rooms for these people and can care for them; None where none has."""
    others = TransferSite.objects.filter(response=full.response, where=full.where, closed_at__isnull=True)
    found = list(others.exclude(pk=full.pk).select_related("place"))
    alone, free = alone_at(full.response), queries.free_rooms([*found, full])
    needs = {need.value for row in rows for need in queries.needs_of(row)}
    near = sorted(found, key=lambda one: (-_shared(one.place.path, full.place.path), one.pk))
    for one in near:
        left = free[one.pk]
        for some in {row.together for row in rows}:
            left.subtract(rooming([queries.member(row) for row in rows if row.together == some], alone).rooms)
        enough = min(left[RoomKind.FAMILY], left[RoomKind.ACCESSIBLE], sum(left.values())) >= 0
        if enough and needs <= set(one.cares):
            return one
    return None


def _shared(one: str, other: str) -> int:
    """How long a beginning two paths share."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@transaction.atomic
def send_on(*, alert: TransferAlert, by: By) -> None:
    """The trip of a full site goes to the nearest with room: the plan is changed, the people stay with the driver."""
    by.need(Right.PLAN_TRANSFER, alert.place.path, alert.place.grid_id)
    if alert.trip is None or alert.nearest is None:
        raise Problem("transfer_no_other_site")
    Trip.objects.filter(pk=alert.trip.pk).update(site=alert.nearest)
    record("transfer.sent_on", by=by, subject=alert.trip.uuid, place=alert.nearest.place.uuid, response=alert.response)


def _said(kind: str, one: PeopleOffer, by: By, data: dict[str, Any]) -> None:
    record(
        kind, by=by, subject=one.uuid, response=one.response,
        place=one.trip.site.place.uuid if one.trip else None, data=data,
    )  # fmt: skip

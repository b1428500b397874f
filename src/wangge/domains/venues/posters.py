"""Posters: asked for, given out, replaced, looked at, suspected. A poster says nothing about anybody who scans it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from wangge.base import clock, sealing
from wangge.base.access import tries
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.base.keys import KeyMissing
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.places.rules import SEGMENT
from wangge.domains.protocol.models import Response
from wangge.domains.venues import queries, storage
from wangge.domains.venues.inputs import Applying
from wangge.domains.venues.models import PosterCheck, Venue, VenueApplication
from wangge.domains.venues.rules import OLD, TOO_SOON, Why, suspects

TABLE = "wangge_venueapplication"
OF_ADDRESS, HOUR = 10, timedelta(hours=1)  # applications from one address
State = VenueApplication.State


def applications(scope: Scope) -> ScopedQuerySet[VenueApplication]:
    """Those that wait, the oldest first."""
    found = VenueApplication.objects.within(scope).filter(state=State.WAITING).select_related("place")
    return found.order_by("received_at", "id")


def application(scope: Scope, uuid: UUID) -> VenueApplication:
    """Raises VenueApplication.DoesNotExist, also outside the scope."""
    return VenueApplication.objects.within(scope).select_related("place", "venue").get(uuid=uuid)


def details(one: VenueApplication) -> dict[str, Any]:
    """Keeper and phone; empty where they are deleted."""
    try:
        return sealing.unseal(TABLE, one.uuid, one.sealed)
    except KeyMissing:
        return {}


def found_by(scope: Scope, text: str) -> QuerySet[Venue]:
    """Venues of a scope by a part of their name or their licence number; the suspected ones first."""
    found = queries.within(scope).filter(closed__isnull=True)
    if text:
        found = found.filter(Q(name__contains=text) | Q(number=text.upper()))
    return found.order_by("suspect_on", "place__path", "name", "id")


def apply(*, said: Applying, place: Place, response: Response, by: By, sender: str) -> VenueApplication:
    """Take an application down. The same id again is the same one.

    Raises Problem where too many come from one address.
    """
    known = VenueApplication.objects.within(EVERYTHING).filter(uuid=said.uuid).first()
    if known:
        return known
    if not tries.take("venue application", sender, most=OF_ADDRESS, within=HOUR):
        raise Problem("venue_too_often")
    sealed = sealing.seal(TABLE, said.uuid, {"keeper": said.keeper, "phone": said.phone}, response=response.uuid)
    with transaction.atomic():
        one, new = VenueApplication.objects.within(EVERYTHING).get_or_create(
            uuid=said.uuid,
            defaults={
                "response": response.uuid, "place": place, "name": said.name, "kind": said.kind, "number": said.number,
                "address": said.address, "sealed": sealed, "sender": sealing.blind("sender", sender),
                "received_at": clock.now(),
            },
        )  # fmt: skip
        if new:
            record("venues.applied", by=by, subject=one.uuid, place=place.uuid, response=response.uuid)
    return one


def _waiting(one: VenueApplication, by: By) -> VenueApplication:
    by.need(Right.KEEP_VENUES, one.place.path)
    held = VenueApplication.objects.within(EVERYTHING).select_for_update(of=("self",)).select_related("place")
    row = held.get(pk=one.pk)
    if row.state != State.WAITING:
        raise Problem("venue_settled")
    return row


@transaction.atomic
def approve(*, application: VenueApplication, by: By) -> Venue:
    """The venue is there (known by its licence number, else new) with its first poster.

    Raises Problem ``venue_elsewhere`` where another community has the number, ``venue_settled`` when decided meanwhile.
    """
    one = _waiting(application, by)
    known = Venue.objects.filter(number=one.number).select_related("place").first() if one.number else None
    if known and not known.place.path.startswith(one.place.path):
        raise Problem("venue_elsewhere", field="number", where=known.place.name)
    said = details(one)
    venue = known or Venue.objects.create(
        name=one.name, kind=one.kind, place=one.place, keeper=said.get("keeper", ""), phone=said.get("phone", ""),
        number=one.number, address=one.address, opened=clock.today(),
    )  # fmt: skip
    one.state, one.venue, one.settled_at, one.settled_post = State.APPROVED, venue, clock.now(), by.post
    one.save(update_fields=["state", "venue", "settled_at", "settled_post"])
    record("venues.approved", by=by, subject=venue.uuid, place=one.place.uuid, response=one.response)
    if not venue.poster_version:
        issue_poster(venue=venue, why=Why.FIRST, by=by)
    return venue


@transaction.atomic
def send_back(*, application: VenueApplication, why: str, by: By) -> None:
    """Return an application with the reason, which its sender reads."""
    if not why.strip():
        raise Problem("venue_reason_missing", field="why")
    one = _waiting(application, by)
    one.state, one.why, one.settled_at, one.settled_post = State.RETURNED, why.strip()[:200], clock.now(), by.post
    one.save(update_fields=["state", "why", "settled_at", "settled_post"])
    record("venues.application_returned", by=by, subject=one.uuid, place=one.place.uuid, response=one.response)


@transaction.atomic
def issue_poster(*, venue: Venue, why: Why, by: By) -> int:
    """Give out the next version; returns it. What becomes of the one before follows from ``why``."""
    by.need(Right.KEEP_VENUES, venue.place.path)
    one = Venue.objects.select_for_update().get(pk=venue.pk)
    now, before = clock.now(), one.poster_version
    one.poster_version, one.poster_since = before + 1, now
    one.poster_old_until = now + OLD if before and why is Why.WORN else None
    one.suspect_on = None
    one.save(update_fields=["poster_version", "poster_since", "poster_old_until", "suspect_on"])
    venue.refresh_from_db()
    record(
        "venues.poster_issued", by=by, subject=one.uuid, place=venue.place.uuid,
        data={"version": one.poster_version, "why": why.value},
    )  # fmt: skip
    return one.poster_version


@transaction.atomic
def check_poster(*, venue: Venue, present: bool, readable: bool, version: int | None, by: By) -> PosterCheck:
    """Put down what was found at the door; a suspicion has been looked at then."""
    by.need(Right.KEEP_VENUES, venue.place.path)
    one = PosterCheck.objects.create(
        venue=venue, at=clock.now(), post=by.post, present=present, readable=present and readable, version=version
    )
    Venue.objects.filter(pk=venue.pk).update(suspect_on=None)
    data = {"present": one.present, "readable": one.readable, "version": version}
    record("venues.poster_checked", by=by, subject=venue.uuid, place=venue.place.uuid, data=data)
    return one


@transaction.atomic
def suspect(*, day: date, by: By) -> list[Venue]:
    """Flag the venues whose check-ins of a day show that pictures of their poster go round; returns them.

    Nothing is read but counts of venues: nobody who checked in is looked at, and nothing follows for anybody.
    """
    hops = storage.hops(day, TOO_SOON)
    venues = queries.by_key({venue for one, other, _many in hops for venue in (one, other)})
    district = {key: one.place.path[: 2 * SEGMENT] for key, one in venues.items()}
    visits = storage.visits_at(day, list(venues))
    found = []
    for key, many in suspects(hops, district, visits).items():
        one = venues[key]
        one.suspect_on, one.suspect_hops, one.suspect_visits = day, many, visits.get(key, 0)
        one.save(update_fields=["suspect_on", "suspect_hops", "suspect_visits"])
        found.append(one)
        record(
            "venues.poster_suspected", by=by, subject=one.uuid, place=one.place.uuid,
            uuid=derived("suspected", one.uuid, day), data={"day": day.isoformat(), "hops": many},
        )  # fmt: skip
    return found

"""A zone begins, changes at its edges, and ends: by the next notice, by its release, or with its Response."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import held_open, in_force
from wangge.domains.protocol.rules import Area
from wangge.domains.zones import queries
from wangge.domains.zones.models import Zone, ZoneLine, ZoneNotice, ZonePlace
from wangge.domains.zones.rules import Evidence, Part, Stands, ZoneState, findings, inside, may_release

FACTS = {ZoneState.SUPERSEDED: "zones.superseded", ZoneState.RELEASED: "zones.released", ZoneState.ENDED: "zones.ended"}


def begin(*, notice: ZoneNotice, line: ZoneLine, places: Iterable[tuple[Place, Part]], at: datetime, by: By) -> Zone:
    """A line of a notice in force becomes a zone. For the verbs of notices, inside their transaction."""
    edition = in_force(notice.response)
    zone = Zone.objects.create(
        response=notice.response, notice=notice, level=line.level, name=line.text, district=line.district,
        protocol=edition.key, clause=notice.clause, state=ZoneState.IN_FORCE, began_at=at,
    )  # fmt: skip
    ZonePlace.objects.bulk_create(
        ZonePlace(zone=zone, place=place, part=part, decided_at=at, decided_post=by.post) for place, part in places
    )
    _count(zone)
    _began(zone, edition.areas[line.level], notice.uuid, by)
    return zone


def _began(zone: Zone, area: Area, cause: UUID, by: By) -> None:
    record(
        "zones.in_force", by=by, subject=zone.uuid, place=zone.notice.area.uuid, response=zone.response.uuid,
        protocol=zone.protocol, clause=area.clause, cause=cause,
        data={"level": zone.level, "doors": zone.doors, "number": zone.notice.number},
    )  # fmt: skip


def end(*, zone: Zone, state: ZoneState, at: datetime, by: By, cause: UUID | None, clause: str = "") -> None:
    """A zone is over. For other verbs, inside their transaction."""
    zone.state, zone.ended_at, zone.ended_post = state, max(at, zone.began_at), by.post
    zone.save(update_fields=["state", "ended_at", "ended_post"])
    record(
        FACTS[state], by=by, subject=zone.uuid, place=zone.notice.area.uuid, response=zone.response.uuid,
        protocol=in_force(zone.response).key, clause=clause, cause=cause, data={"level": zone.level},
    )  # fmt: skip


def _count(zone: Zone) -> None:
    """How many doors and people it has now, for every list."""
    zone.doors, zone.people = queries.counted(queries.entries_of([zone]).get(zone.pk, ()))
    zone.counted_at = clock.now()
    zone.save(update_fields=["doors", "people", "counted_at"])


def _held(zone: Zone, by: By) -> Zone:
    """The zone, locked, for whoever may draw zones there. Raises Problem where it is over."""
    Zone.objects.select_for_update(of=("self",)).get(pk=zone.pk)
    one = queries.named(zone.uuid)
    by.need(Right.DRAW_ZONES, one.notice.area.path)
    if one.state != ZoneState.IN_FORCE:
        raise Problem("zone_over")
    return one


@transaction.atomic
def decide_places(*, zone: Zone, places: Iterable[tuple[Place, Part]], by: By) -> Zone:
    """Say of places inside a zone whether they are in: an exception, a door at its edge, one of two contradicting
    levels. Said again it is the same; a zone in which nothing is left is over. Raises Problem."""
    one = _held(zone, by)
    entries = queries.entries_of([one]).get(one.pk, ())
    known = {row.place_id: row.part for row in queries.places(one)}
    changed = {place: part for place, part in places if known.get(place.pk) != part}
    for place, part in changed.items():
        if place.pk not in known and inside(entries, place.path) is None:
            raise Problem("zone_place_not_inside", field="place", name=place.name)
        ZonePlace.objects.update_or_create(
            zone=one, place=place, defaults={"part": part, "decided_at": clock.now(), "decided_post": by.post}
        )
    if changed:
        _count(one)
        named = {part.value: [str(place.uuid) for place, said in changed.items() if said is part] for part in Part}
        record(
            "zones.places_decided", by=by, subject=one.uuid, place=one.notice.area.uuid, response=one.response.uuid,
            data={"level": one.level} | {part: uuids for part, uuids in named.items() if uuids},
        )  # fmt: skip
    if not queries.places(one).exclude(part=Part.OUT).exists():
        end(zone=one, state=ZoneState.SUPERSEDED, at=clock.now(), by=by, cause=None)
    return one


@transaction.atomic
def release_zone(*, zone: Zone, evidence: Evidence, by: By) -> Zone:
    """A person confirms that a zone is over, once every condition of the edition is met: never early. Where the edition
    names what it is then, its places have that level from the same instant on. Raises Problem.

    ``evidence`` is gathered anew by whoever calls (``flows/zones.py``), in the same transaction.
    """
    one = _held(zone, by)
    if not held_open(one.response.uuid):
        raise Problem("zone_over")
    found = findings(queries.conditions_of(one), evidence, clock.today())
    if not may_release(found):
        raise Problem("zone_not_yet", open=sum(each.stands is Stands.OPEN for each in found))
    following, at = queries.step_of(one), clock.now()
    end(zone=one, state=ZoneState.RELEASED, at=at, by=by, cause=None, clause=queries.area_of(one).clause)
    if following:
        _step(one, following, at, by)
    return one


def _step(zone: Zone, area: Area, at: datetime, by: By) -> None:
    """The places of a released zone have the next level from that instant on, under the same document. What was left
    out stays out; what waits at its edges waits."""
    edition = in_force(zone.response)
    after = Zone.objects.create(
        response=zone.response, notice=zone.notice, level=area.key, name=zone.name, district=zone.district,
        protocol=edition.key, clause=area.clause, state=ZoneState.IN_FORCE, began_at=at, before=zone,
    )  # fmt: skip
    ZonePlace.objects.bulk_create(
        ZonePlace(zone=after, place=row.place, part=row.part, decided_at=at, decided_post=by.post)
        for row in queries.places(zone)
    )
    _count(after)
    _began(after, area, zone.uuid, by)


@transaction.atomic
def end_of_response(*, response: Response, by: By, cause: UUID) -> int:
    """Zones end with their Response. Returns how many."""
    some = Zone.objects.filter(response=response, state=ZoneState.IN_FORCE).select_for_update(of=("self",))
    found = list(some.select_related("response", "notice", "notice__area").order_by("pk"))
    for one in found:
        end(zone=one, state=ZoneState.ENDED, at=clock.now(), by=by, cause=cause)
    return len(found)

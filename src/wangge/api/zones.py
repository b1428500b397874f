"""Zones as the notices draw them: levels at places, and as GeoJSON where it is known where those are. Read-only."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema

from wangge.api.access import Caller, scope_of_any
from wangge.api.paging import Page, Paging, page
from wangge.api.shapes_zones import ZoneCollection, ZoneFeature, ZoneOut, ZonePlaceOut
from wangge.api.showing import local
from wangge.domains.zones import mapping, queries
from wangge.domains.zones.models import Zone
from wangge.domains.zones.plane import Area, Ring, winds_left
from wangge.domains.zones.rules import ZoneState

router = Router(tags=["zones"])


class ZoneFilter(Schema):
    """``state``: in force, unless another is asked for."""

    response: UUID | None = None
    level: str = ""
    state: ZoneState = ZoneState.IN_FORCE


@router.get("/zones", response=Page[ZoneOut])
def zones(request: Caller, paging: Query[Paging], chosen: Query[ZoneFilter]) -> Page[ZoneOut]:
    """Zones that touch the token's places, those in force unless another state is asked for."""
    rows, further = page(_chosen(request, chosen), "zones", paging)
    places = queries.parts_of(rows)
    return Page[ZoneOut](items=[_zone(one, places.get(one.pk, [])) for one in rows], next=further)


@router.get("/zones/geojson", response=ZoneCollection)
def geojson(request: Caller, paging: Query[Paging], chosen: Query[ZoneFilter]) -> ZoneCollection:
    """The same as features (RFC 7946, WGS 84): areas that were drawn, else the points of its compounds and buildings,
    else no geometry. ``next`` as in the lists."""
    rows, further = page(_chosen(request, chosen), "zones", paging)
    places, where = queries.parts_of(rows), mapping.shown(rows, queries.entries_of(rows))
    features = [
        ZoneFeature(id=one.uuid, geometry=_geometry(where[one.pk]), properties=_zone(one, places.get(one.pk, [])))
        for one in rows
    ]  # fmt: skip
    return ZoneCollection(features=features, next=further)


@router.get("/zones/{uuid:id}", response=ZoneOut)
def zone(request: Caller, id: UUID) -> ZoneOut:
    """One, in any state."""
    one = queries.zone(scope_of_any(request.by), id)
    return _zone(one, queries.parts_of([one]).get(one.pk, []))


def _chosen(request: Caller, chosen: ZoneFilter) -> Any:
    found = queries.zones(scope_of_any(request.by), chosen.state).select_related("before")
    found = found.filter(response__uuid=chosen.response) if chosen.response else found
    return found.filter(level=chosen.level) if chosen.level else found


def _zone(one: Zone, places: list[tuple[UUID, str]]) -> ZoneOut:
    return ZoneOut(
        id=one.uuid, response=one.response.uuid, level=one.level, label=queries.area_of(one).label.zh, name=one.name,
        district=one.district, state=one.state, since=local(one.began_at), until=local(one.ended_at),
        authority=one.notice.authority, document_no=one.notice.number, clause=one.clause, protocol=one.protocol,
        before=one.before.uuid if one.before else None, doors=one.doors,
        places=[ZonePlaceOut(place=uuid, part=part) for uuid, part in places],
    )  # fmt: skip


def _geometry(where: mapping.Shown) -> dict[str, Any] | None:
    if where.areas:
        return {"type": "MultiPolygon", "coordinates": [_polygon(one) for one in where.areas]}
    if where.points:
        return {"type": "MultiPoint", "coordinates": [[one.lon, one.lat] for one in where.points]}
    return None


def _polygon(area: Area) -> list[list[list[float]]]:
    """Closed rings, the outer one against the clock and holes with it (RFC 7946, 3.1.6)."""
    return [_closed(area.ring, left=True), *(_closed(one, left=False) for one in area.holes)]


def _closed(ring: Ring, *, left: bool) -> list[list[float]]:
    way = ring if winds_left(ring) is left else ring[::-1]
    return [[one.lon, one.lat] for one in (*way, way[0])]

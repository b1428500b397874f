"""Named reads of places with their points, for areas drawn on a map and for pictures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wangge.base.access.scope import under
from wangge.domains.places.models import Place, PlacePoint
from wangge.domains.places.outlines import outlines_of
from wangge.domains.places.points import Point
from wangge.domains.places.rules import Kind
from wangge.domains.zones.drawn import Spot
from wangge.domains.zones.models import Zone, ZoneLine
from wangge.domains.zones.plane import Area, Box, box_of
from wangge.domains.zones.queries import origins, within
from wangge.domains.zones.rules import Entry, Part

#: What an area is asked about. A unit has no point of its own: its building speaks for it.
SPOTS = (Kind.COMPOUND, Kind.BUILDING, Kind.SITE, Kind.HAMLET)


def spots(area: Place) -> list[Spot]:
    """Every open compound, building, site and hamlet of a place, with its point where it has one; one statement."""
    found = Place.objects.filter(under(area.path), kind__in=SPOTS, closed__isnull=True).order_by("path")
    rows = found.values_list("uuid", "path", "name", "kind", "point__lon", "point__lat")
    return [
        Spot(uuid, path, name, kind == Kind.COMPOUND, None if lon is None else Point(lon, lat))
        for uuid, path, name, kind, lon, lat in rows
    ]


def compounds_in(box: Box, most: int) -> list[tuple[str, Point]]:
    """Names and points of open compounds in a box, at most so many."""
    found = PlacePoint.objects.filter(
        place__kind=Kind.COMPOUND, place__closed__isnull=True, lon__range=(box.west, box.east),
        lat__range=(box.south, box.north),
    ).order_by("place__path")  # fmt: skip
    return [(name, Point(lon, lat)) for name, lon, lat in found.values_list("place__name", "lon", "lat")[:most]]


def extent(area: Place, some: Iterable[Spot]) -> Box | None:
    """Where a place can be at all: its outline, and every point in it. None where neither is known."""
    rings = [ring for each in outlines_of(area.code).values() for ring in each]
    return box_of([*(point for ring in rings for point in ring), *(one.point for one in some if one.point)])


def area_of_line(line: ZoneLine) -> Area | None:
    """What was drawn for a line."""
    return area_from(line.outline) if line.outline else None


def area_from(rings: list[list[list[float]]]) -> Area:
    """Rings as they are kept: longitude first."""
    whole = [tuple(Point(lon, lat) for lon, lat in ring) for ring in rings]
    return Area(whole[0], tuple(whole[1:]))


def rings_of(area: Area) -> list[list[list[float]]]:
    """An area as it is kept, to seven digits (a centimetre)."""
    return [[[round(one.lon, 7), round(one.lat, 7)] for one in ring] for ring in area.rings]


@dataclass(frozen=True, slots=True)
class Shown:
    """What can be shown of a zone: areas that were drawn for it, and points of its places. ``unknown``: how many of its
    places have neither a point nor one below them."""

    areas: tuple[Area, ...]
    points: tuple[Point, ...]
    unknown: int


def shown(zones: Iterable[Zone], entries: Mapping[int, tuple[Entry, ...]]) -> dict[int, Shown]:
    """What can be shown of each zone, by its key; the same number of statements however many zones."""
    some = list(zones)
    drawn, named = _drawn(some), [one for each in some for one in entries.get(each.pk, ()) if one.part is not Part.OUT]
    every = [Entry(one.path, Part.IN) for one in named]
    rows = PlacePoint.objects.filter(within(every, "place"), place__closed__isnull=True)
    points = [(path, Point(lon, lat)) for path, lon, lat in
              rows.order_by("place__path").values_list("place__path", "lon", "lat")]  # fmt: skip
    return {one.pk: _shown(entries.get(one.pk, ()), points, drawn.get(one.pk, ())) for one in some}


def _shown(entries: tuple[Entry, ...], points: list[tuple[str, Point]], areas: tuple[Area, ...]) -> Shown:
    named = [one.path for one in entries if one.part is not Part.OUT]
    out = tuple(one.path for one in entries if one.part is Part.OUT)
    mine = [
        (path, point) for path, point in points if path.startswith(tuple(named)) and not path.startswith(out or "-")
    ]
    unknown = sum(not any(path.startswith(one) for path, _point in mine) for one in named)
    return Shown(areas, tuple(point for _path, point in mine), unknown)


def _drawn(zones: list[Zone]) -> dict[int, tuple[Area, ...]]:
    """The areas of the lines of zones; of one that was stepped down those of the zone that it was."""
    first = origins(zones)
    rows = ZoneLine.objects.filter(zone__in=set(first.values()), outline__isnull=False).order_by("number")
    by_zone: dict[int, list[Area]] = {}
    for key, rings in rows.values_list("zone", "outline"):
        if key is not None and rings:
            by_zone.setdefault(key, []).append(area_from(rings))
    return {key: tuple(by_zone.get(origin, ())) for key, origin in first.items()}

"""Where places are on a map: taken from a file, said again as often as it is measured better."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.places.inputs_points import PointRefusal, PointRow
from wangge.domains.places.models import Place, PlacePoint
from wangge.domains.places.rules import NAME_LENGTH, full_code
from wangge.domains.places.rules_points import has_point

MANY = 500  # places looked for at once


@dataclass(frozen=True, slots=True)
class PointReport:
    """How many points are new, moved, as before; and the lines that were not taken."""

    new: int
    moved: int
    same: int
    refused: tuple[PointRefusal, ...]


@transaction.atomic
def set_points(
    *, rows: Sequence[PointRow], refused: Sequence[PointRefusal], source: str, by: By
) -> PointReport:  # fmt: skip
    """Note where places are; the good rows are taken, the others come back. Sent again it changes nothing. Raises
    Problem where no row is good."""
    found = _places([one.place for one in rows])
    back = list(refused)
    wanted: dict[int, tuple[Place, PointRow]] = {}
    for row in rows:
        place = found.get(row.place)
        if place is None or place.closed:
            back.append(PointRefusal(row.line, "point_place_unknown", row.place))
        elif not has_point(place.kind):
            back.append(PointRefusal(row.line, "point_of_a_home", row.place))
        else:
            by.need(Right.MANAGE_POSTS, place.path)
            wanted[place.pk] = (place, row)
    if not wanted:
        raise Problem("no_good_row", field="file", refused=len(back))
    new, moved = _write(wanted, source)
    if new or moved:
        record("places.points_set", by=by, data={"new": new, "moved": moved, "refused": len(back)})
    return PointReport(new, moved, len(wanted) - new - moved, tuple(sorted(back, key=lambda one: one.line)))


def _write(wanted: dict[int, tuple[Place, PointRow]], source: str) -> tuple[int, int]:
    known = {one.place_id: one for one in PlacePoint.objects.filter(place__in=wanted)}
    new, moved, at = [], [], clock.now()
    for key, (place, row) in wanted.items():
        one = known.get(key)
        if one is None:
            new.append(
                PlacePoint(place=place, lon=row.point.lon, lat=row.point.lat, source=source[:NAME_LENGTH], set_at=at)
            )
        elif (one.lon, one.lat) != (row.point.lon, row.point.lat):
            one.lon, one.lat, one.source, one.set_at = row.point.lon, row.point.lat, source[:NAME_LENGTH], at
            moved.append(one)
    PlacePoint.objects.bulk_create(new, batch_size=MANY)
    PlacePoint.objects.bulk_update(moved, ["lon", "lat", "source", "set_at"], batch_size=MANY)
    return len(new), len(moved)


def _places(texts: Sequence[str]) -> dict[str, Place]:
    """The place of each text, a level at a time: as many statements as the longest way down has steps."""
    ways = {text: [part.strip() for part in text.split("/")] for text in texts}
    codes = {full_code(way[0]) for way in ways.values()}
    heads = {one.code: one for one in _chunked("code", codes)}
    here = {text: heads[full_code(way[0])] for text, way in ways.items() if full_code(way[0]) in heads}
    for step in range(1, max((len(way) for way in ways.values()), default=1)):
        going = {text: one for text, one in here.items() if len(ways[text]) > step}
        inside = {(one.parent_id, one.name): one for one in _chunked("parent", {one.pk for one in going.values()})}
        for text, one in going.items():
            if further := inside.get((one.pk, ways[text][step])):
                here[text] = further
            else:
                del here[text]
    return here


def _chunked(field: str, values: set[str] | set[int]) -> list[Place]:
    some: list[Place] = []
    every = sorted(values)
    for start in range(0, len(every), MANY):
        found = Place.objects.filter(**{f"{field}__in": every[start : start + MANY]})
        some += found.exclude(kind__in=["household", "yard", "room", "bed"]) if field == "parent" else found
    return some

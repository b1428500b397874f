"""Areas drawn on a map: corners, holes, what lies inside and how near to the line. Pure geometry on degrees.

A city is small: degrees are treated as a plane, stretched so that both directions count in metres. The error over 50 km
is below a building's length.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import cos, hypot, radians

from wangge.domains.places.points import Point

METRES = 111_320.0  # of one degree of latitude
NEAR = 25.0  # metres: half the length of a building of five units, of which only one point is known. Our own setting
CORNERS = 1000  # a drawn area has a dozen; one from a survey is simplified before it is pasted

Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """An outer ring and the holes in it. Rings are not closed: the last corner is joined to the first."""

    ring: Ring
    holes: tuple[Ring, ...] = ()

    @property
    def rings(self) -> tuple[Ring, ...]:
        return (self.ring, *self.holes)


@dataclass(frozen=True, slots=True)
class Box:
    """West, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: "Box") -> bool:
        return (
            self.west <= other.east and other.west <= self.east
            and self.south <= other.north and other.south <= self.north
        )  # fmt: skip

    def holds(self, point: Point) -> bool:
        return self.west <= point.lon <= self.east and self.south <= point.lat <= self.north

    def wider(self, metres: float) -> "Box":
        """The box with so many metres around it."""
        north = metres / METRES
        east = north / cos(radians((self.south + self.north) / 2))
        return Box(self.west - east, self.south - north, self.east + east, self.north + north)


def box_of(points: Iterable[Point]) -> Box | None:
    """The smallest box around some points; None around nothing."""
    some = list(points)
    if not some:
        return None
    lons, lats = [one.lon for one in some], [one.lat for one in some]
    return Box(min(lons), min(lats), max(lons), max(lats))


class Lies(StrEnum):
    """Where a point lies. NEAR: so close to the line that only somebody who knows the place can say."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    NEAR = "near"


class Tried:
    """An area against which many points are tried: what is near to each side is worked out once. ``near`` in metres;
    a point on the line is near whatever that is."""

    def __init__(self, area: Area, near: float = NEAR) -> None:
        self.area, self.near = area, near
        self.around = [(one, two, box.wider(near)) for ring in area.rings for one, two in sides(ring)
                       if (box := box_of((one, two)))]  # fmt: skip

    def lies(self, point: Point) -> Lies:
        """Where a point lies."""
        for one, two, box in self.around:
            if box.holds(point) and _distance(point, one, two) <= self.near:
                return Lies.NEAR
        return Lies.INSIDE if contains(self.area, point) else Lies.OUTSIDE


def lies(area: Area, point: Point, near: float = NEAR) -> Lies:
    """Where a single point lies."""
    return Tried(area, near).lies(point)


def contains(area: Area, point: Point) -> bool:
    """Whether a ray to the east meets the lines an odd number of times. A corner counts for the side above it alone."""
    inside = False
    for ring in area.rings:
        for one, two in sides(ring):
            if (one.lat > point.lat) != (two.lat > point.lat):
                at = one.lon + (point.lat - one.lat) / (two.lat - one.lat) * (two.lon - one.lon)
                inside ^= at > point.lon
    return inside


def sides(ring: Ring) -> Iterable[tuple[Point, Point]]:
    """The sides, the closing one last."""
    return zip(ring, (*ring[1:], ring[0]), strict=True)


def _distance(point: Point, one: Point, two: Point) -> float:
    """Metres from a point to a side."""
    east = METRES * cos(radians(point.lat))
    ax, ay = (one.lon - point.lon) * east, (one.lat - point.lat) * METRES
    bx, by = (two.lon - point.lon) * east, (two.lat - point.lat) * METRES
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length))
    return hypot(ax + along * dx, ay + along * dy)


def crossing(area: Area) -> Point | None:
    """A corner beside which two sides cross or touch; None where no two do. Sides that follow one another share a
    corner and may not lie on each other. Sorted from west to east, so that far sides are never compared."""
    rows = sorted(
        ((min(one.lon, two.lon), max(one.lon, two.lon), number, place, len(ring), one, two)
         for number, ring in enumerate(area.rings) for place, (one, two) in enumerate(sides(ring))),
        key=lambda row: row[:4],
    )  # fmt: skip
    for at, (_west, east, ring, place, size, one, two) in enumerate(rows):
        for west, _east, other, there, _size, three, four in rows[at + 1 :]:
            if west > east:
                break
            follows = ring == other and (place - there) % size in (1, size - 1)
            if _back(one, two, three, four) if follows else _meet(one, two, three, four):
                return one
    return None


def _turn(one: Point, two: Point, three: Point) -> int:
    value = (two.lon - one.lon) * (three.lat - one.lat) - (two.lat - one.lat) * (three.lon - one.lon)
    return (value > 0) - (value < 0)


def _on(one: Point, two: Point, point: Point) -> bool:
    return (
        min(one.lon, two.lon) <= point.lon <= max(one.lon, two.lon)
        and min(one.lat, two.lat) <= point.lat <= max(one.lat, two.lat)
    )  # fmt: skip


def _meet(one: Point, two: Point, three: Point, four: Point) -> bool:
    a, b = _turn(one, two, three), _turn(one, two, four)
    c, d = _turn(three, four, one), _turn(three, four, two)
    if a != b and c != d:
        return True
    touching = ((a, one, two, three), (b, one, two, four), (c, three, four, one), (d, three, four, two))
    return any(turn == 0 and _on(start, end, point) for turn, start, end, point in touching)


def _back(one: Point, two: Point, three: Point, four: Point) -> bool:
    """Whether a side runs back over the one before it."""
    corner = next((point for point in (one, two) if point in (three, four)), None)
    if corner is None:
        return False
    here, there = (two if corner == one else one), (four if corner == three else three)
    same = (here.lon - corner.lon) * (there.lon - corner.lon) + (here.lat - corner.lat) * (there.lat - corner.lat)
    return _turn(corner, here, there) == 0 and same > 0


def surface(ring: Sequence[Point]) -> float:
    """Square metres, whichever way around."""
    return abs(_doubled(ring)) / 2 * METRES * cos(radians(ring[0].lat)) * METRES if len(ring) > 2 else 0.0


def winds_left(ring: Sequence[Point]) -> bool:
    """Whether its corners go against the clock."""
    return _doubled(ring) > 0


def _doubled(ring: Sequence[Point]) -> float:
    """Twice its surface in square degrees, negative with the clock."""
    first = ring[0]
    return sum(
        (one.lon - first.lon) * (two.lat - first.lat) - (two.lon - first.lon) * (one.lat - first.lat)
        for one, two in sides(tuple(ring))
    )

"""Where a place is on a map: longitude and latitude, and the two datums that are met in China. Pure.

Kept is WGS 84 (RFC 7946; CGCS2000, in which Chinese authorities measure, agrees with it within decimetres). Public maps
in China show GCJ-02 (GB 20263-2006), which lies 250 to 700 m beside it: what was read off such a map is turned back.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import cos, isfinite, pi, sin, sqrt


class Datum(StrEnum):
    WGS84 = "wgs84"  # a receiver of satellites, a survey (CGCS2000)
    GCJ02 = "gcj02"  # 高德, 腾讯 and other public maps


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, longitude first as in GeoJSON."""

    lon: float
    lat: float


#: The country with its seas, generously. Both numbers tell which of them is which: no longitude here is a latitude.
LON, LAT = (73.0, 136.0), (3.0, 54.0)
_AXIS, _FLAT = 6378245.0, 0.00669342162296594323  # the ellipsoid (Krasovsky 1940) of the published GCJ-02 formula
ROUNDS = 6  # of turning back; each makes the error about a hundred times smaller


def is_in_china(point: Point) -> bool:
    """Whether both numbers can be here at all."""
    return (
        isfinite(point.lon) and LON[0] <= point.lon <= LON[1] and isfinite(point.lat) and LAT[0] <= point.lat <= LAT[1]
    )


def is_swapped(point: Point) -> bool:
    """Whether latitude was written first."""
    return not is_in_china(point) and is_in_china(Point(point.lat, point.lon))


def to_wgs84(point: Point, datum: Datum) -> Point:
    """The same spot in the datum in which points are kept, within a centimetre of the published formula."""
    if datum is Datum.WGS84:
        return point
    lon, lat = point.lon, point.lat
    for _round in range(ROUNDS):
        there = to_gcj02(Point(lon, lat))
        lon, lat = lon + point.lon - there.lon, lat + point.lat - there.lat
    return Point(lon, lat)


def to_gcj02(point: Point) -> Point:
    """The published formula by which public maps shift a spot."""
    x, y = point.lon - 105.0, point.lat - 35.0
    wave = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + wave
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + wave
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    angle = point.lat / 180.0 * pi
    bulge = 1 - _FLAT * sin(angle) ** 2
    lat = point.lat + north * 180.0 / (_AXIS * (1 - _FLAT) / (bulge * sqrt(bulge)) * pi)
    return Point(point.lon + east * 180.0 / (_AXIS / sqrt(bulge) * cos(angle) * pi), lat)

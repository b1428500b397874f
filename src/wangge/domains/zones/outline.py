"""From what somebody drew or pasted to an area: corners as lines "lon,lat", or a Polygon of GeoJSON with its holes."""

import json
import re
from typing import Any

from wangge.base.problems import Problem
from wangge.domains.places.points import Datum, Point, is_in_china, is_swapped, to_wgs84
from wangge.domains.zones.plane import CORNERS, Area, Box, Ring, box_of, crossing, surface

LONGEST = 200_000  # characters: 10,000 corners are read, and refused with their number
SMALLEST = 50.0  # square metres: a small house
_PAIR = re.compile(r"^\s*([+-]?\d+(?:\.\d*)?)\s*[,，;；\s]\s*([+-]?\d+(?:\.\d*)?)\s*$")


def read_outline(text: str, datum: Datum = Datum.WGS84) -> Area:
    """The area in WGS 84. Raises Problem: too few or too many corners, numbers that are none, a line that crosses
    itself, nothing inside."""
    if len(text) > LONGEST:
        raise Problem("zone_outline_long", field="corners", most=CORNERS, found=text.count("\n") + 1)
    rings = _json_rings(text) if text.lstrip()[:1] in ("{", "[") else [_lines(text)]
    if (found := sum(map(len, rings))) > CORNERS:
        raise Problem("zone_outline_long", field="corners", most=CORNERS, found=found)
    whole = [_ring(ring, datum) for ring in rings]
    area = Area(whole[0], tuple(whole[1:]))
    if crossing(area):
        raise Problem("zone_outline_crosses", field="corners")
    if surface(area.ring) < SMALLEST:
        raise Problem("zone_outline_few", field="corners")
    return area


def need_near(area: Area, extent: Box | None) -> None:
    """An area that touches nothing of the city was drawn for another one, or read wrongly. Raises Problem."""
    box = box_of(area.ring)
    if extent and box and not box.meets(extent):
        raise Problem("zone_outline_elsewhere", field="corners")


def _lines(text: str) -> list[tuple[float, float]]:
    pairs = []
    for line in text.splitlines():
        if line.strip():
            found = _PAIR.match(line)
            if found is None:
                raise Problem("zone_outline_number", field="corners", text=line.strip()[:40])
            pairs.append((float(found[1]), float(found[2])))
    return pairs


def _json_rings(text: str) -> list[list[tuple[float, float]]]:
    try:
        said: Any = json.loads(text)
        said = said["features"][0] if isinstance(said, dict) and said.get("type") == "FeatureCollection" else said
        said = said.get("geometry", said) if isinstance(said, dict) else {"type": "Polygon", "coordinates": [said]}
        if said["type"] != "Polygon" or not said["coordinates"]:
            raise ValueError(said["type"])
        return [[(float(one[0]), float(one[1])) for one in ring] for ring in said["coordinates"]]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise Problem("zone_outline_number", field="corners", text=text.strip()[:40]) from error


def _ring(pairs: list[tuple[float, float]], datum: Datum) -> Ring:
    """One ring, without the corner that closes it and without corners that stand twice in a row."""
    points: list[Point] = []
    for lon, lat in pairs:
        point = Point(lon, lat)
        if not is_in_china(point):
            code = "zone_outline_swapped" if is_swapped(point) else "zone_outline_range"
            raise Problem(code, field="corners", text=f"{lon:g},{lat:g}")
        if not points or points[-1] != point:
            points.append(point)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        raise Problem("zone_outline_few", field="corners")
    return tuple(to_wgs84(one, datum) for one in points)

"""Outlines of county-level units for pictures: simplified, and never what decides where somebody lives.

Every file ``*_districts.geojson`` beside the other data is read: a city that has its own puts it there. The id of a
feature is the six-digit code of the unit.
"""

import json
from functools import cache
from typing import Any

from django.conf import settings

from wangge.domains.places.points import Point

Rings = tuple[tuple[Point, ...], ...]


@cache
def outlines() -> dict[str, Rings]:
    """The rings of each unit by its code of six digits."""
    found: dict[str, Rings] = {}
    for file in sorted((settings.HERE / "data").glob("*_districts.geojson")):
        for one in json.loads(file.read_text(encoding="utf-8"))["features"]:
            found[str(one["id"])] = _rings(one["geometry"])
    return found


def _rings(shape: Any) -> Rings:
    parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return tuple(tuple(Point(lon, lat) for lon, lat, *_height in ring) for part in parts for ring in part)


def outlines_of(code: str) -> dict[str, Rings]:
    """Of a city all its units, of a district its own. ``code``: a statistical code of any length."""
    start = code[:6].removesuffix("00")
    return {key: rings for key, rings in outlines().items() if len(start) >= 4 and key.startswith(start)}

"""From a CSV of points to rows: ``place``, ``lon``, ``lat``. The only parser of these files; it writes nothing.

``place`` is a statistical or local code, or the code of a community and the way down to the place, by names, with "/"
between: ``140106005010/东岗里/3号楼``. Cells are separated by commas, semicolons or tabs.
"""

import csv
from dataclasses import dataclass
from typing import BinaryIO

from wangge.base.problems import Problem
from wangge.domains.places.inputs import LARGEST, decoded
from wangge.domains.places.points import Datum, Point, is_in_china, is_swapped, to_wgs84

COLUMNS = ("place", "lon", "lat")


@dataclass(frozen=True, slots=True)
class PointRow:
    """A line of the file; the point is WGS 84."""

    line: int
    place: str
    point: Point


@dataclass(frozen=True, slots=True)
class PointRefusal:
    """A line that is not taken, and why (``words.POINT_REFUSALS``)."""

    line: int
    reason: str
    value: str


def read_points(stream: BinaryIO, datum: Datum) -> tuple[list[PointRow], list[PointRefusal]]:
    """The rows and the refusals, line by line. Raises Problem for what is no such file."""
    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Problem("file_too_large", field="file", megabytes=LARGEST >> 20)
    lines = decoded(content).splitlines()
    if not any(line.strip() for line in lines):
        raise Problem("place_file_empty", field="file")
    sign = max(",;\t", key=lines[0].count)
    rows = list(csv.reader(lines, delimiter=sign))
    heading = [cell.strip().lower() for cell in rows[0]]
    if missing := [name for name in COLUMNS if name not in heading]:
        raise Problem("columns_missing", field="file", missing=", ".join(missing), found=", ".join(heading[:12]))
    at = [heading.index(name) for name in COLUMNS]
    found = [_row(number, cells, at, datum) for number, cells in enumerate(rows[1:], 2) if any(map(str.strip, cells))]
    return _once([one for one in found if isinstance(one, PointRow)],
                 [one for one in found if isinstance(one, PointRefusal)])  # fmt: skip


def _row(line: int, cells: list[str], at: list[int], datum: Datum) -> PointRow | PointRefusal:
    place, lon, lat = (cells[one].strip() if one < len(cells) else "" for one in at)
    try:
        point = Point(float(lon), float(lat))
    except ValueError:
        return PointRefusal(line, "point_no_number", f"{lon},{lat}"[:40])
    if not is_in_china(point):
        return PointRefusal(line, "point_swapped" if is_swapped(point) else "point_out_of_range", f"{lon},{lat}"[:40])
    return PointRow(line, place, to_wgs84(point, datum)) if place else PointRefusal(line, "point_without_place", "")


def _once(rows: list[PointRow], refused: list[PointRefusal]) -> tuple[list[PointRow], list[PointRefusal]]:
    """A place that stands twice with two points is nowhere: both lines come back."""
    by_place: dict[str, set[Point]] = {}
    for one in rows:
        by_place.setdefault(one.place, set()).add(one.point)
    twice = {place for place, points in by_place.items() if len(points) > 1}
    refused += [PointRefusal(one.line, "point_twice", one.place) for one in rows if one.place in twice]
    return [one for one in rows if one.place not in twice], sorted(refused, key=lambda one: one.line)

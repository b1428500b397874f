"""Where the demo's houses are on a map: invented spots inside the real outlines, rows of buildings around a centre.

Two places have none, so that what to do then can be seen: one compound, and one building of another.
"""

from math import cos, radians, sin, sqrt

from wangge.base.access.by import SYSTEM
from wangge.demo.plan import AREAS, BINGSI, DENGQIAO, DONGSHAN, JIEER, SHUANGBEI, SHUANGSAN, SHUANGYI, Area
from wangge.domains.places.actions import set_points
from wangge.domains.places.inputs_points import PointRow
from wangge.domains.places.points import Point

#: The middle of each community; invented, inside its district.
MIDDLES = {
    BINGSI.key: Point(112.5800, 37.8480), JIEER.key: Point(112.5560, 37.8560), SHUANGBEI.key: Point(112.5860, 37.8600),
    SHUANGSAN.key: Point(112.5590, 37.8460), SHUANGYI.key: Point(112.5680, 37.8620),
    DONGSHAN.key: Point(112.6150, 37.8480), DENGQIAO.key: Point(112.4200, 37.5800),
}  # fmt: skip
WITHOUT = {(BINGSI.key, "粮油宿舍"), (BINGSI.key, "新泰里", "5号楼")}
METRE = 1 / 111_320  # degrees of latitude
APART, TURN = 170, 2.39996  # metres between compounds, and the golden angle: they never stand in line
ALONG, ACROSS, ROW = 60, 40, 3  # metres between buildings, and how many stand in a row


def place() -> None:
    """Give every compound, building, site and hamlet of the demo its spot, but for two."""
    rows = [row for area in AREAS for row in _rows(area)]
    set_points(rows=rows, refused=[], source="demo", by=SYSTEM)


def _rows(area: Area) -> list[PointRow]:
    found: list[PointRow] = []
    names = [*(one.name for one in area.compounds), *(one.name for one in area.hamlets)]
    names += [one.name for one in area.sites]
    sizes = {one.name: sum(block.count for block in one.blocks) for one in area.compounds}
    for number, name in enumerate(names):
        middle = _beside(MIDDLES[area.key], APART * sqrt(number), TURN * number)
        found.append(PointRow(0, f"{area.code}/{name}", middle))
        for at in range(sizes.get(name, 0)):
            row, column = divmod(at, ROW)
            spot = _moved(middle, (column - 1) * ALONG, (row - 1) * -ACROSS)
            found.append(PointRow(0, f"{area.code}/{name}/{at + 1}号楼", spot))
    without = {"/".join((area.code, *way[1:])) for way in WITHOUT if way[0] == area.key}
    return [one for one in found if not any(one.place == each or one.place.startswith(f"{each}/") for each in without)]


def _beside(point: Point, metres: float, angle: float) -> Point:
    return _moved(point, metres * cos(angle), metres * sin(angle))


def _moved(point: Point, east: float, north: float) -> Point:
    return Point(point.lon + east * METRE / cos(radians(point.lat)), point.lat + north * METRE)

"""What lies inside an area: against a simple oracle, with holes, at the line, and lines nobody can have meant."""

import json
import time
from math import atan2, cos, hypot, pi, radians, sin
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wangge.base.problems import Problem
from wangge.domains.places.points import Datum, Point, to_gcj02
from wangge.domains.zones.drawn import Spot, drawn
from wangge.domains.zones.outline import need_near, read_outline
from wangge.domains.zones.plane import METRES, Area, Box, Lies, contains, crossing, lies, sides, surface

LON, LAT = 112.55, 37.86
EAST, NORTH = 1 / (METRES * cos(radians(LAT))), 1 / METRES


def at(east: float, north: float) -> Point:
    """So many metres from the corner of the test's city."""
    return Point(LON + east * EAST, LAT + north * NORTH)


def ring(*corners: tuple[float, float]) -> tuple[Point, ...]:
    return tuple(at(*one) for one in corners)


SQUARE = Area(ring((0, 0), (400, 0), (400, 400), (0, 400)))
HOLED = Area(SQUARE.ring, (ring((100, 100), (300, 100), (300, 300), (100, 300)),))


def angles(area: Area, point: Point) -> bool:
    """The oracle: around a point inside, the corners turn once; around one outside, not at all."""
    turned = 0.0
    for one, two in sides(area.ring):
        a = atan2(one.lat - point.lat, one.lon - point.lon)
        b = atan2(two.lat - point.lat, two.lon - point.lon)
        step = b - a
        turned += step - 2 * pi if step > pi else step + 2 * pi if step < -pi else step
    return abs(turned) > pi


corners = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=9, unique=True)


@given(corners, st.integers(-2, 42), st.integers(-2, 42))
def test_the_ray_says_what_the_oracle_says(some: list[tuple[int, int]], east: int, north: int) -> None:
    """Of any area whose line does not cross itself, at any point that is not on the line."""
    area = Area(ring(*((x * 10, y * 10) for x, y in some)))
    assume(crossing(area) is None)
    point = at(east * 10 + 0.37, north * 10 + 0.61)
    assume(lies(area, point, near=0.01) is not Lies.NEAR)
    assert contains(area, point) == angles(area, point)


@given(corners)
def test_a_crossing_is_found_wherever_two_sides_meet(some: list[tuple[int, int]]) -> None:
    """The oracle compares each pair of sides by sampling one of them densely."""
    area = Area(ring(*((x * 10, y * 10) for x, y in some)))
    assume(surface(area.ring) > 1)
    if crossing(area) is None:
        shapes = list(sides(area.ring))
        for number, (one, two) in enumerate(shapes):
            for other, (three, four) in enumerate(shapes):
                if abs(number - other) in (0, 1, len(shapes) - 1):
                    continue
                for step in range(1, 20):
                    spot = Point(one.lon + (two.lon - one.lon) * step / 20, one.lat + (two.lat - one.lat) * step / 20)
                    dx, dy = (four.lon - three.lon) / EAST, (four.lat - three.lat) / NORTH
                    cross = (spot.lon - three.lon) / EAST * dy - (spot.lat - three.lat) / NORTH * dx
                    along = (spot.lon - three.lon) / EAST * dx + (spot.lat - three.lat) / NORTH * dy
                    on = abs(cross) < 1e-6 and 0 <= along <= hypot(dx, dy) ** 2
                    assert not on


def test_holes_are_outside_and_the_line_is_neither() -> None:
    assert [lies(HOLED, at(*one)) for one in ((50, 50), (200, 200), (500, 200))] == [
        Lies.INSIDE, Lies.OUTSIDE, Lies.OUTSIDE
    ]  # fmt: skip
    assert [lies(SQUARE, at(*one)) for one in ((0, 200), (20, 200), (-20, 200), (0, 0))] == [Lies.NEAR] * 4
    assert lies(HOLED, at(110, 200)) is Lies.NEAR
    assert [lies(SQUARE, at(*one)) for one in ((30, 200), (-30, 200))] == [Lies.INSIDE, Lies.OUTSIDE]


def test_a_corner_is_not_counted_twice() -> None:
    """A ray that runs through a corner, or along a side."""
    star = Area(ring((0, 0), (100, 50), (200, 0), (150, 100), (200, 200), (100, 150), (0, 200), (50, 100)))
    assert contains(star, at(100, 100))
    assert not contains(star, at(-10, 100))
    assert not contains(star, at(-10, 0))


def spot(number: int, name: str, path: str, where: tuple[float, float] | None, *, compound: bool = False) -> Spot:
    return Spot(UUID(int=number), path, name, compound, at(*where) if where else None)


COMMUNITY = "0000" * 4


def test_every_place_is_counted_once_and_none_is_dropped() -> None:
    a, b, c, d = (COMMUNITY + f"000{number}" for number in range(1, 5))
    other = "0000" * 3 + "0001"
    spots = [
        spot(1, "whole", a, (100, 100), compound=True), spot(2, "a1", a + "0001", (100, 100)),
        spot(3, "a2", a + "0002", (150, 100)), spot(4, "half", b, None, compound=True),
        spot(5, "b1", b + "0001", (300, 300)),
        spot(6, "b2", b + "0002", (600, 300)), spot(7, "b3", b + "0003", None), spot(8, "b4", b + "0004", (395, 300)),
        spot(9, "far", c, (900, 900)), spot(10, "nowhere", d, None), spot(11, "elsewhere", other + "0001", None),
    ]  # fmt: skip
    found = drawn(SQUARE, spots)
    assert [one.name for one in found.inside] == ["whole"], "for all its buildings"
    assert [(one.spot.name, [each.name for each in one.inside], one.of) for one in found.half] == [
        ("half", ["b1"], 4), ("b4", [], 0)
    ]  # fmt: skip
    assert [one.name for one in found.unknown] == ["b3", "nowhere", "elsewhere"], "those that the area reaches first"
    assert found.counts == {"inside": 3, "half": 1, "outside": 2, "unknown": 3}
    assert found.all == 9, "two compounds stand for their buildings"


@given(st.lists(st.tuples(st.floats(-50, 450), st.floats(-50, 450)), max_size=30))
def test_the_figures_add_up(where: list[tuple[float, float]]) -> None:
    spots = [spot(number + 1, str(number), COMMUNITY + f"{number:04d}", one) for number, one in enumerate(where)]
    found = drawn(HOLED, spots)
    assert found.all == len(where)
    assert (len(found.inside), len(found.half)) == (found.counts["inside"], found.counts["half"])


def text(*corners: tuple[float, float]) -> str:
    return "\n".join(f"{one.lon:.7f},{one.lat:.7f}" for one in ring(*corners))


def test_corners_are_read_as_people_write_them() -> None:
    pasted = text((0, 0), (400, 0), (400, 400), (0, 400))
    area = read_outline(pasted.replace(",", "，") + "\n\n" + pasted.splitlines()[0])
    assert len(area.ring) == 4, "the corner that closes it is the first"
    polygon = {"type": "Polygon", "coordinates": [[[one.lon, one.lat] for one in each] for each in HOLED.rings]}
    for said in (polygon, {"type": "Feature", "properties": {}, "geometry": polygon}):
        assert contains(read_outline(json.dumps(said)), at(50, 50))
        assert not contains(read_outline(json.dumps(said)), at(200, 200))


def test_corners_of_a_public_map_are_turned_back() -> None:
    pasted = "\n".join(f"{one.lon:.7f},{one.lat:.7f}" for one in map(to_gcj02, SQUARE.ring))
    area = read_outline(pasted, Datum.GCJ02)
    assert max(abs(one.lon - two.lon) for one, two in zip(area.ring, SQUARE.ring, strict=True)) < 1e-6


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("", "zone_outline_few"), (text((0, 0), (10, 10)), "zone_outline_few"),
        (text((0, 0), (100, 0), (200, 0)), "zone_outline_crosses"), (text((0, 0), (1, 0), (0, 1)), "zone_outline_few"),
        (text((0, 0), (400, 400), (400, 0), (0, 400)), "zone_outline_crosses"),
        ("亲贤北街以南", "zone_outline_number"), ("{", "zone_outline_number"),
        ('{"type": "Point"}', "zone_outline_number"), ("[" * 5000, "zone_outline_number"),
        ("37.86,112.55", "zone_outline_swapped"), ("2.35,48.85", "zone_outline_range"),
    ],
)  # fmt: skip
def test_a_line_that_nobody_can_have_meant_is_refused_with_its_reason(said: str, code: str) -> None:
    with pytest.raises(Problem, match=code):
        read_outline(said)


def test_ten_thousand_corners_are_refused_at_once_and_a_thousand_are_read() -> None:
    def round_(count: int) -> str:
        return text(*((2000 * cos(2 * pi * n / count), 2000 * sin(2 * pi * n / count)) for n in range(count)))

    begin = time.perf_counter()
    with pytest.raises(Problem) as caught:
        read_outline(round_(10_000))
    assert (caught.value.code, time.perf_counter() - begin < 1) == ("zone_outline_long", True)
    begin = time.perf_counter()
    area = read_outline(round_(1000))
    spots = [
        spot(n + 1, str(n), COMMUNITY + f"{n:04d}", (n % 71 * 80 - 2800, n // 71 * 80 - 2800)) for n in range(5000)
    ]
    found = drawn(area, spots)
    assert found.all == 5000
    assert time.perf_counter() - begin < 20


def test_an_area_of_another_city_is_refused() -> None:
    city = Box(LON - 0.1, LAT - 0.1, LON + 0.1, LAT + 0.1)
    need_near(SQUARE, city)
    need_near(SQUARE, None)
    with pytest.raises(Problem, match="zone_outline_elsewhere"):
        need_near(Area(ring((90_000, 0), (91_000, 0), (91_000, 1000))), city)

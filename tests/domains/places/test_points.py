"""Points of places: two datums, files with bad lines, and no home among them."""

import io
from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domains.places.street import Street

from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem
from wangge.domains.places.actions import set_points
from wangge.domains.places.actions.points import PointReport
from wangge.domains.places.inputs_points import read_points
from wangge.domains.places.models import PlacePoint
from wangge.domains.places.points import Datum, Point, is_in_china, is_swapped, to_gcj02, to_wgs84

#: Spots in WGS 84 and GCJ-02, as published with the open implementation eviltransform.
KNOWN = (
    (Point(121.5272106, 31.1774276), Point(121.531541859215, 31.17530398364597)),
    (Point(113.912316, 22.543847), Point(113.9171764808363, 22.540796131694766)),
    (Point(116.377817, 39.911954), Point(116.38404722455657, 39.91334545536069)),
)


def metres(one: Point, two: Point) -> float:
    return hypot((one.lon - two.lon) * cos(radians(one.lat)), one.lat - two.lat) * 111_320


@pytest.mark.parametrize(("wgs", "gcj"), KNOWN)
def test_public_maps_are_turned_back(wgs: Point, gcj: Point) -> None:
    assert metres(to_gcj02(wgs), gcj) < 0.01
    assert metres(to_wgs84(gcj, Datum.GCJ02), wgs) < 0.01
    assert to_wgs84(wgs, Datum.WGS84) == wgs


@given(st.floats(75, 134), st.floats(18, 53))
def test_there_and_back_is_the_same_spot(lon: float, lat: float) -> None:
    spot = Point(lon, lat)
    assert metres(to_wgs84(to_gcj02(spot), Datum.GCJ02), spot) < 0.01
    assert metres(to_gcj02(spot), spot) > 10, "left unturned it would be another house"


def test_latitude_first_is_seen() -> None:
    assert is_swapped(Point(37.86, 112.55))
    assert not is_swapped(Point(112.55, 37.86))
    assert not is_in_china(Point(float("nan"), 37))


def taken(text: str, datum: Datum = Datum.WGS84) -> PointReport:
    rows, refused = read_points(io.BytesIO(text.encode()), datum)
    return set_points(rows=rows, refused=refused, source="test.csv", by=SYSTEM)


@pytest.mark.django_db
def test_good_lines_are_taken_and_the_others_come_back(street: Street) -> None:
    way = f"{street.community.code}/{street.compound.name}"
    text = "\n".join([
        "place;lon;lat;note", f"{way};112.5775;37.8510;x", f"{way}/1号楼;112.5776;37.8511;",
        f"{way}/2号楼;37.85;112.57;",
        f"{way}/3号楼;far;37.8;", f"{way}/9号楼;112.57;37.85;", f"{way}/1号楼/1单元/101;112.57;37.85;",
        ";112.57;37.85;", f"{way}/3号楼;112.5,37.8", f"{way}/3号楼;512570;4190000",
    ])  # fmt: skip
    report = taken(text)
    assert (report.new, report.moved, report.same) == (2, 0, 0)
    assert [(one.line, one.reason) for one in report.refused] == [
        (4, "point_swapped"), (5, "point_no_number"), (6, "point_place_unknown"), (7, "point_place_unknown"),
        (8, "point_without_place"), (9, "point_no_number"), (10, "point_out_of_range"),
    ]  # fmt: skip
    point = PlacePoint.objects.get(place=street.compound)
    assert (point.lon, point.lat, point.source) == (112.5775, 37.851, "test.csv")


@pytest.mark.django_db
def test_sent_again_nothing_changes_and_a_better_measure_moves(street: Street) -> None:
    way = f"{street.community.code}/{street.compound.name}"
    first = f"place,lon,lat\n{way},112.5775,37.8510"
    assert [taken(first).new, taken(first).same] == [1, 1]
    assert taken(first, Datum.GCJ02).moved == 1
    assert PlacePoint.objects.count() == 1


@pytest.mark.django_db
def test_a_home_has_no_point(street: Street) -> None:
    door = street.named("1号楼", "1单元", "101")
    door.code = "H-1"
    door.save()
    with pytest.raises(Problem, match="no_good_row"):
        taken("place,lon,lat\nH-1,112.57,37.85")
    assert not PlacePoint.objects.exists()


@pytest.mark.django_db
def test_a_place_that_stands_twice_with_two_points_is_nowhere(street: Street) -> None:
    way = f"{street.community.code}/{street.compound.name}"
    text = f"place,lon,lat\n{way},112.5775,37.8510\n{way},112.6,37.8510\n{way}/1号楼,112.5776,37.8511"
    assert [(one.line, one.reason) for one in taken(text).refused] == [(2, "point_twice"), (3, "point_twice")]

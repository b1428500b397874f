"""The demo's invented spots lie inside the real outlines, each nearer to its own community than to any other."""

from wangge.demo.plan import AREAS
from wangge.demo.points import MIDDLES, _rows
from wangge.domains.places.outlines import outlines_of
from wangge.domains.zones.plane import Area, contains


def test_every_spot_lies_in_its_district() -> None:
    for one in AREAS:
        (rings,) = outlines_of(one.code).values()
        outside = [row.place for row in _rows(one) if not any(contains(Area(ring), row.point) for ring in rings)]
        assert outside == [], one.key
        for row in _rows(one):
            away = {key: (row.point.lon - m.lon) ** 2 + (row.point.lat - m.lat) ** 2 for key, m in MIDDLES.items()}
            assert min(away, key=lambda key: away[key]) == one.key, row.place


def test_one_compound_and_one_building_have_none() -> None:
    (bingsi,) = (one for one in AREAS if one.key == "bingsi")
    places = {row.place.removeprefix(f"{bingsi.code}/") for row in _rows(bingsi)}
    assert "粮油宿舍" not in places
    assert "粮油宿舍/1号楼" not in places
    assert ("新泰里/4号楼" in places, "新泰里/5号楼" in places) == (True, False)

"""Zones for other systems: in force, with their places, and as GeoJSON where it is known where those are."""

from collections.abc import Callable
from itertools import pairwise

from tests.api.conftest import Asker
from tests.domains.zones.drawing import Drawing

from wangge.base import clock
from wangge.demo.small import Small
from wangge.domains.places.models import PlacePoint
from wangge.domains.zones.actions import decide_line
from wangge.domains.zones.inputs import LineInput
from wangge.domains.zones.outline import read_outline
from wangge.domains.zones.rules import LineState, Part

CORNERS = "112.575,37.850\n112.575,37.853\n112.580,37.853\n112.580,37.850"


def test_a_zone_goes_out_with_its_places_level_and_document(tiny: Small, ask: Callable[..., Asker]) -> None:
    drawing = Drawing(tiny)
    zone = drawing.drawn(drawing.compound, without=(drawing.building(1),))
    system = ask("yingze")
    (found,) = system.get("zones").json()["items"]
    assert (found["id"], found["level"], found["label"], found["state"]) == (
        str(zone.uuid), "lockdown", "封控区", "in_force"
    )  # fmt: skip
    assert (found["document_no"], found["authority"], found["until"]) == (
        zone.notice.number,
        zone.notice.authority,
        None,
    )
    assert found["places"] == [
        {"place": str(drawing.compound.uuid), "part": "in"}, {"place": str(drawing.building(1).uuid), "part": "out"}
    ]  # fmt: skip
    assert system.get(f"zones/{zone.uuid}").json() == found
    assert system.get("zones", level="control").json()["items"] == []
    assert system.get("zones", state="released").json()["items"] == []
    assert system.get("zones", state="nonsense").status_code in (400, 422)


def test_geojson_has_the_drawn_area_the_points_or_nothing(tiny: Small, ask: Callable[..., Asker]) -> None:
    drawing = Drawing(tiny)
    notice = drawing.take("东岗里1号楼、东岗里2号楼、桥东以北、师苑以南的区域")
    first, second, third = drawing.lines(notice)
    drawing.place(first, drawing.building(0))
    drawing.place(second, drawing.building(1))
    typed = LineInput(LineState.PLACED, ((drawing.unit(0).uuid, Part.IN),), read_outline(CORNERS))
    decide_line(line=third, typed=typed, by=drawing.by)
    drawing.in_force(notice)
    PlacePoint.objects.create(place=drawing.building(0), lon=112.576, lat=37.851, set_at=clock.now())
    collection = ask("yingze").get("zones/geojson").json()
    assert collection["type"] == "FeatureCollection"
    by_name = {one["properties"]["name"]: one for one in collection["features"]}
    assert by_name["东岗里1号楼"]["geometry"] == {"type": "MultiPoint", "coordinates": [[112.576, 37.851]]}
    assert by_name["东岗里2号楼"]["geometry"] is None
    area = by_name["桥东以北、师苑以南的区域"]["geometry"]
    ((ring,),) = area["coordinates"]
    assert (area["type"], len(ring), ring[0] == ring[-1]) == ("MultiPolygon", 5, True)
    turned = sum(one[0] * two[1] - two[0] * one[1] for one, two in pairwise(ring))
    assert turned > 0, "against the clock, though it was drawn with it"

"""An area is drawn for a line: what lies inside is confirmed, what lies at the line is decided, nothing is dropped."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from tests.domains.zones.drawing import Drawing

from wangge.base import clock
from wangge.demo.small import Small
from wangge.domains.places.models import Place, PlacePoint
from wangge.domains.zones import mapping, queries
from wangge.domains.zones.actions import decide_places
from wangge.domains.zones.models import ZoneLine
from wangge.domains.zones.rules import LineState, Part

SignIn = Callable[..., Client]
LINE = "桥东街以南、并州路以西的区域"
#: Around building 1 alone; around both; a line that runs beside building 2; crossing itself; in another city.
ONE = "112.5790,37.8475\n112.5805,37.8475\n112.5805,37.8485\n112.5790,37.8485"
BOTH = "112.5790,37.8475\n112.5830,37.8475\n112.5830,37.8485\n112.5790,37.8485"
BESIDE = "112.5790,37.8475\n112.5821,37.8475\n112.5821,37.8485\n112.5790,37.8485"
CROSSED = "112.5790,37.8475\n112.5805,37.8485\n112.5805,37.8475\n112.5790,37.8485"
BEIJING = "116.3790,39.8475\n116.3805,39.8475\n116.3805,39.8485"


@pytest.fixture
def drawing(tiny: Small) -> Drawing:
    """东岗里: building 1 and 2 have points 180 m apart; the dormitory and all else have none."""
    found = Drawing(tiny)
    for number, lon in ((0, 112.5800), (1, 112.5820)):
        PlacePoint.objects.create(place=found.building(number), lon=lon, lat=37.8480, set_at=clock.now())
    return found


@pytest.fixture
def line(drawing: Drawing) -> ZoneLine:
    return drawing.lines(drawing.take(LINE))[0]


def address(line: ZoneLine) -> str:
    return reverse("zone-line-map", args=[line.notice.uuid, line.number])


def site_of(drawing: Drawing) -> Place:
    """The dormitory of the compound."""
    return Place.objects.get(parent=drawing.compound, kind="site")


def text_of(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


def confirm(client: Client, line: ZoneLine, corners: str, **said: object) -> tuple[int, str]:
    answer = client.post(address(line), {"corners": corners, "said": "drawn", **said})
    return answer.status_code, text_of(answer)


def placed(line: ZoneLine) -> list[tuple[Place, str]]:
    return [(row.place, row.part) for row in line.places.order_by("place__path")]


def test_the_notice_leads_to_the_map_and_the_map_works_without_a_script(
    sign_in: SignIn, drawing: Drawing, line: ZoneLine
) -> None:
    office = sign_in("yingze")
    assert address(line) in text_of(office.get(reverse("zone-notice", args=[line.notice.uuid])))
    page = text_of(office.get(address(line)))
    assert LINE in page
    assert 'name="corners"' in page
    assert re.search(r'class="zone-map-building" d="M[^"]+h0M[^"]+h0"', page), "both buildings are drawn"
    assert "style=" not in page, "the content policy takes no inline styles"


def test_what_lies_inside_is_confirmed_as_the_lines_places(sign_in: SignIn, drawing: Drawing, line: ZoneLine) -> None:
    office, first = sign_in("yingze"), drawing.building(0)
    page = text_of(office.post(address(line), {"corners": ONE}))
    figures = re.search(r"Of (\d+) buildings and single places in the district (\d+) lie inside, (\d+) at the line, "
                        r"(\d+) outside; of (\d+) it is not known", page)  # fmt: skip
    assert figures
    every, inside, half, outside, unknown = map(int, figures.groups())
    assert (inside, half, outside) == (1, 0, 1)
    assert every == inside + half + outside + unknown
    assert "1 of 3 buildings inside" in page, "the compound is only partly inside"
    assert f'name="place" value="{site_of(drawing).uuid}">' in page, "not on the map: it is asked about, not dropped"
    line.refresh_from_db()
    assert line.state == LineState.OPEN, "looking decides nothing"
    key = str(drawing.compound.uuid)
    status, page = confirm(office, line, ONE, half=[key])
    assert (status, "Decide each place that lies at the line first: 1 are open." in page) == (422, True)
    status, _page = confirm(office, line, ONE, half=[key], **{f"d-{key}": "part", f"of-{key}": [str(first.uuid)]})
    assert (status, placed(line)) == (302, [(first, "in")])
    line.refresh_from_db()
    assert (line.state, len(line.outline[0])) == (LineState.PLACED, 4)
    assert "112.5790000,37.8475000" in text_of(office.get(address(line))), "the area stays with its line"


def test_a_compound_that_is_all_inside_stands_for_its_buildings(
    sign_in: SignIn, drawing: Drawing, line: ZoneLine
) -> None:
    PlacePoint.objects.create(place=site_of(drawing), lon=112.5810, lat=37.8480, set_at=clock.now())
    office = sign_in("yingze")
    page = text_of(office.post(address(line), {"corners": BOTH}))
    assert f'name="place" value="{drawing.compound.uuid}" checked' in page
    assert str(drawing.building(0).uuid) not in page
    status, _page = confirm(office, line, BOTH, place=[str(drawing.compound.uuid)])
    assert (status, placed(line)) == (302, [(drawing.compound, "in")])


def test_a_building_at_the_line_is_decided_door_by_door(sign_in: SignIn, drawing: Drawing, line: ZoneLine) -> None:
    office, second = sign_in("yingze"), drawing.building(1)
    page = text_of(office.post(address(line), {"corners": BESIDE}))
    assert f'name="d-{second.uuid}" value="edge"' in page
    keys = [str(drawing.compound.uuid), str(second.uuid)]
    under = {f"under-{keys[1]}": keys[0]}
    assert f'name="under-{keys[1]}" value="{keys[0]}"' in page
    assert confirm(office, line, BESIDE, half=keys, **under, **{f"d-{keys[0]}": "part"})[0] == 422, "it is still open"
    assert confirm(office, line, BESIDE, half=keys, **under, **{f"d-{keys[0]}": "in"})[0] == 302, (
        "it goes with its compound"
    )
    assert placed(line) == [(drawing.compound, "in")]
    said = {f"d-{keys[0]}": "part", f"d-{keys[1]}": "edge"} | under
    assert confirm(office, line, BESIDE, half=keys, **said)[0] == 302
    assert placed(line) == [(second, "edge")]
    drawing.in_force(line.notice)
    (zone,) = drawing.zones()
    assert (zone.doors, "6 doors at the edge" in text_of(office.get(reverse("zone", args=[zone.uuid])))) == (0, True)


@pytest.mark.parametrize(
    ("corners", "said"),
    [
        (CROSSED, "The line crosses itself."), (BEIJING, "This area touches nothing of the district."),
        ("37.848,112.579", "latitude stands first"), ("", "at least three corners"), ("x", "is no corner"),
        ("\n".join(f"112.{n:05d},37.85" for n in range(10_000)), "10000 corners, and at most 1000"),
    ],
)  # fmt: skip
def test_a_bad_line_is_refused_with_what_to_do_and_kept(
    sign_in: SignIn, line: ZoneLine, corners: str, said: str
) -> None:
    answer = sign_in("yingze").post(address(line), {"corners": corners})
    page = text_of(answer)
    assert (answer.status_code, said in page) == (422, True)
    assert corners.split("\n")[0] in page
    assert "What lies inside" not in page


def test_a_place_that_was_not_in_the_district_cannot_be_slipped_in(
    sign_in: SignIn, drawing: Drawing, line: ZoneLine
) -> None:
    status, page = confirm(sign_in("yingze"), line, ONE, place=[str(drawing.tiny.yards[0].uuid)])
    assert (status, "lies outside" in page, placed(line)) == (422, True, [])


def test_the_picture_shows_what_it_can_and_says_what_it_cannot(sign_in: SignIn, drawing: Drawing) -> None:
    drawing.drawn(drawing.building(0), drawing.unit(8))
    anybody = Client()
    anybody.cookies["django_language"] = "en"
    page = text_of(anybody.get(reverse("zones-here")))
    source = re.search(rf'src="({reverse("zones-picture-here")}\?of=[0-9a-f]+)" loading="lazy"', page)
    assert source
    assert "1 of 2 zones is not on it" in page
    assert "<strong>S</strong> sealed zone" in page
    for client, name in ((anybody, "zones-picture-here"), (sign_in("yingze"), "zones-picture")):
        answer = client.get(reverse(name))
        picture = ElementTree.fromstring(answer.content)
        words = [one.text for one in picture.iter("{http://www.w3.org/2000/svg}text")]
        assert (answer.headers["Content-Type"], words) == ("image/svg+xml", ["S 1号楼"])


def test_the_picture_has_another_address_as_soon_as_a_zone_changed(drawing: Drawing) -> None:
    """It may be kept for a minute, and yet nobody looks at what was."""
    zone = drawing.drawn(drawing.building(0))
    before = text_of(Client().get(reverse("zones-here"))).split("map.svg?of=")[1][:12]
    decide_places(zone=zone, places=[(drawing.unit(0), Part.OUT)], by=drawing.by)
    after = text_of(Client().get(reverse("zones-here"))).split("map.svg?of=")[1][:12]
    assert before != after


def test_a_zone_that_is_decided_door_by_door_is_on_the_picture(drawing: Drawing) -> None:
    notice = drawing.take("东岗里1号楼西单元")
    drawing.place(drawing.lines(notice)[0], drawing.building(0), part=Part.EDGE)
    drawing.in_force(notice)
    (zone,) = drawing.zones()
    shown = mapping.shown([zone], queries.entries_of([zone]))[zone.pk]
    assert (len(shown.points), shown.unknown) == (1, 0)


def test_without_any_point_there_is_no_picture_and_the_page_says_so(drawing: Drawing) -> None:
    PlacePoint.objects.all().delete()
    drawing.drawn(drawing.building(0))
    page = text_of(Client().get(reverse("zones-here")))
    assert "<img" not in page.split("<main")[1]
    assert "1" in page.split('aria-labelledby="picture"')[1].split("</section>")[0]

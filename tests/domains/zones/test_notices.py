"""From a notice to zones: candidates, what a person confirms, what the next notice does."""

import pytest
from django.db.models import Count
from tests.domains.zones.drawing import Drawing

from wangge.base import clock
from wangge.base.access.rights import NotAllowed
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.base.worker import run_pending
from wangge.domains.protocol.actions import close_response, switch_protocol
from wangge.domains.zones import actions, queries
from wangge.domains.zones.models import Zone, ZonePlace
from wangge.domains.zones.rules import LineState, NoticeState, Part, ZoneState


def test_an_exact_name_is_proposed_and_nothing_is_decided(drawing: Drawing) -> None:
    notice = drawing.take("东岗里、东岗里1号楼、东岗里2号楼1单元、没有的小区")
    whole, building, unit, unknown = drawing.lines(notice)
    assert drawing.offered(whole).one == drawing.compound
    assert drawing.offered(building).one == drawing.building(0)
    assert drawing.offered(unit).one == drawing.unit(6)
    assert (drawing.offered(unknown).one, drawing.offered(unknown).candidates) == (None, ())
    assert {one.state for one in drawing.lines(notice)} == {LineState.OPEN}


def test_names_are_looked_for_in_their_own_district_alone(drawing: Drawing) -> None:
    drawing.username, drawing.area = "zhihuibu", "city"
    (line,) = drawing.lines(drawing.take("东岗里", district="清徐县"))
    assert drawing.offered(line).candidates == ()
    (line,) = drawing.lines(drawing.take("桥西", district="清徐县"))
    assert drawing.offered(line).one == drawing.tiny.yards[0].parent


def test_a_districts_office_gets_its_own_lines(drawing: Drawing) -> None:
    notice = drawing.take("东岗里\n清徐县：桥西")
    assert [one.text for one in drawing.lines(notice)] == ["东岗里"]
    assert Event.objects.get(kind="zones.notice_taken").data == {"lines": 1, "elsewhere": 1}
    with pytest.raises(NotAllowed):
        Drawing(drawing.tiny, "qingxu").take("东岗里")


def test_the_same_notice_twice_is_one(drawing: Drawing) -> None:
    first = drawing.take("东岗里")
    drawing.published = 0
    assert drawing.take("东岗里") == first


def test_an_exception_is_found_inside_and_left_out(drawing: Drawing) -> None:
    (line,) = drawing.lines(notice := drawing.take("东岗里(东岗里2号楼除外)"))
    offered = drawing.offered(line)
    assert [one.place for one in offered.without] == [drawing.building(1)]
    drawing.place(line, drawing.compound, without=(drawing.building(1),))
    drawing.in_force(notice)
    (zone,) = drawing.zones()
    assert zone.doors == 7, "six homes of building 1 and the dormitory's room"
    assert queries.at(drawing.tiny.homes[0]) == [zone]
    assert queries.at(drawing.tiny.homes[6]) == []


def test_a_unit_nobody_knows_is_decided_door_by_door(drawing: Drawing) -> None:
    (line,) = drawing.lines(notice := drawing.take("东岗里1号楼西单元"))
    offered = drawing.offered(line)
    assert (offered.one, offered.edge) == (None, drawing.building(0))
    drawing.tap(line, said="chosen", place=str(drawing.building(0).uuid), part="edge")
    drawing.in_force(notice)
    (zone,) = drawing.zones()
    assert (zone.doors, queries.edge_doors(zone).count()) == (0, 6), "nobody is in before somebody says so"
    mine = drawing.tiny.homes[:6]
    actions.decide_places(
        zone=zone, places=[(home, Part.IN if at < 3 else Part.OUT) for at, home in enumerate(mine)], by=drawing.by
    )
    zone.refresh_from_db()
    assert (zone.doors, queries.edge_doors(zone).count()) == (3, 0)


def test_a_notice_needs_a_place_before_it_holds_and_keeps_its_open_lines_in_sight(drawing: Drawing) -> None:
    notice = drawing.take("东岗里1号楼、没有的小区")
    with pytest.raises(Problem, match="zone_nothing_placed"):
        drawing.in_force(notice)
    first, unknown = drawing.lines(notice)
    drawing.place(first, drawing.building(0))
    drawing.tap(unknown, said="waiting")
    drawing.in_force(notice)
    assert queries.unplaced_lines(drawing.by.scope("draw_zones")) == {"total": 2, "unplaced": 1}
    assert Event.objects.get(kind="zones.notice_in_force").data["unplaced"] == 1
    drawing.place(unknown, drawing.building(1))
    assert [zone.doors for zone in drawing.zones()] == [6, 6], "placed later, it holds from then on"


def test_the_next_notice_ends_what_it_does_not_name_and_carries_on_what_it_does(drawing: Drawing) -> None:
    notice = drawing.take("东岗里1号楼、东岗里2号楼")
    for line, place in zip(drawing.lines(notice), (drawing.building(0), drawing.building(1)), strict=True):
        drawing.place(line, place)
    drawing.in_force(notice)
    stays, goes = sorted(drawing.zones(), key=lambda one: one.name)
    following = drawing.take("东岗里1号楼", "东岗里2号楼")
    lines = drawing.lines(following)
    assert drawing.offered(lines[0]).before == ((drawing.building(0), Part.IN),)
    drawing.place(lines[0], drawing.building(0))
    drawing.place(lines[1], drawing.building(1))
    drawing.in_force(following)
    notice.refresh_from_db()
    goes.refresh_from_db()
    assert (notice.state, goes.state) == (NoticeState.SUPERSEDED, ZoneState.SUPERSEDED)
    assert goes.ended_at == Zone.objects.get(level="control").began_at, "it ends where the next begins"
    stays.refresh_from_db()
    assert (stays.state, stays.notice) == (ZoneState.IN_FORCE, following), "the same zone goes on"


def test_a_zone_stays_while_its_line_in_the_next_notice_lies_unplaced(drawing: Drawing) -> None:
    zone = drawing.drawn(drawing.building(0))
    following = drawing.take("1号楼、东岗里2号楼")
    same, other = drawing.lines(following)
    drawing.place(other, drawing.building(1))
    drawing.in_force(following)
    zone.refresh_from_db()
    assert zone.state == ZoneState.IN_FORCE
    drawing.tap(same, said="outside")
    zone.refresh_from_db()
    assert zone.state == ZoneState.SUPERSEDED


def test_another_authoritys_notice_ends_nothing_and_contradictions_are_shown(drawing: Drawing) -> None:
    sealed = drawing.drawn(drawing.compound)
    drawing.drawn(drawing.compound, level="control", authority="山西省防控办")
    assert len(drawing.zones()) == 2
    (clash,) = queries.contradictions(drawing.zones())
    assert (clash.path, clash.holds) == (drawing.compound.path, sealed.pk)
    assert queries.at(drawing.tiny.homes[0])[0] == sealed, "the stricter holds until somebody decides"
    actions.decide_places(zone=sealed, places=[(drawing.compound, Part.OUT)], by=drawing.by)
    assert queries.contradictions(drawing.zones()) == []
    sealed.refresh_from_db()
    assert sealed.state == ZoneState.SUPERSEDED, "nothing is left in it"
    assert queries.at(drawing.tiny.homes[0])[0].level == "control"


def test_an_older_notice_does_not_take_a_later_ones_place(drawing: Drawing) -> None:
    older = drawing.take("东岗里1号楼")
    drawing.place(drawing.lines(older)[0], drawing.building(0))
    drawing.drawn(drawing.building(1))
    with pytest.raises(Problem, match="zone_notice_older"):
        drawing.in_force(older)


def test_a_line_placed_wrongly_is_put_right_at_once(drawing: Drawing) -> None:
    wrong = drawing.drawn(drawing.building(0))
    line = wrong.lines.get()
    drawing.place(line, drawing.building(1))
    wrong.refresh_from_db()
    (right,) = drawing.zones()
    assert (wrong.state, queries.at(drawing.tiny.homes[6])) == (ZoneState.SUPERSEDED, [right])


def test_two_lines_of_one_place_are_one_zone(drawing: Drawing) -> None:
    notice = drawing.take("东岗里、东岗里宿舍")
    for line in drawing.lines(notice):
        drawing.place(line, drawing.compound)
    drawing.in_force(notice)
    assert [zone.lines.count() for zone in drawing.zones()] == [2]


def test_places_outside_are_refused(drawing: Drawing) -> None:
    zone = drawing.drawn(drawing.building(0))
    with pytest.raises(Problem, match="zone_place_not_inside"):
        actions.decide_places(zone=zone, places=[(drawing.building(1), Part.OUT)], by=drawing.by)
    (line,) = drawing.lines(drawing.take("桥西"))
    with pytest.raises(Problem, match="zone_place_elsewhere"):
        drawing.place(line, drawing.tiny.yards[0])


def test_a_level_that_the_edition_does_not_know_is_refused(drawing: Drawing) -> None:
    city = drawing.tiny.by("zhihuibu")
    switch_protocol(response=drawing.tiny.response, protocol="covid19-v9", from_day=clock.today(), by=city)
    with pytest.raises(Problem, match="zone_level_unknown"):
        drawing.take("东岗里")


def test_zones_end_with_their_response(drawing: Drawing) -> None:
    zone = drawing.drawn(drawing.compound)
    run_pending()
    close_response(response=drawing.tiny.response, by=drawing.tiny.by("zhihuibu"))
    run_pending()
    zone.refresh_from_db()
    assert zone.state == ZoneState.ENDED
    with pytest.raises(Problem, match="zone_over"):
        actions.decide_places(zone=zone, places=[(drawing.compound, Part.OUT)], by=drawing.by)


def test_places_of_a_zone_stand_once(drawing: Drawing) -> None:
    drawing.drawn(drawing.compound, without=(drawing.building(1),))
    assert not ZonePlace.objects.values("zone", "place").annotate(n=Count("pk")).filter(n__gt=1).exists()

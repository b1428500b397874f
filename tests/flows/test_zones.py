"""A zone comes into force, is asked what it needs, and is released when every condition is met."""

import json
from datetime import timedelta

import pytest
from tests.domains.asking.bank import check_tallies, lines, sums
from tests.domains.zones.drawing import Drawing
from tests.flows.stage import NEGATIVE, Stage

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem
from wangge.base.worker import run_pending
from wangge.domains.asking.actions.shipping import publish_shipped
from wangge.domains.asking.models import Ask
from wangge.domains.asking.rules import AskState
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.protocol.actions import switch_protocol
from wangge.domains.testing.models import TestResult
from wangge.domains.testing.rules import Purpose
from wangge.domains.work.actions import record_attempt, settle
from wangge.domains.work.models import Task
from wangge.domains.work.rules import Channel, Outcome
from wangge.domains.zones import actions
from wangge.domains.zones.inputs import read_notices
from wangge.domains.zones.models import Zone
from wangge.domains.zones.queries import at, conditions_of
from wangge.domains.zones.rules import Part, Stands, ZoneState, findings
from wangge.flows.zone_evidence import evidence_of


@pytest.fixture
def drawing(stage: Stage) -> Drawing:
    publish_shipped(by=SYSTEM)
    return Drawing(stage.tiny)


def open_conditions(zone: Zone) -> list[str]:
    found = findings(conditions_of(zone), evidence_of(zone), clock.today())
    return [one.condition.when.value for one in found if one.stands is Stands.OPEN]


def sampled(stage: Stage, person: Person) -> None:
    """A negative sample; of somebody without a document as the laboratory's paper says it."""
    if stage.tiny.document(person):
        stage.result(person, Purpose.ROUTINE, NEGATIVE)
        return
    at = clock.now()
    TestResult._base_manager.create(
        response=stage.tiny.response, person=person, laboratory="市疾控", specimen_no=f"P{person.pk}",
        purpose=Purpose.ROUTINE, value=NEGATIVE, collected_at=at, reported_at=at, recorded_at=at,
    )  # fmt: skip


def later(zone: Zone, days: int) -> "clock.held":  # type: ignore[valid-type]
    return clock.held(zone.began_at + timedelta(days=days, hours=1))


def test_every_door_of_which_it_is_not_known_is_asked_once(drawing: Drawing) -> None:
    zone = drawing.drawn(drawing.compound, without=(drawing.building(1),))
    run_pending()
    (ask,) = Ask.objects.filter(title__startswith=zone.name)
    assert sums(ask)["expected"] == 7
    assert {one.door_id for one in lines(ask)} == {
        *(home.pk for home in drawing.tiny.homes[:6]), drawing.tiny.room.pk,
    }  # fmt: skip
    check_tallies(ask)
    assert ask.deadline - zone.began_at == timedelta(hours=12), "the protocol's hours"


def test_the_next_notice_that_carries_a_zone_on_asks_nobody_again(drawing: Drawing) -> None:
    drawing.drawn(drawing.compound)
    run_pending()
    drawing.drawn(drawing.compound)
    run_pending()
    assert Ask.objects.count() == 1


def test_a_guarded_zone_asks_nobody(drawing: Drawing) -> None:
    notice = drawing.take("东岗里")
    line = drawing.lines(notice)[0]
    line.level = "guard"
    line.save()
    drawing.place(line, drawing.compound)
    drawing.in_force(notice)
    run_pending()
    assert not Ask.objects.exists()


def test_doors_taken_in_at_the_edge_are_asked_then_and_no_sooner(drawing: Drawing) -> None:
    notice = drawing.take("东岗里1号楼西单元")
    drawing.tap(drawing.lines(notice)[0], said="chosen", place=str(drawing.building(0).uuid), part="edge")
    drawing.in_force(notice)
    run_pending()
    assert not Ask.objects.exists(), "nobody is in before somebody says so"
    (zone,) = drawing.zones()
    homes = drawing.tiny.homes
    decided = [(homes[0], Part.IN), (homes[1], Part.IN), (homes[2], Part.OUT)]
    actions.decide_places(zone=zone, places=decided, by=drawing.by)
    run_pending()
    (ask,) = Ask.objects.all()
    assert {one.door_id for one in lines(ask)} == {homes[0].pk, homes[1].pk}
    drawing.drawn(drawing.building(1))
    run_pending()
    ask.refresh_from_db()
    assert ask.state == AskState.CLOSED


def test_what_was_still_to_be_asked_ends_with_the_zone(drawing: Drawing) -> None:
    drawing.drawn(drawing.building(0))
    run_pending()
    first = Ask.objects.get()
    drawing.drawn(drawing.building(1))
    run_pending()
    first.refresh_from_db()
    assert first.state == AskState.CLOSED


def test_a_zone_is_released_when_all_is_met_and_never_before(stage: Stage, drawing: Drawing) -> None:
    zone = drawing.drawn(drawing.unit(0))
    people = [person for home in drawing.tiny.homes[:3] for person in drawing.tiny.living[home.pk]]
    assert open_conditions(zone) == ["no_new_infection", "full_round_negative"]
    with later(zone, 13):
        for person in people:
            sampled(stage, person)
        assert open_conditions(zone) == ["no_new_infection"]
        with pytest.raises(Problem, match="zone_not_yet"):
            actions.release_zone(zone=zone, evidence=evidence_of(zone), by=drawing.by)
    with later(zone, 14):
        assert open_conditions(zone) == []
        actions.release_zone(zone=zone, evidence=evidence_of(zone), by=drawing.by)
    zone.refresh_from_db()
    assert zone.state == ZoneState.RELEASED
    with pytest.raises(Problem, match="zone_over"):
        actions.release_zone(zone=zone, evidence=evidence_of(zone), by=drawing.by)


def test_an_infection_starts_the_days_again_and_contacts_are_waited_for(stage: Stage, drawing: Drawing) -> None:
    zone = drawing.drawn(drawing.unit(0))
    with later(zone, 5):
        case = stage.case_of(drawing.tiny.family[0])
    with later(zone, 14):
        known = evidence_of(zone)
        assert known.last == clock.day_of(zone.began_at) + timedelta(days=5)
        assert "close_contact" in known.contacts
        assert known.people == sum(len(drawing.tiny.living[home.pk]) for home in drawing.tiny.homes[:3]) - 1
        assert open_conditions(zone) == ["no_new_infection", "last_contact_negative", "full_round_negative"]
    assert case.person == drawing.tiny.family[0]


def test_a_home_that_a_visit_found_empty_does_not_hold_everybody_in(stage: Stage, drawing: Drawing) -> None:
    zone = drawing.drawn(drawing.unit(0))
    run_pending()
    before = evidence_of(zone).people
    empty = drawing.tiny.homes[2]
    task = Task._base_manager.get(door=empty, state=Task.State.OPEN)
    record_attempt(task=task, outcome=Outcome.EMPTY, channel=Channel.DOOR, by=SYSTEM, at=clock.now())
    assert evidence_of(zone).people == before, "one knock says nothing for good"
    settle(task=task, outcome=Outcome.EMPTY, by=SYSTEM)
    assert evidence_of(zone).people == before - len(drawing.tiny.living[empty.pk])


def by_the_ninth_edition(drawing: Drawing, *places: Place) -> Zone:
    """A high-risk area, drawn the day after the ninth edition began."""
    city = drawing.tiny.by("zhihuibu")
    switch_protocol(response=drawing.tiny.response, protocol="covid19-v9", from_day=clock.today(), by=city)
    notice = read_notices(json.dumps({"date": clock.today().isoformat(), "high": {"迎泽区": ["东岗里"]}}).encode())[0]
    taken = actions.take_notice(
        notice=notice, area=drawing.tiny.places["district"], response=drawing.tiny.response, by=drawing.by
    )
    drawing.place(drawing.lines(taken)[0], *places)
    drawing.in_force(taken)
    return drawing.zones()[0]


def released(stage: Stage, drawing: Drawing, zone: Zone) -> None:
    for home in drawing.tiny.homes[:3]:
        for person in drawing.tiny.living[home.pk]:
            sampled(stage, person)
    actions.release_zone(zone=zone, evidence=evidence_of(zone), by=drawing.by)


def test_a_high_risk_area_becomes_a_middle_one_and_after_three_more_days_a_low_one(
    stage: Stage, drawing: Drawing
) -> None:
    """第九版: 7 days and a round, then 3 days; no day is counted twice."""
    high = by_the_ninth_edition(drawing, drawing.unit(0))
    with later(high, 7):
        released(stage, drawing, high)
        (mid,) = drawing.zones()
        assert (mid.level, mid.before, mid.notice, mid.doors) == ("mid", high, high.notice, high.doors)
        assert at(drawing.tiny.homes[0]) == [mid]
        assert open_conditions(mid) == ["no_new_infection"]
    with later(high, 9), pytest.raises(Problem, match="zone_not_yet"):
        actions.release_zone(zone=mid, evidence=evidence_of(mid), by=drawing.by)
    with later(high, 10):
        assert open_conditions(mid) == []
        actions.release_zone(zone=mid, evidence=evidence_of(mid), by=drawing.by)
        (low,) = drawing.zones()
        assert (low.level, low.before) == ("low", mid)
        actions.release_zone(zone=low, evidence=evidence_of(low), by=drawing.by)
        assert drawing.zones() == [], "a low-risk area becomes nothing else"


def test_a_middle_risk_area_that_was_drawn_as_one_waits_seven_days(drawing: Drawing) -> None:
    high = by_the_ninth_edition(drawing, drawing.unit(0))
    Zone.objects.filter(pk=high.pk).update(level="mid")
    high.refresh_from_db()
    with later(high, 3):
        assert open_conditions(high) == ["no_new_infection", "full_round_negative"]


def test_an_infection_after_the_step_starts_its_three_days_again(stage: Stage, drawing: Drawing) -> None:
    high = by_the_ninth_edition(drawing, drawing.unit(0))
    with later(high, 7):
        released(stage, drawing, high)
    (mid,) = drawing.zones()
    with later(high, 9):
        stage.case_of(drawing.tiny.family[0])
    with later(high, 11):
        assert open_conditions(mid) == ["no_new_infection"]
    with later(high, 12):
        assert open_conditions(mid) == []


def test_the_next_notice_that_names_the_milder_level_carries_the_step_on(stage: Stage, drawing: Drawing) -> None:
    high = by_the_ninth_edition(drawing, drawing.unit(0))
    with later(high, 7):
        released(stage, drawing, high)
        (mid,) = drawing.zones()
        again = {"date": (clock.today()).isoformat(), "mid": {"迎泽区": ["东岗里"]}}
        taken = actions.take_notice(
            notice=read_notices(json.dumps(again).encode())[0], area=drawing.tiny.places["district"],
            response=drawing.tiny.response, by=drawing.by,
        )  # fmt: skip
        drawing.place(drawing.lines(taken)[0], drawing.unit(0))
        drawing.in_force(taken)
        assert drawing.zones() == [mid], "the three days go on"
        drawing.place(drawing.lines(taken)[0], drawing.building(1))
        mid.refresh_from_db()
        assert mid.state == ZoneState.SUPERSEDED, "a line put right ends it, stepped down or not"

"""A district's office takes a notice in, places its lines, puts it in force; others see what applies to them."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.domains.zones.drawing import Drawing

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.ids import uuid7
from wangge.base.worker import run_pending
from wangge.demo.small import Small
from wangge.domains.asking.actions import record_answers
from wangge.domains.asking.actions.shipping import publish_shipped
from wangge.domains.asking.rules import Source
from wangge.domains.testing.models import TestResult
from wangge.domains.work.models import Task
from wangge.domains.zones.models import Zone, ZoneNotice
from wangge.domains.zones.rules import LineState, ZoneState

SignIn = Callable[..., Client]
TEXT = "关于划定封控区的通告\n第32号\n一、封控区\n迎泽区：东岗里1号楼、没有的小区"


@pytest.fixture
def drawing(tiny: Small) -> Drawing:
    return Drawing(tiny)


def text_of(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_notice_is_pasted_placed_with_one_tap_and_put_in_force(sign_in: SignIn, drawing: Drawing) -> None:
    office = sign_in("yingze")
    answer = office.post(reverse("zone-notice-new"), {"text": TEXT})
    notice = ZoneNotice.objects.get()
    assert answer.headers["Location"] == reverse("zone-notice", args=[notice.uuid])
    page = text_of(office, "zone-notice", notice.uuid)
    assert "2 of 2 lines are not placed yet." in page
    assert "It is 东岗里 1号楼" in page
    decide = [reverse("zone-line-decide", args=[notice.uuid, number]) for number in (1, 2)]
    office.post(decide[0], {"said": str(drawing.building(0).uuid)})
    office.post(decide[1], {"said": "waiting"})
    assert "1 of 2 lines is not placed yet." in text_of(office, "zone-notice", notice.uuid)
    address = reverse("zone-notice-in-force", args=[notice.uuid])
    answer = office.post(address, {"number": "第32号"})
    assert (answer.status_code, "Write which authority" in answer.content.decode()) == (422, True)
    office.post(address, {"authority": "太原市防控办", "number": "第32号", "clause": "社区防控方案"})
    listed = text_of(office, "zones")
    assert "1 of 2 lines is not placed yet." in listed
    assert reverse("zone", args=[Zone.objects.get().uuid]) in listed


def test_a_text_that_is_no_notice_is_refused_and_kept(sign_in: SignIn) -> None:
    answer = sign_in("yingze").post(reverse("zone-notice-new"), {"text": "各位居民你们好"})
    assert answer.status_code == 422
    assert "No line of a zone was found" in answer.content.decode()
    assert "各位居民你们好" in answer.content.decode()


def test_a_place_is_looked_for_in_the_lines_district(sign_in: SignIn, drawing: Drawing) -> None:
    notice, office = drawing.take("没有的小区"), sign_in("yingze")
    page = text_of(office, "zone-line", notice.uuid, 1, q="东岗里2号楼")
    assert str(drawing.building(1).uuid) in page
    chosen = {"said": "chosen", "place": [str(drawing.building(1).uuid)], "part": "in"}
    office.post(reverse("zone-line-decide", args=[notice.uuid, 1]), chosen)
    assert drawing.lines(notice)[0].state == LineState.PLACED


def test_a_contradiction_is_decided_with_one_tap(sign_in: SignIn, drawing: Drawing) -> None:
    drawing.drawn(drawing.compound)
    drawing.drawn(drawing.compound, level="control", authority="省防控办")
    office = sign_in("yingze")
    page = text_of(office, "zones")
    assert "Under two levels at once" in page
    (sealed,) = Zone.objects.filter(level="lockdown")
    place = {"place": str(drawing.compound.uuid), "part": "out"}
    assert office.post(reverse("zone-places", args=[sealed.uuid]), place, follow=True).status_code == 200
    assert "Under two levels at once" not in text_of(office, "zones")


def test_doors_at_the_edge_are_decided_by_name(sign_in: SignIn, drawing: Drawing) -> None:
    notice = drawing.take("东岗里1号楼西单元")
    line = drawing.lines(notice)[0]
    drawing.tap(line, said="chosen", place=str(drawing.building(0).uuid), part="edge")
    drawing.in_force(notice)
    (zone,) = drawing.zones()
    office = sign_in("yingze")
    assert "6 doors at the edge are not decided yet." in text_of(office, "zone", zone.uuid)
    homes = drawing.tiny.homes[:6]
    office.post(reverse("zone-edge", args=[zone.uuid]), {f"d-{homes[0].uuid}": "in", f"d-{homes[1].uuid}": "out"})
    assert "4 doors at the edge are not decided yet." in text_of(office, "zone", zone.uuid)
    zone.refresh_from_db()
    assert zone.doors == 1


def test_the_release_page_names_what_is_open_and_refuses_until_nothing_is(sign_in: SignIn, drawing: Drawing) -> None:
    zone = drawing.drawn(drawing.building(0))
    office, address = sign_in("yingze"), reverse("zone-release", args=[zone.uuid])
    page = text_of(office, "zone-release", zone.uuid)
    assert "14 days without a new infection" in page
    assert "2 conditions are open still." in page
    assert "Release it now" not in page
    assert office.post(address).status_code == 422
    with clock.held(zone.began_at + timedelta(days=15)):
        page = text_of(office, "zone-release", zone.uuid)
        assert "1 condition is open still." in page
        assert office.post(address).status_code == 422
    zone.refresh_from_db()
    assert zone.state == ZoneState.IN_FORCE


def test_the_release_page_says_what_the_places_are_then(sign_in: SignIn, drawing: Drawing) -> None:
    """v8: a controlled zone of people who were all tested becomes a guarded one, on one tap."""
    zone = drawing.drawn(drawing.unit(0), level="control")
    office = sign_in("yingze")
    for home in drawing.tiny.homes[:3]:
        for person in drawing.tiny.living[home.pk]:
            at = zone.began_at + timedelta(days=13)
            TestResult._base_manager.create(
                response=zone.response, person=person, laboratory="市疾控", specimen_no=f"P{person.pk}",
                value="negative", purpose="routine", collected_at=at, reported_at=at, recorded_at=at,
            )  # fmt: skip
    with clock.held(zone.began_at + timedelta(days=14, hours=1)):
        page = text_of(office, "zone-release", zone.uuid)
        assert "Step down to a guarded zone?" in page
        assert "Make it a guarded zone now" in page
        answer = office.post(reverse("zone-release", args=[zone.uuid]), follow=True)
    after = Zone.objects.get(before=zone)
    assert (answer.redirect_chain[0][0], after.level) == (reverse("zone", args=[after.uuid]), "guard")
    assert "Stepped down from: <a" in text_of(office, "zone", after.uuid)
    assert "Stepped down to: <a" in text_of(office, "zone", zone.uuid)


def test_who_leads_sees_the_service_list_and_the_look_is_on_record(sign_in: SignIn, drawing: Drawing) -> None:
    publish_shipped(by=SYSTEM)
    zone = drawing.drawn(drawing.building(0))
    run_pending()
    home = drawing.tiny.homes[2]
    said = {
        "has_helper": "nobody", "daily_medicine": "yes", "daily_medicine_names": "降压药", "daily_medicine_days": "2",
        "cannot_wait": "no",
    }  # fmt: skip
    record_answers(door=home, values=said, at=clock.now(), by=SYSTEM, source=Source.VISIT, instance=uuid7())
    secretary = sign_in("bingsi-shuji")
    page = text_of(secretary, "zone-service", zone.uuid)
    assert "6 doors: of 1 it is known what they need, of 5 it is not." in page
    assert page.index("not known yet") < page.index("降压药")
    person = drawing.tiny.living[home.pk][0]
    assert AccessLog.objects.filter(person=person.uuid, reason=f"zone:{zone.uuid}").count() == 1
    assert "降压药" not in text_of(secretary, "zone-service", zone.uuid, need="unknown")
    assert sign_in("yingze").get(reverse("zone-service", args=[zone.uuid])).status_code == 403
    page = text_of(sign_in("yingze"), "zone", zone.uuid)
    assert '5 <span class="tile-of">/ 6</span>' in page, "figures, but nobody's name"


def test_the_door_says_what_applies_there(sign_in: SignIn, drawing: Drawing) -> None:
    publish_shipped(by=SYSTEM)
    drawing.drawn(drawing.building(0))
    run_pending()
    task = Task._base_manager.get(door=drawing.tiny.homes[0], state=Task.State.OPEN)
    page = text_of(sign_in("bingsi-1"), "door", task.uuid)
    assert "This door lies in a sealed zone" in page
    assert "Food, daily goods and medicine come to the door" in page


def test_residents_read_what_applies_where_they_live(drawing: Drawing) -> None:
    anybody = Client()
    anybody.cookies["django_language"] = "en"
    assert "No zone is in force." in text_of(anybody, "zones-here")
    drawing.drawn(drawing.building(0))
    page = text_of(anybody, "zones-here", q="东岗里1号楼")
    assert "sealed zone" in page
    assert "Nobody leaves home" in page
    found = text_of(anybody, "zones-here", q="东岗里2号楼").split("In force now")[0]
    assert "In no zone." in found
    assert "No place of this name" in text_of(anybody, "zones-here", q="东岗里1-1-101"), "a home is not named"


def test_lists_ask_as_many_statements_for_three_as_for_one(sign_in: SignIn, drawing: Drawing) -> None:
    office = sign_in("yingze")
    counts = []
    for places in ([drawing.building(0)], [drawing.unit(0), drawing.unit(3), drawing.building(1)]):
        drawing.drawn(*places)
        text_of(office, "zones")
        with CaptureQueriesContext(connection) as caught:
            text_of(office, "zones")
        counts.append(len(caught))
    assert Zone.objects.filter(state="in_force").count() == 3
    assert counts[0] == counts[1]

"""The desk of a place of isolation by pages: expected, received, a room each, what is asked for, who leaves."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.domains.transfer.taking import Taking

from wangge.base import clock
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.transfer.models import (
    GuestAsk,
    Passenger,
    SiteRoom,
    TransferAlert,
    Trip,
)
from wangge.domains.transfer.rules_hands import Hand

SignIn = Callable[..., Client]


@pytest.fixture
def taking(tiny: Small) -> Iterator[Taking]:
    with clock.held(clock.start_of(clock.today()) + timedelta(hours=15)):
        yield Taking(tiny)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def on_the_way(taking: Taking) -> list[Passenger]:
    taking.listed(*taking.tiny.family)
    taking.adopted()
    people = taking.ready(taking.now(*taking.tiny.family))
    people = taking.passed_on(people, Hand.ESCORT, "bingsi-1", "husong")
    return taking.passed_on(people, Hand.DRIVER, "husong", "siji")


def test_from_expected_to_a_room(taking: Taking, sign_in: SignIn) -> None:
    people = on_the_way(taking)
    Trip.objects.update(started_at=clock.now(), begins_at=clock.now() - timedelta(minutes=25))
    desk, address = sign_in("qiantai"), reverse("site-desk", args=[taking.site.uuid])
    assert address in text(desk.get(reverse("hands")))
    page = text(desk.get(address))
    assert all(one.person.name in page for one in people)
    assert "25 minutes late" in page, "seen as soon as it began late"
    assert AccessLog.objects.filter(reason=f"site:{taking.site.uuid}").exists()
    taking.passed_on(people, Hand.DESK, "siji", "qiantai")
    assert "List the rooms first" in text(desk.get(address))
    rooms = reverse("site-rooms", args=[taking.site.uuid])
    assert "Say what kind" in text(desk.post(rooms, {"numbers": "310"}))
    assert "3 rooms noted" in text(desk.post(rooms, {"numbers": "310-312", "kind": "family"}, follow=True))
    page = text(desk.get(address))
    assert '<option value="310">' in page
    said = {"people": [str(one.uuid) for one in people], "room": "310"}
    done = desk.post(reverse("site-check-in", args=[taking.site.uuid]), said, follow=True)
    assert f"{len(people)} in room 310." in text(done)
    assert {one.room for one in taking.now(*taking.tiny.family)} == {"310"}


def test_taken_rooms_are_refused_in_words_and_whoever_leads_is_told(taking: Taking, sign_in: SignIn) -> None:
    people = taking.passed_on(on_the_way(taking), Hand.DESK, "siji", "qiantai")
    SiteRoom.objects.create(site=taking.site, number="101", kind="single", zone="clean")
    desk, address = sign_in("qiantai"), reverse("site-check-in", args=[taking.site.uuid])
    assert "No free room here fits them" in text(desk.get(reverse("site-desk", args=[taking.site.uuid])))
    said = {"people": [str(one.uuid) for one in people], "room": "101"}
    wrong = desk.post(address, said)
    assert (wrong.status_code, "is for staff, not for guests" in text(wrong)) == (422, True)
    desk.post(address, said | {"no_room": "1"})
    assert TransferAlert.objects.get().kind == "overbooked"
    assert "A desk has no room" in text(sign_in("yingze").get(reverse("transfer")))


def test_the_desk_notes_what_is_asked_for_and_who_leaves_today(taking: Taking, sign_in: SignIn) -> None:
    people = taking.passed_on(on_the_way(taking), Hand.DESK, "siji", "qiantai")
    everybody = Passenger.objects.within(EVERYTHING).filter(site=taking.site)
    everybody.update(room="310", until=clock.today())
    desk, address = sign_in("qiantai"), reverse("site-desk", args=[taking.site.uuid])
    assert "Leave today" in text(desk.get(address))
    said = {"uuid": str(uuid7()), "passenger": str(people[0].uuid), "what": "doctor"}
    for _again in range(2):
        desk.post(reverse("site-ask", args=[taking.site.uuid]), said)
    ask = GuestAsk.objects.get()
    assert "Asked for" in text(desk.get(address))
    desk.post(reverse("site-serve", args=[taking.site.uuid, ask.uuid]))
    assert "Asked for" not in text(desk.get(address))
    assert "Say what was asked for" in text(desk.post(reverse("site-ask", args=[taking.site.uuid]), {}))


def test_only_its_own_desk_and_whoever_leads_see_it(taking: Taking, sign_in: SignIn) -> None:
    for name in ("site-desk", "site-rooms"):
        address = reverse(name, args=[taking.site.uuid])
        assert sign_in("yingze").get(address).status_code == 200
        assert sign_in("siji").get(address).status_code == 404
        assert sign_in("bingsi-kadian").get(address).status_code == 403


def test_a_room_is_cleaned_and_out_of_order_by_a_button(taking: Taking, sign_in: SignIn) -> None:
    SiteRoom.objects.create(site=taking.site, number="301", kind="single", zone="contaminated", state="cleaning")
    desk, address = sign_in("qiantai"), reverse("site-room", args=[taking.site.uuid])
    desk.post(address, {"room": "301", "state": "free"})
    assert SiteRoom.objects.get().state == "free"
    assert "Say whether the room" in text(desk.post(address, {"room": "301", "state": "taken"}))
    assert "no such room" in text(desk.post(address, {"room": "999", "state": "out"}))


def test_the_desk_costs_as_many_queries_for_many_as_for_few(taking: Taking, sign_in: SignIn) -> None:
    people = taking.passed_on(on_the_way(taking), Hand.DESK, "siji", "qiantai")
    SiteRoom.objects.bulk_create(
        SiteRoom(site=taking.site, number=str(number), kind="family", zone="contaminated") for number in range(301, 341)
    )
    desk, counts = sign_in("qiantai"), []
    for room in ("", "301"):
        Passenger.objects.within(EVERYTHING).filter(pk__in=[one.pk for one in people[1:]]).update(room=room)
        Passenger.objects.within(EVERYTHING).filter(pk=people[0].pk).update(room="301")
        with CaptureQueriesContext(connection) as caught:
            desk.get(reverse("site-desk", args=[taking.site.uuid]))
        counts.append(len(caught))
    assert counts[1] <= counts[0]

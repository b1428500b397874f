"""Pages of a transfer: the district plans, the worker reads and asks, each hand counts, the desk accepts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.domains.transfer.taking import Taking

from wangge.base import clock, worker
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.transfer import actions, queries
from wangge.domains.transfer.models import PeopleOffer, TransferAlert, TransferPlan, TransferSite, TransferVehicle, Trip
from wangge.domains.work.models import TaskItem

SignIn = Callable[..., Client]


@pytest.fixture
def taking(tiny: Small) -> Taking:
    return Taking(tiny)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_from_the_plan_to_the_desk_by_pages(taking: Taking, sign_in: SignIn) -> None:
    people = taking.listed(*[one for one in taking.tiny.family if one.birth_date and one.birth_date.year < 2000])
    district = sign_in("yingze")
    assert f"{len(people)} people to be taken" in text(district.get(reverse("transfer")))
    planned = district.post(reverse("transfer-make"), follow=True)
    assert "The plan has no fault." in text(planned)
    assert "<svg" in text(planned)
    plan = TransferPlan.objects.get()
    district.post(reverse("transfer-adopt", args=[plan.uuid]))
    trip, door = Trip.objects.get(), people[0].door.uuid
    worker_ = sign_in("bingsi-1")
    page = text(worker_.get(reverse("hands-door", args=[door])))
    assert trip.site.place.name in page
    assert "Nobody has asked yet" in page
    assert AccessLog.objects.filter(reason=f"transfer:{door}").exists()
    worker_.post(reverse("hands-told", args=[door]))
    worker_.post(reverse("hands-asked", args=[door]), {"behind": ["pet"]})
    worker.run_pending()
    assert TaskItem.objects.within(EVERYTHING).get(kind="behind_pet").task.door.uuid == door
    _gives(worker_, people, "escort")
    for frm, to, hand in (("husong", "driver", "escort"), ("siji", "desk", "driver")):
        _takes(sign_in(frm), len(people))
        Trip.objects.update(begins_at=clock.now() - timedelta(hours=1), arrives_at=clock.now() - timedelta(minutes=9))
        held = text(sign_in(frm).get(reverse("hands-trip", args=[trip.uuid])))
        assert f"You hold {len(people)}" in held, hand
        assert 'name="to" value="door"' not in held, "nobody could accept it there"
        assert "minutes late" in held, "also on the trip's own page"
        _gives(sign_in(frm), people, to)
    _takes(sign_in("qiantai"), len(people))
    assert {one.site for one in taking.now(*(one.person for one in people))} == {taking.site}
    assert "Nobody is to be taken" in text(district.get(reverse("transfer")))


def _gives(client: Client, people: list, to: str) -> None:  # type: ignore[type-arg]
    said = {"uuid": str(uuid7()), "to": to, "people": [str(one.uuid) for one in people]}
    answer = client.post(reverse("hands-offer"), said, follow=True)
    assert "They stay with you" in text(answer)


def _takes(client: Client, number: int) -> None:
    offer = PeopleOffer.objects.get(state="open")
    page = text(client.get(reverse("hands-offered", args=[offer.uuid])))
    assert "Tick everybody you see" in page
    present = [str(one.uuid) for one in queries.people_in(offer)]
    address = reverse("hands-answer", args=[offer.uuid])
    wrong = client.post(address, {"people": present, "count": str(number + 1)})
    assert f"You counted {number + 1}" in text(wrong)
    answer = client.post(address, {"people": present, "count": str(number)}, follow=True)
    assert f"{number} offered, {number} accepted." in text(answer)


def test_before_it_was_asked_the_page_says_so(taking: Taking, sign_in: SignIn) -> None:
    people = taking.listed(taking.tiny.family[0])
    taking.adopted()
    client, door = sign_in("bingsi-1"), people[0].door.uuid
    client.post(reverse("hands-told", args=[door]))
    said = {"uuid": str(uuid7()), "to": "escort", "people": [str(people[0].uuid)]}
    assert "Ask at the door first" in text(client.post(reverse("hands-offer"), said))
    client.post(reverse("hands-person", args=[door]), {"passenger": str(people[0].uuid), "refuses": "1"})
    assert "does not want to go" in text(sign_in("yingze").get(reverse("transfer")))
    assert client.get(reverse("hands-door", args=[taking.tiny.yards[0].uuid])).status_code == 404


def test_what_is_missing_is_said_and_a_form_says_what_to_correct(taking: Taking, sign_in: SignIn) -> None:
    district = sign_in("yingze")
    TransferSite.objects.update(single=0, family=0, accessible=1)
    taking.listed(*taking.tiny.family)
    assert "more rooms are needed" in text(district.post(reverse("transfer-make")))
    wrong = district.post(reverse("transfer-site"), {"place": str(taking.hotel.uuid), "where": "central"})
    assert (wrong.status_code, "Give the number of rooms" in text(wrong)) == (422, True)
    district.post(reverse("transfer-site"), {
        "place": str(taking.hotel.uuid), "where": "central", "single": "30", "family": "9", "zones": ["service"],
    })  # fmt: skip
    assert TransferSite.objects.get().single == 30
    assert "Not all three zones" in text(district.get(reverse("transfer")))
    wrong = district.post(reverse("transfer-vehicle"), {"name": "2号车"})
    assert (wrong.status_code, "how many passengers" in text(wrong)) == (422, True)
    for _again in range(2):
        said = {"name": "2号车", "seats": "5", "uuid": "01890000-0000-7000-8000-000000000001"}
        district.post(reverse("transfer-vehicle"), said)
    assert TransferVehicle.objects.filter(name="2号车").count() == 1


def test_a_household_is_moved_by_hand_and_a_reason_asked(taking: Taking, sign_in: SignIn) -> None:
    people = taking.listed(*taking.tiny.family)
    plan = taking.planned()
    district = sign_in("yingze")
    address = reverse("transfer-move", args=[plan.uuid])
    moved = district.post(address, {"household": f"{people[0].door.uuid}/{people[0].role}", "trip": ""}, follow=True)
    assert "on no trip" in text(moved)
    refused = district.post(reverse("transfer-adopt", args=[plan.uuid]), {"why": ""})
    assert "Say why" in text(refused)
    district.post(reverse("transfer-adopt", args=[plan.uuid]), {"why": "家属自行送医"})
    plan.refresh_from_db()
    assert plan.state == "adopted"


def test_an_alarm_is_red_with_what_to_do_and_is_settled(taking: Taking, sign_in: SignIn) -> None:
    (one,) = taking.listed(taking.tiny.family[0])
    actions.note_refusal(passenger=one, by=taking.by("bingsi-1"))
    district, alert = sign_in("yingze"), TransferAlert.objects.get()
    page = text(district.get(reverse("transfer")))
    assert ("notice-error" in page, "Nobody is dragged" in page) == (True, True)
    assert taking.tiny.family[0].name not in page, "a list masks names"
    district.post(reverse("transfer-alert", args=[alert.uuid]))
    assert "Nobody is dragged" not in text(district.get(reverse("transfer")))


def test_who_waits_in_protective_clothing_says_so_with_one_button(taking: Taking, sign_in: SignIn) -> None:
    escort = sign_in("husong")
    escort.post(reverse("hands-wait"), {"uuid": str(uuid7())})
    assert "I took it off" in text(escort.get(reverse("hands")))
    escort.post(reverse("hands-wait"), {"ends": "1"})
    assert "I put it on now" in text(escort.get(reverse("hands")))


def test_the_list_costs_as_many_queries_for_three_as_for_one(taking: Taking, sign_in: SignIn) -> None:

    district, counts = sign_in("yingze"), []
    for family in (taking.tiny.family[:1], taking.tiny.family[:1] + taking.tiny.living[taking.tiny.homes[3].pk]):
        taking.listed(*family)
        with CaptureQueriesContext(connection) as caught:
            district.get(reverse("transfer"))
        counts.append(len(caught))
    assert counts[0] == counts[1]

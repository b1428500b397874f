"""Every limit of the way has a place where it shouts: before whoever leads, on the trip's page, at whoever waits."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.domains.transfer.taking import Taking

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.transfer import watching
from wangge.domains.transfer.models import (
    InClothing,
    Passenger,
    TransferAlert,
    Trip,
)
from wangge.domains.transfer.rules_hands import Hand
from wangge.domains.transfer.rules_live import Alarm

SignIn = Callable[..., Client]
DAY = timedelta(days=1)


@pytest.fixture
def taking(tiny: Small) -> Iterator[Taking]:
    with clock.held(clock.start_of(clock.today()) + timedelta(hours=15)):
        yield Taking(tiny)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def under_way(taking: Taking, to: Hand) -> list[Passenger]:
    """The first family with the escort, or in the vehicle since now; the trip takes an hour."""
    taking.listed(*taking.tiny.family)
    taking.adopted()
    people = taking.ready(taking.now(*taking.tiny.family))
    people = taking.passed_on(people, Hand.ESCORT, "bingsi-1", "husong")
    Trip.objects.update(begins_at=clock.now(), arrives_at=clock.now() + timedelta(hours=9))
    return people if to is Hand.ESCORT else taking.passed_on(people, Hand.DRIVER, "husong", "siji")


@pytest.mark.parametrize(
    ("alarm", "hand", "after", "said"),
    [
        (Alarm.LATE, Hand.ESCORT, timedelta(minutes=16), "A vehicle is late"),
        (Alarm.OUTDOORS, Hand.ESCORT, timedelta(minutes=31), "Somebody frail waits in the open"),
        (Alarm.TOILET, Hand.DRIVER, timedelta(minutes=121), "No toilet for too long"),
        (Alarm.MEAL, Hand.DRIVER, timedelta(minutes=241), "No meal for too long"),
        (Alarm.DRIVE, Hand.DRIVER, timedelta(minutes=241), "The driver has driven too long"),
        (Alarm.NIGHT, Hand.DRIVER, timedelta(hours=11, minutes=30), "A coach is under way by night"),
    ],
)
def test_over_its_limit_it_is_red_for_whoever_leads_and_on_the_trip(
    taking: Taking, sign_in: SignIn, alarm: Alarm, hand: Hand, after: timedelta, said: str
) -> None:  # fmt: skip
    people = under_way(taking, hand)
    older = next(one.person for one in people if one.person.birth_date)
    older.birth_date = clock.today() - 80 * 366 * DAY
    older.save(update_fields=["birth_date"])
    start = clock.now()
    with clock.held(start + after - timedelta(minutes=2)):
        watching.raise_alarms(now=clock.now(), by=SYSTEM)
        assert not TransferAlert.objects.filter(kind=alarm).exists() or alarm is Alarm.NIGHT
    with clock.held(start + after):
        watching.raise_alarms(now=clock.now(), by=SYSTEM)
        assert TransferAlert.objects.filter(kind=alarm).count() == 1
        assert said in text(sign_in("yingze").get(reverse("transfer")))
        trip = reverse("hands-trip", args=[Trip.objects.get().uuid])
        for who in ("siji", "husong"):
            assert said in text(sign_in(who).get(trip)), who


def test_who_waits_in_protective_clothing_is_named_and_was_fed_and_sheltered_or_not(
    taking: Taking, sign_in: SignIn
) -> None:
    escort, district = sign_in("husong"), sign_in("yingze")
    care = reverse("hands-care")
    assert "You have not put protective clothing on" in text(escort.post(care, {"what": "food"}))
    escort.post(reverse("hands-wait"), {"uuid": str(uuid7())})
    with clock.held(clock.now() + timedelta(minutes=121)):
        watching.raise_alarms(now=clock.now(), by=SYSTEM)
        page = text(district.get(reverse("transfer")))
        for said in (
            "protective clothing for too long",
            "迎泽区转运护送员",
            "no food or drink yet",
            "not under a roof yet",
        ):
            assert said in page
        for what in ("food", "roof"):
            escort.post(care, {"what": what})
        page = text(district.get(reverse("transfer")))
        assert "no food or drink yet" not in page
        assert "protective clothing for too long" in page, "until they are relieved"
        escort.post(reverse("hands-wait"), {"ends": "1"})
        assert "protective clothing for too long" not in text(district.get(reverse("transfer")))
    assert InClothing.objects.get().ended_at


def test_a_bus_with_fewer_seats_than_planned_is_caught_and_a_plan_by_hand_meets_the_same_rules(
    taking: Taking, sign_in: SignIn
) -> None:
    taking.listed(*taking.tiny.family)
    plan = taking.planned()
    small = taking.with_vehicle("2号车", seats=1)
    district, trip = sign_in("yingze"), plan.trips.get()
    said = {"trip": str(trip.uuid), "vehicle": str(small.uuid), "site": str(taking.site.uuid)}
    page = text(district.post(reverse("transfer-trip", args=[plan.uuid]), said, follow=True))
    assert "more people than seats" in page
    assert "No reason makes this good" in page
    refused = district.post(reverse("transfer-adopt", args=[plan.uuid]), {"why": "挤一挤"})
    assert "a fault that no reason makes good" in text(refused)
    assert not Passenger.objects.within(EVERYTHING).filter(trip__isnull=False).exists()


def test_a_child_alone_is_never_planned_and_it_is_said(taking: Taking, sign_in: SignIn) -> None:
    child = next(one for one in taking.tiny.family if one.birth_date and one.birth_date.year > 2010)
    taking.listed(child)
    page = text(sign_in("yingze").post(reverse("transfer-make")))
    assert "may not be alone and nobody goes with them" in page

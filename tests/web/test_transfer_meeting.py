"""A meeting point by pages: opened by whoever leads, a list pasted, met by name or number, and who is on no list."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.domains.transfer.taking import Taking

from wangge.base import clock
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.transfer.models import MeetingPoint, Passenger, PeopleOffer, TransferPlan

SignIn = Callable[..., Client]


@pytest.fixture
def taking(tiny: Small) -> Iterator[Taking]:
    with clock.held(clock.start_of(clock.today()) + timedelta(hours=15)):
        yield Taking(tiny)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_from_a_pasted_list_to_an_offer(taking: Taking, sign_in: SignIn) -> None:
    station, district = taking.a_hotel("太原南站"), sign_in("yingze")
    said = {"place": str(station.uuid), "name": "", "post": str(taking.tiny.posts["husong"].uuid)}
    assert "Give the meeting point a name" in text(district.post(reverse("transfer-meeting"), said))
    district.post(reverse("transfer-meeting"), said | {"name": "东出站口"})
    point = MeetingPoint.objects.get()
    address, add = reverse("meeting", args=[point.uuid]), reverse("meeting-add", args=[point.uuid])
    assert "东出站口" in text(district.get(reverse("transfer")))
    escort = sign_in("husong")
    assert address in text(escort.get(reverse("hands")))
    wrong = escort.post(add, {"list": "王秀兰, 13800000001, soon", "role": "close_contact"})
    assert (wrong.status_code, "Line 1" in text(wrong), "soon" in text(wrong)) == (422, True, True)
    done = escort.post(add, {"list": "王秀兰, 13800000001, 15:30\n赵敏", "role": "close_contact"}, follow=True)
    assert "2 new on the list" in text(done)
    found = text(escort.get(address, {"q": "0001"}))
    assert ("王秀兰" in found, "赵敏" in found) == (True, False)
    assert AccessLog.objects.filter(reason=f"meeting:{point.uuid}").exists()
    uuids = {str(one.uuid): one.name for one in Passenger.objects.within(EVERYTHING).filter(point=point)}
    wang = next(uuid for uuid, name in uuids.items() if name == "王秀兰")
    say = reverse("meeting-say", args=[point.uuid])
    escort.post(say, {"people": [wang]})
    assert "On no trip yet" in text(escort.get(address))
    extra = {"uuid": str(uuid7()), "names": "孙伟", "role": "close_contact"}
    for _again in range(2):
        escort.post(add, extra)
    escort.post(say, {"people": [uuid for uuid in uuids if uuid != wang], "not_come": "1"})
    district.post(reverse("transfer-make"))
    district.post(reverse("transfer-adopt", args=[TransferPlan.objects.get().uuid]))
    here = [str(one.uuid) for one in Passenger.objects.within(EVERYTHING).filter(point=point, off_at__isnull=True)]
    assert len(here) == 2
    escort.post(reverse("hands-offer"), {"uuid": str(uuid7()), "to": "driver", "people": here})
    assert PeopleOffer.objects.get().offered == 2
    assert "王秀兰" in text(sign_in("siji").get(reverse("hands-offered", args=[PeopleOffer.objects.get().uuid])))
    assert "Tick at least one person" in text(escort.post(say, {}))


def test_only_who_meets_there_and_whoever_leads_see_it(taking: Taking, sign_in: SignIn) -> None:
    point = MeetingPoint.objects.create(
        response=taking.tiny.response.uuid, place=taking.hotel, name="出站口", opened_at=clock.now(),
        post=taking.tiny.posts["husong"],
    )  # fmt: skip
    address = reverse("meeting", args=[point.uuid])
    statuses = {who: sign_in(who).get(address).status_code for who in ("husong", "yingze", "siji", "bingsi-kadian")}
    assert statuses == {"husong": 200, "yingze": 200, "siji": 404, "bingsi-kadian": 403}

"""One's own way on one's own phone before the door opens, and the slip: printed, signed, typed in later."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.domains.transfer.taking import Taking

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.demo.small import Small
from wangge.domains.codes import actions
from wangge.domains.codes.rules import Consent
from wangge.domains.people.models import Person
from wangge.domains.transfer import journey
from wangge.domains.transfer.models import Trip
from wangge.web import printing, transfer_paper

SignIn = Callable[..., Client]


@pytest.fixture
def taking(tiny: Small) -> Iterator[Taking]:
    with clock.held(clock.start_of(clock.today()) + timedelta(hours=15)):
        yield Taking(tiny)


def phone_of(taking: Taking, person: Person, consent: Consent = Consent.OWN) -> tuple[Client, str]:
    secret = actions.allow(person=person, response=taking.tiny.response, consent=consent, by=SYSTEM)
    phone = Client()
    phone.cookies["django_language"] = "en"
    return phone, phone.post(f"/r/codes/add/{secret}").headers["Location"]


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_before_the_door_opens_they_know_where_why_when_and_with_whom(taking: Taking) -> None:
    person = taking.tiny.family[0]
    phone, code = phone_of(taking, person)
    assert "You are taken nowhere" in text(phone.get(f"{code}transfer"))
    assert phone.get(f"{code}slip.pdf").status_code == 404
    taking.listed(*taking.tiny.family)
    early = text(phone.get(f"{code}transfer"))
    assert "No trip is planned yet" in early
    taking.adopted()
    page = text(phone.get(f"{code}transfer"))
    escort = taking.tiny.accounts["husong"].name
    for said in (taking.hotel.name, "close contact", "1号车", escort, "insurance card", "No child stays alone", "tel:"):
        assert said in page
    stands = journey.calls_at(Trip.objects.get(), taking.now(person)[0].door)
    assert stands
    assert f"{stands[0].astimezone(clock.LOCAL):%H:%M}–{stands[1].astimezone(clock.LOCAL):%H:%M}" in page
    assert "How I am taken there" in text(phone.get(f"{code}order"))
    if printing.has_chinese():
        assert phone.get(f"{code}slip.pdf").content.startswith(b"%PDF")


def test_somebody_elses_phone_shows_no_way(taking: Taking) -> None:
    taking.listed(*taking.tiny.family)
    taking.adopted()
    phone, code = phone_of(taking, taking.tiny.family[0], Consent.BY_PHONE)
    page = text(phone.get(f"{code}transfer"))
    assert "only on their own phone" in page
    assert taking.hotel.name not in page
    assert phone.get(f"{code}slip.pdf").status_code == 404


def test_the_slip_names_everybody_of_the_door_and_has_a_line_for_each_hand(taking: Taking) -> None:
    people = taking.listed(*taking.tiny.family)
    taking.adopted()
    one = taking.now(people[0].person)[0]
    said = transfer_paper.slip_context(one)
    assert [each["name"] for each in said["some"]] == [
        each.name for each in sorted(taking.tiny.family, key=lambda each: (each.birth_date, each.pk))
    ]
    assert [line["to"] for line in said["lines"]] == ["护送员", "驾驶员", "前台", "", "", ""]


def test_the_slip_is_printed_on_the_record_and_only_where_one_may(taking: Taking, sign_in: SignIn) -> None:
    people = taking.listed(*taking.tiny.family)
    worker, address = sign_in("bingsi-1"), reverse("slip-pdf", args=[people[0].uuid])
    assert "on no trip yet" in text(worker.get(address)), "nobody leaves before it is known where to"
    taking.adopted()
    if printing.has_chinese():
        for who in ("bingsi-1", "siji", "yingze"):
            assert sign_in(who).get(address).content.startswith(b"%PDF"), who
    assert AccessLog.objects.filter(reason=f"slip:{people[0].uuid}").exists()
    assert sign_in("dengqiao-1").get(address).status_code == 404


def test_a_line_is_typed_in_and_a_mistake_keeps_what_was_typed(taking: Taking, sign_in: SignIn) -> None:
    people = taking.listed(*taking.tiny.family)
    taking.adopted()
    driver, address = sign_in("siji"), reverse("slip", args=[Trip.objects.get().uuid])
    assert all(one.person.name in text(driver.get(address)) for one in people)
    said = {"to": "escort", "at": "14:10", "people": [str(one.uuid) for one in people], "count": "1", "asked": "1"}
    wrong = driver.post(address, said)
    assert (wrong.status_code, "You counted 1" in text(wrong), 'value="14:10"' in text(wrong)) == (422, True, True)
    done = driver.post(address, said | {"count": str(len(people))}, follow=True)
    assert f"{len(people)} noted from the slip" in text(done)
    assert {one.hand for one in taking.now(*taking.tiny.family)} == {"escort"}
    assert sign_in("bingsi-kadian").get(address).status_code == 403

"""Whoever is at home asks for medicine on a page of their own; the deadline follows and cannot be chosen."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.city import Standing, city_fixture, visit
from tests.domains.isolation.home import ordered
from tests.domains.medicine.standing import Patient, picture
from tests.domains.monitoring.home import Home, day_at
from tests.flows.stage import Stage
from tests.flows.test_help_asked import ask
from tests.web.test_medicine import text
from tests.web.test_own_order import phone_of

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.codes.rules import Consent
from wangge.domains.help import queries as help_
from wangge.domains.help.models import HelpNote
from wangge.domains.medicine import queries
from wangge.domains.medicine.models import Need, Prescription
from wangge.domains.medicine.rules import Source, State

SignIn = Callable[..., Client]
SAID = {"name": "氨氯地平片", "left": "3", "per_day": "1", "dose": "5毫克"}

city = city_fixture(at=lambda: day_at(9), answered=False)


@pytest.fixture
def tiny(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Small]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        yield tiny


@pytest.fixture
def resident() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def the_need() -> Need:
    return Need.objects.within(EVERYTHING).select_related("person").get()


def test_from_the_daily_report_with_a_deadline_that_nobody_chooses(tiny: Small, resident: Client) -> None:
    home = Home(tiny)
    (watch,) = home.begin(tiny.family[3])
    secret, _link = home.page(watch)
    address = reverse("daily-medicine", args=[secret])
    assert address in text(resident.get(reverse("daily", args=[secret])))
    typed = SAID | {"uuid": str(uuid7()), "due_at": "2030-01-01", "urgent": "1"}
    page = text(resident.post(address, typed, follow=True))
    need = the_need()
    assert (need.person, need.source, need.state) == (tiny.family[3], Source.PAGE, State.TAKEN)
    assert need.due_at == clock.now() + timedelta(days=2), "a day before the last dose"
    assert ("Where the medicine is" in page, "氨氯地平片" in page) == (True, False)
    assert queries.said(need)["name"] == "氨氯地平片"
    resident.post(address, typed, follow=True)
    assert Need.objects.within(EVERYTHING).count() == 1, "sent twice is once"
    again = resident.post(address, SAID | {"uuid": str(uuid7())})
    assert (again.status_code, "known already" in text(again), tiny.family[3].name in text(again)) == (422, True, False)


def test_a_photo_instead_of_a_name_is_sealed(tiny: Small, resident: Client) -> None:
    home = Home(tiny)
    (watch,) = home.begin(tiny.family[3])
    address = reverse("daily-medicine", args=[home.page(watch)[0]])
    missing = resident.post(address, {"left": "3", "per_day": "1"})
    assert missing.status_code == 422
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    resident.post(address, {"left": "半", "per_day": "1", "photo": photo, "uuid": str(uuid7())})
    assert b"JFIF" not in bytes(Prescription.objects.within(EVERYTHING).get(need=the_need()).sealed)


def test_for_somebody_of_the_household_only_by_agreement(tiny: Small, resident: Client) -> None:
    home = Home(tiny)
    mine, other = home.begin(tiny.family[0], tiny.family[3])
    secret, _link = home.page(mine)
    assert resident.get(reverse("daily-medicine-for", args=[secret, other.uuid])).status_code == 404
    assert resident.get(reverse("daily-medicine", args=["guessed"])).status_code == 404


def test_from_ones_own_order_and_not_from_a_borrowed_code(tiny: Small) -> None:
    stage = Stage(tiny)
    ordered(stage, tiny.family[1])
    phone, code = phone_of(stage, tiny.family[1])
    assert f"{code}medicine" in text(phone.get(f"{code}order"))
    assert "Where the medicine is" in text(phone.post(f"{code}medicine", SAID, follow=True))
    assert the_need().person == tiny.family[1]
    lent, code = phone_of(stage, tiny.family[1], Consent.BY_PHONE)
    assert lent.get(f"{code}medicine").status_code == 404
    assert Client().get(reverse("own-medicine")).status_code == 302


def test_with_a_request_for_help_it_is_one_need_of_who_lives_there(tiny: Small, resident: Client) -> None:
    stage = Stage(tiny)
    one = ask(stage)
    address = reverse("help-medicine", args=[one.uuid])
    assert address in text(resident.get(reverse("help-told", args=[one.uuid])))
    wrong = text(resident.post(address, SAID | {"taker": "没有这人", "uuid": str(uuid7())}, follow=True))
    assert not Need.objects.within(EVERYTHING).exists()
    right = text(resident.post(address, SAID | {"taker": tiny.family[3].name, "uuid": str(uuid7())}, follow=True))
    assert (the_need().person, the_need().source) == (tiny.family[3], Source.HELP)
    assert tiny.family[3].name not in wrong + right, "nobody learns who lives there"
    words = [help_.note_words(each) for each in HelpNote.objects.within(EVERYTHING).filter(request=one, kind="words")]
    assert words == ["没有这人 · 氨氯地平片 · 3 / 1"], "what was said is not lost"


def test_the_desk_sees_that_it_is_one_thing(tiny: Small, sign_in: SignIn) -> None:
    need = Patient(tiny).takes()
    one = ask(Stage(tiny))
    worker = sign_in("bingsi-shuji")
    assert reverse("medicine-one", args=[need.uuid]) in text(worker.get(reverse("help-request", args=[one.uuid])))
    assert "Said there too" in text(worker.get(reverse("medicine-one", args=[need.uuid])))


def test_a_page_asks_for_a_dozen_medicines_at_most(tiny: Small, resident: Client) -> None:
    home = Home(tiny)
    (watch,) = home.begin(tiny.family[3])
    address = reverse("daily-medicine", args=[home.page(watch)[0]])
    for number in range(13):
        answer = resident.post(address, SAID | {"name": f"药{number}", "uuid": str(uuid7())})
    assert (answer.status_code, Need.objects.within(EVERYTHING).count()) == (422, 12)

"""Rounds on the page and on paper: planned for who walks, doors that nobody enters are said."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.domains.medicine.standing import Patient
from tests.web.made import confirmed
from tests.web.test_medicine import text

from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.demo.small import Small
from wangge.domains.isolation.actions import confirm_orders
from wangge.domains.isolation.queries import closed_homes, proposed
from wangge.domains.medicine.rules import State
from wangge.web import printing

SignIn = Callable[..., Client]


@pytest.fixture
def patient(tiny: Small) -> Patient:
    return Patient(tiny)


def test_rounds_are_planned_for_who_walks_and_found_in_their_hand(patient: Patient, sign_in: SignIn) -> None:
    for number, person in enumerate(patient.tiny.family[:3]):
        patient.until(State.BOUGHT, patient.takes(person=person, name=f"药{number}"))
    page, worker = reverse("medicine-errands"), sign_in("bingsi-1")
    assert "3 deliveries to bring" in text(worker.get(page))
    assert "Choose at least one who walks" in text(worker.post(page, follow=True))
    keeper = patient.tiny.accounts["bingsi-kadian"]
    told = text(worker.post(page, {"who": [str(keeper.uuid)]}, follow=True))
    assert ("The rounds are given" in told, keeper.name in told) == (True, True)
    mine = text(sign_in("bingsi-kadian").get(reverse("medicine-buying")))
    assert all(f"药{number}" in mine for number in range(3))
    assert sign_in("jiance").get(page).status_code == 403


def test_a_home_under_an_order_is_not_entered(patient: Patient, sign_in: SignIn) -> None:
    home = patient.tiny.homes[0]
    assert closed_homes(patient.tiny.homes) == set()
    confirmed(patient.tiny, patient.tiny.family[0])
    confirm_orders(
        orders=list(proposed(EVERYTHING, patient.tiny.response).filter(person__home=home)), authority="指挥部",
        document_no="演1号", ground="传染病防治法", remedy="街道", by=SYSTEM,
    )  # fmt: skip
    assert closed_homes(patient.tiny.homes) == {home.pk}
    patient.until(State.BOUGHT, patient.takes())
    assert "do not go in" in text(sign_in("bingsi-1").get(reverse("medicine-errands")))


def test_on_paper_it_is_one_sheet_each_and_an_export_on_record(patient: Patient, sign_in: SignIn) -> None:
    patient.until(State.BOUGHT)
    answer = sign_in("bingsi-1").get(reverse("medicine-errands-paper"))
    if not printing.has_chinese():
        assert answer.status_code == 422
        return
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert "no-store" in answer["Cache-Control"]
    assert AccessLog.objects.filter(kind="exported", person=patient.person.uuid, reason="medicine rounds").exists()

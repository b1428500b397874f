"""Promises kept: help and medicine, apart and together."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.domains.medicine.standing import Patient
from tests.web.test_medicine import text

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.demo.small import Small
from wangge.domains.medicine import promises
from wangge.domains.medicine.actions import moving
from wangge.domains.medicine.models import Need
from wangge.domains.medicine.rules import Move, State

SignIn = Callable[..., Client]


@pytest.fixture
def patient(tiny: Small) -> Patient:
    return Patient(tiny)


def test_medicine_counts_by_its_deadline_and_not_about_four(patient: Patient, sign_in: SignIn) -> None:
    needs = [patient.takes(name=f"药{number}") for number in range(6)]
    for one in needs[:4]:
        patient.until(State.DELIVERED, one)
    community = patient.tiny.places["community"]
    assert promises.promised(EVERYTHING) == [(community.path, 4, 4)]
    worker = sign_in("bingsi-shuji")
    assert "too few to say" in text(worker.get(reverse("promises")))
    moving.end(need=needs[5], move=Move.NOT_NEEDED, why="自己有", by=patient.by())
    Need.objects.within(EVERYTHING).filter(pk=needs[4].pk).update(due_at=clock.now() - timedelta(hours=1))
    assert promises.promised(EVERYTHING) == [(community.path, 5, 4)], "late counts, what was not needed does not"
    page = text(worker.get(reverse("promises")))
    assert ("4 (80 %)" in page, "Both together" in page, community.name in page) == (True, True, True)
    assert patient.tiny.accounts["bingsi-1"].name not in page, "never by worker"
    assert sign_in("jiance").get(reverse("promises")).status_code == 403

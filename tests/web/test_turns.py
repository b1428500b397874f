"""A transaction that PostgreSQL ended for another's sake is taken again once, and nothing is recorded twice."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from tests.domains.asking import bank

from wangge.base import worker
from wangge.demo.small import Small
from wangge.domains.work.models import Attempt, Task
from wangge.web.field import door

SignIn = Callable[..., Client]


class Ended(Exception):
    sqlstate = "40P01"


class Failing:
    """``record_attempt`` of which the first so many calls are ended by the database."""

    def __init__(self, times: int, cause: Exception) -> None:
        self.left, self.cause, self.real = times, cause, door.actions.record_attempt

    def __call__(self, **given: Any) -> Attempt:
        if self.left:
            self.left -= 1
            raise OperationalError from self.cause
        return self.real(**given)


def send(tiny: Small, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, failing: Failing) -> int:
    bank.publish(bank.SUPPLIES)
    bank.ask(tiny, "has_supplies", "missing")
    worker.run_pending()
    monkeypatch.setattr(door.actions, "record_attempt", failing)
    client = sign_in("bingsi-1")
    client.raise_request_exception = False
    one = Task._base_manager.get(door=tiny.homes[0], state="open")
    typed = {"uuid": str(uuid4()), "outcome": "absent", "channel": "door"}
    return client.post(reverse("door-record", args=[one.uuid]), typed).status_code


def test_it_is_taken_again_unseen(tiny: Small, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    assert send(tiny, sign_in, monkeypatch, Failing(1, Ended())) == 302
    assert Attempt._base_manager.count() == 1


@pytest.mark.parametrize("failing", [(2, Ended()), (1, ValueError())])
def test_what_fails_again_or_for_another_reason_is_an_error(
    tiny: Small, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, failing: tuple[int, Exception]
) -> None:
    assert send(tiny, sign_in, monkeypatch, Failing(*failing)) == 500
    assert Attempt._base_manager.count() == 0

"""What does not fit a day stands on a page of its own, and the level above decides it there."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.domains.asking import bank
from tests.web.test_door_questions import text

from wangge.base.access.by import SYSTEM
from wangge.demo.small import Small
from wangge.domains.asking.actions import days, fit_days
from wangge.domains.asking.models import Overflow
from wangge.domains.work.models import HandOver

SignIn = Callable[..., Client]


@pytest.fixture
def full(tiny: Small, monkeypatch: pytest.MonkeyPatch) -> Overflow:
    """A grid of six doors and a day of nine minutes."""
    bank.publish(bank.SUPPLIES)
    bank.ask(tiny)
    monkeypatch.setattr(days, "DAY_MINUTES", 9.0)
    fit_days(by=SYSTEM)
    return Overflow.objects.get(post=tiny.posts["bingsi-1"])


def decide(client: Client, uuid: UUID, take: str) -> int:
    return client.post(reverse("overflow-decide", args=[uuid]), {"take": take}).status_code


def test_the_level_above_sees_the_proposal_and_takes_it(tiny: Small, full: Overflow, sign_in: SignIn) -> None:
    client = sign_in("bingsi-zhibu-1")
    assert "that hold too much" in text(client.get(reverse("asks")))
    said = text(client.get(reverse("overflows")))
    assert tiny.posts["bingsi-1"].title in said
    assert f"to {tiny.posts['bingsi-2'].title}" in said
    assert decide(client, full.uuid, "yes") == 302
    full.refresh_from_db()
    assert full.state == "accepted"
    assert HandOver.objects.filter(to_post=tiny.posts["bingsi-2"]).exists()
    assert "offered as proposed" in text(client.get(reverse("overflows")))


def test_it_can_be_left_and_a_second_tap_changes_nothing(full: Overflow, sign_in: SignIn) -> None:
    client = sign_in("bingsi-zhibu-1")
    assert [decide(client, full.uuid, "no"), decide(client, full.uuid, "yes")] == [302, 302]
    full.refresh_from_db()
    assert full.state == "kept"


def test_who_may_not_decide_sees_who_does(tiny: Small, full: Overflow, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    said = text(client.get(reverse("overflows")))
    assert f"waits for a decision · {full.to_post.title}" in said
    assert "Offer them as proposed" not in said
    assert decide(client, full.uuid, "yes") == 422
    assert decide(sign_in("dengqiao-shuji"), full.uuid, "yes") == 404
    full.refresh_from_db()
    assert full.state == "proposed"

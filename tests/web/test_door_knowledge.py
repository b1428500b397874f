"""What one should know at a door: noted as facts, seen by the next worker and the resident, used for the next try."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.domains.asking import bank
from tests.web.test_door_questions import door, task, text

from wangge.base import clock, worker
from wangge.base.access.models import AccessLog
from wangge.demo.small import Small
from wangge.domains.asking.models import Answer
from wangge.domains.asking.shipped import shipped_questionnaires
from wangge.domains.work.actions import record_attempt
from wangge.domains.work.rules import Channel, Outcome
from wangge.web.desk.held import held

SignIn = Callable[..., Client]


@pytest.fixture
def asked(tiny: Small) -> Small:
    form = next(one for one in shipped_questionnaires() if one.form_id == "door_knowledge")
    bank.publish(form)
    bank.publish(bank.SUPPLIES)
    bank.ask(tiny, "has_supplies", "missing")
    worker.run_pending()
    return tiny


def note(client: Client, tiny: Small, **given: str) -> Any:
    typed = {"submission": str(uuid4()), **{f"q.{name}": value for name, value in given.items()}}
    return client.post(reverse("door-knowledge", args=[task(tiny).uuid]), typed, follow=True)


def page(client: Client, tiny: Small) -> str:
    return text(client.get(reverse("door", args=[task(tiny).uuid])))


def test_what_is_noted_stands_at_the_door_and_among_the_residents_own_data(asked: Small, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    assert "Nothing is noted yet" in page(client, asked)
    assert "noted. The people who live there can read it" in text(note(client, asked, best_hour="evening", dog="yes"))
    said = page(client, asked)
    assert "When is the best time to come? In the evening" in said
    assert "Is there a dog? Yes" in said
    assert "hard of hearing" not in said
    assert AccessLog.objects.filter(reason__startswith="answer:").count() >= len(asked.family)
    said = str([section.rows for section in held(asked.family[0])])
    assert "晚上" in said or "In the evening" in said


def test_it_is_sealed_and_lapses(asked: Small, sign_in: SignIn) -> None:
    note(sign_in("bingsi-1"), asked, best_hour="evening")
    one = Answer._base_manager.get(question__name="best_hour", state="current")
    assert (one.value, bool(one.sealed)) == ("", True)
    assert one.fresh_until is not None
    assert one.fresh_until - one.at == timedelta(days=180)
    with clock.held(clock.now() + timedelta(days=181)):
        assert "In the evening" not in page(sign_in("bingsi-1"), asked)


def test_taken_away_it_is_no_longer_known(asked: Small, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    note(client, asked, best_hour="evening", dog="yes")
    note(client, asked, dog="no")
    said = page(client, asked)
    assert "Is there a dog? No" in said
    assert "best time" not in said


def test_an_answer_that_is_no_choice_is_refused_in_words(asked: Small, sign_in: SignIn) -> None:
    answer = note(sign_in("bingsi-1"), asked, best_hour="midnight")
    assert answer.status_code == 422
    assert not Answer._base_manager.filter(question__name="best_hour").exists()


def test_nobody_notes_it_elsewhere(asked: Small, sign_in: SignIn) -> None:
    assert note(sign_in("dengqiao-1"), asked, dog="yes").status_code == 404


def test_the_next_try_is_by_phone_then_at_the_door_at_another_hour(asked: Small, sign_in: SignIn) -> None:
    client, at = sign_in("bingsi-1"), task(asked)
    noon = clock.start_of(clock.today()) + timedelta(hours=10)
    with clock.held(noon):
        assert "Call first: a number is known" in page(client, asked)
        record_attempt(task=at, outcome=Outcome.UNREACHABLE, channel=Channel.PHONE, by=asked.by("bingsi-1"))
        assert "One form for everything that is asked here" in page(client, asked)
        record_attempt(task=at, outcome=Outcome.ABSENT, channel=Channel.DOOR, by=asked.by("bingsi-1"))
        assert "Go to the door, best in the afternoon" in page(client, asked)
        note(client, asked, best_hour="evening")
        assert "Go to the door, best in the evening" in page(client, asked)
    assert door(asked) == at.door

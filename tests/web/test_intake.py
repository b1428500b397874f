"""A yellow code opens the intake at the door: what is known stands there, only what is missing is asked."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.domains.asking import bank
from tests.domains.asking.test_answers import answer
from tests.flows.test_answers_recorded import CODE, items
from tests.web.test_door_questions import text

from wangge.base import worker
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.privacy import mask_document
from wangge.demo.small import Small
from wangge.domains.people.correcting import correct_person, current
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.work.models import Task

SignIn = Callable[..., Client]
PASSPORT = "E12345678"


@pytest.fixture
def yellow(tiny: Small) -> Small:
    bank.publish(CODE)
    answer(tiny.homes[0], tiny.family[0], code_colour="yellow")
    worker.run_pending()
    return tiny


def address(tiny: Small) -> str:
    [item] = items("intake")
    assert item.person == tiny.family[0]
    return reverse("door-intake", args=[item.task.uuid, tiny.family[0].uuid])


def bare(person: Person) -> None:
    """Nothing but a name is on record."""
    correct_person(
        person=person, typed=replace(current(person), document="", phone="", other_phones=()), by=SYSTEM
    )  # fmt: skip


def send(client: Client, tiny: Small, **typed: str) -> Any:
    return client.post(address(tiny), {"document_kind": "id_card", **typed}, follow=True)


def test_what_is_known_is_shown_masked_and_not_asked_again(yellow: Small, sign_in: SignIn) -> None:
    client, person = sign_in("bingsi-1"), yellow.family[0]
    [item] = items("intake")
    assert address(yellow) in client.get(reverse("door", args=[item.task.uuid])).content.decode()
    page = client.get(address(yellow)).content.decode()
    assert person.name in page
    assert yellow.document(person) not in page
    assert mask_document(yellow.document(person)) in page
    assert 'name="document"' not in page
    assert "Nothing is missing" in page
    answered = send(client, yellow)
    assert "the intake is made; everything was known" in text(answered)
    worker.run_pending()
    assert [one.state for one in items("intake")] == ["done"]
    assert not Task._base_manager.filter(
        pk=item.task_id, state="open", items__kind="intake", items__state="open"
    ).exists()


def test_what_is_missing_is_asked_and_kept(yellow: Small, sign_in: SignIn) -> None:
    client, person = sign_in("bingsi-1"), yellow.family[0]
    bare(person)
    assert 'name="document"' in client.get(address(yellow)).content.decode()
    assert "the intake is made." in text(
        send(client, yellow, document_kind="passport", document=PASSPORT, phone="13800001234")
    )
    person.refresh_from_db()
    known = details(person)
    assert (known["document"], known["document_type"], known["phone"]) == (PASSPORT, "passport", "13800001234")
    assert Event.objects.filter(kind="people.completed").get().data == {
        "fields": ["document_type", "document", "phone"]
    }
    send(client, yellow, document_kind="passport", document=PASSPORT, phone="13800001234")
    assert Event.objects.filter(kind="people.completed").last().data == {"fields": []}  # type: ignore[union-attr]


def test_another_number_is_called_first_and_the_earlier_stays(yellow: Small, sign_in: SignIn) -> None:
    person = next(one for one in yellow.family if yellow.typed[one.uuid].phone)
    answer(yellow.homes[0], person, code_colour="red")
    worker.run_pending()
    item = next(one for one in items("intake") if one.person == person)
    where = reverse("door-intake", args=[item.task.uuid, person.uuid])
    sign_in("bingsi-1").post(where, {"phone": "13800001234"})
    person.refresh_from_db()
    assert current(person).phones == ("13800001234", yellow.typed[person.uuid].phone)


@pytest.mark.parametrize(
    ("document", "said"),
    [("140106195803091234", "does not fit"), ("14010619580309", "has 14 characters")],
)
def test_a_mistyped_number_is_refused_in_words_and_nothing_is_kept(
    yellow: Small, sign_in: SignIn, document: str, said: str
) -> None:
    bare(yellow.family[0])
    answered = send(sign_in("bingsi-1"), yellow, document=document, phone="13800001234")
    assert answered.status_code == 422
    assert said in text(answered)
    assert 'value="13800001234"' in answered.content.decode()
    assert not details(Person._base_manager.get(pk=yellow.family[0].pk)).get("phone")
    assert [one.state for one in items("intake")] == ["open"]


def test_nothing_on_record_is_overwritten_at_the_door(yellow: Small, sign_in: SignIn) -> None:
    """A form that was opened before the office noted the document."""
    answered = send(sign_in("bingsi-1"), yellow, document_kind="passport", document=PASSPORT)
    assert answered.status_code == 422
    assert "Another document number is on record" in text(answered)
    assert details(yellow.family[0])["document"] == yellow.document(yellow.family[0])


def test_nobody_else_makes_it(yellow: Small, sign_in: SignIn) -> None:
    assert sign_in("dengqiao-1").get(address(yellow)).status_code == 404
    assert sign_in("jiance").get(address(yellow)).status_code == 403

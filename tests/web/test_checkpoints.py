"""A secretary opens a checkpoint, sees who stands there and what was counted, follows an emergency up, closes it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.domains.checkpoints.standing import Gate

from wangge.base.access.models import AccessLog
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.checkpoints.models import Checkpoint
from wangge.domains.people.queries import details
from wangge.domains.venues import posters
from wangge.domains.venues.rules import Why
from wangge.web.desk.held import held

SignIn = Callable[..., Client]


@pytest.fixture
def gate(tiny: Small) -> Gate:
    return Gate(tiny)


def test_opening_one_says_what_is_missing_and_keeps_what_was_typed(tiny: Small, sign_in: SignIn) -> None:
    secretary, address = sign_in("bingsi-shuji"), reverse("checkpoint-new")
    answer = secretary.post(address, {"name": "南门", "kind": "gate"})
    assert (answer.status_code, "Choose the place" in answer.content.decode()) == (422, True)
    assert 'value="南门"' in answer.content.decode()
    place = tiny.places["community"]
    answer = secretary.post(address, {"name": "南门", "kind": "gate", "place": str(place.uuid)}, follow=True)
    assert "grid workers of the place" in answer.content.decode()
    assert Checkpoint.objects.get().place == place


def test_one_is_opened_as_the_door_of_a_venue_that_lies_there(tiny: Small, sign_in: SignIn) -> None:
    secretary, address, venue = sign_in("bingsi-shuji"), reverse("checkpoint-new"), tiny.venues[0]
    assert venue.name not in secretary.get(address).content.decode(), "it has no poster yet"
    posters.issue_poster(venue=venue, why=Why.FIRST, by=tiny.by("bingsi-shuji"))
    assert venue.name in secretary.get(address).content.decode()
    typed = {"name": "市场门口", "kind": "market", "place": str(tiny.places["community"].uuid)}
    answer = secretary.post(address, typed | {"venue": str(uuid7())})
    assert (answer.status_code, "does not lie where" in answer.content.decode()) == (422, True)
    answer = secretary.post(address, typed | {"venue": str(venue.uuid)}, follow=True)
    assert venue.name in answer.content.decode()
    assert Checkpoint.objects.get().venue == venue.uuid


def test_the_page_shows_who_stands_there_and_what_was_counted(gate: Gate, sign_in: SignIn) -> None:
    gate.comes()
    gate.comes(shown="red", through=False)
    gate.end(5)
    gate.begin()
    text = sign_in("bingsi-shuji").get(reverse("checkpoint", args=[gate.point.uuid])).content.decode()
    assert gate.tiny.accounts["bingsi-kadian"].name in text
    assert "3 still on the phone" in text
    assert "stands there now" in text
    listed = sign_in("bingsi-kadian").get(reverse("checkpoints")).content.decode()
    assert "北门" in listed
    assert reverse("checkpoint-new") not in listed


def test_an_emergency_is_followed_up_by_whoever_leads(gate: Gate, sign_in: SignIn) -> None:
    need = gate.needs_help()
    address = reverse("checkpoint-settle", args=[gate.point.uuid, need.uuid])
    assert sign_in("bingsi-kadian").post(address, {"became": "home"}).status_code == 403
    answer = sign_in("bingsi-shuji").post(address, {"became": "hospital"}, follow=True)
    assert "reached the hospital" in answer.content.decode()


def test_the_register_is_masked_and_looking_is_on_record(gate: Gate, sign_in: SignIn) -> None:
    gate.visits(purpose="看望父母", name="王小明", phone="13800000001")
    address = reverse("checkpoint-register", args=[gate.point.uuid])
    assert sign_in("bingsi-kadian").get(address).status_code == 403
    text = sign_in("bingsi-shuji").get(address).content.decode()
    assert ("看望父母" in text, "王小明" in text, "13800000001" in text) == (True, False, False)
    assert AccessLog.objects.get(reason=f"register:{gate.point.uuid}").count == 1


def test_a_person_sees_their_own_lines(gate: Gate) -> None:
    person = next(one for one in gate.tiny.people if details(one).get("phone"))
    gate.visits(purpose="取快递", phone=details(person)["phone"])
    rows = [row for section in held(person) for row in section.rows]
    assert any("取快递" in dict(row).values() for row in rows)


def test_closing_says_who_stands_there(gate: Gate, sign_in: SignIn) -> None:
    secretary, address = sign_in("bingsi-shuji"), reverse("checkpoint-close", args=[gate.point.uuid])
    assert gate.tiny.accounts["bingsi-kadian"].name in secretary.get(address).content.decode()
    secretary.post(address)
    gate.point.refresh_from_db()
    assert gate.point.closed_at is not None

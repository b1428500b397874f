"""The pages of a reception: taken down at the gate, met, found by their door, handed on; and a place for waiting."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.domains.isolation.home import ordered
from tests.domains.reception.home import comes, compound, met, spot
from tests.flows.stage import Stage

from wangge.base import clock
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.base.worker import ring_alarms
from wangge.demo.small import Small
from wangge.domains.places.queries import full_label, label
from wangge.domains.protocol.models import Response
from wangge.domains.reception import queries
from wangge.domains.reception.models import Reception

SignIn = Callable[..., Client]


@pytest.fixture
def stage(tiny: Small) -> Stage:
    return Stage(tiny)


def one_of() -> Reception:
    return Reception.objects.within(EVERYTHING).get()


def test_from_the_gate_to_the_door(stage: Stage, sign_in: SignIn) -> None:
    spot(stage)
    person = stage.tiny.family[1]
    order = ordered(stage, person)
    gate, worker = sign_in("bingsi-kadian"), sign_in("bingsi-1")
    typed = {"uuid": str(uuid7()), "how": "gate", "shown": "red", "people": "1", "place": str(compound(stage).uuid)}
    answer = gate.post(reverse("reception-new"), typed | {"place": ""})
    assert (answer.status_code, "Choose the place to which they come" in answer.content.decode()) == (422, True)
    page = gate.post(reverse("reception-new"), typed, follow=True).content.decode()
    for said in ("北门东侧帐篷", "沿东墙到楼门", "sheltered", "I am with them", 'href="tel:120"', "Who meets them"):
        assert said in page
    assert "Their door" not in page, "who lives where is not the gate's to see"
    one = one_of()
    worker.post(reverse("reception-met", args=[one.uuid]))
    address = reverse("reception", args=[one.uuid])
    page = worker.get(address, {"home": label(person.home)}).content.decode()
    assert full_label(person.home) in page
    assert person.name not in page, "masked until somebody says that it is them"
    worker.post(reverse("reception-who", args=[one.uuid]), {"person": str(person.uuid)})
    page = worker.get(address).content.decode()
    assert person.name in page
    assert "An order is in force and is spent at home" in page
    assert "Who looks after this home" in page
    assert AccessLog.objects.filter(person=person.uuid, reason=f"reception:{one.uuid}").exists()
    refused = worker.post(reverse("reception-end", args=[one.uuid]), {"how": "let_in"})
    assert (refused.status_code, "does not fit what stands about them" in refused.content.decode()) == (422, True)
    worker.post(reverse("reception-end", args=[one.uuid]), {"how": "home"})
    assert (one_of().ended_how, one_of().order) == ("home", order.uuid)
    assert "brought home, to the five" in worker.get(reverse("receptions"), {"tab": "over"}).content.decode()


def test_without_codes_nobody_is_asked_for_a_colour(stage: Stage, sign_in: SignIn) -> None:
    page = sign_in("bingsi-1").get(reverse("reception-new")).content.decode()
    assert 'value="red"' in page
    Response.objects.update(named=[])
    page = sign_in("bingsi-1").get(reverse("reception-new")).content.decode()
    assert 'value="red"' not in page
    assert 'value="told"' in page


def test_a_wait_that_is_too_long_stands_on_today_and_on_the_page(stage: Stage, sign_in: SignIn) -> None:
    one = comes(stage, care=("old",))
    worker = sign_in("bingsi-1")
    assert "Somebody came back and nobody is with them yet" in worker.get("/field/").content.decode()
    with clock.held(clock.now() + timedelta(minutes=11)):
        ring_alarms()
        assert "1 reception takes too long" in worker.get("/field/").content.decode()
        page = worker.get(reverse("reception", args=[one.uuid])).content.decode()
        assert "They wait too long" in page
        assert "waits for 11 minutes" in page
        assert queries.known(one.uuid).raised_to.title in page  # type: ignore[union-attr]


def test_a_child_alone_is_written_with_who_takes_it_over(stage: Stage, sign_in: SignIn) -> None:
    one, worker = met(stage, comes(stage, shown="told", care=("child_alone",))), sign_in("bingsi-1")
    address = reverse("reception-end", args=[one.uuid])
    answer = worker.post(address, {"how": "let_in"})
    assert (answer.status_code, "A child is alone. Write which grown-up" in answer.content.decode()) == (422, True)
    worker.post(address, {"how": "let_in", "taken_by": "外婆"})
    assert one_of().ended_how == "let_in"
    assert "外婆" in worker.get(reverse("reception", args=[one.uuid])).content.decode()
    assert "外婆" not in sign_in("bingsi-kadian").get(reverse("reception", args=[one.uuid])).content.decode()


def test_a_secretary_sets_a_place_for_waiting_up_and_closes_it(stage: Stage, sign_in: SignIn) -> None:
    secretary, address = sign_in("bingsi-shuji"), reverse("reception-spots")
    answer = secretary.post(address, {"uuid": str(uuid7()), "name": "图书室"})
    assert (answer.status_code, "by which way one goes" in answer.content.decode()) == (422, True)
    typed = {"name": "图书室", "way": "走西门", "place": str(compound(stage).uuid), "sheltered": "yes", "toilet": "yes"}
    page = secretary.post(address, typed | {"uuid": str(uuid7())}, follow=True).content.decode()
    assert "图书室" in page
    (one,) = queries.spots(compound(stage))
    secretary.post(reverse("reception-spot-close", args=[one.uuid]))
    assert "No place is set up yet" in secretary.get(address).content.decode()


def test_an_address_beyond_ones_places_shows_nobody(stage: Stage, sign_in: SignIn) -> None:
    one = comes(stage)
    assert sign_in("dengqiao-1").get(reverse("reception", args=[one.uuid])).status_code == 404
    assert sign_in("jiance").get(reverse("receptions")).status_code == 403


def test_the_list_takes_as_many_queries_for_many_as_for_one(stage: Stage, sign_in: SignIn) -> None:
    worker, counts = sign_in("bingsi-1"), []
    worker.get(reverse("receptions"))
    for number in (1, 3):
        for _ in range(number):
            comes(stage)
        with CaptureQueriesContext(connection) as asked:
            assert worker.get(reverse("receptions")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1], counts

"""What hangs at doors and gates: recorded, tried, reported, taken away and confirmed, by worker, desk and resident."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.domains.fixtures.hanging import Hanging
from tests.domains.sensors.doors import Doors

from wangge.base import clock, worker
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.fixtures import actions, queries
from wangge.domains.fixtures.links import token_of
from wangge.domains.fixtures.models import Fixture, OpensCheck, Walk
from wangge.domains.fixtures.rules import State, Thing, Why
from wangge.domains.work.models import Task

SignIn = Callable[..., Client]


@pytest.fixture
def hanging(tiny: Small) -> Hanging:
    return Hanging(tiny)


def anybody() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def only() -> Fixture:
    return Fixture.objects.within(EVERYTHING).get()


def test_a_worker_finds_the_place_and_records_what_was_fixed_there(hanging: Hanging, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    page = text_of(client.get(reverse("fixture-new"), {"q": "东岗里"}))
    assert f"?place={hanging.compound.uuid}" in page
    assert "桥头院" not in text_of(client.get(reverse("fixture-new"), {"q": "院"}))
    address = f"{reverse('fixture-new')}?place={hanging.compound.uuid}"
    page = text_of(client.get(address))
    assert ("fence or barrier" in page, "chain or lock" in page) == (True, False)
    typed = {"uuid": str(uuid7()), "thing": "fence", "installer": "桥东街道", "document": "5号"}
    answer = client.post(address, typed)
    assert (answer.status_code, "Nothing hangs without an end" in text_of(answer)) == (422, True)
    ends = (clock.now() + timedelta(days=2)).astimezone(clock.LOCAL).strftime("%Y-%m-%dT%H:%M")
    answer = client.post(address, typed | {"ends": ends}, follow=True)
    assert "let somebody who lives there try it" in text_of(answer)
    assert (only().installer, only().place) == ("桥东街道", hanging.compound)


def test_at_a_unit_door_nothing_may_be_fixed_and_the_page_says_what_to_do(hanging: Hanging, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    page = text_of(client.get(f"{reverse('fixture-new')}?place={hanging.unit.uuid}"))
    assert "Nothing may be fixed here" in page
    assert f"{reverse('fixture-found')}?place={hanging.unit.uuid}" in page
    typed = {"uuid": str(uuid7()), "thing": "chain", "spot": "单元门"}
    page = text_of(client.post(f"{reverse('fixture-found')}?place={hanging.unit.uuid}", typed, follow=True))
    assert "the level above knows now" in page
    assert "并四第一网格支部" in page


def test_the_check_is_taken_down_with_name_and_way_and_the_look_is_on_record(hanging: Hanging, sign_in: SignIn) -> None:
    one, client = hanging.seal(), sign_in("bingsi-1")
    address = reverse("fixture-check", args=[one.uuid])
    page = text_of(client.post(address, {"uuid": str(uuid7()), "way": "paper"}, follow=True))
    assert "Choose whether it opens" in page
    assert "Write the name" in page
    typed = {"uuid": str(uuid7()), "opens": "yes", "name": "王小明", "way": "paper", "at": "2022-04-01T08:30"}
    for _ in range(2):
        page = text_of(client.post(address, typed, follow=True))
    assert "they signed on paper" in page
    assert OpensCheck.objects.within(EVERYTHING).count() == 1
    assert hanging.state(one) is State.HANGS
    assert AccessLog.objects.filter(reason=f"fixture:{one.uuid}").exists()


def test_taken_away_by_one_and_confirmed_by_another(hanging: Hanging, sign_in: SignIn) -> None:
    one, first, second = hanging.found(), sign_in("bingsi-1"), sign_in("bingsi-zhibu-1")
    address = reverse("fixture-step", args=[one.uuid])
    first.post(address, {"step": "removed"})
    page = text_of(first.get(reverse("fixture", args=[one.uuid])))
    assert "Somebody else says that it is gone" in page
    assert "Another person has to confirm" in text_of(first.post(address, {"step": "gone"}, follow=True))
    assert hanging.state(one) is State.TO_CONFIRM
    second.post(address, {"step": "still"})
    assert hanging.state(one) is State.TO_REMOVE
    first.post(address, {"step": "removed"})
    second.post(address, {"step": "gone"})
    assert hanging.state(one) is State.GONE
    assert "chain or lock" in text_of(second.get(reverse("fixtures"), {"tab": "gone"}))


def test_a_resident_sees_what_hangs_up_to_the_gate_and_nothing_of_a_neighbour(hanging: Hanging) -> None:
    hanging.fence()
    mine, other = hanging.seal(), hanging.tiny.homes[1]
    page = text_of(anybody().get(reverse("exits-here", args=[token_of(hanging.home)])))
    assert ("<h3>fence or barrier" in page, "<h3>paper seal" in page) == (True, True)
    page = text_of(anybody().get(reverse("exits-here", args=[token_of(other)])))
    assert ("<h3>fence or barrier" in page, "<h3>paper seal" in page) == (True, False)
    page = text_of(anybody().get(reverse("exits-here", args=[token_of(hanging.unit)])))
    assert "<h3>paper seal" not in page, "a stairwell's picture says nothing of a door"
    typed = {"fixture": str(mine.uuid), "uuid": str(uuid7()), "name": "x", "opens": "no"}
    answer = anybody().post(reverse("exits-say", args=[token_of(other)]), typed)
    assert answer.status_code == 404, "a neighbour says nothing about this door"
    assert anybody().get(reverse("exits-here", args=[Signer(salt="other", sep=".").sign("x")])).status_code == 404


def test_a_resident_signs_that_it_opens_and_later_that_it_is_gone(hanging: Hanging) -> None:
    one, client, address = hanging.fence(), anybody(), reverse("exits-say", args=[token_of(hanging.home)])
    said = {"fixture": str(one.uuid), "uuid": str(uuid7()), "opens": "yes"}
    assert "Write the name" in text_of(client.post(address, said, follow=True))
    client.post(address, said | {"name": "王小明"})
    assert hanging.state(one) is State.HANGS
    client.post(address, {"step": "out"})
    assert hanging.how(one)[:2] == (State.TO_REMOVE, Why.SAFETY)
    actions.record_removed(fixture=one, by=hanging.by("bingsi-shuji"))
    client.post(address, {"step": "gone", "fixture": str(one.uuid), "name": "王小明"})
    assert hanging.state(one) is State.GONE


def test_a_resident_reports_a_chain_by_the_link_and_anybody_without_one(hanging: Hanging) -> None:
    address = reverse("exits-report", args=[token_of(hanging.home)])
    typed = {"uuid": str(uuid7()), "thing": "chain", "spot": "单元门", "place": str(hanging.unit.uuid)}
    assert "call 119" in text_of(anybody().post(address, typed, follow=True))
    assert hanging.how(only()) == (State.TO_REMOVE, Why.FOUND, "并四第一网格支部")
    wrong = typed | {"uuid": str(uuid7()), "place": str(hanging.tiny.homes[1].uuid)}
    assert "Choose where it is" in text_of(anybody().post(address, wrong, follow=True))
    public = {"uuid": str(uuid7()), "thing": "car", "spot": "东岗里消防车通道", "community": "并州东街四社区"}
    assert "call 119" in text_of(anybody().post(reverse("exits"), public, follow=True))
    answer = anybody().post(reverse("exits"), {"uuid": str(uuid7()), "thing": "car", "community": "并州东街四社区"})
    assert (answer.status_code, "Write where it is" in text_of(answer)) == (422, True)
    assert {one.place.name for one in Fixture.objects.within(EVERYTHING)} == {"1单元", "并州东街四社区居委会"}


def test_a_walk_is_on_the_list_of_whoever_answers_for_the_grid(hanging: Hanging, sign_in: SignIn) -> None:
    worker.run_pending()
    one = Walk.objects.get(grid=hanging.tiny.grids[0])
    client = sign_in("bingsi-1")
    address = reverse("walk", args=[one.uuid])
    assert address in text_of(client.get(reverse("fixtures")))
    assert sign_in("dengqiao-1").get(address).status_code == 404
    found = {"uuid": str(uuid7()), "place": str(hanging.unit.uuid), "thing": "other", "spot": "后门堆杂物"}
    page = text_of(client.post(reverse("walk-found", args=[one.uuid]), found, follow=True))
    assert "后门堆杂物" in page
    client.post(reverse("walk-done", args=[one.uuid]))
    assert address not in text_of(client.get(reverse("fixtures")))
    assert queries.found_on(Walk.objects.get(pk=one.pk))[0].thing == Thing.OTHER


def test_the_door_s_page_shows_what_hangs_between_it_and_the_street(hanging: Hanging, sign_in: SignIn) -> None:
    Doors(hanging.tiny).order()
    worker.run_pending()
    one = hanging.fence()
    task = Task.objects.within(EVERYTHING).filter(door__grid=hanging.tiny.grids[0]).order_by("id").first()
    assert task
    assert reverse("fixture", args=[one.uuid]) in text_of(sign_in("bingsi-1").get(reverse("door", args=[task.uuid])))


def test_the_list_takes_the_same_number_of_queries_for_one_and_for_five(hanging: Hanging, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("fixtures"), {"tab": "all"}).status_code == 200
        return len(caught)

    hanging.found()
    client.get(reverse("fixtures"))
    one = count()
    for _ in range(4):
        hanging.found()
    hanging.fence()
    assert count() == one

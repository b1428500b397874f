"""All open questions of a door on one form, judged again by the server; the chat; contradictions; one's own data."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from tests.domains.asking import bank

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.demo.small import Small
from wangge.domains.asking.actions import close_ask, record_answers
from wangge.domains.asking.filling import SALT
from wangge.domains.asking.models import Answer, Ask
from wangge.domains.asking.queries.answers import value_of
from wangge.domains.asking.queries.doors import open_door
from wangge.domains.asking.queries.opened import as_put
from wangge.domains.asking.rules import Source
from wangge.domains.duty.queries import by_for
from wangge.domains.people.models import Person
from wangge.domains.people.queries import door_of
from wangge.domains.places.models import Place
from wangge.domains.work.models import Attempt, Task, TaskItem
from wangge.web.desk.held import held

SignIn = Callable[..., Client]
RIGHT = Right.WORK_DOORS


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def asked(tiny: Small) -> Small:
    """Two asks at every door of the community: of the household, and of each person."""
    bank.publish(bank.SUPPLIES, bank.HEALTH)
    bank.ask(tiny, "has_supplies", "missing")
    bank.ask(tiny, "fever", "temperature", title="问发烧", purpose="及早就医")
    worker.run_pending()
    return tiny


def door(tiny: Small) -> Place:
    home = tiny.family[0].home
    assert home
    return door_of(home)


def task(tiny: Small) -> Task:
    return Task._base_manager.get(door=door(tiny), response=tiny.response, state="open")


def put(tiny: Small) -> str:
    """The form as it stands now, sealed as the page seals it."""
    found = open_door(by_for(tiny.accounts["bingsi-1"]).scope(RIGHT), door(tiny))
    return signing.dumps([str(door(tiny).uuid), as_put(found)], salt=SALT)


def form(tiny: Small, **more: str) -> dict[str, str]:
    """A plain form: supplies are short, nobody has a fever."""
    found = open_door(by_for(tiny.accounts["bingsi-1"]).scope(RIGHT), door(tiny))
    people = [part.key for part in found.parts if part.person]
    return {
        "submission": str(uuid4()), "channel": "door", "put": put(tiny), "q.h_has_supplies": "no", "q.h_missing": "米",
        **{f"q.{key}_answers_now": "yes" for key in people}, **{f"q.{key}_fever": "no" for key in people}, **more,
    }  # fmt: skip


def url(tiny: Small) -> str:
    return reverse("door-questions", args=[task(tiny).uuid])


def answers() -> dict[str, int]:
    names = Answer._base_manager.filter(state="current").values_list("question__name", flat=True)
    return {name: list(names).count(name) for name in set(names)}


def test_one_form_for_everything_with_purpose_and_ground(asked: Small, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    assert "questions to ask here" in text(client.get(reverse("door", args=[task(asked).uuid])))
    said = client.get(url(asked))
    assert [word for word in ("看谁家缺物资", "及早就医", asked.response.ground) if word not in text(said)] == []
    assert said.content.decode().count('name="q.h_has_supplies"') == 2  # two radios of one question
    assert AccessLog.objects.filter(task=task(asked).uuid).count() == len(asked.family)


def test_it_counts_for_every_ask_and_closes_the_door(asked: Small, sign_in: SignIn) -> None:
    at = task(asked)
    answer = sign_in("bingsi-1").post(url(asked), form(asked), follow=True)
    assert "Receipt" in text(answer)
    assert answers() == {"has_supplies": 1, "missing": 1, "fever": len(asked.family), "temperature": len(asked.family)}
    for ask in Ask.objects.all():
        sums = bank.sums(ask)
        assert sums["done"] == (1 if ask.subject == "household" else len(asked.family))
    assert not TaskItem._base_manager.filter(task=at, kind="ask", state="open").exists()


def test_sent_twice_it_is_once(asked: Small, sign_in: SignIn) -> None:
    client, typed, address = sign_in("bingsi-1"), form(asked), url(asked)
    client.post(address, typed)
    before = Answer._base_manager.count()
    client.post(address, typed)
    assert Answer._base_manager.count() == before
    assert list(Attempt._base_manager.values_list("outcome", "channel")) == [("done", "door")]


def test_the_server_judges_again(asked: Small, sign_in: SignIn) -> None:
    found = open_door(by_for(asked.accounts["bingsi-1"]).scope(RIGHT), door(asked))
    key = next(part.key for part in found.parts if part.person)
    wrong = form(asked, **{f"q.{key}_fever": "yes", f"q.{key}_temperature": "99"})
    answer = sign_in("bingsi-1").post(url(asked), wrong)
    assert answer.status_code == 422
    assert answers() == {}
    assert "errorlist" in answer.content.decode()


def test_a_phone_is_told_in_words_what_is_wrong(asked: Small, sign_in: SignIn) -> None:
    xml = '<data id="door" version="1"><h><h_has_supplies>perhaps</h_has_supplies></h></data>'
    answer = sign_in("bingsi-1").post(url(asked), {"xml": xml, "submission": str(uuid4()), "put": put(asked)})
    assert answer.status_code == 422
    assert "家里还有基本生活物资吗" in answer.json()["message"]


def test_somebody_who_is_not_there_is_noted_and_the_others_count(asked: Small, sign_in: SignIn) -> None:
    found = open_door(by_for(asked.accounts["bingsi-1"]).scope(RIGHT), door(asked))
    key, person = next(iter(found.people.items()))
    typed = form(asked, **{f"q.{key}_answers_now": "absent"})
    sign_in("bingsi-1").post(url(asked), typed)
    assert Attempt._base_manager.filter(person=person, outcome="absent").count() == 1
    assert answers()["fever"] == len(asked.family) - 1


def test_two_workers_at_one_door_lose_nothing(asked: Small, sign_in: SignIn) -> None:
    typed, address = form(asked, **{"q.h_missing": "药"}), url(asked)
    by = by_for(asked.accounts["bingsi-1"])
    record_answers(
        door=door(asked), values={"has_supplies": "no", "missing": "米"}, at=clock.now(), by=by, source=Source.PHONE
    )
    sign_in("bingsi-1").post(address, typed)
    assert Answer._base_manager.filter(question__name="missing").count() == 2
    assert answers()["missing"] == 1


def test_what_was_said_before_an_ask_ended_is_kept_when_it_arrives_after(asked: Small, sign_in: SignIn) -> None:
    client, typed, address = sign_in("bingsi-1"), form(asked), url(asked)
    for ask in Ask.objects.all():
        close_ask(ask=ask, by=SYSTEM)
    said = text(client.post(address, typed, follow=True))
    count = 2 + len(asked.family)
    assert f"{count} answers are recorded" in said
    assert {name: answers()[name] for name in ("has_supplies", "fever")} == {
        "has_supplies": 1,
        "fever": len(asked.family),
    }


def test_a_later_ask_of_a_half_known_form_asks_only_the_rest_and_blanks_nothing(asked: Small, sign_in: SignIn) -> None:
    """What was answered meanwhile, or before, stays although the form that comes back does not hold it."""
    client, typed, address = sign_in("bingsi-1"), form(asked, **{"q.h_missing": ""}), url(asked)
    by = by_for(asked.accounts["bingsi-1"])
    values = {"has_supplies": "no", "missing": "米"}
    record_answers(door=door(asked), values=values, at=clock.now(), by=by, source=Source.PHONE)
    client.post(address, typed)
    assert value_of(Answer._base_manager.get(question__name="missing", state="current")) == "米"
    now = form(asked)
    only = {name: text for name, text in now.items() if "has_supplies" not in name and "missing" not in name}
    assert client.post(address, only).status_code != 422


def test_somebody_who_moved_away_meanwhile_stops_nobody(asked: Small, sign_in: SignIn) -> None:
    found = open_door(by_for(asked.accounts["bingsi-1"]).scope(RIGHT), door(asked))
    key, person = next(iter(found.people.items()))
    typed, address = form(asked, **{f"q.{key}_answers_now": "absent"}), url(asked)
    Person._base_manager.filter(pk=person.pk).update(home=asked.yards[0])
    assert "are recorded" in text(sign_in("bingsi-1").post(address, typed, follow=True))
    assert answers()["fever"] == len(asked.family) - 1
    assert not Attempt._base_manager.filter(person=person).exists()


@pytest.mark.parametrize("sealed", ["", "nonsense"])
def test_a_form_that_was_changed_on_the_way_gets_no_receipt(asked: Small, sign_in: SignIn, sealed: str) -> None:
    answer = sign_in("bingsi-1").post(url(asked), form(asked) | {"put": sealed})
    assert answer.status_code == 422
    assert "damaged on the way" in text(answer)
    assert answers() == {}


def test_the_phone_comes_first_where_a_number_is_known_until_a_call_fails(asked: Small, sign_in: SignIn) -> None:
    client, at = sign_in("bingsi-1"), task(asked)
    page = client.get(reverse("door", args=[at.uuid]))
    known = any(person.phone_index for person in asked.family)
    assert page.context["channel"] == ("phone" if known else "door")
    tried = {"uuid": str(uuid4()), "outcome": "unreachable", "channel": "phone"}
    client.post(reverse("door-record", args=[at.uuid]), tried)
    assert client.get(reverse("door", args=[at.uuid])).context["channel"] == "door"


def test_a_paste_is_read_and_counts_once_it_is_confirmed(asked: Small, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    page = client.post(reverse("chat"), {"text": "3-2-501 药没了\n9-9-999 没米了"})
    assert page.status_code == 200
    assert len(page.context["lines"]) == 2
    assert answers() == {}
    typed = {
        "paste": str(uuid4()), "take": ["1"], "door_1": str(door(asked).uuid),
        "answer_1": ["has_supplies=no", "missing=米"],
    }  # fmt: skip
    assert "1 line is recorded" in text(client.post(reverse("chat-confirm"), typed, follow=True))
    assert answers() == {"has_supplies": 1, "missing": 1}
    assert Answer._base_manager.filter(source="chat").count() == 2


def test_a_door_elsewhere_is_not_answered_from_a_paste(asked: Small, sign_in: SignIn) -> None:
    typed = {"paste": "x", "take": ["1"], "door_1": str(asked.yards[0].uuid), "answer_1": ["has_supplies=no"]}
    assert sign_in("bingsi-1").post(reverse("chat-confirm"), typed).status_code == 403
    assert answers() == {}


def test_a_contradiction_is_shown_with_both_and_settled_by_a_person(asked: Small, sign_in: SignIn) -> None:
    by, at = SYSTEM, clock.now()
    record_answers(door=door(asked), values={"has_supplies": "no"}, at=at, by=by, source=Source.VISIT)
    record_answers(door=door(asked), values={"has_supplies": "yes"}, at=at, by=by, source=Source.LIST)
    client = sign_in("bingsi-1")
    one = Answer._base_manager.get(state="disputed")
    assert "家里还有基本生活物资吗" in text(client.get(reverse("disputed")))
    said = text(client.get(reverse("answer-settle", args=[one.uuid])))
    assert "有" in said
    assert "没有" in said
    client.post(reverse("answer-settle", args=[one.uuid]), {"keep": "this"})
    one.refresh_from_db()
    assert one.state == "current"
    assert Answer._base_manager.filter(state="disputed").count() == 0


def test_a_resident_reads_what_was_answered_about_them(asked: Small, sign_in: SignIn) -> None:
    sign_in("bingsi-1").post(url(asked), form(asked))
    said = str([section.rows for section in held(asked.family[0])])
    assert "发烧吗？" in said
    assert "缺什么？" in said
    assert "米" in said

"""The package: one's own doors and only what the visit needs; differences that add up to the whole."""

import gzip
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domains.asking import bank
from tests.domains.work.doors import attempt as tried
from tests.domains.work.doors import put
from tests.sync.handset import APP, Handset, attempt, command

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.demo.small import Small
from wangge.domains.asking.door_form import compose
from wangge.domains.asking.door_xml import door_xml
from wangge.domains.asking.models import Answer
from wangge.domains.asking.queries.doors import open_door, open_doors
from wangge.domains.asking.xform import xform
from wangge.domains.duty.actions import accept, end, offer
from wangge.domains.duty.models import Holding
from wangge.domains.phones.actions import Given, hand_out
from wangge.domains.phones.models import Handed, Phone
from wangge.domains.places.queries import label
from wangge.domains.work.models import Attempt, Task
from wangge.domains.work.rules import Outcome

Phones = Callable[..., Handset]


def package(phone: Handset, since: str = "") -> dict[str, Any]:
    answer = phone.get(f"package?since={since}")
    assert answer.status_code == 200, answer.content
    content: dict[str, Any] = answer.json()
    return content


@pytest.fixture
def asked(tiny: Small) -> Small:
    """Two asks at every door of the community."""
    bank.publish(bank.SUPPLIES, bank.HEALTH)
    bank.ask(tiny, "has_supplies", "missing")
    bank.ask(tiny, "fever", "temperature", title="问发烧", purpose="及早就医")
    worker.run_pending()
    return tiny


def mine(tiny: Small) -> set[str]:
    tasks = Task._base_manager.filter(post=tiny.posts["bingsi-1"], state="open")
    return {str(uuid) for uuid in tasks.values_list("uuid", flat=True)}


def test_ones_own_doors_and_only_what_the_visit_needs(asked: Small, phone: Phones) -> None:
    said = package(phone())
    assert said["whole"]
    assert {door["task"] for door in said["doors"]} == mine(asked)
    assert len(said["doors"]) == 6
    door = said["doors"][0]
    assert set(door) == {
        "task", "door", "name", "where", "walk", "due", "late", "raised", "items", "people", "known", "tries", "then",
        "form",
    }  # fmt: skip
    assert [one["name"] for one in door["people"]]
    assert set(door["people"][0]) == {"uuid", "name", "age", "frail", "phone", "stays", "intake"}
    numbers = [typed.phone for typed in asked.typed.values() if typed.phone]
    assert numbers
    assert [number for number in numbers if number in str(said)] == []
    assert said["words"]["outcomes"]["absent"] == "absent"


def test_the_form_of_a_door_is_the_pages_and_comes_once(asked: Small, phone: Phones) -> None:
    handset = phone()
    said = package(handset)
    scope = asked.by("bingsi-1").scope(next(iter(asked.by("bingsi-1").scopes)))
    by_door = {door["door"]: door for door in said["doors"]}
    for task in Task._base_manager.filter(post=asked.posts["bingsi-1"], state="open").select_related("door"):
        found = open_door(scope, task.door)
        whole = compose(title={"zh": label(task.door)}, version="1", parts=found.parts, forms=found.forms)
        assert by_door[str(task.door.uuid)]["form"]["xml"] == xform(whole.questionnaire)
        assert by_door[str(task.door.uuid)]["form"]["count"] == found.count
    task = Task._base_manager.select_related("door").get(uuid=said["doors"][0]["task"])
    tried(task, Outcome.ABSENT)
    again = package(handset, said["cursor"])
    assert [door["task"] for door in again["doors"]] == [str(task.uuid)]
    assert again["doors"][0]["form"]["xml"] is None
    assert again["doors"][0]["form"]["hash"] == said["doors"][0]["form"]["hash"]
    assert len(again["doors"][0]["tries"]) == 1


def test_what_was_filled_in_comes_back_as_answers_in_its_own_time(asked: Small, phone: Phones) -> None:
    handset = phone()
    door = package(handset)["doors"][0]
    names = "".join(
        f"<{one}><{one}_answers_now>yes</{one}_answers_now><{one}_fever>no</{one}_fever></{one}>"
        for one in (f"p{person['uuid'].replace('-', '')[-12:]}" for person in door["people"])
    )
    xml = f'<data id="door" version="1"><h><h_has_supplies>yes</h_has_supplies></h>{names}</data>'
    with clock.held(clock.now() + timedelta(hours=5)):
        at = clock.now() - timedelta(hours=2)
        data = {"xml": xml, "put": door["form"]["put"], "channel": "door"}
        sent = command("answers", data, at, task=door["task"], door=door["door"])
        assert [one["verdict"] for one in handset.send(sent, sent)] == ["done", "had"]
        assert set(Answer._base_manager.values_list("at", flat=True)) == {at}
        assert Attempt._base_manager.get().at == at
        wrong = data | {"xml": xml.replace(">yes</h_has", ">perhaps</h_has")}
        (refused,) = handset.send(command("answers", wrong, task=door["task"]))
        assert (refused["verdict"], refused["code"]) == ("refused", "answers_wrong")
        assert "家里还有基本生活物资吗" in refused["words"]
        (torn,) = handset.send(command("answers", data | {"put": "x" + data["put"]}, task=door["task"]))
        assert torn["code"] == "form_broken"


def test_two_who_answered_differently_are_both_kept(asked: Small, phone: Phones) -> None:
    one, other = phone(), phone("bingsi-zhibu-1")
    door = package(one)["doors"][0]
    verdicts = []
    for handset, said in ((one, "yes"), (other, "no")):
        who = "".join(
            f"<{key}><{key}_answers_now>absent</{key}_answers_now></{key}>"
            for key in (f"p{person['uuid'].replace('-', '')[-12:]}" for person in door["people"])
        )
        xml = f'<data id="door" version="1"><h><h_has_supplies>{said}</h_has_supplies></h>{who}</data>'
        data = {"xml": xml, "put": door["form"]["put"], "channel": "door"}
        verdicts += [each["verdict"] for each in handset.send(command("answers", data, task=door["task"]))]
    assert verdicts[0] == "done"
    assert Answer._base_manager.filter(question__name="has_supplies").count() == 2
    assert verdicts[1] in ("done", "kept")


def test_a_phone_sheds_what_is_not_its_own_and_the_new_holder_sees_the_work(asked: Small, phone: Phones) -> None:
    old, new = phone(), phone("dengqiao-1")
    before = package(old)
    door = before["doors"][0]
    task = Task._base_manager.get(uuid=door["task"])
    with clock.held(clock.now() + timedelta(hours=1)):
        for holding in Holding.objects.filter(post=asked.posts["bingsi-1"], ends__isnull=True):
            accept(holding=offer(post=holding.post, account=new.account, by=SYSTEM), by=SYSTEM)
            accept(holding=offer(post=asked.posts["dengqiao-1"], account=old.account, by=SYSTEM), by=SYSTEM)
            end(holding=holding, by=SYSTEM)
    with clock.held(clock.now() + timedelta(hours=2)):
        (said,) = old.send(attempt(task, "absent"))
        assert said["verdict"] == "done"
        after = package(old, before["cursor"])
        assert not after["whole"]
        assert {door["task"] for door in before["doors"]} <= set(after["gone"])
        theirs = {one["task"]: one for one in package(new)["doors"]}
        assert len(theirs[door["task"]]["tries"]) == 1


def test_who_lives_there_was_looked_at_once_a_day(asked: Small, phone: Phones) -> None:
    handset = phone()
    doors = package(handset)["doors"]
    people = sum(len(door["people"]) for door in doors)
    looks = AccessLog.objects.filter(account=handset.account.uuid, kind="opened")
    assert looks.count() == people
    package(handset)
    assert looks.count() == people
    with clock.held(clock.now() + timedelta(days=1)):
        package(handset, "")
        assert looks.count() == 2 * people


def test_as_many_questions_to_the_database_for_three_doors_as_for_one(tiny: Small, phone: Phones) -> None:
    bank.publish(bank.SUPPLIES, bank.HEALTH)
    counts = []
    for homes in (tiny.homes[:1], tiny.homes[:3]):
        put(tiny, *homes, kind=f"ask_needs_{len(homes)}")
        handset = phone()
        package(handset)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            package(handset)
        counts.append(len(asked))
    assert counts[0] == counts[1] < 45


def test_many_doors_are_read_as_one_is(asked: Small) -> None:
    scope = asked.by("bingsi-shuji").scope(next(iter(asked.by("bingsi-shuji").scopes)))
    together = open_doors(scope, asked.homes)
    for home in asked.homes:
        assert together[home.pk] == open_door(scope, home)


def test_a_name_with_signs_of_xml_stays_a_name(asked: Small) -> None:
    scope = asked.by("bingsi-1").scope(next(iter(asked.by("bingsi-1").scopes)))
    person = asked.family[0]
    person.name = "甲<&\"'乙"
    person.save(update_fields=["name"])
    found = open_door(scope, asked.homes[0])
    title = {"zh": "甲<乙>&"}
    whole = compose(title=title, version="1", parts=found.parts, forms=found.forms)
    assert door_xml(title, found.parts, found.forms) == xform(whole.questionnaire)


contents = st.dictionaries(st.integers(0, 5), st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=6)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(st.tuples(contents, st.booleans()), min_size=1, max_size=8))
def test_differences_add_up_to_the_whole(tiny: Small, states: list[tuple[dict[int, tuple[int, int]], bool]]) -> None:
    """Whatever changes and whichever answers are lost: what the phone applied is what it is to hold."""
    Phone.objects.all().delete()
    from wangge.domains.duty.models import Device

    device, _new = Device.objects.get_or_create(secret_hash="-", defaults={"enrolled_at": clock.now()})
    now, account = clock.now(), tiny.accounts["bingsi-1"]
    phone = Phone.objects.create(device=device, account=account, first_at=now, seen_at=now)
    tasks = [home.uuid for home in tiny.homes[:6]]
    held: dict[Any, tuple[int, int]] = {}
    forms: dict[Any, int] = {}
    cursor = ""
    for content, heard in states:
        given_ = [Given(tasks[at], tiny.homes[at], str(a), str(b)) for at, (a, b) in content.items()]
        parcel = hand_out(phone=phone, given=given_, since=cursor)
        if not heard:
            continue
        now_there = {tasks[at]: pair for at, pair in content.items()}
        if parcel.whole:
            held, forms = {}, {}
        for uuid in parcel.gone:
            held.pop(uuid, None)
            forms.pop(uuid, None)
        for uuid in parcel.changed:
            held[uuid] = now_there[uuid]
        for uuid in parcel.forms:
            forms[uuid] = now_there[uuid][1]
        cursor = parcel.cursor
        assert held == now_there
        assert forms == {uuid: pair[1] for uuid, pair in now_there.items()}


def test_a_cursor_that_is_anothers_or_too_old_gives_everything(asked: Small, phone: Phones) -> None:
    handset = phone()
    cursor = package(handset)["cursor"]
    assert not package(handset, cursor)["whole"]
    for other in ("", "x", "a.b.c", cursor.replace(cursor[:4], "0000"), f"{cursor[:-10]}2022-01-01"):
        assert package(handset, other)["whole"]
    assert Handed._base_manager.count() == 6


def test_it_travels_packed_for_a_slow_network(asked: Small, phone: Phones) -> None:
    handset = phone()
    answer = handset.client.get("/sync/package", headers={"X-Wangge-App": APP, "Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(answer.content))["doors"]) > 0
    assert "Content-Encoding" not in handset.get("package").headers

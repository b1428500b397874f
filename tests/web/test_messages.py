"""An office chooses, looks at and sends a message; a caller works off the list; a resident chooses how to be told."""

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.domains.messages.office import VALUES, Office

from wangge.base import clock
from wangge.base.access.models import AccessLog
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.messages import handing
from wangge.domains.messages.models import Dispatch, GroupRobot, MessageTemplate
from wangge.domains.messages.rules import State
from wangge.domains.people.queries import details

SignIn = Callable[..., Client]
FORM = {"template": "notice", "area": "1号楼", "audience": "households", **VALUES}


@pytest.fixture
def office(tiny: Small, settings: Settings) -> Office:
    settings.WANGGE_GATEWAYS, settings.WANGGE_QUIET_HOURS = {}, (0, 0)
    return Office(tiny)


def emptied() -> None:
    while handing.hand_out():
        pass


def test_a_message_is_looked_at_with_its_count_before_it_goes(office: Office, sign_in: SignIn) -> None:
    secretary, address = sign_in("bingsi-shuji"), reverse("message-new")
    text = secretary.get(address).content.decode()
    assert "Notice" in text
    answer = secretary.post(address, FORM | {"uuid": str(uuid7()), "step": "look"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert Dispatch.objects.count() == 0
    assert f"Send it to {len(office.people())} people" in text
    assert "王秀兰" in text or "tests" in text or VALUES["what"] in text
    assert "12345" in text
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))
    for _ in range(2):
        answer = secretary.post(address, carried, follow=True)
    assert answer.status_code == 200
    assert Dispatch.objects.count() == 1
    assert len(office.rows()) == len(office.people())


def test_what_is_missing_is_said_at_its_field(office: Office, sign_in: SignIn) -> None:
    secretary, address = sign_in("bingsi-shuji"), reverse("message-new")
    answer = secretary.post(address, FORM | {"when": ""})
    assert (answer.status_code, "would have a hole" in answer.content.decode()) == (422, True)
    answer = secretary.post(address, FORM | {"area": "99号楼"})
    assert (answer.status_code, "is not one place here" in answer.content.decode()) == (422, True)
    answer = secretary.post(address, FORM | {"audience": ""})
    assert (answer.status_code, "Choose who is told" in answer.content.decode()) == (422, True)
    assert sign_in("bingsi-1").get(address).status_code == 403


def test_the_list_and_the_page_add_up(office: Office, sign_in: SignIn) -> None:
    one = office.send()
    emptied()
    secretary = sign_in("bingsi-shuji")
    text = secretary.get(reverse("messages")).content.decode()
    assert "Notice" in text
    assert "Not connected" in text
    text = secretary.get(reverse("message", args=[one.uuid])).content.decode()
    assert "no gateway is connected" in text
    assert reverse("calls") in text
    assert sign_in("dengqiao-shuji").get(reverse("message", args=[one.uuid])).status_code == 404


def test_lists_cost_the_same_for_one_and_for_many(office: Office, sign_in: SignIn) -> None:
    secretary = sign_in("bingsi-shuji")
    for address in ("messages", "calls"):
        office.send("notice")
        emptied()
        secretary.get(reverse(address))
        with CaptureQueriesContext(
            connection,
        ) as few:
            secretary.get(reverse(address))
        for _ in range(3):
            office.send("evacuate", place=office.tiny.places["community"])
        emptied()
        with CaptureQueriesContext(connection) as many:
            secretary.get(reverse(address))
        assert len(many) == len(few), address


def test_a_number_is_shown_on_a_tap_that_is_on_record(office: Office, sign_in: SignIn) -> None:
    person = office.with_phone()
    office.send("evacuate")
    emptied()
    worker = sign_in("bingsi-1")
    assert person.name not in worker.get(reverse("calls")).content.decode()
    address = reverse("call", args=[office.row(person).uuid])
    text = worker.get(address).content.decode()
    number = str(details(person)["phone"])
    assert person.name in text
    assert number not in text
    assert "Never ask for an ID number" in text
    assert f"tel:{number}" in worker.post(address, {"step": "number"}).content.decode()
    assert AccessLog.objects.filter(kind="revealed", person=person.uuid, reason="call list").count() == 1
    answer = worker.post(address, {"uuid": str(uuid7()), "outcome": "reached"}, follow=True)
    assert answer.status_code == 200
    assert office.row(person).state == State.REACHED
    assert "reached meanwhile" in worker.get(address).content.decode()
    assert sign_in("dengqiao-1").get(address).status_code == 404
    assert sign_in("jiance").get(reverse("calls")).status_code == 403


def test_an_outcome_has_to_be_chosen(office: Office, sign_in: SignIn) -> None:
    person = office.with_phone()
    office.send()
    emptied()
    answer = sign_in("zhiban").post(reverse("call", args=[office.row(person).uuid]), {"uuid": str(uuid7())})
    assert (answer.status_code, "Choose what came of the call" in answer.content.decode()) == (422, True)


def test_a_template_is_written_anew_for_a_place_and_taken_back(office: Office, sign_in: SignIn) -> None:
    district, address = sign_in("yingze"), reverse("message-template", args=["notice"])
    said = re.findall(r'(?s)<li class="card">.*?</li>', district.get(address).content.decode())
    assert len(said) > 10
    assert not any("{" in text for text in said), "every hole of a preview is filled"
    wrong = {"zh_sms": "【{office}】{what}，看 https://x.cn", "zh_group": "{name}：{what}，问{number}，投诉{complain}"}
    answer = district.post(address, wrong)
    said = answer.content.decode()
    assert answer.status_code == 422
    for words in ("says where to complain", "teach people to be cheated", "A group is read by everybody"):
        assert words in said
    answer = district.post(address, {"zh_sms": "【{office}】请注意：{what}。问{number}，投诉{complain}。"}, follow=True)
    assert answer.status_code == 200
    assert MessageTemplate.objects.get().edition == 2
    assert "请注意" in sign_in("bingsi-shuji").get(address).content.decode()
    assert sign_in("bingsi-shuji").post(address, {"zh_sms": "x"}).status_code == 403
    district.post(reverse("message-template-retire", args=["notice"]))
    assert "请注意" not in sign_in("bingsi-shuji").get(address).content.decode()


def test_a_groups_address_is_never_shown_again(office: Office, sign_in: SignIn) -> None:
    district, address = sign_in("yingze"), reverse("message-channels")
    secret = "wecombot://0123456789-abcdef"
    assert district.post(address, {"name": "并四居民群", "url": "https://example.org/x", "uuid": ""}).status_code == 422
    typed = {"name": "并四居民群", "url": secret, "area": "并州东街四社区居委会", "uuid": str(uuid7())}
    for _ in range(2):
        district.post(address, typed)
    robot = GroupRobot.objects.get()
    text = district.get(address).content.decode()
    assert "并四居民群" in text
    assert "0123456789" not in text
    assert b"0123456789" not in bytes(robot.sealed)
    assert "并四居民群" in sign_in("bingsi-shuji").get(reverse("message-new")).content.decode()
    district.post(reverse("message-robot-end", args=[robot.uuid]))
    robot.refresh_from_db()
    assert (robot.ended_at is not None, bytes(robot.sealed)) == (True, b"")


def test_a_resident_chooses_and_stops_without_an_account(office: Office, sign_in: SignIn) -> None:
    person, secretary = office.with_phone(), sign_in("bingsi-shuji")
    ways = reverse("person-ways", args=[person.uuid])
    assert secretary.get(ways).status_code == 302, "the record is not open"
    secretary.post(reverse("person-open", args=[person.uuid]), {"reason": "other", "words": "来电"})
    assert secretary.get(ways).status_code == 200
    text = secretary.post(reverse("person-ways-address", args=[person.uuid])).content.decode()
    found = re.search(r"/r/messages/([\w-]+)", text)
    assert found
    resident, address = Client(), reverse("ways", args=[found[1]])
    assert person.name not in resident.get(address).content.decode()
    resident.post(address, {"language": "en", "chosen": "voice"})
    office.send("notice")
    assert office.row(person).channel == "voice"
    resident.post(address, {"step": "stop"})
    office.send("notice")
    assert office.row(person).state == State.STOPPED
    answer = resident.post(address, {"language": "en", "chosen": "sms", "no_sms": "on"})
    assert answer.status_code == 422
    assert resident.get(reverse("ways", args=["nothing"])).status_code == 404


def reported(client: Client, way: str, said: dict[str, Any], secret: str = "s", late: int = 0) -> Any:
    body = json.dumps(said).encode()
    at = str(int(clock.now().timestamp()) - late)
    signed = hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
    return client.post(
        reverse("gateway-report", args=[way]), body, content_type="application/json",
        headers={"X-Wangge-Time": at, "X-Wangge-Signature": signed},
    )  # fmt: skip


def test_a_gateways_report_is_taken_only_when_it_is_signed_and_of_now(
    office: Office, sign_in: SignIn, settings: Settings
) -> None:
    person, client = office.with_phone(), Client()
    named = {"url": "http://127.0.0.1:9/", "secret": "s", "fields": {}}
    settings.WANGGE_GATEWAYS = {"sms": named}
    office.send()
    parcel = uuid7()
    row = office.row(person)
    type(row)._base_manager.filter(pk=row.pk).update(state="sent", parcel=parcel, sent_at=clock.now())
    said = {"id": str(parcel), "state": "delivered"}
    assert reported(client, "sms", said, secret="t").status_code == 403
    assert reported(client, "sms", said, late=1000).status_code == 403
    assert reported(client, "voice", said).status_code == 403, "nothing is connected there"
    assert reported(client, "sms", {"id": "x", "state": "delivered"}).status_code == 422
    assert reported(client, "sms", said).json() == {"taken": 1}
    answered = {"from": office.number(person), "text": "1"}
    assert reported(client, "sms", answered).json()["taken"] >= 1
    assert office.row(person).state == State.REACHED
    assert reported(client, "sms", answered).json() == {"taken": 0}


def test_a_gateway_that_is_down_shows_on_the_page_and_for_machines(office: Office, sign_in: SignIn) -> None:
    from wangge.domains.messages.actions.outbox import note_sign
    from wangge.domains.messages.rules import Why

    assert Client().get("/healthz").json()["channels_down"] == []
    note_sign("sms", [Why.UNAVAILABLE] * 3)
    assert Client().get("/healthz").json()["channels_down"] == ["sms"]
    assert "No answer from the gateway" in sign_in("bingsi-shuji").get(reverse("messages")).content.decode()

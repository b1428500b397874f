"""Responses: read by everybody they concern, opened after a look at what that will do, switched and closed."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.places.actions import add_alias
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force
from wangge.domains.work.models import Task, TaskItem

SignIn = Callable[..., Client]
OPEN = "/command/responses/open"


def text(html: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


def typed(**other: str) -> dict[str, str]:
    return {
        "step": "check", "title": "邓桥村洪水转移", "protocol": "flood-evacuation", "area": "邓桥村",
        "authority": "县防指", "document_no": "清防指〔2026〕3号", "ground": "防洪法", "remedy": "乡政府",
        "uuid": str(uuid7()), **other,
    }  # fmt: skip


def test_everybody_it_concerns_reads_it(tiny: Small, sign_in: SignIn) -> None:
    url = f"/command/responses/{tiny.response.uuid}/"
    for username in ("bingsi-1", "qiaodong", "zhihuibu", "yingze-zhengling"):
        client = sign_in(username)
        assert tiny.response.title in text(client.get("/command/responses/").content)
        said = text(client.get(url).content)
        for words in (tiny.response.document_no, "8th edition", "close contact", "central isolation, 14 days",
                      "tests on days 1, 4, 7, 14", "What is kept, and who sees it"):  # fmt: skip
            assert words in said
    assert "Switch the edition" in text(sign_in("zhihuibu").get(url).content)
    assert "Switch the edition" not in text(sign_in("yingze").get(url).content)


def test_a_response_elsewhere_is_not_there(tiny: Small, sign_in: SignIn) -> None:
    sign_in("zhihuibu").post(OPEN, typed(step="open"))
    flood = Response.objects.get(protocol_is("flood-evacuation"))
    assert sign_in("dengqiao-1").get(f"/command/responses/{flood.uuid}/").status_code == 200
    assert sign_in("bingsi-1").get(f"/command/responses/{flood.uuid}/").status_code == 404
    assert sign_in("yingze-zhengling").post(f"/command/responses/{flood.uuid}/close").status_code == 404
    drill = f"/command/responses/{tiny.response.uuid}/close"
    assert sign_in("yingze-zhengling").get(drill).status_code == 403  # the city's, not the district's


def protocol_is(key: str) -> Any:
    from django.db.models import Q

    return Q(phases__protocol=key)


def test_the_check_page_says_what_it_will_do_and_does_nothing(tiny: Small, sign_in: SignIn) -> None:
    people = sum(len(tiny.living[yard.pk]) for yard in tiny.yards)
    said = sign_in("zhihuibu").post(OPEN, typed())
    assert f"Everybody in the area is called: {people} people behind 3 doors." in text(said.content)
    assert Response.objects.count() == 1
    quiet = sign_in("zhihuibu").post(OPEN, typed(protocol="covid19-v8", drill="1", area="并州东街四社区"))
    others = len(tiny.people) - people
    assert f"{others} people behind 13 doors live in the area. Nothing is asked" in text(quiet.content)


def test_opening_puts_one_thing_per_person_at_the_doors(tiny: Small, sign_in: SignIn) -> None:
    client, form = sign_in("qingxu-zhengling"), typed(step="open", area="140121204216")
    for _twice in range(2):
        assert client.post(OPEN, form).status_code == 302
    worker.run_pending()
    flood = Response.objects.get(protocol_is("flood-evacuation"))
    people = [person.pk for yard in tiny.yards for person in tiny.living[yard.pk]]
    items = TaskItem._base_manager.filter(task__response=flood, kind="call_and_answer")
    assert sorted(items.values_list("person", flat=True)) == sorted(people)
    assert Task._base_manager.filter(response=flood).count() == 3


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "needs this by law"),
        ("remedy", "字" * 301, "longer than 300 characters"),
        ("protocol", "", "No protocol is chosen"),
        ("protocol", "../settings", "No protocol is chosen"),
        ("protocol", "covid19-v8", "was in force until"),
        ("area", "", "The area is missing"),
        ("area", "没有这个地方", "No place is called 没有这个地方"),
        ("area", "999999999999", "No place is called 999999999999"),
        ("area", "并州东街四社区", "lies outside the places of your post"),
    ],
)
def test_bad_input_is_said_at_its_field(tiny: Small, sign_in: SignIn, field: str, value: str, said: str) -> None:
    client = sign_in("qingxu-zhengling" if field == "area" else "zhihuibu")
    if "outside" in said:
        value = str(tiny.places["community"].code)
    answer = client.post(OPEN, typed(**{field: value}))
    assert answer.status_code == 422
    assert said in text(answer.content)
    assert "防洪法" in answer.content.decode()  # the rest stays as typed
    assert Response.objects.count() == 1


def test_two_places_of_one_name_are_chosen_between(tiny: Small, sign_in: SignIn) -> None:
    for key in ("village", "community"):
        add_alias(place=tiny.places[key], name="老街", by=SYSTEM)
    client = sign_in("zhihuibu")
    asked = client.post(OPEN, typed(area="老街"))
    assert asked.status_code == 422
    assert "2 places can be meant" in text(asked.content)
    choice = str(tiny.places["village"].uuid)
    assert choice in asked.content.decode()
    checked = client.post(OPEN, typed(area="老街", area_choice=choice))
    assert checked.status_code == 200
    assert "清徐县 集义乡 邓桥村" in text(checked.content)


def test_the_same_document_opens_once(tiny: Small, sign_in: SignIn) -> None:
    client = sign_in("zhihuibu")
    client.post(OPEN, typed(step="open"))
    again = client.post(OPEN, typed(step="open"))
    assert again.status_code == 422
    assert "has already opened a Response" in text(again.content)


def test_an_edition_is_switched_on_a_day(tiny: Small, sign_in: SignIn) -> None:
    client, url = sign_in("zhihuibu"), f"/command/responses/{tiny.response.uuid}/switch"
    day = clock.today() + timedelta(days=3)
    assert client.post(url, {"protocol": "covid19-class-b", "from_day": day.isoformat()}).status_code == 302
    fresh = Response.objects.get(pk=tiny.response.pk)
    assert in_force(fresh).key == "covid19-v8"
    assert in_force(fresh, day).key == "covid19-class-b"
    for wrong, said in (("2022-13-01", "cannot be read"), ("2022-01-01", "cannot be switched back in time")):
        answer = client.post(url, {"protocol": "covid19-class-b", "from_day": wrong})
        assert answer.status_code == 422
        assert said in text(answer.content)


def test_no_switch_turns_one_emergency_into_another(tiny: Small, sign_in: SignIn) -> None:
    client, url = sign_in("zhihuibu"), f"/command/responses/{tiny.response.uuid}/switch"
    answer = client.post(url, {"protocol": "flood-evacuation", "from_day": clock.today().isoformat()})
    assert answer.status_code == 422
    assert "open a Response of its own" in text(answer.content)
    assert in_force(Response.objects.get(pk=tiny.response.pk)).key == "covid19-v8"
    page = client.get(f"/command/responses/{tiny.response.uuid}/").content.decode()
    assert 'value="flood-evacuation"' not in page
    assert page.index('value="covid19-v8"') < page.index('value="covid19-v9"') < page.index('value="covid19-class-b"')


def test_closing_asks_first(tiny: Small, sign_in: SignIn) -> None:
    client, url = sign_in("zhihuibu"), f"/command/responses/{tiny.response.uuid}/close"
    assert "Every order under it ends now" in text(client.get(url).content)
    assert Response.objects.get(pk=tiny.response.pk).closed_at is None
    assert client.post(url).status_code == 302
    assert Response.objects.get(pk=tiny.response.pk).closed_at is not None
    assert "closed on" in text(client.get("/command/responses/").content)
    assert "No Response is open here" in text(client.get(f"/command/board/{tiny.places['city'].uuid}/").content)

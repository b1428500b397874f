"""Told apart: no trace on the phone, no way through the household or the street, two named readers, every look kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from wangge.base import clock
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.help import apart
from wangge.domains.help.models import Apart, ApartReader
from wangge.web.desk.held import held

SignIn = Callable[..., Client]
WORDS = "他不让我出门，昨天又动手了"


@pytest.fixture
def named(tiny: Small) -> Small:
    """A tracer and the district's authority are the two; neither is of the household's street."""
    for username in ("liudiao", "yingze-zhengling"):
        apart.name(place=tiny.places["district"], account=tiny.accounts[username], by=tiny.by("yingze"))
    return tiny


@pytest.fixture
def somebody() -> Client:
    return Client()


def send(client: Client, **changes: Any) -> Any:
    said = {"uuid": str(uuid7()), "what": WORDS, "safe": "周二上午，就说查水表", "phone": "13800000000"}
    return client.post(reverse("talk"), said | changes)


def test_the_page_leaves_nothing_on_the_phone_and_says_nothing_in_address_or_title(
    somebody: Client, named: Small
) -> None:
    for answer in (somebody.get(reverse("talk")), send(somebody), send(somebody, what="", phone="")):
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        title = answer.text.split("<title>")[1].split("</title>")[0]
        assert title == "便民服务"
        assert "csrf" not in answer.text
        assert "localStorage" not in answer.text
    assert reverse("talk") == "/r/talk"


def test_police_the_federation_and_the_way_out_are_one_step_away(somebody: Client, named: Small) -> None:
    page = somebody.get(reverse("talk")).text
    for number in ("110", "12338"):
        assert f'href="tel:{number}"' in page
    assert "data-leave" in page
    assert page.index("data-leave") < page.index("<h1>")


def test_it_is_taken_down_once_and_sealed(somebody: Client, named: Small) -> None:
    uuid = str(uuid7())
    assert [send(somebody, uuid=uuid).status_code for _time in range(2)] == [200, 200]
    one = Apart.objects.within(EVERYTHING).get()
    assert WORDS.encode() not in bytes(one.sealed)
    assert one.place == named.places["district"]
    assert WORDS not in str(list(Event.objects.values_list("data", flat=True)))


def test_two_named_people_read_it_and_every_look_stands_on_record(
    somebody: Client, named: Small, sign_in: SignIn
) -> None:
    send(somebody)
    one = Apart.objects.within(EVERYTHING).get()
    reader = sign_in("liudiao")
    assert WORDS not in reader.get(reverse("apart")).text
    for _time in range(2):
        assert WORDS in reader.get(reverse("apart-one", args=[one.uuid])).text
    looks = AccessLog.objects.filter(reason=f"apart:{one.uuid}")
    assert [look.account for look in looks] == [named.accounts["liudiao"].uuid] * 2
    for username in ("bingsi-1", "bingsi-shuji", "qiaodong", "yingze", "zhihuibu", "zhiban", "shenji", "qingxu"):
        other = sign_in(username)
        assert other.get(reverse("apart")).status_code == 404
        assert other.get(reverse("apart-one", args=[one.uuid])).status_code == 404
        assert other.post(reverse("apart-say", args=[one.uuid]), {"say": "take"}).status_code == 404
        assert str(one.uuid) not in other.get(reverse("help-requests")).text
    assert looks.count() == 2


def test_it_is_taken_up_noted_and_ended(somebody: Client, named: Small, sign_in: SignIn) -> None:
    send(somebody)
    one, reader = Apart.objects.within(EVERYTHING).get(), sign_in("liudiao")
    say = reverse("apart-say", args=[one.uuid])
    assert reader.post(say, {"say": "take"}).status_code == 302
    assert reader.post(say, {"say": "note", "words": ""}).status_code == 422
    reader.post(say, {"say": "note", "words": "周二见过面"})
    assert "周二见过面" in sign_in("yingze-zhengling").get(reverse("apart-one", args=[one.uuid])).text
    reader.post(say, {"say": "over", "words": "已住进庇护所"})
    assert Apart.objects.within(EVERYTHING).get().done_at is not None
    assert "Nothing waits" in reader.get(reverse("apart")).text


def test_a_third_reader_is_refused_and_who_names_does_not_read(named: Small, sign_in: SignIn) -> None:
    with pytest.raises(Problem, match="apart_full"):
        apart.name(place=named.places["district"], account=named.accounts["yisheng"], by=named.by("yingze"))
    office = sign_in("yingze")
    page = office.get(reverse("apart-names")).text
    assert named.accounts["liudiao"].name in page
    ending = ApartReader.objects.get(account=named.accounts["liudiao"])
    place = {"place": str(named.places["district"].uuid)}
    assert office.post(reverse("apart-names"), place | {"end": str(ending.uuid)}).status_code == 302
    assert sign_in("liudiao").get(reverse("apart")).status_code == 404
    assert office.post(reverse("apart-names"), place | {"username": "nobody-at-all"}).status_code == 422
    assert office.post(reverse("apart-names"), place | {"username": "yisheng"}).status_code == 302
    assert sign_in("yisheng").get(reverse("apart")).status_code == 200
    assert office.get(reverse("apart")).status_code == 404


def test_where_nobody_is_named_the_page_gives_the_numbers_alone(somebody: Client, tiny: Small) -> None:
    page = somebody.get(reverse("talk")).text
    assert "<form" not in page
    assert 'href="tel:12338"' in page
    assert send(somebody).status_code == 422
    assert Apart.objects.within(EVERYTHING).count() == 0


def test_it_points_at_no_person_and_no_door_and_stands_in_nobodys_record(somebody: Client, named: Small) -> None:
    fields = apps.get_model("wangge", "Apart")._meta.get_fields()
    assert {field.name for field in fields if field.is_relation} == {"place"}
    send(somebody, what=f"{named.family[0].name} {WORDS}")
    rows = str([section.rows for section in held(named.family[0])])
    assert WORDS not in rows
    assert "apart" not in rows


def test_not_taken_up_within_the_hour_it_is_late(somebody: Client, named: Small, sign_in: SignIn) -> None:
    send(somebody)
    one = Apart.objects.within(EVERYTHING).get()
    with clock.held(one.answer_by):
        assert "late" in sign_in("liudiao").get(reverse("apart")).text

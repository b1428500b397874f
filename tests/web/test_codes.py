"""Codes on pages: from the desk to a phone, the whole reasoning, one tap to object, and the paper."""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from django.conf import settings as product
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pytest_django.fixtures import Settings
from tests.city import Standing, afternoon, city_fixture, visit
from tests.flows.stage import SCREEN, Stage, later

from wangge.base import clock, signing
from wangge.base.worker import run_pending
from wangge.domains.codes import queries, tokens
from wangge.domains.codes.actions import use_link
from wangge.domains.codes.models import CodeAppeal, CodeLink
from wangge.domains.codes.tokens import Seen
from wangge.domains.people.models import Person
from wangge.domains.protocol.actions import close_response, switch_protocol
from wangge.web.pictures import MASK, QUIET, WIDE

city = city_fixture(at=afternoon, answered=False)


@pytest.fixture
def stage(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Stage]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        yield Stage(tiny)


def signed_in(stage: Stage, username: str) -> Client:
    client = Client()
    client.force_login(stage.tiny.accounts[username], backend="django.contrib.auth.backends.ModelBackend")
    return client


def desk(stage: Stage, person: Person) -> Client:
    """The secretary, with the person's record open."""
    client = signed_in(stage, "bingsi-shuji")
    assert client.post(f"/desk/people/{person.uuid}/open", {"reason": "other", "words": "来办码"}).status_code == 302
    return client


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def scanned(page: str) -> tuple[Client, str]:
    """A phone that scans the picture on a desk's screen and takes the code."""
    address = re.search(r"/r/codes/add/[\w-]+", page)
    assert address
    phone = Client()
    assert phone.get(address.group()).status_code == 200
    assert "wangge_codes" not in phone.cookies  # a program that only looks at the address takes nothing
    answer = phone.post(address.group())
    assert phone.cookies["wangge_codes"]["httponly"]
    return phone, answer.headers["Location"]


def own_phone(stage: Stage, person: Person, consent: str = "own") -> tuple[Client, str]:
    client = desk(stage, person)
    answer = client.post(f"/desk/people/{person.uuid}/code/link", {"consent": consent})
    assert answer.status_code == 200
    return scanned(text_of(answer))


def test_a_phone_gets_its_code_at_the_desk_and_shows_the_whole_reasoning(stage: Stage) -> None:
    person = stage.tiny.family[0]
    phone, page = own_phone(stage, person)
    said = text_of(phone.get(page + "why"))
    assert "绿码" in said
    assert person.name not in said
    assert "并四社区书记" in said  # who opened the record at a desk
    stage.result(person, SCREEN)
    run_pending()
    said = text_of(phone.get(page + "why"))
    for words in ("红码", "健康码管理与服务·红码（初筛阳性）", "就地静止", "申诉"):
        assert words in said, words
    assert phone.get("/r/codes/").headers["Location"] == page
    assert phone.get(page).headers["Cache-Control"].startswith("max-age=0")


def test_another_phone_sees_nothing_of_it(stage: Stage) -> None:
    _phone, page = own_phone(stage, stage.tiny.family[0])
    stranger = Client()
    assert stranger.get(page).status_code == 404
    assert stranger.get(page + "why").status_code == 404
    assert stranger.post(page + "appeal").status_code == 404
    assert "没有码" in text_of(stranger.get("/r/codes/"))
    assert stranger.get("/r/codes/add/guessed-secret").status_code == 404


def test_one_tap_objects_and_the_level_that_decided_answers_with_its_reason(stage: Stage) -> None:
    person = stage.tiny.family[0]
    phone, page = own_phone(stage, person)
    stage.result(person, SCREEN)
    run_pending()
    for _again in range(2):
        assert phone.post(page + "appeal").status_code == 302
    one = CodeAppeal._base_manager.get()
    authority = signed_in(stage, "yingze-zhengling")
    listed = text_of(authority.get("/desk/appeals/"))
    assert "初筛阳性" in listed
    assert "迎泽区领导小组办公室" in text_of(phone.get(page + "why")).split("谁查看过")[1]  # who reads it has looked
    assert person.name not in listed
    decide = f"/desk/appeals/{one.uuid}/decide"
    assert authority.post(decide, {"outcome": "stands", "reason": ""}).status_code == 422
    assert signed_in(stage, "bingsi-shuji").post(decide, {"outcome": "over", "reason": "x"}).status_code == 404
    assert authority.post(decide, {"outcome": "stands", "reason": "复核今晚出结果"}).status_code == 302
    said = text_of(phone.get(page + "why"))
    assert "复核今晚出结果" in said
    assert "红码" in said


def test_grandmothers_code_is_on_two_phones_and_she_takes_one_back(stage: Stage) -> None:
    grandmother, husband = stage.tiny.family[3], stage.tiny.family[0]
    hers, her_page = own_phone(stage, grandmother)
    phone, own = own_phone(stage, husband)
    lent = text_of(hers.post(her_page + "lend"))
    assert "/r/codes/add/" not in lent  # only in the picture: nothing to copy and send on
    secret = CodeLink._base_manager.order_by("-id").first()
    assert secret is not None
    assert secret.consent == "on_page"
    _guardian, carried = own_phone(stage, grandmother, "guardian")
    assert _guardian.post(carried + "lend").status_code == 302
    said = text_of(hers.get(her_page + "why"))
    assert said.count("收回") >= 2
    assert hers.post(f"{her_page}take-back/{secret.uuid}").status_code == 302
    secret.refresh_from_db()
    assert secret.ended_at is not None
    assert phone.post(f"{own}take-back/{carried.split('/')[-2]}").status_code == 302  # not his to take back
    assert _guardian.get(carried).status_code == 200
    assert _guardian.post(carried + "drop").status_code == 302
    assert _guardian.get(carried).status_code == 404


def test_a_paper_is_printed_replaced_and_declared_void(stage: Stage) -> None:
    person = stage.tiny.family[3]
    client, base = desk(stage, person), f"/desk/people/{person.uuid}/code/"
    assert client.get(base + "paper").status_code == 302
    assert client.post(base + "print").headers["Location"] == base + "paper"
    said = text_of(client.get(base + "paper"))
    assert "编号" in said
    assert person.name not in re.sub(r"<title>.*?</title>", "", said).split("code-paper")[1]
    assert client.post(base + "print").status_code == 302
    assert client.post(base + "void").status_code == 302
    assert queries.paper_of(person, stage.tiny.response) is None


def test_without_an_open_record_the_desk_shows_no_code(stage: Stage) -> None:
    person = stage.tiny.family[0]
    client, base = signed_in(stage, "bingsi-shuji"), f"/desk/people/{person.uuid}/code/"
    assert client.get(base).headers["Location"] == f"/desk/people/{person.uuid}/"
    assert client.post(base + "link", {"consent": "own"}).status_code == 302
    assert not CodeLink._base_manager.exists()
    assert signed_in(stage, "bingsi-1").get(base).status_code == 403


def test_anybody_can_verify_with_the_published_keys(stage: Stage) -> None:
    own_phone(stage, stage.tiny.family[0])
    published = json.loads(Client().get("/.well-known/wangge-codes.json").content)
    assert published["issuers"] == [queries.issuer_of(stage.tiny.response)]
    assert all(one["revoked"] is None or one["until"] for one in published["keys"])
    link = CodeLink._base_manager.select_related("person", "response__area").get()
    text = use_link(link=link)
    with later(minutes=1):
        known = [
            one for one in signing.known(product.WANGGE_KEYS) if one.kid in {key["kid"] for key in published["keys"]}
        ]
        assert tokens.read(text, known, published["issuers"][0], clock.now())[0] is Seen.GOOD


def test_where_codes_are_not_in_use_every_address_says_so(stage: Stage) -> None:
    person = stage.tiny.family[0]
    phone, page = own_phone(stage, person)
    client = desk(stage, person)
    switch_protocol(
        response=stage.tiny.response, protocol="covid19-class-b", from_day=clock.today(), by=stage.tiny.by("zhihuibu")
    )
    for address in ("/r/codes/", page, "/r/codes/add/x"):
        answer = phone.get(address)
        assert (answer.status_code, "没有启用健康码" in text_of(answer)) == (404, True)
    answer = client.get(f"/desk/people/{person.uuid}/code/")
    assert (answer.status_code, "没有启用健康码" in text_of(answer)) == (404, True)
    assert Client().get("/.well-known/wangge-codes.json").status_code == 404
    close_response(response=stage.tiny.response, by=stage.tiny.by("zhihuibu"))
    assert phone.get(page).status_code == 404
    with later(days=1, hours=timedelta(hours=1).seconds // 3600):
        assert phone.post(page + "appeal").status_code == 404


def squares(page: str) -> list[list[bool]]:
    """The dark squares of the picture on a page, without the white around it."""
    drawn = re.search(r"data:image/png;base64,([\w+/=]+)", page)
    assert drawn
    with Image.open(BytesIO(b64decode(drawn.group(1)))) as image:
        wide = image.width // WIDE
        read = [[not image.getpixel((x * WIDE + 3, y * WIDE + 3)) for x in range(wide)] for y in range(wide)]
    return [row[QUIET:-QUIET] for row in read[QUIET:-QUIET]]


def test_the_page_of_the_code_says_nothing_that_could_go_stale_and_until_when_it_may_be_kept(stage: Stage) -> None:
    person = stage.tiny.family[0]
    phone, page = own_phone(stage, person)
    before = text_of(phone.get(page)).split("<main")[1]
    stage.result(person, SCREEN)
    run_pending()
    answer = phone.get(page)
    assert [colour for colour in ("绿码", "红码", "黄码") if colour in text_of(answer)] == []
    left = clock.end_of(clock.today()) - clock.now()
    assert answer.headers["Wangge-Keep"] == str(int(left.total_seconds()))
    same = re.sub(r"csrfmiddlewaretoken\" value=\"\w+", "", text_of(answer).split("<main")[1])
    assert same == re.sub(r"csrfmiddlewaretoken\" value=\"\w+", "", before)
    assert "Wangge-Keep" not in phone.get(page + "why").headers
    link = CodeLink._base_manager.select_related("person", "response__area").get()
    text = use_link(link=link)  # signed in the same instant: the clock is held
    drawn = segno.make(text, error="m", micro=False, mask=MASK, mode="alphanumeric")
    assert squares(text_of(answer)) == [[bool(dark) for dark in row] for row in drawn.matrix]
    over = text_of(phone.get("/r/codes/over"))
    assert person.name[0] + "*" not in over
    assert "今天的码" in over


def test_everybody_opening_their_code_in_the_morning_asks_the_database_five_times_each(stage: Stage) -> None:
    """And four times later on the day, whatever else is on record about somebody and whoever else a phone carries."""
    phone, page = own_phone(stage, stage.tiny.family[0])
    stage.result(stage.tiny.family[0], SCREEN)
    run_pending()
    with CaptureQueriesContext(connection) as morning:
        assert phone.get(page).status_code == 200
    with CaptureQueriesContext(connection) as later_on:
        assert phone.get(page).status_code == 200
    assert (len(morning), len(later_on)) == (5, 4)
    second, _page = own_phone(stage, stage.tiny.family[1])
    desk_page = text_of(desk(stage, stage.tiny.family[2]).post(
        f"/desk/people/{stage.tiny.family[2].uuid}/code/link", {"consent": "guardian"}
    ))  # fmt: skip
    address = re.search(r"/r/codes/add/[\w-]+", desk_page)
    assert address
    assert second.post(address.group()).status_code == 302
    with CaptureQueriesContext(connection) as several:
        assert second.get("/r/codes/").content.count(b"button-big") == 2
    assert len(several) == 3


def test_the_worker_of_the_code_lies_under_the_pages_it_serves(stage: Stage) -> None:
    answer = Client().get("/r/codes/worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-store" in answer.headers["Cache-Control"]

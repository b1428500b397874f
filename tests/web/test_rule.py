"""The rule today on each face, the words of a change, and the card for a first shift."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import translation
from tests.flows.stage import later

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.demo.small import Small
from wangge.domains.protocol.actions import close_response, open_response, switch_protocol
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import all_protocols, protocol
from wangge.web.desk.words import day
from wangge.web.rule.changes import changes
from wangge.web.rule.faces import MAKES

SignIn = Callable[..., Client]
READERS = {"field": "bingsi-1", "desk": "jiance", "trace": "liudiao", "command": "zhihuibu", "residents": "bingsi-1"}


def text(client: Client, face: str) -> str:
    answer = client.get(f"/rule/{face}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def switch(tiny: Small, key: str, days: int = 0) -> None:
    response = Response.objects.get(pk=tiny.response.pk)
    day_ = clock.today() + timedelta(days=days)
    switch_protocol(response=response, protocol=key, from_day=day_, by=tiny.by("zhihuibu"))


@pytest.mark.parametrize(
    ("face", "said"),
    [
        (
            "field",
            "ask to stay in until the order: close contact within 2 h, secondary contact within 4 h",
        ),
        ("desk", "first-screen positive: re-test within 6 h; ends by itself after 24 h"),
        ("trace", "Meetings count from 2 days before the first sign or the first positive sample on."),
        ("command", "sealed zone: as large as a compound, building, unit, village group or single shop"),
        ("residents", "central isolation, 14 days; health monitoring at home, 7 days"),
    ],
)
def test_each_face_reads_its_own_part(tiny: Small, sign_in: SignIn, face: str, said: str) -> None:
    page = text(sign_in(READERS[face]), face)
    assert said in page
    assert "COVID-19 control plan, 8th edition" in page
    assert tiny.response.document_no in page
    assert ("What nobody may do" if face == "residents" else "What not to do") in page


def test_a_face_is_for_those_who_work_in_it(tiny: Small, sign_in: SignIn) -> None:
    assert sign_in("jiance").get("/rule/field").status_code == 403
    assert sign_in("bingsi-1").get("/rule/trace").status_code == 403
    assert Client().get("/rule/desk").status_code == 302
    assert sign_in("bingsi-1").get("/rule/").headers["Location"] == "/rule/field"
    assert sign_in("zhihuibu").get("/rule/").headers["Location"] == "/rule/command"
    assert sign_in("liudiao").get("/rule/").headers["Location"] == "/rule/trace"


def test_every_face_leads_to_it(tiny: Small, sign_in: SignIn) -> None:
    for username, home in (
        ("bingsi-1", "/field/"), ("jiance", "/desk/results/"), ("liudiao", "/trace/cases/"),
        ("zhihuibu", "/command/responses/"), ("yingze-zhengling", "/desk/orders/"),
    ):  # fmt: skip
        assert 'href="/rule/"' in sign_in(username).get(home).content.decode()


def test_residents_read_it_without_an_account(tiny: Small) -> None:
    client = Client()
    client.cookies["django_language"] = "zh-hans"
    page = text(client, "residents")
    assert "密切接触者：集中隔离医学观察14天；居家健康监测7天" in page
    assert "演练" in page  # nobody may take a drill for real
    assert "工作人员不会要钱、密码、短信验证码或银行卡。" in page
    assert tiny.response.remedy in page


def test_the_page_follows_the_switch_on_its_day(tiny: Small, sign_in: SignIn) -> None:
    switch(tiny, "covid19-twenty-measures", days=2)
    client = sign_in("liudiao")
    today = text(client, "trace")
    assert "COVID-19 control plan, 8th edition" in today
    assert "COVID-19 twenty measures is in force here. This page changes by itself." in today
    with later(days=2):
        client = sign_in("liudiao")
        after = text(client, "trace")
        assert "Changed since COVID-19 control plan, 8th edition" in after
        assert "Contacts of contacts are no longer judged." in after
        assert "Nobody becomes a “secondary contact” any more." in after
        assert "central isolation, 5 days; isolation at home, 3 days" in after
        assert "(before: central isolation, 14 days; health monitoring at home, 7 days)" in after
        assert "This page changes by itself" not in after


def test_when_everything_is_off_the_page_says_what_may_not_be_asked(tiny: Small, sign_in: SignIn) -> None:
    switch(tiny, "covid19-class-b")
    for face, username in READERS.items():
        page = text(sign_in(username), face)
        assert "Everything is off." in page
        assert "for a code, a test, isolation or papers about" in page
        assert "within 2 h" not in page


def test_without_a_response_nothing_may_be_asked(tiny: Small, sign_in: SignIn) -> None:
    close_response(response=tiny.response, by=tiny.by("zhihuibu"))
    page = text(sign_in("bingsi-1"), "field")
    assert "Nothing is in force at your places." in page
    assert "You may not ask anybody for a code" in page
    chinese = text(sign_in("bingsi-1", "zh-hans"), "field")
    assert "您负责的范围内没有执行中的应急响应。" in chinese
    assert "Nobody may ask you for a code" in text(sign_in("bingsi-1"), "residents")


def test_only_what_concerns_the_readers_places(tiny: Small, sign_in: SignIn) -> None:
    open_response(
        title="邓桥村转移", protocol="flood-evacuation", area=tiny.places["village"], authority="县防指",
        document_no="防指3号", ground="防洪法", remedy="乡政府", drill=True, by=SYSTEM,
    )  # fmt: skip
    assert "邓桥村转移 · " not in text(sign_in("bingsi-1"), "field")
    village = text(sign_in("dengqiao-1"), "field")
    assert "Called and answered: heard it and will leave" in village
    assert "This protocol knows no codes: ask nobody to show one." in village
    assert "COVID-19 control plan, 8th edition" in village  # the city's Response holds there too


def test_whose_turn_it_is_today_is_counted_from_the_day_of_the_reason(tiny: Small, sign_in: SignIn) -> None:
    with translation.override("en"):
        since = day(clock.today() - timedelta(days=21))  # D1 is the day after the last contact
    page = text(sign_in("bingsi-1"), "field")
    assert f"close contact since {since}: today is day 21, at the door" in page


def test_a_weak_figure_says_so(tiny: Small, sign_in: SignIn) -> None:
    switch(tiny, "covid19-new-ten")
    page = text(sign_in("bingsi-1"), "field")
    assert "isolation at home, 5 days (figure to be checked)" in page
    assert "Never block a fire exit (新十条·第九条)" in page
    assert "homes for the old, welfare homes, medical institutions" in page


@pytest.mark.parametrize("face", sorted(MAKES))
def test_every_edition_can_be_read_on_every_face_in_both_languages(face: str) -> None:
    for edition in all_protocols():
        for language in ("zh-hans", "en"):
            with translation.override(language):
                parts = list(MAKES[face](edition, clock.today()))
                assert any(part.forbids for part in parts)
                assert all(line.strip() and "%(" not in line for part in parts for line in part.lines)


def test_changes_in_words() -> None:
    with translation.override("zh-hans"):
        said = changes(protocol("covid19-v8"), protocol("covid19-v9"))
        start = "密切接触者：集中隔离医学观察7天；居家健康监测3天（原为：集中隔离医学观察14天"
        assert any(one.startswith(start) for one in said)
        assert not any(one.startswith("感染者") for one in said)  # the same days, less well known
        assert "不再划“封控区”。" in said
        assert changes(protocol("covid19-v9"), protocol("covid19-v9")) == []
        ten = changes(protocol("covid19-twenty-measures"), protocol("covid19-new-ten"))
        assert "不再查找同场所人员。" in ten
        assert any(one.startswith("新增禁止：严禁封堵消防通道") for one in ten)
        (off,) = changes(protocol("covid19-new-ten"), protocol("covid19-class-b"))
        assert "正在执行的措施即时解除" in off


# The card


def test_the_card_comes_once_by_itself_and_stays_reachable(tiny: Small, sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    assert client.get("/").headers["Location"] == "/rule/first-shift"
    page = unescape(client.get("/rule/first-shift").content.decode())
    assert "I have read it" in page
    for _ in range(2):  # pressed twice
        assert client.post("/rule/first-shift/read").status_code == 302
    assert Event.objects.filter(kind="duty.card_read").count() == 1
    assert client.get("/").headers["Location"] == "/field/"
    again = unescape(client.get("/rule/first-shift").content.decode())
    assert "I have read it" not in again
    assert "/rule/first-shift" in client.get("/field/").content.decode()
    assert "/rule/first-shift" in client.get("/rule/field").content.decode()


def test_it_is_for_doors_only(tiny: Small, sign_in: SignIn) -> None:
    assert sign_in("jiance").get("/rule/first-shift").status_code == 403
    assert sign_in("jiance").get("/").headers["Location"] == "/desk/results/"
    assert sign_in("bingsi-shuji").get("/").headers["Location"] == "/field/"  # a secretary knows the doors
    assert sign_in("bingsi-shuji").get("/rule/first-shift").status_code == 200


def test_the_card_says_who_and_todays_rule(tiny: Small, sign_in: SignIn) -> None:
    page = unescape(sign_in("bingsi-1", "zh-hans").get("/rule/first-shift").content.decode())
    account, post = tiny.accounts["bingsi-1"], tiny.posts["bingsi-1"]
    assert f"您好，我是{post.title}{account.name}。" in page
    assert "任何名目的钱" in page
    assert "先打120" in page
    assert post.parent is not None
    assert post.parent.title in page
    assert "告知密接身份，请先留在家中等通知：密切接触者2小时内、次密接4小时内" in page
    close_response(response=tiny.response, by=tiny.by("zhihuibu"))
    after = unescape(sign_in("bingsi-1", "zh-hans").get("/rule/first-shift").content.decode())
    assert "2小时内" not in after
    assert "您负责的范围内没有执行中的应急响应。" in after

"""A decision of one day is explained under the rules of that day, in both languages, whatever is in force since."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.utils import translation
from tests.flows.stage import Stage
from tests.flows.test_edition_switched import outbreak, switch

from wangge.base import clock
from wangge.demo.small import Small
from wangge.domains.isolation.models import Order
from wangge.domains.people.models import Person
from wangge.web.desk.words import day

SignIn = Callable[..., Client]
OLD = "14 days of central isolation, then 7 days of health monitoring at home; tests on days 1, 4, 7, 14."
NEW = "7 days of central isolation, tests on days 1, 2, 3, 5, 7"


@pytest.fixture
def stage(tiny: Small) -> Stage:
    return Stage(tiny)


def text(answer: object) -> str:
    return unescape(answer.content.decode())  # type: ignore[attr-defined]


def ordered(stage: Stage, person: Person, state: str) -> Order:
    (order,) = stage.orders(person, state)
    return order


def test_an_order_says_its_own_edition_and_what_todays_would_say(stage: Stage, sign_in: SignIn) -> None:
    _case, close, _named, _secondary = outbreak(stage)
    url = f"/desk/orders/{ordered(stage, close, 'in_force').uuid}/"
    client = sign_in("yingze-zhengling")
    with translation.override("en"):
        today = day(clock.today())
    before = text(client.get(url))
    assert f"Decided on {today} under COVID-19 control plan, 8th edition, clause 第八版·密切接触者管理" in before
    assert OLD in before
    assert "would say" not in before
    switch(stage, "covid19-v9")
    after = text(client.get(url))
    assert f"Decided on {today} under COVID-19 control plan, 8th edition, clause 第八版·密切接触者管理" in after
    assert OLD in after
    assert "Today's COVID-19 control plan, 9th edition would say, clause 第九版·密切接触者管理: " in after
    assert NEW in after


def test_the_same_in_chinese(stage: Stage, sign_in: SignIn) -> None:
    _case, close, _named, _secondary = outbreak(stage)
    url = f"/desk/orders/{ordered(stage, close, 'in_force').uuid}/"
    switch(stage, "covid19-v9")
    page = text(sign_in("yingze-zhengling", "zh-hans").get(url))
    assert (
        "按《新冠肺炎防控方案（第八版）》“第八版·密切接触者管理”决定，条款内容：密切接触者集中隔离医学观察14天" in page
    )
    assert "现行《新冠肺炎防控方案（第九版）》“第九版·密切接触者管理”的规定是：密切接触者集中隔离医学观察7天" in page


def test_an_order_that_a_switch_ended_says_by_which_clause(stage: Stage, sign_in: SignIn) -> None:
    _case, _close, _named, secondary = outbreak(stage)
    url = f"/desk/orders/{ordered(stage, secondary, 'in_force').uuid}/"
    switch(stage, "covid19-twenty-measures")
    page = text(sign_in("yingze-zhengling").get(url))
    assert "under COVID-19 control plan, 8th edition, clause 第八版·密接的密接管理" in page
    assert "under COVID-19 twenty measures, clause 二十条·第一、二条" in page
    assert "makes nobody a “secondary contact” any more, clause 二十条·第一、二条" in page
    chinese = text(sign_in("yingze-zhengling", "zh-hans").get(url))
    assert "按《优化防控二十条措施》“二十条·第一、二条”解除" in chinese
    assert "不再判定“次密接”" in chinese


def test_the_record_explains_orders_meetings_and_the_case(stage: Stage, sign_in: SignIn) -> None:
    case, close, _named, _secondary = outbreak(stage)
    switch(stage, "covid19-new-ten")
    client = sign_in("bingsi-shuji")
    for person in (case.person, close):
        client.post(f"/desk/people/{person.uuid}/open", {"reason": "asked"})
        page = text(client.get(f"/desk/people/{person.uuid}/"))
        assert "under COVID-19 control plan, 8th edition" in page
        assert "Today's COVID-19 new ten measures would say, clause 新十条·第三条: " in page
    assert "clause 第八版·密切接触者判定（同住）" in page
    assert "clause 新十条·第三条: Close contacts who can, isolate at home for 5 days" in page


def test_the_case_page_explains_the_case_and_each_contact(stage: Stage, sign_in: SignIn) -> None:
    case, _close, _named, _secondary = outbreak(stage)
    switch(stage, "covid19-twenty-measures")
    client = sign_in("liudiao")
    page = text(client.get(f"/trace/cases/{case.uuid}/"))
    assert "clause 第八版·病例管理, which says: Confirmed cases" in page
    assert "clause 第八版·密接的密接判定（同住）" in page
    assert "Today's COVID-19 twenty measures makes nobody a “secondary contact” any more" in page
    assert "secondary contact" in page  # what it was on its day is still read
    chinese = text(sign_in("liudiao", "zh-hans").get(f"/trace/cases/{case.uuid}/"))
    assert "次密接" in chinese
    assert "现行《优化防控二十条措施》不再判定“次密接”" in chinese


def test_after_the_end_of_everything_the_pages_still_open(stage: Stage, sign_in: SignIn) -> None:
    case, close, _named, _secondary = outbreak(stage)
    orders = [order.uuid for order in stage.orders(close)]
    switch(stage, "covid19-class-b")
    for uuid in orders:
        page = text(sign_in("yingze-zhengling").get(f"/desk/orders/{uuid}/"))
        assert "COVID-19 as a class B disease" in page
    assert sign_in("liudiao").get(f"/trace/cases/{case.uuid}/").status_code == 200
    for tab in ("proposed", "in_force", "over"):
        assert sign_in("yingze-zhengling").get("/desk/orders/", {"tab": tab}).status_code == 200
    assert sign_in("zhihuibu").get(f"/command/board/{stage.tiny.places['city'].uuid}/").status_code == 200
    assert sign_in("zhihuibu").get(f"/command/responses/{stage.tiny.response.uuid}/").status_code == 200

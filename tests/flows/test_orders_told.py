"""Whoever an order binds is told so once, and told when they are free; the door's paper stays what it is."""

from pytest_django.fixtures import Settings
from tests.domains.messages.listening import listening
from tests.flows.stage import Stage, later

from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.worker import run_pending
from wangge.domains.isolation.actions import confirm_orders, end_past
from wangge.domains.isolation.models import Order
from wangge.domains.messages import handing, queries
from wangge.domains.messages.models import Message
from wangge.domains.messages.rules import State
from wangge.domains.people.models import Person
from wangge.flows import messages_out, orders_told
from wangge.flows.registry import CHORES

PAPER = {
    "authority": "迎泽区疫情防控办",
    "document_no": "迎防办〔2022〕7号",
    "ground": "传染病防治法",
    "remedy": "12345",
}


def messages(person: Person, purpose: str) -> list[Message]:
    rows = Message.objects.within(EVERYTHING).filter(person=person, purpose=purpose)
    return list(rows.select_related("dispatch", "person", "via", "response"))


def bound(stage: Stage) -> Order:
    """The first husband falls ill; his wife's order is confirmed."""
    wife = stage.tiny.family[1]
    stage.case_of(stage.tiny.family[0])
    (order,) = stage.orders(wife, "proposed")
    confirm_orders(orders=[order], by=stage.tiny.by("yingze-zhengling"), **PAPER)
    run_pending()
    return stage.orders(wife, "in_force")[0]


def test_whom_an_order_binds_is_told_with_its_end_and_nothing_of_why(stage: Stage, settings: Settings) -> None:
    order = bound(stage)
    (row,) = messages(order.person, "order")
    assert (row.subject, row.state) == (order.uuid, State.QUEUED)
    assert "24时" in queries.own_values(row)["until"]["zh"]
    assert stage.items(order.person), "the paper still goes to the door"
    with listening() as gateway:
        settings.WANGGE_GATEWAYS = {"sms": {"url": gateway.url, "secret": gateway.secret, "fields": {}}}
        assert messages_out.hand_out in CHORES
        while handing.hand_out():
            pass
        (text,) = [text for text in gateway.texts if order.person.name in text]
    assert "24时" in text
    for word in ("阳性", "密接", "隔离", stage.tiny.family[0].name):
        assert word not in text


def test_without_any_way_they_stand_on_the_call_list(stage: Stage, settings: Settings) -> None:
    settings.WANGGE_GATEWAYS = {}
    order = bound(stage)
    while handing.hand_out():
        pass
    assert messages(order.person, "order")[0].state == State.CALLS


def test_the_end_is_told_and_the_order_that_nobody_heard_of_is_not(stage: Stage) -> None:
    order = bound(stage)
    with later(days=40):
        end_past(now=order.ends_at, by=SYSTEM)
        run_pending()
        assert messages(order.person, "order")[0].state == State.STOPPED
        (row,) = messages(order.person, "release")
        assert row.subject == order.uuid
        assert "月" in queries.own_values(row)["day"]["zh"]


def test_a_flow_that_is_repeated_tells_nobody_twice(stage: Stage) -> None:
    order = bound(stage)
    event = Event.objects.filter(kind="isolation.orders_confirmed").order_by("-id")[0]
    orders_told.confirmed(event)
    assert len(messages(order.person, "order")) == 1

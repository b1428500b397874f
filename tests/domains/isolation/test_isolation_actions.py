"""Orders: one for all reasons, confirmed by an authority with everything the law asks for, never by itself for long."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from tests.flows.stage import Stage

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING, Unscoped
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.isolation import actions, queries
from wangge.domains.isolation.actions import Because
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.rules import Part, Reason
from wangge.domains.people.models import Person
from wangge.domains.protocol.queries import protocol

DOCUMENT = {
    "authority": "迎泽区领导小组办公室", "document_no": "并防办〔2022〕9号", "ground": "传染病防治法第四十一条",
    "remedy": "可向区防控办申诉",
}  # fmt: skip


def because(role: str, *, since: date | None = None, cause: UUID | None = None) -> Because:
    found = protocol("covid19-v8").roles[role]
    parts = tuple(Part(one.kind, one.days) for one in found.measures)
    day = since or clock.today()
    return Because("exposure", cause or uuid7(), Reason(role, found.rank, day, found.first_day, parts, found.clause))


def replan(stage: Stage, person: Person, *known: Because, **more: Any) -> actions.Replanned:
    return actions.replan(
        response=stage.tiny.response, person=person, because=known, protocol="covid19-v8", by=SYSTEM, **more
    )


def confirm(stage: Stage, orders: Sequence[Order], **more: str) -> list[Order]:
    return actions.confirm_orders(orders=orders, by=stage.tiny.by("yingze-zhengling"), **DOCUMENT | more)


def proposed(stage: Stage, role: str = "close_contact") -> Order:
    order = replan(stage, stage.tiny.family[1], because(role)).order
    assert order
    return order


def test_one_order_for_three_reasons(stage: Stage) -> None:
    person, known = stage.tiny.family[1], [because("close_contact") for _ in range(3)]
    order = replan(stage, person, *known).order
    assert order
    assert {one.cause for one in order.reasons.all()} == {one.cause for one in known}
    assert replan(stage, person, *known).order == order
    assert len(stage.orders(person)) == 1
    assert Event.objects.filter(kind="isolation.order_proposed").count() == 1


def test_a_reason_less_leaves_the_order_and_marks_the_reason(stage: Stage) -> None:
    person, one, other = stage.tiny.family[1], because("close_contact"), because("close_contact")
    order = replan(stage, person, one, other).order
    assert order
    assert replan(stage, person, one).order == order
    assert [str(it.cause) for it in order.reasons.filter(withdrawn_at=None)] == [str(one.cause)]
    assert order.reasons.count() == 2  # never deleted
    assert replan(stage, person, one, other).order == order
    assert order.reasons.filter(withdrawn_at=None).count() == 2


def test_the_last_reason_gone_undoes_the_order(stage: Stage) -> None:
    order = proposed(stage)
    (fallen,) = replan(stage, stage.tiny.family[1]).fallen
    assert (fallen.pk, fallen.state, fallen.end_cause) == (order.pk, "withdrawn", "no_reason_left")
    assert replan(stage, stage.tiny.family[1]).fallen == ()


def test_a_stricter_reason_proposes_another_order_beside_the_one_in_force(stage: Stage) -> None:
    person, weak, strict = stage.tiny.family[1], because("secondary_contact"), because("close_contact")
    first = replan(stage, person, weak).order
    assert first
    confirm(stage, [first])
    second = replan(stage, person, weak, strict).order
    assert second
    assert (second.role, second.state, second.supersedes) == ("close_contact", "proposed", first)
    first.refresh_from_db()
    assert first.state == "in_force"  # until somebody confirms the other
    confirm(stage, [second])
    assert [order.state for order in stage.orders(person)] == ["superseded", "in_force"]


def test_a_protective_step_stands_at_once_under_the_responses_own_document(stage: Stage) -> None:
    order = replan(stage, stage.tiny.family[0], because("suspected"), provisional_hours=24).order
    assert order
    assert (order.state, order.provisional) == ("in_force", True)
    assert (order.authority, order.document_no) == (stage.tiny.response.authority, stage.tiny.response.document_no)
    assert order.ends_at - order.starts_at == timedelta(hours=24)


@pytest.mark.parametrize("field", ["authority", "document_no", "ground", "remedy"])
def test_what_the_law_asks_for_is_not_left_empty(stage: Stage, field: str) -> None:
    order = proposed(stage)
    with pytest.raises(Problems) as caught:
        confirm(stage, [order], **{field: "  "})
    assert [(one.code, one.field) for one in caught.value.problems] == [("order_needs", field)]
    order.refresh_from_db()
    assert order.state == "proposed"


def test_confirmed_in_bulk_is_one_fact_and_twice_is_once(stage: Stage) -> None:
    orders = [replan(stage, one, because("close_contact")).order for one in stage.tiny.family[1:]]
    known = [one for one in orders if one]
    assert len(confirm(stage, known)) == 3
    assert confirm(stage, known) == []
    (fact,) = Event.objects.filter(kind="isolation.orders_confirmed")
    assert len(fact.data["orders"]) == 3
    assert fact.post == stage.tiny.posts["yingze-zhengling"].uuid
    one = Order.objects.within(EVERYTHING).get(pk=known[0].pk)
    assert (one.authority, one.confirmed_account) == (
        DOCUMENT["authority"], stage.tiny.accounts["yingze-zhengling"].uuid,
    )  # fmt: skip


def test_an_authority_confirms_at_its_own_places_and_all_or_nothing(stage: Stage) -> None:
    here, there = proposed(stage), replan(stage, stage.tiny.living[stage.tiny.yards[0].pk][0], because("close_contact"))
    assert there.order
    with pytest.raises(NotAllowed):
        confirm(stage, [here, there.order])
    here.refresh_from_db()
    assert here.state == "proposed"
    with pytest.raises(NotAllowed):
        actions.confirm_orders(orders=[here], by=stage.tiny.by("bingsi-1"), **DOCUMENT)


def test_an_order_whose_term_has_passed_is_not_confirmed_any_more(stage: Stage) -> None:
    order = replan(stage, stage.tiny.family[1], because("secondary_contact", since=clock.today())).order
    assert order
    with clock.held(clock.now() + timedelta(days=9)), pytest.raises(Problem, match="order_over"):
        confirm(stage, [order])


def test_nobody_is_held_a_minute_longer(stage: Stage) -> None:
    order = proposed(stage)
    confirm(stage, [order])
    assert actions.end_past(now=order.ends_at - timedelta(seconds=1), by=SYSTEM) == []
    (ended,) = actions.end_past(now=order.ends_at, by=SYSTEM)
    assert (ended.state, ended.end_cause) == ("ended", "term_over")
    assert actions.end_past(now=order.ends_at, by=SYSTEM) == []


@pytest.mark.parametrize(("authority", "document"), [("", "x"), ("x", "")])
def test_the_database_refuses_an_order_without_authority_or_document(
    stage: Stage, authority: str, document: str
) -> None:
    order = proposed(stage)
    order.state, order.authority, order.document_no, order.confirmed_at = "in_force", authority, document, clock.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        order.save()


def test_the_database_refuses_two_orders_in_force(stage: Stage) -> None:
    order = proposed(stage)
    confirm(stage, [order])
    order.refresh_from_db()
    order.pk, order.uuid = None, uuid7()
    with pytest.raises(IntegrityError), transaction.atomic():
        order.save(force_insert=True)


def test_orders_are_not_listed_without_a_scope_nor_outside_it(stage: Stage) -> None:
    order = proposed(stage)
    with pytest.raises(Unscoped):
        list(Order.objects.all())
    assert not queries.chosen(stage.tiny.by("qingxu-zhengling").scope("confirm_orders"), [order.uuid])  # type: ignore[arg-type]
    assert queries.counts(EVERYTHING, stage.tiny.response)["proposed"] == 1
    (waiting,) = queries.proposed(EVERYTHING, stage.tiny.response)
    assert waiting == order

"""An authority changes an order: longer only for a reason, shorter, elsewhere, ended; each a fact with a document."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.domains.isolation.home import ordered, proposed
from tests.flows.stage import Stage

from wangge.base import clock, worker
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.isolation import queries
from wangge.domains.isolation.changes import changes_of, moved_to
from wangge.domains.isolation.changing import change_order
from wangge.domains.isolation.homes import term_of
from wangge.domains.isolation.inputs import read_change
from wangge.domains.isolation.models import Order, OrderChange
from wangge.domains.isolation.rules_change import CAUSES, Cause, Change
from wangge.domains.protocol.actions import close_response

PAPER = {"authority": "迎泽区领导小组办公室", "document_no": "并防办〔2022〕21号"}


def change(
    stage: Stage, order: Order, kind: str, why: str = "medical", by: str = "yingze-zhengling", **more: Any
) -> Any:
    said = {"uuid": str(more.pop("uuid", uuid7())), "kind": kind, "why": why} | PAPER | more
    typed = read_change({name: str(value) for name, value in said.items()})
    return change_order(order=order, typed=typed, by=stage.tiny.by(by))


def refused(stage: Stage, order: Order, kind: str, **more: Any) -> list[str]:
    with pytest.raises((Problem, Problems)) as caught:
        change(stage, order, kind, **more)
    assert not OrderChange.objects.within(EVERYTHING).exists()
    return [one.code for one in getattr(caught.value, "problems", [caught.value])]


def seven_days(stage: Stage) -> Order:
    one = ordered(stage, stage.tiny.family[1])
    worker.run_pending()
    return one


def test_shorter_ends_sooner_takes_later_tests_back_and_is_explained_at_the_door(stage: Stage) -> None:
    order, person = seven_days(stage), stage.tiny.family[1]
    assert [test.day for test in stage.tests(person)] == [1, 4, 7]
    last = clock.today() + timedelta(days=5)
    uuid = uuid7()
    one = change(stage, order, "shortened", last=last, uuid=uuid)
    assert change(stage, order, "shortened", last=last, uuid=uuid) == one  # sent twice it is one
    worker.run_pending()
    changed = queries.order(EVERYTHING, order.uuid)
    assert (changed.ends_at, term_of(changed).days, changed.state) == (clock.end_of(last), 5, "in_force")
    assert (one.ends_before, one.ends_after) == (order.ends_at, clock.end_of(last))
    assert [test.day for test in stage.tests(person)] == [1, 4]
    assert "explain_change" in stage.items(person)
    (fact,) = Event.objects.filter(kind="isolation.order_changed")
    assert fact.data == {"order": str(order.uuid), "kind": "shortened", "why": "medical"}
    assert fact.clause == order.clause


@pytest.mark.parametrize(
    ("days", "code"), [(0, "change_before_begin"), (7, "change_not_shorter"), (9, "change_not_shorter")]
)
def test_it_ends_neither_before_it_begins_nor_later(stage: Stage, days: int, code: str) -> None:
    order = seven_days(stage)
    assert refused(stage, order, "shortened", last=clock.today() + timedelta(days=days)) == [code]


def test_it_does_not_end_on_a_day_that_is_over(stage: Stage) -> None:
    order = seven_days(stage)
    with clock.held(clock.now() + timedelta(days=4)):
        assert refused(stage, order, "shortened", last=clock.today() - timedelta(days=2)) == ["change_in_past"]


def test_the_database_itself_takes_no_order_that_ends_before_it_begins(stage: Stage) -> None:
    order = seven_days(stage)
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.within(EVERYTHING).filter(pk=order.pk).update(ends_at=order.starts_at - timedelta(minutes=1))
    order.refresh_from_db()
    assert order.ends_at > order.starts_at


def test_longer_only_where_the_rule_has_proposed_it_for_a_reason(stage: Stage) -> None:
    order = seven_days(stage)
    assert refused(stage, order, "extended") == ["change_no_reason"]
    with clock.held(clock.now() + timedelta(days=2)):
        planned = proposed(stage, stage.tiny.family[1], since=clock.today())
        one = change(stage, order, "extended")
    assert (one.into, one.clause, one.why, one.ends_after) == (planned, planned.clause, "reason", planned.ends_at)
    order.refresh_from_db()
    planned.refresh_from_db()
    assert (order.state, planned.state, planned.document_no) == ("superseded", "in_force", PAPER["document_no"])
    assert changes_of(planned) == [one]


def test_moved_is_kept_sealed_and_shown_also_after_it_became_longer(stage: Stage) -> None:
    order = seven_days(stage)
    one = change(stage, order, "moved", why="home", place="晋阳宾馆")
    assert "晋阳宾馆".encode() not in bytes(one.sealed)
    assert moved_to(changes_of(order)) == "晋阳宾馆"
    order.refresh_from_db()
    assert one.ends_after == order.ends_at
    with clock.held(clock.now() + timedelta(days=2)):
        planned = proposed(stage, stage.tiny.family[1], since=clock.today())
        change(stage, order, "extended")
    assert moved_to(changes_of(planned)) == "晋阳宾馆"


def test_ended_it_is_over_and_its_reasons_make_no_order_again(stage: Stage) -> None:
    order, person = seven_days(stage), stage.tiny.family[1]
    change(stage, order, "ended", why="mistaken")
    worker.run_pending()
    order.refresh_from_db()
    assert (order.state, order.end_cause) == ("ended", "by_authority")
    assert stage.tests(person) == []
    assert stage.items(person) == {"explain_change"}
    assert Event.objects.filter(kind="isolation.orders_ended").count() == 1


def test_who_may_not_and_what_is_no_more(stage: Stage) -> None:
    order = seven_days(stage)
    for username in ("bingsi-shuji", "bingsi-1", "yisheng", "qingxu-zhengling"):
        with pytest.raises(NotAllowed):
            change(stage, order, "ended", by=username)
    waits = proposed(stage, stage.tiny.family[0])
    assert refused(stage, waits, "ended") == ["change_not_in_force"]
    order.person.died_on = clock.today()
    assert refused(stage, order, "ended") == ["order_person_died"]
    order.person.died_on = None
    close_response(response=stage.tiny.response, by=stage.tiny.by("zhihuibu"))
    assert refused(stage, order, "ended") == ["paper_response_closed"]


@pytest.mark.parametrize(
    ("kind", "more", "codes"),
    [
        ("", {}, ["change_kind_missing"]),
        ("moved", {"place": " "}, ["change_place_missing"]),
        ("moved", {"place": "x", "why": "risk_over"}, ["change_cause_missing"]),
        ("shortened", {"last": "never"}, ["change_day_missing"]),
        ("ended", {"why": "reason"}, ["change_cause_missing"]),
        ("ended", {"document_no": " "}, ["order_needs"]),
    ],
)
def test_what_is_missing_is_said_at_its_field(stage: Stage, kind: str, more: dict[str, str], codes: list[str]) -> None:
    assert refused(stage, seven_days(stage), kind, **more) == codes


def test_every_change_has_its_causes_and_only_a_reason_makes_it_longer() -> None:
    assert set(CAUSES) == set(Change)
    assert CAUSES[Change.EXTENDED] == (Cause.REASON,)
    assert all(Cause.REASON not in CAUSES[one] for one in Change if one is not Change.EXTENDED)

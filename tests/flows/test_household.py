"""A household that cannot keep apart: said at the door, proposed for all who live there, confirmed by the authority."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.domains.isolation.home import DOCUMENT
from tests.flows.stage import Stage

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.cases.actions import Found, add_exposures
from wangge.domains.cases.rules import ExposureKind
from wangge.domains.isolation import queries
from wangge.domains.isolation.actions import confirm_orders, end_past
from wangge.domains.isolation.changes import changes_of
from wangge.domains.isolation.changing import change_order
from wangge.domains.isolation.household import can_ask, tell_rooms
from wangge.domains.isolation.inputs import read_change
from wangge.domains.isolation.models import HomeRooms, Order
from wangge.domains.people.models import Person
from wangge.domains.protocol.actions import close_response
from wangge.domains.protocol.models import ResponsePhase
from wangge.domains.testing.actions import withdraw_result
from wangge.domains.testing.models import TestResult
from wangge.flows.consequences import follow_through


def confirm(stage: Stage, person: Person) -> Order:
    (waits,) = stage.orders(person, "proposed")
    confirm_orders(orders=[waits], by=stage.tiny.by("yingze-zhengling"), **DOCUMENT)
    worker.run_pending()
    return queries.order(EVERYTHING, waits.uuid)


@pytest.fixture
def origin(stage: Stage) -> Order:
    """The eldest of the first home met a case of another home: seven days at home under the ninth edition."""
    ResponsePhase.objects.update(protocol="covid19-v9")
    case = stage.case_of(stage.tiny.living[stage.tiny.homes[3].pk][0])
    person, now = stage.tiny.family[3], clock.now()
    found = Found(
        case=case, person=person, kind=ExposureKind.CONTACT, role="secondary_contact", clause="测试", confirmed=True,
        starts=now, ends=now, place=None,
    )  # fmt: skip
    add_exposures(response=case.response, found=[found], by=SYSTEM)
    follow_through(case.response, [person], Event.objects.latest("id"))
    worker.run_pending()
    return confirm(stage, person)


def said(stage: Stage, order: Order, separate: bool, uuid: UUID | None = None, by: str = "bingsi-1") -> HomeRooms:
    one = tell_rooms(order=order, separate=separate, uuid=uuid or uuid7(), by=stage.tiny.by(by))
    worker.run_pending()
    return one


def states(stage: Stage) -> list[list[str]]:
    """The states of the orders of each of the others at home."""
    return [[one.state for one in stage.orders(person)] for person in stage.tiny.family[:3]]


def test_nobody_else_is_ordered_before_it_was_asked(stage: Stage, origin: Order) -> None:
    assert states(stage) == [[], [], []]
    assert can_ask(origin)
    said(stage, origin, True)
    assert states(stage) == [[], [], []]


def test_where_they_cannot_keep_apart_each_is_proposed_the_same_term_and_the_authority_confirms(
    stage: Stage, origin: Order
) -> None:
    uuid = uuid7()
    told = said(stage, origin, False, uuid)
    assert said(stage, origin, False, uuid) == told
    assert states(stage) == [["proposed"]] * 3
    for person in stage.tiny.family[:3]:
        (one,) = stage.orders(person)
        (reason,) = one.reasons.all()
        assert (one.ends_at, one.role, reason.kind, reason.cause) == (
            origin.ends_at, origin.role, "household", told.uuid,
        )  # fmt: skip
    mine = confirm(stage, stage.tiny.family[1])
    assert mine.state == "in_force"
    assert stage.orders(stage.tiny.family[3], "in_force") == [origin]  # the others are no reason for the first


def test_said_otherwise_later_the_proposals_fall(stage: Stage, origin: Order) -> None:
    said(stage, origin, False)
    confirm(stage, stage.tiny.family[1])
    with clock.held(clock.now()):
        said(stage, origin, True)
    assert states(stage) == [["withdrawn"]] * 3
    assert "explain_withdrawal" in stage.items(stage.tiny.family[1])


def test_the_others_are_let_go_with_whom_they_were_bound_to(stage: Stage, origin: Order) -> None:
    said(stage, origin, False)
    confirm(stage, stage.tiny.family[1])
    typed = read_change(
        {"uuid": str(uuid7()), "kind": "ended", "why": "mistaken", "authority": "甲", "document_no": "1号"}
    )
    change_order(order=origin, typed=typed, by=stage.tiny.by("yingze-zhengling"))
    worker.run_pending()
    assert states(stage) == [["withdrawn"]] * 3


def test_shorter_for_one_it_is_shorter_for_whoever_is_bound_only_with_them(stage: Stage, origin: Order) -> None:
    said(stage, origin, False)
    theirs = confirm(stage, stage.tiny.family[1])
    last = clock.day_of(origin.ends_at) - timedelta(days=4)
    typed = read_change(
        {"uuid": str(uuid7()), "kind": "shortened", "why": "medical", "authority": "甲", "document_no": "1号",
         "last": last.isoformat()}
    )  # fmt: skip
    change_order(order=origin, typed=typed, by=stage.tiny.by("yingze-zhengling"))
    worker.run_pending()
    theirs = queries.order(EVERYTHING, theirs.uuid)
    assert (theirs.state, theirs.ends_at) == ("in_force", clock.end_of(last))
    (mine,) = changes_of(theirs)
    assert (mine.kind, mine.why, mine.authority, mine.document_no) == ("shortened", "medical", "甲", "1号")
    assert all(test.due_at <= theirs.ends_at for test in stage.tests(theirs.person))
    assert "explain_change" in stage.items(theirs.person)


def test_a_reason_that_falls_takes_the_household_with_it(stage: Stage, origin: Order) -> None:
    said(stage, origin, False)
    (retest,) = [one for one in stage.cases(stage.tiny.living[stage.tiny.homes[3].pk][0])]
    result = next(one for one in _results(retest.person) if one.uuid == retest.result)
    withdraw_result(result=result, why="标本弄错", by=stage.tiny.by("jiance"))
    worker.run_pending()
    assert [one.state for one in stage.orders(stage.tiny.family[3])] == ["withdrawn"]
    assert states(stage) == [["withdrawn"]] * 3


def test_over_by_its_term_it_is_over_for_all_and_is_not_made_again(stage: Stage, origin: Order) -> None:
    said(stage, origin, False)
    confirm(stage, stage.tiny.family[1])
    with clock.held(origin.ends_at):
        end_past(now=clock.now(), by=SYSTEM)
        worker.run_pending()
        follow_through(origin.response, stage.tiny.family, Event.objects.latest("id"))
    assert [one.state for one in stage.orders(stage.tiny.family[1])] == ["ended"]
    assert [one.state for one in stage.orders(stage.tiny.family[3])] == ["ended"]


def test_a_room_of_a_dormitory_is_never_one_household(stage: Stage) -> None:
    first, *others = stage.tiny.roommates
    stage.case_of(first)
    for one in others:  # each a contact by a reason of their own
        (waits,) = stage.orders(one, "proposed")
        assert {reason.kind for reason in waits.reasons.all()} == {"exposure"}
        assert [met.kind for met in stage.exposures(one)] == ["room"]
    mine = confirm(stage, others[0])
    assert not can_ask(mine)
    with pytest.raises(Problem, match="rooms_of_strangers"):
        said(stage, mine, False, by="bingsi-zhibu-1")
    assert not HomeRooms.objects.within(EVERYTHING).exists()


def test_where_the_order_is_spent_elsewhere_nobody_asks(stage: Stage) -> None:
    case = stage.case_of(stage.tiny.family[0])
    assert case
    mine = confirm(stage, stage.tiny.family[1])  # fourteen days away first, under the eighth edition
    assert not can_ask(mine)


def test_who_says_it_and_what_is_no_more(stage: Stage, origin: Order) -> None:
    for username in ("dengqiao-1", "yisheng", "yingze-zhengling"):
        with pytest.raises(NotAllowed):
            said(stage, origin, False, by=username)
    (waits,) = stage.orders(stage.tiny.living[stage.tiny.homes[3].pk][1], "proposed")
    with pytest.raises(Problem, match="change_not_in_force"):
        said(stage, queries.order(EVERYTHING, waits.uuid), False)
    close_response(response=stage.tiny.response, by=stage.tiny.by("zhihuibu"))
    with pytest.raises(Problem, match="paper_response_closed"):
        said(stage, origin, False)
    assert states(stage) == [[], [], []]


def _results(person: Person) -> list[TestResult]:
    return list(TestResult.objects.within(EVERYTHING).filter(person=person).select_related("person__home", "response"))

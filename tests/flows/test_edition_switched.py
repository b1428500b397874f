"""One Response through the five editions of 2021-2023, with live orders at each step."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.flows.stage import NEGATIVE, RETEST, SCREEN, Stage, everything, later
from tests.flows.test_positive_result import confirm_everything, interview

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event, FlowRun
from wangge.base.problems import Problem
from wangge.base.worker import run_pending
from wangge.domains.cases.actions import decide
from wangge.domains.cases.models import Case
from wangge.domains.cases.rules import ExposureState
from wangge.domains.isolation.models import Order
from wangge.domains.people.models import Person
from wangge.domains.protocol import queries
from wangge.domains.protocol.actions import close_response, switch_protocol
from wangge.domains.protocol.models import Response
from wangge.flows import clock as clock_flow
from wangge.flows import edition_switched


def switch(stage: Stage, protocol: str, *, days: int = 0) -> None:
    """Command switches the edition; the worker does what follows."""
    response = Response.objects.get(pk=stage.tiny.response.pk)
    day = clock.today() + timedelta(days=days)
    switch_protocol(response=response, protocol=protocol, from_day=day, by=stage.tiny.by("zhihuibu"))
    run_pending()


def in_days(days: int) -> AbstractContextManager[None]:
    return later(days=days)


def live(stage: Stage, person: Person) -> dict[str, Order]:
    """The person's standing orders, by state."""
    return {one.state: one for one in stage.orders(person, "proposed", "in_force")}


def lasts(order: Order) -> list[tuple[str, int]]:
    return [(one.measure, (one.last_day - one.first_day).days + 1) for one in order.stages.all()]


def last_day(order: Order) -> date:
    return clock.day_of(order.ends_at - timedelta(seconds=1))


def due_days(stage: Stage, person: Person) -> list[int | None]:
    return [one.day for one in stage.tests(person)]


def outbreak(stage: Stage) -> tuple[Case, Person, Person, Person]:
    """A case, one who lives with them, one the case named, and who lives with that one; all orders confirmed."""
    tiny = stage.tiny
    case = stage.case_of(tiny.family[0])
    named, lives_with = tiny.living[tiny.homes[2].pk][:2]
    interview(stage, case, named)
    confirm_everything(stage, tiny.family[0], tiny.family[1], named, lives_with)
    assert {one.role for one in stage.orders(lives_with, "in_force")} == {"secondary_contact"}
    return case, tiny.family[1], named, lives_with


def test_five_editions_one_after_the_other(stage: Stage) -> None:
    case, close, _named, secondary = outbreak(stage)
    assert lasts(live(stage, close)["in_force"]) == [("central_isolation", 14), ("home_monitoring", 7)]

    with in_days(2):  # 8th -> 9th: shorter, and the secondary contact at home; both wait for the authority
        switch(stage, "covid19-v9")
        orders = live(stage, close)
        assert orders["in_force"].protocol == "covid19-v8"
        assert orders["proposed"].protocol == "covid19-v9"
        assert orders["proposed"].supersedes == orders["in_force"]
        assert lasts(orders["proposed"]) == [("central_isolation", 7), ("home_monitoring", 3)]
        assert due_days(stage, close) == [1, 4, 7, 14, 21]  # as ordered, until the milder order is signed
        assert lasts(live(stage, secondary)["proposed"]) == [("home_isolation", 7)]
        assert set(live(stage, case.person)) == {"in_force"}  # hospital as before: nothing to decide
        confirm_everything(stage, close)
        assert live(stage, close)["in_force"].protocol == "covid19-v9"
        assert due_days(stage, close) == [2, 3, 5, 7, 10]

        with in_days(2):  # 9th -> twenty: contacts of contacts are free at once
            switch(stage, "covid19-twenty-measures")
            orders = live(stage, close)
            assert lasts(orders["proposed"]) == [("central_isolation", 5), ("home_isolation", 3)]
            freed = stage.orders(secondary)
            assert {one.state for one in freed} == {"ended", "withdrawn"}
            (ended,) = stage.orders(secondary, "ended")
            assert (ended.protocol, ended.end_cause) == ("covid19-v8", "edition_switched")
            assert (ended.end_protocol, ended.end_clause) == ("covid19-twenty-measures", "二十条·第一、二条")
            assert stage.items(secondary) == {"explain_release"}
            assert not stage.tests(secondary)
            contact = stage.contact(secondary)
            assert contact is not None
            assert contact.state == "withdrawn"
            confirm_everything(stage, close)

            with in_days(1):  # twenty -> new ten: at home; the case too
                switch(stage, "covid19-new-ten")
                assert lasts(live(stage, case.person)["proposed"]) == [("home_isolation", 7)]
                assert lasts(live(stage, close)["proposed"]) == [("home_isolation", 5)]
                confirm_everything(stage, case.person)
                assert due_days(stage, case.person) == [6, 7]

                switch(stage, "covid19-class-b")  # the same day: everything off
                for person in (case.person, close, secondary):
                    assert not live(stage, person)
                    assert not stage.tests(person)
                    assert stage.items(person) <= {"explain_release"}
                assert stage.items(close) == {"explain_release"}
                (last,) = stage.orders(close, "ended")
                assert (last.protocol, last.end_protocol) == ("covid19-twenty-measures", "covid19-class-b")
                assert not FlowRun.objects.exclude(state="done").exists()


def test_the_same_switch_worked_out_again_changes_nothing(stage: Stage) -> None:
    outbreak(stage)
    with in_days(2):
        switch(stage, "covid19-v9")
        before = everything()
        for began in Event.objects.filter(kind="protocol.edition_began"):
            edition_switched.settle(began)
        edition_switched.follow(Event.objects.get(kind="protocol.edition_switched"))
        assert everything() == before


def test_nothing_happens_before_the_day(stage: Stage) -> None:
    _case, close, _named, secondary = outbreak(stage)
    switch(stage, "covid19-twenty-measures", days=2)
    assert not Event.objects.filter(kind="protocol.edition_began").exists()
    assert set(live(stage, secondary)) == {"in_force"}
    with in_days(2):
        for _ in range(2):  # the alarm is asked every few seconds
            clock_flow.a_day_begins(clock.now())
            run_pending()
        assert Event.objects.filter(kind="protocol.edition_began").count() == 1
        assert not live(stage, secondary)
        assert live(stage, close)["proposed"].protocol == "covid19-twenty-measures"


def test_a_day_the_worker_slept_through_is_made_up_for(stage: Stage) -> None:
    _case, _close, _named, secondary = outbreak(stage)
    switch(stage, "covid19-twenty-measures", days=1)
    with in_days(3):
        clock_flow.a_day_begins(clock.now())
        run_pending()
        assert not live(stage, secondary)
    with in_days(4):
        before = Event.objects.filter(kind="protocol.edition_began").count()
        clock_flow.a_day_begins(clock.now())
        run_pending()
        assert Event.objects.filter(kind="protocol.edition_began").count() == before == 1


def test_nobody_is_held_longer_because_nobody_signed(stage: Stage) -> None:
    _case, close, _named, _secondary = outbreak(stage)
    with in_days(2):
        switch(stage, "covid19-v9")
        milder = live(stage, close)["proposed"].ends_at
    with clock.held(milder - timedelta(minutes=1)):
        clock_flow.orders_over(clock.now())
        assert "in_force" in live(stage, close)
    with clock.held(milder):
        clock_flow.orders_over(clock.now())
        run_pending()
        (ended,) = stage.orders(close, "ended")
        assert (ended.end_cause, ended.end_protocol) == ("edition_switched", "covid19-v9")
        assert not stage.tests(close)
        with pytest.raises(Problem):
            confirm_everything(stage, close)  # too late: its term is over


def test_a_milder_plan_waits_through_later_facts(stage: Stage) -> None:
    _case, close, _named, secondary = outbreak(stage)
    with in_days(2):
        switch(stage, "covid19-v9")
        waits = {one.pk: live(stage, one)["proposed"].pk for one in (close, secondary)}
        for person in (close, secondary):
            stage.result(person, SCREEN)
            run_pending()
            stage.result(person, RETEST, NEGATIVE)
            run_pending()
            assert live(stage, person)["proposed"].pk == waits[person.pk]


def test_a_stricter_edition_lengthens_nothing(stage: Stage) -> None:
    _case, close, _named, _secondary = outbreak(stage)
    with in_days(1):
        switch(stage, "covid19-v9")
        confirm_everything(stage, close)
        before = live(stage, close)["in_force"]
        switch(stage, "covid19-v8")
        after = live(stage, close)
        assert set(after) == {"in_force"}
        assert (after["in_force"].pk, last_day(after["in_force"])) == (before.pk, last_day(before))
        assert due_days(stage, close) == [1, 2, 3, 5, 7, 10]


def test_a_proposal_nobody_confirmed_is_made_again_under_the_new_edition(stage: Stage) -> None:
    tiny = stage.tiny
    stage.case_of(tiny.family[0])
    (old,) = stage.orders(tiny.family[1])
    switch(stage, "covid19-v9")
    (new,) = stage.orders(tiny.family[1], "proposed")
    old.refresh_from_db()
    assert (old.state, old.end_cause, old.end_protocol) == ("withdrawn", "edition_switched", "covid19-v9")
    assert (new.protocol, new.clause, new.supersedes) == ("covid19-v9", "第九版·密切接触者管理", None)
    assert [one.cause for one in new.reasons.all()] == [one.cause for one in old.reasons.all()]


def test_there_and_back_and_there_again_on_one_day(stage: Stage) -> None:
    _case, close, _named, secondary = outbreak(stage)
    for protocol in ("covid19-v9", "covid19-v8", "covid19-v9"):
        switch(stage, protocol)
    assert Event.objects.filter(kind="protocol.edition_began").count() == 3
    assert live(stage, close)["proposed"].protocol == "covid19-v9"
    assert live(stage, secondary)["proposed"].protocol == "covid19-v9"
    response = queries.response(stage.tiny.response.uuid)
    assert [one.protocol for one in response.phases.all()] == ["covid19-v8", "covid19-v9"]  # one edition per day


def test_a_positive_screen_keeps_its_own_step_when_the_order_ends(stage: Stage) -> None:
    _case, _close, _named, secondary = outbreak(stage)
    stage.result(secondary, SCREEN)
    run_pending()
    switch(stage, "covid19-twenty-measures")
    (step,) = stage.orders(secondary, "in_force")
    assert (step.provisional, step.role, step.protocol) == (True, "suspected", "covid19-twenty-measures")
    assert RETEST in [one.purpose for one in stage.tests(secondary)]


def test_a_protective_step_outlives_a_switch_but_not_the_end_of_everything(stage: Stage) -> None:
    person = stage.tiny.family[0]
    stage.result(person, SCREEN)
    run_pending()
    switch(stage, "covid19-v9")
    assert [one.protocol for one in stage.orders(person)] == ["covid19-v8"]
    assert live(stage, person)["in_force"].provisional
    switch(stage, "covid19-class-b")
    assert not live(stage, person)
    assert not stage.tests(person)


# Class B: nobody gets a role


def test_a_result_on_its_way_makes_no_case_once_everything_is_off(stage: Stage) -> None:
    person = stage.tiny.family[0]
    stage.result(person, SCREEN)
    run_pending()
    stage.result(person, RETEST)  # recorded; the worker has not come to it
    switch(stage, "covid19-class-b")
    assert not stage.cases(person)
    assert not live(stage, person)
    with pytest.raises(Problem) as refused:
        stage.result(stage.tiny.family[1], SCREEN)
    assert refused.value.code == "result_without_response"


def test_no_meeting_makes_a_contact_once_everything_is_off(stage: Stage) -> None:
    case = stage.case_of(stage.tiny.family[0])
    (candidate, *_rest) = [
        one for person in stage.tiny.roommates for one in stage.exposures(person, state=ExposureState.CANDIDATE)
    ]
    switch(stage, "covid19-class-b")
    with pytest.raises(Problem) as refused:
        decide(exposure=candidate, state=ExposureState.CONFIRMED, by=stage.tiny.by("liudiao"))
    assert refused.value.code == "exposure_not_judged"
    with pytest.raises(Problem) as refused:
        interview(stage, case, stage.tiny.roommates[1])
    assert refused.value.code == "exposure_not_judged"
    assert decide(exposure=candidate, state=ExposureState.DISMISSED, by=stage.tiny.by("liudiao"))


def test_a_decision_is_made_under_the_edition_of_its_day(stage: Stage) -> None:
    stage.case_of(stage.tiny.family[0])
    (candidate, *_rest) = [
        one for person in stage.tiny.roommates for one in stage.exposures(person, state=ExposureState.CANDIDATE)
    ]
    assert candidate.protocol == "covid19-v8"
    switch(stage, "covid19-v9")
    decide(exposure=candidate, state=ExposureState.CONFIRMED, by=stage.tiny.by("liudiao"))
    run_pending()
    candidate.refresh_from_db()
    assert (candidate.protocol, candidate.clause) == ("covid19-v9", "第九版·密切接触者判定（同场所）")
    (fact,) = Event.objects.filter(kind="cases.exposure_decided")
    assert (fact.protocol, fact.clause) == (candidate.protocol, candidate.clause)
    (order,) = stage.orders(candidate.person)
    assert order.protocol == "covid19-v9"


def test_a_closed_response_is_not_switched_any_more(stage: Stage) -> None:
    outbreak(stage)
    switch(stage, "covid19-v9", days=1)
    close_response(response=stage.tiny.response, by=stage.tiny.by("zhihuibu"))
    run_pending()
    with in_days(1):
        before = everything(but=("Event", "FlowRun", "Tally"))
        clock_flow.a_day_begins(clock.now())
        run_pending()
        assert not Event.objects.filter(kind="protocol.edition_began").exists()
        assert everything(but=("Event", "FlowRun", "Tally"))["Order"] == before["Order"]


# Many people


def test_many_people_are_taken_part_by_part(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    _case, close, named, secondary = outbreak(stage)
    monkeypatch.setattr(edition_switched, "PART", 2)
    with in_days(2):
        switch(stage, "covid19-v9")  # from here on several have an order in force and a milder one that waits
        assert all("proposed" in live(stage, person) for person in (close, named, secondary))
        switch(stage, "covid19-twenty-measures")
        assert live(stage, named)["proposed"].protocol == "covid19-twenty-measures"
        assert Event.objects.filter(kind="protocol.edition_part_taken").count() >= 2
        assert live(stage, close)["proposed"].protocol == "covid19-twenty-measures"
        assert not live(stage, secondary)


def test_the_statements_for_orders_do_not_grow_with_the_people(stage: Stage) -> None:
    """Doors are closed one by one, everything about orders in the same statements for three people and for eight."""
    tiny = stage.tiny
    stage.case_of(tiny.family[0])
    few = orders_statements(lambda: switch(stage, "covid19-v9"))
    case = stage.cases(tiny.family[0])[0]
    for home in tiny.homes[1:4]:
        interview(stage, case, tiny.living[home.pk][0])
    assert Order._base_manager.filter(state="proposed").count() >= 8
    many = orders_statements(lambda: switch(stage, "covid19-twenty-measures"))
    assert many <= few + 2


def orders_statements(act: Callable[[], None]) -> int:
    """How many statements touch orders, their stages or their reasons."""
    with CaptureQueriesContext(connection) as seen:
        act()
    return sum('"wangge_order' in query["sql"] or '"wangge_stage' in query["sql"] for query in seen.captured_queries)


def test_who_died_is_not_told(stage: Stage) -> None:
    _case, _close, _named, secondary = outbreak(stage)
    Person._base_manager.filter(pk=secondary.pk).update(died_on=clock.today())
    switch(stage, "covid19-twenty-measures")
    assert not live(stage, secondary)
    assert not stage.items(secondary)


def test_the_system_ends_and_the_log_says_by_which_clause(stage: Stage) -> None:
    outbreak(stage)
    switch(stage, "covid19-twenty-measures")
    fact = Event.objects.filter(kind="isolation.orders_ended").latest("id")
    assert (fact.actor, fact.protocol, fact.clause) == (SYSTEM.account, "covid19-twenty-measures", "二十条·第一、二条")
    began = Event.objects.get(kind="protocol.edition_began")
    assert fact.cause == began.uuid
    assert isinstance(began.recorded_at, datetime)

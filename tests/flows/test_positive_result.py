"""One positive result, from the laboratory to every door it concerns, and back."""

from datetime import datetime, timedelta

import pytest
from tests.flows.stage import NEGATIVE, RETEST, SCREEN, Stage, everything, later

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event, FlowRun
from wangge.base.worker import run_pending
from wangge.demo.small import check_in_row
from wangge.domains.cases.actions import Found, decide, name_contact
from wangge.domains.cases.models import Case
from wangge.domains.cases.rules import ExposureKind, ExposureState
from wangge.domains.isolation.actions import confirm_orders
from wangge.domains.people.actions import record_death
from wangge.domains.people.models import Person
from wangge.domains.testing.actions import withdraw_result
from wangge.domains.testing.models import TestResult
from wangge.domains.venues import storage
from wangge.domains.work.actions import record_attempt
from wangge.domains.work.models import Attempt
from wangge.domains.work.rules import Channel, Outcome
from wangge.flows import clock as clock_flow
from wangge.flows import exposure_decided, positive_result

DOCUMENT = {
    "document_no": "并防办〔2022〕9号",
    "ground": "传染病防治法第四十一条",
    "remedy": "可向区防控办申诉",
}


def confirm_everything(stage: Stage, *people: Person) -> None:
    """The authority signs what is proposed about these people."""
    proposed = [order for person in people for order in stage.orders(person, "proposed")]
    confirm_orders(orders=proposed, authority="迎泽区领导小组办公室", by=stage.tiny.by("yingze-zhengling"), **DOCUMENT)
    run_pending()


def case_results(person: Person) -> list[TestResult]:
    """Every result of a person, as the desk finds them."""
    found = TestResult.objects.within(EVERYTHING).filter(person=person)
    return list(found.select_related("person", "person__home", "response").order_by("id"))


def interview(stage: Stage, case: Case, person: Person) -> None:
    """The case names somebody met for an hour yesterday evening."""
    at = clock.now() - timedelta(hours=20)
    found = Found(
        case=case, person=person, kind=ExposureKind.INTERVIEW, role="close_contact", clause="流调", starts=at,
        ends=at + timedelta(hours=1), minutes=60, confirmed=True,
    )  # fmt: skip
    name_contact(found=found, by=stage.tiny.by("liudiao"))
    run_pending()


# A first screen


def test_a_first_screen_starts_protective_steps_only(stage: Stage) -> None:
    person, *family = stage.tiny.family
    stage.result(person, SCREEN)
    run_pending()
    (order,) = stage.orders(person)
    assert (order.state, order.provisional, order.role) == ("in_force", True, "suspected")
    assert order.authority == stage.tiny.response.authority
    assert order.document_no == stage.tiny.response.document_no
    assert order.ends_at - order.starts_at == timedelta(hours=24)
    (retest,) = stage.tests(person)
    assert (retest.purpose, retest.at_door) == (RETEST, True)
    assert retest.due_at - clock.now() == timedelta(hours=6)
    assert stage.items(person) == {"explain_stay", "take_retest"}
    assert list(stage.tasks()) == [person.home_id]
    assert not stage.cases(person)
    assert not any(stage.orders(one) for one in family)


def test_the_protective_order_ends_by_itself(stage: Stage) -> None:
    person = stage.tiny.family[0]
    stage.result(person, SCREEN)
    run_pending()
    with later(hours=25):
        clock_flow.orders_over(clock.now())
        run_pending()
        (order,) = stage.orders(person)
        assert (order.state, order.end_cause) == ("ended", "term_over")


def test_a_negative_retest_ends_the_protective_steps_and_somebody_says_so(stage: Stage) -> None:
    person = stage.tiny.family[0]
    stage.result(person, SCREEN)
    run_pending()
    task = stage.tasks()[person.home_id]
    record_attempt(task=task, person=person, outcome=Outcome.DONE, channel=Channel.PHONE, by=stage.tiny.by("bingsi-1"))
    stage.result(person, SCREEN)
    run_pending()
    stage.result(person, RETEST, NEGATIVE)
    run_pending()
    assert [order.state for order in stage.orders(person)] == ["withdrawn"]
    assert not stage.tests(person)
    assert stage.items(person) == {"explain_withdrawal"}
    assert not stage.cases(person)
    assert Attempt.objects.within(EVERYTHING).count() == 1


# A case


def test_a_positive_retest_makes_a_case_with_the_first_number(stage: Stage) -> None:
    person = stage.tiny.family[0]
    case = stage.case_of(person)
    assert (case.number, case.classification, case.state) == (1, "asymptomatic", "open")
    assert case.infectious_from == clock.today() - timedelta(days=2)
    assert [order.role for order in stage.orders(person, "proposed")] == ["case"]
    assert "inform_case" in stage.items(person)
    assert "explain_stay" not in stage.items(person)
    assert not stage.tests(person)  # the re-test is answered


def test_confirmed_and_asymptomatic_share_one_sequence(stage: Stage) -> None:
    first = stage.case_of(stage.tiny.family[0])
    neighbour = stage.tiny.living[stage.tiny.homes[2].pk][0]
    stage.result(neighbour, SCREEN)
    stage.result(neighbour, RETEST, symptoms=True)
    run_pending()
    second = stage.cases(neighbour)[0]
    assert (first.number, second.number) == (1, 2)
    assert (first.classification, second.classification) == ("asymptomatic", "confirmed")


def test_the_household_are_close_contacts_with_a_proposed_order_and_a_task_at_the_door(stage: Stage) -> None:
    person, *family = stage.tiny.family
    case = stage.case_of(person)
    for one in family:
        (exposure,) = stage.exposures(one)
        assert (exposure.kind, exposure.state, exposure.case_id) == ("household", "confirmed", case.pk)
        assert (exposure.place_id, exposure.starts) == (person.home_id, clock.start_of(case.infectious_from))
        assert exposure.clause
        (order,) = stage.orders(one)
        assert (order.state, order.role) == ("proposed", "close_contact")
        assert [reason.cause for reason in order.reasons.all()] == [exposure.uuid]
        assert [stage_.measure for stage_ in order.stages.all()] == ["central_isolation", "home_monitoring"]
        assert stage.items(one) == {"inform_contact"}
    assert [task.door_id for task in stage.tasks().values()] == [person.home_id]


def test_a_dormitory_is_a_room_not_a_household(stage: Stage) -> None:
    person, *roommates = stage.tiny.roommates
    stage.case_of(person)
    for one in roommates:
        (exposure,) = stage.exposures(one)
        assert (exposure.kind, exposure.place_id) == ("room", stage.tiny.room.pk)
    assert stage.tiny.room.pk in stage.tasks()


def test_check_ins_yield_candidates_that_nobody_acts_upon(stage: Stage) -> None:
    person = stage.tiny.family[0]
    stage.case_of(person)
    neighbour, roommate = stage.tiny.living[stage.tiny.homes[2].pk][0], stage.tiny.roommates[0]
    found = [stage.exposures(one)[0] for one in (neighbour, roommate)]
    assert [(one.kind, one.state, one.minutes, one.crowd, one.rank) for one in found] == [
        ("venue", "candidate", 50, 2, 1), ("venue", "candidate", 40, 2, 2),
    ]  # fmt: skip
    assert {one.venue for one in found} == {stage.tiny.venues[1].uuid}
    assert not stage.orders(neighbour)
    assert not stage.items(neighbour)


def test_confirmed_orders_bring_tests_by_protocol_day_and_the_order_to_the_door(stage: Stage) -> None:
    person, wife, *_ = stage.tiny.family
    stage.case_of(person)
    confirm_everything(stage, wife)
    (order,) = stage.orders(wife)
    assert order.state == "in_force"
    assert [test.day for test in stage.tests(wife)] == [1, 4, 7, 14, 21]
    assert stage.items(wife) == {"inform_contact", "serve_order"}


def test_every_step_stands_in_the_log_with_its_cause(stage: Stage) -> None:
    person = stage.tiny.family[0]
    stage.result(person, SCREEN)
    result = stage.result(person, RETEST)
    run_pending()
    recorded = Event.objects.get(kind="testing.result_recorded", subject=result.uuid)
    assert recorded.actor == stage.tiny.accounts["jiance"].uuid
    assert recorded.post == stage.tiny.posts["jiance"].uuid
    assert recorded.protocol == "covid19-v8"
    followed = Event.objects.filter(cause=recorded.uuid)
    assert {
        "cases.case_confirmed",
        "cases.exposures_found",
        "isolation.order_proposed",
        "work.items_put",
    } <= {event.kind for event in followed}
    proposed = followed.filter(kind="isolation.order_proposed")
    assert all(event.clause and event.protocol for event in proposed)


# Again


def test_running_the_flow_again_changes_nothing(stage: Stage) -> None:
    person = stage.tiny.family[0]
    stage.case_of(person)
    before = everything()
    with later(minutes=20):
        for event in Event.objects.filter(kind="testing.result_recorded"):
            positive_result.follow(event)
    assert everything() == before


def test_a_second_positive_retest_makes_no_second_case(stage: Stage) -> None:
    person = stage.tiny.family[0]
    stage.case_of(person)
    stage.result(person, RETEST)
    run_pending()
    assert [case.number for case in stage.cases(person)] == [1]


def test_deciding_again_changes_nothing(stage: Stage) -> None:
    stage.case_of(stage.tiny.family[0])
    neighbour = stage.tiny.living[stage.tiny.homes[2].pk][0]
    decide(exposure=stage.exposures(neighbour)[0], state=ExposureState.CONFIRMED, by=stage.tiny.by("liudiao"))
    run_pending()
    before = everything()
    with later(minutes=20):
        for event in Event.objects.filter(kind="cases.exposure_decided"):
            exposure_decided.follow(event)
    assert everything() == before


def test_one_person_reached_by_three_chains_has_one_order_with_three_reasons(stage: Stage) -> None:
    tiny = stage.tiny
    husband, wife, *_ = tiny.family
    neighbour, friend = tiny.living[tiny.homes[7].pk][0], tiny.living[tiny.homes[4].pk][0]
    at = clock.now() - timedelta(hours=27)
    storage.add([small_check_in(neighbour, tiny.venues[0].pk, at), small_check_in(wife, tiny.venues[0].pk, at)])
    stage.case_of(husband)
    stage.case_of(neighbour)
    (candidate,) = stage.exposures(wife, kind="venue")
    decide(exposure=candidate, state=ExposureState.CONFIRMED, by=tiny.by("liudiao"))
    run_pending()
    interview(stage, stage.case_of(friend), wife)
    (order,) = stage.orders(wife, "proposed", "in_force")
    reasons = order.reasons.filter(withdrawn_at=None)
    assert {exposure.kind for exposure in stage.exposures(wife)} == {"household", "venue", "interview"}
    assert {reason.cause for reason in reasons} == {exposure.uuid for exposure in stage.exposures(wife)}
    assert len(reasons) == 3
    assert stage.items(wife) == {"inform_contact"}  # told once, not thrice


def small_check_in(person: Person, venue: int, at: datetime) -> storage.CheckIn:
    return check_in_row("test", person.pk, venue, at)


# The tracer


def test_a_confirmed_candidate_gets_an_order_and_brings_who_lives_there(stage: Stage) -> None:
    stage.case_of(stage.tiny.family[0])
    neighbour, *others = stage.tiny.living[stage.tiny.homes[2].pk]
    decide(exposure=stage.exposures(neighbour)[0], state=ExposureState.CONFIRMED, by=stage.tiny.by("liudiao"))
    run_pending()
    contact = stage.contact(neighbour)
    assert contact
    assert (contact.role, contact.state) == ("close_contact", "active")
    assert [order.role for order in stage.orders(neighbour)] == ["close_contact"]
    assert others
    for one in others:
        (exposure,) = stage.exposures(one)
        assert (exposure.kind, exposure.state) == ("contact", "confirmed")
        assert exposure.via_id == stage.exposures(neighbour)[0].pk
        assert [order.role for order in stage.orders(one)] == ["secondary_contact"]


def test_not_a_contact_undoes_it_and_confirming_once_more_does_it_again(stage: Stage) -> None:
    stage.case_of(stage.tiny.family[0])
    neighbour, *others = stage.tiny.living[stage.tiny.homes[2].pk]
    by = stage.tiny.by("liudiao")
    for state in (ExposureState.CONFIRMED, ExposureState.DISMISSED):
        decide(exposure=stage.exposures(neighbour)[0], state=state, by=by)
        run_pending()
    for one in (neighbour, *others):
        assert [order.state for order in stage.orders(one)] == ["withdrawn"]
        contact = stage.contact(one)
        assert contact
        assert contact.state == "withdrawn"
        assert not stage.items(one)
    decide(exposure=stage.exposures(neighbour)[0], state=ExposureState.CONFIRMED, by=by)
    run_pending()
    for one in (neighbour, *others):
        assert len(stage.orders(one, "proposed")) == 1
        assert stage.items(one) == {"inform_contact"}


def test_who_lives_with_two_contacts_stays_one_when_the_other_is_none(stage: Stage) -> None:
    tiny, at = stage.tiny, clock.now() - timedelta(hours=27)
    first, second, child = tiny.living[tiny.homes[3].pk]
    present = (tiny.family[0], first, second)
    storage.add([small_check_in(person, tiny.venues[0].pk, at) for person in present])
    stage.case_of(tiny.family[0])
    by = tiny.by("liudiao")
    for one in (first, second):
        decide(exposure=stage.exposures(one, kind="venue")[0], state=ExposureState.CONFIRMED, by=by)
        run_pending()
    (order,) = stage.orders(child, "proposed")
    assert order.reasons.filter(withdrawn_at=None).count() == 2
    decide(exposure=stage.exposures(first, kind="venue")[0], state=ExposureState.DISMISSED, by=by)
    run_pending()
    assert [order.role for order in stage.orders(child, "proposed")] == ["secondary_contact"]
    assert [order.role for order in stage.orders(first, "proposed")] == ["secondary_contact"]  # lives with the second
    decide(exposure=stage.exposures(second, kind="venue")[0], state=ExposureState.DISMISSED, by=by)
    run_pending()
    assert not any(stage.orders(one, "proposed", "in_force") for one in (first, second, child))


def test_an_asked_candidate_waits(stage: Stage) -> None:
    stage.case_of(stage.tiny.family[0])
    neighbour = stage.tiny.living[stage.tiny.homes[2].pk][0]
    decide(exposure=stage.exposures(neighbour)[0], state=ExposureState.ASKED, by=stage.tiny.by("liudiao"))
    run_pending()
    assert stage.exposures(neighbour)[0].state == "asked"
    assert not stage.orders(neighbour)


# Withdrawal


def test_a_withdrawn_result_undoes_what_followed_from_it_alone(stage: Stage) -> None:
    tiny = stage.tiny
    husband, wife, child, _ = tiny.family
    neighbour, partner = tiny.living[tiny.homes[2].pk]
    case = stage.case_of(husband)
    decide(exposure=stage.exposures(neighbour)[0], state=ExposureState.CONFIRMED, by=tiny.by("liudiao"))
    run_pending()
    interview(stage, stage.case_of(tiny.living[tiny.homes[4].pk][0]), neighbour)
    confirm_everything(stage, husband, wife, child, neighbour, partner)
    task = stage.tasks()[husband.home_id]
    record_attempt(task=task, person=child, outcome=Outcome.ABSENT, channel=Channel.DOOR, by=tiny.by("bingsi-1"))
    for result in case_results(husband):
        withdraw_result(result=result, why="样本张冠李戴", by=tiny.by("jiance"))
    run_pending()
    case.refresh_from_db()
    assert (case.state, case.number) == ("withdrawn", 1)
    for one in (husband, wife, child):
        assert [order.state for order in stage.orders(one) if order.state != "superseded"] == ["withdrawn"]
        assert stage.items(one) == {"explain_withdrawal"}
        assert not stage.tests(one)
    assert Attempt.objects.within(EVERYTHING).count() == 1  # what was done at doors stays
    for one in (neighbour, partner):  # the other case's interview still stands
        (order,) = stage.orders(one, "proposed", "in_force")
        assert order.reasons.filter(withdrawn_at=None).count() == 1
        assert stage.tests(one)
        assert "explain_withdrawal" not in stage.items(one)


def test_a_number_is_never_given_twice(stage: Stage) -> None:
    husband = stage.tiny.family[0]
    stage.case_of(husband)
    for result in case_results(husband):
        withdraw_result(result=result, why="样本张冠李戴", by=stage.tiny.by("jiance"))
    run_pending()
    neighbour = stage.tiny.living[stage.tiny.homes[2].pk][0]
    assert stage.case_of(neighbour).number == 2
    assert stage.case_of(husband).number == 3


def test_a_withdrawn_retest_leaves_the_first_screen_standing(stage: Stage) -> None:
    husband, wife, *_ = stage.tiny.family
    stage.case_of(husband)
    (retest,) = [one for one in case_results(husband) if one.purpose == RETEST]
    withdraw_result(result=retest, why="样本张冠李戴", by=stage.tiny.by("jiance"))
    run_pending()
    assert [order.role for order in stage.orders(husband, "in_force")] == ["suspected"]
    assert "take_retest" in stage.items(husband)
    assert [test.purpose for test in stage.tests(husband)] == [RETEST]
    assert not stage.orders(wife, "proposed", "in_force")


# The dead, and mistakes of ours


def test_the_dead_get_nothing_and_their_family_everything(stage: Stage) -> None:
    husband, wife, *_ = stage.tiny.family
    stage.result(husband, SCREEN)
    stage.result(husband, RETEST)
    record_death(person=husband, day=clock.today(), by=SYSTEM)
    run_pending()
    assert not stage.orders(husband, "proposed", "in_force")
    assert not stage.items(husband)
    assert not stage.tests(husband)
    assert [order.role for order in stage.orders(wife)] == ["close_contact"]


def test_a_dead_member_of_the_household_is_no_contact(stage: Stage) -> None:
    husband, *_, old = stage.tiny.family
    record_death(person=old, day=clock.today(), by=SYSTEM)
    stage.case_of(husband)
    assert not stage.exposures(old)
    assert not stage.orders(old)


def test_a_flow_that_raises_fails_alone_and_is_run_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    husband, neighbour = stage.tiny.family[0], stage.tiny.living[stage.tiny.homes[2].pk][0]
    whole = positive_result.follow_through

    def broken(response: object, people: list[Person], event: Event) -> None:
        whole(response, people, event)  # type: ignore[arg-type]
        if husband in people:
            raise RuntimeError("disk full")

    monkeypatch.setattr(positive_result, "follow_through", broken)
    stage.result(husband, SCREEN)
    stage.result(neighbour, SCREEN)
    run_pending()
    assert not stage.orders(husband)  # nothing half-written
    assert stage.orders(neighbour)
    waiting = FlowRun.objects.get(state="waiting")
    assert (waiting.attempts, waiting.error.split()[0]) == (1, "RuntimeError")
    monkeypatch.setattr(positive_result, "follow_through", whole)
    with later(minutes=1):
        run_pending()
        assert stage.orders(husband)
        assert not FlowRun.objects.filter(state="waiting").exists()

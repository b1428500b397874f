"""Numbers, exposures and contacts: what the verbs of cases write, and what they refuse."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.flows.stage import Stage

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING, Unscoped
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.cases import actions, contacts, queries
from wangge.domains.cases.actions import Found
from wangge.domains.cases.models import Case, Contact, Exposure
from wangge.domains.cases.rules import Classification, ExposureKind, ExposureState
from wangge.domains.people.actions import record_death
from wangge.domains.people.models import Person
from wangge.domains.protocol.actions import close_response
from wangge.domains.protocol.queries import in_force


def case_of(stage: Stage, person: Person) -> Case:
    return actions.open_case(
        response=stage.tiny.response, person=person, result=uuid7(), classification=Classification.CONFIRMED,
        infectious_from=clock.today() - timedelta(days=2), by=SYSTEM,
    )  # fmt: skip


def met(case: Case, person: Person, **more: Any) -> Found:
    at = clock.now() - timedelta(hours=3)
    given = {
        "case": case, "person": person, "kind": ExposureKind.INTERVIEW, "role": "close_contact", "clause": "x",
        "starts": at, "ends": at + timedelta(minutes=30), "confirmed": True, "minutes": 30,
    }  # fmt: skip
    return Found(**given | more)


def test_numbers_run_on_and_a_person_has_one_open_case(stage: Stage) -> None:
    first, again = case_of(stage, stage.tiny.family[0]), case_of(stage, stage.tiny.family[0])
    second = case_of(stage, stage.tiny.family[1])
    assert again.pk == first.pk
    assert (first.number, second.number) == (1, 2)
    actions.withdraw_case(case=second, by=SYSTEM)
    assert case_of(stage, stage.tiny.family[2]).number == 3


def test_the_database_keeps_numbers_apart(stage: Stage) -> None:
    case = case_of(stage, stage.tiny.family[0])
    case.pk, case.uuid, case.person = None, uuid7(), stage.tiny.family[1]
    with pytest.raises(IntegrityError), transaction.atomic():
        case.save(force_insert=True)


def test_the_same_meeting_found_twice_is_one(stage: Stage) -> None:
    case = case_of(stage, stage.tiny.family[0])
    found = [met(case, person, kind=ExposureKind.HOUSEHOLD) for person in stage.tiny.family[1:]]
    assert len(actions.add_exposures(response=stage.tiny.response, found=found, by=SYSTEM)) == 3
    assert actions.add_exposures(response=stage.tiny.response, found=found, by=SYSTEM) == []
    assert Exposure.objects.within(EVERYTHING).count() == 3


def test_what_a_tracer_decided_stays_when_it_is_found_again(stage: Stage) -> None:
    case = case_of(stage, stage.tiny.family[0])
    found = [met(case, stage.tiny.roommates[0], kind=ExposureKind.VENUE, confirmed=False)]
    (one,) = actions.add_exposures(response=stage.tiny.response, found=found, by=SYSTEM)
    decided = actions.decide(exposure=one, state=ExposureState.DISMISSED, by=stage.tiny.by("liudiao"))
    actions.add_exposures(response=stage.tiny.response, found=found, by=SYSTEM)
    decided.refresh_from_db()
    assert decided.state == "dismissed"
    assert decided.decided_by == stage.tiny.accounts["liudiao"].uuid


def test_a_withdrawn_exposure_found_again_stands_again(stage: Stage) -> None:
    case = case_of(stage, stage.tiny.family[0])
    found = [met(case, stage.tiny.roommates[0])]
    (one,) = actions.add_exposures(response=stage.tiny.response, found=found, by=SYSTEM)
    actions.withdraw_exposures([one])
    (again,) = actions.add_exposures(response=stage.tiny.response, found=found, by=SYSTEM)
    assert (again.pk, again.state) == (one.pk, "confirmed")


@pytest.mark.parametrize(
    ("steps", "allowed"),
    [
        (("asked", "confirmed", "dismissed", "confirmed"), True),
        (("dismissed", "asked"), False),
        (("confirmed", "asked"), False),
        (("confirmed", "candidate"), False),
    ],
)
def test_decisions_follow_the_table(stage: Stage, steps: tuple[str, ...], allowed: bool) -> None:
    case = case_of(stage, stage.tiny.family[0])
    found = [met(case, stage.tiny.roommates[0], confirmed=False)]
    (one,) = actions.add_exposures(response=stage.tiny.response, found=found, by=SYSTEM)
    codes = []
    for step in steps:
        try:
            actions.decide(exposure=one, state=ExposureState(step), by=stage.tiny.by("liudiao"))
        except Problem as problem:
            codes.append(problem.code)
    assert codes == ([] if allowed else ["exposure_step"])


def test_deciding_twice_is_deciding_once(stage: Stage) -> None:
    case = case_of(stage, stage.tiny.family[0])
    (one,) = actions.add_exposures(
        response=stage.tiny.response, found=[met(case, stage.tiny.roommates[0], confirmed=False)], by=SYSTEM
    )
    for _ in range(2):
        actions.decide(exposure=one, state=ExposureState.CONFIRMED, by=stage.tiny.by("liudiao"))
    (fact,) = Event.objects.filter(kind="cases.exposure_decided")
    assert (fact.protocol, fact.clause, fact.actor) == ("covid19-v8", "x", stage.tiny.accounts["liudiao"].uuid)


@pytest.mark.parametrize(
    ("who", "more", "code"),
    [
        ("himself", {}, "contact_is_the_case"),
        ("roommate", {"hours": 1}, "met_in_future"),
        ("roommate", {"hours": -24 * 5}, "met_before"),
    ],
)
def test_impossible_meetings_are_refused(stage: Stage, who: str, more: dict[str, int], code: str) -> None:
    case = case_of(stage, stage.tiny.family[0])
    person = stage.tiny.family[0] if who == "himself" else stage.tiny.roommates[0]
    at = clock.now() + timedelta(**more) if more else clock.now() - timedelta(hours=2)
    found = met(case, person, starts=at, ends=at + timedelta(minutes=10))
    with pytest.raises(Problem) as caught:
        actions.name_contact(found=found, by=stage.tiny.by("liudiao"))
    assert caught.value.code == code
    assert not Exposure.objects.within(EVERYTHING).exists()


def test_somebody_met_twice_is_two_meetings(stage: Stage) -> None:
    case, by = case_of(stage, stage.tiny.family[0]), stage.tiny.by("liudiao")
    for hours in (3, 9, 3):
        at = clock.now() - timedelta(hours=hours)
        actions.name_contact(
            found=met(case, stage.tiny.roommates[0], starts=at, ends=at + timedelta(minutes=30)), by=by
        )
    assert Exposure.objects.within(EVERYTHING).count() == 2


def test_nothing_is_decided_or_named_once_it_is_over(stage: Stage) -> None:
    case, by = case_of(stage, stage.tiny.family[0]), stage.tiny.by("liudiao")
    exposure = actions.name_contact(found=met(case, stage.tiny.roommates[0]), by=by)
    actions.withdraw_case(case=case, by=SYSTEM)
    with pytest.raises(Problem, match="case_withdrawn"):
        actions.name_contact(found=met(case, stage.tiny.roommates[1]), by=by)
    other = case_of(stage, stage.tiny.family[1])
    close_response(response=stage.tiny.response, by=SYSTEM)
    other.response.refresh_from_db()
    with pytest.raises(Problem, match="response_closed"):
        actions.name_contact(found=met(other, stage.tiny.roommates[1]), by=by)
    exposure.response.refresh_from_db()
    with pytest.raises(Problem, match="response_closed"):
        actions.decide(exposure=exposure, state=ExposureState.CONFIRMED, by=by)


def test_who_has_no_tracers_post_here_decides_nothing(stage: Stage) -> None:
    case = case_of(stage, stage.tiny.family[0])
    with pytest.raises(NotAllowed):
        actions.name_contact(found=met(case, stage.tiny.roommates[0]), by=stage.tiny.by("bingsi-1"))
    with pytest.raises(NotAllowed):
        actions.look_at(case=case, by=stage.tiny.by("jiance"))


def test_exposures_add_up_to_one_contact_that_comes_and_goes(stage: Stage) -> None:
    tiny, edition = stage.tiny, in_force(stage.tiny.response)
    person = tiny.roommates[0]
    first, second = case_of(stage, tiny.family[0]), case_of(stage, tiny.yards and tiny.living[tiny.yards[0].pk][0])
    found = [met(first, person, role="secondary_contact"), met(second, person)]
    added = actions.add_exposures(response=tiny.response, found=found, by=SYSTEM)

    def up() -> int:
        return contacts.add_up(response=tiny.response, people=[person], protocol=edition, by=SYSTEM)

    assert (up(), up()) == (1, 0)
    contact = Contact.objects.within(EVERYTHING).get(person=person)
    assert (contact.role, contact.state) == ("close_contact", "active")
    actions.withdraw_exposures([one for one in added if one.role == "close_contact"])
    assert up() == 1
    contact.refresh_from_db()
    assert (contact.role, contact.state) == ("secondary_contact", "active")
    actions.withdraw_exposures(added)
    assert (up(), up()) == (1, 0)
    contact.refresh_from_db()
    assert contact.state == "withdrawn"


def test_a_call_shows_the_number_and_is_logged_but_never_to_the_dead(stage: Stage) -> None:
    case, person = case_of(stage, stage.tiny.family[0]), stage.tiny.roommates[0]
    exposure = actions.name_contact(found=met(case, person), by=stage.tiny.by("liudiao"))
    known = actions.call(exposure=exposure, by=stage.tiny.by("liudiao"))
    assert known["phone"] == stage.tiny.typed[person.uuid].phone
    assert AccessLog.objects.get(person=person.uuid).kind == "called"
    record_death(person=exposure.person, day=clock.today(), by=SYSTEM)
    with pytest.raises(Problem, match="no_phone"):
        actions.call(exposure=exposure, by=stage.tiny.by("liudiao"))


def test_what_the_limit_cut_is_told_once_for_each_tracing(stage: Stage) -> None:
    case, cause = case_of(stage, stage.tiny.family[0]), uuid7()
    assert queries.cut_from(case) == 0
    for _ in range(2):
        actions.note_cut(case=case, cut=12, by=SYSTEM, cause=cause)
    assert queries.cut_from(case) == 12
    assert Event.objects.filter(kind="cases.candidates_cut").count() == 1


def test_people_are_not_listed_without_a_scope(stage: Stage) -> None:
    for model in (Case, Exposure, Contact):
        with pytest.raises(Unscoped):
            list(model.objects.all())


def test_a_case_outside_the_scope_is_not_there(stage: Stage) -> None:
    case = case_of(stage, stage.tiny.family[0])
    with pytest.raises(Case.DoesNotExist):
        queries.case(stage.tiny.by("qingxu").scope("see_board"), case.uuid)  # type: ignore[arg-type]


def test_the_list_counts_and_narrows(stage: Stage) -> None:
    case = case_of(stage, stage.tiny.family[0])
    found = [met(case, one, confirmed=n > 0) for n, one in enumerate(stage.tiny.roommates)]
    actions.add_exposures(response=stage.tiny.response, found=found, by=SYSTEM)
    (row,) = queries.cases(EVERYTHING, stage.tiny.response, area=stage.tiny.places["district"], state="waiting")
    assert (row.waiting, row.met) == (1, 3)  # type: ignore[attr-defined]
    assert not queries.cases(EVERYTHING, stage.tiny.response, area=stage.tiny.places["county"])
    assert not queries.cases(EVERYTHING, stage.tiny.response, state="withdrawn")

"""Recording, withdrawing and planning tests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem
from wangge.domains.people.models import Person
from wangge.domains.people.queries import by_document
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import covering, in_force
from wangge.domains.testing.inputs import ResultInput
from wangge.domains.testing.models import TestDue, TestResult
from wangge.domains.testing.queries import due_for, same_specimen, with_id
from wangge.domains.testing.rules import Purpose, Value


@transaction.atomic
def record_result(*, typed: ResultInput, by: By, uuid: UUID | None = None) -> tuple[TestResult, bool]:
    """Record a result of somebody known. The same specimen twice is one result: (result, False).

    Refused: an unknown person, a place without an open Response, the same specimen with another value.
    """
    person = by_document(by.scope(Right.ENTER_RESULTS), typed.document)
    if person is None:
        raise Problem("person_unknown", field="document")
    if uuid and (known := with_id(uuid)):
        _same_specimen_or_refuse(known, typed)
    if known := same_specimen(typed.laboratory, typed.specimen_no):
        _same_or_refuse(known, person, typed)
        return known, False
    response = covering(person.home, "screen_positive")
    if response is None:
        raise Problem("result_without_response")
    try:
        with transaction.atomic():
            result = _write(typed, person, response, uuid)
    except IntegrityError:  # the same specimen came by form and by file in the same instant
        return record_result(typed=typed, by=by, uuid=uuid)
    _fulfil(result)
    record(
        "testing.result_recorded", by=by, subject=result.uuid, place=person.home.uuid, response=response.uuid,
        occurred_at=result.reported_at, protocol=in_force(response).key,
        data={"purpose": typed.purpose.value, "value": typed.value.value, "person": str(person.uuid)},
    )  # fmt: skip
    return result, True


def _write(typed: ResultInput, person: Person, response: Response, uuid: UUID | None) -> TestResult:
    return TestResult.objects.create(
        uuid=uuid or uuid7(), response=response, person=person, laboratory=typed.laboratory,
        specimen_no=typed.specimen_no, purpose=typed.purpose, value=typed.value, symptoms=typed.symptoms,
        collected_at=typed.collected_at, reported_at=typed.reported_at, recorded_at=clock.now(),
    )  # fmt: skip


def _same_specimen_or_refuse(known: TestResult, typed: ResultInput) -> None:
    """An id names one result for good: the same id for another specimen is a mistake of whoever made it."""
    if (known.laboratory, known.specimen_no) != (typed.laboratory, typed.specimen_no):
        raise Problem("id_of_another", field="id")


def _same_or_refuse(known: TestResult, person: Person, typed: ResultInput) -> None:
    if known.person_id != person.pk:
        raise Problem("specimen_of_another", field="specimen_no", number=typed.specimen_no)
    if known.value != typed.value or known.purpose != typed.purpose:
        raise Problem("specimen_with_other_result", field="value", number=typed.specimen_no)
    if known.state == TestResult.State.WITHDRAWN:
        raise Problem("specimen_withdrawn", field="specimen_no", number=typed.specimen_no)


def _fulfil(result: TestResult) -> None:
    """A result that can be read fulfils the person's first open test it can be for."""
    if result.value == Value.INVALID:
        return
    due = due_for(result.person, result.response)
    if result.purpose == Purpose.SCREEN:
        due = due.exclude(purpose=Purpose.RETEST)  # only a re-test answers a first screen
    else:
        due = due.filter(purpose=result.purpose)
    first = due.first()
    if first:
        first.state, first.result = TestDue.State.DONE, result
        first.save(update_fields=["state", "result"])


@transaction.atomic
def withdraw_result(*, result: TestResult, why: str, by: By) -> TestResult:
    """Mark a result as wrong. What followed from it alone is undone by the flow that answers this fact."""
    by.need(Right.ENTER_RESULTS, result.person.home.path)
    if not why.strip():
        raise Problem("why_missing", field="why")
    TestResult.objects.within(EVERYTHING).select_for_update().get(pk=result.pk)
    result.refresh_from_db()
    if result.state == TestResult.State.WITHDRAWN:
        return result
    result.state, result.withdrawn_at, result.withdrawn_why = TestResult.State.WITHDRAWN, clock.now(), why.strip()[:200]
    result.save(update_fields=["state", "withdrawn_at", "withdrawn_why"])
    reopened = TestDue.objects.within(EVERYTHING).filter(result=result)
    tests = [str(uuid) for uuid in reopened.values_list("uuid", flat=True)]
    reopened.update(state=TestDue.State.DUE, result=None)
    record(
        "testing.result_withdrawn", by=by, subject=result.uuid, place=result.person.home.uuid,
        response=result.response.uuid, protocol=in_force(result.response).key,
        data={"person": str(result.person.uuid), "tests": tests},
    )  # fmt: skip
    return result


@dataclass(frozen=True, slots=True)
class PlannedTest:
    """A test to be had by ``due_at``; ``cause`` is the result or order it follows from."""

    person: Person
    purpose: Purpose
    due_at: datetime
    cause: UUID
    day: int | None = None
    times: int = 1
    at_door: bool = False

    @property
    def uuid(self) -> UUID:
        return derived("test", self.cause, self.person.uuid, self.purpose, self.day)


@transaction.atomic
def plan_tests(*, response: Response, planned: Iterable[PlannedTest], by: By, cause: UUID | None = None) -> int:
    """Plan tests; planning again adds nothing. Returns how many were new."""
    wanted = {one.uuid: one for one in planned}
    known = TestDue.objects.within(EVERYTHING).filter(uuid__in=list(wanted)).values_list("uuid", flat=True)
    new = [one for uuid, one in wanted.items() if uuid not in set(known)]
    TestDue.objects.bulk_create(
        TestDue(
            uuid=one.uuid, response=response, person=one.person, purpose=one.purpose, day=one.day, times=one.times,
            due_at=one.due_at, at_door=one.at_door, cause=one.cause,
        )
        for one in new
    )  # fmt: skip
    if new:
        record("testing.tests_planned", by=by, response=response.uuid, cause=cause, data={"count": len(new)})
    return len(new)


@transaction.atomic
def withdraw_tests(*, causes: Sequence[UUID], by: By, cause: UUID | None = None) -> list[UUID]:
    """Take back open tests that follow from these causes; done ones stay. Returns the ids of those taken back."""
    return _withdraw(Q(cause__in=causes), by, cause)


@transaction.atomic
def withdraw_tests_of(*, person: Person, by: By, cause: UUID | None = None) -> list[UUID]:
    """Take back every open test of somebody who died."""
    return _withdraw(Q(person=person), by, cause)


@transaction.atomic
def withdraw_tests_in(*, response: Response, by: By, cause: UUID | None = None) -> list[UUID]:
    """Take back every open test of a Response that was closed."""
    return _withdraw(Q(response=response), by, cause)


@transaction.atomic
def reopen_tests(*, causes: Sequence[UUID], person: Person, due_at: datetime | None = None) -> int:
    """Tests of somebody that were taken back and are wanted again: by ``due_at``, or as long as there is time.

    Returns how many.
    """
    gone = TestDue.objects.within(EVERYTHING).filter(cause__in=causes, person=person, state=TestDue.State.WITHDRAWN)
    if due_at:
        return gone.update(state=TestDue.State.DUE, due_at=due_at)
    return gone.filter(due_at__gt=clock.now()).update(state=TestDue.State.DUE)


def _withdraw(which: Q, by: By, cause: UUID | None) -> list[UUID]:
    open_ = TestDue.objects.within(EVERYTHING).filter(which, state=TestDue.State.DUE)
    gone = list(open_.values_list("uuid", flat=True))
    if gone:
        open_.update(state=TestDue.State.WITHDRAWN)
        record("testing.tests_withdrawn", by=by, cause=cause, data={"count": len(gone)})
    return gone

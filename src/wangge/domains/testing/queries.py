"""Named reads of results and due tests."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from wangge.base import sealing
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.people.models import Person
from wangge.domains.people.rules import normal_document
from wangge.domains.protocol.models import Response
from wangge.domains.testing.models import TestDue, TestResult
from wangge.domains.testing.rules import Purpose, Value

TAKEN_WITHIN = timedelta(days=1)  # a sample of the day itself is that day's test


def result(scope: Scope, uuid: UUID) -> TestResult:
    """Raises TestResult.DoesNotExist, also outside the scope."""
    chosen = TestResult.objects.within(scope).select_related("person", "person__home", "response", "response__area")
    return chosen.get(uuid=uuid)


def held(uuid: UUID) -> TestResult:
    """The same for a flow, locked: whoever withdraws this result waits until what it set off is there."""
    TestResult.objects.within(EVERYTHING).select_for_update().get(uuid=uuid)
    return result(EVERYTHING, uuid)


def recent(scope: Scope, response: Response | None = None) -> ScopedQuerySet[TestResult]:
    """Results in a scope, the latest recorded first."""
    found = TestResult.objects.within(scope).select_related("person", "person__home", "response")
    return (found.filter(response=response) if response else found).order_by("-recorded_at", "-id")


def find(scope: Scope, *, text: str = "", value: str = "", purpose: str = "") -> ScopedQuerySet[TestResult]:
    """Results by specimen number or document (by the blind index), value and purpose."""
    found = recent(scope)
    if text := unicodedata.normalize("NFKC", text).strip():
        document = sealing.blind("document", normal_document(text))
        found = found.filter(Q(specimen_no=text) | Q(person__document_index=document or "-"))
    if value in list(Value):
        found = found.filter(value=value)
    if purpose in list(Purpose):
        found = found.filter(purpose=purpose)
    return found


def had_by(scope: Scope, person: Person) -> ScopedQuerySet[TestResult]:
    """Every result of a person, the latest sample first."""
    return TestResult.objects.within(scope).filter(person=person).order_by("-collected_at", "-id")


def same_specimen(laboratory: str, specimen_no: str) -> TestResult | None:
    """The result recorded for this specimen, wherever the person lives: a laboratory's number is unique."""
    found = TestResult.objects.within(EVERYTHING).select_related("person")
    return found.filter(laboratory=laboratory, specimen_no=specimen_no).first()


def with_id(uuid: UUID) -> TestResult | None:
    """The result with this id, wherever the person lives."""
    return TestResult.objects.within(EVERYTHING).filter(uuid=uuid).first()


def supports(person: Person, response: Response, purpose: Purpose) -> ScopedQuerySet[TestResult]:
    """Valid positive results of a person that still stand."""
    return TestResult.objects.within(EVERYTHING).filter(
        person=person, response=response, purpose=purpose, value=Value.POSITIVE, state=TestResult.State.VALID
    )


def due_for(person: Person, response: Response) -> ScopedQuerySet[TestDue]:
    """A person's open tests, the next first."""
    open_ = TestDue.objects.within(EVERYTHING).filter(person=person, response=response, state=TestDue.State.DUE)
    return open_.order_by("due_at", "id")


def fulfilled_by(result: TestResult) -> list[UUID]:
    """The due tests that a result has answered."""
    return list(TestDue.objects.within(EVERYTHING).filter(result=result).values_list("uuid", flat=True))


def positives(response: Response, people: Sequence[Person]) -> ScopedQuerySet[TestResult]:
    """Every positive result of some people that is no re-test, withdrawn ones included."""
    found = TestResult.objects.within(EVERYTHING).filter(response=response, person__in=people, value=Value.POSITIVE)
    return found.exclude(purpose=Purpose.RETEST)


def of_person(scope: Scope, person: Person) -> ScopedQuerySet[TestDue]:
    """Every test due or done of a person, in order of day."""
    return TestDue.objects.within(scope).filter(person=person).order_by("due_at", "id")


def of_people(people: Iterable[Person], response: Response) -> ScopedQuerySet[TestDue]:
    """The tests of some people that are due or done, in order of day."""
    found = TestDue.objects.within(EVERYTHING).filter(response=response, person__in=list(people))
    return found.exclude(state=TestDue.State.WITHDRAWN).order_by("due_at", "id")


def retests_due(scope: Scope, response: Response) -> ScopedQuerySet[TestDue]:
    """First-screen positives that wait for their re-test, the most urgent first."""
    waiting = TestDue.objects.within(scope).filter(response=response, purpose=Purpose.RETEST, state=TestDue.State.DUE)
    return waiting.select_related("person", "person__home").order_by("due_at", "id")


def at_doors_until(until: datetime) -> ScopedQuerySet[TestDue]:
    """Open tests to be taken at a door before an instant."""
    open_ = TestDue.objects.within(EVERYTHING).filter(state=TestDue.State.DUE, at_door=True, due_at__lte=until)
    return open_.select_related("person", "person__home", "person__home__parent", "response").order_by("due_at", "id")


def done_for(causes: Sequence[UUID]) -> set[int | None]:
    """The days of which a test that follows from these causes was had."""
    done = TestDue.objects.within(EVERYTHING).filter(cause__in=causes, state=TestDue.State.DONE)
    return set(done.values_list("day", flat=True))


def uuids_of(results: Iterable[int]) -> list[UUID]:
    """The ids of results by their keys."""
    return list(TestResult.objects.within(EVERYTHING).filter(pk__in=list(results)).values_list("uuid", flat=True))


def not_had(response: Response, now: datetime) -> ScopedQuerySet[TestDue]:
    """Tests past their time that somebody was to go to. Not those that were to come to their door, nor re-tests, and
    none of whoever gave a sample since (a result that is late, or that the laboratory could not read)."""
    gave = TestResult.objects.within(EVERYTHING).filter(
        person=OuterRef("person"), response=response, collected_at__gte=OuterRef("due_at") - TAKEN_WITHIN
    )
    open_ = TestDue.objects.within(EVERYTHING).filter(
        ~Exists(gave.order_by()), response=response, state=TestDue.State.DUE, due_at__lte=now, at_door=False,
        purpose=Purpose.ROUTINE, person__died_on__isnull=True,
    )  # fmt: skip
    return open_.order_by()

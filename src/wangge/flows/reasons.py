"""From facts to reasons: why anything is asked of a person at all, read from the streets that hold the facts."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.domains.cases import queries as cases
from wangge.domains.cases.models import Case
from wangge.domains.isolation.actions import Because
from wangge.domains.isolation.rules import Part, Reason
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.rules import Protocol, Role, Where
from wangge.domains.testing.models import TestResult
from wangge.domains.testing.rules import Purpose, Value


def reasons_of(response: Response, people: Sequence[Person], protocol: Protocol) -> dict[int, list[Because]]:
    """For each person (by key) every reason that stands now: being a case, a first-screen positive, exposures.

    What the edition no longer knows is no reason, however it was decided on its own day.
    """
    found: dict[int, list[Because]] = defaultdict(list)
    ill = Case.objects.within(EVERYTHING).filter(response=response, person__in=people, state=Case.State.OPEN)
    for case in ill:
        if role := protocol.role_on("case"):
            found[case.person_id].append(because("case", case.uuid, role, clock.day_of(case.confirmed_at)))
    for result in _suspicions(response, people):
        role = protocol.role_on("screen_positive")
        if role and not any(one.kind == "case" for one in found[result.person_id]):
            found[result.person_id].append(because("result", result.uuid, role, clock.day_of(result.recorded_at)))
    for met in cases.met(response, people):
        if role := protocol.role_given(kind=met.kind, role=met.role, under=met.protocol):
            found[met.person_id].append(because("exposure", met.uuid, role, clock.day_of(met.ends)))
    return found


def _suspicions(response: Response, people: Sequence[Person]) -> list[TestResult]:
    """Positive first screens and routine tests that no later re-test has answered."""
    results = TestResult.objects.within(EVERYTHING).filter(
        response=response, person__in=people, state=TestResult.State.VALID
    )
    retests = [one for one in results if one.purpose == Purpose.RETEST and one.value != Value.INVALID]
    return [
        one
        for one in results
        if one.value == Value.POSITIVE
        and one.purpose != Purpose.RETEST
        and not any(re.person_id == one.person_id and re.collected_at >= one.collected_at for re in retests)
    ]


def because(kind: str, cause: UUID, role: Role, since: date) -> Because:
    """A reason in the form the order's rule reads."""
    parts = tuple(Part(one.kind, one.days, one.where is not Where.HOME) for one in role.measures)
    return Because(kind, cause, Reason(role.key, role.rank, since, role.first_day, parts, role.clause))

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
from wangge.domains.protocol.rules import Protocol, Role
from wangge.domains.testing.models import TestResult
from wangge.domains.testing.rules import Purpose, Value


def reasons_of(response: Response, people: Sequence[Person], protocol: Protocol) -> dict[int, list[Because]]:
    """For each person (by key) every reason that stands now: being a case, a first-screen positive, exposures."""
    found: dict[int, list[Because]] = defaultdict(list)
    ill = Case.objects.within(EVERYTHING).filter(response=response, person__in=people, state=Case.State.OPEN)
    for case in ill:
        confirmed = clock.day_of(case.confirmed_at)
        found[case.person_id].append(because("case", case.uuid, protocol.role_on("case"), confirmed))
    for result in _suspicions(response, people):
        if not any(one.kind == "case" for one in found[result.person_id]):
            role = protocol.role_on("screen_positive")
            found[result.person_id].append(because("result", result.uuid, role, clock.day_of(result.recorded_at)))
    for met in cases.met(response, people):
        reason = because("exposure", met.uuid, protocol.roles[met.role], clock.day_of(met.ends))
        found[met.person_id].append(reason)
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


def because(kind: str, cause: UUID, role: Role | None, since: date) -> Because:
    """A reason in the form the order's rule reads; raises LookupError where the protocol gives no role."""
    if role is None:
        raise LookupError(f"the protocol has no role for a {kind}")
    parts = tuple(Part(measure.kind, measure.days) for measure in role.measures)
    return Because(kind, cause, Reason(role.key, role.rank, since, role.first_day, parts, role.clause))

"""What a result set off, from the log; and what withdrawing it would undo, from the reasons that stand."""

from dataclasses import dataclass
from uuid import UUID

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events import following
from wangge.base.events.models import Event
from wangge.domains.cases import queries as cases
from wangge.domains.cases.models import Case
from wangge.domains.cases.rules import ExposureState
from wangge.domains.isolation import queries as isolation
from wangge.domains.testing import queries as testing
from wangge.domains.testing.models import TestResult
from wangge.domains.testing.rules import Purpose, Value
from wangge.web.desk.words import moment
from wangge.web.event_words import sentence, told


@dataclass(frozen=True, slots=True)
class Step:
    """What ``parts/timeline.html`` shows; a turning point is what somebody did, the rest followed from it."""

    when: str
    what: str
    clause: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """``state``: working, failed or done. ``case`` is empty where the reader may not trace."""

    state: str
    error: str
    steps: list[Step]
    number: int | None
    case: UUID | None


def of_result(result: TestResult, by: By) -> Followed:
    """What this result and its withdrawal set off, each in the order in which it happened."""
    roots = following.about(result.uuid)
    steps: list[Step] = []
    every = list(roots)
    for root in roots:
        after = following.caused_by([root])
        every += after
        steps += [Step(moment(root.recorded_at), sentence([root]), main=True), *_after(after)]
    at = following.progress(every)
    case = cases.from_result(result.uuid)
    return Followed(
        "working" if at.waiting else "failed" if at.failed else "done", at.error, steps,
        case.number if case else None, case.uuid if case and by.may(Right.TRACE) else None,
    )  # fmt: skip


def _after(events: list[Event]) -> list[Step]:
    return [Step(moment(one.at), one.what, one.clause) for one in told(events)]


@dataclass(frozen=True, slots=True)
class Undo:
    """What hangs on a result alone, in numbers, and the orders that have another reason besides."""

    number: int | None
    exposures: int
    orders_fall: int
    orders_stay: int


def what_falls(result: TestResult) -> Undo | None:
    """What a withdrawal would undo now; None for a result that is withdrawn already."""
    if result.state == TestResult.State.WITHDRAWN:
        return None
    case = _case_on(result)
    met = list(cases.exposures(case).exclude(state=ExposureState.WITHDRAWN)) if case else []
    causes = [result.uuid, *([case.uuid] if case else []), *(one.uuid for one in met)]
    alone, shared = isolation.resting_on(causes)
    return Undo(case.number if case else None, len(met), len(alone), len(shared))


def _case_on(result: TestResult) -> Case | None:
    """The case that stands on this result alone: no other valid positive re-test supports it."""
    if result.purpose != Purpose.RETEST or result.value != Value.POSITIVE:
        return None
    others = testing.supports(result.person, result.response, Purpose.RETEST).exclude(pk=result.pk)
    return None if others.exists() else cases.open_case(result.person, result.response)

"""The facts that may make a colour, of one person or of everybody at once: a few statements, never one per person."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.domains.asking.queries.answers import said_in
from wangge.domains.codes.models import CodeVerdict
from wangge.domains.codes.rules import Evidence
from wangge.domains.isolation.queries import measures_on, spent_on
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.rules import Protocol, Where
from wangge.domains.protocol.rules_colours import When
from wangge.domains.testing.queries import not_had

RISK_AREA, YES = "risk_area", "yes"  # the question of the bank, and the answer that matters
Found = Iterator[tuple[int, Evidence]]


def evidence(
    response: Response, edition: Protocol, now: datetime, person: int | None = None
) -> Mapping[int, list[Evidence]]:
    """Every fact of a Response that may make a colour, by the key of the person; ``person``: of that one alone."""
    found: defaultdict[int, list[Evidence]] = defaultdict(list)
    for part in (_orders, _tests, _answers, _verdicts):
        for key, one in part(response, edition, now, person):
            found[key].append(one)
    return found


def _only(query: QuerySet[Any, Any], lookup: str, person: int | None) -> QuerySet[Any, Any]:
    return query if person is None else query.filter(**{lookup: person})


def _orders(response: Response, edition: Protocol, now: datetime, person: int | None) -> Found:
    """Measures of today under a confirmed order, and the protective step, which stands under the Response's own."""
    rows = _only(measures_on(response, clock.day_of(now)), "order__person", person).values_list(
        "order__person", "order__uuid", "order__provisional", "measure", "first_day", "last_day", "order__starts_at",
        "order__ends_at", "order__authority",
    )  # fmt: skip
    begin, end = cache(clock.start_of), cache(clock.end_of)  # a city's orders begin and end on a few days
    for key, uuid, provisional, measure, first, last, starts, ends, authority in rows.order_by():
        if provisional:
            yield key, Evidence(When.PROVISIONAL, measure, starts, ends, uuid, authority)
        else:
            since, until = max(begin(first), starts), min(end(last), ends)
            yield key, Evidence(When.MEASURE, measure, since, until, uuid, authority)


def _tests(response: Response, edition: Protocol, now: datetime, person: int | None) -> Found:
    """A test that was missed where the order itself kept somebody away from home is not their delay: who kept them
    there was to take it."""
    waiting = _only(not_had(response, now), "person", person)
    rows = list(waiting.values_list("person", "uuid", "cause", "purpose", "due_at"))
    away = _away(edition, {(cause, _day(due)) for _key, _uuid, cause, _purpose, due in rows})
    for key, uuid, cause, purpose, due in rows:
        if (cause, _day(due)) not in away:
            yield key, Evidence(When.TEST_OVERDUE, purpose, due, None, uuid)


def _day(due: datetime) -> date:
    """The civil day of a test that is due until an instant: midnight ends the day before."""
    return clock.day_of(due - timedelta(microseconds=1))


def _away(edition: Protocol, tests: set[tuple[UUID, date]]) -> set[tuple[UUID, date]]:
    """Those of some orders' days that were spent in a measure away from home."""
    days = defaultdict(list)
    for order, day in tests:
        days[order].append(day)
    stages = spent_on(days).values_list("order__uuid", "measure", "first_day", "last_day") if days else ()
    return {
        (order, day) for order, measure, first, last in stages for day in days[order]
        if first <= day <= last and edition.where(measure) is not Where.HOME
    }  # fmt: skip


def _answers(response: Response, edition: Protocol, now: datetime, person: int | None) -> Found:
    rows = _only(said_in(response, RISK_AREA, YES), "person", person).values_list("person", "uuid", "at", "source")
    for key, uuid, at, source in rows:
        yield key, Evidence(When.STAY, RISK_AREA, at, None, uuid, source)


def _verdicts(response: Response, edition: Protocol, now: datetime, person: int | None) -> Found:
    held = CodeVerdict.objects.within(EVERYTHING).filter(
        Q(since__lte=now, until__gt=now), response=response, withdrawn_at__isnull=True, person__died_on__isnull=True
    )
    rows = _only(held, "person", person).values_list("person", "uuid", "says", "since", "until", "source")
    for key, uuid, says, since, until, source in rows.order_by():
        yield key, Evidence(When.VERDICT, says, since, until, uuid, source)

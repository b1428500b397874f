"""What is known of a zone where it is to be released: infections, contacts and samples of those who live there.

Gathered anew from the facts that stand, for the page and for the act. Streets side by side know nothing of each other:
this is where they meet.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.domains.cases.models import Case, Contact
from wangge.domains.protocol.rules_zones import ReleaseCondition, ReleaseWhen
from wangge.domains.testing.models import TestResult
from wangge.domains.testing.rules import Value
from wangge.domains.work.models import Task
from wangge.domains.work.rules import Outcome
from wangge.domains.zones import queries
from wangge.domains.zones.models import Zone
from wangge.domains.zones.rules import Entry, Evidence, Part, inside

#: The last word of a door's visits that says that nobody of the register is there to be tested.
AWAY = (Outcome.MOVED, Outcome.EMPTY, Outcome.LIVES_ELSEWHERE)


def evidence_of(zone: Zone) -> Evidence:
    """The evidence for every condition under which a zone is released, as of now."""
    entries = queries.entries_of([zone]).get(zone.pk, ())
    asked = queries.conditions_of(zone)
    infected = tuple(infections([zone], {zone.pk: entries})[zone.pk])
    begun = Evidence(began=clock.day_of(zone.began_at), people=0, infected=infected)
    roles = {one.role for one in asked if one.when is ReleaseWhen.LAST_CONTACT_NEGATIVE}
    contacts, cleared = _contacts(zone, entries, roles)
    people = _there(zone, entries)
    first = _window(asked, begun.last)
    sampled = _sampled(zone, people, first) if first else {}
    return Evidence(begun.began, people.count(), infected, contacts, cleared, sampled)


def infections(zones: Iterable[Zone], entries: Mapping[int, tuple[Entry, ...]]) -> dict[int, list[date]]:
    """For each zone the days of positive samples of people who live there, and of cases found otherwise; withdrawn ones
    do not count. A fixed number of statements, however many zones."""
    some = list(zones)
    every = [one for each in some for one in entries.get(each.pk, ())]
    found: dict[int, list[date]] = {one.pk: [] for one in some}
    rows = [*_positive(some, every), *_cases(some, every)]
    for response, path, day in rows:
        for one in some:
            if one.response_id == response and inside(entries.get(one.pk, ()), path) is Part.IN:
                found[one.pk].append(day)
    return found


def _positive(zones: list[Zone], entries: list[Entry]) -> list[tuple[int, str, date]]:
    where = _around(entries)
    found = TestResult.objects.within(EVERYTHING).filter(
        where, response__in={one.response_id for one in zones}, value=Value.POSITIVE, state=TestResult.State.VALID
    )
    rows = found.order_by().values_list("response", "person__home__path", "collected_at")
    return [(response, path, clock.day_of(at)) for response, path, at in rows]


def _cases(zones: list[Zone], entries: list[Entry]) -> list[tuple[int, str, date]]:
    found = Case.objects.within(EVERYTHING).filter(
        _around(entries), response__in={one.response_id for one in zones}, state=Case.State.OPEN
    )
    rows = found.order_by().values_list("response", "person__home__path", "confirmed_at")
    tested = TestResult.objects.within(EVERYTHING).filter(uuid__in=found.order_by().values("result"))
    by_result = set(tested.values_list("person__home__path", flat=True))
    return [(response, path, clock.day_of(at)) for response, path, at in rows if path not in by_result]


def _around(entries: Iterable[Entry]) -> Q:
    """Everybody who lives in one of these places, left-out parts as well: who is in, the closest place says."""
    named = [one for one in entries if one.part is Part.IN]
    return queries.within(named, "person__home")


def _contacts(
    zone: Zone, entries: tuple[Entry, ...], roles: set[str]
) -> tuple[dict[str, date], dict[str, tuple[date | None, ...]]]:
    """For each role the last day of exposure, and the latest negative sample of each who was exposed on it."""
    last: dict[str, date] = {}
    cleared: dict[str, tuple[date | None, ...]] = {}
    mine = Contact.objects.within(EVERYTHING).filter(
        queries.within(entries, "person__home"), response=zone.response, state=Contact.State.ACTIVE,
        person__died_on__isnull=True,
    )  # fmt: skip
    for role in sorted(roles):
        some = mine.filter(role=role)
        if (day := some.aggregate(day=Max("last_exposure"))["day"]) is None:
            continue
        people = list(some.filter(last_exposure=day).order_by().values_list("person", flat=True))
        negative = TestResult.objects.within(EVERYTHING).filter(
            response=zone.response, person__in=people, value=Value.NEGATIVE, state=TestResult.State.VALID
        )
        at = dict(negative.order_by().values("person").annotate(at=Max("collected_at")).values_list("person", "at"))
        last[role] = day
        cleared[role] = tuple(clock.day_of(at[one]) if one in at else None for one in people)
    return last, cleared


def _there(zone: Zone, entries: tuple[Entry, ...]) -> Any:
    """Who is to be tested in a round: everybody of the register, without those whose infection is known (they are
    looked after elsewhere) and the doors of which a visit said that nobody lives there."""
    ill = Case.objects.within(EVERYTHING).filter(response=zone.response, state=Case.State.OPEN).order_by()
    away = Task.objects.within(EVERYTHING).filter(
        response=zone.response, state=Task.State.CLOSED, outcome__in=AWAY
    ).order_by()  # fmt: skip
    back = Task.objects.within(EVERYTHING).filter(response=zone.response, state=Task.State.OPEN).order_by()
    gone = away.exclude(door__in=back.values("door")).values("door")
    return queries.living(entries).exclude(pk__in=ill.values("person")).exclude(
        Q(home__in=gone) | Q(home__kind="bed", home__parent__in=gone)
    )  # fmt: skip


def _window(asked: Iterable[ReleaseCondition], last: date) -> date | None:
    """The first day of which a sample can count in a round; None where no round is asked for."""
    days = [
        clock.today() - timedelta(days=one.days) if one.days else last + timedelta(days=one.from_day)
        for one in asked if one.when is ReleaseWhen.FULL_ROUND_NEGATIVE
    ]  # fmt: skip
    return min(days, default=None)


def _sampled(zone: Zone, people: Any, first: date) -> dict[tuple[date, bool], int]:
    """How many of these people gave their latest sample of the round on which day, and whether it was negative."""
    rows = TestResult.objects.within(EVERYTHING).filter(
        response=zone.response, person__in=people.values("pk"), state=TestResult.State.VALID,
        value__in=[Value.POSITIVE, Value.NEGATIVE], collected_at__gte=clock.start_of(first),
    ).order_by("collected_at", "id")  # fmt: skip
    latest = {who: (clock.day_of(at), value == Value.NEGATIVE) for who, at, value in
              rows.values_list("person", "collected_at", "value").iterator()}  # fmt: skip
    return dict(Counter(latest.values()))

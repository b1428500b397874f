"""Named reads of venues and of who was there. A venue is not a person: it is open to everybody."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Sum

from wangge.base import clock
from wangge.base.access.scope import Scope
from wangge.base.keys import KeyMissing
from wangge.domains.people.queries import absorbed_by, absorbed_into, numbers_of
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, naming
from wangge.domains.protocol.rules import Named
from wangge.domains.venues import rules, storage
from wangge.domains.venues.models import CheckInDay, Venue
from wangge.domains.venues.visitors import Keys, open_envelope

DAY = timedelta(days=1)


def venue_named(uuid: UUID) -> Venue:
    """Raises Venue.DoesNotExist."""
    return Venue.objects.select_related("place").get(uuid=uuid)


class DaysGone(NamedTuple):
    """Civil days of check-ins that were dropped whole, the check-ins on them, when the last went; days still kept."""

    days: int
    rows: int
    last: datetime | None
    kept: int


def days_gone(since: date) -> DaysGone:
    """What became of the days from a civil day on: a day's visitors go with it."""
    gone = Q(state=CheckInDay.State.DROPPED)
    found = CheckInDay.objects.filter(day__gte=since).aggregate(
        days=Count("pk", filter=gone), rows=Sum("rows_at_drop", filter=gone), last=Max("dropped_at", filter=gone),
        kept=Count("pk", filter=~gone),
    )  # fmt: skip
    return DaysGone(found["days"], found["rows"] or 0, found["last"], found["kept"])


def within(scope: Scope) -> QuerySet[Venue]:
    """Venues at the places of a scope, in walking order."""
    return Venue.objects.filter(scope.q("place")).select_related("place").order_by("place__path", "name", "id")


def with_poster(scope: Scope) -> QuerySet[Venue]:
    """The approved venues at the places of a scope at which somebody can be checked in now."""
    return within(scope).filter(poster_version__gt=0, closed__isnull=True)


def by_key(keys: Iterable[int]) -> dict[int, Venue]:
    """Venues by the keys that stand in check-ins and candidates."""
    return Venue.objects.select_related("place").in_bulk(list(set(keys)))


def candidates_for(
    *, person: int, first_day: date, last_day: date, stays: Mapping[str, int], cap: int
) -> list[rules.Candidate]:
    """The meetings of a case that a tracer should look at, by rank. See ``ranked_for``."""
    return ranked_for(person=person, first_day=first_day, last_day=last_day, stays=stays, cap=cap).candidates


def ranked_for(*, person: int, first_day: date, last_day: date, stays: Mapping[str, int], cap: int) -> rules.Ranked:
    """Who was presumably at a venue with ``person`` on these civil days, and how many persons were cut.

    ``stays`` (minutes by kind of venue) and ``cap`` (persons) are the protocol's. Two steps: the visits of
    the case, then a range of time at each venue; the case itself is left out. The caller logs the look.
    """
    went = _went(person, first_day, last_day)
    days = DateRange(first_day - DAY, last_day + DAY)  # a window reaches over midnight
    own = dict.fromkeys((key for _day, key in _visitor_keys(person, days)), person)
    kinds = dict(Venue.objects.filter(pk__in={venue for venue, _ in went}).values_list("pk", "kind"))
    visits = rules.presumed(went, kinds, stays)
    seen = storage.present_at(rules.windows(visits))
    stands = absorbed_by({who for _venue, _at, who in seen if who > 0}) | own
    if stands:
        seen = [(venue, at, stands.get(who, who)) for venue, at, who in seen]
    return rules.rank(visits, seen, case=person, cap=cap)


@dataclass(frozen=True, slots=True)
class Met:
    """A visitor whom a case met: known by a telephone number alone. Whoever shows ``phone`` logs the look."""

    key: int
    phone: str
    meeting: rules.Candidate


def visitors_met(ranked: rules.Ranked) -> list[Met]:
    """The visitors among the candidates with their numbers, in their order; of each the first meeting.

    Whose envelope is gone (with the day, or with the Response's key) is left out: nobody can call them.
    """
    firsts: dict[int, rules.Candidate] = {}
    for one in ranked.candidates:
        if one.person < 0:
            firsts.setdefault(one.person, one)
    phones = _phones(firsts)
    return [Met(key, phones[key], one) for key, one in firsts.items() if key in phones]


def _phones(meetings: Mapping[int, rules.Candidate]) -> dict[int, str]:
    wanted: dict[date, set[int]] = {}
    for key, one in meetings.items():
        day = clock.day_of(one.starts)
        for near in (day - DAY, day):  # somebody who came before midnight is met after it
            wanted.setdefault(near, set()).add(key)
    found: dict[int, str] = {}
    for day, keys in wanted.items():
        for key, sealed in storage.visitors(day, sorted(keys)):
            with suppress(KeyMissing):
                found[key] = open_envelope(day, key, sealed)
    return found


def days_to_seal(today: date) -> list[date]:
    """Live days that are over."""
    return [day for day, state in storage.days().items() if day < today and state == CheckInDay.State.LIVE]


def days_to_drop(today: date, keep_days: int) -> list[date]:
    """Days with rows that are no longer kept."""
    return [day for day in storage.days() if day < rules.first_kept(today, keep_days)]


def orders() -> list[rules.Kept]:
    """The open orders that name check-in."""
    return [kept_by(one) for one in naming(Named.CHECK_IN)]


def kept_by(response: Response) -> rules.Kept:
    """What an open Response that names check-in keeps, and where."""
    return rules.Kept(response.area.path, in_force(response).checkins_days, not response.drill)


def named(uuids: Iterable[UUID]) -> dict[UUID, Venue]:
    """Venues by the ids that stand in exposures."""
    return {venue.uuid: venue for venue in Venue.objects.filter(uuid__in=set(uuids)).select_related("place")}


def itinerary(*, person: int, first_day: date, last_day: date) -> list[tuple[Venue, datetime]]:
    """Where a person checked in, and when, in order of time. The caller logs the look."""
    went = _went(person, first_day, last_day)
    venues = by_key({venue for venue, _ in went})
    return [(venues[venue], datetime.fromtimestamp(at, UTC)) for venue, at in went if venue in venues]


def _went(person: int, first_day: date, last_day: date) -> list[tuple[int, int]]:
    """Where somebody checked in, also with a number of theirs, or under a record that theirs absorbed: check-ins stay
    as they were sent."""
    keys = [person, *absorbed_into(person)]
    visits = [visit for key in keys for visit in storage.visits_of(key, first_day, last_day)]
    for day, key in _visitor_keys(person, DateRange(first_day, last_day)):
        visits += storage.visits_of(key, day, day)
    return sorted(visits, key=lambda visit: visit[1])


class DateRange(NamedTuple):
    """Civil days, both included."""

    first: date
    last: date


def _visitor_keys(person: int, days: DateRange) -> list[tuple[date, int]]:
    """The keys under which a person's numbers stand on days that have rows. A family that shares a number shares them:
    a tracer who calls it asks who it was."""
    kept = [day for day in storage.days() if days.first <= day <= days.last]
    if not kept:
        return []
    numbers, keys = numbers_of([person, *absorbed_into(person)]), Keys()
    return [(day, keys.of(day, number)) for day in kept for number in numbers]

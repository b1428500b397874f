"""Named reads of venues and of who was there. A venue is not a person: it is open to everybody."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import QuerySet

from wangge.base.access.scope import Scope
from wangge.domains.people.queries import absorbed_by, absorbed_into
from wangge.domains.venues import rules, storage
from wangge.domains.venues.models import CheckInDay, Venue


def venue_named(uuid: UUID) -> Venue:
    """Raises Venue.DoesNotExist."""
    return Venue.objects.select_related("place").get(uuid=uuid)


def within(scope: Scope) -> QuerySet[Venue]:
    """Venues at the places of a scope, in walking order."""
    return Venue.objects.filter(scope.q("place")).select_related("place").order_by("place__path", "name", "id")


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
    kinds = dict(Venue.objects.filter(pk__in={venue for venue, _ in went}).values_list("pk", "kind"))
    visits = rules.presumed(went, kinds, stays)
    seen = storage.present_at(rules.windows(visits))
    stands = absorbed_by({who for _venue, _at, who in seen})
    if stands:
        seen = [(venue, at, stands.get(who, who)) for venue, at, who in seen]
    return rules.rank(visits, seen, case=person, cap=cap)


def days_to_seal(today: date) -> list[date]:
    """Live days that are over."""
    return [day for day, state in storage.days().items() if day < today and state == CheckInDay.State.LIVE]


def days_to_drop(today: date, keep_days: int) -> list[date]:
    """Days with rows that are no longer kept."""
    return [day for day in storage.days() if day < rules.first_kept(today, keep_days)]


def named(uuids: Iterable[UUID]) -> dict[UUID, Venue]:
    """Venues by the ids that stand in exposures."""
    return {venue.uuid: venue for venue in Venue.objects.filter(uuid__in=set(uuids)).select_related("place")}


def itinerary(*, person: int, first_day: date, last_day: date) -> list[tuple[Venue, datetime]]:
    """Where a person checked in, and when, in order of time. The caller logs the look."""
    went = _went(person, first_day, last_day)
    venues = by_key({venue for venue, _ in went})
    return [(venues[venue], datetime.fromtimestamp(at, UTC)) for venue, at in went if venue in venues]


def _went(person: int, first_day: date, last_day: date) -> list[tuple[int, int]]:
    """Where somebody checked in, also under a record that theirs absorbed: check-ins stay as they were sent."""
    keys = [person, *absorbed_into(person)]
    visits = [visit for key in keys for visit in storage.visits_of(key, first_day, last_day)]
    return sorted(visits, key=lambda visit: visit[1]) if len(keys) > 1 else visits
